"""Kinds of incidents: those that the rules of the series and of counting attacks cannot tell apart, but for their day.

In ten million mentions a busy pair has hundreds of thousands of incidents, but a few thousand kinds. So the rules
(tension.series.line_of, tension.sides.why_not) are asked once for a kind, as one incident of it, and DuckDB counts the rest. What
makes a kind is therefore whatever those two rules look at: where one of them comes to look at something else, it must be
added to `_Kind`. tests/merged compares with the long way.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa

from detente.arrow import arrow_fields, arrow_row
from detente.records import Incident, Interval, Place, Span
from detente.reference.theatre import Theatre
from detente.tension.sides import find_place, is_id, names_site, perpetrators, told_sites

_NAMES = pa.list_(pa.string())
KINDS = pa.schema([
    pa.field("party", pa.string()), pa.field("kind", pa.int64()), pa.field("type", pa.string()), pa.field("act", pa.string()),
    pa.field("modality", pa.string()), pa.field("retracted", pa.bool_()), pa.field("summed", pa.bool_()),
    pa.field("assumed", pa.bool_()), pa.field("doers", _NAMES), pa.field("nobody", pa.bool_()), pa.field("recipients", _NAMES),
    pa.field("struck", pa.bool_()), pa.field("known", pa.bool_()), pa.field("country", pa.string()), pa.field("site", pa.string()),
    pa.field("precise", pa.bool_()), pa.field("hosts", _NAMES), pa.field("modes", _NAMES), pa.field("corroborated", pa.bool_()),
    # of the first incident of the kind: from what its site was told
    pa.field("place", pa.struct([each for each in arrow_fields(Place) if each.name != "span"])),
    pa.field("aimed", _NAMES), pa.field("words", _NAMES),
])  # fmt: skip


class _Kind(NamedTuple):
    type: str
    act: str
    modality: str
    retracted: bool
    summed: bool  # sums up several
    assumed: bool  # its date is
    doers: tuple[str, ...]  # names that may be actors
    nobody: bool  # no known actor did it
    recipients: tuple[str, ...]
    struck: bool  # any recipient is told, be it in words
    known: bool  # a known actor is one
    country: str | None
    site: str | None  # of the theatre's own
    precise: bool  # its place is a site
    hosts: tuple[str, ...]  # sites named as the target or in its sentences
    modes: tuple[str, ...]
    corroborated: bool


class Kinds:
    """Numbers kinds as they come, and makes each one's row for each party it is met under."""

    def __init__(self, theatre: Theatre | None) -> None:
        self._theatre = theatre
        self._numbers: dict[_Kind, int] = {}
        self._rows: set[tuple[str, int]] = set()

    def number(self, incident: Incident) -> int:
        """The kind of an incident whose day is known."""
        return self._numbers.setdefault(_kind_of(incident, self._theatre), len(self._numbers))

    def row(self, party: str, number: int | None, incident: Incident) -> dict[str, Any] | None:
        """The row of KINDS, None where the party has one of this kind already."""
        if number is None or party.startswith("~") or (party, number) in self._rows:
            return None
        self._rows.add((party, number))
        hosts = [each for each in self._theatre.places if each.hosts] if self._theatre else []
        return {
            "party": party, "kind": number, **_kind_of(incident, self._theatre)._asdict(),
            "place": arrow_row(incident.place) if incident.place else None, "aimed": incident.recipients,
            "words": [s.quote for s in incident.evidence if any(names_site(s.quote, each) for each in hosts)],
        }  # fmt: skip


def _kind_of(incident: Incident, theatre: Theatre | None) -> _Kind:
    doers, place, site = perpetrators(incident), incident.place, find_place(theatre, incident.place)
    return _Kind(
        incident.type, incident.act, incident.modality, incident.retracted,
        any(each.startswith("sums up several") for each in incident.why),
        any(each.startswith("date assumed") for each in incident.why),
        _names(doers), not any(map(is_id, doers)),
        _names(incident.recipients), bool(incident.recipients), any(map(is_id, incident.recipients)),
        place.country if place else None, site.id if site else None, place is not None and place.precision == "site",
        tuple(each.id for each in told_sites(incident, theatre)), tuple(sorted(incident.modes)), incident.origins > 1,
    )  # fmt: skip


def _names(told: tuple[str, ...]) -> tuple[str, ...]:
    """Those that may be an actor's id: words of a text ("ten rockets") belong to no side."""
    return tuple(sorted({each for each in told if " " not in each}))


def example(row: dict[str, Any], day: date) -> Incident:
    """An incident of a kind on a day, as the two rules need it."""
    why = (("sums up several", row["summed"]), ("date assumed", row["assumed"]))
    return Incident(
        "", row["type"], row["act"], row["modality"], Interval(day, day, "day"), Place(**row["place"]) if row["place"] else None,
        tuple(row["doers"]), tuple(row["aimed"]), origins=1 + row["corroborated"], modes=tuple(row["modes"]),
        retracted=row["retracted"], evidence=tuple(Span("", 0, 0, each) for each in row["words"]),
        why=tuple(name for name, so in why if so),
    )  # fmt: skip
