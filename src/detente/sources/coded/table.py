"""Tables as received: plain, gzip or zip; one broken row never swallows those after it."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from zipfile import BadZipFile

from detente.records import InputError

DAMAGE = (BadZipFile, EOFError, OSError, zlib.error, NotImplementedError)  # what a damaged archive raises, half-way too
LONGEST = 1_000_000  # characters of one cell
_LINES = 400  # physical lines that one quoted row may run over


@dataclass(frozen=True, slots=True)
class Line:
    """Cells of one row, where it starts, and the text it was read from; `wrong` says why it cannot be a row."""

    number: int
    cells: list[str]
    source: str
    wrong: str = ""


@contextmanager
def opened(path: Path) -> Iterator[IO[str]]:
    """The file's text; bytes that are not UTF-8 come as lone surrogates. A zip must hold exactly one file."""
    kwargs = {"encoding": "utf-8-sig", "errors": "surrogateescape", "newline": ""}
    if path.suffix.lower() == ".gz":
        with gzip.open(path, "rt", **kwargs) as stream:  # type: ignore[call-overload]
            yield stream
    elif path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as archive:
            names = [each for each in archive.namelist() if not each.endswith("/") and not each.startswith("__MACOSX")]
            if len(names) != 1:
                raise InputError(f"{path}: holds {len(names)} files; unpack it and name the one to read")
            with archive.open(names[0]) as body, io.TextIOWrapper(body, **kwargs) as stream:  # type: ignore[arg-type]
                yield stream
    else:
        with open(path, **kwargs) as stream:  # type: ignore[call-overload]
            yield stream


def tab_lines(stream: IO[str]) -> Iterator[Line]:
    """Rows of a tab file without quoting; a cell wrapped in quotation marks, as some archives write it, is unwrapped."""
    for number, line in enumerate(stream, 1):
        body = line.rstrip("\r\n")
        if body.strip("\t \x00"):
            yield Line(number, [_unwrapped(cell) for cell in body.split("\t")], body)


def _unwrapped(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


class _Feed:
    """Physical lines with their numbers; lines can be handed back."""

    def __init__(self, stream: IO[str]):
        self._lines, self._back, self.taken = enumerate(stream, 1), deque[tuple[int, str]](), list[tuple[int, str]]()

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= _LINES:
            raise StopIteration
        number, line = self._back.popleft() if self._back else next(self._lines)
        self.taken.append((number, line))
        return line

    def more(self) -> bool:
        """Whether a line is left."""
        if not self._back:
            found = next(self._lines, None)
            if found is None:
                return False
            self._back.append(found)
        return True

    def hand_back(self, keep: int) -> None:
        """Give back all lines taken but the first `keep`."""
        self._back.extendleft(reversed(self.taken[keep:]))


def comma_lines(stream: IO[str], mark: str = ",") -> Iterator[Line]:
    """Rows of a CSV file; where an opening quotation mark is never closed, only its own line is lost.

    A row that runs over several lines and has another number of cells than the first row is taken for such a one.
    """
    csv.field_size_limit(LONGEST)
    feed, width = _Feed(stream), 0
    while feed.more():
        feed.taken = []
        wrong = ""
        try:
            cells = next(csv.reader(feed, delimiter=mark, strict=True), [])
        except csv.Error as error:
            cells, wrong = [], str(error)
        number, lines = feed.taken[0][0], feed.taken
        unclosed = bool(wrong) or len(lines) >= _LINES or (len(lines) > 1 and width and len(cells) != width)
        if unclosed:
            feed.hand_back(1)
            lines = lines[:1]
            wrong = wrong if wrong and "unexpected end" not in wrong else "an opening quotation mark is never closed"
        source = "".join(line for _, line in lines).rstrip("\r\n")
        width = width or len(cells)
        if source.strip():
            yield Line(number, cells, source, wrong)


def lines_of(stream: IO[str], mark: str) -> Iterator[Line]:
    """Rows of a table whose cells are parted by `mark`."""
    return tab_lines(stream) if mark == "\t" else comma_lines(stream, mark)
