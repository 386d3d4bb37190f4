"""From a candidate deed to an Event: modality, chain of speakers, roles, type, date, place, counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from detente.events import plover, stakes
from detente.events.attribution import chain_at
from detente.events.clauses import Conditional
from detente.events.confidence import confidence
from detente.events.counts import counts_for
from detente.events.mentions import FIRST, mentions
from detente.events.modality import Verdict, judge
from detente.events.opinion import stands
from detente.events.paragraph import Paragraph, chain
from detente.events.roles import Candidate
from detente.events.scene import Scene
from detente.events.settling import one_side
from detente.events.syntax import logical_object
from detente.events.when import date_for, is_anothers, told_afterwards
from detente.events.where import STATEMENTS, opened, place_for
from detente.records import Attribution, Count, Event, Interval, Mention, Modality, Place, Span

AHEAD: frozenset[Modality] = frozenset({"planned", "threatened", "conditional"})
PLANNING = frozenset({"plan", "draft", "draw", "devise", "plot", "review", "weigh", "discuss", "finalise", "finalize"})
# verbs of a frame that only announce or prepare its deed
PROPOSING = {
    "MOBILIZE": frozenset({"announce", "schedule"}), "PROTEST": frozenset({"call", "announce", "plan", "schedule"}),
    "SANCTION": frozenset({"prepare", "draw", "draft", "propose", "consider", "weigh", "plan"}),
    "CONSULT": frozenset({"schedule", "arrange", "plan", "announce", "pencil"}),
}  # fmt: skip
PLANNED = frozenset({"plan", "schedule", "announce", "call"})
AIDS = frozenset({"aid", "assistance", "help", "relief", "funding", "fund", "loan", "grant"})
HOSTILE = plover.HOSTILE
ALLEGED = frozenset("accusation allegation charge claim denial complaint rumour rumor assertion".split())
HEDGED_SPEAKERS = frozenset({"doubts"})


def verdict_of(par: Paragraph, candidate: Candidate) -> Verdict:
    """How a candidate stands, by its own words and by its speakers' stance."""
    verdict = judge(candidate.token, par.consequences, par.conditions)
    for other in candidate.also:
        # 'No rockets were fired': the folded noun may carry the negation
        if any(n.startswith("act=") for n in candidate.notes):
            break  # 'cancelled talks': the noun's cancellation is the verb's deed
        more = judge(other, par.consequences, par.conditions)
        if (
            verdict.modality == "happened"
            and other.pos_ in ("NOUN", "PROPN")  # 'wounded two but killed no one' stays true
            and more.modality in ("negated", "uncertain", "denied")
            and other.head == candidate.token
        ):
            verdict = more
    if "not" in candidate.frame.dependents and verdict.modality == "negated":
        return Verdict("happened", (*verdict.rules, "saying no is the deed"), verdict.operator)
    if (
        candidate.frame.type == "MOBILIZE"
        and candidate.token.lemma_ in PLANNING
        and verdict.modality in ("happened", "ongoing")
    ):
        return Verdict("planned", (*verdict.rules, "a campaign on paper"), None)
    if (
        candidate.frame.pos == "adjective"
        and candidate.frame.type == "ASSAULT"
        and verdict.modality in ("happened", "ongoing")
    ):
        return Verdict("negated", (*verdict.rules, "guns that are silent"), None, absence=True)
    if candidate.token.dep_ == "relcl" and candidate.token.head.pos_ == "NOUN" and candidate.token.lemma_ in PLANNED:
        whole = judge(candidate.token.head, par.consequences, par.conditions)
        if whole.modality == "negated":  # 'a march that veterans had planned was called off'
            return whole
    if candidate.frame.type == "ASSAULT" and _attempted(verdict):
        return Verdict("happened", (*verdict.rules, "an attack that failed is one"), None)
    promised = candidate.frame.type == "AGREE" or (
        candidate.frame.type == "CONCEDE" and candidate.token.lemma_ in ("promise", "pledge", "vow")
    )
    if promised and _binds(candidate.token) and verdict.modality == "happened":
        return Verdict("planned", (*verdict.rules, "what is promised lies ahead"), None, finite=True)
    if candidate.token.lemma_ in PROPOSING.get(candidate.frame.type, ()) and verdict.modality in (
        "happened",
        "ongoing",
    ):
        return Verdict(
            "planned", (*verdict.rules, f"'{candidate.token.lemma_}' puts it in the future"), None, finite=True
        )
    if verdict.modality in ("happened", "ongoing", "uncertain"):
        start, end = candidate.token.idx, candidate.token.idx + len(candidate.token)
        for said in chain_at(par.said, start, end):
            own = said.cue is not None and said.cue[0] <= start < said.cue[1]
            if said.stance == "denies" and not own:
                verdict = Verdict(
                    "denied", (*verdict.rules, "its speaker denies it"), verdict.operator, verdict.absence
                )
            elif verdict.modality == "uncertain":
                continue
            elif not own and said.source is not None and _unchecked(candidate.token):
                verdict = Verdict("uncertain", (*verdict.rules, "an account that nobody could check"), verdict.operator)
            elif said.stance in HEDGED_SPEAKERS and candidate.token.pos_ in ("VERB", "AUX") and not own:
                verdict = Verdict("uncertain", (*verdict.rules, "its speaker doubts it"), verdict.operator)
    return _disowned(par, candidate, stands(candidate, verdict))


