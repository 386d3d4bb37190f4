"""Tripwires: a condition somebody holds over somebody, with the deed that follows.

A conditional becomes a tripwire when its consequence is a deed (or a menace) that a party would do: past
counterfactuals and plain forecasts ("if it rains, crops will fail") do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from detente.events.clauses import Conditional
from detente.events.roles import Candidate
from detente.events.scene import Scene
from detente.events.syntax import children, is_passive, logical_subject
from detente.records import Attribution, Event, Interval, Mention, Span, Tripwire

# how people say 'you will regret it' without naming a deed
MENACE = frozenset(
    (
        "pay price answer respond retaliate regret consequence force fire fate hell punish punishment "
        "reprisal revenge retribution strike hit destroy crush enemy target war response flame glove bleed "
        "suffer burn blood rubble reckon reckoning crater graveyard horizontally wrath fury lesson occupier "
        "harsh painful crushing decisive merciless death"
    ).split()
)
HARM = frozenset("death harm attack fire strike danger trouble violence war hostility target casualty".split())


@dataclass(frozen=True, slots=True)
class Held:
    """What the coder knows of a conditional: the events in its consequence and who speaks."""

    conditional: Conditional
    events: Sequence[tuple[Candidate, Event]]
    chain: tuple[Attribution, ...]
    deadline: Interval | None


def menacing(scene: Scene, conditional: Conditional) -> bool:
    """Does the consequence threaten (or promise to spare) in words that are no codebook deed?"""
    return any(t.lemma_.lower() in MENACE for t in scene.doc[conditional.consequence[0] : conditional.consequence[1]])


def spares(scene: Scene, conditional: Conditional) -> bool:
    """'Nobody will be harmed', 'we will not attack': harm that is promised not to come."""
    tokens = scene.doc[conditional.consequence[0] : conditional.consequence[1]]
    negative = any(t.dep_ == "neg" or t.lower_ in ("no", "not", "never", "neither", "nor") for t in tokens)
    return negative and any(t.lemma_.lower() in HARM for t in tokens)


def is_held(
    scene: Scene, conditional: Conditional, events: Sequence[Event], speaker: Mention | None, threatens: bool = False
) -> bool:
    """Whether this conditional is held over somebody (see the module's docstring); `threatens`: its speaker says so."""
    if conditional.counterfactual:
        return False
    head = scene.doc[conditional.head]
    if head.tag_ == "VBD" and not children(head, "aux", "auxpass"):
        return False
    doer = logical_subject(head)
    party = doer is not None and (scene.political(doer) or doer.lower_ in ("we", "i", "they", "it"))
    if events:
        return party or speaker is not None or conditional.kind in ("or", "and", "failing")
    future = any(
        c.lower_ in ("will", "would", "shall", "’ll", "'ll") for c in children(head, "aux")
    ) or conditional.kind in ("and", "or", "moment", "any", "whoever", "no-no")
    if conditional.kind in ("moment", "or", "and", "no-no", "whoever") and speaker is not None:
        return True  # such shapes are hardly used for anything but threats and offers
    if threatens and future and speaker is not None:
        return True
    bargain = party and (conditional.kind == "as long as" or _bargains(scene, conditional))
    if future and speaker is not None and (bargain or _stays(scene, head) or _answers(scene, conditional, doer)):
        return True
    return menacing(scene, conditional) and future and (party or speaker is not None)


def _bargains(scene: Scene, conditional: Conditional) -> bool:
    """'It would let the convoy through provided that …': such words open the terms of a bargain."""
    return scene.doc[conditional.condition[0]].lower_ in ("provided", "providing", "only")


def _answers(scene: Scene, conditional: Conditional, doer: Token | None) -> bool:
    """'If one more shell lands here, we will …': whatever we will do answers the violence."""
    violence = (
        scene.is_a(t, "heavy", "explosive", "firearm", "wrong") for t in scene.doc[slice(*conditional.condition)]
    )
    return doer is not None and doer.lower_ in ("we", "i") and any(violence)


def _stays(scene: Scene, verb: Token) -> bool:
    """'The blockade will stay in place until …': a measure that is kept up is held over somebody."""
    measure = logical_subject(verb)
    return (
        verb.lemma_ in ("stay", "remain", "continue", "hold", "last", "stand", "go", "keep")
        and measure is not None
        and scene.is_a(measure, "restriction", "sanction")
    )


def holder(
    events: Sequence[Event],
    speaker: Mention | None,
    doer: Mention | None,
    anonymous: bool = False,
) -> Mention | None:
    """Who would do it: the consequence's own actor, else the one who says it."""
    for event in events:
        if event.actors:
            return event.actors[0]
    if doer is not None:
        return doer
    return None if anonymous else speaker


def doer_token(scene: Scene, conditional: Conditional) -> Token | None:
    """The consequence's subject where it is a party (not 'it', not a passive's patient)."""
    head = scene.doc[conditional.head]
    if is_passive(head):
        return None
    found = logical_subject(head)
    if found is None or found.dep_ == "expl" or not scene.political(found) or found.lower_ in ("you", "it", "there"):
        return None
    return found


def _hearsay(chain: tuple[Attribution, ...]) -> bool:
    """Told by an unnamed source: whose threat it is must not be guessed from who passes it on."""
    return bool(chain) and chain[-1].anonymous


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
    rewards = (
        bool(kind) and kind <= {"CONCEDE", "AGREE", "SUPPORT", "AID", "RETREAT"} if events else spares(scene, cond)
    )
    return Tripwire(
        id=f"{article}-t{number}",
        article=article,
        condition=condition,
        consequence=consequence,
        span=whole,
        holder=holder(events, speaker, doer, _hearsay(held.chain)),
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
    return Span(article, scene.offset + start, scene.offset + end, scene.doc.text[start:end])
