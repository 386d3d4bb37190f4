"""The state of a dyad from a merged dataset: what can matter to it is asked for, and nothing else is read.

Every question below asks for more than counts in the end: the rules that decide (tension.series, tension.lull,
tension.tripwires) then see all they would have picked from the whole, and pick the same. Where one of them comes to look
at other incidents, the question must be widened; tests/merged compares the two ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from detente.dossier import Dossier
from detente.incidents.merge import in_order
from detente.merged.layout import ABSENCE, IN, PLANNED, SITE, WORDS
from detente.merged.read import Archive
from detente.outlook import target_attacks
from detente.pipeline import Assessment, RollsUp, assessed, dyad_of, roll_up
from detente.records import Dyad, Incident, Tripwire
from detente.reference.theatre import LullDefinition, Theatre
from detente.tension.listening import listened_to
from detente.tension.lull import LEAD, LONGEST, NEAR_DAYS, WINDOW
from detente.tension.quoting import told_on
from detente.tension.sides import Watch
from detente.tension.tripwires import Parties, tripwire_states

# what may stand on a line of the series, or count as an attack on the calm (tension.series.line_of, tension.sides.direction)
_ON_A_LINE = """
list_contains($acts, type) AND (nobody OR list_has_any(doers, $both)) OR list_has_any(doers, $both)
"""


def assess_merged(
    folder: Path, theatre: Theatre, dyad_id: str | None, as_of: date | None, *, whole: bool = False
) -> Assessment:
    """The same series, calm and tripwires of a dyad as the long way round gives.

    `whole`: also the words and reports of every incident of the series (for a picture), not only of the recent ones. The
    assessment's dossier holds what was read: incidents and mentions that can matter, no articles.
    """
    dyad = dyad_of(theatre, dyad_id)
    with Archive(folder, theatre, as_of) as archive:
        as_of, noted = archive.as_of, archive.listening()
        reports = archive.reporting(by_outlet=bool(theatre.coverage.sources or any(noted)))
        last = archive.manifest["rows_end"]
        theatre = listened_to(theatre, date.fromisoformat(last) if last else None, reports, as_of)
        known = _narrowed(archive, theatre, dyad, Dossier(gaps=noted[0], heard=noted[1]).until(as_of))
        reports.outlets.update(archive.outlets)
        found = assessed(theatre, dyad, known, reports, as_of, _moved(known, archive, roll_up(theatre)))
        if whole:
            shown = {number for day in found.series.days for number in day.incidents}
            known.incidents = _told_whole(archive, known, shown, None)
        return replace(found, counts=archive.counts())


def _narrowed(archive: Archive, theatre: Theatre, dyad: Dyad, made: Dossier) -> Dossier:
    """The dossier with what can matter to a dyad: incidents in order, recent ones whole, their mentions, tripwires."""
    rolls_up = roll_up(theatre)
    watch, names = Watch(dyad, rolls_up, theatre), archive.parties()
    a, b = ({name for name in names if side((name,), None)} for side in (watch.a, watch.b))
    both = a | b
    sites = {SITE + each.id for each in theatre.places}
    held, made.events = archive.tripwires(both | {WORDS + name for name in both})
    # not only those that concern the dyad: whatever a side promises bears on a calm
    made.tripwires = sorted(held, key=lambda each: (each.reported or archive.as_of, each.id))
    acts = {"ASSAULT", *theatre.lulls.get(dyad.id, LullDefinition()).acts}
    values = {"$acts": sorted(acts), "$both": sorted(both)}
    found = {each.id: each for each in archive.incidents(both | sites, *_bound(_ON_A_LINE, values))}
    if archive.as_of != archive.stand:
        found |= {each.id: each for each in _that_move(archive, made.tripwires, names, rolls_up)}
    start, near = _window(found.values(), watch, theatre, archive.as_of)
    home = {IN + each for each in theatre.countries}
    marks = {WORDS + name for name in both} | {ABSENCE, PLANNED} | home
    recent = archive.incidents(
        both | sites | marks, 'told BETWEEN ? AND ? OR day >= ? OR (modality = \'planned\' AND "end" > ?)',
        start, archive.as_of, near, archive.as_of,
    )  # fmt: skip
    found |= {each.id: each for each in recent}
    made.incidents = list(found.values())
    fresh = {each.id for each in recent if (day := told_on(each)) and start <= day <= archive.as_of}
    made.incidents = _told_whole(archive, made, fresh, start)
    return made


def _moved(known: Dossier, archive: Archive, rolls_up: RollsUp) -> list[Tripwire]:
    """The tripwires in their states: those of the merge, and on a later day what the clock alone has done since.

    What the merge knows from the words of any incident in the world stands where nothing else has moved.
    """
    if archive.as_of == archive.stand:
        return known.tripwires
    merged = {each.id: each for each in known.tripwires}
    now = tripwire_states(known.tripwires, known.incidents, as_of=archive.as_of, rolls_up=rolls_up)
    return [each if len(each.moves) > 1 else merged[each.id] for each in now]


def _bound(condition: str, values: dict[str, Any]) -> tuple[Any, ...]:
    """A condition with its values to bind, in order."""
    parts = re.split(r"(\$\w+)", condition)
    return "".join("?" if each in values else each for each in parts), *(
        values[each] for each in parts if each in values
    )


def _that_move(archive: Archive, wires: list[Tripwire], names: list[str], rolls_up: RollsUp) -> list[Incident]:
    """Incidents that may trip, carry out or take back one of these: deeds of the holder's side, and attacks on it."""
    held = [(each, Parties(each, rolls_up)) for each in wires]
    holders = {parties.holder for _, parties in held if parties.holder}
    if not holders:
        return []
    same = {name for name in names if any(parties.same(name, (parties.holder or "",), None) for _, parties in held)}
    acts = {each.act for each, _ in held if each.act} | {"ASSAULT", "RETREAT"}
    first = min((each.reported or archive.as_of for each, _ in held), default=archive.as_of)
    return archive.incidents(
        same, "day >= ? AND day <= ? AND type = act AND NOT retracted AND list_contains(?, act)", first, archive.as_of, sorted(acts)
    )  # fmt: skip


def _window(found: Iterable[Incident], watch: Watch, theatre: Theatre, as_of: date) -> tuple[date, date]:
    """The first days from which evidence and near misses are gathered (see `find_lull`), or earlier ones."""
    definition = theatre.lulls.get(watch.dyad.id, LullDefinition())
    days = target_attacks(found, watch, definition, as_of)
    since = days[-1] if days else None
    start = min(since - timedelta(days=LEAD) if since else as_of, as_of - timedelta(days=WINDOW))
    return max(start, as_of - timedelta(days=LONGEST)), (since or as_of) - timedelta(days=NEAR_DAYS)


def _told_whole(archive: Archive, known: Dossier, ids: set[str], start: date | None) -> list[Incident]:
    """The incidents in order, those of `ids` with words, reports and mentions."""
    told, held = {}, {each.id for each in known.events}
    for incident, mentions in archive.whole(ids, start):
        told[incident.id] = incident
        known.events += (each for each in mentions if each.id not in held)
    return in_order(told.get(each.id, each) for each in known.incidents)
