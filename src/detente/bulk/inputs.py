"""What an archive run reads: files, folders, globs and remote stores, as items with a key."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from detente.bulk.remote import Unread, fetch, listed
from detente.dataset import MANIFEST
from detente.files import STDIO, kind_of, read_any
from detente.pipeline import uncoded
from detente.plain import to_plain
from detente.records import Article, InputError, Page, Quarantined
from detente.sources import open_sources
from detente.sources.files import files_at
from detente.sources.passed import tell

Item = Page | Article | Quarantined


@dataclass(frozen=True, slots=True)
class Input:
    """One file to read: its path or address."""

    name: str

    @property
    def remote(self) -> bool:
        """Whether it is fetched first."""
        return "://" in self.name


def inputs_of(paths: list[str], passed: list[Path] | None = None) -> list[Input]:
    """The files that paths and addresses stand for, in order; InputError where there is none.

    Those of a folder that no reader takes are told in the log and added to `passed`, if it is given.
    """
    found: list[Input] = []
    for path in paths:
        if path == STDIO:
            raise InputError("an archive run cannot read '-': it could not go on after a stop. Give a file")
        left: list[Path] = []
        found += [Input(name) for name in (listed(path, left) if "://" in path else map(str, files_at(path, left)))]
        if passed is not None:
            tell(path, left)
            passed += left
    return list(dict.fromkeys(found))


@contextmanager
def fetched(one: Input) -> Iterator[Path]:
    """The file on this machine; a remote one is a copy that is gone afterwards. Unread where it cannot be fetched."""
    if not one.remote:
        yield Path(one.name)
        return
    with tempfile.TemporaryDirectory(prefix="detente-") as folder:
        local = Path(folder, one.name.rsplit("/", 1)[-1])
        fetch(one.name, local)
        yield local


def hash_of(file: Path) -> str:
    """sha256 of a file; Unread where it cannot be opened."""
    try:
        with open(file, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise Unread(f"{file} cannot be read: {str(error.strerror).lower()}") from error


def digest_of_all(paths: list[str]) -> str:
    """One hash of all that is read at these paths; a dataset's manifest holds the hashes of its files."""
    found: list[str] = []
    for path in paths:
        place = Path(path)
        if path == STDIO:
            raise InputError("a merged dataset cannot be made of '-': it could not go on after a stop. Give a file")
        if (place / MANIFEST).is_file():
            found.append(hash_of(place / MANIFEST))
        else:
            found += [hash_of(Path(one.name)) for one in inputs_of([path])]
    return hashlib.sha256("\n".join(found).encode()).hexdigest()


def items_of(one: Input, file: Path, published: date | None) -> Iterator[tuple[str, str, Item]]:
    """(key, origin, item) of everything in a file; the key depends on what the item holds, not where it lies."""
    records = kind_of(file) is not None
    every: Iterator[Any] = uncoded(read_any(file)) if records else open_sources([str(file)], published=published)
    for item in every:
        made = _settled(item, str(file), one.name)
        yield _key(made), f"{one.name}:{made.id}" if isinstance(made, Article) else made.origin, made


def _settled(item: Item, file: str, name: str) -> Item:
    """The item with the origin its file was asked for by, and days of hints as text."""
    if isinstance(item, Article):
        return item
    origin = item.origin.replace(file, name, 1) if file != name else item.origin
    if isinstance(item, Quarantined):
        return replace(item, origin=origin)
    hints = {key: value.isoformat() if isinstance(value, date) else value for key, value in item.hints.items()}
    return replace(item, origin=origin, hints=hints)


def _key(item: Item) -> str:
    if isinstance(item, Page):
        return item.sha256[:32]
    return hashlib.sha256(json.dumps(to_plain(item), sort_keys=True).encode()).hexdigest()[:32]
