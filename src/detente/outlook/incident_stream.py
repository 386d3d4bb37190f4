"""Detente's own merged records as an event stream, so that one backtest serves archives and ledgers alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from detente.outlook.streams import Stream, stream_of
from detente.records import FACTUAL, Incident
from detente.reference.theatre import LullDefinition, Theatre
from detente.tension.series import line_of
from detente.tension.sides import RollsUp, Watch, day_of, is_attack, is_id, perpetrators, why_not

CLASS_OF = {
    "ASSAULT": "VK", "THREATEN": "TH", "MOBILIZE": "MOB", "COERCE": "CO", "PROTEST": "PR", "SANCTION": "RR",
    "REQUEST": "VC", "ACCUSE": "VC", "REJECT": "VC", "AGREE": "VP", "CONSULT": "VP", "SUPPORT": "VP",
    "CONCEDE": "CF", "COOPERATE": "MP", "AID": "MP", "RETREAT": "CF",
}  # fmt: skip
CLASS_OF_LINE = {"threats": "TH", "posture": "MOB", "withdrawal": "CF", "cooperation": "MP"}
Row = tuple[date, str, str, str, str]


def _class(incident: Incident) -> str | None:
    if incident.type == "ASSAULT":
        return "VK" if is_attack(incident) else None
    told = incident.modality in FACTUAL or incident.type == "THREATEN"
    return CLASS_OF[incident.type] if told and not incident.retracted else None


def _where(incident: Incident) -> str:
    place = incident.place
    return (place.country or "") if place else ""


def by_actors(incidents: Iterable[Incident]) -> Iterator[Row]:
    """A row per pair of named actors; attacks of or on nobody known are left out."""
    for each in incidents:
        day, cls = day_of(each), _class(each)
        if day is None or cls is None:
            continue
        doers, hit = (sorted(filter(is_id, names)) for names in (perpetrators(each), each.recipients))
        yield from ((day, a, b, _where(each), cls) for a in doers for b in hit if a != b)


def by_dyads(incidents: Sequence[Incident], theatre: Theatre, rolls_up: RollsUp) -> Iterator[Row]:
    """A row per dyad and incident of its own: attacks by the dyad's lull definition, the rest as in its Series."""
    for dyad in theatre.dyads:
        watch, definition = Watch(dyad, rolls_up, theatre), theatre.lulls.get(dyad.id, LullDefinition())
        a, b = f"{dyad.id}:a", f"{dyad.id}:b"
        for each in incidents:
            day = day_of(each)
            if day is None:
                continue
            counts = why_not(each, watch, definition) is None
            cls = "VK" if counts else CLASS_OF_LINE.get(line_of(each, watch) or "")
            if cls:
                yield day, b, a, _where(each), cls


def stream_of_incidents(
    name: str, incidents: Sequence[Incident], theatre: Theatre | None = None, rolls_up: RollsUp | None = None,
    heard: Sequence[date] = (),
) -> Stream:  # fmt: skip
    """Incidents as a stream: of a theatre's dyads if one is given, of all pairs of named actors if not.

    `heard` holds the days on which any report came: the stream reaches from the first to the last of them, for a
    calm that was listened to is part of the record. Raises FileFormatError where no incident stands between two actors.
    """
    rows = by_dyads(incidents, theatre, rolls_up) if theatre and rolls_up else by_actors(incidents)
    return stream_of(name, rows, (min(heard), max(heard)) if heard else None)
