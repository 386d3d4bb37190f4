"""The ledger: what was known when. Records are added, superseded and withdrawn; nothing is overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any, TypeVar

from django.db import OperationalError, connections
from django.db.models import Count, Max, Min

from detente.records import Decision, Event, SetupError, in_a_line
from detente.store import erase as erasing
from detente.store.answers import Added, Erased, Version
from detente.store.codec import moment, pair, topic, unpack
from detente.store.models import Bookmark, Entry, Topic
from detente.store.read import When, held_entries, marked, newest, parts
from detente.store.write import Item, Writer, clock, item_of

R = TypeVar("R")
Known = date | datetime | Callable[[Any], "date | datetime | None"] | None
_BATCH = 500  # records a transaction: other writers wait for no longer than this takes


class Ledger:
    """An open ledger. Every read takes `as_of`: a day (to its end, UTC), a moment, or None for all there is.

    `as_of` asks by when the world could know a thing; `held` by when this ledger held it. As a context manager it
    closes itself, and tells of a full disk or a lost server as SetupError.
    """

    def __init__(self, alias: str, now: Callable[[], datetime] = clock) -> None:
        self.alias = alias
        self.now = now
        self._writer = Writer(alias)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: object) -> None:
        self.close()
        if isinstance(error, OperationalError):  # a full or read-only disk, a lost server
            name, told = connections[self.alias].settings_dict["NAME"], in_a_line(error)
            raise SetupError(f"{name}: {told}; what was stored before is safe: mend this, then repeat") from error

    def close(self) -> None:
        """Close this thread's connection; the ledger can be used again and opens a new one."""
        connections[self.alias].close()

    # ------------------------------------------------------------------------------------------- writing
    def add(self, records: Iterable[Any], *, known_at: Known = None) -> Added:
        """Append records, up to 500 in one transaction; what is already held so is counted, not repeated.

        `known_at` says when the world could know them (one moment, or a function of the record); None: what each
        says itself (publication, fetch), else now.
        """
        total, every = Added(), iter(records)
        while batch := [_item(record, known_at) for record in islice(every, _BATCH)]:
            self._append(batch, total)
        return total

    def together(self, records: Iterable[Any], withdrawn: Iterable[tuple[type, str]] = (), *,
                 known_at: date | datetime | None = None) -> Added:  # fmt: skip
        """Append records and withdrawals in one transaction: all of them or, after a crash, none."""
        done = Added()
        items = [Item(kind.__name__, key, moment(known_at) if known_at else None) for kind, key in withdrawn]
        self._append([*items, *(_item(record, known_at) for record in records)], done)
        return done

    def withdraw(self, kind: type, key: str, *, known_at: date | datetime | None = None) -> bool:
        """From `known_at` on (None: now) the record no longer stands; earlier reads still give it."""
        done = self._writer.append(
            [Item(kind.__name__, key, moment(known_at) if known_at else None)], moment(self.now())
        )
        return bool(done.new)

    def decide(self, who: str, what: str, target: str, why: str, change: dict[str, Any] | None = None) -> Decision:
        """Note what a person decided; decisions are never changed."""
        made = erasing.decision(who, what, target, why, moment(self.now()), change)
        self.add([made])
        return made

    def erase(self, article: str, *, who: str, why: str) -> Decision:
        """Erase an article, its pages and all that quotes it, on legal request; InputError where it is not held."""
        return erasing.erase(self._writer, article, who, why, moment(self.now()))

    def _append(self, batch: list[Item], total: Added) -> None:
        done = self._writer.append(batch, moment(self.now()))
        total.new += done.new
        total.same += done.same
        total.barred += done.barred

    # ------------------------------------------------------------------------------------------- reading
    def read(self, kind: type[R], *, as_of: When, held: When = None, since: When = None,
             about: Iterable[str] | None = None, keys: Iterable[str] | None = None) -> Iterator[R]:  # fmt: skip
        """Records of one kind as they stood, in the order they became known; erased ones are passed over.

        `since`: only what became known from then on. `about`: only what has to do with one of these topics
        ("actor:IRN", "article:a1", "country:IRQ", "outlet:Example Wire"). `keys`: only these.
        """
        every = self.timed(kind, as_of=as_of, held=held, since=since, about=about, keys=keys)
        return (record for _, record in every)

    def timed(self, kind: type[R], *, as_of: When, held: When = None, since: When = None,
              about: Iterable[str] | None = None, keys: Iterable[str] | None = None
              ) -> Iterator[tuple[datetime, R]]:  # fmt: skip
        """Like `read`, each with the moment it became known."""
        found = newest(self.alias, kind.__name__, as_of, held).filter(body__isnull=False)
        if since is not None:
            found = found.filter(known_at__gte=moment(since))
        if about is not None:
            found = found.filter(id__in=marked(self.alias, about, as_of))
        for some in [found] if keys is None else [found.filter(key__in=part) for part in parts(keys)]:
            for entry in some.iterator(chunk_size=1000):
                yield entry.known_at, unpack(entry.kind, entry.body, entry.blob)

    def get(self, kind: type[R], key: str, *, as_of: When, held: When = None) -> R | Erased | None:
        """One record as it stood; Erased where it was erased since, None where it was not known or withdrawn."""
        entry = held_entries(newest(self.alias, kind.__name__, as_of, held)).filter(key=key).first()
        if entry is None:
            return None
        if entry.body is None:
            return self._erased([entry])[0]
        return unpack(entry.kind, entry.body, entry.blob)

    def dyad(self, a: Iterable[str], b: Iterable[str], *, as_of: When, held: When = None,
             kind: type[R] = Event, alone: bool = True) -> Iterator[R]:  # type: ignore[assignment]  # fmt: skip
        """Events (or incidents) between actors of `a` and actors of `b`, whoever acted.

        `alone`: also the deeds of either that name no resolved counterpart, such as a deployment.
        """
        ones, others = sorted(set(a)), sorted(set(b))
        topics = {pair(one, other) for one in ones for other in others}
        if alone:
            topics |= {topic("alone", name) for name in (*ones, *others)}
        return self.read(kind, as_of=as_of, held=held, about=topics)

    def actors(self) -> list[str]:
        """Ids of all actors that any event or incident names, sorted."""
        names = Topic.objects.using(self.alias).filter(name__startswith="actor:").values_list("name", flat=True)
        return sorted(name.removeprefix("actor:") for name in names.iterator())

    def history(self, kind: type, key: str) -> list[Version]:
        """Every version of one record, in the order it became known."""
        rows = list(Entry.objects.using(self.alias).filter(kind=kind.__name__, key=key).order_by("known_at", "id"))
        found = []
        for row in rows:
            if row.body is not None:
                found.append(Version(row.known_at, row.recorded_at, "held", unpack(row.kind, row.body, row.blob)))
            elif row.erased_id:
                found.append(Version(row.known_at, row.recorded_at, "erased", self._erased([row])[0]))
            else:
                found.append(Version(row.known_at, row.recorded_at, "withdrawn", None))
        return found

    def erased(self, *, as_of: When, held: When = None, kind: type | None = None) -> list[Erased]:
        """What would have stood in the answer, but was erased since."""
        found = newest(self.alias, kind.__name__ if kind else None, as_of, held)
        return self._erased(found.filter(erased__isnull=False))

    def counts(self, *, as_of: When, held: When = None) -> dict[str, int]:
        """How many records of each kind stood."""
        found = newest(self.alias, None, as_of, held).filter(body__isnull=False).order_by()
        return dict(found.values_list("kind").annotate(Count("id")).order_by("kind"))

    def last_recorded(self) -> datetime | None:
        """When the newest entry was recorded: as `held`, it pins several reads to one state."""
        return Entry.objects.using(self.alias).order_by("-id").values_list("recorded_at", flat=True).first()

    def changes(self, kind: type, after: int) -> tuple[datetime | None, int]:
        """What was recorded of a kind after entry number `after`: how far back it reaches, and the last number."""
        rows = Entry.objects.using(self.alias).filter(id__gt=after, kind=kind.__name__)
        found = rows.aggregate(earliest=Min("known_at"), last=Max("id"))
        return found["earliest"], found["last"] or after

    # ----------------------------------------------------------------------------------------- bookmarks
    def bookmark(self, name: str) -> dict[str, Any]:
        """What a job remembered, empty at first."""
        found = Bookmark.objects.using(self.alias).filter(name=name).values_list("value", flat=True).first()
        return found or {}

    def set_bookmark(self, name: str, value: dict[str, Any]) -> None:
        """Remember how far a job has come, in place of what it remembered before."""
        Bookmark.objects.using(self.alias).update_or_create(name=name, defaults={"value": value})

    def bookmarks(self, prefix: str) -> dict[str, dict[str, Any]]:
        """All bookmarks whose names start so."""
        return dict(Bookmark.objects.using(self.alias).filter(name__startswith=prefix).values_list("name", "value"))

    # -------------------------------------------------------------------------------------------- inside
    def _erased(self, entries: Iterable[Entry]) -> list[Erased]:
        rows, made = list(entries), dict[int, Decision]()
        for one in Entry.objects.using(self.alias).filter(id__in={row.erased_id for row in rows}):
            made[one.id] = unpack(one.kind, one.body, None)  # type: ignore[arg-type]
        return [
            Erased(row.kind, row.key, row.known_at, made[row.erased_id].when, made[row.erased_id].why) for row in rows
        ]


def _item(record: Any, known: Known) -> Item:
    when = known(record) if callable(known) else known
    return item_of(record, None if when is None else moment(when))
