"""When and where a reader takes a deed to have been that its own words do not date or place.

What was said stays in `Event.date` and `Event.place`; what is inferred from the article around it stands in
`inferred_date` and `inferred_place`, and only where nothing as good was said. A statement is of the day it is reported and
of its speaker's capital or country; a deed is of the day and place of the deeds around it, unless its parties are at home elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from detente.events.datecalc import resolve
from detente.events.datewords import find_words
from detente.events.where import FINENESS, SPOKEN, Located
from detente.records import Event, Interval, Mention, Place

FRESH = frozenset({"happened", "ongoing", "denied", "negated", "uncertain"})
LONG_AGO = timedelta(21)  # a story's own days lie nearer; what is dated before them is a look back
OPENING = 6  # lines of the text, empty ones between paragraphs included
AT_HOME = frozenset(
    {"GOV", "COP", "JUD", "LEG", "OPP", "CVL", "CIV", "EDU", "LAB", "MED"}
)  # sectors that act in their own country
AWAY = frozenset(
    {"ASSAULT", "AID", "COOPERATE", "CONSULT"}
)  # deeds that parties of other countries do where the story is
RECENT = 7  # days that "in recent days" may mean


@dataclass(frozen=True, slots=True)
class Story:
    """What of an article its deeds' days and places are inferred from; `country` gives a country's Place by ISO alpha-3."""

    text: str
    published: date | None
    filed: Place | None  # the dateline's place
    places: Sequence[Located]
    times: Sequence[Interval]  # resolved expressions in text order, spans in the article
    country: Callable[[str], Place | None]

    def line(self, offset: int) -> int:
        """The number of the line an offset stands in."""
        return self.text.count("\n", 0, offset)


def settled(events: Sequence[Event], story: Story) -> list[Event]:
    """The events with `inferred_date` and `inferred_place`, in order."""
    return _placed(_dated(events, story), story)


# ------------------------------------------------------------------------------------------------ where
def _placed(events: Sequence[Event], story: Story) -> list[Event]:
    first = next((e.place for e in events if _tells_place(e) and story.line(e.trigger.start) == 0), None)
    scene = next((e for e in events if _tells_place(e) and story.line(e.trigger.start) < OPENING), None)
    named = _named_first(story)
    out: list[Event] = []
    number, last = -1, None
    for event in events:
        if (here := story.line(event.trigger.start)) != number:
            number, last = here, None
        if _tells_place(event):
            last = event.place
        spoken = event.type in SPOKEN
        opening: list[Place | None] = [scene.place, story.filed] if scene is not None else [story.filed]
        if scene is not None and event.trigger.start < scene.trigger.start:
            opening.reverse()  # what a report opens with is where it was filed, if nothing else was said yet
        opening.append(named)
        pointed = _pointed(event, story, opening)
        if pointed is not None:
            around: list[Place | None] = [pointed]
        elif spoken:
            around = [story.filed] if _home(event) and story.filed else [story.filed, last, first, *opening]
        else:
            around = [last, _mentioned(event, story), first, *opening]
        place = _where(event, [p for p in around if p is not None], story)
        if place is not None and _better(place, event.place):
            event = replace(event, inferred_place=place)
        out.append(event)
    return out


def _mentioned(event: Event, story: Story) -> Place | None:
    """The last town or site that something was said to be in before the deed, in its paragraph."""
    line = story.line(event.trigger.start)
    for item in reversed(story.places):
        place = item.place
        if item.end <= event.trigger.start and place.precision in ("settlement", "site") and place.lat is not None:
            if story.line(item.start) < line:
                return None
            before = story.text[max(0, item.start - 40) : item.start]
            if _IN.search(before) and not _SEATED.search(before):
                return place
    return None


def _named_first(story: Story) -> Place | None:
    """The first town or site of the opening."""
    for item in story.places:
        if item.place.precision in ("settlement", "site") and item.place.lat is not None:
            return item.place if story.line(item.start) < OPENING else None
    return None


def _pointed(event: Event, story: Story, opening: Sequence[Place | None]) -> Place | None:
    """Where 'here' and 'there' after a deed point to: where the report is from, the town named last before them."""
    words = _POINTING.match(story.text, event.trigger.end)
    if words is None:
        return None
    if words[1] == "here":
        return next((p for p in opening if p is not None), None)
    line = story.line(event.trigger.start)
    before = [i.place for i in story.places if i.end <= words.start(1) and story.line(i.start) == line]
    return next((p for p in reversed(before) if p.precision in ("settlement", "site") and p.lat is not None), None)


_POINTING = re.compile(
    r"[^.;:\n,“”\"]{0,60}?\b(here|there)\b(?! (?:is|are|was|were|has|have|had|will|would|to|from)\b)"
)
_SEATED = re.compile(
    r"\b(?:government|minist\w+|embassy|officials?|authorities|diplomats|exiles|spokes\w+|leadership|regime) (?:in|at) $",
    re.I,
)  # a body named by its town sits there, whatever is told of it


_IN = re.compile(r"\b(?:in|into|at|near|outside|inside|around|to)(?: the| [a-z]+ [a-z]+ of| [a-z]+ of)? $", re.I)


def _where(event: Event, around: Sequence[Place], story: Story) -> Place | None:
    """The nearest place around in a country of the parties; else the country that such a deed is done in by such parties."""
    if event.type in SPOKEN and (seat := _seat(event, story)) is not None:
        return seat
    home = _home(event)
    if event.place is not None and event.place.country is not None:
        return next((p for p in around if p.country == event.place.country), None)
    if home is None:
        return around[0] if around else None
    named = [
        m for m in event.recipients if any(word[:1].isupper() for word in m.text.split())
    ]  # 'nine drivers' are not
    countries = {home} if event.type in SPOKEN else {home, *_countries((*event.actors, *named))}
    if event.type in ("AGREE", "CONCEDE") and len(set(_countries(event.actors))) > 1 and around:
        return around[0]  # several sides met where the report was filed
    near = next((p for p in around if p.country in countries), None)
    return near or story.country(home) or (around[0] if around else None)


def _home(event: Event) -> str | None:
    """The country that a deed without a place is done in, as far as its parties say: None where they need not be at home."""
    speakers = [a.source for a in event.attribution if a.source is not None]
    if event.type in SPOKEN:
        return next(iter(_countries((*event.actors, *speakers))), None)
    if event.type in AWAY:
        return next(iter(_countries(event.recipients)), None)
    own = [m for m in event.actors if (m.sector in AT_HOME or m.sector is None) and _is_named(m)]
    return next(iter(_countries(own)), None)


def _is_named(party: Mention) -> bool:
    """'Kenyan teachers' name a country; 'students' are only taken to be of the country most spoken of."""
    return (party.name or party.text) != (party.name or party.text).lower()


def _countries(parties: Iterable[Mention]) -> list[str]:
    return [m.country for m in parties if m.country is not None]


def _seat(event: Event, story: Story) -> Place | None:
    """The capital that a government is called by: 'Dhaka summoned the envoy'."""
    for party in event.actors:
        for item in story.places:
            own = party.span is not None and item.start == party.span.start and item.end == party.span.end
            if own and item.place.precision == "settlement" and item.place.country == party.country:
                return item.place
    return None


def _better(place: Place, said: Place | None) -> bool:
    """Where nothing with a point was said, or a country alone that the inferred place lies in."""
    if said is None or said.lat is None:
        return True
    finer = FINENESS[place.precision] < FINENESS["country"]
    return said.precision == "country" and said.country == place.country and finer


def _tells_place(event: Event) -> bool:
    """Whether it is a deed told as such with a place finer than a country."""
    place = event.place
    fine = place is not None and place.lat is not None and FINENESS[place.precision] < FINENESS["region"]
    return fine and event.type not in SPOKEN and event.modality in FRESH


# ------------------------------------------------------------------------------------------------- when
def _dated(events: Sequence[Event], story: Story) -> list[Event]:
    out: list[Event] = []
    last: date | None = None  # the last day told of a deed of this story
    anchor: date | None = None  # or of anything said in it
    for event in events:
        said = event.date
        if said is None or said.start is None:
            found = _when(event, events, story, last, anchor)
            event = replace(event, inferred_date=found) if found is not None else event
        elif event.modality in FRESH and said.precision == "day" and _of_story(said, story):
            anchor, last = said.start, last if event.type in SPOKEN else said.start
        out.append(event)
    return out


def _of_story(said: Interval, story: Story) -> bool:
    start, published = said.start, story.published
    return start is not None and (published is None or published - LONG_AGO < start <= published)


def _when(
    event: Event, events: Sequence[Event], story: Story, last: date | None, anchor: date | None
) -> Interval | None:
    published = story.published
    if event.date is not None:  # words that nothing in their paragraph resolves
        return _said_of(event.date, anchor, published)
    if published is None or event.absence:
        return None
    today = Interval(published, published, "day")
    if event.modality not in FRESH:
        return today  # a plan, threat or promise is of the day it is voiced
    if (back := _look_back(event, story)) is not None:
        return back
    if event.type in SPOKEN:
        return today
    if (twin := _twin(event, events, story)) is not None:
        return twin
    return today if last is None else Interval(last, last, "day")


def _said_of(said: Interval, last: date | None, published: date | None) -> Interval | None:
    """'the same evening', 'two days later' after the last day told; 'in recent nights' before publication."""
    words = next(iter(find_words(said.text)), None)
    if words is not None and words.kind in ("sameday", "shift") and last is not None:
        days = resolve(words, published, False, last)
        return days and Interval(*days, said.text, said.span)
    if published is not None and "recent" in said.text.lower():
        return Interval(published - timedelta(RECENT), published, "range", said.text, said.span)
    return None


def _look_back(event: Event, story: Story) -> Interval | None:
    """The past that a paragraph looks back on, as last named before the deed in it."""
    line = story.line(event.trigger.start)
    before = [
        t for t in story.times
        if t.span is not None and t.span.start < event.trigger.start and story.line(t.span.start) == line
    ]  # fmt: skip
    then = before[-1] if before else None
    if then is None or then.span is None or then.end is None or story.published is None:
        return None
    if then.end > story.published - LONG_AGO or then.precision not in ("day", "month", "season", "year"):
        return None
    if _SINCE.search(story.text[story.text.rfind("\n", 0, then.span.start) + 1 : then.span.start].split(". ")[-1]):
        return None  # 'the first since a drone was shot down in May' does not turn back to May
    same = event.evidence.start <= then.span.start
    return then if same or event.type not in SPOKEN else None


_SINCE = re.compile(r"\b(?:since|until)\b", re.I)


def _twin(event: Event, events: Sequence[Event], story: Story) -> Interval | None:
    """The day of the deed of the same kind, to the same party or at the same place, that the article dates elsewhere."""
    for other in events:
        if other.date is None or other.date.precision != "day" or other.modality not in FRESH:
            continue
        alike = (other.type, other.act) == (event.type, event.act) and _of_story(other.date, story)
        if alike and (_names(event.recipients) & _names(other.recipients) or _same_place(event.place, other.place)):
            return other.date
    return None


def _names(parties: Iterable[Mention]) -> set[str]:
    return {word for m in parties for word in [(m.actor or (m.name or m.text).split()[-1]).lower()]}


def _same_place(one: Place | None, other: Place | None) -> bool:
    return one is not None and other is not None and one.id is not None and one.id == other.id
