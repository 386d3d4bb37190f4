"""What is exported, and who is who in it: one set of records in one fixed order, whatever order they came in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from detente.records import FACTUAL, Article, Event, Incident, Mention, Place
from detente.reference.actors import ActorIndex, load

STATE = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})
ARMED = frozenset({"MIL", "PRM", "REB", "UAF", "COP", "SPY"})
UNARMED = frozenset({"CIV", "BUS", "MED", "NGO", "EDU", "REL", "JRN", "REF", "LAB", "AGR", "SOC"})
_CODE = re.compile(r"[A-Z]{2}\.\w+")
FINE = frozenset({"site", "settlement"})  # a place known so well is a point; anything wider is none


@dataclass(frozen=True, slots=True)
class Input:
    """One file that was read, by its name and hash."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Party:
    """An actor of an incident: its id or words, its name, country and sector."""

    key: str
    name: str
    country: str | None
    sector: str | None

    @property
    def state(self) -> bool:
        """Whether it is a state or an organ of one."""
        return self.sector in STATE

    @property
    def armed(self) -> bool:
        """Whether it is a state, its forces, or an organised armed group."""
        return self.state or self.sector in ARMED


@dataclass(frozen=True, slots=True)
class Written:
    """Files by name, and how many records were left out, by reason."""

    files: Mapping[str, bytes]
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Material:
    """Everything to export; `version` stamps it, `inputs` say what it was made from."""

    articles: Mapping[str, Article]
    events: tuple[Event, ...]
    incidents: tuple[Incident, ...]
    version: str
    inputs: tuple[Input, ...] = ()
    index: ActorIndex = field(default_factory=load)
    mentions: Mapping[str, Mention] = field(default_factory=dict)  # actor id -> its first mention

    def party(self, key: str) -> Party:
        """Who stands behind an actor id or the words of a text."""
        known = self.index.get(key)
        if known is not None:
            return Party(key, known.name, known.country, known.sector or ("GOV" if known.kind == "state" else None))
        said = self.mentions.get(key)
        sector = said.sector if said else None
        return Party(key, (said.name or said.text) if said else key, said.country if said else None,
                     sector or ("UAF" if key.startswith("provisional.") else None))  # fmt: skip

    def outlets(self, incident: Incident) -> list[str]:
        """The outlets whose reports tell of it, each once, in order."""
        found = [self.articles[each].outlet or "outlet not known" for each in incident.reports if each in self.articles]
        return list(dict.fromkeys(found))

    def country(self, place: Place | None) -> str:
        """The name of a place's country, its code where no name is known, nothing where it has none."""
        iso3 = place.country if place else None
        known = self.index.get(iso3) if iso3 else None
        return known.name if known else iso3 or ""


def material(
    articles: Mapping[str, Article],
    events: Iterable[Event],
    incidents: Iterable[Incident],
    version: str,
    inputs: Iterable[Input] = (),
    index: ActorIndex | None = None,
) -> Material:
    """The records in the order they are exported in: incidents and events by day and id, articles by id."""
    told = sorted(events, key=lambda e: (str(e.date.start if e.date else ""), e.id))
    mentions: dict[str, Mention] = {}
    for event in told:
        for each in (*event.actors, *event.recipients):
            if each.actor:
                mentions.setdefault(each.actor, each)
    made = sorted(incidents, key=lambda i: (str(i.date.start if i.date else ""), i.id))
    return Material(
        dict(sorted(articles.items())), tuple(told), tuple(made), version, tuple(inputs), index or load(), mentions
    )


def happened(incident: Incident) -> bool:
    """Whether it is told as done, and was not taken back."""
    return incident.modality in FACTUAL and not incident.retracted and incident.type == incident.act


def summed_up(incident: Incident) -> bool:
    """Whether it is a summary of several happenings."""
    return any(each.startswith("sums up several") for each in incident.why)


def span_of(incident: Incident) -> tuple[date, date] | None:
    """First and last day, None where they are not known."""
    when = incident.date
    return (when.start, when.end) if when and when.start and when.end else None


def toll(incident: Incident, kind: str = "killed") -> tuple[int | None, int | None]:
    """Lowest and highest figure that any speaker gives; (None, None) where nobody gave one."""
    figures = [each for each in incident.tolls if each.kind == kind]
    if not figures:
        return None, None
    return min(each.low for each in figures), max(each.high if each.high is not None else each.low for each in figures)


def province(place: Place | None) -> str:
    """The name of the first-level division; nothing where only a GeoNames code ("IQ.15") is known."""
    name = place.admin1 if place else None
    return "" if name is None or _CODE.fullmatch(name) else name