_ACCOUNTS = frozenset("account claim report version statement allegation testimony story assertion".split())
_CHECKING = frozenset("verify check confirm corroborate substantiate authenticate".split())


def _unchecked(token: Token) -> bool:
    """'…, but her account could not be checked', in the same sentence."""
    for verb in token.sent:
        if verb.lemma_ in _CHECKING and verb.tag_ == "VBN" and any(c.dep_ == "neg" for c in verb.children):
            subjects = [c for c in verb.children if c.dep_ == "nsubjpass"]
            if any(s.lemma_.lower() in _ACCOUNTS for s in subjects):
                return True
    return False


def _attempted(verdict: Verdict) -> bool:
    """'tried to kill the governor': told in the past, without a 'not'."""
    word = verdict.operator
    tried = verdict.modality == "hypothetical" and word is not None and word.lemma_ in ("try", "attempt")
    return (
        tried and word is not None and word.tag_ in ("VBD", "VBN") and not any(c.dep_ == "neg" for c in word.children)
    )


def _binds(verb: Token) -> bool:
    """'promised Manila ten boats', 'agreed to patrol the lake': the word is given, the deed lies ahead."""
    if verb.pos_ != "VERB" or verb.lemma_ not in ("promise", "pledge", "agree", "consent", "undertake", "vow"):
        return False
    given = verb.lemma_ in ("promise", "pledge", "vow") and any(c.dep_ == "dobj" for c in verb.children)
    return given or any(c.dep_ == "xcomp" and any(a.lower_ == "to" for a in c.children) for c in verb.children)


def _disowned(par: Paragraph, candidate: Candidate, verdict: Verdict) -> Verdict:
    """'We did not shell the camp,' the general said: a named source's own 'not' is a denial."""
    word = verdict.operator
    if verdict.modality != "negated" or verdict.finite or verdict.absence or word is None:
        return verdict
    if word.dep_ != "neg" and not (word.lemma_ == "threaten" and any(c.dep_ == "neg" for c in word.children)):
        return verdict
    start, end = candidate.token.idx, candidate.token.idx + len(candidate.token)
    if not any(s.source is not None and s.stance in ("asserts", "claims") for s in chain_at(par.said, start, end)):
        return verdict
    return replace(verdict, modality="denied", rules=(*verdict.rules, "said by a source"))


def event(par: Paragraph, candidate: Candidate, verdict: Verdict, number: int) -> Event:
    """The Event of one candidate (see records.Event)."""
    scene, token = par.scene, candidate.token
    start, end = scene.doc[candidate.start].idx, _end(scene, candidate)
    framing = verdict.operator if verdict.modality in AHEAD else None
    passing = token.dep_ in ("acl", "relcl") and token.tag_ in ("VBN", "VBD")
    speakers = chain(par, start, end, framing, passing)
    speaker = next((a.source for a in reversed(speakers) if a.source is not None), None)
    actors, recipients = _sides(par, candidate, speaker)
    act = _act(scene, candidate)
    type_, modality = _named(par, candidate, verdict, act, speaker, actors)
    actors = actors or _claimant(speakers, act) or _holder(type_, act, modality, speakers)
    reciprocal = "reciprocal" in candidate.notes
    if reciprocal and not recipients and (len(actors) > 1 or _both_sides(scene, candidate, actors)):
        recipients = list(actors)  # of one alone, nobody knows the other side
    return Event(
        id=f"{par.memory.article}-e{number}",
        article=par.memory.article,
        type=type_,
        act=act,
        modality=modality,
        trigger=par.span(start, end),
        evidence=par.span(token.sent.start_char, token.sent.end_char),
        modes=_modes(candidate),
        contexts=par.contexts,
        actors=tuple(actors),
        recipients=tuple(recipients),
        reciprocal=reciprocal,
        attribution=speakers,
        condition=_condition(par, token),
        date=_date(par, candidate, modality),
        place=_place(par, candidate, act, actors),
        counts=_counts(par, candidate),
        absence=verdict.absence and modality in ("negated", "denied"),
        confidence=confidence(candidate),
        reported=par.published,
        outlet=par.outlet,
        coder=par.coder,
        why=(candidate.frame.source, *verdict.rules, *candidate.parties),
    )


