"""POLECAT rows: PLOVER types found by a machine, one row for each pair of actor and recipient."""

from __future__ import annotations

import hashlib
from typing import Any

from detente.records import TYPES, CodedRow, Interval, Mention, Modality, Place, PlacePrecision
from detente.reference.actors.tables import SECTOR_NAMES
from detente.sources.coded.cameo import modality
from detente.sources.coded.cells import Row, day, midnight, needed, parts, text
from detente.sources.coded.cells import point as at
from detente.sources.coded.where import iso3, place

_OLDER = {"DEMAND": ("REQUEST", ""), "DISAPPROVE": ("ACCUSE", "disapprove"), "INVESTIGATE": ("ACCUSE", "investigate")}


_AUXILIARY: dict[str, Modality] = {
    "historical": "happened", "future": "planned", "hypothetical": "hypothetical", "negation": "negated",
}  # fmt: skip


def auxiliary(modes: tuple[str, ...]) -> tuple[tuple[str, ...], Modality | None]:
    """The modes without PLOVER's auxiliary ones, and the modality that such a one gives."""
    found = [_AUXILIARY[each] for each in modes if each in _AUXILIARY]
    return tuple(each for each in modes if each not in _AUXILIARY), found[0] if found else None


def meaning(name: str, modes: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    """PLOVER 1.3 type, act and modes of a type as PLOVER coders write it; ValueError for another word."""
    word = name.strip().upper()
    if word in _OLDER:
        type_, mode = _OLDER[word]
        return type_, type_, tuple(dict.fromkeys((*((mode,) if mode else ()), *modes)))
    if word not in TYPES:
        raise ValueError(f"column 'Event Type': {name[:40]!r} is no PLOVER type")
    force = word == "THREATEN" and "violence" in modes
    return word, "ASSAULT" if force else word, modes


def sector_of(value: str) -> str | None:
    """The first known PLOVER sector that a cell names."""
    return next((each for each in parts(value) if each in SECTOR_NAMES), None)


def read(row: Row, raw: dict[str, Any], origin: str, dataset: str) -> CodedRow:
    """One row; ValueError where id, day, type or publication date cannot be read."""
    on, published = day(row, "event_date"), day(row, "publication_date")
    modes, held = auxiliary(parts(text(row, "event_mode").replace(",", ";")))
    type_, act, modes = meaning(needed(row, "event_type"), modes)
    actors, recipients = _party(row, "actor"), _party(row, "recipient")
    pair = "|".join(each.text for each in (*actors, *recipients))
    return CodedRow(
        id=f"polecat:{needed(row, 'event_id')}/{hashlib.sha256(pair.encode()).hexdigest()[:8]}",
        format="polecat",
        dataset=dataset,
        raw=raw,
        origin=origin,
        known=midnight(published),
        known_by="Publication Date",
        date=Interval(on, on, "day", text=row["event_date"].strip()),
        coded_as=f"{needed(row, 'event_type')} {text(row, 'event_mode')}".strip(),
        type=type_,
        act=act,
        modes=modes,
        modality=held or modality(type_, act),
        contexts=parts(text(row, "contexts").replace(",", ";")),
        actors=actors,
        recipients=recipients,
        place=_where(row),
        sources=text(row, "source"),
    )


def _party(row: Row, side: str) -> tuple[Mention, ...]:
    name = text(row, f"{side}_name") or text(row, f"{side}_name_raw")
    if not name:
        return ()
    country, sectors = text(row, f"{side}_country"), text(row, f"{side}_sectors")
    sector = sector_of(text(row, f"primary_{side}_sector")) or sector_of(sectors)
    return (Mention(name, country=iso3(country), sector=sector),)


def precision_of(feature: str) -> PlacePrecision | None:
    """Precision of a GeoNames feature code, or None."""
    if feature.startswith("PPL"):
        return "settlement"
    if feature.startswith(("PCL", "TERR")):
        return "country"
    if feature == "ADM1":
        return "province"
    if feature.startswith("ADM"):
        return "district"
    return "site" if feature.startswith(("AIR", "INSM", "PS", "OIL", "BDG", "PRT", "CMP", "EMB")) else None


def _where(row: Row) -> Place | None:
    name, country, province = (text(row, each) for each in ("placename", "country", "province"))
    found = precision_of(text(row, "feature_type"))
    precision: PlacePrecision = found or (
        "settlement" if text(row, "city") else "district" if text(row, "district") else "province" if province
        else "country" if country else "unmatched"
    )  # fmt: skip
    geonames = text(row, "geonames_id").removesuffix(".0")
    return place(
        name or text(row, "city") or text(row, "district") or province or country, precision,
        at(row, "latitude", "longitude"), country, province, f"geonames:{geonames}" if geonames.isdigit() else None,
    )  # fmt: skip
