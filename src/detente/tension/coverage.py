"""When were we listening? Silent stretches become gaps, so that silence is not read as calm."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from detente.records import Gap
from detente.reference.theatre import Coverage
from detente.tension.calendar import ALL
from detente.tension.reporting import Received, reporting_of


def _silences(days: list[date], start: date, until: date, most: int) -> list[tuple[date, date]]:
    found, last = [], start - timedelta(days=1)
    for day in [*days, until + timedelta(days=1)]:
        if (day - last).days - 1 > most:
            found.append((last + timedelta(days=1), day - timedelta(days=1)))
        last = max(last, day)
    return found


def gaps(articles: Received, coverage: Coverage | None = None, *, until: date) -> tuple[Gap, ...]:
    """Stretches without a report, per listed source and for all of them, up to and including `until`.

    A listed source that never reported is one gap from the start; articles without a day are left out.
    """
    rules = coverage or Coverage()
    heard = reporting_of(articles, until)
    days = sorted(heard.days)
    start = rules.start or (days[0] if days else None)
    if start is None or start > until:
        return ()
    until = min(until, rules.end) if rules.end else until
    found = [
        Gap(ALL, first, last, f"no report for more than {rules.silent_days} days")
        for first, last in _silences([day for day in days if day >= start], start, until, rules.silent_days)
    ]
    for source in rules.sources:
        own = sorted(day for day in heard.of(source) if day >= start)
        found += [
            Gap(source, first, last, f"no report from it for more than {rules.silent_days} days")
            for first, last in _silences(own, start, until, rules.silent_days)
        ]
    return tuple(found)


def silent_days(found: Iterable[Gap], start: date, end: date) -> int:
    """Days from `start` to `end` (both included) on which no source at all was heard."""
    silent = {
        start + timedelta(days=n)
        for gap in found
        if gap.source == ALL
        for n in range((end - start).days + 1)
        if gap.start <= start + timedelta(days=n) <= gap.end
    }
    return len(silent)
