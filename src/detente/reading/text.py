"""Characters: what a reader of the page cannot see is folded away, and every kept character can be found again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from detente.records import Piece

# Soft hyphen, zero-width and directional marks carry no words; a CR before its LF is half a line end.
_DROPPED = re.compile("(?:[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|\r(?=\n))+")
_MOST_RUNS = 300_000
_LINE_ENDS = "\r\v\f\x85\u2028\u2029"
_SPACES = "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_FOLD: dict[int, str] = dict.fromkeys([*range(32), *range(127, 160)], " ")
_FOLD.update({ord(character): " " for character in _SPACES})
_FOLD.update({ord(character): "\n" for character in _LINE_ENDS + "\n"})
_FOLD.update(dict.fromkeys(range(55296, 57344), "�"))


def fold(raw: str) -> str:
    """Replace control characters, odd spaces, line ends and lone surrogates one for one; same length as `raw`."""
    return raw.translate(_FOLD)


def clean(raw: str) -> tuple[str, tuple[Piece, ...]]:
    """Return the readable text of `raw` and where each run of it stands in `raw`.

    A text with more than 300,000 invisible marks keeps them: no report has so many, and the map would be vast.
    """
    runs: list[tuple[int, int]] = []
    at = 0
    for match in _DROPPED.finditer(raw):
        if match.start() > at:
            runs.append((at, match.start()))
        at = match.end()
    if at < len(raw):
        runs.append((at, len(raw)))
    if len(runs) > _MOST_RUNS:
        return fold(raw), (Piece(0, 0, len(raw)),)
    pieces: list[Piece] = []
    start = 0
    for begin, end in runs:
        pieces.append(Piece(start, begin, end - begin))
        start += end - begin
    return fold("".join(raw[begin:end] for begin, end in runs)), tuple(pieces)


def tidy(value: str) -> str:
    """Return a one-line field (a title, a name): cleaned, white space collapsed."""
    return " ".join(clean(value)[0].split())


def squeeze(value: str) -> str:
    """Return only the letters and digits of `value`, lower-cased, to compare wording across layouts."""
    return re.sub(r"[\W_]+", "", value).casefold()


def raw_position(pieces: Sequence[Piece], position: int) -> int | None:
    """Return where the character at `position` stands in the raw text, or None where it was put in by us."""
    index = bisect_right(pieces, position, key=lambda piece: piece.start) - 1
    if index < 0:
        return None
    piece = pieces[index]
    offset = position - piece.start
    return piece.raw_start + offset if offset < piece.length else None


class PieceMap:
    """Cuts stretches out of pieces that are sorted by their start."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = tuple(pieces)
        self._starts = [piece.start for piece in self.pieces]

    def cut(self, start: int, end: int, to: int) -> list[Piece]:
        """Return the pieces of [start, end), moved so that `start` comes to stand at `to`."""
        found: list[Piece] = []
        index = max(bisect_right(self._starts, start) - 1, 0)
        while index < len(self.pieces) and self.pieces[index].start < end:
            piece = self.pieces[index]
            first, last = max(piece.start, start), min(piece.start + piece.length, end)
            if last > first:
                found.append(Piece(to + first - start, piece.raw_start + first - piece.start, last - first))
            index += 1
        return found


def join_pieces(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Merge neighbours that run on in both texts."""
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.start + last.length == piece.start
            and last.raw_start + last.length == piece.raw_start
        ):
            merged[-1] = Piece(last.start, last.raw_start, last.length + piece.length)
        else:
            merged.append(piece)
    return tuple(merged)
