"""The state of a dyad, read from what is known and merged already: its series, lull, tripwires, attacks and outlook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from detente.dossier import Dossier
from detente.outlook import forecast, target_attacks
from detente.records import Article, ConfigError, Dyad, Forecast, Lull, Series, Tripwire
from detente.reference.actors import load as load_actors
from detente.reference.theatre import LullDefinition, Theatre
from detente.tension import calendar, find_lull, gaps, series, tripwire_states
from detente.tension.listening import last_row
from detente.tension.reporting import Received
from detente.tension.series import Placed
from detente.tension.sides import Watch

RollsUp = Callable[[str, tuple[str, ...], "date | None"], bool]


@dataclass(frozen=True, slots=True)
class Assessment:
    """The state of one dyad on one day, with everything it rests on."""

    dyad: Dyad
    as_of: date
    dossier: Dossier
    series: Series
    lull: Lull
    tripwires: tuple[Tripwire, ...]
    theatre: Theatre
    rolls_up: RollsUp
    attacks: tuple[date, ...] | None = None  # days of those that count, where the dossier does not hold them all
    counts: Mapping[str, int] = field(default_factory=dict)  # articles, mentions, reviewed and incidents known in all


def roll_up(theatre: Theatre | None) -> RollsUp:
    """Whether an actor belongs to a side on a day, by the dated affiliations of reference data and theatre."""
    return load_actors(tuple(theatre.actors) if theatre else ()).same_side


def listened(dossier: Dossier) -> list[Article]:
    """The articles whose day may be stood on: not those of rows that became known only after their data set's last day."""
    last = last_row(dossier.articles, dossier.events)
    articles = list(dossier.articles.values())
    return [a for a in articles if last is None or (a.published and a.published <= last)] or articles


def heard_days(dossier: Dossier) -> list[date]:
    """The days on which any report came or anybody is noted as heard, sorted: what a record of calm rests on."""
    return sorted({a.published for a in listened(dossier) if a.published} | {each.day for each in dossier.heard})


def dyad_of(theatre: Theatre, dyad_id: str | None) -> Dyad:
    """The dyad of an id, or a theatre's first; ConfigError where there is none."""
    if not theatre.dyads:
        raise ConfigError(f"theatre '{theatre.id}' watches no dyad: add a [[dyad]] table")
    return theatre.dyad(dyad_id) if dyad_id else theatre.dyads[0]


def assessed(
    theatre: Theatre,
    dyad: Dyad,
    known: Dossier,
    reports: Received,
    as_of: date,
    moved: Sequence[Tripwire] | None = None,
    placed: Placed | None = None,
    attacks: tuple[date, ...] | None = None,
) -> Assessment:
    """The state of a dyad from what was known by `as_of`, merged, and from the reports (or counts of them) it rests on.

    `moved`: the tripwires with their states on that day, `placed` and `attacks`: the lines by day and the days of attacks
    that count, where somebody has them already.
    """
    rolls_up = roll_up(theatre)
    wires = (
        tuple(moved)
        if moved is not None
        else tuple(tripwire_states(known.tripwires, known.incidents, as_of=as_of, rolls_up=rolls_up))
    )
    silent = (*gaps(reports, theatre.coverage, until=as_of), *known.gaps)
    listened = calendar(reports, known.heard, silent, until=as_of) if known.heard or known.gaps else None
    counted = series(
        known.incidents,
        dyad,
        as_of=as_of,
        articles=reports,
        gaps=silent,
        rolls_up=rolls_up,
        theatre=theatre,
        listened=listened,
        placed=placed,
    )
    lull = find_lull(
        known.incidents, wires, known.links, dyad, theatre.lulls.get(dyad.id), as_of=as_of,
        articles=reports, theatre=theatre, rolls_up=rolls_up, events=known.events, listened=listened,
        attacks=attacks,
    )  # fmt: skip
    return Assessment(dyad, as_of, known, counted, lull, wires, theatre, rolls_up, attacks)


def target_days(
    theatre: Theatre, dyad: Dyad, dossier: Dossier, as_of: date, definition: LullDefinition | None = None
) -> tuple[date, ...]:
    """Days of the attacks that count for a dyad by its lull definition (or another one), as known on `as_of`."""
    watch = Watch(dyad, roll_up(theatre), theatre)
    return target_attacks(dossier.incidents, watch, definition or theatre.lulls.get(dyad.id, LullDefinition()), as_of)


def outlook_of(
    theatre: Theatre,
    found: Assessment,
    *,
    horizons: Sequence[int] = (30,),
    record: Sequence[Forecast] = (),
    yardstick: str = "icd203",
) -> tuple[Forecast, ...]:
    """The forecasts of a lull, frozen on its day; other states get none, since only lulls were backtested."""
    if found.lull.state != "lull":
        return ()
    attacks = found.attacks
    if attacks is None:
        attacks = target_days(theatre, found.dyad, found.dossier, found.as_of)
    definition = theatre.lulls.get(found.dyad.id)
    return forecast(found.series, attacks, definition, horizons=horizons, record=record, yardstick=yardstick)
