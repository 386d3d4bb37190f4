"""What changed between two texts, sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from detente.brief.check import sentences
from detente.records import Brief


@dataclass(frozen=True, slots=True)
class Change:
    """Words taken out, words put in; either may be empty."""

    kind: Literal["new", "gone", "changed"]
    before: str
    after: str


def _lines(brief: Brief) -> list[str]:
    """Headings stand among the sentences, so that a renamed part shows."""
    found = [brief.headline.text, brief.standfirst.text]
    for block in brief.blocks:
        found.append(block.heading)
        found += [each.text for each in block.sentences]
        found += [" · ".join(cell.text for cell in row) for row in block.rows]
    return found


def changed(before: Brief, after: Brief) -> list[Change]:
    """Every difference, in reading order; sentences whose evidence alone changed are among them."""
    one, two = _lines(before), _lines(after)
    found: list[Change] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for n in range(max(b - a, d - c)):
            old, new = one[a + n] if a + n < b else "", two[c + n] if c + n < d else ""
            found.append(Change("changed" if old and new else "new" if new else "gone", old, new))
    held = {each.text: each for each in sentences(before)}
    for each in sentences(after):
        was = held.get(each.text)
        if was is not None and (was.evidence, was.editorial) != (each.evidence, each.editorial):
            found.append(Change("changed", each.text, each.text))
    return found
