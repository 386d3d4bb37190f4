"""When and where an incident is taken to have been, where no report says: read from the articles, marked as inferred.

Nothing is matched or counted by it (see `Event.inferred_date`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

from detente.records import Event, Incident, Interval, Place

_WIDE = ("country", "region", "unmatched")  # a place that says no more than what an inferred one can better
T = TypeVar("T")


def inferred_date(incident: Incident, events: Iterable[Event]) -> Interval | None:
    """The day most of its mentions are inferred to speak of; None where a report gives one, or nothing is inferred."""
    if incident.date and incident.date.start:
        return None
    return _commonest([each.inferred_date for each in events if each.inferred_date and each.inferred_date.start])


def inferred_place(incident: Incident, events: Iterable[Event]) -> Place | None:
    """The place most of its mentions are inferred to speak of; None where a report says as much, or nothing is inferred."""
    told = incident.place.precision if incident.place else None
    found = _commonest([each.inferred_place for each in events if each.inferred_place])
    return found if found and (told is None or (told in _WIDE and found.precision not in _WIDE)) else None


def _commonest(found: Sequence[T]) -> T | None:
    """The value met most often, of equals the first."""
    return max(Counter(found).items(), key=lambda item: item[1])[0] if found else None
