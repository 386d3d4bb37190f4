"""The state of a dyad from a merged dataset: what can matter to it is asked for, and nothing else is read.

Every question below asks for more than counts in the end: the rules that decide (tension.series, tension.lull,
tension.tripwires) then see all they would have picked from the whole, and pick the same. Where one of them comes to look
at other incidents, the question must be widened; tests/merged compares the two ways.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from detente.assessing import Assessment, RollsUp, assessed, dyad_of, roll_up
from detente.dossier import Dossier
from detente.incidents.merge import in_order
from detente.merged.counts import counted
from detente.merged.layout import ABSENCE, IN, PLANNED, SITE, WORDS
from detente.merged.read import Archive
from detente.records import Incident, Tripwire
from detente.reference.theatre import LullDefinition, Theatre
from detente.tension.lines import may_mark
from detente.tension.listening import listened_to
from detente.tension.lull import window
from detente.tension.quoting import told_on
from detente.tension.sides import Watch
from detente.tension.threats import BACK, threats
from detente.tension.tripwires import Parties, asks_death, checkable, concerns, tripwire_states


def assess_merged(
    folder: Path, theatre: Theatre, dyad_id: str | None, as_of: date | None, *, whole: bool = False, named: bool = True
) -> Assessment:
    """The same series, calm and tripwires of a dyad as the long way round gives.

    `whole`: also the words and reports of every incident of the series (for a picture), not only of the recent ones. `named`:
    the ids of every incident of the series, without which it holds counts alone (a screen shows no more). The
    assessment's dossier holds what was read: incidents and mentions that can matter, no articles.
    """
    dyad = dyad_of(theatre, dyad_id)
    with Archive(folder, theatre, as_of) as archive:
        as_of, noted = archive.as_of, archive.listening()
        reports = archive.reporting(by_outlet=bool(theatre.coverage.sources or any(noted)))
        last = archive.manifest["rows_end"]
        theatre = listened_to(theatre, date.fromisoformat(last) if last else None, reports, as_of)
        reports.outlets.update(archive.outlets)
        watch = Watch(dyad, roll_up(theatre), theatre)
        names = archive.parties()
        a, b = ({name for name in names if side((name,), None)} for side in (watch.a, watch.b))
        sites = {SITE + each.id for each in theatre.places}
        placed, attacks = counted(archive, watch, theatre, a | b, a | b | sites, named=named or whole)
        known = Dossier(gaps=noted[0], heard=noted[1]).until(as_of)
        _narrowed(archive, theatre, watch, known, a | b, sites, attacks, names)
        reports.outlets.update(archive.outlets)
        moved = _moved(known, archive, watch.rolls_up)
        found = assessed(theatre, dyad, known, reports, as_of, moved, placed, attacks)
        if whole:
            shown = {number for day in found.series.days for number in day.incidents}
            _tell_whole(archive, known, shown, None)
        return replace(found, counts=archive.counts())


def _narrowed(archive: Archive, theatre: Theatre, watch: Watch, known: Dossier, both: set[str], sites: set[str],
              attacks: tuple[date, ...], names: list[str]) -> None:  # fmt: skip
    """Tell the dossier what can matter beside the counts: recent incidents in order, whole ones of late, tripwires."""
    against = both | watch.backers(watch.dyad.b, None)
    held, known.events = archive.tripwires(both | {WORDS + name for name in both}, against)
    # not only those that concern the dyad: whatever a side promises bears on a calm
    known.tripwires = sorted(held, key=lambda each: (each.reported or archive.as_of, each.id))
    definition = theatre.lulls.get(watch.dyad.id, LullDefinition())
    start, near = window(attacks[-1] if attacks else None, archive.as_of, definition.minimum_days)
    marks = {WORDS + name for name in both} | {ABSENCE, PLANNED} | {IN + each for each in theatre.countries}
    acts = sorted({"ASSAULT", *definition.acts})
    recent = archive.incidents(
        both | sites | marks,
        "told BETWEEN ? AND ? OR (day >= ? AND list_contains(?, act)) OR (modality = 'planned' AND \"end\" > ?)",
        start, archive.as_of, near, acts, archive.as_of,
    )  # fmt: skip
    found = {each.id: each for each in recent} | {each.id: each for each in _near(archive, watch, known, names)}
    if archive.as_of != archive.stand:
        found |= {each.id: each for each in _that_move(archive, known.tripwires, names, watch.rolls_up)}
    known.incidents = list(found.values())
    fresh = {
        each.id: may_mark(each, watch) for each in recent if (day := told_on(each)) and start <= day <= archive.as_of
    }
    promised = {each.event for each in known.tripwires if each.direction == "rewards" and each.event}
    telling = {number for number, bearing in fresh.items() if bearing}
    telling |= archive.holding(fresh.keys() - telling, promised, start)
    _tell_whole(archive, known, telling, start)


def _moved(known: Dossier, archive: Archive, rolls_up: RollsUp) -> list[Tripwire]:
    """The tripwires in their states: those of the merge, and on a later day what the clock alone has done since.

    What the merge knows from the words of any incident in the world stands where nothing else has moved.
    """
    if archive.as_of == archive.stand:
        return known.tripwires
    merged = {each.id: each for each in known.tripwires}
    now = tripwire_states(known.tripwires, known.incidents, as_of=archive.as_of, rolls_up=rolls_up)
    return [each if len(each.moves) > 1 else merged[each.id] for each in now]


def _near(archive: Archive, watch: Watch, known: Dossier, names: list[str]) -> list[Incident]:
    """Attacks on the holders of the dyad's open threats: how near each of these is (see `nearness`)."""
    said = {each.id: each for each in known.events}
    mine = threats((each for each in known.tripwires if concerns(each, watch)), watch.dyad, archive.as_of, said)
    hanging = [each for each in mine if each.is_open and each.wire.direction == "punishes" and checkable(each.wire)]
    if not hanging:
        return []
    told = [each.reported or archive.as_of for each in hanging]
    last = archive.as_of if any(asks_death(each.wire) for each in hanging) else max(told)
    return archive.incidents(
        _holding([each.wire for each in hanging], names, watch.rolls_up),
        "day BETWEEN ? AND ? AND type = 'ASSAULT' AND act = 'ASSAULT' AND NOT retracted", min(told) - timedelta(days=BACK), last,
    )  # fmt: skip


