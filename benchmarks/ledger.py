"""The ledger: how fast events go in, how long an as-of read of one dyad takes, how much disk articles need.

    python benchmarks/ledger.py --ledger big.sqlite --events 50000 --times 20
    python benchmarks/ledger.py --ledger postgresql://user@host/name --events 50000 --times 20
    python benchmarks/ledger.py --ledger small.sqlite --articles 500

The ledger must be empty. Events are invented: 300 actors, pairs drawn by a power law, ten years, one event in twenty
corrected a week later. Reads are told by the clock and, in brackets, in CPU time of this process.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import connections

from detente.events.coder import Coder
from detente.keeping.ingest import Intake
from detente.records import Attribution, Event, Interval, Mention, Place, Span
from detente.sources import make_page
from detente.store import open_ledger
from throughput import corpus

START, DAYS, ACTORS, READS = date(2016, 1, 1), 3650, 300, 40


def actor(choose: random.Random) -> str:
    """An actor id; low numbers are drawn most."""
    return f"A{int(ACTORS * choose.random() ** 2.5):03d}"


def events(count: int, times: int = 1, seed: int = 1) -> Iterator[tuple[date, Event]]:
    """Events with the day they became known, oldest first."""
    choose = random.Random(seed)
    for n in range(count):
        day = START + timedelta(days=n * DAYS // (count * times))
        article = f"a-{n // 3}"
        one, other = actor(choose), actor(choose)
        quote = " ".join(choose.choice(("troops", "near", "the", "border", "struck", "a", "convoy", "on", "road"))
                         for _ in range(18))  # fmt: skip
        span = Span(article, choose.randrange(3000), choose.randrange(3000, 6000), quote)
        yield (
            day,
            Event(
                f"{article}-e{n % 3}", article, "ASSAULT", "ASSAULT", "happened", replace(span, quote="struck"), span,
                actors=(Mention(f"the army of {one}", span, one),), recipients=(Mention(f"{other} forces", span, other),),
                attribution=(Attribution(Mention("officials", span), span),), date=Interval(day, day, "day", "on Monday"),
                place=Place("Town", "settlement", 33.1, 44.2, f"C{n % 40}"), reported=day, outlet=f"Wire {n % 25}",
                coder="benchmark", why=("frame strike.1", "speaker named"),
            ),
        )  # fmt: skip


def fill(ledger: Any, count: int, times: int) -> tuple[float, float]:
    """Add the events, 500 a transaction; return seconds by the clock and of this process's CPU."""
    began, busy, batch = time.monotonic(), time.process_time(), []
    for n, (day, event) in enumerate(events(count, times), 1):
        batch.append((day, event))
        if n % 20 == 0:
            batch.append((day + timedelta(days=7), replace(event, confidence=0.9)))
        if len(batch) >= 500 or n == count:
            known = {id(record): when for when, record in batch}
            ledger.add([record for _, record in batch], known_at=lambda record: known[id(record)])  # noqa: B023
            batch = []
        if n % 50_000 == 0:
            print(
                f"  {n} events, {n / (time.monotonic() - began):.0f} a second, {n / (time.process_time() - busy):.0f} a CPU second",
                flush=True,
            )
    return time.monotonic() - began, time.process_time() - busy


