"""A large invented ledger for the desk: conflict news of ten years and the whole world, with a share in one theatre.

    python benchmarks/deskfill.py --ledger /tmp/big.sqlite --events 10000 --times 100

Three happenings of a day and one to five reports that each tell of all three, so that every event mention has its article,
its exact words and its incident. One happening in twenty is the bundled theatre's (between the sides it watches, at its
places); the others are between states and their armed forces. Seeded: the same numbers give the same ledger.

--times makes copies with other ids and other days inside a SQLite file, some fifteen times as fast as adding: the words
repeat, no article, event or incident does.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import time
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connections

from detente.incidents.build import Reports, build
from detente.incidents.origins import Credits
from detente.incidents.views import view
from detente.keeping.merging import JOB
from detente.pipeline import load_theatre, roll_up
from detente.records import Article, Event, Heard, Incident, Interval, Mention, Place, Span, Tripwire
from detente.reference.actors import load
from detente.store import open_ledger
from detente.store.codec import _dictionary, digest_of, known_of

START, DAYS, THEATRE, SHARE, OUTLETS = date(2010, 1, 1), 3833, "iraq-2020", 0.05, 60  # to 30 June 2020
DEEDS = (
    ("ASSAULT", "fired rockets at", 7), ("ASSAULT", "shelled a position of", 5), ("THREATEN", "threatened", 3),
    ("MOBILIZE", "moved troops against", 3), ("ACCUSE", "accused", 5), ("CONSULT", "met envoys of", 4),
    ("AGREE", "signed a truce with", 2), ("RETREAT", "withdrew before", 1), ("SANCTION", "froze accounts of", 1),
)  # fmt: skip
WORDS = "dust road market river convoy night rain bridge quarter school wall gate tower depot hill orchard".split()
Named = tuple[str, str]  # id, name


@dataclass(frozen=True, slots=True)
class World:
    """Who and where: the theatre's sides and places, and everybody else's."""

    sides: Sequence[tuple[Sequence[Named], Sequence[Named]]]
    sites: Sequence[Place]
    states: Sequence[Named]
    towns: Sequence[Place]

    def happening(self, dice: random.Random) -> tuple[Named, Named, Place]:
        """Actor, recipient and place of a happening; low numbers among the states are drawn most."""
        if dice.random() < SHARE:
            one, other = (dice.choice(side) for side in dice.choice(self.sides))
            return (
                (one, other, dice.choice(self.sites)) if dice.random() < 0.5 else (other, one, dice.choice(self.sites))
            )
        one, other = (self.states[int(len(self.states) * dice.random() ** 2)] for _ in range(2))
        return one, other, dice.choice(self.towns)


def world(dice: random.Random) -> World:
    """The actors of the reference data and the theatre; invented towns."""
    place, known = load_theatre(THEATRE), load()
    names = {each.id: each.name for each in (*known.actors(), *place.actors)}
    sides = [([(key, names[key]) for key in each.a if key in names], [(key, names[key]) for key in each.b if key in names])
             for each in place.dyads]  # fmt: skip
    watched = {"USA", "IRN", "IRQ", *(key for each in place.dyads for key in (*each.a, *each.b))}
    states = [(each.id, each.name) for each in known.actors() if each.id.isupper() and each.id[:3] not in watched]
    sites = [
        Place(each.name, each.precision, each.lat, each.lon, "IRQ", id=each.id) for each in place.places if each.lat
    ]
    towns = [Place(f"{dice.choice(WORDS).title()}ton {n}", "settlement", dice.uniform(-50, 60), dice.uniform(-120, 150),
                   states[n % len(states)][0][:3], id=f"invented:{n}") for n in range(4000)]  # fmt: skip
    dice.shuffle(states)
    return World(sides, sites, states, towns)


def batches(count: int, seed: int = 1) -> Iterator[list[Any]]:
    """Articles, events, incidents and some tripwires, oldest first; about `count` events in all."""
    dice, rolls_up = random.Random(seed), roll_up(load_theatre(THEATRE))
    everybody, made = world(dice), 0
    for number in itertools.count():
        if made >= count:
            return
        day = START + timedelta(days=min(DAYS, made * DAYS // count))
        told = [(dice.choices(DEEDS, [each[2] for each in DEEDS])[0], *everybody.happening(dice)) for _ in range(3)]
        reports = [
            _report(f"w0x{number}-{n}", day + timedelta(days=n // 3), told, dice) for n in range(dice.randint(1, 5))
        ]
        articles = {each.id: each for each, _ in reports}
        alike = [build([view(events[n]) for _, events in reports], [], [], Reports(articles, {}, Credits({})), rolls_up)
                 for n in range(3)]  # fmt: skip
        made += 3 * len(reports)
        yield [*articles.values(), *(one for _, events in reports for one in events), *alike, *_wires(reports[0], dice)]


def _report(key: str, day: date, told: Sequence[tuple], dice: random.Random) -> tuple[Article, list[Event]]:
    """An article with a sentence for each happening, and the events with their exact words."""
    outlet, text, events = f"Wire {dice.randrange(OUTLETS)}", "", []
    for n, ((kind, verb, _), one, other, place) in enumerate(told):
        start = len(text)
        text += f"{one[1]} {verb} {other[1]} near {place.name}, officials said, by the {' '.join(dice.choices(WORDS, k=12))}. "
        verbs, there = start + len(one[1]) + 1, start + len(one[1]) + len(verb) + 2
        span = Span(key, start, len(text) - 1, text[start:-1])
        events.append(
            Event(
                f"{key}-e{n}", key, kind, kind, "threatened" if kind == "THREATEN" else "happened",
                Span(key, verbs, verbs + len(verb), verb), span, modes=("heavy-weapons",) if kind == "ASSAULT" else (),
                actors=(Mention(one[1], Span(key, start, verbs - 1, one[1]), one[0]),),
                recipients=(Mention(other[1], Span(key, there, there + len(other[1]), other[1]), other[0]),),
                date=Interval(day, day, "day", "on the day"), place=place, confidence=0.8, reported=day, outlet=outlet,
                coder="invented",
            )
        )  # fmt: skip
    title = text[: text.index(", officials")]
    return Article(
        key, text, title=title, outlet=outlet, published=day, language="en", url=f"https://example.org/{key}"
    ), events


def _wires(report: tuple[Article, list[Event]], dice: random.Random) -> Iterator[Tripwire]:
    """A tripwire for one threat in four."""
    for each in report[1]:
        if each.type == "THREATEN" and dice.random() < 0.25:
            span = each.evidence
            yield Tripwire(f"t-{each.id}", each.article, span, span, span, each.actors[0], each.recipients, act="ASSAULT",
                           event=each.id, reported=each.reported)  # fmt: skip


def fill(ledger: Any, count: int) -> None:
    """Add the records; an incident is known from its first report on."""
    began = time.monotonic()
    ledger.add(Heard(f"Wire {n}", START + timedelta(days=day), True, 20) for n in range(3) for day in range(DAYS))
    every = (each for some in batches(count) for each in some)
    ledger.add(every, known_at=lambda each: each.known if isinstance(each, Incident) else known_of(each))
    print(f"  {count} events added in {time.monotonic() - began:.0f} s", flush=True)


# ------------------------------------------------------------------------------------------------- copies
_DAY = re.compile(rb"20[0-3]\d-\d\d-\d\d")
_INDEXES = ("ledger_entry_version", "ledger_entry_known", "ledger_mark_topic")


def multiply(connection: Any, times: int) -> None:
    """Copy every record but what was heard, each copy with ids and days of its own; indexes are made at the end."""
    began = time.monotonic()
    with connection.cursor() as cursor:
        largest, indexes = _largest(cursor), _drop(cursor)
        for copy in range(1, times):
            _copy(cursor, copy, *largest)
            print(f"  copy {copy + 1} of {times}, {time.monotonic() - began:.0f} s", flush=True)
        for made in indexes:
            cursor.execute(made)
        print(f"  indexes made, {time.monotonic() - began:.0f} s", flush=True)


def _largest(cursor: Any) -> tuple[int, int, int]:
    return tuple(
        cursor.execute(f"SELECT MAX(id) FROM {name}").fetchone()[0]
        for name in ("ledger_entry", "ledger_topic", "ledger_mark")
    )  # type: ignore[return-value]


def _drop(cursor: Any) -> list[str]:
    names = ", ".join(f"'{each}'" for each in _INDEXES)
    found = cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE name IN ({names})").fetchall()
    for name, _ in found:
        cursor.execute(f"DROP INDEX {name}")
    return [made for _, made in found]


def _copy(cursor: Any, copy: int, rows: int, topics: int, marks: int) -> None:
    """One transaction: the entries anew, then their topics and marks by the database itself."""
    shift = _shifted(copy)
    cursor.execute("BEGIN")
    last = "(SELECT CAST(recorded_at AS TEXT) FROM ledger_entry ORDER BY id DESC LIMIT 1)"
    every = cursor.connection.execute(
        f"SELECT id, kind, key, CAST(known_at AS TEXT), {last}, body FROM ledger_entry WHERE id <= {rows} AND kind <> 'Heard'"
    ).fetchall()
    made = ((number + copy * rows, kind, _renamed(key, copy), shift[known[:10].encode()].decode() + known[10:], recorded,
             *_rewritten(kind, key, body, copy, shift)) for number, kind, key, known, recorded, body in every)  # fmt: skip
    cursor.connection.executemany(
        "INSERT INTO ledger_entry (id, kind, key, known_at, recorded_at, digest, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
        made,
    )
    cursor.execute(f"INSERT INTO ledger_topic (id, name) SELECT id + {copy * topics}, replace(name, 'w0x', 'w{copy}x') "
                   f"FROM ledger_topic WHERE id <= {topics} AND name LIKE '%w0x%'")  # fmt: skip
    cursor.execute(
        f"INSERT INTO ledger_mark (topic_id, entry_id, known_at) SELECT CASE WHEN t.name LIKE '%w0x%' THEN t.id + {copy * topics} "
        f"ELSE t.id END, e.id, e.known_at FROM ledger_mark m JOIN ledger_topic t ON t.id = m.topic_id "
        f"JOIN ledger_entry e ON e.id = m.entry_id + {copy * rows} WHERE m.id <= {marks}"
    )
    cursor.execute("COMMIT")


def _shifted(copy: int) -> dict[bytes, bytes]:
    """Every day of the ten years, and the day it becomes in this copy: some weeks later, from the end to the start."""
    every = [(START + timedelta(days=n)).isoformat().encode() for n in range(DAYS + 3)]
    return {day: every[(n + 73 * copy) % len(every)] for n, day in enumerate(every)}


def _renamed(key: str, copy: int) -> str:
    return key.replace("w0x", f"w{copy}x") if "w0x" in key else f"{key}c{copy}"


def _rewritten(kind: str, key: str, body: bytes, copy: int, shift: dict[bytes, bytes]) -> tuple[bytes, bytes]:
    """Digest and body of the copy."""
    text = zlib.decompressobj(zdict=_dictionary()).decompress(body[1:])
    text = _DAY.sub(lambda found: shift.get(found[0], found[0]), text.replace(b"w0x", b"w%dx" % copy))
    if "w0x" not in key:
        text = text.replace(json.dumps(key).encode(), json.dumps(_renamed(key, copy)).encode())
    packer = zlib.compressobj(1, zdict=_dictionary())
    return digest_of(kind, text), body[:1] + packer.compress(text) + packer.flush()


def main() -> None:
    """Fill an empty ledger."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--ledger", required=True, help="a SQLite file, or postgresql://… without --times; it must be empty"
    )
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--times", type=int, default=1, help="multiply them inside the database")
    args = parser.parse_args()
    with open_ledger(args.ledger) as ledger:
        connection = connections[ledger.alias]
        if ledger.last_recorded() is not None:
            parser.error(f"{args.ledger} is not empty")
        if connection.vendor == "sqlite":  # a file that can be made again needs no care at each commit
            connection.cursor().execute("PRAGMA synchronous=OFF")
        elif args.times > 1:
            parser.error("--times works in a SQLite file only")
        fill(ledger, args.events)
        if args.times > 1:
            multiply(connection, args.times)
        ledger.set_bookmark(JOB, {"entry": ledger.changes(Event, 0)[1]})  # it is merged
        connection.cursor().execute("ANALYZE")
        print(f"  {ledger.counts(as_of=None)}")


if __name__ == "__main__":
    main()
