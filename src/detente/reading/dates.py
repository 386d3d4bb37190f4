"""Publication dates as pages print them; nothing here ever looks at today's clock."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

from detente.records import NEWEST, OLDEST

Precision = Literal["day", "month", "year"]

# Month names of the languages most news of conflicts is published in, unaccented and lower-cased.
_NAMES = {
    1: "january jan enero ene janvier janv januar janeiro gennaio ocak يناير كانون الثاني",
    2: "february feb febrero fevrier fevr februar fevereiro febbraio subat فبراير شباط",
    3: "march mar marzo mars marz marco mart مارس آذار اذار",
    4: "april apr abril abr avril avr aprile nisan أبريل ابريل نيسان",
    5: "may mayo mai maio maggio mayis مايو أيار ايار",
    6: "june jun junio juin juni junho giugno haziran يونيو حزيران",
    7: "july jul julio juillet juil juli julho luglio temmuz يوليو تموز",
    8: "august aug agosto ago aout agustos أغسطس اغسطس آب",
    9: "september sep sept septiembre septembre setembro settembre eylul سبتمبر أيلول ايلول",
    10: "october oct octubre octobre oktober outubro ottobre ekim أكتوبر اكتوبر تشرين الأول",
    11: "november nov noviembre novembre novembro kasim نوفمبر تشرين الثاني",
    12: "december dec diciembre dic decembre dezember dezembro dicembre aralik ديسمبر كانون الأول",
}
_TWO_WORDS = {"كانون الثاني": 1, "تشرين الأول": 10, "تشرين الثاني": 11, "كانون الأول": 12}
_MONTHS = {
    name: month
    for month, names in _NAMES.items()
    for name in names.split()
    if name not in {"كانون", "تشرين", "الثاني", "الأول"}
} | _TWO_WORDS
_PLAIN = str.maketrans("áàâäãéèêëíìîïóòôöõúùûüçñşıİ", "aaaaaeeeeiiiiooooouuuucnsii")
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_MONTH = "(" + "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True)) + r")\.?"
_YEAR = r"(1[89]\d\d|20\d\d)"
_ISO = re.compile(rf"\b{_YEAR}[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?!\d)")
_COMPACT = re.compile(rf"(?<!\d){_YEAR}(\d\d)(\d\d)(?:T?\d{{4,6}}Z?)?(?!\d)")
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+|of\s+)?{_MONTH},?\s+(?:de\s+)?{_YEAR}\b"
)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}\b")
_SLASHED = re.compile(rf"(?<!\d)(\d{{1,2}})([/.-])(\d{{1,2}})\2{_YEAR}\b")
_MONTH_YEAR = re.compile(rf"\b{_MONTH},?\s+(?:de\s+)?{_YEAR}\b")
_ISO_MONTH = re.compile(rf"^\s*{_YEAR}[-/](\d{{1,2}})\s*$")
_ONLY_YEAR = re.compile(rf"^\s*{_YEAR}\s*$")
_EPOCH = re.compile(r"^\s*(\d{10}|\d{13})\s*$")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_of(word: str) -> int:
    return _MONTHS[word]


def _slashed(text: str) -> date | None:
    """Read 21/04/2020; None where day and month could change places, except with dots (always day first)."""
    match = _SLASHED.search(text)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if match[2] == "." or first > 12 or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else None


def _numbers(text: str) -> date | None:
    for pattern in (_ISO, _COMPACT):
        match = pattern.search(text)
        if match is not None:
            found = _day(int(match[1]), int(match[2]), int(match[3]))
            if found is not None:
                return found
    return _slashed(text)


def _words(text: str) -> date | None:
    match = _DAY_FIRST.search(text)
    if match is not None:
        return _day(int(match[3]), _month_of(match[2]), int(match[1]))
    match = _MONTH_FIRST.search(text)
    return _day(int(match[3]), _month_of(match[1]), int(match[2])) if match is not None else None


def _coarse(text: str) -> tuple[date, Precision] | None:
    match = _MONTH_YEAR.search(text)
    if match is not None:
        return date(int(match[2]), _month_of(match[1]), 1), "month"
    match = _ISO_MONTH.match(text)
    if match is not None and 1 <= int(match[2]) <= 12:
        return date(int(match[1]), int(match[2]), 1), "month"
    match = _ONLY_YEAR.match(text)
    return (date(int(match[1]), 1, 1), "year") if match is not None else None


def _rfc2822(text: str) -> date | None:
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def parse_date(value: object) -> tuple[date, Precision] | None:
    """Read a date as published, with its precision; None where it cannot be read without guessing.

    A day before 1800 or after 2199 is no date of a report.

    Takes ISO 8601, RFC 2822, Unix seconds or milliseconds, and long forms in several languages. The day is
    the one printed, in the page's own time zone. A month or a year stands on its first day.
    """
    found = _parsed(value)
    return found if found is not None and OLDEST <= found[0] <= NEWEST else None


def _parsed(value: object) -> tuple[date, Precision] | None:
    if isinstance(value, datetime):
        return value.date(), "day"
    if isinstance(value, date):
        return value, "day"
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(int(value)) if abs(value) < 1e15 else ""
    if not isinstance(value, str):
        return None
    text = value[:200].translate(_ARABIC_DIGITS).casefold().translate(_PLAIN)
    epoch = _EPOCH.match(text)
    if epoch is not None:
        seconds = int(epoch[1]) / (1000 if len(epoch[1]) == 13 else 1)
        return datetime.fromtimestamp(seconds, UTC).date(), "day"
    found = _numbers(text) or _words(text)
    if found is None and re.match(r"\s*(?:[a-z]{3},\s*)?\d{1,2} [a-z]{3} \d{2,4} \d\d:", text):
        found = _rfc2822(text)
    return (found, "day") if found is not None else _coarse(text)
