"""Where a mention happened, read from its own words and its report; the records keep to what the coder said.

A coded row's place is what its columns say: its "words" are those columns, with no prose to read a place from.

A country is only a place where the text says so: "in Iraq" is, "a US contractor" and "Iran's missiles" are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import ahocorasick

from detente.events.rows import is_row
from detente.records import Article, Event, Mention, Place, Span

BROAD = frozenset({"country", "region", "unmatched"})
_FINE = ("site", "settlement", "district", "province")
_IN = re.compile(r"\b(?:in|across|inside|within|throughout|over|into|around|near|at|to)\s+(?:[\w'’-]+\s+){0,2}$", re.I)
_BODY = re.compile(
    r"\s+(?:forces?|army|brigades?|corps|division|command|movement|front|party|accords?|agreement|pact|treaty|"
    r"post|times|press|agency|university)\b",
    re.IGNORECASE,
)  # "Quds Force", "Geneva accord": the place stands in the name of a thing
_LEDE = 500  # characters of a report that say where its news is
_NOWHERE: frozenset[str] = frozenset()  # made anew for each mention it takes a fifth of a kilobyte
_LEAST = 4  # letters: shorter names are abbreviations of too many things


def _inside(place: Span | None, mention: Mention | None) -> bool:
    """True if the place's words stand within the mention's words."""
    span = mention.span if mention else None
    return place is not None and span is not None and span.start <= place.start and place.end <= span.end


def _stated(event: Event) -> Place | None:
    """The coder's place, unless its words only name somebody: a nationality, an office, an armed group."""
    place = event.place
    if place is None or place.span is None or is_row(event):
        return place
    after = event.evidence.quote[max(0, place.span.end - event.evidence.start) :]
    if _BODY.match(after) and place.span.end <= event.evidence.end:
        return None
    people = [*event.actors, *event.recipients, *(link.source for link in event.attribution)]
    within = [each for each in people if _inside(place.span, each)]
    if place.precision not in BROAD:
        named = (each for each in within if each is not None and each.actor is not None and each.span is not None)
        return None if any(len(each.text) > len(place.span.quote) for each in named) else place
    start = place.span.start - event.evidence.start
    led = start <= 0 or start > len(event.evidence.quote) or bool(_IN.search(event.evidence.quote[:start]))
    return place if led and not within else None


def _plain(text: str) -> str:
    """Lower case without hyphens and apostrophes: "K-1" and "K1" are one name."""
    return re.sub(r"[-'’`]", "", text.casefold())


@dataclass(frozen=True, slots=True)
class Where:
    """The place a mention is matched by; `inferred` if it was read from its words or its report, not coded."""

    place: Place | None
    inferred: bool = False
    filed: frozenset[str] = frozenset()  # ids of places its report is filed from or opens with


class Atlas:
    """The fine places that any of a set of events names, found again in other mentions' words."""

    def __init__(self, events: Iterable[Event]) -> None:
        named: dict[str, dict[str, Place]] = {}
        for event in events:
            place = _stated(event)
            if place is None or place.precision not in _FINE:
                continue
            for words in {place.name, place.span.quote if place.span else place.name}:
                if len(words) >= _LEAST and words[:1].isupper():
                    named.setdefault(_plain(words), {}).setdefault(place.id or place.name, place)
        self.places = {words: next(iter(found.values())) for words, found in named.items() if len(found) == 1}
        self._automaton = ahocorasick.Automaton()
        for words in sorted(self.places):
            self._automaton.add_word(words, words)
        if self.places:
            self._automaton.make_automaton()

    def find(self, text: str) -> list[tuple[int, Place]]:
        """Places named in `text`, the longest name at each spot, with where they start in its plain form."""
        if not self.places:
            return []
        low = _plain(text)
        found: list[tuple[int, Place]] = []
        end = 0
        hits = [(stop - len(words) + 1, stop + 1, words) for stop, words in self._automaton.iter(low)]
        for start, stop, words in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
            whole = not low[start - 1 : start].isalnum() and not low[stop : stop + 1].isalnum()
            if whole and start >= end:
                found.append((start, self.places[words]))
                end = stop
        return found

    def _finest(self, text: str) -> Place | None:
        """The one finest place named in `text`, None where two of a kind are named."""
        places = {place.id or place.name: place for _, place in self.find(text)}
        for precision in _FINE:
            of_kind = [place for place in places.values() if place.precision == precision]
            if of_kind:
                return of_kind[0] if len(of_kind) == 1 else None
        return None

    def where(self, event: Event, filed: frozenset[str] = frozenset()) -> Where:
        """What was hit, if it is a place; else the coder's place; else the one fine place in the mention's words."""
        if is_row(event):
            return Where(event.place, False, filed)
        stated = _stated(event)
        if event.act == "ASSAULT":
            struck = [place for each in event.recipients if (place := self._finest(each.text)) is not None]
            if len(struck) == 1 and (stated is None or stated.id != struck[0].id):
                return Where(struck[0], True, filed)
        if stated is not None and stated.precision not in BROAD:
            return Where(stated, False, filed)
        named = self._finest(event.evidence.quote)
        if named is not None and (stated is None or stated.country in (None, named.country)):
            return Where(named, True, filed)
        return Where(stated, False, filed)

    def filed(self, article: Article) -> frozenset[str]:
        """Ids of the fine places in a report's dateline, title and opening."""
        text = f"{article.dateline or ''}. {article.title}. {article.text[:_LEDE]}"
        return frozenset(place.id or place.name for _, place in self.find(text))


def locate(events: Iterable[Event], articles: Mapping[str, Article]) -> dict[str, Where]:
    """Event id -> where it is taken to have happened."""
    events = list(events)
    atlas = Atlas(sorted(events, key=lambda event: event.id))
    filed = {key: atlas.filed(articles[key]) for key in {event.article for event in events} if key in articles}
    return {event.id: atlas.where(event, filed.get(event.article, _NOWHERE)) for event in events}
