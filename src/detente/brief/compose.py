"""Compose a theatre's brief: headline and standfirst from the state and its evidence, then the parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

from detente.brief import board, doubts, parts, reading, ties
from detente.brief.case import Case
from detente.brief.check import sentences
from detente.brief.words import capital, day, in_prose, number, plural, said
from detente.incidents.match import RollsUp, no_roll_up
from detente.incidents.origins import origins
from detente.incidents.title import title
from detente.records import (
    Article,
    Block,
    Brief,
    Dyad,
    Event,
    EvidenceLine,
    Forecast,
    Incident,
    Link,
    Lull,
    Sentence,
    Series,
    Tripwire,
)
from detente.reference.actors import ActorIndex, load
from detente.reference.theatre import Theatre
from detente.tension.lines import ARMING
from detente.tension.sides import day_of, direction, is_attack

SAFETY = "Not for operational safety decisions."


def _case(
    theatre: Theatre | None,
    dyad: Dyad | None,
    lull: Lull,
    series: Series | None,
    incidents: Sequence[Incident],
    tripwires: Sequence[Tripwire],
    links: Sequence[Link],
    articles: Mapping[str, Article],
    events: Sequence[Event],
    forecasts: Sequence[Forecast],
    as_of: date,
    rolls_up: RollsUp,
) -> Case:
    heard = {key: each for key, each in articles.items() if each.published is None or each.published <= as_of}
    said_by_then = {each.id: each for each in events if each.reported is None or each.reported <= as_of}
    index = load(theatre.actors if theatre else ())
    return Case(
        theatre=theatre,
        dyad=dyad,
        lull=lull,
        series=series,
        incidents=tuple(
            _renamed(each, said_by_then, index) for each in incidents if not each.known or each.known <= as_of
        ),
        tripwires=tuple(_as_of(each, as_of) for each in tripwires if each.reported is None or each.reported <= as_of),
        links=tuple(each for each in links if each.reported is None or each.reported <= as_of),
        articles=heard,
        events=said_by_then,
        forecasts=tuple(each for each in forecasts if each.made <= as_of),
        as_of=as_of,
        rolls_up=rolls_up,
        index=index,
        source=origins(heard),
    )


def _renamed(incident: Incident, events: Mapping[str, Event], index: ActorIndex) -> Incident:
    """The incident under its title with one name per actor, where its mentions are at hand."""
    mine = [events[number] for number in incident.events if number in events]

    def called(actor: str) -> str | None:
        known = index.get(actor)
        return in_prose(known.name) if known else None

    return title(incident, mine, called) if mine else incident


def _as_of(wire: Tripwire, as_of: date) -> Tripwire:
    """The tripwire as it stood on the day: moves after it are taken back."""
    moves = tuple(move for move in wire.moves if move.on <= as_of)
    return replace(wire, moves=moves, state=moves[-1].state if moves else "armed") if moves != wire.moves else wire


def _where(case: Case) -> str:
    """ " in Iraq": from the section, else the theatre's name, left out where a side's name already says it."""
    if case.theatre is None:
        return ""
    place = (case.theatre.section.removesuffix("News").strip() or case.theatre.name).split(",")[0]
    said_already = any(place and place.casefold() in side.casefold() for side in case.sides)
    return f" in {place}" if place and not said_already else ""


def _between_sides(case: Case) -> str:
    return f"between {' and '.join(case.short_sides)}{_where(case)}"


def resumed(lull: Lull, minimum: int) -> int | None:
    """Length in days of the calm that has just ended, None if none has (or more than that has happened)."""
    if lull.state not in ("active", "de-escalating") or not lull.past_gaps or lull.days is None:
        return None
    return lull.past_gaps[-1] if lull.past_gaps[-1] >= minimum and lull.days < minimum else None


def _arming(case: Case) -> list[EvidenceLine]:
    return [line for line in case.lull.lines if ARMING in line.consistent and len(line.consistent) == 1]


def _headline(case: Case) -> Sentence:
    lull = case.lull
    last = case.incident(lull.last)
    proof = case.cite([last.evidence], 2) if last else ()
    ended = resumed(lull, case.definition.minimum_days)
    reason = f"state '{lull.state}' on {lull.as_of}, by the lull definition"
    pair = _between_sides(case)
    if lull.state == "lull":
        held = bool(_arming(case) or board.open_threats(case))
        text = f"Tension {pair} has eased" + (", for now" if held else "")
    elif ended is not None:
        text = f"Calm {pair} ends after {plural(ended, 'day')}"
    else:
        text = {
            "escalating": f"Attacks {pair} escalate",
            "active": f"Attacks {pair} continue",
            "de-escalating": f"Attacks {pair} thin out",
            "quiet": f"No run of attacks {pair}",
        }.get(lull.state, f"Too little is known of attacks {pair}")
    return said(text, proof, reason)


def _sides_arming(case: Case) -> str:
    lines = _arming(case)
    found = [case.incident(line.incident) for line in lines]
    doers = [name for each in found if each for name in (*each.actors, *each.claimed, *each.blamed)]
    a, b = case.watch.a(doers, case.as_of), case.watch.b(doers, case.as_of)
    if a and b:
        return "moves and threats that fit preparation are reported on both sides"
    side = case.sides[0] if a else case.sides[1] if b else None
    return f"moves and threats that fit preparation are reported{f' from {side}' if side else ''}"


def _calm(case: Case) -> Sentence:
    lull, last = case.lull, case.incident(case.lull.last)
    text = (
        f"No attack on {case.definition.target_class} has been reported since {day(lull.since)}, "
        f"{plural(lull.days or 0, 'day')}"
    )
    arming = _arming(case)
    open_rows = [row for row in board.rows(case) if row.is_open]
    if arming:
        text += f"; {_sides_arming(case)}"
    if open_rows:
        text += f"{' and' if arming else ';'} {plural(len(open_rows), 'tripwire')} {'is' if len(open_rows) == 1 else 'are'} open"
    proof = case.cite([last.evidence[:2] if last else (), *(line.spans[:1] for line in reversed(arming))])
    return said(text + ".", proof, "days from the last attack that counts; evidence lines; rows of the tripwire board")


def _violence(case: Case) -> Sentence:
    lull, last = case.lull, case.incident(case.lull.last)
    ended = resumed(lull, case.definition.minimum_days)
    if ended is not None and last and lull.since:
        before = lull.since - timedelta(days=ended)
        return said(
            f"{last.title} on {day(lull.since)}: the first attack on {case.definition.target_class} reported since "
            f"{day(before)}, {plural(ended, 'day')} earlier.",
            case.cite([last.evidence]),
            "gap between attack days",
        )
    recent = _between(case, case.as_of - timedelta(days=13), case.as_of)
    before_that = _between(case, case.as_of - timedelta(days=27), case.as_of - timedelta(days=14))
    if not recent:
        return said("No attack between the two sides is on record in the last 14 days.", (), "incidents of 14 days")
    days, earlier = ({on for on, _ in found} for found in (recent, before_that))
    both = len({direction(each, case.watch) for _, each in recent}) == 2
    worst = max(
        recent, key=lambda item: (_deaths(item[1]) > 0, _site(item[1]), item[1].origins, _deaths(item[1]), item[0])
    )
    told = f"{worst[1].title}, {day(worst[0])}"
    against = number(len(earlier)) if earlier else "none"
    text = (
        f"Attacks{' in both directions' if both else ''} on {plural(len(days), 'day')} of the last 14, against {against} of "
        f"the 14 before; {'the worst' if _deaths(worst[1]) else 'among them'}: {parts.lower(told)}."
    )
    return said(text, case.cite([worst[1].evidence, *(each.evidence[:1] for _, each in reversed(recent))]),
                "incidents between the two sides, by day")  # fmt: skip


def _site(incident: Incident) -> bool:
    return incident.place is not None and incident.place.precision == "site"


def _deaths(incident: Incident) -> int:
    """The lowest figure any speaker gives for the dead: what is not in dispute."""
    return min((each.low for each in incident.tolls if each.kind == "killed"), default=0)


def _between(case: Case, start: date, end: date) -> list[tuple[date, Incident]]:
    found = [
        (on, each)
        for each in case.incidents
        if (on := day_of(each)) and start <= on <= end and is_attack(each) and direction(each, case.watch)
    ]
    return sorted(found, key=lambda item: (item[0], item[1].id))


def _standfirst(case: Case) -> Sentence:
    if case.lull.state in ("lull", "quiet") and case.lull.since:
        return _calm(case)
    if case.lull.since is None:
        text = f"No attack on {case.definition.target_class} is on record up to {day(case.as_of, year=True)}."
        return said(text, (), "no incident meets the definition")
    return _violence(case)


def cited(brief: Brief) -> tuple[str, ...]:
    """Article ids in the order their words first stand in the brief."""
    return tuple(dict.fromkeys(span.article for each in sentences(brief) for span in each.evidence))


def _roll_up(theatre: Theatre | None) -> RollsUp:
    """The dated affiliations of the packaged actors and the theatre's own; ids alone without a theatre."""
    return load(theatre.actors).same_side if theatre else no_roll_up


