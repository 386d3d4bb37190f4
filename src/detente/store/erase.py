"""Erasure on legal request: the words go, for good; that something stood there, who asked and why stays."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.db import connections, transaction
from django.db.models import QuerySet

from detente.records import Article, Decision, InputError
from detente.store.codec import topic, unpack
from detente.store.models import Entry, Mark
from detente.store.write import Writer, item_of


def decision(
    who: str, what: str, target: str, why: str, when: datetime, change: dict[str, Any] | None = None
) -> Decision:
    """A decision with an id of its own."""
    if not (who.strip() and why.strip()):
        raise InputError("a decision needs somebody who took it and a reason")
    about = "\n".join((who, what, target, why, when.isoformat()))
    return Decision("d-" + hashlib.sha256(about.encode()).hexdigest()[:16], when, who, what, target, why, change or {})


def erase(writer: Writer, article: str, who: str, why: str, now: datetime) -> Decision:
    """Empty every version of the article, of its pages and of what quotes it, and record the decision."""
    alias = writer.alias
    rows = Entry.objects.using(alias).filter(kind="Article", key=article, body__isnull=False)
    pages = {found.page for row in rows if isinstance(found := unpack(row.kind, row.body, None), Article)}
    if not pages:
        raise InputError(f"the ledger holds no article {article} (or its text was erased already)")
    names = [topic("article", article), *(topic("page", page) for page in pages if page)]
    made = decision(who, "erase", f"Article {article}", why, now)
    with transaction.atomic(using=alias):
        writer.append([item_of(made, None)], now)
        number = Entry.objects.using(alias).filter(kind="Decision", key=made.id).values_list("id", flat=True)[0]
        marked = Mark.objects.using(alias).filter(topic__name__in=names).values("entry")
        every: QuerySet[Entry] = QuerySet(Entry, using=alias)  # the one change that an append-only table allows
        every.filter(id__in=marked, body__isnull=False).update(body=None, blob=None, digest=b"", erased_id=number)
    _scrub(alias)
    return made


def _scrub(alias: str) -> None:
    """Leave no trace in the database's free space."""
    with connections[alias].cursor() as cursor:
        if connections[alias].vendor == "postgresql":
            cursor.execute("VACUUM FULL ledger_entry")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
