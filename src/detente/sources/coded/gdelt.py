"""GDELT event rows (2.0 and 1.0): CAMEO codes found by a machine in one article, known when they were added."""

from __future__ import annotations

from typing import Any

from detente.records import CodedRow, Interval, Mention, Place, PlacePrecision
from detente.reference.actors import load
from detente.reference.actors.tables import SECTOR_NAMES
from detente.sources.coded import cameo
from detente.sources.coded.cells import Row, code, day, needed, packed_time, text
from detente.sources.coded.cells import point as at
from detente.sources.coded.where import place

_PLACES: dict[int, PlacePrecision] = {1: "country", 2: "province", 3: "settlement", 4: "settlement", 5: "province"}


def read(row: Row, raw: dict[str, Any], origin: str, dataset: str) -> CodedRow:
    """One row; ValueError where id, day, code or time of adding cannot be read."""
    key, event = needed(row, "globaleventid"), needed(row, "eventcode")
    type_, act, modes = cameo.plover(event)
    day_column = "day" if "day" in row else "sqldate"
    on, added = day(row, day_column), packed_time(needed(row, "dateadded"))
    if added is None:
        raise ValueError(f"column 'DATEADDED': {row['dateadded'][:40]!r} is no time")
    return CodedRow(
        id=f"gdelt:{key}",
        format="gdelt",
        dataset=dataset,
        raw=raw,
        origin=origin,
        known=added,
        known_by="DATEADDED",
        date=Interval(on, on, "day", text=row[day_column].strip()),
        coded_as=f"CAMEO {event}",
        type=type_,
        act=act,
        modes=modes,
        modality=cameo.modality(type_, act),
        actors=_actor(row, 1),
        recipients=_actor(row, 2),
        place=_where(row),
        sources=text(row, "sourceurl"),
        url=text(row, "sourceurl") or None,
        story=text(row, "sourceurl") or None,
        notes=() if type_ else ("no PLOVER counterpart of this CAMEO code",),
    )


def _actor(row: Row, n: int) -> tuple[Mention, ...]:
    name, whole = text(row, f"actor{n}name"), text(row, f"actor{n}code")
    if not (name or whole):
        return ()
    country, sector = text(row, f"actor{n}countrycode"), text(row, f"actor{n}type1code")
    known = load().get(country)
    iso3 = country if known and known.kind == "state" else None
    return (Mention(name or whole, country=iso3, sector=sector if sector in SECTOR_NAMES else None),)


def _where(row: Row) -> Place | None:
    kind = code(row, "actiongeo_type", range(6))
    name = text(row, "actiongeo_fullname")
    if not kind or not name:
        return None
    pieces = [each.strip() for each in name.split(",")]
    admin1 = pieces[-2] if len(pieces) > 1 else ""
    feature = text(row, "actiongeo_featureid")
    precision = _PLACES[kind]
    return place(pieces[0], precision, at(row, "actiongeo_lat", "actiongeo_long"), pieces[-1], admin1,
                 f"gns:{feature}" if feature.lstrip("-").isdigit() and precision == "settlement" else None)  # fmt: skip
