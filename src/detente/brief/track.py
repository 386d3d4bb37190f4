"""The state of one dyad as one interactive page: the picture, what turned, explanations, tripwires, incidents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from detente.brief.chart import WIDE, timeline
from detente.brief.figure import asset, figure, safe
from detente.brief.html import POLICY
from detente.brief.survival import survival_curve
from detente.brief.tracktext import (
    TURNS,
    base_words,
    dashed,
    ranking,
    rule_words,
    state_words,
    surprise_words,
    watch_for,
)
from detente.records import Change, Dyad, EvidenceLine, Forecast, Incident, Lull, Series, Tripwire
from detente.tension.lines import EXPLANATIONS, telling
from detente.tension.series import LINES

_SIGNS = ((1, "+ fits", "consistent"), (-1, "− against", "inconsistent"), (0, "·", "neutral"))

_PAPER_KEY = (
    "Bigger: more on one day. Flags: tripwires reported (white), tripped (yellow), carried out (black); ×: over. "
    "▲▼: new rate. Blue: lull; grey: no coverage."
)
_PAPER_AHEAD = (
    "Outlook: the chance of an attack within so many days (d) as a dot, its range as a line, the base rate dotted; "
    "foot 0 %, top 100 %."
)


@dataclass(frozen=True, slots=True)
class Tracked:
    """All that a picture of a dyad shows, as known on `as_of`."""

    dyad: Dyad
    as_of: date
    series: Series
    lull: Lull
    incidents: tuple[Incident, ...] = ()
    tripwires: tuple[Tripwire, ...] = ()  # those that concern the dyad, each once
    forecasts: tuple[Forecast, ...] = ()
    holders: Mapping[str, str] = field(default_factory=dict)  # id of a tripwire to its holder's name, where known
    near: Mapping[str, str] = field(default_factory=dict)  # id of an open tripwire to how close it is
    records: tuple[str, ...] = ()  # what became of each holder's threats


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], centred: int = 99) -> str:
    top = "".join(f'<th scope="col">{safe(each)}</th>' for each in head)
    body = "".join(
        "<tr>"
        + "".join(
            f'<td data-head="{safe(head[n])}"{" class=m" if n >= centred else ""}>{cell}</td>'
            for n, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _sign(line: EvidenceLine, name: str) -> str:
    value = (name in line.consistent) - (name in line.inconsistent)
    return next(f'<span title="{word}">{sign}</span>' for n, sign, word in _SIGNS if n == value)


def _explanations(lull: Lull) -> str:
    """Every line of evidence against every explanation: the table the reading is counted from."""
    lines = [line for line in lull.lines if telling(line) or line.incident is None]
    if not lines or lull.state not in ("lull", "quiet", "unknown"):
        return ""
    rows = [
        [f"{safe(line.text)} <small>[{safe(line.weight)}]</small>", *(_sign(line, name) for name in EXPLANATIONS)]
        for line in lines
    ]
    reading = (
        f"Least contradicted: {lull.reading}." if lull.reading else "No explanation has enough lines to be preferred."
    )
    order = "".join(f"<li>{safe(each)}</li>" for each in ranking(lull.lines))
    return (
        f"<section><h2>Evidence and explanations</h2><p>{reading}</p><ol>{order}</ol><p>A dot: fits neither way.</p>"
        f"{_table(('evidence', *EXPLANATIONS), rows, 1)}</section>"
    )


def _survival(lull: Lull) -> str:
    if not lull.survival:
        return ""
    rows = [[f"{each.days} day{'s' * (each.days != 1)} or more", f"{each.share:.0%}"] for each in lull.survival]
    now = f" The present pause: {lull.heard} heard days." if lull.heard is not None else ""
    if rare := surprise_words(lull):
        now = f"{now[:-1]}; {rare}."
    return f"<section><h2>How long earlier pauses lasted</h2><p>{len(lull.past_gaps)} gaps between attack days.{now}</p>{survival_curve(lull)}{_table(('a pause of', 'share of earlier gaps'), rows)}</section>"


def _changes(found: Sequence[Change]) -> str:
    rows = [
        [str(c.day), TURNS.get(c.line, c.line), f"{c.before:g}", f"{c.after:g}", str(len(c.incidents))] for c in found
    ]
    if not rows:
        return ""
    head = ("from", "line", "days a month before", "days a month after", "incidents since")
    return f"<section><h2>Change points</h2>{_table(head, rows)}</section>"


def _tripwires(found: Tracked) -> str:
    rows, holders = [], found.holders
    for wire in sorted(found.tripwires, key=lambda each: (str(each.reported), each.id), reverse=True):
        said = (wire.holder.name or wire.holder.text) if wire.holder else "not stated"
        holder = holders.get(wire.id, said)
        moves = "; ".join(f"{move.state} {move.on}: {move.because}" for move in wire.moves) or wire.state
        if near := found.near.get(wire.id):
            moves += f" ({near})"
        rows.append([safe(holder), safe(wire.condition.quote), safe(wire.consequence.quote), safe(moves)])
    told = "".join(f"<li>{safe(each)}</li>" for each in found.records)
    record = f"<p>What became of each holder's threats:</p><ul>{told}</ul>" if told else ""
    return (
        f"<section><h2>Tripwires</h2>{record}{_table(('holder', 'if', 'then', 'states'), rows)}</section>"
        if rows
        else ""
    )


def _signposts(lull: Lull) -> str:
    told = "".join(f"<li>{safe(each)}</li>" for each in watch_for(lull))
    return f"<section><h2>What to watch</h2><ul>{told}</ul></section>" if told else ""


def _outlook(forecasts: Sequence[Forecast], lull: Lull) -> str:
    rows = [
        [
            safe(dashed(f.words)),
            f"{f.probability:.0%}",
            f"{100 * f.low:.0f}–\u2060{f.high:.0%}",  # a word joiner: the range is not broken at its dash
            f"{f.base_rate:.0%}",
            f"{safe(rule_words(f))}<details><summary>the machine's rule</summary><small>{safe(f.rule)}</small></details>",
        ]
        for f in forecasts
    ]
    head = ("outlook", "chance", "range", "base rate", "resolves by")
    why = f"<p>{safe(base)}</p>" if (base := base_words(lull)) else ""
    return f"<section><h2>Outlook</h2>{_table(head, rows)}{why}</section>" if rows else ""


def track_page(found: Tracked) -> str:
    """One self-contained HTML page; nothing is fetched, and without script the tables tell the same."""
    chart = figure(found.series, found.lull, found.tripwires, found.incidents, found.forecasts)
    style, script = asset("page.css") + asset("figure.css") + asset("chart.css"), asset("chart.js")
    totals = ", ".join(f"{name} {sum(getattr(d, name) for d in found.series.days)}" for name in LINES)
    return "".join((
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f'<title>{safe(found.dyad.name)}</title><style>{style}</style></head><body><main class="broad">',
        f'<p class="top">As known {found.as_of}</p><h1>{safe(found.dyad.name)}</h1>',
        f'<p class="stand">{safe(state_words(found.lull))}.</p>',
        chart or f"<p>Nothing to draw: {safe(totals)}.</p>",
        _outlook(found.forecasts, found.lull), _explanations(found.lull), _tripwires(found), _signposts(found.lull),
        _changes(found.series.changes), _survival(found.lull),
        f'<p class="safe">Not for operational safety decisions.</p></main><script>{script}</script></body></html>\n',
    ))  # fmt: skip


def paper_svg(found: Tracked) -> str:
    """The picture alone, for papers and slides: its style inside, its day and source line below; "" without days."""
    drawing = timeline(found.series, found.lull, found.tripwires, forecasts=found.forecasts, width=WIDE)
    if not drawing:
        return ""
    start = drawing.index(">") + 1
    view = drawing[drawing.index('viewBox="') + 9 :].split('"', 1)[0].split()
    height = float(view[3])
    keys = [_PAPER_KEY, *([_PAPER_AHEAD] if found.forecasts else [])]
    tall = height + 50 + 15 * len(keys)
    head = drawing[:start].replace(
        f'viewBox="{" ".join(view)}"',
        f'viewBox="0 -30 {WIDE} {tall:.0f}" width="{WIDE}" height="{tall:.0f}"',
    )
    title = f'<text x="8" y="-12" style="font-size:15px;font-weight:600;fill:#1b1b1b">{safe(found.dyad.name)}</text>'
    foot = f"As known {found.as_of}. {state_words(found.lull)}. Drawn by Detente from published reports."
    ground = f'<rect x="0" y="-30" width="{WIDE}" height="{tall:.0f}" fill="#fff"/>'
    note = "".join(
        f'<text x="8" y="{height + 13 + 15 * n:.0f}">{safe(line)}</text>' for n, line in enumerate((*keys, foot))
    )
    return f"{head}<style>{asset('chart.css')}</style>{ground}{title}{drawing[start : -len('</svg>')]}{note}</svg>\n"


def paper_png(found: Tracked, zoom: float = 2.5) -> bytes:
    """The same as PNG, 2,400 pixels wide; needs the `pictures` extra. Raises ImportError without it."""
    from resvg_py import svg_to_bytes

    return bytes(svg_to_bytes(svg_string=paper_svg(found), zoom=zoom, background="#ffffff"))