def _holding(wires: list[Tripwire], names: list[str], rolls_up: RollsUp) -> set[str]:
    """Who is of one side with a holder of any of these, on any day."""
    held = [(parties.holder, parties) for parties in (Parties(each, rolls_up) for each in wires) if parties.holder]
    apart = dict(held)
    return {name for name in names if any(each.same(name, (holder,), None) for holder, each in apart.items())}


def _that_move(archive: Archive, wires: list[Tripwire], names: list[str], rolls_up: RollsUp) -> list[Incident]:
    """Incidents that may trip, carry out or take back one of these: deeds of the holder's side, and attacks on it."""
    same = _holding(wires, names, rolls_up)
    if not same:
        return []
    acts = {each.act for each in wires if each.act} | {"ASSAULT", "RETREAT"}
    first = min((each.reported or archive.as_of for each in wires), default=archive.as_of)
    return archive.incidents(
        same, "day >= ? AND day <= ? AND type = act AND NOT retracted AND list_contains(?, act)", first, archive.as_of, sorted(acts)
    )  # fmt: skip


def _tell_whole(archive: Archive, known: Dossier, ids: set[str], start: date | None) -> None:
    """Put the incidents of `ids` into the dossier with words, reports and mentions; `start`: none was told before."""
    held = {each.id for each in known.events}
    found = {each.id: each for each in known.incidents}
    for incident, mentions in archive.whole(ids, start):
        found[incident.id] = incident
        known.events += (each for each in mentions if each.id not in held)
    known.incidents = in_order(found.values())