def _both_sides(scene: Scene, candidate: Candidate, actors: Sequence[Mention]) -> bool:
    """Does one noun name both: 'the neighbours', 'both armies'?"""
    return any(m.plural for m in actors) and not any(one_side(scene, t) for t in candidate.actors)


def _act(scene: Scene, candidate: Candidate) -> str:
    """The deed that a candidate is about: what another trigger in it tells, or the aid that is suspended."""
    noted = next((n.removeprefix("act=") for n in candidate.notes if n.startswith("act=")), None)
    thing = logical_object(candidate.token) if candidate.frame.type == "SANCTION" else None
    withheld = thing is not None and thing.lemma_.lower() in AIDS
    return noted or ("AID" if withheld else candidate.frame.type)


def _sides(par: Paragraph, candidate: Candidate, speaker: Mention | None) -> tuple[list[Mention], list[Mention]]:
    """Actors and recipients of a candidate as mentions."""
    actors = _distinct(m for t in candidate.actors for m in mentions(par.scene, t, par.memory, speaker))
    # nobody attacks his own: in 'Egypt will bomb its airfields' the airfields are another's
    doer = actors[0].span if actors and candidate.frame.type == "ASSAULT" else None
    others = (m for t in candidate.recipients for m in mentions(par.scene, t, par.memory, speaker, doer))
    return actors, _distinct(others)


def _distinct(found: Iterable[Mention]) -> list[Mention]:
    """Each once: the parser may cut a name in two, and both halves stand for the whole."""
    return list({(m.span, m.actor, m.name): m for m in found}.values())


def _end(scene: Scene, candidate: Candidate) -> int:
    last = scene.doc[candidate.end - 1]
    return last.idx + len(last)


def _modes(candidate: Candidate) -> tuple[str, ...]:
    folded = [m for n in candidate.notes if n.startswith("modes=") for m in n.removeprefix("modes=").split(",")]
    return tuple(dict.fromkeys([*candidate.frame.modes, *folded]))


def _named(
    par: Paragraph, candidate: Candidate, verdict: Verdict, act: str, speaker: Mention | None, actors: list[Mention]
) -> tuple[str, Modality]:
    if act != candidate.frame.type:  # 'cancelled talks': the verb names the type, the noun the deed
        return candidate.frame.type, verdict.modality
    inside = candidate.token.i in par.conditions
    negative = verdict.modality == "conditional" and any(
        "'not'" in r or "n't" in r or "'no'" in r or "never" in r for r in verdict.rules
    )
    operator = verdict.operator.lemma_ if verdict.operator is not None else ""
    declared = verdict.finite or operator in (
        "announce",
        "agree",
        "pledge",
        "promise",
        "vow",
        "offer",
        "declare",
        "order",
        "decide",
        "commit",
        "undertake",
        "assure",
        "guarantee",
    )
    own = (
        verdict.finite
        and speaker is not None
        and any(m.text.lower() in FIRST or _same_side(m, speaker) for m in actors)
    )
    if operator in ("promise", "pledge", "vow", "swear") and act in HOSTILE and verdict.modality == "planned":
        return "THREATEN", "threatened"  # 'promised the villagers a second massacre'
    if verdict.modality == "conditional" and any("expect" in rule for rule in verdict.rules):
        return act, verdict.modality  # what others expect is nobody's threat
    if operator == "threaten" and verdict.modality in ("negated", "denied"):
        return "THREATEN", verdict.modality  # 'has never threatened to use force'
    return plover.name(act, verdict.modality, in_condition=inside, negative=negative, declared=declared, own_word=own)


def _same_side(actor: Mention, speaker: Mention) -> bool:
    return (actor.actor is not None and actor.actor == speaker.actor) or (
        actor.country is not None and actor.country == speaker.country
    )


def _claimant(speakers: Sequence[Attribution], act: str) -> list[Mention]:
    """Who claims a deed is named as its actor when the text names no other."""
    claims = [a.source for a in speakers if a.stance == "claims" and a.source is not None]
    return claims[-1:] if act in ("ASSAULT", "COERCE") else []


