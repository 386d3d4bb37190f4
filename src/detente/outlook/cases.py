"""Lull cases: every date on which the outlook has to commit itself, and what happened afterwards.

An attack-day is a day with at least one violent event inside the unit. A lull is 14 or more days since
the last attack-day, after an active phase (3 attack-days in the 90 days up to and including the last),
and at least 90 days into the stream. Forecasts are made on day 14 of the lull and every 7 days from
there, for at most 365 days. Only events dated on or before the forecast day are inputs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from detente.outlook.streams import CLASSES, Stream, grouped

HORIZONS = (7, 30, 90)
NEVER = 10**7
VIOLENCE = CLASSES.index("VK")


@dataclass(frozen=True, slots=True)
class Definition:
    """When a pause counts as a lull, in days, and when forecasts are due."""

    lull: int = 14
    step: int = 7
    active_days: int = 3
    active_window: int = 90
    longest: int = 365
    warm: int = 90


@dataclass(frozen=True, slots=True)
class Cases:
    """Forecast days as columns of one length; `x` has one row per case and one column per name.

    `next` is the day of the next attack (NEVER if none is on record), `end` the last day of the stream:
    both lie after the forecast and serve labels only.
    """

    stream: np.ndarray
    unit: np.ndarray
    t: np.ndarray
    last: np.ndarray
    next: np.ndarray
    end: np.ndarray
    x: np.ndarray
    names: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.t)

    @property
    def since(self) -> np.ndarray:
        """Days since the last attack-day."""
        return self.t - self.last

    def column(self, name: str) -> np.ndarray:
        """One feature by name."""
        return self.x[:, self.names.index(name)]

    def columns(self, names: Sequence[str]) -> np.ndarray:
        """Several features by name, one row per case."""
        return self.x[:, [self.names.index(n) for n in names]]

    def label(self, horizon: int) -> np.ndarray:
        """1 if an attack falls in (t, t + horizon], 0 if not, -1 where the stream ends before that."""
        happened = (self.next - self.t <= horizon).astype(int)
        return np.where(self.t + horizon <= self.end, happened, -1)

    def take(self, chosen: np.ndarray) -> Cases:
        """The chosen cases (mask or positions), in their order."""
        return replace(self, **{f.name: getattr(self, f.name)[chosen] for f in fields(self) if f.name != "names"})

    def with_x(self, x: np.ndarray, names: Sequence[str]) -> Cases:
        """The same cases with other features."""
        return replace(self, x=x, names=tuple(names))


def together(parts: Sequence[Cases]) -> Cases:
    """Cases of several streams as one; all must have the same features."""
    names = parts[0].names
    joined = {f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Cases) if f.name != "names"}
    return Cases(**joined, names=names)


def attack_days(stream: Stream) -> dict[str, np.ndarray]:
    """The sorted, distinct attack-days of every unit that has any."""
    violent = stream.cls == VIOLENCE
    return {u: np.unique(d) for u, d in grouped(stream.unit[violent], stream.day[violent]).items()}


def _forecast_days(days: np.ndarray, first: int, end: int, rule: Definition) -> Iterator[tuple[int, int, int]]:
    following = np.append(days[1:], NEVER)
    for i, (last, nxt) in enumerate(zip(days.tolist(), following.tolist(), strict=True)):
        active = i + 1 - int(np.searchsorted(days, last - rule.active_window, "right"))
        if active < rule.active_days or last + rule.lull < first + rule.warm:
            continue
        latest = min(nxt - 1, end, last + rule.longest)
        for t in range(last + rule.lull, latest + 1, rule.step):
            yield t, last, nxt


def find_cases(stream: Stream, rule: Definition | None = None) -> Cases:
    """Every forecast day of every lull of a stream, by unit and time, without features."""
    rule = rule or Definition()
    first, end = stream.first, stream.last
    units: list[str] = []
    rows: list[tuple[int, int, int]] = []
    for unit, days in sorted(attack_days(stream).items()):
        found = list(_forecast_days(days, first, end, rule))
        rows += found
        units += [unit] * len(found)
    t, last, nxt = np.array(rows, dtype=int).reshape(-1, 3).T
    name = np.full(len(t), stream.name, dtype=object)
    return Cases(name, np.array(units, dtype=object), t, last, nxt, np.full(len(t), end), np.empty((len(t), 0)))
