"""What days the words of time mean.

`resolve` turns one finding of `datewords.find_words` into days, given the day of publication, whether the
clause looks ahead, and the last day named before ("two days earlier"). Nothing is resolved against today.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from detente.events.datewords import Words
from detente.events.daymath import Days, add_months, month_days, one_day, reach, shifted, unit_days, year_days
from detente.events.numbers import read_number

MONTHS = {
    m: i for i, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
WEEKDAYS = {d: i for i, d in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])}
# Meteorological seasons of the northern hemisphere: first month; each lasts three months.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def resolve(words: Words, published: date | None, future: bool, anchor: date | None = None) -> Days | None:
    """The days meant: (first, last, precision), or None where they cannot be known.

    `future`: the clause looks ahead, so a bare weekday, day or month is the next one, not the last.
    """
    try:
        days = _READERS[words.kind](words.parts, published, future, anchor)
        if days and words.lead == "since":
            return (days[0], published, "range") if published and days[0] <= published else None
        return days
    except (ValueError, OverflowError):  # 31 June, year 0, beyond year 9999
        return None


def _month_no(word: str) -> int:
    return MONTHS[word[:3].lower()]


def _number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def _named_year(parts: dict[str, str], published: date | None) -> int | None:
    if "y" in parts:
        return int(parts["y"])
    if "ry" in parts and published:
        word = parts["ry"]
        return published.year + (
            -1 if re.search("last|previous|before", word) else 1 if re.search("next|following", word) else 0
        )
    return None


def _near_year(month: int, day: int, published: date, future: bool) -> date:
    """The last such day on or before publication, or for what lies ahead the next on or after it."""
    years = range(published.year, published.year + 9) if future else range(published.year, published.year - 9, -1)
    for year in years:
        if day > monthrange(year, month)[1]:
            continue
        d = date(year, month, day)
        if (d >= published) if future else (d <= published):
            return d
    raise ValueError("no such day")


def _iso(parts: dict[str, str], published: date | None, future: bool, anchor: date | None) -> Days | None:
    return one_day(date(int(parts["y"]), int(parts["m"]), int(parts["d"])))


def _monthday(parts: dict[str, str], published: date | None, future: bool, anchor: date | None) -> Days | None:
    month, day, year = _month_no(parts["m"]), _number(parts["d"]), _named_year(parts, published)
    if year is not None:
        return one_day(date(year, month, day))
    if "ry" in parts or published is None:
        return None
    return one_day(_near_year(month, day, published, future))


def _between(parts: dict[str, str], published: date | None, future: bool, anchor: date | None) -> Days | None:
    last = _monthday({**parts, "d": parts["d2"]}, published, future, anchor)
    if last is None:
        return None
    return last[0].replace(day=_number(parts["d"])), last[1], "range"


def _spanned(parts: dict[str, str], published: date | None, future: bool, anchor: date | None) -> Days | None:
    ends = []
    for key, year in (("b", parts.get("y")), ("a", parts.get("ya") or parts.get("y"))):
        text = parts[key] + (f" {year}" if year else "")
        if re.fullmatch(r"\d{4}", text):
            ends.append(year_days(int(text)))
            continue
        day = re.search(r"\d{1,2}\b(?!\d)", parts[key])
        sub = (
            {"m": re.sub(r"[\d ]|st|nd|rd|th$", "", parts[key])}
            | ({"d": day[0]} if day else {})
            | ({"y": year} if year else {})
        )
        found = (_monthday if day else _month)(sub, published, future, anchor)
        if found is None:
            return None
        ends.append(found)
    last, first = ends
    start = first[0] if first[0] <= last[1] else add_months(first[0], -12)
    return start, last[1], "range"


def _month(parts: dict[str, str], published: date | None, future: bool, anchor: date | None) -> Days | None:
    month, year = _month_no(parts["m"]), _named_year(parts, published)
    if year is None:
        if published is None:
            return None
        which = parts.get("which", "").lower()
        ahead = future or which == "next"
        year = published.year
        if which in ("", "last", "next"):
            if ahead and (month < published.month or (which == "next" and month == published.month)):
                year += 1
            if not ahead and (month > published.month or (which == "last" and month == published.month)):
                year -= 1
    return _edge(month_days(year, month), parts)


def _thatmonth(parts: dict[str, str], published: date | None, future: bool, anchor: date | None) -> Days | None:
    """'that July', 'the following May': of the year last told, or the next or last one seen from there."""
    if anchor is None:
        return None
    month, which = _month_no(parts["m"]), parts["which"].lower()
    step = 1 if re.search("next|following", which) and month <= anchor.month else 0
    step = -1 if "previous" in which and month >= anchor.month else step
    return month_days(anchor.year + step, month)


def _dayof(parts: dict[str, str], published: date | None, future: bool, anchor: date | None) -> Days | None:
    """'on the 8th': of the month of publication, or of the one before or after it."""
    if published is None:
        return None
    day, first = _number(parts["d"]), published.replace(day=1)
    if (day < published.day) == future and day != published.day:
        first = add_months(first, 1 if future else -1)
    return one_day(first.replace(day=day))


def _edge(days: Days, parts: dict[str, str]) -> Days:
    """The end of a month and the like keep the month's precision; 'early 2019' is a third of the year."""
    word = parts.get("edge", "").lower()
    start, end, precision = days
    if precision != "year" or not word:
        return days
    if re.search("early|start|beginning", word):
        return start, date(start.year, 4, 30), "range"
    if "mid" in word:
        return date(start.year, 5, 1), date(start.year, 8, 31), "range"
    return date(start.year, 9, 1), end, "range"


