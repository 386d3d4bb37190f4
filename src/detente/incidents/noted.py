"""How a mention says that people looked at it."""

from __future__ import annotations

from detente.records import Event

REVIEWED = "reviewed by people"  # how `Event.why` and `Incident.why` begin that line


def is_reviewed(event: Event) -> bool:
    """Whether a person has accepted or corrected it."""
    return any(each.startswith(REVIEWED) for each in event.why)
