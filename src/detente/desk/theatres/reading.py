"""What the pages of a theatre read of a ledger: all of a small one, the newest part that concerns it of a large one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, TypeVar

from detente.assessing import RollsUp, listened
from detente.desk.book import ledger
from detente.dossier import Dossier
from detente.keeping import dossier_of
from detente.keeping.deciding import in_force
from detente.records import Article, Event, Gap, Heard, Incident, Link, Tripwire
from detente.reference.theatre import Theatre
from detente.store.codec import moment, pair, topic, unpack
from detente.store.models import Entry, Mark, Topic
from detente.store.read import marked, newest
from detente.tension.sides import Watch
from detente.tension.tripwires import concerns

MOST = 20_000  # events up to which a ledger is read as a whole
REACH = timedelta(days=400)  # of a larger one; a chart draws 370 days
INCIDENTS = 5_000  # the newest of them at most
STATEMENTS = 2_000  # tripwires, links, answers of sources: the newest of each
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Known:
    """What was known by `as_of` (the last report's day, or the day asked for); before `since` nothing was read."""

    dossier: Dossier  # its incidents are those the ledger keeps, merged when they came in
    as_of: date
    since: date | None = None  # None: everything was read


def known(theatre: Theatre, rolls_up: RollsUp, day: date | None, held: datetime | None) -> Known | None:
    """The theatre's part of the ledger as known by `day` (None: now); None where no report has a date."""
    if is_small():
        dossier, since = dossier_of(ledger(), as_of=day, held=held), None
    else:
        dossier, since = _part(theatre, rolls_up, day, held)
    days = [each.published for each in listened(dossier) if each.published]
    return Known(dossier, day or max(days), since) if days else None


def is_small() -> bool:
    """Whether the whole ledger may be read while somebody waits; counts no further than it must."""
    return Entry.objects.filter(kind="Event").order_by()[: MOST + 1].count() <= MOST


def _part(theatre: Theatre, rolls_up: RollsUp, day: date | None, held: datetime | None) -> tuple[Dossier, date | None]:
    """Incidents that concern the theatre, newest first up to a limit, with their mentions and reports."""
    last = newest("default", "Article", day, held).filter(body__isnull=False).reverse().first()
    if last is None:
        return Dossier(), None
    start = last.known_at - REACH
    incidents, since = _incidents(theatre, rolls_up, start, day, held)
    watches = [Watch(each, rolls_up, theatre) for each in theatre.dyads]
    wires = [
        each
        for each in _latest(Tripwire, start, day, held, STATEMENTS)
        if any(concerns(each, watch) for watch in watches)
    ]
    links = list(_latest(Link, start, day, held, STATEMENTS))
    book = ledger()
    events = list(book.read(Event, as_of=day, held=held, keys={key for each in incidents for key in each.events}))
    reports = {key for each in incidents for key in each.reports}
    reports |= {each.article for each in wires} | {each.article for each in links}
    articles = {each.id: each for each in book.read(Article, as_of=day, held=held, keys=reports)}
    return Dossier(
        articles, events, wires, links, incidents,
        gaps=list(_latest(Gap, start, day, held, STATEMENTS)), heard=list(_latest(Heard, start, day, held, STATEMENTS)),
        coded=set(articles), decisions=in_force(book, held=held),
    ), since  # fmt: skip


def _incidents(
    theatre: Theatre, rolls_up: RollsUp, start: datetime, day: date | None, held: datetime | None
) -> tuple[list[Incident], date]:
    """Between the sides first, then what else happened in the theatre's countries; the day from which both are whole."""
    found: dict[str, Incident] = {}
    since = start
    between, there = topics(theatre, rolls_up)
    for about in (between, there):
        rows = newest("default", "Incident", day, held).filter(
            body__isnull=False, known_at__gte=start, id__in=marked("default", about, day)
        )
        kept = list(rows.reverse()[: INCIDENTS // 2 + 1])
        if len(kept) > INCIDENTS // 2:
            since = max(since, kept.pop().known_at + timedelta(days=1))
        found |= {row.key: unpack(row.kind, row.body, row.blob) for row in kept}
    return list(found.values()), since.date()


def topics(theatre: Theatre, rolls_up: RollsUp) -> tuple[set[str], set[str]]:
    """By what a theatre's incidents are found: pairs across its dyads; deeds of one side alone and its countries."""
    ids = ledger().actors()
    pairs, rest = set[str](), {topic("country", each) for each in theatre.countries}
    for dyad in theatre.dyads:
        a, b = ({*side, *(each for each in ids if rolls_up(each, side, None))} for side in (dyad.a, dyad.b))
        pairs |= {pair(one, other) for one in a for other in b}
        rest |= {topic("alone", each) for each in (*dyad.a, *dyad.b)}
    return pairs, rest


def _latest(kind: type[R], start: datetime, day: date | None, held: datetime | None, most: int) -> Iterator[R]:
    """The newest records of a kind, oldest of them first."""
    rows = newest("default", kind.__name__, day, held).filter(body__isnull=False, known_at__gte=start)
    for row in reversed(rows.reverse()[:most]):
        yield unpack(row.kind, row.body, row.blob)


def recent(kind: type[R], about: str, day: date | None, most: int) -> list[R]:
    """The newest records of a kind on one topic, newest first: however many marks the topic has, few are read."""
    number = Topic.objects.filter(name=about).values_list("id", flat=True).first()
    if number is None:
        return []
    marks = Mark.objects.filter(topic=number).order_by("-known_at", "-entry_id")
    if day is not None:
        marks = marks.filter(known_at__lt=moment(day) + timedelta(days=1))
    found: list[Any] = []
    for some in _chunks(marks.values_list("entry_id", flat=True).iterator(chunk_size=500), 500, 8):
        rows = newest("default", kind.__name__, day, None).filter(body__isnull=False, id__in=some).reverse()
        found += [unpack(row.kind, row.body, row.blob) for row in rows[: most - len(found)]]
        if len(found) >= most:
            break
    return found


def _chunks(items: Iterable[int], size: int, most: int) -> Iterator[list[int]]:
    every = iter(items)
    for _ in range(most):
        if not (some := list(islice(every, size))):
            return
        yield some
