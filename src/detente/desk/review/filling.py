"""From the ledger to the queue: new mentions, ties and tripwires become tasks; what is gone leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from detente.assessing import roll_up
from detente.desk.book import ledger, theatres
from detente.desk.review.models import Task
from detente.desk.review.ordering import Sight, weigh
from detente.desk.theatres.reading import is_small
from detente.events.rows import is_row
from detente.incidents.review import anchor, is_review, target_of
from detente.keeping.deciding import in_force
from detente.keeping.merging import merge_again
from detente.records import Event, Link, Tripwire
from detente.reference.theatre import LullDefinition
from detente.tension.sides import Watch

if TYPE_CHECKING:
    from detente.store.ledger import Ledger

JOB = "review"
A_TIME = 500  # rows
KINDS: tuple[type, ...] = (Event, Link, Tripwire)


def waiting(book: Ledger) -> dict[str, tuple[datetime | None, int]]:
    """For each kind what was recorded since the last filling: how far back it reaches, and the last entry's number."""
    done = book.bookmark(JOB)
    return {kind.__name__: book.changes(kind, done.get(kind.__name__, 0)) for kind in KINDS}


def refresh(patient: bool = False) -> int | None:
    """Bring incidents and queue up to date; return how many tasks are new, None where the ledger is too large to wait."""
    if not patient and not is_small():
        return None
    book = ledger()
    new = waiting(book)
    place = next(iter(theatres().values()), None)
    merge_again(book, roll_up(place))
    since = min((when for when, _ in new.values() if when is not None), default=None)
    made = _fill(book, since) if since is not None else 0
    book.set_bookmark(JOB, {kind: last for kind, (_, last) in new.items()})
    return made


def _fill(book: Ledger, since: datetime) -> int:
    """Tasks for what became known from then on; those held already are weighed anew, until somebody decides."""
    sights = watched()
    tripping = frozenset(each.event for each in book.read(Tripwire, as_of=None) if each.event)
    settled = {(each.target.split(" ")[0], *each.change.get("at", ())) for each in in_force(book) if is_review(each)}
    before, found = Task.objects.count(), set[str]()
    tasks = _tasks(book, since, sights, tripping, settled)
    while some := list(islice(tasks, A_TIME)):
        names = [each.target for each in some]
        found.update(names)
        Task.objects.filter(target__in=names, state=Task.State.GONE).update(state=Task.State.OPEN)  # back again
        Task.objects.bulk_create(
            some,
            update_conflicts=True,
            unique_fields=["target"],
            update_fields=["priority", "reasons", "dyad", "article"],
        )
    held = Task.objects.filter(kind__in=[kind.__name__ for kind in KINDS], known_at__gte=since)
    gone = [each.pk for each in held.exclude(state=Task.State.GONE).only("pk", "target") if each.target not in found]
    for at in range(0, len(gone), A_TIME):
        Task.objects.filter(pk__in=gone[at : at + A_TIME]).update(state=Task.State.GONE)
    return Task.objects.count() - before


def _tasks(
    book: Ledger, since: datetime, sights: list[Sight], tripping: frozenset[str], settled: set[tuple[Any, ...]]
) -> Iterator[Task]:
    """`settled`: kinds and places of what was decided under another number, before an article was coded anew."""
    for kind in KINDS:
        every: Iterator[tuple[datetime, Any]] = book.timed(kind, as_of=None, since=since)
        for known, thing in every:
            if isinstance(thing, Event) and is_row(thing):
                continue  # somebody else's coding
            weight = weigh(thing, sights, tripping)
            yield Task(
                kind=kind.__name__, target=target_of(thing), article=thing.article, known_at=known, dyad=weight.dyad,
                reasons=weight.reasons, priority=round(weight.priority, 3),
                state=Task.State.DONE if (kind.__name__, *anchor(thing)) in settled else Task.State.OPEN,
            )  # fmt: skip


def watched() -> list[Sight]:
    """Every dyad of the desk, with its calm where that was assessed."""
    from detente.desk.theatres.state import state

    found = []
    for place in theatres().values():
        lulls = {each.dyad.id: each.found.lull for each in state(place.id).views}
        calm = {name: each.since for name, each in lulls.items() if each.state in ("lull", "quiet")}
        rolls_up = roll_up(place)
        for dyad in place.dyads:
            definition = place.lulls.get(dyad.id, LullDefinition())
            found.append(Sight(f"{place.id}/{dyad.id}", Watch(dyad, rolls_up, place), definition, calm.get(dyad.id)))
    return found
