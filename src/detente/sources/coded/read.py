"""Files of coded exports to rows: read one by one, and what cannot be read is set aside with its reason."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from detente.records import FAULTS, CodedRow, InputError, Quarantined
from detente.sources.coded import acled, gdelt, icews, ngec, polecat, ucdp
from detente.sources.coded.cells import midnight
from detente.sources.coded.formats import Format
from detente.sources.coded.sniff import Shape, sniff
from detente.sources.coded.table import DAMAGE, Line, lines_of, opened

HINDSIGHT = "taken as known on the day of the event"
_READERS: dict[str, Callable[[dict[str, str], dict[str, Any], str, str], CodedRow]] = {
    "acled": acled.read, "gdelt": gdelt.read, "icews": icews.read, "polecat": polecat.read, "ucdp": ucdp.read,
}  # fmt: skip
_VERSION = re.compile(r"v(\d{2}(?:_\d+){1,4})")


@dataclass(slots=True)
class Import:
    """How to read exports, and what was met on the way.

    `known_at` is the day the files were published, `hindsight` takes every row as known when its event was over;
    without either a row says itself since when it could be known, or nobody does. `countries` (ISO3) keep only rows
    placed there.
    """

    format: str | None = None
    known_at: date | None = None
    hindsight: bool = False
    countries: frozenset[str] = frozenset()
    read: dict[str, int] = field(default_factory=dict)  # rows by format
    unknown: int = 0  # rows without a time from which they were known
    elsewhere: int = 0  # rows left out by `countries`
    copies: int = 0  # exact copies of a row already read
    older: int = 0  # older versions of a row (ACLED)
    rejects: list[tuple[str, str]] = field(default_factory=list)  # file, the text of a row set aside
    headers: dict[str, str] = field(default_factory=dict)  # file -> its header row
    formats: dict[str, Format] = field(default_factory=dict)

    def rows(self, paths: Iterable[str]) -> Iterator[CodedRow | Quarantined]:
        """Rows of the files in order. Raises InputError, before anything is read, for a file that is no such export."""
        shapes = [(Path(path), self._shape(path)) for path in paths]
        newest = _newest([each for each in shapes if each[1].format.name == "acled"])
        seen: dict[str, int] = {}
        for path, shape in shapes:
            for found, source in _file(path, shape):
                if isinstance(found, Quarantined):
                    self._reject(path, source)
                    yield found
                    continue
                if found.format == "acled" and newest.get(found.id, (0.0, found.origin))[1] != found.origin:
                    self.older += 1
                    continue
                content = hash((found.date, found.coded_as, source.strip()))
                if found.id in seen:
                    if seen[found.id] == content:
                        self.copies += 1
                        continue
                    self._reject(path, source)
                    yield Quarantined(found.origin, f"id '{found.id}' was already used by another row", source[:200])
                    continue
                seen[found.id] = content
                if self.countries and not (found.place and found.place.country in self.countries):
                    self.elsewhere += 1
                    continue
                yield self._counted(self._dated(found))

    def _shape(self, path: str) -> Shape:
        source = Path(path)
        if not source.is_file():
            raise InputError(f"{path}: no such file")
        try:
            shape = sniff(source, self.format)
        except (*DAMAGE, *FAULTS) as error:
            raise InputError(f"{path}: damaged archive, or no table ({error})") from error
        self.formats[shape.format.name] = shape.format
        if shape.header:
            with opened(source) as stream:
                self.headers[path] = next(line for line in stream if line.strip()).rstrip("\r\n")
        return shape

    def _reject(self, path: Path, source: str) -> None:
        self.rejects.append((str(path), source))

    def _dated(self, row: CodedRow) -> CodedRow:
        if self.known_at is not None:
            return replace(row, known=midnight(self.known_at), known_by="--known-at")
        if self.hindsight:
            end = row.date.end if row.date else None
            return replace(row, known=midnight(end), known_by="hindsight", dataset=f"{row.dataset}, {HINDSIGHT}")
        return row

    def _counted(self, row: CodedRow) -> CodedRow:
        self.read[row.format] = self.read.get(row.format, 0) + 1
        self.unknown += row.known is None
        return row


def _dataset(path: Path, shape: Shape) -> str:
    version = _VERSION.search(path.name) if shape.format.name == "ucdp" else None
    return f"{shape.format.label} {version[1].replace('_', '.')}" if version else shape.format.label


def _file(path: Path, shape: Shape) -> Iterator[tuple[CodedRow | Quarantined, str]]:
    """Every row of a file with the text it was read from."""
    try:
        yield from _rows(path, shape)
    except DAMAGE as error:
        yield Quarantined(path.name, f"damaged from here on: {error}"), ""


def _rows(path: Path, shape: Shape) -> Iterator[tuple[CodedRow | Quarantined, str]]:
    dataset = _dataset(path, shape)
    if not shape.mark:
        yield from _json_file(path, dataset)
        return
    reader, width = _READERS[shape.format.name], len(shape.columns)
    with opened(path) as stream:
        original = list(shape.columns)
        for n, line in enumerate(lines_of(stream, shape.mark)):
            if n == 0 and shape.header:
                original = [each.strip().lstrip("\ufeff") for each in line.cells]
                continue
            if n <= 1 and any(cell.startswith("#") for cell in line.cells[:3]):
                continue  # HXL tags
            yield _row(line, path, shape.columns, original, width, reader, dataset), line.source


def _row(
    line: Line,
    path: Path,
    names: tuple[str, ...],
    original: list[str],
    width: int,
    reader: Callable[[dict[str, str], dict[str, Any], str, str], CodedRow],
    dataset: str,
) -> CodedRow | Quarantined:
    origin = f"{path.name}:{line.number}"
    wrong = line.wrong
    if not wrong and len(line.cells) != width:
        wrong = f"{len(line.cells)} cells where the columns are {width}"
    if not wrong and not line.source.isascii() and any("\udc80" <= each <= "\udcff" for each in line.source):
        wrong = "not UTF-8: convert the file first"
    if not wrong and "\x00" in line.source:
        wrong = "holds NUL characters"
    if wrong:
        return Quarantined(origin, wrong, _shown(line.source))
    try:
        raw: dict[str, Any] = dict(zip(original, line.cells, strict=True))
        return reader(dict(zip(names, line.cells, strict=True)), raw, origin, dataset)
    except FAULTS as error:
        return Quarantined(origin, str(error) or type(error).__name__, _shown(line.source))


def _shown(source: str) -> str:
    return source[:200].encode("utf-8", "replace").decode()


def _json_file(path: Path, dataset: str) -> Iterator[tuple[CodedRow | Quarantined, str]]:
    with opened(path) as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            origin = f"{path.name}:{number}"
            try:
                item = json.loads(line)
                if not ngec.looks_like(item):
                    raise ValueError("no NGEC event: 'event_type', 'event_text' and 'attributes' are needed")
                yield ngec.read(item, origin, dataset), line.rstrip("\n")
            except FAULTS as error:
                yield Quarantined(origin, str(error) or type(error).__name__, _shown(line)), line.rstrip("\n")


def _newest(files: list[tuple[Path, Shape]]) -> dict[str, tuple[float, str]]:
    """ACLED id -> time and origin of its newest version: events change, and the newest edit stands."""
    found: dict[str, tuple[float, str]] = {}
    for path, shape in files:
        key, at = shape.columns.index("event_id_cnty"), shape.columns.index("timestamp")
        with suppress(*DAMAGE), opened(path) as stream:  # told when the rows are read
            for line in lines_of(stream, shape.mark):
                edited = _edited(line.cells[at]) if len(line.cells) == len(shape.columns) else None
                if edited is None:
                    continue
                name = f"acled:{line.cells[key].strip()}"
                if name not in found or edited > found[name][0]:
                    found[name] = (edited, f"{path.name}:{line.number}")
    return found


def _edited(cell: str) -> float | None:
    """When an event was last edited, in seconds; None where the cell holds no such number."""
    told = cell.strip()
    with suppress(ValueError):  # '²' and '1.2.3' look like digits and are no number
        return float(told) if told.replace(".", "").isdigit() else None
    return None


def longest_silence(days: Iterable[date]) -> int:
    """The longest run of days without a row between the first and the last one."""
    ordered = sorted(set(days))
    return max((((b - a) - timedelta(days=1)).days for a, b in pairwise(ordered)), default=0)
