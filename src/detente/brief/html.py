"""A brief as one self-contained HTML page: inline style and script, no network, readable without script."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from detente.brief.figure import asset, figure, safe
from detente.brief.notes import Note, Notes
from detente.records import Article, Block, Brief, Forecast, Incident, Lull, Sentence, Series, Tripwire

POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"  # fmt: skip


def _marked(sentence: Sentence, notes: Notes) -> str:
    links = "".join(f'<a class="note" href="#n{n}">{n}</a>' for n in notes.of(sentence))
    why = f' title="Computed: {safe(sentence.computed)}"' if sentence.computed and not sentence.evidence else ""
    kind = ' class="editorial"' if sentence.editorial else ""
    return f"<span{why}{kind}>{safe(sentence.text)}</span>" + (f"<sup>{links}</sup>" if links else "")


def _table(block: Block, notes: Notes) -> str:
    head = "".join(f'<th scope="col">{safe(each)}</th>' for each in block.header)
    rows = []
    for row in block.rows:
        names = [*block.header, *[""] * len(row)]
        cells = "".join(f'<td data-head="{safe(name)}">{_marked(cell, notes)}</td>' for name, cell in zip(names, row, strict=False))  # fmt: skip
        rows.append(f"<tr>{cells}</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _block(block: Block, notes: Notes) -> str:
    out = [f"<section><h2>{safe(block.heading)}</h2>"]
    if block.kind == "list":
        out.append("<ul>" + "".join(f"<li>{_marked(each, notes)}</li>" for each in block.sentences) + "</ul>")
    elif block.sentences:
        out.append("<p>" + " ".join(_marked(each, notes) for each in block.sentences) + "</p>")
    if block.rows:
        out.append(_table(block, notes))
    return "".join(out) + "</section>"


def _note(note: Note) -> str:
    link = f' <a href="{safe(note.link)}" rel="noopener noreferrer">report</a>' if note.link else ""
    paragraph = f'<p class="para">{safe(note.before)}<mark>{safe(note.exact)}</mark>{safe(note.after)}</p>'
    return (f'<li id="n{note.number}" value="{note.number}"><span class="src">{safe(note.source)}</span>{link}'
            f"<details><summary>the words in their paragraph</summary>{paragraph}</details></li>")  # fmt: skip


def to_html(brief: Brief, articles: Mapping[str, Article], series: Series | None = None, *, lull: Lull | None = None,
            tripwires: Sequence[Tripwire] = (), incidents: Sequence[Incident] = (),
            forecasts: Sequence[Forecast] = ()) -> str:  # fmt: skip
    """One HTML file as text; `lull`, `tripwires` and `forecasts` add to the chart of `series`, `incidents` to its marks."""
    notes = Notes(brief, articles)
    chart = figure(series, lull, tripwires, incidents, forecasts) if series else ""
    style = asset("page.css") + asset("figure.css") + asset("chart.css")
    script = asset("page.js") + (asset("chart.js") if chart else "")
    top = " · ".join(safe(each) for each in (brief.section, brief.stamp, brief.dyad or "") if each)
    evidence = f'<section class="notes"><h2>Evidence</h2><ol>{"".join(map(_note, notes.all))}</ol></section>'
    return "".join((
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{safe(brief.headline.text)}</title><style>{style}</style></head><body><main>",
        f'<p class="top">{top}</p><h1>{_marked(brief.headline, notes)}</h1>',
        f'<p class="stand">{_marked(brief.standfirst, notes)}</p>',
        chart,
        *(_block(block, notes) for block in brief.blocks),
        evidence if notes.all else "",
        f'<p class="safe">Not for operational safety decisions.</p></main><script>{script}</script></body></html>\n',
    ))  # fmt: skip
