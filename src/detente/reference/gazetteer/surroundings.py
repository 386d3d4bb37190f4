"""What the other places of an article say of one that no source of names knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from detente.records import Place

LEAST = 2  # places that must share a country
SHARED = 0.7  # and their share of all that have one


def surrounded(places: Sequence[Place]) -> list[Place]:
    """Unmatched places take the country of those around them where SHARED of the others agree; they stay unmatched."""
    seen = Counter(place.country for place in places if place.country)
    country, count = seen.most_common(1)[0] if seen else (None, 0)
    if count < LEAST or count < SHARED * seen.total():
        return list(places)
    return [replace(p, country=country) if p.precision == "unmatched" and p.country is None else p for p in places]
