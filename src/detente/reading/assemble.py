"""From judged paragraphs to an article's text, zones and the map back to the raw text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.reading.datelines import find_dateline
from detente.reading.layout import Block, line_of
from detente.reading.text import PieceMap, join_pieces
from detente.records import Piece, Zone

_OPENING = 3
_KEPT = frozenset({"body", "caption", "subhead"})


@dataclass(frozen=True, slots=True)
class Assembled:
    """The working text with its zones, and the dateline it opens with."""

    text: str
    zones: tuple[Zone, ...]
    pieces: tuple[Piece, ...]
    dateline: str | None


def assemble(text: str, blocks: Sequence[Block], back: PieceMap) -> Assembled:
    """Join the kept blocks; a gap where furniture stood keeps the widest break around it, at most one empty line."""
    parts: list[str] = []
    pieces: list[Piece] = []
    zones: list[Zone] = []
    dateline: str | None = None
    length, breaks, opened, last = 0, 0, 0, -1
    for block in blocks:
        breaks = max(breaks, block.breaks)
        if block.role not in _KEPT:
            last = -1
            continue
        if parts:
            gap = "\n\n" if breaks != 1 else "\n"
            if last >= 0 and text[last : block.start] == gap:
                pieces.extend(back.cut(last, block.start, length))
            parts.append(gap)
            length += len(gap)
        body = line_of(text, block)
        pieces.extend(_lines(text, block, back, length))
        parts.append(body)
        if block.role == "caption":
            zones.append(Zone("caption", length, length + len(body), block.credit))
        elif block.role == "subhead":
            zones.append(Zone("subhead", length, length + len(body)))
        elif opened < _OPENING:
            # A standfirst may stand above the paragraph that carries the dateline.
            opened += 1
            found = find_dateline(body)
            if found is not None:
                opened = _OPENING
                dateline = found.text or None
                zones.append(Zone("dateline", length, length + len(body[: found.end].rstrip()), found.agency))
        length += len(body)
        breaks, last = 0, block.end
    return Assembled("".join(parts), tuple(zones), join_pieces(pieces), dateline)


def _lines(text: str, block: Block, back: PieceMap, to: int) -> list[Piece]:
    """Return the pieces of a block, without the line ends of a wrapped paragraph (they are spaces now)."""
    if not block.wrapped:
        return back.cut(block.start, block.end, to)
    pieces: list[Piece] = []
    start = block.start
    while start < block.end:
        stop = text.find("\n", start, block.end)
        stop = block.end if stop < 0 else stop
        pieces += back.cut(start, stop, to + start - block.start)
        start = stop + 1
    return pieces
