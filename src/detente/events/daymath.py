"""Calendar arithmetic: stretches of days a number of units away; beyond year 9999 it raises OverflowError."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from detente.records import DatePrecision

Days = tuple[date, date, DatePrecision]


def month_days(year: int, month: int) -> Days:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"


def year_days(year: int) -> Days:
    """First and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31), "year"


def one_day(d: date) -> Days:
    """A single day as an interval."""
    return d, d, "day"


def add_months(d: date, n: int) -> date:
    """The same day `n` months on, or the month's last day where there is none such."""
    index = d.year * 12 + d.month - 1 + n
    year, month = divmod(index, 12)
    return date(year, month + 1, min(d.day, monthrange(year, month + 1)[1]))


def unit_days(base: date, unit: str, step: int) -> Days | None:
    """The calendar week, month or year `step` away from the one that holds `base`."""
    if unit.startswith(("week", "fortnight")):
        monday = base - timedelta(base.weekday()) + timedelta(7 * step * (2 if unit.startswith("fortnight") else 1))
        return (
            (monday + timedelta(5), monday + timedelta(6), "range")
            if unit == "weekend"
            else (monday, monday + timedelta(6), "week")
        )
    if unit.startswith("month"):
        first = add_months(base.replace(day=1), step)
        return month_days(first.year, first.month)
    years = {"year": 1, "decade": 10, "generation": 30}.get(unit.rstrip("s"), 100)
    if years > 1 and step:
        return year_days(base.year + step * years) if years == 10 else None
    return year_days(base.year + step)


def shifted(base: date, n: int, unit: str) -> Days | None:
    """`n` units away from `base`, as precisely as the unit allows: days to the day, months to the month."""
    unit = unit.rstrip("s").lower()
    if unit in ("minute", "hour"):
        return one_day(base + timedelta(hours=n)) if unit == "hour" else one_day(base)
    if unit in ("day", "night"):
        return one_day(base + timedelta(n))
    if unit in ("week", "fortnight"):
        return unit_days(base, unit, n)
    if unit == "month":
        return unit_days(base, unit, n)
    return year_days(base.year + n * 10) if unit == "decade" else year_days(base.year + n) if unit == "year" else None


def reach(base: date, n: int, unit: str) -> date:
    """The far end of a stretch of `n` units from `base` (n < 0: backwards)."""
    unit = unit.rstrip("s").lower()
    if unit in ("month", "year", "decade"):
        return add_months(base, n * {"month": 1, "year": 12, "decade": 120}[unit])
    if unit in ("generation", "centurie", "century"):
        raise ValueError("no length")
    days = {"minute": 0.0, "hour": n / 24, "week": 7.0 * n, "fortnight": 14.0 * n}.get(unit, float(n))
    return base + timedelta(int(days) if days == int(days) else int(days) + (1 if days > 0 else -1))
