"""What a ledger answers beside records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal


@dataclass(slots=True)
class Added:
    """What became of the records given."""

    new: int = 0
    same: int = 0  # already held, exactly so
    barred: list[str] = field(default_factory=list)  # erased on legal request: never taken in again


@dataclass(frozen=True, slots=True)
class Erased:
    """Stands where a record was: that something was known remains known, what it said does not."""

    kind: str
    key: str
    known_at: datetime
    erased_at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a record, with both clocks; `record` is None where it was withdrawn."""

    known_at: datetime
    recorded_at: datetime
    state: Literal["held", "withdrawn", "erased"]
    record: Any
