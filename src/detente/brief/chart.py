"""The timeline as inline SVG: a lane for each line of the series, coverage, tripwires, the lull and what lies ahead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from html import escape

from detente.brief.marks import LANES, Scale, band, flag, mark, whisker
from detente.records import Day, Forecast, Lull, Series, Tripwire
from detente.tension.coverage import ALL

NARROW, WIDE = 400, 960  # SVG units: one for phones, one for screens and paper
_MOST = 370  # days drawn; older ones are left out and the label says so
_ROOM = {NARROW: 31, WIDE: 46}  # SVG units a forecast takes, right of the past


def _months(days: Sequence[Day], scale: Scale, bottom: float) -> list[str]:
    firsts = [day for n in range(scale.count) if (day := scale.start + timedelta(days=n)).day == 1] or [days[0].day]
    most = 6 if scale.width <= NARROW else 14
    step = max(1, -(-len(firsts) // most))
    out = []
    shown = firsts[::step]
    for n, when in enumerate(shown):
        x = scale.edge(when)
        out.append(f'<line x1="{x:.1f}" y1="{scale.top}" x2="{x:.1f}" y2="{bottom}" class="grid"/>')
        if x < scale.inner - 24:
            crowded = n + 1 < len(shown) and scale.edge(shown[n + 1]) - x < 46  # the next label says the year
            dated = when.month == 1 or (when == firsts[0] and not crowded)
            label = f"{when:%b} ’{when:%y}" if dated and scale.width <= NARROW else f"{when:%b}"
            label += f" {when:%Y}" if dated and scale.width > NARROW else ""
            out.append(f'<text x="{x + 2:.1f}" y="{bottom + 13}">{label}</text>')
    return out


def _calm(series: Series, lull: Lull | None) -> tuple[date, date] | None:
    if lull is not None:
        calm = lull.state in ("lull", "quiet") and lull.since is not None
        return (lull.since + timedelta(days=1), lull.as_of) if calm and lull.since else None
    attacks = [each.day for each in series.days if each.acts]
    last = attacks[-1] if attacks else None
    return (last + timedelta(days=1), series.as_of) if last and (series.as_of - last).days >= 14 else None


def _bands(series: Series, lull: Lull | None, days: Sequence[Day], scale: Scale, bottom: float) -> list[str]:
    out, calm = [], _calm(series, lull)
    if calm and calm[1] >= days[0].day:
        long = (calm[1] - calm[0]).days + 1
        out.append(band(scale, max(calm[0], days[0].day), calm[1], bottom, "calm", f"lull: {long} days from {calm[0]}"))
    for gap in series.gaps:
        if gap.end >= days[0].day and gap.start <= days[-1].day and gap.source == ALL:
            start, end = max(gap.start, days[0].day), min(gap.end, days[-1].day)
            out.append(band(scale, start, end, bottom, "deaf", f"no coverage {start} to {end}"))
    return out


def _lanes(series: Series, days: Sequence[Day], scale: Scale) -> list[str]:
    out = []
    for row, lane in enumerate(LANES):
        y = scale.top + scale.lane * (row + 0.5)
        out.append(f'<line x1="{scale.left}" y1="{y}" x2="{scale.inner:.1f}" y2="{y}" class="lane"/>')
        out.append(f'<text x="{scale.left - 8}" y="{y + 4}" text-anchor="end" class="name">{lane.name}</text>')
        for each in series.changes:
            if each.line == lane.line and days[0].day <= each.day <= days[-1].day:
                x, up = scale.edge(each.day), each.after > each.before
                tip = f"{each.day}: days with {lane.name.lower()} {'up' if up else 'down'} from {each.before:g} to {each.after:g} a month"
                out.append(
                    f'<path d="M{x:.1f} {y - 13} V{y + 13}" class="turn"><title>{escape(tip)}</title></path>'
                    f'<text x="{x + 2:.1f}" y="{y - 7}" class="turned">{"▲" if up else "▼"}</text>'
                )
        out += [mark(lane, scale.x(each.day), y, each) for each in days if getattr(each, lane.line)]
    return out


def _coverage(days: Sequence[Day], scale: Scale, bottom: float) -> list[str]:
    most = max((each.reports for each in days), default=0) or 1
    width = max(0.8, scale.step * 0.8)
    out = [f'<text x="{scale.left - 8}" y="{bottom - 6}" text-anchor="end" class="name">Reports</text>']
    for each in days:
        if each.reports:
            tall, left = 20 * each.reports / most, scale.x(each.day) - width / 2
            plural = "report" if each.reports == 1 else "reports"
            tip = f"<title>{each.day}: {each.reports} {plural}</title>"
            out.append(
                f'<rect x="{left:.1f}" y="{bottom - tall:.1f}" width="{width:.1f}" height="{tall:.1f}" class="cover">{tip}</rect>'
            )
    return out


def _wires(tripwires: Sequence[Tripwire], scale: Scale, days: Sequence[Day]) -> list[str]:
    """A flag for each day on which tripwires were reported or moved; the state that weighs most gives its kind."""
    by_day: dict[tuple[date, str], list[Tripwire]] = {}
    for wire in tripwires:
        for move in wire.moves or ():
            by_day.setdefault((move.on, move.state), []).append(wire)
        if not wire.moves and wire.reported:
            by_day.setdefault((wire.reported, "armed"), []).append(wire)
    found = sorted((key, wires) for key, wires in by_day.items() if days[0].day <= key[0] <= days[-1].day)
    return [flag(scale, on, state, wires) for (on, state), wires in found]


def _ahead(forecasts: Sequence[Forecast], scale: Scale, bottom: float) -> list[str]:
    """What lies ahead, on ground of its own: chance from 0 at the foot to 1 at the top."""
    if not forecasts:
        return []
    left, top, room = scale.inner, scale.top, scale.ahead / len(forecasts)
    out = [f'<rect x="{left:.1f}" y="{top}" width="{scale.ahead:.1f}" height="{bottom - top:.1f}" class="ahead"/>']
    out.append(f'<text x="{left + 3:.1f}" y="{top + 11}" class="small">outlook</text>')
    drawn = sorted(forecasts, key=lambda each: each.horizon)
    return out + [whisker(each, left + room * (n + 0.5), top + 18, bottom - 4) for n, each in enumerate(drawn)]


def timeline(series: Series, lull: Lull | None = None, tripwires: Sequence[Tripwire] = (), *,
             forecasts: Sequence[Forecast] = (), width: int = NARROW) -> str:  # fmt: skip
    """One SVG element; each mark has its day and count as a tooltip and its incidents in `data-i`; "" without days."""
    days = series.days[-_MOST:]
    if not days:
        return ""
    scale = Scale(days[0].day, len(days), _ROOM[NARROW if width <= NARROW else WIDE] * len(forecasts), width)
    bottom = scale.top + scale.lane * (len(LANES) + 1)
    body = [
        *_bands(series, lull, days, scale, bottom),
        *_months(days, scale, bottom),
        *_ahead(forecasts, scale, bottom),
    ]
    body.append(f'<text x="{scale.left - 8}" y="{scale.top - 8}" text-anchor="end" class="name">Tripwires</text>')
    body += [*_lanes(series, days, scale), *_coverage(days, scale, bottom), *_wires(tripwires, scale, days)]
    label = f"Timeline from {days[0].day} to {days[-1].day}: tripwires, attacks, threats, posture, withdrawal, cooperation, reports"
    if len(series.days) > len(days):
        label += f"; earlier days from {series.days[0].day} are left out"
    return (
        f'<svg viewBox="0 0 {width} {bottom + 18:.0f}" role="img" aria-label="{escape(label)}" '
        f'class="{"narrow" if width <= NARROW else "wide"}" xmlns="http://www.w3.org/2000/svg">{"".join(body)}</svg>'
    )
