"""A dyad's last half year in the space of a word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from detente.assessing import Assessment

WEEKS, WIDTH, HEIGHT = 26, 208, 44


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Bars of attacks a week, the newest at the right: (x, y, width, height) in a box of WIDTH by HEIGHT."""

    bars: tuple[tuple[float, float, float, float], ...]
    calm: float | None  # where the present pause begins, if there is one
    total: int
    most: int  # in a week

    @property
    def rest(self) -> float:
        """Width of the pause."""
        return WIDTH - (self.calm or WIDTH)


def sparkline(found: Assessment) -> Sparkline:
    """Attacks of either side, by weeks back from the day of the assessment."""
    totals, step = [0] * WEEKS, WIDTH / WEEKS
    for each in found.series.days:
        back = (found.as_of - each.day).days // 7
        if 0 <= back < WEEKS:
            totals[WEEKS - 1 - back] += each.acts
    most = max(totals)
    tall = [(HEIGHT - 4) * n / (most or 1) for n in totals]
    bars = tuple(
        (round(n * step + 1, 1), round(HEIGHT - h, 1), round(step - 2, 1), round(h, 1)) for n, h in enumerate(tall) if h
    )
    lull = found.lull
    calm = None
    if lull.state in ("lull", "quiet") and lull.since is not None:
        days = (found.as_of - max(lull.since, found.as_of - timedelta(days=7 * WEEKS))).days
        calm = round(WIDTH - days * step / 7, 1)
    return Sparkline(bars, calm, sum(totals), most)
