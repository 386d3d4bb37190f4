"""When and where a reader takes a deed to have been that its own words do not date or place.

What was said stays in `Event.date` and `Event.place`; what is inferred from the article around it stands in
`inferred_date` and `inferred_place`, and only where nothing as good was said.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.events.dating import dated
from detente.events.placing import placed
from detente.events.story import Story
from detente.records import Event

__all__ = ["Story", "settled"]


def settled(events: Sequence[Event], story: Story) -> list[Event]:
    """The events with `inferred_date` and `inferred_place`, in order."""
    return placed(dated(events, story), story)