def compose(
    theatre: Theatre | None,
    dyad: Dyad | None,
    lull: Lull,
    series: Series | None,
    incidents: Sequence[Incident],
    tripwires: Sequence[Tripwire],
    links: Sequence[Link],
    articles: Mapping[str, Article],
    events: Sequence[Event],
    forecasts: Sequence[Forecast] = (),
    *,
    as_of: date,
    rolls_up: RollsUp | None = None,
) -> Brief:
    """Write the brief of one dyad from what was known on `as_of`; every sentence carries its support.

    Tripwires should come from `tripwire_states`; `rolls_up` should be the one the lull was found with
    (None: the dated affiliations known to `detente.reference.actors`).
    """
    roll_up = rolls_up or _roll_up(theatre)
    case = _case(theatre, dyad, lull, series, incidents, tripwires, links, articles, events, forecasts, as_of, roll_up)
    return _write(case)


def _write(case: Case) -> Brief:
    """The brief itself: its parts in the order that suits the state, then what it cites."""
    lull, dyad, theatre, as_of = case.lull, case.dyad, case.theatre, case.as_of
    calm = lull.state in ("lull", "quiet")
    order = [
        parts.standing(case),
        parts.counts(case),
        None if calm else parts.lately(case),
        reading.explanations(case),
        board.board(case),
        parts.lately(case) if calm else None,
        ties.who(case),
        doubts.outlook(case),
        doubts.watch_for(case),
        doubts.unknowns(case),
    ]
    blocks: list[Block] = [each for each in order if each is not None]
    draft = Brief(
        id="b-"
        + sha256(f"{dyad.id if dyad else ''}|{as_of}|{lull.last}|{len(case.incidents)}".encode()).hexdigest()[:12],
        section=theatre.section if theatre else "",
        headline=_headline(case),
        standfirst=_standfirst(case),
        as_of=as_of,
        dyad=dyad.name or dyad.id if dyad else None,
        blocks=tuple(blocks),
    )
    used = cited(draft)
    return Brief(
        id=draft.id,
        section=draft.section,
        headline=draft.headline,
        standfirst=draft.standfirst,
        as_of=as_of,
        dyad=draft.dyad,
        blocks=(*blocks, doubts.sources(case, used)),
        sources=used,
        stamp=f"{capital('as')} known {day(as_of, year=True)} · {SAFETY}",
    )
