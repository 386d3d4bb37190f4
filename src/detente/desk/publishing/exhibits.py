"""Drawings quote reports: what was erased on legal request must vanish from them as well."""

from __future__ import annotations

from collections.abc import Iterable

from detente.desk.publishing.models import Exhibit, Story
from detente.desk.publishing.models.revision import erasures
from detente.store.models import Entry


def current(exhibit: Exhibit | None) -> Exhibit | None:
    """The exhibit if all it rests on still stands; else it is emptied for good, and None."""
    if exhibit is None:
        return None
    if exhibit.erasures != erasures():
        clean()
        exhibit.refresh_from_db()
    return exhibit if exhibit.chart or exhibit.plan else None


def with_card(stories: Iterable[Story]) -> set[int]:
    """Numbers of the stories whose published revision has a picture of its chart."""
    if Exhibit.objects.exclude(erasures=erasures()).exists():
        clean()
    shown = Exhibit.objects.filter(revisions__in=[each.published_id for each in stories], card__isnull=False)
    return set(shown.values_list("revisions__story", flat=True))


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