def multiply(ledger: Any, times: int) -> None:
    """Copy every row `times` - 1 times inside the database, with other keys and later days: faster than adding."""
    connection = connections[ledger.alias]
    later = "datetime({0}, '+{1} days')" if connection.vendor == "sqlite" else "{0} + interval '{1} days'"
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(id) FROM ledger_entry")
        (most,) = cursor.fetchone()
        for copy in range(1, times):
            known, step = later.format("known_at", copy * DAYS // times), copy * most
            cursor.execute(
                "INSERT INTO ledger_entry (id, kind, key, known_at, recorded_at, digest, body) SELECT "
                f"id + {step}, kind, key || '~{copy}', {known}, recorded_at, digest, body FROM ledger_entry WHERE id <= {most}"
            )
            cursor.execute(
                "INSERT INTO ledger_mark (topic_id, entry_id, known_at) SELECT "
                f"topic_id, entry_id + {step}, {known} FROM ledger_mark WHERE entry_id <= {most}"
            )
            print(f"  copy {copy + 1} of {times}", flush=True)
        cursor.execute("ANALYZE")


def timed(what: Callable[[random.Random], int], times: int = READS) -> str:
    """Median and worst time of a read, by the clock and of the CPU, and how many records it gives."""
    choose, took, used, found = random.Random(7), [], [], []
    for _ in range(times):
        began, busy = time.monotonic(), time.process_time()
        found.append(what(choose))
        took.append(time.monotonic() - began)
        used.append(time.process_time() - busy)
    told = [f"{1000 * each:.1f}" for each in (statistics.median(took), statistics.median(used), max(took), max(used))]
    return f"{told[0]} ms ({told[1]}), worst {told[2]} ({told[3]}), {statistics.median(found):.0f} records"


def day(choose: random.Random) -> date:
    return START + timedelta(days=choose.randrange(DAYS // 2, DAYS))


def reads(ledger: Any) -> None:
    """Print the times of the reads that a dyad's brief, a page of the desk and a backtest make."""

    def dyad(top: int) -> Callable[[random.Random], int]:
        def read(choose: random.Random) -> int:
            a, b = f"A{choose.randrange(top):03d}", f"A{choose.randrange(top, 2 * top):03d}"
            return sum(1 for _ in ledger.dyad([a], [b], as_of=day(choose), alone=False))

        return read

    def month(choose: random.Random) -> int:
        until = day(choose)
        return sum(1 for _ in ledger.read(Event, as_of=until, since=until - timedelta(days=3), about=["country:C7"]))

    print("dyad of two busy actors, whole past:", timed(dyad(5)))
    print("dyad of two usual actors, whole past:", timed(dyad(100)))
    print("one country, last four days:", timed(month))
    print(
        "one event by its id:",
        timed(lambda c: ledger.get(Event, f"a-{c.randrange(1000)}-e1", as_of=day(c)) is not None),
    )


def articles(ledger: Any, count: int, place: str) -> None:
    """Print the disk that `count` coded articles of about 200 words need, pages and incidents included."""
    intake, began = Intake(ledger, Coder()), time.monotonic()
    for each in corpus(count, 1.0, 1):
        page = make_page(each.text.encode(), "text/plain", each.id, {"id": each.id, "published": "2020-04-21"})
        intake.pages([page])
    print(f"coded and stored {count} in {time.monotonic() - began:.0f} s; {intake.report.counts()}")
    began = time.monotonic()
    print(f"merged in {time.monotonic() - began:.0f} s; {intake.close().counts()}")
    ledger.close()
    size = sum(part.stat().st_size for part in Path(place).parent.glob(f"{Path(place).name}*"))
    print(f"disk: {size / 1e6 / count * 1000:.1f} MB for 1,000 articles")


def main() -> None:
    """Fill, read, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--events", type=int, default=0)
    parser.add_argument("--times", type=int, default=1, help="multiply the events inside the database")
    parser.add_argument("--articles", type=int, default=0)
    args = parser.parse_args()
    with open_ledger(args.ledger) as ledger:
        if ledger.last_recorded() is not None:
            parser.error(f"{args.ledger} is not empty")
        if args.events:
            took, busy = fill(ledger, args.events, args.times)
            print(f"{args.events} events in {took:.0f} s: {args.events / took:.0f} a second, "
                  f"{args.events / busy:.0f} a second of this process's CPU")  # fmt: skip
            multiply(ledger, args.times)
            print(f"a ledger of {args.events * args.times} events:")
            reads(ledger)
            if "://" not in args.ledger:
                print(f"disk: {Path(args.ledger).stat().st_size / 1e6:.0f} MB")
        if args.articles:
            articles(ledger, args.articles, args.ledger)


if __name__ == "__main__":
    main()
