"""Looking after a ledger: is it whole, a copy of it, and a ledger out of a copy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.records import DetenteError, InputError, SetupError
from detente.store.codec import pack, unpack
from detente.whole import replacing

if TYPE_CHECKING:
    from detente.store.ledger import Ledger

_ROWS = 1000


def problems(ledger: Ledger) -> Iterator[str]:
    """What is wrong with a ledger, line by line: damage of the file, entries that cannot be read or are out of order."""
    from django.db import connections

    from detente.store.models import Entry, Mark

    connection = connections[ledger.alias]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for pragma in ("integrity_check", "foreign_key_check"):
                yield from (f"{pragma}: {row}" for row in cursor.execute(f"PRAGMA {pragma}") if row != ("ok",))
    last = None
    for entry in Entry.objects.using(ledger.alias).order_by("id").iterator(chunk_size=_ROWS):
        if last is not None and entry.recorded_at < last:
            yield f"entry {entry.id} was recorded before the one in front of it"
        last = entry.recorded_at
        if entry.body is not None:
            try:
                if pack(unpack(entry.kind, entry.body, entry.blob))[2] != bytes(entry.digest):
                    yield f"entry {entry.id} ({entry.kind} {entry.key}): its content does not fit its digest"
            except DetenteError as error:
                yield f"entry {entry.id} ({entry.kind} {entry.key}): {error}"
    lost = Mark.objects.using(ledger.alias).filter(entry__isnull=True).count()
    if lost:
        yield f"{lost} marks lead nowhere"


def backup(ledger: Ledger, target: Path) -> int:
    """Copy a ledger into a new SQLite file, while others go on writing to it; return how many entries it holds.

    The file appears under its name only when it is whole. InputError where that name is taken.
    """
    from django.db import connections

    from detente.store.models import Entry

    if target.exists():
        raise InputError(f"{target} is there already; give a new name for the backup")
    connection = connections[ledger.alias]
    with replacing(target) as partial:
        try:
            if connection.vendor == "sqlite":
                connection.ensure_connection()
                with closing(sqlite3.connect(partial)) as copy:
                    connection.connection.backup(copy)
                    copy.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
            else:
                _copy(ledger, partial)
            with closing(sqlite3.connect(partial)) as copy:
                (count,) = copy.execute(f"SELECT COUNT(*) FROM {Entry._meta.db_table}").fetchone()
            return count
        except sqlite3.OperationalError as error:
            raise SetupError(
                f"{target}: {error}; no backup was made: is there room, and is the folder writable?"
            ) from error
        finally:
            for left in (Path(f"{partial}-wal"), Path(f"{partial}-shm"), Path(f"{partial}-journal")):
                left.unlink(missing_ok=True)


def restore(source: Path, ledger: Ledger) -> int:
    """Fill an empty ledger (of either kind) from a backup, in one transaction; return how many entries it got."""
    from detente.store import open_ledger

    if ledger.last_recorded() is not None:
        raise InputError("the ledger to restore into holds something already; name a new one")
    with open_ledger(source, create=False) as kept:
        return _transfer(kept, ledger)


def _copy(ledger: Ledger, path: Path) -> None:
    from detente.store import open_ledger

    with open_ledger(path) as target:
        _transfer(ledger, target)


def _transfer(source: Ledger, target: Ledger) -> int:
    """Every row as it is, numbers and all."""
    from django.db import connections, transaction

    from detente.store.models import Bookmark, Entry, Mark, Topic

    with transaction.atomic(using=source.alias), transaction.atomic(using=target.alias):
        if connections[source.alias].vendor == "postgresql":  # one state of it, whatever others write meanwhile
            connections[source.alias].cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        copied = {model: sum(_batches(model, source.alias, target.alias)) for model in (Entry, Topic, Mark, Bookmark)}
        _set_sequences(target.alias, (Entry, Topic, Mark))
    return copied[Entry]


def _batches(model: Any, source: str, target: str) -> Iterator[int]:
    batch: list[Any] = []
    for row in model.objects.using(source).order_by("pk").iterator(chunk_size=_ROWS):
        batch.append(row)
        if len(batch) == _ROWS:
            yield len(model.objects.using(target).bulk_create(batch))
            batch = []
    if batch:
        yield len(model.objects.using(target).bulk_create(batch))


def _set_sequences(alias: str, models: tuple[Any, ...]) -> None:
    from django.core.management.color import no_style
    from django.db import connections

    with connections[alias].cursor() as cursor:
        for statement in connections[alias].ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
