"""The marks of the timeline: a shape and a colour for each line, told apart without colour as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from detente.records import Day, Forecast, Tripwire


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the series as it is drawn; colours of Okabe and Ito, darkened to be read on paper."""

    name: str
    line: str
    colour: str
    shape: str
    one: str  # what one of it is called
    many: str


LANES = (
    Lane("Attacks", "acts", "#d55e00", "circle", "attack", "attacks"),
    Lane("Threats", "threats", "#b0558c", "triangle", "threat", "threats"),
    Lane("Posture", "posture", "#b57b00", "square", "deployment or drill", "deployments or drills"),
    Lane("Withdrawal", "withdrawal", "#00805c", "diamond", "withdrawal", "withdrawals"),
    Lane("Cooperation", "cooperation", "#0072b2", "ring", "step of cooperation", "steps of cooperation"),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a day stands: `count` days from `start`; right of them `ahead` units are kept for what is to come."""

    start: date
    count: int
    ahead: float
    width: int
    left: int = 92
    right: int = 10
    top: int = 26
    lane: int = 34

    @property
    def step(self) -> float:
        """Width of a day in SVG units."""
        return (self.width - self.left - self.right - self.ahead) / max(1, self.count)

    @property
    def inner(self) -> float:
        """Right edge of the last day known."""
        return self.left + self.step * self.count

    def edge(self, when: date) -> float:
        """Left edge of a day."""
        return self.left + (when - self.start).days * self.step

    def x(self, when: date) -> float:
        """Middle of a day."""
        return self.edge(when) + self.step / 2


def mark(lane: Lane, x: float, y: float, day: Day) -> str:
    """One mark for a day's count of a line; bigger for more, with the ids of its incidents."""
    n = getattr(day, lane.line)
    s = (4.2 if lane.shape in ("triangle", "diamond") else 3.4) + 1.2 * min(n - 1, 4)
    ids = " ".join(number for each in day.lines if each.line == lane.line for number in each.incidents)
    tip = f"<title>{day.day}: {n} {lane.one if n == 1 else lane.many}</title>"
    keys = f'data-i="{escape(ids)}" data-day="{day.day}"' if ids else f'data-day="{day.day}"'
    points = {
        "triangle": f"{x:.1f},{y - s:.1f} {x + s:.1f},{y + s:.1f} {x - s:.1f},{y + s:.1f}",
        "square": f"{x - s:.1f},{y - s:.1f} {x + s:.1f},{y - s:.1f} {x + s:.1f},{y + s:.1f} {x - s:.1f},{y + s:.1f}",
        "diamond": f"{x:.1f},{y - s - 1:.1f} {x + s:.1f},{y:.1f} {x:.1f},{y + s + 1:.1f} {x - s:.1f},{y:.1f}",
    }
    if lane.shape in points:
        return f'<polygon points="{points[lane.shape]}" fill="{lane.colour}" stroke="#fff" stroke-width=".6" class="mark" {keys}>{tip}</polygon>'
    ring = lane.shape == "ring"
    fill, edge, thick = ("#fff", lane.colour, 2) if ring else (lane.colour, "#fff", 0.6)
    look = f'fill="{fill}" stroke="{edge}" stroke-width="{thick}"'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{s:.1f}" {look} class="mark" {keys}>{tip}</circle>'


def band(scale: Scale, start: date, end: date, bottom: float, name: str, title: str) -> str:
    """A shaded stretch of whole days."""
    left = max(float(scale.left), scale.edge(start))
    width = max(1.0, scale.edge(end) + scale.step - left)
    tip = f"<title>{escape(title)}</title>"
    return f'<rect x="{left:.1f}" y="{scale.top}" width="{width:.1f}" height="{bottom - scale.top}" class="{name}">{tip}</rect>'


def flag(scale: Scale, on: date, state: str, wires: Sequence[Tripwire]) -> str:
    """A flag where tripwires were reported or moved: open for armed, filled where the deed followed, struck where over."""
    x, y = scale.x(on), scale.top - 4
    over = state in ("withheld", "expired", "withdrawn")
    kind = "executed" if state == "executed" else "over" if over else state
    words = "; ".join(f"if {each.condition.quote}, then {each.consequence.quote}" for each in wires[:3])
    told = "reported" if state == "armed" else state
    what = "tripwire" if len(wires) == 1 else f"{len(wires)} tripwires"
    tip = f"<title>{escape(f'{on}: {what} {told}: {words}')}</title>"
    ids = escape(" ".join(each.id for each in wires))
    shape = f"M{x:.1f} {y} v-14 l7 3.5 l-7 3.5"
    if over:
        shape = f"M{x - 4:.1f} {y - 11} l8 8 m0 -8 l-8 8"
    return f'<path d="{shape}" class="wire {kind}" data-i="{ids}" data-day="{on}">{tip}</path>'


def whisker(forecast: Forecast, x: float, top: float, bottom: float) -> str:
    """A forecast at x: its range as a line, its value as a dot, the base rate as a tick, its window below."""

    def y(p: float) -> float:
        return bottom - p * (bottom - top)

    tip = (
        f"within {forecast.horizon} days of {forecast.made}: {forecast.probability:.0%} "
        f"(range {forecast.low:.0%} to {forecast.high:.0%}; base rate {forecast.base_rate:.0%})"
    )
    return (
        f'<path d="M{x:.1f} {y(forecast.low):.1f} V{y(forecast.high):.1f} m-4 0 h8 M{x - 4:.1f} {y(forecast.low):.1f} h8" '
        f'class="range"/><path d="M{x - 6:.1f} {y(forecast.base_rate):.1f} h12" class="base"/>'
        f'<circle cx="{x:.1f}" cy="{y(forecast.probability):.1f}" r="4" class="chance" data-tip="{escape(tip)}">'
        f"<title>{escape(tip)}</title></circle>"
        f'<text x="{x:.1f}" y="{y(forecast.high) - 5:.1f}" text-anchor="middle" class="small">{forecast.probability:.0%}</text>'
        f'<text x="{x:.1f}" y="{bottom + 13:.1f}" text-anchor="middle" class="small">{forecast.horizon} d</text>'
    )
