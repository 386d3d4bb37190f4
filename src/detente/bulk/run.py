"""Coding an archive: inputs to batches, batches through an engine, results to a dataset; go on where a kill stopped it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from detente import logs
from detente.bulk.batch import Recipe, code_batch, coder_of, quarantined_row
from detente.bulk.engines import Engine
from detente.bulk.flow import Lost, run
from detente.bulk.inputs import Input, Item, fetched, hash_of, inputs_of, items_of
from detente.bulk.partition import finish
from detente.bulk.parts import alone, begun, counts_of, held_keys, write_manifest, write_part
from detente.bulk.remote import Unread
from detente.dataset import CODED, ITEMS, item_row
from detente.logs import timed
from detente.records import FileFormatError, InputError, Quarantined

_log = logging.getLogger(__name__)
BATCH = 128  # items of one batch
_NAMED = 10  # quarantined items that people are told of; the dataset holds all
_BYTES = 16 * 1024 * 1024  # of text in one batch
Through = Callable[[Iterable[Any]], Iterable[Any]]


@dataclass(slots=True)
class Intake:
    """What is read of the inputs, as batches; counts what needs no coding."""

    held: set[bytes]
    done: dict[str, str]  # sha256 of the inputs that earlier runs finished -> name
    published: date | None = None
    size: int = BATCH
    copies: int = 0
    before: int = 0  # items that this dataset held already
    inputs: list[dict[str, Any]] = field(default_factory=list)
    bad: list[dict[str, Any]] = field(default_factory=list)  # rows of items that could not be read
    read: int = 0
    coded: int = 0
    refused: int = 0
    unread: int = 0  # files
    passed: list[Path] = field(default_factory=list)  # files of folders that no reader takes
    named: int = 0  # of the quarantined items
    _seen: set[bytes] = field(default_factory=set)

    def batches(self, sources: list[str]) -> Iterator[pa.Table]:
        """Tables of ITEMS that are not coded yet."""
        rows: list[dict[str, Any]] = []
        room = 0
        for key, origin, item in self._new(sources):
            try:
                if isinstance(item, Quarantined):
                    self.bad.append(quarantined_row(key, origin, item))
                    continue
                rows.append(item_row(key, origin, item))
            except InputError as error:
                self.bad.append(quarantined_row(key, origin, Quarantined(origin, str(error))))
                continue
            room += len(item.text) if hasattr(item, "text") else len(item.body)
            if len(rows) >= self.size or room >= _BYTES:
                yield pa.Table.from_pylist(rows, schema=ITEMS)
                rows, room = [], 0
        if rows:
            yield pa.Table.from_pylist(rows, schema=ITEMS)

    def refuse(self, folder: Path, least: int = 1) -> None:
        """Write down what could not be read, when there is enough of it."""
        if len(self.bad) >= least:
            table = pa.Table.from_pylist(self.bad, schema=CODED)
            self.kept(write_part(folder, table), table)
            self.bad.clear()

    def _until_damage(self, one: Input, file: Path, digest: str) -> Iterator[tuple[str, str, Item]]:
        """What stands in a file; from where it is damaged on, one quarantined item."""
        try:
            yield from items_of(one, file, self.published)
        except FileFormatError as error:
            yield digest[:32], one.name, Quarantined(one.name, str(error).replace(str(file), one.name))

    def kept(self, part: Path, table: pa.Table) -> None:
        """Note a batch that is on the disk, and name what of it is quarantined: ten items, or all in a log for machines."""
        counts = counts_of(table)
        told_of = table.select(["origin", "quarantined"]).filter(table["quarantined"].is_valid())
        for row in told_of.to_pylist():
            self.named += 1
            told = {"event": "quarantined", "origin": row["origin"], "reason": row["quarantined"]["reason"]}
            level = logging.WARNING if self.named <= _NAMED or logs.how.json else logging.DEBUG
            _log.log(level, "quarantined %s: %s", told["origin"], told["reason"], extra={"told": told})
        self.coded += counts["items"] - counts["quarantined"]
        self.refused += counts["quarantined"]
        _log.debug("batch %s: %d items", part.stem, counts["items"], extra={"told": {"part": part.stem, **counts}})

    def told(self) -> dict[str, int]:
        """What this run did: items read, coded, refused; copies and what was held, which were passed over; files not had, or of no kind."""
        return {
            "read": self.read, "coded": self.coded, "refused": self.refused, "copies": self.copies, "held": self.before,
            "unread": self.unread, "passed": len(self.passed),
        }  # fmt: skip

    def _new(self, sources: list[str]) -> Iterator[tuple[str, str, Item]]:
        for one in inputs_of(sources, self.passed):
            try:
                with fetched(one) as file:
                    yield from self._of(one, file)
            except Unread as error:
                _log.warning("%s", error, extra={"told": {"event": "unread", "origin": one.name}})
                self.unread += 1

    def _of(self, one: Input, file: Path) -> Iterator[tuple[str, str, Item]]:
        """What is new in a file."""
        digest = hash_of(file)
        if digest in self.done:
            _log.debug("%s: done by an earlier run", one.name)
            return
        _log.debug("reading %s", one.name)
        items = 0
        for key, origin, item in self._until_damage(one, file, digest):
            items += 1
            self.read += 1
            short = bytes.fromhex(key)
            if short in self._seen:
                self.copies += 1
            elif short in self.held:
                self.before += 1
            else:
                yield key, origin, item
            self._seen.add(short)
        self.inputs.append({"name": one.name, "bytes": file.stat().st_size, "sha256": digest, "items": items})


def code_archive(
    sources: list[str], folder: Path, recipe: Recipe, engine: Engine, *, published: date | None = None,
    size: int = BATCH, work: Callable[[pa.Table], pa.Table] | None = None, through: Through = iter,
) -> dict[str, Any]:  # fmt: skip
    """Code everything at `sources` into the dataset `folder`, and return its manifest with this run's counts.

    Run it again after a stop, or with more sources: what is held is not coded again. `work` stands in for
    code_batch; `through` sees finished batches pass (a progress bar).
    """
    with alone(folder):
        manifest = begun(folder, about(recipe))
        write_manifest(folder, {**manifest, "state": "coding"})
        intake = Intake(
            held_keys(folder, manifest), {each["sha256"]: each["name"] for each in manifest["inputs"]}, published, size
        )
        work = work or partial(code_batch, recipe=recipe, stamp=manifest["coder"]["stamp"])
        for batch, result in through(run(engine, work, intake.batches(sources))):
            table = _lost(batch, result) if isinstance(result, Lost) else result
            intake.kept(write_part(folder, table), table)
            intake.refuse(folder, least=1000)
        intake.refuse(folder)
        over = timed(_log, f"files by date in {folder}")
        made = finish(folder, manifest, intake.inputs)
        over()
    return {**made, **intake.told()}


def about(recipe: Recipe) -> dict[str, Any]:
    """What the results of a recipe depend on."""
    return {
        "stamp": coder_of(recipe).stamp,
        "theatre": recipe.theatre.id if recipe.theatre else "",
        "recipe": recipe.key(),
    }


def _lost(batch: pa.Table, lost: Lost) -> pa.Table:
    """The rows of items that no worker could work on."""
    rows = []
    for item in batch.to_pylist():
        text = (item["article"] or {}).get("text") or (item["page"] or {}).get("body", b"").decode("utf-8", "replace")
        rows.append(quarantined_row(item["key"], item["origin"], Quarantined(item["origin"], lost.reason, text[:200])))
    return pa.Table.from_pylist(rows, schema=CODED)
