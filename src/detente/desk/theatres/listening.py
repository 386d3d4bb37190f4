"""The coverage calendar: which source was heard on which day. A lull counts only where somebody was listening."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from detente.desk.theatres.state import State
from detente.records import Gap
from detente.tension.calendar import Calendar, Row, calendar
from detente.tension.coverage import gaps

MOST = 60  # sources shown, those with most reports first
_KIND = {"reports": "r", "heard": "h", "gap": "g", "": ""}


@dataclass(frozen=True, slots=True)
class Strip:
    """One source over the period."""

    name: str
    first: date
    reports: int
    days: int  # days with a report
    silent: int  # days in a gap
    gaps: tuple[Gap, ...]
    blocks: tuple[tuple[str, int, int], ...]  # kind (r, h, g), first day from the left, how many days


def calendar_of(state: State) -> Calendar | None:
    """The calendar of all that was read of the ledger."""
    if state.known is None:
        return None
    known, as_of = state.dossier, state.known.as_of
    silent = (*gaps(known.articles, state.theatre.coverage, until=as_of), *known.gaps)
    return calendar(known.articles.values(), known.heard, silent, until=as_of)


def strips(found: Calendar, days: int) -> tuple[list[Strip], int]:
    """The last `days` days of each source, and how many sources are left out."""
    start = found.end - timedelta(days=days - 1)
    every = [_strip(row, start, found.end) for row in found.rows]
    every.sort(key=lambda each: (-each.reports, each.name.casefold()))
    return every[:MOST], max(0, len(every) - MOST)


def _strip(row: Row, start: date, end: date) -> Strip:
    length = (end - start).days + 1
    kinds = [row.on(start + timedelta(days=n)) for n in range(length)]
    counts = [row.reports.get(start + timedelta(days=n), 0) for n in range(length)]
    inside = tuple(each for each in row.gaps if each.end >= start and each.start <= end and each.end >= row.first)
    return Strip(
        row.source, row.first, sum(counts), sum(map(bool, counts)), kinds.count("gap"), inside, tuple(_blocks(kinds))
    )


def _blocks(kinds: list[str]) -> Iterator[tuple[str, int, int]]:
    at = 0
    for n in range(1, len(kinds) + 1):
        if n == len(kinds) or kinds[n] != kinds[at]:
            if kinds[at]:
                yield _KIND[kinds[at]], at, n - at
            at = n


def months(end: date, days: int) -> list[tuple[int, date]]:
    """The first of each month in the period, with its distance from the left."""
    start = end - timedelta(days=days - 1)
    every = (start + timedelta(days=n) for n in range(days))
    firsts = [each for each in every if each.day == 1]
    return [((each - start).days, each) for each in firsts[:: max(1, len(firsts) // 6)]]


def began(found: Calendar, days: int) -> date | None:
    """The first day of listening, where it lies within the period."""
    return found.start if found.start > found.end - timedelta(days=days - 1) else None


def deaf(found: Calendar, days: int) -> list[tuple[date, date]]:
    """Stretches of the period, from when listening began, on which no source at all was listened to."""
    start = max(found.end - timedelta(days=days - 1), found.start)
    out: list[tuple[date, date]] = []
    for n in range((found.end - start).days + 1):
        day = start + timedelta(days=n)
        if found.listening(day):
            continue
        if out and out[-1][1] == day - timedelta(days=1):
            out[-1] = (out[-1][0], day)
        else:
            out.append((day, day))
    return out
