"""All a brief is written from, filtered to what was known on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from detente.brief.words import in_prose, listed
from detente.incidents.title import name_of
from detente.records import Article, Dyad, Event, Forecast, Incident, Link, Lull, Series, Tripwire
from detente.reference.theatre import LullDefinition, Theatre
from detente.tension.sides import RollsUp, Watch, day_of, why_not
from detente.tension.tripwires import concerns


@dataclass(frozen=True, slots=True)
class Case:
    """All a brief is written from, filtered to what was known on `as_of`."""

    theatre: Theatre | None
    dyad: Dyad | None
    lull: Lull
    series: Series | None
    incidents: tuple[Incident, ...]
    tripwires: tuple[Tripwire, ...]
    links: tuple[Link, ...]
    articles: Mapping[str, Article]
    events: Mapping[str, Event]
    forecasts: tuple[Forecast, ...]
    as_of: date
    rolls_up: RollsUp

    @property
    def sides(self) -> tuple[str, str]:
        """Names of the two sides as prose calls them: "the US and coalition"."""
        if self.dyad is None:
            return "one side", "the other"
        return in_prose(self.dyad.a_name or listed(self.dyad.a)), in_prose(self.dyad.b_name or listed(self.dyad.b))

    @property
    def definition(self) -> LullDefinition:
        """What counts as an attack here."""
        if self.theatre is None or self.dyad is None:
            return LullDefinition()
        return self.theatre.lulls.get(self.dyad.id, LullDefinition())

    @property
    def watch(self) -> Watch:
        """The dyad with its roll-up and places."""
        return Watch(self.dyad or Dyad("", "", (), ()), self.rolls_up, self.theatre)

    def incident(self, number: str | None) -> Incident | None:
        """The incident of that id."""
        return next((each for each in self.incidents if each.id == number), None)

    def counted(self) -> list[tuple[date, Incident]]:
        """Attacks that count under the definition, oldest first."""
        found = [(on, each) for each in self.incidents if (on := day_of(each)) and not self.why_not(each)]
        return sorted(found, key=lambda item: (item[0], item[1].id))

    def why_not(self, incident: Incident) -> str | None:
        """Why an incident does not count; None where it does."""
        return why_not(incident, self.watch, self.definition)


def unique_wires(case: Case) -> list[Tripwire]:
    """One tripwire per threat, though several reports carry it: the earliest report stands for all."""
    home = {number: each.id for each in case.incidents for number in each.events}

    def key(wire: Tripwire) -> tuple:
        holder = name_of(wire.holder).casefold() if wire.holder else ""
        incident = home.get(wire.event or "")
        return (wire.direction, incident) if incident else (wire.direction, holder, wire.consequence.quote.casefold())

    mine = [wire for wire in case.tripwires if case.dyad is None or concerns(wire, case.watch)]
    ordered = sorted(mine, key=lambda wire: (str(key(wire)), wire.reported or case.as_of, wire.id))
    first = [next(group) for _, group in groupby(ordered, key=lambda wire: str(key(wire)))]
    said: dict[tuple, Tripwire] = {}
    for wire in sorted(first, key=lambda wire: (wire.reported or case.as_of, wire.id)):
        said.setdefault((wire.direction, wire.condition.quote.casefold()), wire)
    return list(said.values())
