"""The one function that every engine runs: a table of items in, a table of what was found out."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from socket import gethostname
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from detente.dataset import CODED, coded_row, record
from detente.reading import read_page
from detente.records import Article, Coded, InputError, Page, Quarantined, SetupError
from detente.reference.theatre import Theatre

if TYPE_CHECKING:
    from detente.events.coder import Coder


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to code: it travels to the workers, so a theatre needs no file there; folders must exist on each machine."""

    theatre: Theatre | None = None
    codebook: Path | None = None
    model: Path | None = None
    triage: bool = False

    def key(self) -> str:
        """Changes when the results may, folders' contents aside."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


@lru_cache(maxsize=2)
def _coder(packed: bytes) -> Coder:
    """A coder, once per process and recipe."""
    from detente.pipeline import theatre_coder

    recipe: Recipe = pickle.loads(packed)
    return theatre_coder(recipe.theatre, recipe.codebook, recipe.model, triage=recipe.triage)


def coder_of(recipe: Recipe) -> Coder:
    """The coder of a recipe, loaded once per process."""
    return _coder(pickle.dumps(recipe))


def code_batch(table: pa.Table, recipe: Recipe = Recipe(), stamp: str | None = None) -> pa.Table:
    """Read and code a table of ITEMS; the answer is a table of CODED with the same rows in the same order.

    Pure: what comes out depends on the row and the recipe alone, not on the other rows or what ran before. An item
    that cannot be read or coded comes back quarantined; nothing is raised for what an item holds. SetupError where this
    process would code otherwise than `stamp` says: a machine of a cluster with another version.
    """
    coder = coder_of(recipe)
    if stamp is not None and coder.stamp != stamp:
        raise SetupError(
            f"{gethostname()} would code as {coder.stamp}, the machine that asked as {stamp}: install the same versions"
        )
    items = table.to_pylist()
    read = [_article(item) for item in items]
    coded = coder.code_many(each for each in read if isinstance(each, Article))
    rows = [_row(item, each, coded) for item, each in zip(items, read, strict=True)]
    return pa.Table.from_pylist(rows, schema=CODED)


def _article(item: dict[str, Any]) -> Article | Quarantined:
    if item["article"] is not None:
        return record(Article, item["article"])
    return read_page(record(Page, item["page"]))


def _row(
    item: dict[str, Any], read: Article | Quarantined, coded: Iterator[tuple[Article, Coded | Quarantined]]
) -> dict[str, Any]:
    key, origin = item["key"], item["origin"]
    if isinstance(read, Quarantined):
        return quarantined_row(key, origin, read)
    article, found = next(coded)
    if isinstance(found, Quarantined):
        return quarantined_row(key, origin, replace(found, origin=origin))
    try:
        return coded_row(key, origin, article, found)
    except InputError as error:
        return quarantined_row(key, origin, Quarantined(origin, str(error), article.text[:200]))


def quarantined_row(key: str, origin: str, bad: Quarantined) -> dict[str, Any]:
    """A row of CODED for an item that there is nothing of; letters that Parquet cannot hold are replaced."""
    plain = [text.encode("utf-8", "replace").decode() for text in (bad.origin, bad.reason, bad.excerpt)]
    return coded_row(key, origin, None, Quarantined(*plain))
