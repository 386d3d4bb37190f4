"""Time limits: 'within a week', 'by dusk', '48 hours', 'by Sunday', 'before the snow'."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from detente.events.datecalc import resolve
from detente.events.datewords import Words, find_words
from detente.events.numbers import read_number
from detente.events.tokens import Doc
from detente.records import Interval, Span

_LIMIT = re.compile(
    r"\b(?P<within>within|inside|in) (?:the (?:next|coming) )?(?:an? |\w+ |\d+ )(?:hours?|days?|weeks?|months?|years?)\b"
    r"|\b(?P<by>by|before|until|till|no later than|not later than|ahead of) (?!the (?:army|police|government))"
    r"(?=(?:the )?(?:end|start|beginning|dusk|dawn|noon|midnight|night|night-?fall|morning|evening|tomorrow|today|snow|rains?"
    r"|winter|spring|summer|autumn|harvest|election|summit|next|this|Easter|Christmas|Epiphany|Ash |Good Friday|Pentecost|Nowruz|Diwali|Passover|Tet|Ramadan|Eid|New Year|\d|Mon|Tue|Wed|Thu|Fri|Sat|Sun"
    r"|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))(?:the |next |this )?(?:\w+)(?: of (?:the )?\w+)?"
    r"|\b(?P<span>(?:\d+|an?|two|three|four|five|six|seven|ten|twelve|twenty-four|forty-eight|seventy-two)[ -](?:hours?|days?|weeks?|months?))\b"
    r"(?= (?:to|deadline|ultimatum|notice|in which)|['’](?: notice)?|$)",
)  # fmt: skip
_UNIT_DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0}


def _limit_days(
    match: re.Match[str], words: Words | None, published: date | None, given: date | None
) -> tuple[date, date] | None:
    if words is not None and not (match["within"] or match["span"]):
        days = resolve(words, published, True)
        return None if days is None else ((days[1], days[1]) if days[2] != "day" else (days[0], days[1]))
    if published is None:
        return None
    text = match.group()
    if match["by"]:
        today = re.search(r"dusk|dawn|noon|midnight|\bnight|nightfall|morning|evening|today", text)
        return (published, published + timedelta(1)) if today else None
    unit = re.search(r"hour|day|week|month|year", text)
    n = read_number(text)
    if unit is None or n is None:
        return None
    start = given or published
    try:
        return start, start + timedelta(-(-n * _UNIT_DAYS[unit[0]] // 1))
    except OverflowError:
        return None


def _given(before: str, published: date | None) -> date | None:
    """The day of the week before the report on which it was set: 'threatened on Thursday to …'."""
    if published is None:
        return None
    days = (resolve(words, published, False) for words in find_words(before))
    return next((d[1] for d in days if d and d[2] == "day" and 0 < (published - d[1]).days < 7), None)


def deadline(doc: Doc, start: int, end: int, published: date | None, given: date | None = None) -> Interval | None:
    """The time limit named within text[start:end]: 'within a week', 'by dusk', '48 hours', 'before the snow'.

    `given`: the day it was set, from which 'within 48 hours' runs, where the text tells it.
    """
    text = doc.text[start:end]
    for match in _LIMIT.finditer(text):
        at, stop = start + match.start(), start + match.end()
        words = next((w for w in find_words(doc.text) if w.start < stop and at < w.end and w.end <= end + 1), None)
        span = Span("", at, max(stop, words.end if words else stop), "")
        span = replace(span, quote=doc.text[span.start : span.end])
        days = _limit_days(match, words, published, given or _given(text[: match.start()], published))
        if days is None:
            return Interval(None, None, "unresolved", span.quote, span)
        return Interval(days[0], days[1], "day" if days[0] == days[1] else "range", span.quote, span)
    return None
