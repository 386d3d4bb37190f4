"""Parts of long lists from the ledger, cut by the database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from detente.desk.api.schemas import Part
from detente.records import Dyad
from detente.store.codec import pair, topic, unpack
from detente.store.read import marked, newest


def part_of(kind: type, part: Part, about: Iterable[str] | None = None) -> dict[str, Any]:
    """One part of the records of a kind, the last known first, and whether there is more."""
    found = newest("default", kind.__name__, part.as_of, None).filter(body__isnull=False).reverse()
    if about is not None:
        found = found.filter(id__in=marked("default", about, part.as_of))
    rows = list(found[part.offset : part.offset + part.limit + 1])
    items = [unpack(row.kind, row.body, row.blob) for row in rows[: part.limit]]
    return {"items": items, "more": len(rows) > part.limit}


def between(dyad: Dyad) -> set[str]:
    """The topics of what passed between the two sides, or was done by either with nobody named opposite."""
    return {pair(one, other) for one in dyad.a for other in dyad.b} | {
        topic("alone", name) for name in (*dyad.a, *dyad.b)
    }
