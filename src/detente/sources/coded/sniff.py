"""Which export a file is, told from its columns or the shape of its first row, never from its name."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from detente.records import InputError
from detente.sources.coded import ngec
from detente.sources.coded.formats import FORMATS, GDELT1_COLUMNS, GDELT_COLUMNS, UCDP_COLUMNS, Format, column
from detente.sources.coded.table import LONGEST, lines_of, opened

_KINDS = ", ".join(sorted(FORMATS))
_HEADERLESS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ucdp", UCDP_COLUMNS), ("gdelt", GDELT_COLUMNS), ("gdelt", GDELT1_COLUMNS),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """How a file is laid out: its format, the mark between cells ("" for JSON lines), names, and whether row 1 holds them."""

    format: Format
    mark: str
    columns: tuple[str, ...]
    header: bool


def sniff(path: Path, wanted: str | None = None) -> Shape:
    """The shape of a file; InputError names what was found where it is no known export (or not the one wanted)."""
    if wanted is not None and wanted not in FORMATS:
        raise InputError(f"--format {wanted}: choose one of {_KINDS}")
    with opened(path) as stream:
        first = "\n"
        while first and not first.strip():
            first = stream.readline(LONGEST)
        if len(first) >= LONGEST:
            raise InputError(f"{path}: its first line has more than {LONGEST:,} characters: this is no table")
    if first.lstrip().startswith("{"):
        return _json(path, first, wanted)
    mark = "\t" if first.count("\t") > max(first.count(","), first.count(";")) else ","
    mark = ";" if mark == "," and first.count(";") > first.count(",") else mark
    with opened(path) as stream:
        cells = next(iter(lines_of(stream, mark))).cells if first else []
    found = _by_header(cells, mark) or _by_shape(cells, mark)
    if found is None:
        shown = ", ".join(cells)[:120]
        raise InputError(f"{path}: is none of {_KINDS} (its first row: {shown or 'empty'})")
    if wanted and found.format.name != wanted:
        raise InputError(f"{path}: its columns are those of {found.format.name}, not of {wanted}")
    return found


def _json(path: Path, first: str, wanted: str | None) -> Shape:
    try:
        item = json.loads(first)
    except json.JSONDecodeError as error:
        raise InputError(f"{path}: its first line is not JSON ({error.msg})") from error
    if not ngec.looks_like(item):
        raise InputError(f"{path}: JSON lines without 'event_type', 'event_text' and 'attributes': not NGEC")
    if wanted not in (None, "ngec"):
        raise InputError(f"{path}: is NGEC JSON lines, not {wanted}")
    return Shape(FORMATS["ngec"], "", (), False)


def _by_header(cells: list[str], mark: str) -> Shape | None:
    names = tuple(column(each) for each in cells)
    for each in FORMATS.values():
        if each.needs and each.needs <= set(names):
            return Shape(each, mark, names, True)
    return None


def _by_shape(cells: list[str], mark: str) -> Shape | None:
    """Files that come without a header row: by their number of cells and what the first ones hold."""
    for name, columns in _HEADERLESS:
        if len(cells) == len(columns) and re.fullmatch(r"\d+(?:\.0)?", cells[0].strip()):
            known = dict(zip(columns, cells, strict=True))
            fits = (
                re.fullmatch(r"\d{8}", known.get("Day", ""))
                if name == "gdelt"
                else re.fullmatch(r"[123](?:\.0)?", known.get("type_of_violence", "").strip())
            )
            if fits:
                return Shape(FORMATS[name], mark, tuple(column(each) for each in columns), False)
    return None
