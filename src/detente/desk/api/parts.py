"""Parts of long lists from the ledger, cut by the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from detente.desk.api.schemas import LedgerPart
from detente.records import Dyad
from detente.store.codec import pair, topic, unpack
from detente.store.models import Entry
from detente.store.read import marked, newest

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def part_of(kind: type, part: LedgerPart, about: Iterable[str] | None = None) -> dict[str, Any]:
    """One part of the records of a kind, the last known first, and where the next begins."""
    found = newest("default", kind.__name__, part.as_of, None).filter(body__isnull=False).reverse()
    if about is not None:
        found = found.filter(id__in=marked("default", about, part.as_of))
    if part.after is not None:
        when, number = _place(part.after)
        found = found.filter(known_at__lte=when).exclude(known_at=when, id__gte=number)
    rows = list(found[part.offset : part.offset + part.limit + 1])
    items = [unpack(row.kind, row.body, row.blob) for row in rows[: part.limit]]
    more = len(rows) > part.limit
    return {"items": items, "more": more, "next": _name(rows[part.limit - 1]) if more else None}


def _name(row: Entry) -> str:
    """A place in the order: the moment in microseconds since 1970, and the entry's number."""
    return f"{(row.known_at - EPOCH) // timedelta(microseconds=1)}-{row.pk}"


def _place(name: str) -> tuple[datetime, int]:
    since, _, number = name.rpartition("-")
    return EPOCH + timedelta(microseconds=int(since)), int(number)


def between(dyad: Dyad) -> set[str]:
    """The topics of what passed between the two sides, or was done by either with nobody named opposite."""
    return {pair(one, other) for one in dyad.a for other in dyad.b} | {
        topic("alone", name) for name in (*dyad.a, *dyad.b)
    }
