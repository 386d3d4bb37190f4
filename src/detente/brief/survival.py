"""The survival curve of earlier pauses as a small drawing, with the present pause on it."""

from __future__ import annotations

from detente.records import Lull

_WIDTH, _HEIGHT, _LEFT, _FOOT = 360, 130, 36, 24


def survival_curve(lull: Lull) -> str:
    """Steps from 100 % down: the share of earlier gaps that lasted at least so many days; "" without a record."""
    if not lull.survival:
        return ""
    now = lull.heard or 0
    longest = max(now, lull.survival[-1].days) * 1.05 + 1
    wide, tall = _WIDTH - _LEFT - 8, _HEIGHT - _FOOT - 10

    def x(days: float) -> float:
        return _LEFT + wide * days / longest

    def y(share: float) -> float:
        return 10 + tall * (1 - share)

    path = f"M{x(0):.1f} {y(1):.1f}"
    for here, after in zip(lull.survival, (*[each.share for each in lull.survival[1:]], 0.0), strict=True):
        path += f" H{x(here.days):.1f} V{y(after):.1f}"
    path += f" H{x(longest):.1f}"
    axis = "".join(
        f'<text x="{_LEFT - 4}" y="{y(share) + 4:.1f}" text-anchor="end" class="small">{share:.0%}</text>'
        f'<path d="M{_LEFT} {y(share):.1f} H{_WIDTH - 8}" class="grid"/>'
        for share in (0.0, 0.5, 1.0)
    )
    mark = (
        f'<path d="M{x(now):.1f} {y(1):.1f} V{y(0):.1f}" class="turn"/>'
        f'<text x="{x(now) - 3:.1f}" y="{_HEIGHT - 8}" text-anchor="end" class="small">now: {now} d</text>'
    )
    end = f'<text x="{_WIDTH - 8}" y="{_HEIGHT - 8}" text-anchor="end" class="small">{longest:.0f} d</text>'
    end = end if x(longest) - x(now) > 60 else ""
    label = f"Share of earlier pauses that lasted at least so many days; the present one has lasted {now}."
    return (
        f'<svg class="curve" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{label}"><title>{label}</title>'
        f'{axis}<path d="{path}" class="steps"/>{mark if lull.state in ("lull", "quiet", "unknown") else ""}'
        f"{end}</svg>"
    )
