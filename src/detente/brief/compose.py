"""Compose a theatre's brief: headline and standfirst from the state and its evidence, then the parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

from detente.brief import ahead, blame, board, counting, doubts, parts, reading, ties
from detente.brief.case import Case
from detente.brief.check import sentences
from detente.brief.top import headline, standfirst
from detente.brief.words import capital, day, in_prose
from detente.incidents.match import RollsUp, no_roll_up
from detente.incidents.noted import REVIEWED, is_reviewed
from detente.incidents.origins import origins
from detente.incidents.title import title
from detente.records import (
    Article,
    Block,
    Brief,
    Dyad,
    Event,
    Forecast,
    Incident,
    Link,
    Lull,
    Series,
    Tripwire,
)
from detente.reference.actors import ActorIndex, load
from detente.reference.theatre import Theatre
from detente.tension.tolls import boasted, sober

SAFETY = "Not for operational safety decisions."


def case_of(
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
    source: Mapping[str, str] | None = None,
) -> Case:
    """What a brief is written from: everything given, cut to what was known on `as_of`, names as the theatre has them.

    `source`: the independent origin of each article, where somebody has worked it out already (see `origins`).
    """
    heard = {key: each for key, each in articles.items() if each.published is None or each.published <= as_of}
    said_by_then = {each.id: each for each in events if each.reported is None or each.reported <= as_of}
    outlets = {key: each.outlet for key, each in heard.items()}
    index = load(theatre.actors if theatre else ())
    return Case(
        theatre=theatre,
        dyad=dyad,
        lull=lull,
        series=series,
        incidents=tuple(
            _renamed(sober(each, outlets, theatre, rolls_up), said_by_then, index)
            for each in incidents
            if not each.known or each.known <= as_of
        ),
        tripwires=tuple(_as_of(each, as_of) for each in tripwires if each.reported is None or each.reported <= as_of),
        links=tuple(each for each in links if each.reported is None or each.reported <= as_of),
        articles=heard,
        events=said_by_then,
        forecasts=tuple(each for each in forecasts if each.made <= as_of),
        as_of=as_of,
        rolls_up=rolls_up,
        index=index,
        source=origins(heard) if source is None else source,
        boasts=tuple(
            (each, tolls)
            for each in incidents
            if (not each.known or each.known <= as_of) and (tolls := boasted(each, outlets, theatre, rolls_up))
        ),
    )


def _renamed(incident: Incident, events: Mapping[str, Event], index: ActorIndex) -> Incident:
    """The incident under its title with one name per actor, where its mentions are at hand."""
    mine = [events[number] for number in incident.events if number in events]

    def called(actor: str) -> str | None:
        known = index.get(actor)
        if known is None:
            return None
        office = known.kind == "office" and not known.name.startswith("the ")
        if known.kind == "office" and (person := _person(actor, mine)):
            return person
        return f"the {known.name[:1].lower()}{known.name[1:]}" if office else in_prose(known.name)

    return title(incident, mine, called) if mine else incident


def _person(actor: str, events: Sequence[Event]) -> str | None:
    """The name that most mentions of an office's holder give, None where they name the office alone."""
    told = (each for event in events for each in (*event.actors, *event.recipients) if each.actor == actor)
    named = Counter(
        each.name for each in told if each.name and each.name[:1].isupper() and each.name != each.text.title()
    )
    return min(named, key=lambda name: (-named[name], len(name), name)) if named else None


def _as_of(wire: Tripwire, as_of: date) -> Tripwire:
    """The tripwire as it stood on the day: moves after it are taken back."""
    moves = tuple(move for move in wire.moves if move.on <= as_of)
    return replace(wire, moves=moves, state=moves[-1].state if moves else "armed") if moves != wire.moves else wire


def cited(brief: Brief) -> tuple[str, ...]:
    """Article ids in the order their words first stand in the brief."""
    return tuple(dict.fromkeys(span.article for each in sentences(brief) for span in each.evidence))


def _reviewed(case: Case) -> str:
    """How many of the mentions people have read against their reports; nothing where none."""
    checked = sum(map(is_reviewed, case.events.values()))
    return f" · {REVIEWED}: {checked} of {len(case.events)} mentions" if checked else ""


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
    case = case_of(
        theatre, dyad, lull, series, incidents, tripwires, links, articles, events, forecasts, as_of, roll_up
    )
    return _write(case)


def _write(case: Case) -> Brief:
    """The brief itself: its parts in the order that suits the state, then what it cites."""
    lull, dyad, theatre, as_of = case.lull, case.dyad, case.theatre, case.as_of
    calm = lull.state in ("lull", "quiet", "unknown")
    order = [
        parts.standing(case),
        counting.counts(case),
        None if calm else parts.lately(case),
        None if calm else blame.block(case),
        reading.explanations(case),
        board.board(case),
        parts.lately(case) if calm else None,
        ties.who(case),
        ahead.outlook(case),
        ahead.change_our_mind(case),
        doubts.unknowns(case),
    ]
    blocks: list[Block] = [each for each in order if each is not None]
    draft = Brief(
        id="b-"
        + sha256(f"{dyad.id if dyad else ''}|{as_of}|{lull.last}|{len(case.incidents)}".encode()).hexdigest()[:12],
        section=theatre.section if theatre else "",
        headline=headline(case),
        standfirst=standfirst(case),
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
        blocks=(*blocks, *([doubts.sources(case, used)] if used else [])),
        sources=used,
        stamp=f"{capital('as')} known {day(as_of, year=True)} · {SAFETY}{_reviewed(case)}",
    )
