"""What of an article the days and places of its deeds are inferred from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from detente.events.where import Located
from detente.records import Interval, Place

FRESH = frozenset({"happened", "ongoing", "denied", "negated", "uncertain"})
OPENING = 6  # lines of the text, empty ones between paragraphs included


@dataclass(frozen=True, slots=True)
class Story:
    """An article's text, places and times; `country` gives a country's Place by ISO alpha-3."""

    text: str
    published: date | None
    filed: Place | None  # the dateline's place
    places: Sequence[Located]
    times: Sequence[Interval]  # resolved expressions in text order, spans in the article
    country: Callable[[str], Place | None]

    def line(self, offset: int) -> int:
        """The number of the line an offset stands in."""
        return self.text.count("\n", 0, offset)
