"""Counts for a run's summary: read, skipped, quarantined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from detente.records import NEWEST, OLDEST, Article, Interval, Page, Quarantined

_DAYS = ("published", "updated", "reported", "known", "start", "end", "day", "deadline", "date")


@dataclass(slots=True)
class Tally:
    """Counts what passes through: `for page in tally.pages(open_sources(paths))`, then `tally.articles(...)`."""

    received: int = 0
    skipped: int = 0  # exact copies of a page already received, by hash
    quarantined: list[Quarantined] = field(default_factory=list)
    passed: list[Path] = field(default_factory=list)  # files of folders that no reader takes
    _seen: set[bytes] = field(default_factory=set, repr=False)
    _now: str = field(default="", repr=False)  # where the last page passed on came from
    _ids: dict[str, str] = field(default_factory=dict, repr=False)  # of an article -> where it came from

    @property
    def read(self) -> int:
        """Items that were neither skipped nor quarantined."""
        return self.received - self.skipped - len(self.quarantined)

    def pages(self, items: Iterable[Page | Quarantined]) -> Iterator[Page]:
        """Pass on pages seen for the first time; keep what could not be read."""
        for item in items:
            self.received += 1
            if isinstance(item, Quarantined):
                self.quarantined.append(item)
                continue
            digest = bytes.fromhex(item.sha256)
            if digest in self._seen:
                self.skipped += 1
                continue
            self._seen.add(digest)
            self._now = item.origin
            yield item

    def articles(self, items: Iterable[Article | Quarantined]) -> Iterator[Article]:
        """Pass on articles; quarantine pages that could not be read and a second text under an id already used.

        Each is made of the page that `pages` passed on last.
        """
        for item in items:
            if isinstance(item, Quarantined):
                self.quarantined.append(item)
            elif item.id in self._ids:
                reason = f"id '{item.id}' was already used by another item ({self._ids[item.id]})"
                self.quarantined.append(Quarantined(self._now or item.page or item.id, reason, item.text[:200]))
            else:
                self._ids[item.id] = self._now or item.page or item.title[:80]
                yield item

    def records(self, items: Iterable[Any], name: str = "") -> Iterator[Any]:
        """Pass on records made before, from a file of this name; one that names an impossible day is quarantined."""
        for item in items:
            reason = impossible_day(item)
            if reason is None:
                if name and isinstance(item, Article):
                    self._ids.setdefault(item.id, f"{name}:{item.id}")
                yield item
            else:
                self.received += 1
                self.quarantined.append(Quarantined(name_of(item), reason))

    def at(self, refused: Quarantined) -> Quarantined:
        """What was refused under an article's id, with the file (and line) that the article came from."""
        return replace(refused, origin=self._ids.get(refused.origin, refused.origin))

    def __str__(self) -> str:
        copies = f"skipped {self.skipped} exact {'copy' if self.skipped == 1 else 'copies'}"
        return f"read {self.read}, {copies}, quarantined {len(self.quarantined)}"


def impossible_day(record: Any) -> str | None:
    """Why a record is not to be believed: it is dated before 1800 or after 2199 (a slip such as 0025 for 2025)."""
    for name in _DAYS:
        value = getattr(record, name, None)
        days = (value.start, value.end) if isinstance(value, Interval) else (value,)
        for each in days:
            day = each.date() if isinstance(each, datetime) else each
            if isinstance(day, date) and not OLDEST <= day <= NEWEST:
                return f"{name} {day} is before {OLDEST.year} or after {NEWEST.year}: correct it"
    return None


def name_of(record: Any) -> str:
    """A record as a summary names it."""
    return f"{type(record).__name__} {getattr(record, 'id', None) or getattr(record, 'source', '')}"
