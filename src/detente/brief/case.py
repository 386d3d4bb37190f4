"""All a brief is written from, filtered to what was known on one day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from detente.brief.words import in_prose, listed
from detente.incidents.title import name_of, unnamed
from detente.incidents.views import label
from detente.records import Article, Dyad, Event, Forecast, Incident, Link, Lull, Mention, Series, Span, Toll, Tripwire
from detente.reference.actors import ActorIndex, load
from detente.reference.theatre import LullDefinition, Theatre
from detente.tension.quoting import in_words
from detente.tension.sides import RollsUp, Watch, day_of, why_not

CITED = 3  # notes a sentence carries at most


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
    index: ActorIndex = field(default_factory=load)
    source: Mapping[str, str] = field(default_factory=dict)  # article id -> independent origin
    boasts: tuple[tuple[Incident, list[Toll]], ...] = ()  # figures that only the attacker's own paper gives

    @property
    def sides(self) -> tuple[str, str]:
        """Names of the two sides as prose calls them: "the US and coalition"."""
        if self.dyad is None:
            return "one side", "the other"
        return in_prose(self.dyad.a_name or listed(self.dyad.a)), in_prose(self.dyad.b_name or listed(self.dyad.b))

    @property
    def short_sides(self) -> tuple[str, str]:
        """The same for a headline: the first-named of each side, "the US" for "the US and coalition"."""
        return self.sides[0].split(" and ")[0], self.sides[1].split(" and ")[0]

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

    def called(self, actor: str) -> str | None:
        """The reference name of an actor id, None where reference data has none."""
        known = self.index.get(actor)
        return known.name if known else unnamed(actor)

    def name(self, mention: Mention) -> str:
        """One name per actor: the reference name, else the words of the text without their article."""
        known = self.called(mention.actor) if mention.actor else None
        return known or name_of(mention)

    def party(self, key: str, incident: Incident) -> str:
        """The name behind an actor key of an incident: from reference data, else as its mentions call it."""
        known = self.called(key)
        mine = [self.events[number] for number in incident.events if number in self.events]
        parties = [each for event in mine for each in (*event.actors, *event.recipients)]
        parties += [link.source for event in mine for link in event.attribution if link.source]
        return known or next((name_of(each) for each in parties if label(each) == key), key)

    def holder(self, mention: Mention) -> str:
        """Who answers for it: an office or organ of a state that is a side stands as that state."""
        key = label(mention)
        state = self.called(mention.country) if mention.country and self.dyad else None
        whole = self.dyad is not None and mention.country in (*self.dyad.a, *self.dyad.b)
        return state if state and whole and key != mention.country else self.name(mention)

    def in_words(self, incident: Incident, limit: int = 110) -> tuple[str, str]:
        """The incident in a report's own words, and who says them; of a party's paper only where nobody else tells it."""
        neutral = tuple(
            key for key in incident.events if key in self.events and not self.of_a_party(self.events[key].outlet)
        )
        return in_words(replace(incident, events=neutral) if neutral else incident, self.events, limit)

    def words(self, incident: Incident) -> str:
        """The incident in a report's own words, in quotation marks."""
        return self.in_words(incident)[0]

    def of_a_party(self, outlet: str | None) -> bool:
        """True for an outlet that the theatre lists as speaking for a party."""
        known = self.theatre.outlet(outlet) if self.theatre and outlet else None
        return known is not None and known.party

    def cite(self, groups: Iterable[Iterable[Span]], limit: int = CITED, *, copies: bool = False) -> tuple[Span, ...]:
        """At most `limit` spans, one of each independent origin; with `copies`, more of one origin after those."""
        every = list(dict.fromkeys(span for group in groups for span in group))
        first: dict[str, Span] = {}
        for span in every:
            first.setdefault(self.source.get(span.article, span.article), span)
        rest = [span for span in every if span not in first.values()] if copies else []
        return tuple([*first.values(), *rest][:limit])
