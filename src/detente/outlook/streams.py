"""Event streams as plain arrays: what the outlook learns from and is measured on.

A canonical stream is a CSV with the columns date, source, target, code, country, cls, one coded event
per row. `cls` is a coarse class; only "VK" (violence) counts as an attack. The unit of analysis is the
unordered pair of actors.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from detente.records import FileFormatError

CLASSES = ("VK", "TH", "MOB", "CO", "PR", "RR", "VC", "VP", "MP", "CF", "NE")
EPOCH = date(1970, 1, 1)
COLUMNS = ("date", "source", "target", "country", "cls")


def to_day(when: date) -> int:
    """Days since 1 January 1970."""
    return (when - EPOCH).days


def to_date(day: int) -> date:
    """The calendar date of a day number."""
    return date.fromordinal(EPOCH.toordinal() + int(day))


@dataclass(frozen=True, slots=True)
class Stream:
    """Events sorted by day; the arrays `unit`, `source`, `target`, `place` and `cls` are all of one length.

    Texts are kept as object arrays; `cls` holds positions in CLASSES. `heard` holds the first and the last day
    on which anybody listened, where that is known to be more than from the first event to the last.
    """

    name: str
    day: np.ndarray
    source: np.ndarray
    target: np.ndarray
    place: np.ndarray
    cls: np.ndarray
    unit: np.ndarray
    heard: tuple[int, int] | None = None

    @property
    def first(self) -> int:
        """Day number of the first day covered."""
        return min(int(self.day[0]), self.heard[0]) if self.heard else int(self.day[0])

    @property
    def last(self) -> int:
        """Day number of the last day covered."""
        return max(int(self.day[-1]), self.heard[1]) if self.heard else int(self.day[-1])

    def until(self, day: int) -> Stream:
        """The stream as it was known at the end of `day`."""
        n = int(np.searchsorted(self.day, day, "right"))
        parts = {k: getattr(self, k)[:n] for k in ("day", "source", "target", "place", "cls", "unit")}
        heard = (min(self.heard[0], day), min(self.heard[1], day)) if self.heard else None
        return replace(self, **parts, heard=heard)


def stream_of(
    name: str, rows: Iterable[tuple[date, str, str, str, str]], heard: tuple[date, date] | None = None
) -> Stream:
    """Builds a stream from (date, source, target, place, cls) rows; an actor's events with itself are left out.

    `heard`: the first and the last day on which anybody listened; without it, those of the first and last event.
    """
    kept = sorted((r for r in rows if r[1] != r[2]), key=lambda r: r[0])
    if not kept:
        raise FileFormatError(name, "no event between two different actors")
    position = {c: i for i, c in enumerate(CLASSES)}
    day = np.array([to_day(r[0]) for r in kept])
    source, target, place = (np.array([r[k] for r in kept], dtype=object) for k in (1, 2, 3))
    cls = np.array([position.get(r[4], len(CLASSES) - 1) for r in kept])
    unit = np.array([" | ".join(sorted(r[1:3])) for r in kept], dtype=object)
    covered = (to_day(heard[0]), to_day(heard[1])) if heard else None
    return Stream(name, day, source, target, place, cls, unit, covered)


def read_stream(path: Path) -> Stream:
    """Reads a canonical CSV, gzipped or not; the stream is named after the file.

    Raises FileFormatError for a missing column or a date that is not ISO 8601.
    """
    raw = path.read_bytes()
    text = gzip.decompress(raw).decode("utf-8") if path.suffix == ".gz" else raw.decode("utf-8")
    return stream_of(path.name.split(".")[0], _rows(str(path), text))


def _rows(path: str, text: str) -> Iterator[tuple[date, str, str, str, str]]:
    reader = csv.DictReader(io.StringIO(text))
    missing = set(COLUMNS) - set(reader.fieldnames or ())
    if missing:
        raise FileFormatError(path, f"column missing: {', '.join(sorted(missing))}", line=1)
    for n, row in enumerate(reader, start=2):
        try:
            when = date.fromisoformat(row["date"][:10])
        except ValueError:
            raise FileFormatError(path, f"not a date: {row['date']!r}", line=n, name="date") from None
        yield when, row["source"], row["target"], row["country"], row["cls"]


_CODE = re.compile(r"[A-Z]{4,}")


def root(actor: str) -> str:
    """The actor without its part or place: "Iraq/ARM" -> "Iraq", "IS@Homs" -> "IS", "LEBHZ" -> "LEB"."""
    if _CODE.fullmatch(actor):
        return actor[:3]
    return re.split(r"[@/]", actor, maxsplit=1)[0]


def grouped(keys: np.ndarray, values: np.ndarray) -> dict[str, np.ndarray]:
    """Values by key, in their given order."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for i, key in enumerate(keys.tolist()):
        found[key].append(i)
    return {key: values[np.array(index)] for key, index in found.items()}
