"""How many reports came on which day, and from whom: all that calm and coverage need to know of the reports themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from detente.records import Article


class Reporting:
    """Reports counted by outlet ("" where unnamed) and day of publication; `days`: all outlets together.

    `outlets`: who published a report, by its id, for those of which somebody may ask.
    """

    __slots__ = ("by_outlet", "days", "outlets", "undated")

    def __init__(
        self,
        by_outlet: Mapping[str, Mapping[date, int]],
        undated: int = 0,
        outlets: Mapping[str, str | None] | None = None,
    ) -> None:
        self.by_outlet, self.undated, self.outlets = by_outlet, undated, dict(outlets or {})
        self.days: Counter[date] = Counter()
        for counted in by_outlet.values():
            for day, n in counted.items():
                self.days[day] += n

    def of(self, outlet: str) -> set[date]:
        """The days on which an outlet reported, however its name is written."""
        wanted = outlet.casefold()
        return {day for name, counted in self.by_outlet.items() if name.casefold() == wanted for day in counted}

    def until(self, day: date) -> Reporting:
        """The same as it was known on a day."""
        if not self.days or max(self.days) <= day:
            return self
        kept = {name: {at: n for at, n in told.items() if at <= day} for name, told in self.by_outlet.items()}
        return Reporting({name: told for name, told in kept.items() if told}, self.undated, self.outlets)


Received = Iterable[Article] | Mapping[str, Article] | Reporting


def reporting_of(reports: Received, until: date) -> Reporting:
    """Reports as counts, of those published by a day; what is counted already is only cut there."""
    if isinstance(reports, Reporting):
        return reports.until(until)
    by_outlet: dict[str, Counter[date]] = {}
    undated = 0
    for each in reports.values() if isinstance(reports, Mapping) else reports:
        if each.published is None:
            undated += 1
        elif each.published <= until:
            by_outlet.setdefault(each.outlet or "", Counter())[each.published] += 1
    outlets = {key: each.outlet for key, each in reports.items()} if isinstance(reports, Mapping) else None
    return Reporting(by_outlet, undated, outlets)
