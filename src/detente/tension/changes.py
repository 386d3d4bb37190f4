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


def _cost(seen: np.ndarray, span: np.ndarray) -> np.ndarray:
    """Poisson costs of stretches: minus the log-likelihood of each one's own best rate, per day of usual coverage."""
    some = np.maximum(seen, 1.0)  # where nothing was seen the cost is nothing
    return seen - seen * np.log(some / span)


def breaks(happened: Sequence[int], exposure: Sequence[float]) -> list[int]:
    """Positions at which a new rate starts, [] for too short or empty a record.

    The segmentation of least penalised cost, found by PELT (Killick, Fearnhead and Eckley 2012), which is exact. A record of
    ten years takes a tenth of a second; libraries that ask for the cost of one stretch at a time take half a minute.
    """
    n = len(happened)
    if n < 2 * _SHORTEST or not any(happened):
        return []
    penalty = _PENALTY * log(n)
    sums, spans = (np.concatenate([[0.0], np.cumsum(np.asarray(each, dtype=float))]) for each in (happened, exposure))
    known = np.stack([np.full(n + 1, np.inf), sums, spans])  # least cost up to each day, and what came until then
    known[0, 0] = 0.0
    last, starts = np.zeros(n + 1, dtype=int), np.zeros(n + 1, dtype=int)
    room, held = known.copy(), 1  # the first `held` of these and of `starts`: where the last stretch may begin
    for end in range(_SHORTEST, n + 1):
        if end >= 2 * _SHORTEST:
            room[:, held], starts[held], held = known[:, end - _SHORTEST], end - _SHORTEST, held + 1
        best, seen, span = room[:, :held]
        whole = best + _cost(sums[end] - seen, spans[end] - span)
        at = int(whole.argmin())
        known[0, end], last[end] = whole[at] + penalty, starts[at]
        kept = np.flatnonzero(whole <= known[0, end])  # no later end can begin its last stretch at the others
        if len(kept) < held:
            held = len(kept)
            room[:, :held], starts[:held] = room[:, kept], starts[kept]
    found, end = [], n
    while last[end] > 0:
        end = int(last[end])
        found.append(end)
    return found[::-1]


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
