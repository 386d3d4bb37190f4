"""Cells of somebody else's table to plain values; what cannot be read raises ValueError naming column and cell."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

from detente.records import NEWEST, OLDEST

MISSING = frozenset({"", "na", "n/a", "none", "null", "nan", "---", "\\n"})
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?")
_WORDS = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})[ -](\d{4})")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?")
_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}

Row = Mapping[str, str]


def text(row: Row, name: str) -> str:
    """The cell without blanks at its ends; "" where it is missing or says so ("NA", "None")."""
    value = (row.get(name) or "").strip()
    return "" if value.casefold() in MISSING else value


def needed(row: Row, name: str) -> str:
    """The cell, or ValueError."""
    value = text(row, name)
    if not value:
        raise ValueError(f"column '{name}' is empty")
    return value


def whole(row: Row, name: str) -> int | None:
    """A whole number ("12", "12.0"), None where missing."""
    value = text(row, name)
    if not value:
        return None
    try:
        number = float(value)
        if number != int(number):
            raise ValueError
    except (ValueError, OverflowError):
        raise ValueError(f"column '{name}': {value[:40]!r} is not a whole number") from None
    return int(number)


def count(row: Row, name: str) -> int | None:
    """A count of people, None where missing; negative ones are refused."""
    number = whole(row, name)
    if number is not None and number < 0:
        raise ValueError(f"column '{name}': {number} is negative")
    return number


def code(row: Row, name: str, codes: range) -> int | None:
    """A code of a scale such as 1 to 7, None where missing."""
    number = whole(row, name)
    if number is not None and number not in codes:
        raise ValueError(f"column '{name}': {number} is not {codes[0]} to {codes[-1]}")
    return number


def point(row: Row, lat: str, lon: str) -> tuple[float, float] | None:
    """Degrees, None where either is missing or both are zero; ValueError off the globe."""
    values = []
    for name, most in ((lat, 90.0), (lon, 180.0)):
        value = text(row, name)
        if not value:
            return None
        try:
            number = float(value)
        except ValueError:
            raise ValueError(f"column '{name}': {value[:40]!r} is not a number") from None
        if not math.isfinite(number) or abs(number) > most:
            raise ValueError(f"column '{name}': {value[:40]} is not between -{most:g} and {most:g}")
        values.append(number)
    return None if values == [0.0, 0.0] else (values[0], values[1])


def to_day(value: str) -> date | None:
    """A day as the exports write it: 2025-05-16, 2025-05-16 00:00:00.000, 20250516, 16 May 2025; None for others.

    "05/16/2025" is read only where it can be read in one way, and "0025-05-16" not at all.
    """
    found = _day_of(value.strip())
    return found if found is not None and OLDEST <= found <= NEWEST else None


def _day_of(value: str) -> date | None:
    try:
        if found := _DAY.fullmatch(value) or _PACKED.fullmatch(value):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _WORDS.fullmatch(value):
            return date(int(found[3]), _MONTHS[found[2][:3].lower()], int(found[1]))
        if found := _SLASHED.fullmatch(value):
            first, second = int(found[1]), int(found[2])
            if first > 12 or second > 12 or first == second:
                return date(int(found[3]), min(first, second), max(first, second))
    except (ValueError, KeyError):
        return None
    return None


def day(row: Row, name: str) -> date:
    """The day in a column, or ValueError."""
    value = needed(row, name)
    found = to_day(value)
    if found is None:
        raise ValueError(f"column '{name}': {value[:40]!r} is not a day")
    return found


def days_in(value: str) -> list[date]:
    """Every ISO day that a cell holds, in order."""
    return [found for each in re.findall(r"\d{4}-\d{2}-\d{2}", value) if (found := to_day(each))]


def midnight(on: date | None) -> datetime | None:
    """The start of a day in UTC, for times that are known to the day."""
    return datetime(on.year, on.month, on.day, tzinfo=UTC) if on else None


def packed_time(value: str) -> datetime | None:
    """20240105123000 (or 20240105) as a time in UTC."""
    found = _PACKED.fullmatch(value)
    try:
        return datetime(*(int(part) for part in found.groups() if part), tzinfo=UTC) if found else None  # type: ignore[arg-type, misc]
    except ValueError:
        return None


def unix_time(value: str) -> datetime | None:
    """Seconds since 1970 as a time in UTC; None where out of range or no number."""
    try:
        return datetime.fromtimestamp(int(float(value)), UTC) if value else None
    except (ValueError, OverflowError, OSError):
        return None


def parts(value: str, mark: str = ";") -> tuple[str, ...]:
    """A list in one cell, blanks and missing ones left out."""
    return tuple(each.strip() for each in value.split(mark) if each.strip().casefold() not in MISSING)
