"""Figures one can build on: a report that gives two for one thing is revised or misread, and settles nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from detente.records import Incident, Toll


def clear(figures: Iterable[Toll]) -> list[Toll]:
    """Figures of reports that give one only."""
    every = list(figures)
    given: dict[str, set[int]] = {}
    for each in every:
        given.setdefault(each.evidence.article if each.evidence else "", set()).add(each.low)
    return [each for each in every if len(given[each.evidence.article if each.evidence else ""]) == 1]


def dead(incident: Incident) -> int:
    """The dead as most reports have it; where no two agree, the lowest clear figure."""
    figures = clear(each for each in incident.tolls if each.kind == "killed")
    counted = Counter(
        low for low, _ in {(each.low, each.evidence.article if each.evidence else "") for each in figures}
    )
    agreed = [low for low, n in counted.items() if n == max(counted.values()) and n > 1]
    return min(agreed or counted, default=0)
