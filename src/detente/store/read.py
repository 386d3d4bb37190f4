"""Reading a ledger: the newest version of each record among those known by then, and held by then."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from detente.store.codec import moment
from detente.store.models import Entry, Mark, Topic

When = date | datetime | None
_FEW = 500  # names asked for at a time


def until(when: When) -> datetime | None:
    """The last moment that counts: a day counts to its end, a moment counts itself, None is without end."""
    if when is None or isinstance(when, datetime):
        return None if when is None else moment(when)
    return moment(when) + timedelta(days=1, microseconds=-1)


def _bounds(as_of: datetime | None, held: datetime | None) -> Q:
    bounds = Q() if as_of is None else Q(known_at__lte=as_of)
    return bounds if held is None else bounds & Q(recorded_at__lte=held)


def newest(alias: str, kind: str | None, as_of: When, held: When) -> QuerySet[Entry]:
    """The newest version of everything, in the order it became known; withdrawn and erased ones among them."""
    bounds = _bounds(until(as_of), until(held))
    entries = Entry.objects.using(alias)
    later = Q(known_at__gt=OuterRef("known_at")) | Q(known_at=OuterRef("known_at"), id__gt=OuterRef("id"))
    newer = entries.filter(bounds, later, kind=OuterRef("kind"), key=OuterRef("key"))
    found = entries.filter(bounds, ~Exists(newer))
    return (found if kind is None else found.filter(kind=kind)).order_by("known_at", "id")


def held_entries(found: QuerySet[Entry]) -> QuerySet[Entry]:
    """Without the withdrawn ones."""
    return found.exclude(body__isnull=True, erased__isnull=True)


def marked(alias: str, topics: Iterable[str], as_of: When) -> QuerySet:
    """Numbers of the entries that have to do with one of the topics."""
    numbers: list[int] = []
    for names in parts(topics):
        numbers += Topic.objects.using(alias).filter(name__in=names).values_list("id", flat=True)
    marks = Mark.objects.using(alias).filter(topic__in=numbers)
    end = until(as_of)
    return (marks if end is None else marks.filter(known_at__lte=end)).values("entry")


def parts(names: Iterable[str]) -> list[list[str]]:
    """The names in portions that a database takes at once."""
    every = sorted(set(names))
    return [every[at : at + _FEW] for at in range(0, len(every), _FEW)]
