"""The coverage calendar: which sources were listened to on each day, where one was lost, where one was added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from detente.records import Day, Gap, Heard
from detente.tension.reporting import Received, reporting_of

ALL = "all sources"
_LOST = 1 / 3  # of a stretch: a source that was not heard for so much of it is lost for it
_SIGNS = {"reports": "▪", "heard": "·", "gap": "!", "": " "}


@dataclass(frozen=True, slots=True)
class Row:
    """One source: since when it is listened to, its reports by day, the days on which it answered, and its gaps."""

    source: str
    first: date
    reports: Mapping[date, int] = field(default_factory=dict)
    heard: frozenset[date] = frozenset()
    gaps: tuple[Gap, ...] = ()

    def on(self, day: date) -> str:
        """ "reports", "heard", "gap", or "" for a day before listening began."""
        if day < self.first:
            return ""
        if self.reports.get(day):
            return "reports"
        silent = any(gap.start <= day <= gap.end for gap in self.gaps)
        return "gap" if silent and day not in self.heard else "heard"

    def strip(self, start: date, end: date) -> str:
        """One sign a day."""
        return "".join(_SIGNS[self.on(day)] for day in _days(start, end))


@dataclass(frozen=True, slots=True)
class Calendar:
    """All sources from `start` to `end` (both included)."""

    start: date
    end: date
    rows: tuple[Row, ...] = ()

    def listening(self, day: date) -> int:
        """How many sources were listened to on a day."""
        return sum(row.on(day) in ("reports", "heard") for row in self.rows)

    def added(self) -> tuple[Row, ...]:
        """Sources that came in after the first day: what is counted before lacks them."""
        return tuple(row for row in self.rows if row.first > self.start)

    def lost(self, start: date, end: date) -> tuple[Gap, ...]:
        """For each source listened to before `start` and then not heard for a third of the stretch: its longest gap."""
        found = []
        for row in self.rows:
            silent = sum(row.on(day) == "gap" for day in _days(start, end))
            if row.first < start and silent >= _LOST * ((end - start).days + 1):
                inside = [gap for gap in row.gaps if gap.start <= end and gap.end >= start]
                found.append(max(inside, key=lambda gap: (gap.end - gap.start, gap.start)))
        return tuple(found)


def calendar(articles: Received, heard: Iterable[Heard] = (), gaps: Iterable[Gap] = (), *,
             until: date) -> Calendar:  # fmt: skip
    """Make the calendar of everything known by `until`; a gap of "all sources" is one of each."""
    reports = {name or "unnamed": told for name, told in reporting_of(articles, until).by_outlet.items()}
    answered: dict[str, set[date]] = {}
    for one in heard:
        if one.day <= until:
            answered.setdefault(one.source, set()).update([one.day] if one.answered else [])
    lost = [gap for gap in gaps if gap.start <= until]
    names = sorted({*reports, *answered, *(gap.source for gap in lost)} - {ALL})
    rows = []
    for name in names:
        own = tuple(gap for gap in lost if gap.source in (name, ALL))
        days = [*reports.get(name, ()), *answered.get(name, ()), *(gap.start for gap in own if gap.source == name)]
        rows.append(Row(name, min(days), reports.get(name, {}), frozenset(answered.get(name, ())), own))
    return Calendar(min((row.first for row in rows), default=until), until, tuple(rows))


def normalised(days: Sequence[Day], name: str) -> tuple[float | None, ...]:
    """A line of the series as it would be with the usual number of sources; None where nothing was listened to.

    Days that carry no coverage at all (`sources` 0 throughout) are given back as they are.
    """
    usual = median([day.sources for day in days if day.sources] or [0])
    if not usual:
        return tuple(float(getattr(day, name)) for day in days)
    return tuple(round(getattr(day, name) * usual / day.sources, 4) if day.sources else None for day in days)


def _days(start: date, end: date) -> Iterable[date]:
    return (start + timedelta(days=n) for n in range((end - start).days + 1))
