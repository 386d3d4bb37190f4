"""Drawings quote reports: what was erased on legal request must vanish from them as well."""

from __future__ import annotations

from detente.desk.publishing.models import Exhibit
from detente.store.models import Entry


def erasures() -> int:
    """How many entries of the ledger were erased so far."""
    return Entry.objects.filter(erased__isnull=False).count()


def current(exhibit: Exhibit | None) -> Exhibit | None:
    """The exhibit if all it rests on still stands; else it is emptied for good, and None."""
    if exhibit is None:
        return None
    if exhibit.erasures != erasures():
        clean()
        exhibit.refresh_from_db()
    return exhibit if exhibit.chart or exhibit.plan else None


def clean() -> int:
    """Empty every exhibit that rests on an erased article; return how many."""
    now = erasures()
    gone = set(Entry.objects.filter(kind="Article", erased__isnull=False).values_list("key", flat=True))
    emptied = 0
    for each in Exhibit.objects.exclude(erasures=now):
        if gone & set(each.articles):
            each.chart = each.plan = ""
            each.told, each.articles, each.card = [], [], None
            emptied += 1
        each.erasures = now
        each.save()
    return emptied
