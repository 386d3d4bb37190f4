"""Writing to a ledger: one writer at a time, short transactions, the same thing never twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connections, transaction
from django.db.models import Q

from detente.store.answers import Added
from detente.store.codec import key_of, known_of, pack, topics_of
from detente.store.models import Entry, Mark, Topic

_LOCK = 0x0DE7E47E  # any fixed number: writers of one PostgreSQL ledger wait for each other by it
_BARS = ("article:", "page:", "url:")  # topics by which what was erased is kept out
_CACHED = 200_000  # topics remembered by their number


@dataclass(slots=True)
class Item:
    """One version on its way in; no `body`: the record is withdrawn from then on."""

    kind: str
    key: str
    known: datetime | None
    body: bytes | None = None
    blob: bytes | None = None
    digest: bytes = b""
    topics: set[str] = field(default_factory=set)


def item_of(record: Any, known: datetime | None) -> Item:
    """A record as it goes in."""
    key = key_of(record)  # first of all: it refuses what is no record
    body, blob, digest = pack(record)
    return Item(type(record).__name__, key, known or known_of(record), body, blob, digest, topics_of(record))


@contextmanager
def writing(alias: str, now: datetime) -> Iterator[datetime]:
    """A write transaction that no other writer overlaps; gives the moment of recording, later than all before."""
    with transaction.atomic(using=alias):
        connection = connections[alias]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = Entry.objects.using(alias).order_by("-id").values_list("recorded_at", flat=True).first()
        yield max(now, last + timedelta(microseconds=1)) if last else now


class Writer:
    """Appends to one ledger; remembers topics it has met."""

    def __init__(self, alias: str) -> None:
        self.alias = alias
        self._topics: dict[str, int] = {}

    def append(self, items: Sequence[Item], now: datetime) -> Added:
        """Append what is new, all of it or nothing."""
        done, met = Added(), dict[str, int]()
        with writing(self.alias, now) as recorded:
            barred = self._barred(items)
            held = self._held(items)
            fresh: list[tuple[Entry, Item]] = []
            for item in items:
                if item.topics & barred:
                    done.barred.append(f"{item.kind} {item.key}")
                    continue
                entry = self._entry(item, held.setdefault((item.kind, item.key), []), recorded, len(fresh))
                if entry is None:
                    done.same += 1
                else:
                    fresh.append((entry, item))
            Entry.objects.using(self.alias).bulk_create([entry for entry, _ in fresh], batch_size=500)
            self._mark(fresh, met)
            done.new = len(fresh)
        if len(self._topics) > _CACHED:
            self._topics.clear()
        self._topics |= met  # only now: a transaction that failed has left no topics behind
        return done

    def _entry(self, item: Item, versions: list[tuple], recorded: datetime, order: int) -> Entry | None:
        """The entry to append, None where the newest version known by then says the same."""
        known = item.known or recorded
        newest = max((each for each in versions if each[0] <= known), default=None)
        same = newest is not None and newest[2] == item.digest and newest[3] == (item.body is None)
        if same or (newest is None and item.body is None):
            return None
        versions.append((known, (1, order), item.digest, item.body is None))
        return Entry(kind=item.kind, key=item.key, known_at=known, recorded_at=recorded, digest=item.digest,
                     body=item.body, blob=item.blob)  # fmt: skip

    def _held(self, items: Iterable[Item]) -> dict[tuple[str, str], list[tuple]]:
        """Versions already held of the things given: (known, order, digest, whether withdrawn or erased)."""
        by_kind: dict[str, set[str]] = {}
        for item in items:
            by_kind.setdefault(item.kind, set()).add(item.key)
        found: dict[tuple[str, str], list[tuple]] = {}
        for kind, keys in by_kind.items():
            rows = Entry.objects.using(self.alias).filter(kind=kind, key__in=keys)
            gone = Q(body__isnull=True)
            for key, known, number, digest, empty in rows.annotate(empty=gone).values_list(
                "key", "known_at", "id", "digest", "empty"
            ):
                found.setdefault((kind, key), []).append((known, (0, number), bytes(digest), empty))
        return found

    def _barred(self, items: Iterable[Item]) -> set[str]:
        erased = Entry.objects.using(self.alias).filter(erased__isnull=False)
        if not erased.exists():
            return set()
        wanted = {topic for item in items for topic in item.topics if topic.startswith(_BARS)}
        marks = Mark.objects.using(self.alias).filter(
            topic__name__in=wanted, entry__erased__isnull=False, entry__kind__in=("Article", "Page")
        )
        return set(marks.values_list("topic__name", flat=True))

    def _mark(self, fresh: Sequence[tuple[Entry, Item]], met: dict[str, int]) -> None:
        wanted = {topic for _, item in fresh for topic in item.topics}
        missing = wanted - self._topics.keys()
        topics = Topic.objects.using(self.alias)
        if missing:
            met.update(topics.filter(name__in=missing).values_list("name", "id"))
            new = [Topic(name=name) for name in sorted(missing - met.keys())]
            met.update((topic.name, topic.id) for topic in topics.bulk_create(new, batch_size=500))
        numbers = self._topics | met
        # a record has some six marks: made one by one as models they would take longer than all the rest
        connection, rows = connections[self.alias], list[tuple[int, int, Any]]()
        for entry, item in fresh:
            known = connection.ops.adapt_datetimefield_value(entry.known_at)
            rows += [(numbers[name], entry.id, known) for name in sorted(item.topics)]
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO ledger_mark (topic_id, entry_id, known_at) VALUES (%s, %s, %s)", rows)


def clock() -> datetime:
    """The moment it is, in UTC."""
    return datetime.now(UTC)
