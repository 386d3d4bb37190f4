"""The timeline as a figure of a page: for wide and narrow screens, with its key and the incidents behind each mark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape
from importlib.resources import files

from detente.brief.chart import NARROW, WIDE, timeline
from detente.brief.marks import LANES, mark
from detente.records import Day, Forecast, Incident, LineCount, Lull, Series, Tripwire
from detente.tension.sides import day_of

_KEY = (
    "Bigger marks: more on one day. Shaded blue: the lull; an attack marked inside it does not count under the "
    "definition. Grey: no coverage. ▲▼: from here a line runs at another rate. Flags: tripwires reported (white), "
    "tripped (yellow), carried out (black); ×: lapsed or taken back."
)
_AHEAD = (
    " Right of the dotted edge: the outlook, the chance of an attack within so many days (d), as a dot, its range as a "
    "line, the base rate dotted; foot 0 %, top 100 %."
)


@lru_cache(maxsize=8)
def asset(name: str) -> str:
    """A style or script that goes into every page."""
    return files("detente.brief").joinpath("static", "brief", name).read_text(encoding="utf-8")


def safe(text: str) -> str:
    """Text as HTML text: markup escaped, control characters that browsers reject replaced."""
    clean = "".join(c if c in "\n\t" or (c >= " " and not 0xD800 <= ord(c) <= 0xDFFF) else "\ufffd" for c in text)
    return escape(clean, quote=True)


def _legend(series: Series) -> str:
    items = []
    for lane in LANES:
        one = Day(series.as_of, **{lane.line: 1}, lines=(LineCount(lane.line, 1, 0.0, ()),))  # type: ignore[arg-type]
        total = sum(getattr(day, lane.line) for day in series.days)
        shape = mark(lane, 8, 8, one).replace(' class="mark"', "").replace(f' data-day="{series.as_of}"', "")
        shape = shape[: shape.index("<title>")] + shape[shape.index("</title>") + 8 :]
        items.append(f'<li><svg viewBox="0 0 16 16" aria-hidden="true">{shape}</svg>{lane.name} {total}</li>')
    return f'<ul class="legend">{"".join(items)}</ul>'


def entry(incident: Incident, address: Callable[[Incident], str] | None = None) -> str:
    """One incident as a list item: day, title (a link, where it has an address), how many reports, the first's words."""
    on = day_of(incident)
    reports = len(incident.reports)
    words = incident.evidence[0].quote if incident.evidence else ""
    title = safe(incident.title)
    title = f'<a href="{safe(address(incident))}">{title}</a>' if address else title
    return (
        f'<li data-n="{safe(incident.id)}"><b>{on or "day not known"}</b> {title} '
        f"({reports} {'report' if reports == 1 else 'reports'}, {incident.origins} independent): “{safe(words)}”</li>"
    )


def wire_entry(wire: Tripwire) -> str:
    """One tripwire as a list item: its words and every move."""
    moves = "; ".join(f"{move.state} {move.on}" for move in wire.moves)
    return (
        f'<li data-n="{safe(wire.id)}"><b>if</b> {safe(wire.condition.quote)} <b>then</b> '
        f"{safe(wire.consequence.quote)} ({safe(moves or wire.state)})</li>"
    )


def figure(
    series: Series, lull: Lull | None, tripwires: Sequence[Tripwire] = (), incidents: Sequence[Incident] = (),
    forecasts: Sequence[Forecast] = (), address: Callable[[Incident], str] | None = None,
) -> str:  # fmt: skip
    """The whole figure as HTML; "" for a series without days. Without script, the list below it tells the same.

    `address`: where a page about an incident stands, for links.
    """
    wide = timeline(series, lull, tripwires, forecasts=forecasts, width=WIDE)
    if not wide:
        return ""
    narrow = timeline(series, lull, tripwires, forecasts=forecasts, width=NARROW)
    counted = {number for day in series.days for number in day.incidents}
    shown = sorted(
        (each for each in incidents if each.id in counted), key=lambda each: (day_of(each) or series.as_of, each.id)
    )
    items = [*(entry(each, address) for each in shown), *map(wire_entry, tripwires)]
    log = ""
    if items:
        log = (
            f'<details class="log"><summary>The {len(shown)} incidents and {len(tripwires)} tripwires behind the marks</summary>'
            f"<ul>{''.join(items)}</ul></details>"
        )
    return (
        f'<figure class="chart">{wide}{narrow}<div class="panel" hidden>Point at a mark or tap it: its incidents stand here.</div>'
        f'{_legend(series)}<figcaption class="key">{_KEY}{_AHEAD if forecasts else ""}</figcaption>{log}</figure>'
    )
