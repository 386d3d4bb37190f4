"""From a candidate deed to an Event: modality, chain of speakers, roles, type, date, place, counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from detente.events import plover, stakes
from detente.events.clauses import Conditional
from detente.events.confidence import confidence
from detente.events.countsof import counts_for
from detente.events.dayowner import told_afterwards
from detente.events.mentions import FIRST, mentions
from detente.events.modality import Verdict
from detente.events.paragraph import Paragraph, chain
from detente.events.roles import Candidate
from detente.events.scene import Scene
from detente.events.settling import one_side
from detente.events.syntax import logical_object
from detente.events.tokens import Token
from detente.events.when import date_for, is_anothers
from detente.events.where import STATEMENTS, opened, place_for
from detente.records import Attribution, Count, Event, Interval, Mention, Modality, Place, Span

AHEAD: frozenset[Modality] = frozenset({"planned", "threatened", "conditional"})
AIDS = frozenset({"aid", "assistance", "help", "relief", "funding", "fund", "loan", "grant"})
HOSTILE = plover.HOSTILE
ALLEGED = frozenset("accusation allegation charge claim denial complaint rumour rumor assertion".split())


def event(par: Paragraph, candidate: Candidate, verdict: Verdict, number: int) -> Event:
    """The Event of one candidate (see records.Event)."""
    scene, token = par.scene, candidate.token
    start, end = scene.doc[candidate.start].idx, _end(scene, candidate)
    told_by = speakers(par, candidate, verdict)
    speaker = next((a.source for a in reversed(told_by) if a.source is not None), None)
    actors, recipients = _sides(par, candidate, speaker)
    act = _act(scene, candidate)
    type_, modality = _named(par, candidate, verdict, act, speaker, actors)
    actors = actors or _claimant(told_by, act) or _holder(type_, act, modality, told_by)
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
        attribution=told_by,
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


def speakers(par: Paragraph, candidate: Candidate, verdict: Verdict) -> tuple[Attribution, ...]:
    """On whose word a candidate rests, outermost first."""
    token = candidate.token
    framing = verdict.operator if verdict.modality in AHEAD else None
    passing = token.dep_ in ("acl", "relcl") and token.tag_ in ("VBN", "VBD")
    start = par.scene.doc[candidate.start].idx
    return chain(par, start, _end(par.scene, candidate), framing, passing)


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
    named, modality = plover.name(
        act, verdict.modality, in_condition=inside, negative=negative, declared=declared, own_word=own
    )
    return (candidate.called if candidate.called and named == act and not inside else named), modality


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
        if found is not None and not _conditional_day(par, token, found):
            return par.interval(found)
    return _only_day(par, candidate) if not future else None


def _conditional_day(par: Paragraph, token: Token, found: Interval) -> bool:
    """'Leave by Friday or be shot': the day of the condition is not the deed's."""
    within, said = _condition(par, token), par.interval(found).span
    return within is not None and said is not None and within.start <= said.start and said.end <= within.end


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
