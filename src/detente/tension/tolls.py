"""Figures one can build on: a report that gives two for one thing is revised or misread, and settles nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from detente.records import Incident, Toll
from detente.reference.theatre import Theatre
from detente.tension.sides import day_of, perpetrators

RollsUp = Callable[[str, tuple[str, ...], "date | None"], bool]


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


def boasted(
    incident: Incident, outlets: Mapping[str, str | None], theatre: Theatre | None, rolls_up: RollsUp
) -> list[Toll]:
    """Figures of dead or hurt that only the attacker's own paper gives: its word on what it did to the other side.

    `outlets`: who published a report, by its id.
    """
    if theatre is None:
        return []
    doers, on = perpetrators(incident), day_of(incident)

    def own(toll: Toll) -> bool:
        paper = outlets.get(toll.evidence.article) if toll.evidence else None
        outlet = theatre.outlet(paper) if paper else None
        speaks_for = outlet.party_to if outlet and outlet.party else ()
        return any(doer in speaks_for or rolls_up(doer, speaks_for, on) for doer in doers) if speaks_for else False

    found = [toll for toll in incident.tolls if own(toll)]
    kept = {(toll.kind, toll.low) for toll in incident.tolls if toll not in found}
    return [toll for toll in found if (toll.kind, toll.low) not in kept]


def sober(
    incident: Incident, outlets: Mapping[str, str | None], theatre: Theatre | None, rolls_up: RollsUp
) -> Incident:
    """The incident without the figures that only the attacker's own paper gives."""
    found = boasted(incident, outlets, theatre, rolls_up)
    return replace(incident, tolls=tuple(toll for toll in incident.tolls if toll not in found)) if found else incident
