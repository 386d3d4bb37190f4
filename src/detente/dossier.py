"""A dossier: everything known so far about a set of reports, by kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from detente.events.rows import Teller
from detente.incidents.review import not_undone, reviewed
from detente.records import (
    Article,
    Coded,
    CodedRow,
    Decision,
    Event,
    Gap,
    Heard,
    Incident,
    InputError,
    Link,
    Quarantined,
    Tripwire,
)
from detente.reference.theatre import Theatre


@dataclass(slots=True)
class Dossier:
    """Everything known so far about a set of reports, by kind."""

    articles: dict[str, Article] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    tripwires: list[Tripwire] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    rows: list[CodedRow] = field(default_factory=list)  # other people's data, not yet told
    gaps: list[Gap] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)  # of people, in force
    coded: set[str] = field(default_factory=set)  # ids of articles the coder has seen, whatever it found

    def add(self, item: Any) -> None:
        """File one record under its kind; kinds that no later step needs are refused with InputError."""
        if isinstance(item, Article):
            self.articles[item.id] = item
        elif isinstance(item, Coded):
            self.coded.add(item.article)
            self.events += item.events
            self.tripwires += item.tripwires
            self.links += item.links
        else:
            shelves: tuple[tuple[type, list[Any]], ...] = (
                (Event, self.events), (Tripwire, self.tripwires), (Link, self.links),
                (Incident, self.incidents), (Quarantined, self.quarantined), (CodedRow, self.rows), (Gap, self.gaps),
                (Heard, self.heard), (Decision, self.decisions),
            )  # fmt: skip
            for kind, shelf in shelves:
                if isinstance(item, kind):
                    shelf.append(item)
                    if isinstance(item, (Event, Tripwire, Link)):
                        self.coded.add(item.article)
                    return
            raise InputError(f"{type(item).__name__} records are of no use here")

    def tell(self, theatre: Theatre | None) -> Dossier:
        """Turn waiting coded rows into articles and events, actors as the theatre knows them; returns itself."""
        if self.rows:
            teller = Teller(theatre.actors if theatre else ())
            for row in self.rows:
                self.coded.add(row.id)
                for item in teller.tell(row):
                    self.add(item)
            self.rows.clear()
        return self

    def until(self, as_of: date) -> Dossier:
        """Only what was published by `as_of` (undated reports are left out: nobody knows when they were known)."""
        keep = {a.id: a for a in self.articles.values() if a.published is not None and a.published <= as_of}
        return Dossier(
            keep,
            [e for e in self.events if e.article in keep],
            [t for t in self.tripwires if t.article in keep],
            [link for link in self.links if link.article in keep],
            gaps=[replace(gap, end=min(gap.end, as_of)) for gap in self.gaps if gap.start <= as_of],
            heard=[each for each in self.heard if each.day <= as_of],
            decisions=self.decisions,  # they are about the reading of reports, whenever it was mended
            coded=self.coded & keep.keys(),
        )

    def decided(self) -> Dossier:
        """The same as people decided: mentions, tripwires and ties corrected or left out."""
        if not self.decisions:
            return self
        standing = not_undone(self.decisions)
        return replace(
            self,
            events=reviewed(self.events, standing, self.articles),
            tripwires=reviewed(self.tripwires, standing, self.articles),
            links=reviewed(self.links, standing, self.articles),
        )

    def records(self) -> Iterator[Any]:
        """Every record, articles first: what a bundle file holds."""
        yield from self.articles.values()
        told = {item.article for shelf in (self.events, self.tripwires, self.links) for item in shelf}  # type: ignore[attr-defined]
        yield from (Coded(each) for each in sorted(self.coded - told))
        yield from self.events
        yield from self.tripwires
        yield from self.links
        yield from self.incidents
        yield from self.decisions
