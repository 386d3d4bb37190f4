"""Change points: the days from which a line runs at another rate than before, coverage taken into account."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import numpy as np

from detente.records import Change, Day, Series
from detente.tension.coverage import ALL

WATCHED = ("acts", "threats", "posture", "withdrawal", "cooperation")
_SHORTEST = 7  # days a rate must last
_PENALTY = 1.0  # times log(days): chosen by simulation, see `false_alarms` in the tests
_MONTH = 30


def _cost(happened: np.ndarray, exposure: np.ndarray):  # type: ignore[no-untyped-def]
    """Poisson cost of a stretch: minus the log-likelihood of its own best rate, per day of usual coverage."""
    from ruptures.base import BaseCost  # scipy behind it takes a second to load

    class Rate(BaseCost):  # type: ignore[misc]
        model, min_size = "rate", 1

        def fit(self, signal: np.ndarray) -> Rate:
            self.signal = signal
            self.sums = np.concatenate([[0.0], np.cumsum(happened)])
            self.spans = np.concatenate([[0.0], np.cumsum(exposure)])
            return self

        def error(self, start: int, end: int) -> float:
            seen, span = self.sums[end] - self.sums[start], self.spans[end] - self.spans[start]
            return float(seen - seen * log(seen / span)) if seen else 0.0

    return Rate()


def breaks(happened: Sequence[int], exposure: Sequence[float]) -> list[int]:
    """Positions at which a new rate starts, by PELT with a Poisson cost; [] for too short or empty a record."""
    from ruptures import Pelt

    n = len(happened)
    if n < 2 * _SHORTEST or not any(happened):
        return []
    signal = np.asarray(happened, dtype=float)
    search = Pelt(custom_cost=_cost(signal, np.asarray(exposure, dtype=float)), min_size=_SHORTEST, jump=1)
    return [int(at) for at in search.fit(signal).predict(pen=_PENALTY * log(n)) if at < n]


def _heard(series: Series) -> list[Day]:
    """Days from the first report on on which somebody was listening: a change across a silence is none."""
    first = next((n for n, each in enumerate(series.days) if each.reports), len(series.days))
    silent = [gap for gap in series.gaps if gap.source == ALL]
    return [each for each in series.days[first:] if not any(gap.start <= each.day <= gap.end for gap in silent)]


def _rate(days: Sequence[Day], line: str) -> float:
    return round(_MONTH * sum(getattr(d, line) > 0 for d in days) / max(1e-9, sum(d.exposure for d in days)), 1)


def _of_line(days: Sequence[Day], line: str) -> tuple[str, ...]:
    return tuple(number for day in days for each in day.lines if each.line == line for number in each.incidents)


def changes(series: Series) -> tuple[Change, ...]:
    """Changes of every line, oldest first; a day with several incidents counts once, so that a salvo is no trend."""
    days = _heard(series)
    found = []
    for line in WATCHED:
        cuts = breaks([int(getattr(d, line) > 0) for d in days], [d.exposure for d in days])
        for at, start in enumerate(cuts):
            before = days[cuts[at - 1] if at else 0 : start]
            after = days[start : cuts[at + 1] if at + 1 < len(cuts) else len(days)]
            found.append(Change(line, after[0].day, _rate(before, line), _rate(after, line), after[-1].day,
                                _of_line(after, line)))  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.day, WATCHED.index(each.line))))
