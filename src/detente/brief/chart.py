"""The timeline as inline SVG: acts, threats, posture and cooperation each on a lane of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

from detente.records import Day, Lull, Series, Tripwire

_WIDTH, _LEFT, _RIGHT, _LANE, _TOP = 400, 88, 8, 34, 22
_MOST = 370  # days drawn; older ones are left out and the caption says so
# Okabe-Ito colours: told apart in the common kinds of colour blindness; shapes differ as well.
_LANES = (
    ("Attacks", "acts", "#d55e00", "circle"),
    ("Threats", "threats", "#cc79a7", "triangle"),
    ("Posture", "posture", "#e69f00", "square"),
    ("Withdrawal", "withdrawal", "#009e73", "diamond"),
    ("Cooperation", "cooperation", "#0072b2", "ring"),
)


def _mark(shape: str, x: float, y: float, size: float, colour: str, title: str) -> str:
    tip = f"<title>{escape(title)}</title>"
    s = size
    points = {
        "triangle": f"{x:.1f},{y - s:.1f} {x + s:.1f},{y + s:.1f} {x - s:.1f},{y + s:.1f}",
        "square": f"{x - s:.1f},{y - s:.1f} {x + s:.1f},{y - s:.1f} {x + s:.1f},{y + s:.1f} {x - s:.1f},{y + s:.1f}",
        "diamond": f"{x:.1f},{y - s:.1f} {x + s:.1f},{y:.1f} {x:.1f},{y + s:.1f} {x - s:.1f},{y:.1f}",
    }
    if shape in points:
        return f'<polygon points="{points[shape]}" fill="{colour}">{tip}</polygon>'
    ring = f'fill="none" stroke="{colour}" stroke-width="1.6"' if shape == "ring" else f'fill="{colour}"'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{s:.1f}" {ring}>{tip}</circle>'


class _Scale:
    def __init__(self, days: Sequence[Day]):
        self.start, self.count = days[0].day, max(1, len(days))

    def x(self, when: date) -> float:
        """Middle of a day on the time axis, in SVG units."""
        return _LEFT + ((when - self.start).days + 0.5) * (_WIDTH - _LEFT - _RIGHT) / self.count


def _months(days: Sequence[Day], scale: _Scale, bottom: float) -> list[str]:
    firsts = [each.day for each in days if each.day.day == 1] or [days[0].day]
    step = max(1, len(firsts) // 7 + (len(firsts) % 7 > 0))
    out = []
    for when in firsts[::step]:
        x = scale.x(when)
        out.append(f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{bottom}" class="grid"/>')
        label = f"{when:%b}" + (f" {when:%Y}" if when.month == 1 else "")
        out.append(f'<text x="{x:.1f}" y="{bottom + 12}" text-anchor="middle">{label}</text>')
    return out


def _band(scale: _Scale, start: date, end: date, bottom: float, name: str, title: str) -> str:
    half = (_WIDTH - _LEFT - _RIGHT) / scale.count / 2
    left = max(float(_LEFT), scale.x(start) - half)
    width = max(1.0, scale.x(end) + half - left)
    tip = f"<title>{escape(title)}</title>"
    return f'<rect x="{left:.1f}" y="{_TOP}" width="{width:.1f}" height="{bottom - _TOP}" class="{name}">{tip}</rect>'


def _calm(series: Series, lull: Lull | None) -> tuple[date, date] | None:
    if lull is not None:
        calm = lull.state in ("lull", "quiet") and lull.since is not None
        return (lull.since + timedelta(days=1), lull.as_of) if calm and lull.since else None
    attacks = [each.day for each in series.days if each.acts]
    last = attacks[-1] if attacks else None
    return (last + timedelta(days=1), series.as_of) if last and (series.as_of - last).days >= 14 else None


def _coverage(days: Sequence[Day], scale: _Scale, bottom: float) -> list[str]:
    most = max((each.reports for each in days), default=0) or 1
    width = max(0.6, (_WIDTH - _LEFT - _RIGHT) / scale.count * 0.8)
    out = []
    for each in days:
        if each.reports:
            tall, left = 14 * each.reports / most, scale.x(each.day) - width / 2
            tip = f"<title>{each.day}: {each.reports} reports</title>"
            out.append(
                f'<rect x="{left:.1f}" y="{bottom - tall:.1f}" width="{width:.1f}" height="{tall:.1f}" class="cover">'
                f"{tip}</rect>"
            )
    return out


def _wires(tripwires: Sequence[Tripwire], scale: _Scale, days: Sequence[Day]) -> list[str]:
    out = []
    for when in sorted({wire.reported for wire in tripwires if wire.reported}):
        if days[0].day <= when <= days[-1].day:
            x = scale.x(when)
            out.append(
                f'<path d="M{x:.1f} {_TOP} V{_TOP - 12} l6 3 l-6 3" class="wire">'
                f"<title>{when}: tripwire reported</title></path>"
            )
    return out


def timeline(series: Series, lull: Lull | None = None, tripwires: Sequence[Tripwire] = ()) -> str:
    """One SVG element, about 400 by 220 units, each mark with its day and count as a tooltip; "" without days."""
    days = series.days[-_MOST:]
    if not days:
        return ""
    scale, bottom = _Scale(days), _TOP + _LANE * (len(_LANES) + 1)
    body = _months(days, scale, bottom)
    calm = _calm(series, lull)
    if calm and calm[1] >= days[0].day:
        body.append(_band(scale, max(calm[0], days[0].day), calm[1], bottom, "calm", "lull"))
    for gap in series.gaps:
        if gap.end >= days[0].day and gap.start <= days[-1].day and gap.source == "all sources":
            start, end = max(gap.start, days[0].day), min(gap.end, days[-1].day)
            body.append(_band(scale, start, end, bottom, "deaf", f"no coverage {start} to {end}"))
    for row, (name, field, colour, shape) in enumerate(_LANES):
        y = _TOP + _LANE * (row + 0.5)
        body.append(f'<line x1="{_LEFT}" y1="{y + 10}" x2="{_WIDTH - _RIGHT}" y2="{y + 10}" class="lane"/>')
        body.append(f'<text x="{_LEFT - 6}" y="{y + 4}" text-anchor="end" fill="{colour}" class="name">{name}</text>')
        for each in days:
            if n := getattr(each, field):
                body.append(
                    _mark(
                        shape,
                        scale.x(each.day),
                        y,
                        2.6 + 1.3 * min(n - 1, 3),
                        colour,
                        f"{each.day}: {n} {name.lower()}",
                    )
                )
    body.append(f'<text x="{_LEFT - 6}" y="{bottom - 6}" text-anchor="end" class="name">Reports</text>')
    body += _coverage(days, scale, bottom)
    body += _wires(tripwires, scale, days)
    label = (
        f"Timeline from {days[0].day} to {days[-1].day}: attacks, threats, posture, withdrawal, cooperation, reports"
    )
    return (
        f'<svg viewBox="0 0 {_WIDTH} {bottom + 18}" role="img" aria-label="{escape(label)}" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(body)}</svg>'
    )
