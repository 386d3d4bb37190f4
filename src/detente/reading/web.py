"""HTML pages: which of the visible paragraphs are the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lxml import etree

from detente.reading.captions import find_caption
from detente.reading.layout import Block
from detente.reading.markup import Seen, Shown
from detente.reading.text import squeeze

_FEWEST_LETTERS = 80
# Beyond these trafilatura takes longer than a reader will wait; no news report is as long or nested as deep.
_LARGEST = 3_000_000  # bytes
_MOST_BLOCKS = 6_000
_DEEPEST = 400
_WINDOW = 40_000
_HERO = 12


def main_text(seen: Seen, size: int) -> str:
    """Return the report's text by trafilatura's judgement; "" where it finds none or the page (in bytes) is too big."""
    if size > _LARGEST or len(seen.blocks) > _MOST_BLOCKS or seen.depth > _DEEPEST:
        return ""
    from trafilatura import bare_extraction  # slow to load, and most runs read no page

    try:
        found = bare_extraction(seen.root, include_comments=False, include_tables=True, with_metadata=False)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, etree.LxmlError):
        return ""
    text = getattr(found, "text", None)
    return text if isinstance(text, str) else ""


def choose(seen: Seen, size: int) -> list[bool]:
    """Say for each visible paragraph whether it belongs to the report (captions are judged apart)."""
    shown, extracted = seen.blocks, main_text(seen, size)
    whole = squeeze(extracted)
    if len(whole) < _FEWEST_LETTERS:
        return _choose_by_markup(shown)
    lines = {squeeze(line) for line in extracted.split("\n")}
    kept: list[bool] = []
    at = 0
    for item in shown:
        wanted = squeeze(item.text)
        # Paragraphs come in the page's order, so a repeat further up (a teaser) is not taken for the report.
        found = whole.find(wanted, at, at + len(wanted) + _WINDOW) if len(wanted) >= 20 else -1
        if found >= 0:
            at = found + len(wanted)
        kept.append(bool(wanted) and (found >= 0 or wanted in lines))
    return kept


def _choose_by_markup(shown: Sequence[Shown]) -> list[bool]:
    inside = any(item.around.article and item.around.tag == "p" for item in shown)
    wanted = [
        not (item.around.part or item.around.title or item.alt or item.around.caption)
        and (item.around.article or not inside)
        for item in shown
    ]
    paragraphs = [ok and item.around.tag in {"p", "blockquote", "pre"} for ok, item in zip(wanted, shown, strict=True)]
    return paragraphs if any(paragraphs) else wanted


def _is_caption(shown: Sequence[Shown], index: int, first: int, last: int, alts: Counter[str]) -> bool:
    item = shown[index]
    if not item.around.caption or item.around.part or not first - _HERO <= index <= last + 1:
        return False
    if not item.alt:
        return True
    near = shown[max(index - 2, 0) : index + 3]
    described = any(other.around.caption and not other.alt for other in near)
    return not described and alts[squeeze(item.text)] == 1


def page_text_of(shown: Sequence[Shown]) -> str:
    """Return the visible text of a page, the text all offsets of its article map back to."""
    parts: list[str] = []
    for item in shown:
        if parts:
            parts.append("\n" * item.breaks)
        parts.append(item.text)
    return "".join(parts)


def judged_blocks(shown: Sequence[Shown], kept: Sequence[bool]) -> list[Block]:
    """Return the page's paragraphs as blocks of `page_text_of`, with the roles the markup gives them."""
    places = [index for index, keep in enumerate(kept) if keep]
    first, last = (places[0], places[-1]) if places else (0, -1)
    # A description that stands on several pictures is a logo or a teaser.
    alts = Counter(squeeze(item.text) for item in shown if item.alt)
    blocks: list[Block] = []
    at = 0
    for index, item in enumerate(shown):
        at += item.breaks if index else 0
        block = Block(at, at + len(item.text), item.breaks if index else 0)
        at = block.end
        if _is_caption(shown, index, first, last, alts):
            found = find_caption(item.text)
            block.role, block.fixed = "caption", True
            block.credit = item.credit or (found.credit if found is not None else None)
        elif item.around.title:
            block.role, block.fixed = "title", True
        elif not kept[index] or item.alt:
            block.role, block.fixed = "furniture", True
        elif item.around.heading:
            block.role = "subhead"
        blocks.append(block)
    return blocks
