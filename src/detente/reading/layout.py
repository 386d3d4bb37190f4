"""Paragraphs and what each is: heading, byline, caption, subhead, furniture or the report itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from detente.reading.captions import find_caption
from detente.reading.datelines import find_byline, is_date_line
from detente.reading.furniture import is_correction, is_ending, is_furniture
from detente.reading.text import squeeze

Role = Literal["body", "caption", "subhead", "furniture", "title", "section", "byline", "date", "correction"]

_PARAGRAPH = re.compile(r"[^\n]+")
_ENDS = re.compile(r"[.!?…:;,،؟。”\"'»)\]]$")
_SENTENCE_END = re.compile(r"[.!?…؟。][”\"'’»)\]]*$")
_BREADCRUMB = re.compile(r"[^.!?]{2,60}(?:\s[>›»/|]\s[^.!?]{2,60})+")
_HEADER_LINES = 10
_LONG = 160
_MOST_BLOCKS = 20_000


@dataclass(slots=True)
class Block:
    """One paragraph, text[start:end]; `breaks` line ends stand before it."""

    start: int
    end: int
    breaks: int
    role: Role = "body"
    credit: str | None = None
    fixed: bool = False  # the markup said so, or it is too far down to judge: no rule changes it
    wrapped: bool = False  # its line ends are those of a fixed width


def split(text: str) -> list[Block]:
    """Cut a clean text into paragraphs: one per line, but lines wrapped at a fixed width are one paragraph."""
    blocks: list[Block] = []
    group: list[Block] = []  # lines with no empty line between them
    last = 0
    for match in _PARAGRAPH.finditer(text):
        line = match[0]
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        block = Block(start, start + len(stripped), text.count("\n", last, start))
        if len(blocks) >= _MOST_BLOCKS:
            # No report is that long, and time is not endless: what is left stays as it is.
            return [*blocks, *group, Block(start, len(text.rstrip()), block.breaks, fixed=True)]
        if block.breaks != 1 or len(group) >= _MOST_BLOCKS:
            blocks += _unwrapped(text, group)
            group = []
        group.append(block)
        last = block.end
    return blocks + _unwrapped(text, group)


def _unwrapped(text: str, group: list[Block]) -> list[Block]:
    """Join the lines of one paragraph that was wrapped at 50 to 110 characters."""
    above = [line_of(text, block) for block in group[:-1]]
    if not above or not all(50 <= len(line) <= 110 for line in above):
        return group
    runs_on = sum(not _SENTENCE_END.search(line) for line in above)
    lower = sum(text[block.start].islower() for block in group[1:])
    if max(map(len, above)) - min(map(len, above)) > 25 or runs_on < 0.6 * len(above) or 2 * lower < len(above):
        return group
    if any(is_furniture(line) for line in above) or group[-1].end - group[-1].start > 110:
        return group
    return [Block(group[0].start, group[-1].end, group[0].breaks, wrapped=True)]


def line_of(text: str, block: Block) -> str:
    """Return a block's own text as one line."""
    line = text[block.start : block.end]
    return line.replace("\n", " ") if block.wrapped else line


def mark_lines(text: str, blocks: Sequence[Block]) -> None:
    """Give furniture, corrections and captions their roles, each line judged by itself."""
    for index, block in enumerate(blocks):
        if block.fixed:
            continue
        line = line_of(text, block)
        if is_correction(line):
            block.role = "correction"
        elif is_furniture(line):
            block.role = "furniture"
        else:
            _mark_caption(text, blocks, index, line)


def _mark_caption(text: str, blocks: Sequence[Block], index: int, line: str) -> None:
    found = find_caption(line)
    if found is None:
        return
    block = blocks[index]
    block.role, block.credit = "caption", found.credit
    above = blocks[index - 1] if index else None
    # A credit on a line of its own belongs to the description right above it.
    if found.alone and above is not None and above.role == "body" and block.breaks == 1 and above.breaks != 1:
        above.role, above.credit = "caption", found.credit


