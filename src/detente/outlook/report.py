"""The backtest as one self-contained HTML page: tables, and reliability diagrams drawn as inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from detente.outlook.backtest import Scores

SIDE, PAD = 260, 34
STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
table{border-collapse:collapse;width:100%;margin:1rem 0;font-variant-numeric:tabular-nums}
th,td{padding:.25rem .5rem;text-align:right;border-bottom:1px solid #ddd}
th:first-child,td:first-child{text-align:left}
.wide{overflow-x:auto}figure{display:inline-block;margin:0 1rem 1rem 0}figcaption{font-size:.85rem;max-width:18rem}
"""
COLUMNS = (
    "model", "forecasts", "Brier", "skill", "90 % interval", "skill v test base rate", "skill, first forecasts",
    "log score", "AUC", "ECE",
)  # fmt: skip


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th scope='col'>{escape(h)}</th>" for h in header)
    body = "".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows)
    return f"<div class='wide'><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def _row(s: Scores) -> tuple[str, ...]:
    return (
        s.model, str(s.n), f"{s.brier:.4f}", f"{s.skill:.3f}", f"{s.skill_low:.3f} to {s.skill_high:.3f}",
        f"{s.skill_base:.3f}", f"{s.skill_first:.3f}", f"{s.log_score:.3f}", f"{s.auc:.3f}", f"{s.ece:.3f}",
    )  # fmt: skip


def reliability_svg(s: Scores) -> str:
    """What was said (across) against what happened (up); the dashed line is perfect calibration."""
    span = SIDE - 2 * PAD

    def at(across: float, up: float) -> tuple[float, float]:
        return PAD + across * span, SIDE - PAD - up * span

    largest = max(b.n for b in s.reliability)
    points = [(*at(b.said, b.happened), b) for b in s.reliability]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in points)
    dots = "".join(
        f"<circle cx='{x:.1f}' cy='{y:.1f}' r='{2 + 3 * (b.n / largest) ** 0.5:.1f}' fill='#0072b2'>"
        f"<title>{b.n} forecasts: said {b.said:.0%}, happened {b.happened:.0%}</title></circle>"
        for x, y, b in points
    )
    ticks = "".join(
        f"<text x='{at(v, 0)[0]:.0f}' y='{SIDE - PAD + 16}' text-anchor='middle'>{v:.0%}</text>"
        f"<text x='{PAD - 5}' y='{at(0, v)[1] + 4:.0f}' text-anchor='end'>{v:.0%}</text>"
        for v in (0.0, 0.5, 1.0)
    )
    (x0, y0), (x1, y1) = at(0, 0), at(1, 1)
    return (
        f"<svg viewBox='0 0 {SIDE} {SIDE}' width='{SIDE}' height='{SIDE}' role='img' font-size='11' "
        f"aria-label='Reliability of {escape(s.model, quote=True)} at {s.horizon} days'>"
        f"<rect x='{x0}' y='{y1}' width='{span}' height='{span}' fill='none' stroke='#999'/>"
        f"<line x1='{x0}' y1='{y0}' x2='{x1}' y2='{y1}' stroke='#999' stroke-dasharray='4 4'/>"
        f"<polyline points='{line}' fill='none' stroke='#0072b2' stroke-width='1.5'/>{dots}{ticks}"
        f"<text x='{SIDE / 2}' y='{SIDE - 3}' text-anchor='middle'>said</text></svg>"
    )


def report_html(results: Sequence[Scores], title: str = "Backtest of the outlook") -> str:
    """One HTML page without scripts or outside files, from the scores of any number of models and horizons."""
    parts = [f"<h1>{escape(title)}</h1><p>Skill is 1 − Brier / Brier of the reference; 0 is no better than it, 1 is perfect. "
             "The main reference is the share of resumed lulls in the training period. Intervals are 90 %, by bootstrap "
             "over dyads. First forecasts are those made on the day a pause counts as a lull.</p>"]  # fmt: skip
    for horizon in sorted({s.horizon for s in results}):
        own = sorted((s for s in results if s.horizon == horizon), key=lambda s: -s.skill)
        first = own[0]
        parts.append(
            f"<h2>Within {horizon} days</h2><p>{first.n} forecasts in {first.units} dyads; violence resumed after "
            f"{first.base_test:.0%} of them, {first.base_train:.0%} in the training period.</p>"
        )
        parts.append(_table(COLUMNS, [_row(s) for s in own]))
        parts += [
            f"<figure>{reliability_svg(s)}<figcaption>{escape(s.model)}: AUC {s.auc:.2f}, calibration error {s.ece:.3f}"
            "</figcaption></figure>"
            for s in own
        ]
        rows = [(unit, str(n), f"{b:.3f}", f"{skill:.2f}") for unit, n, b, skill in first.by_unit[:20]]
        parts.append(f"<h3>By dyad: {escape(first.model)}</h3>" + _table(("dyad", "forecasts", "Brier", "skill"), rows))
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><meta name='viewport' "
        f"content='width=device-width,initial-scale=1'><title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body>{''.join(parts)}</body></html>\n"
    )
