"""The backtest as one self-contained HTML page: tables, and reliability diagrams drawn as inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from detente.outlook.backtest import Scores

SIDE, PAD = 260, 38
STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:1.5rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
h1{font-size:1.5rem;line-height:1.25;overflow-wrap:anywhere}h2{margin-top:2.5rem;border-top:2px solid #1a1a1a;padding-top:.5rem}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:.9rem}
th,td{padding:.3rem .5rem;text-align:right;border-bottom:1px solid #ddd;white-space:nowrap}
th{vertical-align:bottom;white-space:normal}
th:first-child,td:first-child{text-align:left;position:sticky;left:0;background:#fff;white-space:normal;min-width:7rem}
tr.main td{font-weight:600;background:#eef4f8}.wide{overflow-x:auto;margin:1rem 0}
.row{display:flex;flex-wrap:wrap;gap:1rem}figure{margin:0;flex:1 1 16rem;max-width:24rem}svg{width:100%;height:auto}
figcaption{font-size:.85rem}
"""
COLUMNS = (
    "model", "skill", "90 % interval", "skill, first forecasts", "AUC", "calibration error", "by chance alone", "log score", "Brier",
    "skill v test base rate", "forecasts",
)  # fmt: skip
BLUE, ORANGE = "#0072b2", "#d55e00"  # told apart by every kind of colour vision, and by their marks


def _table(header: Sequence[str], rows: Sequence[Sequence[str]], main: str | None = None) -> str:
    head = "".join(f"<th scope='col'>{escape(h)}</th>" for h in header)
    body = "".join(
        f"<tr{' class=main' if row[0] == main else ''}>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>"
        for row in rows
    )
    return f"<div class='wide'><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def _signed(value: float, places: int = 3) -> str:
    """A figure that can be below nought, with a minus sign; what rounds to nought has none."""
    text = f"{value:.{places}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "−")


def _row(s: Scores) -> tuple[str, ...]:
    return (
        s.model, _signed(s.skill), f"{_signed(s.skill_low)} to {_signed(s.skill_high)}", _signed(s.skill_first), f"{s.auc:.3f}",
        f"{s.ece:.3f}", f"{s.ece_chance:.3f}", f"{s.log_score:.3f}", f"{s.brier:.4f}", _signed(s.skill_base), str(s.n),
    )  # fmt: skip


def _verdict(own: Sequence[Scores], main: Scores) -> str:
    """The result in one or two sentences, whichever way it went."""
    others = [s for s in own if s is not main]
    sure = "above nought" if main.skill_low > 0 else "not clear of nought"
    text = f"{main.model[:1].upper()}{main.model[1:]}: skill {_signed(main.skill)} over the base rate ({sure}), calibration error {main.ece:.3f}."
    if others:
        best = max(others, key=lambda s: s.skill)
        gain = 1 - main.brier / best.brier
        side = "better" if gain > 0 else "worse"
        text += (
            f" In Brier score it is {abs(gain):.1%} {side} than the best of the others, picked after the fact "
            f"({best.model}, skill {_signed(best.skill)})."
        )
    return text


def reliability_svg(s: Scores, colour: str = BLUE) -> str:
    """What was said (across) against what happened (up); the dashed line is perfect calibration."""
    span = SIDE - 2 * PAD

    def at(across: float, up: float) -> tuple[float, float]:
        return PAD + across * span, SIDE - PAD - up * span

    points = [(*at(b.said, b.happened), b) for b in s.reliability]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    dots = "".join(
        f"<circle cx='{x:.1f}' cy='{y:.1f}' r='4' fill='{colour}'><title>{b.n} forecasts: said {b.said:.0%}, happened {b.happened:.0%}</title></circle>"
        for x, y, b in points
    )
    ticks = "".join(
        f"<text x='{at(v, 0)[0]:.0f}' y='{SIDE - PAD + 16}' text-anchor='middle'>{v:.0%}</text>"
        f"<text x='{PAD - 5}' y='{at(0, v)[1] + 4:.0f}' text-anchor='end'>{v:.0%}</text>"
        for v in (0.0, 0.5, 1.0)
    )
    (x0, y0), (x1, y1) = at(0, 0), at(1, 1)
    return (
        f"<svg viewBox='0 0 {SIDE} {SIDE}' role='img' font-size='11' "
        f"aria-label='Reliability of {escape(s.model, quote=True)} at {s.horizon} days'>"
        f"<rect x='{x0}' y='{y1}' width='{span}' height='{span}' fill='none' stroke='#999'/>"
        f"<line x1='{x0}' y1='{y0}' x2='{x1}' y2='{y1}' stroke='#999' stroke-dasharray='4 4'/>"
        f"<polyline points='{line}' fill='none' stroke='{colour}' stroke-width='1.5'/>{dots}{ticks}"
        f"<text x='{SIDE / 2}' y='{SIDE - 3}' text-anchor='middle'>said</text></svg>"
    )


def report_html(results: Sequence[Scores], title: str = "Backtest of the outlook", main: str = "outlook") -> str:
    """One HTML page without scripts or outside files; `main` is the model that is drawn and told of first.

    Where it was not run, the best model of each horizon takes its place.
    """
    parts = [f"<h1>{escape(title)}</h1><p>Skill is 1 − Brier / Brier of the reference: 0 is no better than it, 1 is perfect, "
             "below 0 is worse. The reference is the share of resumed lulls in the training period. Intervals are 90 %, by "
             "bootstrap over dyads. First forecasts are those made on the day on which a pause counts as a lull. "
             "Calibration error by chance alone is what exact probabilities, as few and as overlapping, would show. "
             "The Brier score is the mean squared error of the probabilities, the log score their mean surprise in nats: 0 is best of "
             "both. The AUC is how often a lull that ended was given the higher chance of two: 0.5 is guessing.</p>"]  # fmt: skip
    for horizon in sorted({s.horizon for s in results}):
        own = sorted((s for s in results if s.horizon == horizon), key=lambda s: -s.skill)
        told = next((s for s in own if s.model == main), own[0])
        drawn = [told, *[s for s in own if s is not told and len(s.reliability) > 1][:1]]
        parts.append(
            f"<h2>Within {horizon} days</h2><p><strong>{escape(_verdict(own, told))}</strong> {told.n} forecasts in "
            f"{told.units} dyads; violence resumed after {told.base_test:.0%} of them, {told.base_train:.0%} in the "
            "training period.</p>"
        )
        parts.append(_table(COLUMNS, [_row(s) for s in own], told.model))
        figures = "".join(
            f"<figure>{reliability_svg(s, BLUE if s is told else ORANGE)}<figcaption>{escape(s.model)}: what was said "
            "(across) and what happened (up), in ten groups; on the dashed line both agree.</figcaption></figure>"
            for s in drawn
        )
        parts.append(f"<div class='row'>{figures}</div>")
        rows = [(unit, str(n), f"{b:.3f}", _signed(skill, 2)) for unit, n, b, skill in told.by_unit[:20]]
        parts.append(
            f"<h3>By dyad, the most forecast first</h3>{_table(('dyad', 'forecasts', 'Brier', 'skill'), rows)}"
        )
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><meta name='viewport' "
        f"content='width=device-width,initial-scale=1'><title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body>{''.join(parts)}</body></html>\n"
    )
