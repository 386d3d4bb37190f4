"""UCDP GED rows: three kinds of deadly violence, all of them ASSAULT; sides are not attacker and target."""

from __future__ import annotations

from typing import Any

from detente.records import CodedRow, DatePrecision, Interval, Mention, Place, PlacePrecision
from detente.sources.coded.cells import Row, code, count, day, days_in, midnight, needed, text
from detente.sources.coded.cells import point as at
from detente.sources.coded.where import NEAR_KM, place

_DATES: dict[int, DatePrecision] = {1: "day", 2: "range", 3: "week", 4: "month", 5: "year"}
_PLACES: dict[int, PlacePrecision] = {
    1: "settlement", 2: "district", 3: "district", 4: "province", 5: "region", 6: "country", 7: "region",
}  # fmt: skip
_KINDS = {1: "state-based", 2: "non-state", 3: "one-sided"}


def read(row: Row, raw: dict[str, Any], origin: str, dataset: str) -> CodedRow:
    """One row; ValueError where id, kind, sides or dates cannot be read."""
    key, kind = needed(row, "id"), code(row, "type_of_violence", range(1, 4))
    if kind is None:
        raise ValueError("column 'type_of_violence' is empty")
    low, best, high = (count(row, name) for name in ("low", "best", "high"))
    reports = days_in(text(row, "source_date"))
    return CodedRow(
        id=f"ucdp:{key}",
        format="ucdp",
        dataset=dataset,
        raw=raw,
        origin=origin,
        known=midnight(max(reports, default=None)),
        known_by="source_date" if reports else "",
        date=_when(row),
        coded_as=f"type_of_violence {kind} ({_KINDS[kind]})",
        type="ASSAULT",
        act="ASSAULT",
        modes=() if kind == 3 else ("sideAB",),
        actors=(Mention(needed(row, "side_a")),),
        recipients=(Mention(needed(row, "side_b")),),
        directed=kind == 3,
        summary=code(row, "event_clarity", range(1, 3)) == 2,
        place=_where(row),
        fatalities_low=low,
        fatalities_best=best,
        fatalities_high=high,
        sources=text(row, "source_office") or text(row, "source_article") or text(row, "source_original"),
        text=text(row, "source_headline"),
        provisional=text(row, "code_status").casefold() not in ("", "clear"),
        notes=_notes(low, best, high),
    )


def _notes(low: int | None, best: int | None, high: int | None) -> tuple[str, ...]:
    known = [each for each in (low, best, high) if each is not None]
    return ("low, best and high are out of order: kept as they stand",) if known != sorted(known) else ()


def _when(row: Row) -> Interval:
    start, end = day(row, "date_start"), day(row, "date_end")
    if end < start:
        raise ValueError(f"column 'date_end': {end} is before date_start {start}")
    precision = _DATES[code(row, "date_prec", range(1, 6)) or (1 if start == end else 2)]
    if precision == "day" and start != end:
        precision = "range"
    return Interval(start, end, precision, text=text(row, "date_start"))


def _where(row: Row) -> Place | None:
    prec = code(row, "where_prec", range(1, 8))
    precision = _PLACES.get(prec or 0, "unmatched")
    country, province = text(row, "country"), text(row, "adm_1")
    named = {"country": country, "province": province or country}
    name = named.get(precision, text(row, "where_coordinates") or text(row, "where_description"))
    spot = at(row, "latitude", "longitude")
    return place(name, precision, spot, country, province, radius_km=NEAR_KM if prec == 2 else None)
