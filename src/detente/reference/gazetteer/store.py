"""Reader of the compiled gazetteer: read-only, cached, safe to use after a fork and from threads."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from detente.reference.gazetteer.distance import box_radius
from detente.reference.gazetteer.names import fold, sieve_bits, skeleton
from detente.reference.gazetteer.supplement import KINDS, Entry

MOST_CANDIDATES = 200
_CACHE = 100_000
_MAPPED = 1 << 28  # bytes of the file read through memory
_COLUMNS = "p.ref, p.name, p.kind, p.lat, p.lon, p.country, p.admin1, p.admin2, p.pop, p.km"


@dataclass(frozen=True, slots=True)
class Known:
    """One place of the gazetteer under one spelling; `country` is ISO alpha-2, `rank` 0 own name, 1-2 others."""

    ref: str
    name: str
    kind: str
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    admin2: str | None
    pop: int
    km: float
    rank: int = 0


class Store:
    """Look-ups by folded name; places of a theatre are laid over the compiled file."""

    def __init__(self, path: Path, overlay: Iterable[Entry] = ()):
        self.path = path
        self._open: dict[tuple[int, int], sqlite3.Connection] = {}
        self._names: dict[str, tuple[Known, ...]] = {}
        self._first: dict[str, int] = {}
        self._has: dict[str, bool] = {}
        self.fame: dict[str, tuple[tuple[str, float], ...]] = {}  # of a name, filled by recognition
        self.homes: dict[str, frozenset[str | None]] = {}  # countries that have a place of a name; the same
        self._sieve: bytes = self._rows("SELECT sieve FROM meta")[0][0]
        self._over: dict[str, tuple[Known, ...]] = {}
        self._over_first: dict[str, int] = {}
        self.iso3 = {c: ref[4:] for c, ref in self._rows("SELECT country, ref FROM place WHERE kind='country'")}
        self.iso2 = {three: two for two, three in self.iso3.items()}
        self.people = {k: self._known(p) for k, p in self._rows("SELECT key, place FROM people")}
        self.abbreviations = {t: self._known(p) for t, p in self._rows("SELECT text, place FROM abbr")}
        self.abbreviated = frozenset(t.removesuffix(".") for t in self.abbreviations)
        self.countries = {r[5]: Known(*r) for r in self._rows(f"SELECT {_COLUMNS} FROM place p WHERE kind='country'")}
        for e in overlay:
            self._lay_over(e)

    def _connection(self) -> sqlite3.Connection:
        who = (os.getpid(), threading.get_ident())
        if who not in self._open:
            uri = f"{self.path.absolute().as_uri()}?mode=ro&immutable=1"
            self._open[who] = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._open[who].execute(f"PRAGMA mmap_size={_MAPPED}")
        return self._open[who]

    def _rows(self, query: str, *values: object) -> list[tuple]:
        return self._connection().execute(query, values).fetchall()

    def _known(self, number: int) -> Known:
        return Known(*self._rows(f"SELECT {_COLUMNS} FROM place p WHERE id=?", number)[0])

    def _lay_over(self, e: Entry) -> None:
        two = self.iso2.get(e.country or "")
        km = e.km or (box_radius(e.box) if e.box else KINDS[e.kind][1]) or 10.0
        kind = {"province": "admin1", "district": "admin2"}.get(e.kind, e.kind)
        ref = f"theatre:{fold(e.name).replace(' ', '-')}"
        known = Known(ref, e.name, kind, e.lat, e.lon, two, None, None, 0, round(km, 1))
        for name in (e.name, *e.also):
            key = fold(name)
            self._over[key] = (*self._over.get(key, ()), known)
            words = key.split()
            self._over_first[words[0]] = max(self._over_first.get(words[0], 0), len(words))

    def _maybe(self, key: str) -> bool:
        a, b = sieve_bits(key)
        return bool(self._sieve[a >> 3] & (1 << (a & 7)) and self._sieve[b >> 3] & (1 << (b & 7)))

    def most(self, word: str) -> int:
        """Return the length in words of the longest name that starts with this folded word; 0 if none does."""
        if word not in self._first:
            self.tidy(self._first)
            found = self._rows("SELECT most FROM first WHERE word=?", word) if self._maybe(f"\t{word}") else []
            self._first[word] = max(found[0][0] if found else 0, self._over_first.get(word, 0))
        return self._first[word]

    def has(self, key: str) -> bool:
        """Whether any place or people bears this folded name."""
        if key not in self._has:
            self.tidy(self._has)
            self._has[key] = (
                key in self._over or key in self.people or (self._maybe(key) and bool(self.named(key)))
            )  # fmt: skip
        return self._has[key]

    def is_own(self, key: str) -> bool:
        """True for a folded name of a theatre's own places."""
        return key in self._over

    def named(self, key: str) -> tuple[Known, ...]:
        """Return the places of this folded name, the most populous first; a theatre's own places stand alone."""
        if key in self._over:
            return self._over[key]
        if key not in self._names:
            self.tidy(self._names)
            rows = self._rows(
                f"SELECT {_COLUMNS}, n.rank FROM name n JOIN place p ON p.id=n.place WHERE n.key=? "
                f"ORDER BY p.pop DESC LIMIT {MOST_CANDIDATES}", key,
            )  # fmt: skip
            self._names[key] = tuple(Known(*r) for r in rows)
        return self._names[key]

    def sounding(self, key: str) -> tuple[Known, ...]:
        """Return places whose transliterated name has the same consonants as this folded name."""
        if len(skeleton(key)) < 3:
            return ()
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM sound s JOIN place p ON p.id=s.place WHERE s.key=? ORDER BY p.pop DESC LIMIT 20",
            skeleton(key),
        )
        return tuple(Known(*(*r, 3)) for r in rows)

    @staticmethod
    def tidy(cache: dict) -> None:
        """Empty a cache that has grown too large."""
        if len(cache) > _CACHE:
            cache.clear()