def mark_header(text: str, blocks: Sequence[Block], *, guess_title: bool) -> None:
    """Find title, section, byline and date among the lines above the first paragraph of the report."""
    first = next((i for i, block in enumerate(blocks) if _opens_report(line_of(text, block), block)), None)
    if first is None or first > _HEADER_LINES:
        # No report below: a few lines of text are all there is, and only their byline can be told apart.
        first = 0
        only = [block for block in blocks if block.role == "body" and not block.fixed]
        if guess_title and len(only) == 1 and not _SENTENCE_END.search(line_of(text, only[0])):
            only[0].role = "title"
    names: list[Block] = []
    for block in blocks[:first]:
        line = line_of(text, block)
        if block.role != "body" or block.fixed:
            continue
        if find_byline(line) is not None:
            block.role = "byline"
        elif is_date_line(line):
            block.role = "date"
        else:
            names.append(block)
    if guess_title and names:
        _mark_title(text, names)
    _mark_byline_below(text, blocks, first)


def _mark_byline_below(text: str, blocks: Sequence[Block], first: int) -> None:
    for block in blocks[first : first + 3]:
        line = line_of(text, block)
        if block.role == "body" and not block.fixed and not _SENTENCE_END.search(line) and find_byline(line):
            block.role = "byline"


def _opens_report(line: str, block: Block) -> bool:
    if block.role != "body" or block.fixed or find_byline(line) or is_date_line(line):
        return False
    return len(line) >= _LONG or (len(line.split()) >= 8 and _SENTENCE_END.search(line) is not None)


def _mark_title(text: str, names: Sequence[Block]) -> None:
    lines = [line_of(text, block) for block in names]
    title = next(
        (i for i, line in enumerate(lines) if len(line.split()) >= 4 and not _BREADCRUMB.fullmatch(line)), None
    )
    if title is None:
        title = max(range(len(lines)), key=lambda i: len(lines[i]))
    names[title].role = "title"
    for block, line in zip(names[:title], lines[:title], strict=True):
        block.role = "section" if len(line) <= 80 else "body"
    # The nearest line above the title says most: a breadcrumb further up only repeats it.
    for block in names[: max(title - 1, 0)]:
        block.role = "furniture" if block.role == "section" else block.role
    # Lines between title and report are its standfirst when they say something, else the page's labels.
    for block, line in zip(names[title + 1 :], lines[title + 1 :], strict=True):
        if len(line.split()) < 3:
            block.role = "furniture"


def mark_title_repeats(text: str, blocks: Sequence[Block], titles: Sequence[str]) -> None:
    """Take out the lines near the top that only repeat a title already known."""
    known = {squeeze(title) for title in titles} - {""}
    for block in blocks[:_HEADER_LINES]:
        if (
            block.role in {"body", "subhead"}
            and block.end - block.start < 400
            and squeeze(line_of(text, block)) in known
        ):
            block.role = "title"


def mark_tail(text: str, blocks: Sequence[Block]) -> None:
    """Take out readers' comments and lists of other stories that stand below the report."""
    total = sum(block.end - block.start for block in blocks if block.role == "body")
    seen = paragraphs = 0
    for index, block in enumerate(blocks):
        if block.role == "body":
            seen += block.end - block.start
            paragraphs += 1
        elif block.role == "furniture" and not block.fixed and paragraphs >= 3 and seen >= 0.6 * total:
            if not is_ending(line_of(text, block)):
                continue
            for later in blocks[index + 1 :]:
                if not later.fixed and later.role != "correction":
                    later.role = "furniture"
            return


def mark_subheads(text: str, blocks: Sequence[Block]) -> None:
    """Mark short lines without a full stop that stand between paragraphs of the report."""
    body = [block for block in blocks if block.role in {"body", "subhead"}]
    for index, block in enumerate(body[:-1]):
        if block.role != "body" or block.fixed:
            continue
        line, below = line_of(text, block), line_of(text, body[index + 1])
        short = len(line) <= 80 and len(line.split()) <= 10 and not _ENDS.search(line)
        opens = line[0].isupper() or line[0].isdigit() or not line[0].isascii()
        if short and opens and len(below) > len(line) and (len(below) >= 80 or _SENTENCE_END.search(below)):
            block.role = "subhead"