def _season(parts: dict[str, str], published: date | None, future: bool, anchor: date | None) -> Days | None:
    first = SEASONS[parts["s"]]
    which = parts.get("which", "").lower()
    if "y" in parts:
        start = date(int(parts["y"]), first, 1)
    elif published is None:
        return None
    else:
        start = date(published.year, first, 1)
        ahead = future or which == "next"
        if ahead and (start < published if which == "next" else add_months(start, 3) <= published):
            start = add_months(start, 12)
        if not ahead and (start > published or (which == "last" and add_months(start, 3) > published)):
            start = add_months(start, -12)
    return start, add_months(start, 3) - timedelta(1), "season"


def _decade(parts: dict[str, str], published: date | None, future: bool, anchor: date | None) -> Days | None:
    year = int(parts["y"]) * 10
    first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(parts.get("edge", ""), (0, 9))
    return date(year + first, 1, 1), date(year + last, 12, 31), "range"


def _year(parts: dict[str, str], published: date | None, future: bool, anchor: date | None) -> Days | None:
    return _edge(year_days(int(parts["y"])), parts)


def _today(parts: dict[str, str], published: date | None, future: bool, anchor: date | None) -> Days | None:
    if published is None:
        return None
    word = parts["word"].lower()
    shift = {"the day before yesterday": -2, "the day after tomorrow": 2, "tomorrow": 1, "last night": -1}.get(word, 0)
    if "yesterday" in word and shift == 0:
        shift = -1
    if word == "overnight" and not future:
        return published - timedelta(1), published, "day"
    return one_day(published + timedelta(shift))


def _weekday(parts: dict[str, str], published: date | None, future: bool, anchor: date | None) -> Days | None:
    if published is None:
        return None
    wanted, which = WEEKDAYS[parts["w"][:3].lower()], parts.get("which", "").lower()
    if "week" in parts:
        monday = published - timedelta(published.weekday())
        return one_day(monday + timedelta(wanted + {"last": -7, "next": 7}.get(parts["week"].split()[0], 0)))
    if which in ("next", "this coming") or (future and which != "last"):
        return one_day(published + timedelta((wanted - published.weekday() - 1) % 7 + 1))
    back = (published.weekday() - wanted) % 7
    return one_day(published - timedelta(7 if which == "last" and back == 0 else back))


def _nightof(parts: dict[str, str], published: date | None, future: bool, anchor: date | None) -> Days | None:
    last = _weekday({"w": parts["w2"]}, published, future, anchor)
    return last and (last[0] - timedelta(1 if "w" in parts else 0), last[1], "day")


def _rel(parts: dict[str, str], published: date | None, future: bool, anchor: date | None) -> Days | None:
    if published is None:
        return None
    usual = "this" if "edge" in parts else "next" if future else "last"
    which, unit = parts.get("which", usual).lower(), parts.get("u", "weekend")
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(which, 0)
    days = unit_days(published, unit, step)
    if unit == "week" and days and "edge" in parts:  # its first, middle or last working day
        return one_day(days[0] + timedelta({"middle": 2, "end": 4}.get(parts["edge"], 0)))
    return days


def _sameday(parts: dict[str, str], published: date | None, future: bool, anchor: date | None) -> Days | None:
    if anchor is None:
        return None
    word = parts["word"].lower()
    step = -1 if re.search("previous|before", word) else 1 if re.search("next|following|after", word) else 0
    unit = re.search("week|month|year", word)
    return unit_days(anchor, unit[0], step) if unit else one_day(anchor + timedelta(step))


def _amount(parts: dict[str, str]) -> int | None:
    word = parts.get("n", "one").lower()
    if word in ("a", "an", "the"):
        return 1
    return {"a couple of": 2}.get(word) or read_number(word)


def _ago(parts: dict[str, str], published: date | None, future: bool, anchor: date | None) -> Days | None:
    n = _amount(parts)
    return shifted(published, -n, parts["u"]) if published and n is not None and "u" in parts else None


def _shift(parts: dict[str, str], published: date | None, future: bool, anchor: date | None) -> Days | None:
    n = _amount(parts)
    if anchor is None or n is None or parts["dir"] == "after":
        return None
    return shifted(anchor, -n if parts["dir"] in ("earlier", "before", "prior") else n, parts["u"])


def _within(parts: dict[str, str], published: date | None, future: bool, anchor: date | None) -> Days | None:
    n = _amount(parts)
    if published is None or n is None:
        return None
    far = reach(published, n if future else -n, parts["u"])
    return (published, far, "range") if future else (far, published, "range")


def _past(parts: dict[str, str], published: date | None, future: bool, anchor: date | None) -> Days | None:
    n = _amount(parts)
    return (reach(published, -n, parts["u"]), published, "range") if published and n is not None else None


def _unknown(parts: dict[str, str], published: date | None, future: bool, anchor: date | None) -> Days | None:
    return None


_READERS = {
    "iso": _iso, "nightof": _nightof, "between": _between, "spanned": _spanned, "monthday": _monthday, "month": _month,
    "thatmonth": _thatmonth, "dayof": _dayof,
    "monthpos": _month, "season": _season, "decade": _decade, "year": _year, "today": _today, "weekday": _weekday,
    "rel": _rel, "sameday": _sameday, "ago": _ago, "shift": _shift, "within": _within, "past": _past, "for": _past,
    "vague": _unknown,
}  # fmt: skip
