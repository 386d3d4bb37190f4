"""Which clusters of one kind are worth comparing with a mention: partitions by day, place and party keep merging near-linear.

Two mentions can only reach the points a merge needs if they share a report (or wire story), or a place, or a party;
so each cluster is kept under these keys and nothing else is compared.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache, partial
from math import ceil, cos, floor, radians

from detente.incidents.views import RADIUS, View
from detente.incidents.where import BROAD

CROWD = 200  # clusters of one undated key, or of one day: more of them than this single nobody out
_MONTH = 31  # days: a vaguer date is looked up by days but never listed under them
_MAX_DAYS = 400  # a date wider than this is no help in finding its happening
_DEGREE = 111.0  # km
_BITS = 32  # of a number beside its day
_NUMBER = (1 << _BITS) - 1


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
    """Numbers of clusters under the keys of their mentions.

    A million mentions have several million (day, key) pairs. So each key has one sorted array of days and numbers, eight
    bytes each, in which a stretch of days is a slice.
    """

    def __init__(self) -> None:
        self._by_story: dict[str, tuple[int, ...]] = {}
        self._undated: dict[tuple, array[int]] = defaultdict(partial(array, "L"))
        self._dated: dict[tuple, array[int]] = defaultdict(partial(array, "q"))
        self._by_day: dict[int, array[int]] = defaultdict(partial(array, "L"))

    def register(self, number: int, item: View, origin: str) -> None:
        """Note where cluster `number` can be found after `item`, of wire story `origin`, joined it."""
        keys = keys_of(item)
        held = self._by_story.get(origin, ())
        if number not in held:
            self._by_story[origin] = (*held, number)
        for key in _alone(keys):
            if len(self._undated[key]) <= CROWD:  # of a crowd it is enough to know that it is one
                _note(self._undated[key], number)
        if item.date is None or item.span_days > _MONTH:
            return
        first, last = _stretch(item)
        for day in range(first, last + 1):
            _note(self._by_day[day], number)
            for key in keys:
                _note_on(self._dated[key], day << _BITS | number)

    def find(self, item: View, origin: str) -> list[int]:
        """Numbers of the clusters worth comparing with `item`, in order."""
        keys = keys_of(item)
        found = set(self._by_story.get(origin, ()))
        if item.date is not None and item.span_days <= _MAX_DAYS:
            first, last = _stretch(item)
            for key in keys & self._dated.keys():
                held = self._dated[key]
                begin, end = bisect_left(held, first - 1 << _BITS), bisect_left(held, last + 2 << _BITS)
                found.update(each & _NUMBER for each in held[begin:end])
        if item.date is None or item.assumed or item.span_days > _MONTH:
            for key in _alone(keys):
                some = self._undated.get(key, ())
                found.update(some if len(some) <= CROWD else ())
        return sorted(found)

    def on_day(self, item: View) -> list[int]:
        """Every cluster on the days of a dated mention, none where they are a crowd."""
        found: set[int] = set()
        if item.date is not None and item.span_days <= 3:
            first, last = _stretch(item)
            for day in range(first, last + 1):
                found.update(self._by_day.get(day, ()))
        return sorted(found) if len(found) <= CROWD else []


def _stretch(item: View) -> tuple[int, int]:
    """The first and the last day of a dated mention, as numbers."""
    assert item.date is not None and item.date.start and item.date.end
    return item.date.start.toordinal(), item.date.end.toordinal()


def _note(held: array[int], number: int) -> None:
    if not held or held[-1] != number:
        held.append(number)


def _note_on(held: array[int], at: int) -> None:
    """Put a day and a number into a sorted array, once."""
    place = bisect_left(held, at)
    if place == len(held) or held[place] != at:
        held.insert(place, at)
