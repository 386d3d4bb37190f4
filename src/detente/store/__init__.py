"""The ledger: an append-only memory that answers what was known on any day.

    from detente.store import open_ledger

    with open_ledger("news.sqlite") as ledger:          # or "postgresql://user@host/name"
        ledger.add(records)                             # any record of detente.records; idempotent
        for event in ledger.read(Event, as_of=date(2020, 4, 21)): ...
        for event in ledger.dyad(["USA", "USA.MIL"], ["IRN"], as_of=date(2020, 4, 21)): ...

Nothing here imports Django until a ledger is opened, so a Django site can list "detente.store" among its apps.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from detente.store.answers import Added, Erased, Version
from detente.store.setup import database, where

if TYPE_CHECKING:
    from detente.store.ledger import Ledger

__all__ = ["Added", "Erased", "Version", "database", "open_ledger", "where"]


def open_ledger(
    place: str | Path | None = None, *, create: bool = True, now: Callable[[], datetime] | None = None
) -> Ledger:
    """Open a ledger (SQLite file or PostgreSQL address), bringing its tables up to date.

    None: the Django site's own database, else DETENTE_DATABASE, else `ledger.sqlite`. Raises InputError where
    there is none and `create` is False, where the file is no ledger, or where a newer version wrote it.
    """
    from detente.store.setup import alias_of

    alias = alias_of(place)  # sets Django up, which the two below need
    from detente.store.ledger import Ledger
    from detente.store.opening import prepare

    prepare(alias, create)
    return Ledger(alias, now) if now else Ledger(alias)
