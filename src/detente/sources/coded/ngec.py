"""NGEC rows: one JSON object a line, PLOVER types with the words that play each part."""

from __future__ import annotations

from typing import Any

from detente.records import CodedRow, DatePrecision, Interval, Mention, Place, PlacePrecision
from detente.sources.coded.cameo import modality
from detente.sources.coded.cells import MISSING, midnight, to_day
from detente.sources.coded.cells import point as at
from detente.sources.coded.polecat import auxiliary, meaning, precision_of, sector_of
from detente.sources.coded.where import iso3, place


def looks_like(item: Any) -> bool:
    """Whether a JSON object is an NGEC event."""
    return isinstance(item, dict) and {"event_type", "event_text", "attributes"} <= set(item)


def read(item: dict[str, Any], origin: str, dataset: str) -> CodedRow:
    """One object; ValueError where id, type or date cannot be read."""
    key = _text(item, "id")
    if not key:
        raise ValueError("field 'id' is missing or empty")
    modes, held = auxiliary(_texts(item.get("event_mode")))
    type_, act, modes = meaning(_text(item, "event_type"), modes)
    published = to_day(_text(item, "pub_date")[:10])
    return CodedRow(
        id=f"ngec:{key}",
        format="ngec",
        dataset=dataset,
        raw=item,
        origin=origin,
        known=midnight(published),
        known_by="pub_date" if published else "",
        date=_when(item),
        coded_as=" ".join((_text(item, "event_type"), *_texts(item.get("event_mode")))),
        type=type_,
        act=act,
        modes=modes,
        modality=held or modality(type_, act),
        contexts=_texts(item.get("contexts")),
        actors=_parties(item, "ACTOR"),
        recipients=_parties(item, "RECIP"),
        place=_where(item),
        sources=_text(item, "publisher"),
        story=f"ngec-story:{_text(item, 'story_id')}" if _text(item, "story_id") else None,
        text=_text(item, "event_text") or _text(item, "headline"),
    )


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    found = str(value).strip() if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""
    return "" if found.casefold() in MISSING else found


def _texts(value: Any) -> tuple[str, ...]:
    found = value if isinstance(value, list) else [value] if isinstance(value, str) else []
    return tuple(each.strip() for each in found if isinstance(each, str) and each.strip().casefold() not in MISSING)


def _when(item: dict[str, Any]) -> Interval | None:
    """The resolved date, else the event's own; None where only words like 'recently' are given."""
    said = _text(item, "date_raw")
    resolved, given = to_day(_text(item, "date_resolved")[:10]), _text(item, "date")
    on = resolved or to_day(given[:10])
    if on is None and given:
        raise ValueError(f"field 'date': {given[:40]!r} is not a day")
    precision: DatePrecision = "day" if on else "unresolved"
    return Interval(on, on, precision, text=said or given) if on or said else None


def _parties(item: dict[str, Any], part: str) -> tuple[Mention, ...]:
    attributes = item.get("attributes")
    found = attributes.get(part) if isinstance(attributes, dict) else None
    entries = found if isinstance(found, list) else [found] if isinstance(found, dict) else []
    made = []
    for entry in entries:
        if isinstance(entry, dict) and (words := _text(entry, "wiki") or _text(entry, "text")):
            sector = sector_of(f"{_text(entry, 'code_1')};{_text(entry, 'code_2')}")
            made.append(Mention(words, country=iso3(_text(entry, "country")), sector=sector))
    return tuple(dict.fromkeys(made))


def _where(item: dict[str, Any]) -> Place | None:
    geo = item.get("event_geolocation")
    if not isinstance(geo, dict):
        return None
    cells = {name: _text(geo, name) for name in geo}
    name = cells.get("resolved_placename", "")
    if not name:
        return None
    precision: PlacePrecision = precision_of(cells.get("feature_code", "")) or "unmatched"
    number = cells.get("geonameid", "").removesuffix(".0")
    return place(name, precision, at(cells, "lat", "lon"), cells.get("country_code3", ""),
                 cells.get("admin1_name", ""), f"geonames:{number}" if number.isdigit() else None)  # fmt: skip
