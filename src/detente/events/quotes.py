"""Quotations in plain text: straight, curly, guillemets and low quotes, over several paragraphs.

A quotation that runs over paragraphs opens anew at each one and closes only at the last; each of its
paragraphs is one `Quote`, joined by `continues`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PAIRS = {"“": "”", "«": "»", "„": "“”", "‹": "›"}
_MARK = re.compile("[“«„‹\"]|''|``")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")


@dataclass(frozen=True, slots=True)
class Quote:
    """text[start:end] with its marks; `continues` the one before, across a paragraph break."""

    start: int
    end: int
    continues: bool = False


def find_quotes(text: str) -> list[Quote]:
    """Every outermost quotation of `text`, in order; marks that never close end with their paragraph."""
    found: list[Quote] = []
    if _MARK.search(text) is None:
        return found
    unclosed = False
    for paragraph in _PARAGRAPH.finditer(text):
        quotes, open_end = _in_paragraph(text, paragraph.start(), paragraph.end())
        if quotes and unclosed and not text[paragraph.start() : quotes[0].start].strip():
            quotes[0] = Quote(quotes[0].start, quotes[0].end, continues=True)
        found += quotes
        unclosed = open_end
    return found


def _in_paragraph(text: str, start: int, end: int) -> tuple[list[Quote], bool]:
    """The quotations of one paragraph, and whether the last one never closed."""
    found: list[Quote] = []
    opened: int | None = None
    closers = ""
    for i in range(start, end):
        char = text[i]
        if opened is None:
            if char in _PAIRS or (char == '"' and not _is_inch(text, i)):
                opened, closers = i, _PAIRS.get(char, '"')
            elif text.startswith("''", i) or text.startswith("``", i):
                opened, closers = i, "'"
        elif char in closers and (closers != "'" or text.startswith("''", i)) and i > opened + 1:
            found.append(Quote(opened, i + (2 if closers == "'" else 1)))
            opened = None
    if opened is None:
        return found, False
    found.append(Quote(opened, end))
    return found, True


def _is_inch(text: str, i: int) -> bool:
    return i > 0 and text[i - 1].isdigit() and not text[i + 1 : i + 2].isalpha()


def inside(quotes: list[Quote], at: int) -> Quote | None:
    """The quotation that holds offset `at`, if any."""
    return next((q for q in quotes if q.start <= at < q.end), None)
