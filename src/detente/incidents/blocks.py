"""Which clusters of one kind are worth comparing with a mention: partitions by day, place and party keep merging near-linear.

Two mentions can only reach the points a merge needs if they share a report (or wire story), or a place, or a party;
so each cluster is kept under these keys and nothing else is compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from math import ceil, cos, floor, radians

from detente.incidents.views import RADIUS, View
from detente.incidents.where import BROAD

CROWD = 200  # clusters of one undated key, or of one day: more of them than this single nobody out
_MONTH = 31  # days: a vaguer date is looked up by days but never listed under them
_MAX_DAYS = 400  # a date wider than this is no help in finding its happening
_DEGREE = 111.0  # km


def days_of(item: View, slack: int = 0) -> Iterator[date]:
    """The days of a dated mention, and `slack` days around them."""
    assert item.date is not None and item.date.start and item.date.end
    day = item.date.start - timedelta(days=slack)
    while day <= item.date.end + timedelta(days=slack):
        yield day
        day += timedelta(days=1)


def _cells(lat: float, lon: float, reach: float) -> Iterator[tuple]:
    """One-degree cells that a circle of `reach` km touches."""
    high = reach / _DEGREE
    wide = high / max(0.1, cos(radians(lat)))
    for row in range(floor(lat - high), ceil(lat + high)):
        for column in range(floor(lon - wide), ceil(lon + wide)):
            yield ("cell", row, column)


def keys_of(item: View) -> frozenset[tuple]:
    """Where and who, as keys: two mentions without a common key cannot be matched across reports."""
    place, keys = item.place, _who(item.actors | item.recipients, item.actor_sides | item.recipient_sides)
    if place is None or place.precision in BROAD:
        keys |= {("at", each) for each in item.where.filed}
        return keys | {("name", place.name.casefold())} if place is not None else keys
    reach = place.radius_km or RADIUS.get(place.precision, 5.0)
    return keys | _at(place.id or place.name, place.name, place.lat, place.lon, reach)


# the same few thousand places and parties are named again and again: their keys are made once and are once in memory
@lru_cache(maxsize=50_000)
def _at(key: str, name: str, lat: float | None, lon: float | None, reach: float) -> frozenset[tuple]:
    cells = () if lat is None or lon is None else _cells(lat, lon, reach)
    return frozenset((("at", key), ("name", name.casefold()), *cells))


@lru_cache(maxsize=50_000)
def _who(parties: frozenset[str], sides: frozenset[str]) -> frozenset[tuple]:
    return frozenset(("who", each) for each in {key.split(".")[0] for key in parties} | sides)


def _alone(keys: frozenset[tuple]) -> Iterator[tuple]:
    """Keys that find a happening without its day: its place, or two parties together."""
    yield from (key for key in keys if key[0] == "at")
    who = sorted(key[1] for key in keys if key[0] == "who")
    yield from (("pair", one, other) for at, one in enumerate(who) for other in who[at + 1 :])


class Blocks:
    """Numbers of clusters under the keys of their mentions."""

    def __init__(self) -> None:
        self._by_key: dict[tuple, list[int]] = defaultdict(list)
        self._by_day: dict[date, list[int]] = defaultdict(list)

    def _note(self, held: list[int], number: int) -> None:
        if not held or held[-1] != number:
            held.append(number)

    def register(self, number: int, item: View, origin: str) -> None:
        """Note where cluster `number` can be found after `item`, of wire story `origin`, joined it."""
        keys = keys_of(item)
        self._note(self._by_key["story", origin], number)
        for key in _alone(keys):
            self._note(self._by_key[None, key], number)
        if item.date is None or item.span_days > _MONTH:
            return
        for day in days_of(item):
            self._note(self._by_day[day], number)
            for key in keys:
                self._note(self._by_key[day, key], number)

    def find(self, item: View, origin: str) -> list[int]:
        """Numbers of the clusters worth comparing with `item`, in order."""
        keys = keys_of(item)
        found = set(self._by_key.get(("story", origin), ()))
        if item.date is not None and item.span_days <= _MAX_DAYS:
            for day in days_of(item, 1):
                for key in keys:
                    found.update(self._by_key.get((day, key), ()))
        if item.date is None or item.assumed or item.span_days > _MONTH:
            for key in _alone(keys):
                held = self._by_key.get((None, key), ())
                found.update(held if len(held) <= CROWD else ())
        return sorted(found)

    def on_day(self, item: View) -> list[int]:
        """Every cluster on the days of a dated mention, none where they are a crowd."""
        found: set[int] = set()
        if item.date is not None and item.span_days <= 3:
            for day in days_of(item):
                found.update(self._by_day.get(day, ()))
        return sorted(found) if len(found) <= CROWD else []