def _holder(type_: str, act: str, modality: Modality, speakers: Sequence[Attribution]) -> list[Mention]:
    """'Your farms will be burned, the warlord told …': who voices a threat or a promise by name stands behind it."""
    voiced = type_ in ("THREATEN", "CONCEDE", "AGREE") and type_ != act and modality in AHEAD
    own = speakers[-1] if voiced and speakers and not speakers[-1].anonymous else None
    return [own.source] if own is not None and own.source is not None else []


def _condition(par: Paragraph, token: Token) -> Span | None:
    for conditional in par.conditionals:
        first, last = conditional.consequence
        if first <= token.i < last and token.i not in conditional.inside:
            start = par.scene.doc[conditional.condition[0]].idx
            final = par.scene.doc[conditional.condition[1] - 1]
            return par.span(start, final.idx + len(final))
    return None


def _date(par: Paragraph, candidate: Candidate, modality: Modality) -> Interval | None:
    future = modality in AHEAD
    for token in (candidate.token, *candidate.also):
        found = date_for(par.scene.doc, token.i, par.dates, published=par.published, future=future)
        if found is not None:
            return par.interval(found)
    return _only_day(par, candidate) if not future else None


def _only_day(par: Paragraph, candidate: Candidate) -> Interval | None:
    """The one day a sentence names, where the parse hangs it on no deed."""
    sent = candidate.token.sent
    here = [d for d in par.dates if d.span is not None and sent.start_char <= d.span.start < sent.end_char]
    if len(here) != 1 or here[0].precision != "day" or here[0].span is None or told_afterwards(candidate.token):
        return None
    if is_anothers(par.scene.doc, here[0], candidate.token):
        return None
    if any(t.pos_ == "NOUN" and t.lemma_.lower() in ALLEGED for t in candidate.token.ancestors):
        return None  # 'on Thursday it withdrew its accusation that …': the day is the withdrawal's
    if par.published is not None and here[0].start is not None and here[0].start > par.published:
        return None
    return par.interval(here[0])


def _place(par: Paragraph, candidate: Candidate, act: str, actors: Sequence[Mention]) -> Place | None:
    scene, spoken = par.scene, act in STATEMENTS
    place = place_for(scene.doc, scene.offset, candidate.token, candidate.recipients, par.places, spoken)
    home = next((m.country for m in actors if m.country is not None), None)
    return place and opened(place, candidate.token, scene.doc, scene.offset, home)


def _counts(par: Paragraph, candidate: Candidate) -> tuple[Count, ...]:
    out: dict[tuple[str, int, int | None], Count] = {}
    for token in (candidate.token, *candidate.also):
        for count in counts_for(par.scene.doc, token.i, par.counts):
            span = par.span(count.span.start, count.span.end) if count.span is not None else None
            moved = Count(count.kind, count.low, count.high, span, count.speaker, count.cumulative)
            out.setdefault((count.kind, count.low, count.high), moved)
    return tuple(out.values())


def menace(
    par: Paragraph,
    conditional: Conditional,
    number: int,
    speaker: Mention | None,
    doer: Mention | None,
    over: tuple[Mention, ...] = (),
) -> Event | None:
    """A threat or promise whose consequence names no codebook deed ('you will pay'), as an event of its own."""
    scene = par.scene
    spared = stakes.rewards(scene, conditional, frozenset())
    first, last = scene.doc[conditional.consequence[0]], scene.doc[conditional.consequence[1] - 1]
    head = scene.doc[conditional.head]
    start, end = first.idx, last.idx + len(last)
    speakers = chain(par, head.idx, head.idx + len(head))
    holder = doer or speaker
    return Event(
        id=f"{par.memory.article}-e{number}",
        article=par.memory.article,
        type="CONCEDE" if spared else "THREATEN",
        act="RETREAT" if spared else "ASSAULT",
        modality="conditional",
        trigger=par.span(start, end),
        evidence=par.span(head.sent.start_char, head.sent.end_char),
        modes=() if spared else ("violence",),
        contexts=par.contexts,
        actors=(holder,) if holder is not None else (),
        recipients=over,
        attribution=speakers,
        condition=par.span(scene.doc[conditional.condition[0]].idx, _last(scene, conditional.condition[1])),
        confidence=0.5,
        reported=par.published,
        outlet=par.outlet,
        coder=par.coder,
        why=(f"menace in the consequence of '{conditional.kind}'",),
    )


def _last(scene: Scene, end: int) -> int:
    token = scene.doc[end - 1]
    return token.idx + len(token)
