"""What to watch: dated plans and deadlines, and the kinds of report that would tell the explanations apart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from detente.records import Incident, Tripwire

# Reports that fit one explanation and speak against another: what would change our mind.
TELLING = {
    "de-escalation": (
        "talks or an agreement between the two sides themselves",
        "forces or weapons brought in for the confrontation taken out again",
        "a named group that renounces attacks without a condition",
    ),
    "preparation": (
        "a drill, a deployment or an order to attack, stated on the record or seen by somebody outside",
        "a new ultimatum or threat from either side",
    ),
    "outside cause": (
        "both sides busy elsewhere in the same weeks, with an epidemic, a flood or a vote",
        "attacks that return when the cause is gone",
    ),
    "coverage loss": ("reports, printed late, of attacks in the weeks that looked calm",),
}


def signposts(known: Iterable[Incident], open_ones: Iterable[Tripwire], as_of: date) -> tuple[str, ...]:
    """Dated plans not yet due and deadlines still running, as known on `as_of`."""
    told = []
    for each in known:
        ahead = each.date.end if each.date else None
        if each.modality == "planned" and ahead and ahead > as_of:
            told.append(f"{each.title}, due by {ahead.day} {ahead:%B %Y}")
    for wire in open_ones:
        if wire.deadline and wire.deadline.end and wire.deadline.end >= as_of:
            told.append(f"a deadline on {wire.deadline.end.day} {wire.deadline.end:%B %Y}")
    return tuple(dict.fromkeys(told))


def would_change(reading: str | None) -> dict[str, tuple[str, ...]]:
    """Per explanation other than the present reading: the reports that would speak for it."""
    return {name: kinds for name, kinds in TELLING.items() if name != reading}
