"""Paths to pages: files, folders, globs and standard input."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from detente.packed import CUT, bare, unpacked
from detente.records import InputError, Page, Quarantined, in_a_line
from detente.sources.pages import LARGEST, from_bytes, from_lines, lines_of, looks_like, refuse
from detente.sources.passed import tell
from detente.sources.table import read_table
from detente.sources.warc import read_warc

KINDS = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".txt": "text",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
    ".warc": "warc", ".warc.gz": "warc", ".parquet": "parquet",
}  # fmt: skip
_PACKED = {"html", "text", "jsonl", "json"}  # kinds that may also end in .gz
_MOST = LARGEST + 1  # one byte more tells that there is more


def open_sources(
    paths: Iterable[str],
    *,
    stdin: BinaryIO | None = None,
    published: date | None = None,
    passed: list[Path] | None = None,
) -> Iterator[Page | Quarantined]:
    """Yield the pages found at `paths`, in order; an item that cannot be read comes as Quarantined.

    A path is a file (.html, .htm, .txt, .json, .jsonl, .ndjson, each also packed as .gz, .parquet, .warc, .warc.gz), a
    folder (searched through, sorted), a glob, or "-" for standard input, whose kind is told from its bytes. `published`
    is kept as a hint for pages that give no date themselves. Files of a folder that are of no such kind are told in the
    log and added to `passed`. Raises InputError, before anything is read, naming a path that does not exist.
    """
    found = [(path, [] if path == "-" else _told_files_at(path, passed)) for path in paths]
    return chain.from_iterable(
        _from_stream(stdin if stdin is not None else sys.stdin.buffer, published)
        if path == "-"
        else chain.from_iterable(_from_file(file, published) for file in files)
        for path, files in found
    )


def _told_files_at(path: str, passed: list[Path] | None) -> list[Path]:
    """As `files_at`; what is passed over is told in the log."""
    left: list[Path] = []
    found = files_at(path, left)
    tell(path, left)
    if passed is not None:
        passed += left
    return found


def files_at(path: str, passed: list[Path] | None = None) -> list[Path]:
    """Return the files that a file, a folder or a glob stands for; InputError where there is none.

    Files of a folder that are of no kind that can be read are added to `passed`.
    """
    here, left = Path(path), [] if passed is None else passed
    try:
        if here.is_dir():
            return list(_inside(here, left))
        if here.exists():
            return [here]
        matches = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []
    except (OSError, ValueError) as error:
        raise InputError(f"{path!r} cannot be opened: {error}") from error
    if "://" in path and not matches:
        raise InputError(
            f"{path}: addresses are read by 'detente code' into a folder only: name one with -o, as coded/"
        )
    if not matches:
        raise InputError(f"{path} does not exist" if not glob.has_magic(path) else f"nothing matches {path}")
    return [
        file for match in matches for file in (_inside(Path(match), left) if os.path.isdir(match) else [Path(match)])
    ]


def _inside(folder: Path, passed: list[Path]) -> Iterator[Path]:
    """Yield the readable files of a folder and of those in it, sorted; hidden ones and a saved page's parts are not."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not name.endswith("_files"))
        for name in sorted(names):
            if name.startswith("."):
                continue
            if kind_by_name(name) is not None:
                yield Path(parent, name)
            else:
                passed.append(Path(parent, name))


def kind_by_name(name: str) -> str | None:
    """The kind of file that a name ends in, None where no reader takes it."""
    ends = [suffix.lower() for suffix in Path(name).suffixes]
    kind = KINDS.get("".join(ends[-2:])) or KINDS.get("".join(ends[-1:]))
    within = KINDS.get(bare(name).suffix.lower()) if ends[-1:] == [".gz"] else None
    return kind or (within if within in _PACKED else None)


def _from_file(file: Path, published: date | None) -> Iterator[Page | Quarantined]:
    kind = kind_by_name(file.name)
    if kind in ("warc", "parquet"):
        yield from read_warc(str(file)) if kind == "warc" else read_table(file, published)
        return
    try:
        with unpacked(file) as stream:
            if kind == "jsonl":
                yield from from_lines(lines_of(stream), str(file), published)
                return
            body = stream.read(_MOST)
    except CUT as error:
        yield refuse(str(file), f"damaged from here on: {in_a_line(error, 120)}")
        return
    except OSError as error:
        yield refuse(str(file), f"cannot be read: {error.strerror or error}")
        return
    yield from from_bytes(body, kind or looks_like(body), str(file), published)


def _from_stream(stream: BinaryIO, published: date | None) -> Iterator[Page | Quarantined]:
    """Read standard input; JSONL is passed on line by line, as it arrives."""
    first = stream.readline(_MOST)
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{") and first.rstrip().endswith(b"}"):
        yield from from_lines(chain([first], lines_of(stream)), "-", published)
        return
    body = first + stream.read(max(_MOST - len(first), 0))
    yield from from_bytes(body, looks_like(body), "-", published)
