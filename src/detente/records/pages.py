"""What is received, what could not be read, and when nobody listened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes as received: the evidentiary copy, never edited."""

    id: str  # "p-" + first 16 hex digits of sha256
    body: bytes
    media_type: str  # "text/html", "text/plain" or "application/json" (one JSONL line)
    sha256: str
    url: str | None = None
    origin: str = ""  # path or stream it came from, with line number for JSONL
    fetched: datetime | None = None  # when the bytes were received; None when unknown
    hints: dict = field(default_factory=dict)  # what the source already says: title, published, outlet, ...


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An item that could not be read, kept with its reason; the run goes on."""

    origin: str
    reason: str
    excerpt: str = ""  # at most 200 characters of it


@dataclass(frozen=True, slots=True)
class Gap:
    """We were not listening to `source` from `start` to `end` (both days included)."""

    source: str
    start: date
    end: date
    reason: str


@dataclass(frozen=True, slots=True)
class Heard:
    """We listened to `source` on `day`: whether it answered, and how many new items it gave."""

    source: str
    day: date
    answered: bool
    items: int = 0
