"""Tripwires: a condition somebody holds over somebody, with the deed that follows.

A conditional becomes a tripwire when its consequence is a deed (or a menace) that a party would do: past
counterfactuals and plain forecasts ("if it rains, crops will fail") do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from detente.events import stakes
from detente.events.clauses import COMMISSIVE, Conditional, modal
from detente.events.roles import Candidate
from detente.events.scene import HUMAN_ENDINGS, Scene
from detente.events.syntax import children, is_passive, logical_subject
from detente.events.tokens import Token
from detente.records import Attribution, Event, Interval, Mention, Span, Tripwire


@dataclass(frozen=True, slots=True)
class Held:
    """What the coder knows of a conditional: the events in its consequence and who speaks."""

    conditional: Conditional
    events: Sequence[tuple[Candidate, Event]]
    chain: tuple[Attribution, ...]
    deadline: Interval | None


def is_held(
    scene: Scene, conditional: Conditional, events: Sequence[Event], speaker: Mention | None, threatens: bool = False
) -> bool:
    """Whether this conditional is held over somebody (see the module's docstring); `threatens`: its speaker says so."""
    head = scene.doc[conditional.head]
    if conditional.counterfactual or _past(head) or stakes.natural(scene, conditional):
        return False
    doer = logical_subject(head)
    party = doer is not None and (scene.political(doer) or doer.lower_ in ("we", "i", "they", "it"))
    voice = speaker is not None and not _onlooker(speaker)
    if events:
        return party or voice or conditional.kind in _SHAPES
    if conditional.kind in ("or", "and", "no-no", "lest", "moment", "deadline"):
        return voice or conditional.kind in (
            "lest",
            "deadline",
        )  # such shapes are hardly used but for threats and offers
    if not _ahead(head, conditional):
        return False
    if conditional.kind == "whoever":
        return voice and (stakes.befalls(scene, conditional) or threatens)
    if threatens and speaker is not None:
        return True
    if (voice or party) and (stakes.menacing(scene, conditional) or stakes.spares(scene, conditional)):
        return True
    return stakes.bargains(scene, conditional, doer, voice, party)


_SHAPES = frozenset(["or", "and", "failing", "deadline", "exchange", "lest", "no-no"])
_ONLOOKERS = frozenset(
    "analyst economist expert engineer forecaster trader scientist researcher professor scholar meteorologist broker "
    "doctor nurse worker witness coach curator chef pundit agency bank company airline observer resident".split()
)


def _onlooker(speaker: Mention) -> bool:
    """One who foretells and holds nothing in his hand."""
    words = speaker.text.lower().split()
    return any(w.rstrip("s") in _ONLOOKERS for w in words)


def _past(head: Token) -> bool:
    bare = head.tag_ == "VBD" and not children(head, "aux", "auxpass")
    return bare and head.lemma_ not in COMMISSIVE and head.i > head.sent.start


def _ahead(head: Token, conditional: Conditional) -> bool:
    """Does the consequence look ahead, or stand in a present that a condition makes a promise?"""
    return modal(head) or (
        conditional.kind != "any"
        and (
            head.tag_ in ("VB", "VBP", "VBZ", "NNS", "NN", "JJ", "MD")
            or any(c.tag_ in ("VBZ", "VBP") for c in head.children)
            or head.lemma_ in COMMISSIVE
        )
    )


def holder(
    scene: Scene,
    held: Held,
    speaker: Mention | None,
    doer: Mention | None,
) -> Mention | None:
    """Who would do it: the consequence's own actor, else who sets the terms, else the one who says it."""
    teller = None if _hearsay(held.chain) else speaker
    doer = None if doer is None or _spoken_to(doer) else doer
    if teller is not None and doer is not None and _own(doer):
        return teller
    for candidate, event in held.events:
        for token, actor in zip(candidate.actors if candidate is not None else (), event.actors, strict=False):
            if _acts(scene, token, held.conditional) and not _spoken_to(actor):
                return teller if teller is not None and _own(actor) else actor
    return doer or teller


def _spoken_to(doer: Mention) -> bool:
    """'it becomes your grave': whoever is threatened does not hold the threat."""
    return doer.text.lower() in ("you", "your")


def _own(doer: Mention) -> bool:
    """'we', 'our guns', 'his men': the speaker's own side."""
    if doer.text.lower() in ("they", "it", "he", "she"):
        return doer.antecedent is None  # 'the kidnappers said they would …'
    return doer.text.lower().split()[0] in _OURS


_OURS = frozenset("we i our my us his her".split())


def _acts(scene: Scene, noun: Token, conditional: Conditional) -> bool:
    """Can this be whose threat or offer it is: not the one addressed, not whoever it may befall, not a thing?"""
    if noun.i in conditional.inside or (conditional.kind == "whoever" and noun.i < conditional.consequence[0]):
        return False
    if _is_made_to(noun):
        return False
    if noun.dep_ == "expl" or noun.lower_ in ("you", "it", "there") or scene.is_a(noun, "captive"):
        return False
    if any(c.lower_ in ("your", "no", "any", "every", "another") for c in children(noun, "poss", "det")):
        return False
    armed = scene.is_a(
        noun, "official", "armed", "envoy", "delegation", "people", "body", "unit", "soldier", "military-kit"
    )
    name = (
        noun.ent_type_ in ("GPE", "ORG", "NORP", "PERSON")
        or scene.hit(noun) is not None
        or noun.pos_ in ("PROPN", "PRON")
    )
    return armed or name or (scene.party(noun) and noun.pos_ != "NOUN") or noun.lemma_.lower().endswith(HUMAN_ENDINGS)


def _is_made_to(noun: Token) -> bool:
    """'vowed to make Iran pay', 'will force them to leave': whom somebody else makes do it."""
    verb = noun.head
    under = verb.head.lemma_ in _MAKES and verb.dep_ in ("ccomp", "xcomp") and noun.dep_ == "nsubj"
    return under or (verb.lemma_ in _MAKES and noun.dep_ == "dobj" and any(children(verb, "ccomp", "xcomp")))


_MAKES = frozenset(["make", "force", "compel", "have", "let", "cause", "get", "oblige"])


def doer_token(scene: Scene, conditional: Conditional) -> Token | None:
    """Who would do it where the text says so: the consequence's own subject, or who gave the time for it."""
    head = scene.doc[conditional.head]
    if conditional.kind == "deadline" and (giver := _giver(scene, conditional)) is not None:
        return giver
    if is_passive(head):
        by = logical_subject(head)
        return by if by is not None and _acts(scene, by, conditional) else None
    found = logical_subject(head)
    return found if found is not None and scene.political(found) and _acts(scene, found, conditional) else None


def teller_token(scene: Scene, conditional: Conditional) -> Token | None:
    """'…: that is what Lima has told Quito, an aide said': whose word it is that somebody passes on."""
    head = scene.doc[conditional.head]
    if not is_passive(head):
        return None
    for token in head.sent:
        verb = token.head
        if token.lower_ == "what" and verb.lemma_ in _TELLS and token.dep_ in ("dobj", "dative", "pobj", "nsubj"):
            found = logical_subject(verb)
            if found is not None and found != token and scene.political(found) and found.i not in conditional.inside:
                return found
    return None


_TELLS = frozenset({"tell", "warn", "say", "threaten", "promise", "inform", "vow"})


def spoken_on(events: Sequence[Event], published: date | None) -> date | None:
    """The day on which a threat was made ('threatened on Thursday to …'), where a report tells it of the days before."""
    for event in events:
        day = event.date.end if event.date and event.date.precision == "day" else None
        if day is not None and published is not None and 0 < (published - day).days <= 7:
            return day
    return None


def _giver(scene: Scene, conditional: Conditional) -> Token | None:
    """'Lima gave them ten days', 'they were given until noon by the general': who set the limit."""
    first = scene.doc[conditional.condition[0]]
    for verb in (first, *first.ancestors):
        if verb.lemma_ in ("give", "grant", "set", "allow"):
            found = logical_subject(verb)
            return found if found is not None and scene.political(found) else None
    return None


def _hearsay(chain: tuple[Attribution, ...]) -> bool:
    """Told by an unnamed go-between: whose threat it is must not be guessed from who passes it on."""
    if not chain or not chain[-1].anonymous:
        return False
    source = chain[-1].source
    return source is None or bool(_GO_BETWEENS & {w.rstrip("s") for w in source.text.lower().split()})


_GO_BETWEENS = _ONLOOKERS | {
    "source",
    "diplomat",
    "people",
    "insider",
    "aide",
    "official",
    "monitor",
    "critic",
    "local",
}


def build(
    scene: Scene, held: Held, article: str, number: int, speaker: Mention | None, doer: Mention | None, reported: object
) -> Tripwire:
    """The Tripwire record of a conditional that `is_held`."""
    cond = held.conditional
    events = [event for _, event in held.events]
    condition, consequence = _span(scene, article, cond.condition), _span(scene, article, cond.consequence)
    whole = _span(
        scene, article, (min(cond.condition[0], cond.consequence[0]), max(cond.condition[1], cond.consequence[1]))
    )
    first = events[0] if events else None
    kind = {event.type for event in events}
    rewards = stakes.rewards(scene, cond, frozenset(kind))
    return Tripwire(
        id=f"{article}-t{number}",
        article=article,
        condition=condition,
        consequence=consequence,
        span=whole,
        holder=holder(scene, held, speaker, doer),
        against=first.recipients if first is not None else (),
        deadline=held.deadline,
        direction="rewards" if rewards else "punishes",
        negated_condition=cond.negated,
        vague=first is None or first.trigger.quote == consequence.quote,
        act=first.act if first is not None else None,
        attribution=held.chain,
        event=first.id if first is not None else None,
        reported=reported,  # type: ignore[arg-type]
    )


def _span(scene: Scene, article: str, tokens: tuple[int, int]) -> Span:
    start = scene.doc[tokens[0]].idx
    last = scene.doc[tokens[1] - 1]
    end = last.idx + len(last)
    if scene.doc.text[start:end].count('"') % 2 and scene.doc.text[end : end + 1] == '"':
        end += 1  # 'would pay "a very heavy price" should …': words quoted inside it keep their closing mark
    return Span(article, scene.offset + start, scene.offset + end, scene.doc.text[start:end])
