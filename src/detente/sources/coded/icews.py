"""ICEWS event rows: CAMEO codes found by a machine in one sentence of a news story."""

from __future__ import annotations

import re
from typing import Any

from detente.records import CodedRow, Interval, Mention, Place, PlacePrecision
from detente.sources.coded import cameo
from detente.sources.coded.cells import Row, day, midnight, needed, text
from detente.sources.coded.cells import point as at
from detente.sources.coded.where import iso3, place

_GENERIC = re.compile(r".+ \(.+\)")  # "Military (Iraq)": a role of a country, never a person


def read(row: Row, raw: dict[str, Any], origin: str, dataset: str) -> CodedRow:
    """One row; ValueError where id, day or code cannot be read. The key is id and day: an id alone repeats."""
    on, event = day(row, "event_date"), needed(row, "cameo_code")
    type_, act, modes = cameo.plover(event)
    story = text(row, "story_id")
    return CodedRow(
        id=f"icews:{needed(row, 'event_id')}@{on}",
        format="icews",
        dataset=dataset,
        raw=raw,
        origin=origin,
        known=midnight(on),
        known_by="Event Date",
        date=Interval(on, on, "day", text=row["event_date"].strip()),
        coded_as=f"CAMEO {event}",
        type=type_,
        act=act,
        modes=modes,
        modality=cameo.modality(type_, act),
        actors=_actor(row, "source"),
        recipients=_actor(row, "target"),
        place=_where(row),
        sources=text(row, "publisher"),
        story=f"icews-story:{story}" if story else None,
        text=text(row, "event_text"),
        notes=() if type_ else ("no PLOVER counterpart of this CAMEO code",),
    )


def _actor(row: Row, side: str) -> tuple[Mention, ...]:
    name, country = text(row, f"{side}_name"), text(row, f"{side}_country")
    return (Mention(name, country=iso3(country), plural=bool(_GENERIC.fullmatch(name))),) if name else ()


def _where(row: Row) -> Place | None:
    levels: tuple[tuple[str, PlacePrecision], ...] = (
        ("city", "settlement"), ("district", "district"), ("province", "province"), ("country", "country"),
    )  # fmt: skip
    for column, precision in levels:
        if name := text(row, column):
            spot = at(row, "latitude", "longitude")
            return place(name, precision, spot, text(row, "country"), text(row, "province"))
    return None
