"""Where a reader takes a deed to have been that its own words do not place.

A statement is made where its speaker is; a deed is where the deeds around it are, unless its parties are at home elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from detente.events.story import FRESH, OPENING, Story
from detente.events.where import FINENESS, SPOKEN
from detente.records import Event, Mention, Place
from detente.reference.gazetteer.distance import km_between

AT_HOME = frozenset(
    {"GOV", "COP", "JUD", "LEG", "OPP", "CVL", "CIV", "EDU", "LAB", "MED"}
)  # sectors that act in their own country
AWAY = frozenset(
    {"ASSAULT", "AID", "COOPERATE", "CONSULT"}
)  # deeds that parties of other countries do where the story is


@dataclass(frozen=True, slots=True)
class Beginning:
    """The places that a report opens with."""

    first: Place | None  # of a deed in its first paragraph
    scene: Event | None  # the first deed of its opening that tells a place
    named: Place | None  # the first town or site named there

    def around(self, event: Event, story: Story) -> list[Place | None]:
        """Where a deed is that nothing nearer places, the likeliest first."""
        if self.scene is None:
            return [story.filed, self.named]
        # what a report opens with is where it was filed, if nothing else was said yet
        before = event.trigger.start < self.scene.trigger.start
        return [*((story.filed, self.scene.place) if before else (self.scene.place, story.filed)), self.named]


def placed(events: Sequence[Event], story: Story) -> list[Event]:
    """The events with `inferred_place` where nothing as good was said, in order."""
    first = next((e.place for e in events if _tells_place(e) and story.line(e.trigger.start) == 0), None)
    scene = next((e for e in events if _tells_place(e) and story.line(e.trigger.start) < OPENING), None)
    beginning = Beginning(first, scene, _named_first(story))
    out: list[Event] = []
    number = -1
    told: list[Event] = []  # those of this paragraph that told their place
    for event in events:
        if (here := story.line(event.trigger.start)) != number:
            number, told = here, []
        if _tells_place(event):
            told.append(event)
        out.append(_with_place(event, told, beginning, story))
    return out


def _with_place(event: Event, told: Sequence[Event], beginning: Beginning, story: Story) -> Event:
    opening = beginning.around(event, story)
    pointed = _pointed(event, story, opening)
    if pointed is None and (event.type in SPOKEN or event.type == "CONSULT"):
        pointed = _stage(event, story)
    around = _around(event, told[-1].place if told else None, beginning.first, opening, story)
    place = _beside(event.place, story) or pointed or _where(event, around, story)
    if place is not None and any(o.place == place and _of_another_day(event, o) for o in told):
        place = None  # 'stormed the embassy on Tuesday after a march for fighters killed on Sunday'
    if place is not None and (_better(place, event.place) or (pointed and _is_country(event.place))):
        return replace(event, inferred_place=_landed(place, story) or place)
    if event.place is not None and (landed := _landed(event.place, story)) is not None:
        return replace(event, inferred_place=landed)
    return event


def _around(
    event: Event, nearest: Place | None, first: Place | None, opening: Sequence[Place | None], story: Story
) -> list[Place]:
    """The places that a deed may have been at, the likeliest first."""
    if event.type not in SPOKEN:
        found = [nearest, _mentioned(event, story), first, *opening]
    elif _home(event) and story.filed:
        found = [story.filed]  # a statement of somebody at home: where the report is from
    else:
        found = [story.filed, nearest, first, *opening]
    return [place for place in found if place is not None]


def _of_another_day(event: Event, other: Event) -> bool:
    """Both say their day, in one sentence, and the days differ."""
    days = [e.date.start if e.date is not None and e.date.precision == "day" else None for e in (event, other)]
    return event.evidence == other.evidence and None not in days and days[0] != days[1]


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


def _stage(event: Event, story: Story) -> Place | None:
    """Where a speaker stands: 'In Banja Luka, the president …', 'flew to Muscat. He asked …'; the last before the deed."""
    start = story.text.rfind("\n", 0, event.trigger.start) + 1
    himself = any(m.text.lower() in _SAME for m in event.actors)
    for item in reversed(story.places):
        if item.start < start:
            return None
        if item.end > event.trigger.start or item.place.lat is None or item.place.precision == "country":
            continue
        own = event.evidence.start <= item.start
        if (own or himself) and _STAGED.search(story.text, max(start, item.start - 50), item.start):
            return item.place
    return None


_SAME = frozenset("he she they it".split())
_STAGED = re.compile(
    r"(?:(?:^|[.!?”\"] )(?:In|At|From|Outside)|\b(?:flew|flown|travel\w+|arriv\w+|visit\w+|landed)(?: to| in| at| for)?)(?: the)? $"
)


def _named_first(story: Story) -> Place | None:
    """The first town or site of the opening."""
    for item in story.places:
        if item.place.precision in ("settlement", "site") and item.place.lat is not None:
            return item.place if story.line(item.start) < OPENING else None
    return None


def _pointed(event: Event, story: Story, opening: Sequence[Place | None]) -> Place | None:
    """Where 'here', 'there' and 'in the same town' point to: where the report is from, the last such place before them."""
    words = _POINTING.search(story.text, event.evidence.start, min(event.evidence.end, event.trigger.end + _REACH))
    if words is None:
        return None
    if words["adverb"] == "here":
        return story.filed or next((p for p in opening if p is not None), None)
    kinds = ("region", "site") if words["water"] else ("settlement", "site")
    before = [
        i for i in story.places if i.end <= words.start() and i.place.precision in kinds and i.place.lat is not None
    ]
    if words["water"]:
        before = [i for i in before if words["water"] in i.place.name.lower()]
    same = [i for i in before if story.line(i.start) == story.line(event.trigger.start)]
    found = same or (before if words["noun"] or words["water"] else [])
    return found[-1].place if found else None


_REACH = 80  # characters after a deed in which words may still point to its place
_POINTING = re.compile(
    r"\b(?:(?P<adverb>here|there)\b(?! (?:is|are|was|were|has|have|had|will|would|to|from)\b)"
    r"|(?:in|at|into|near|outside|around|over|to|of|through|across) (?:the|that)(?: same)? "
    r"(?:(?P<noun>town|city|village|camp|quarter|neighbou?rhood|settlement|township|area)|(?P<water>strait|island|lake))\b(?! of\b|['’]s\b| [a-z]+s\b))"
)
_SEATED = re.compile(
    r"\b(?:government|minist\w+|embassy|officials?|authorities|diplomats|exiles|spokes\w+|leadership|regime) (?:in|at) $",
    re.I,
)  # a body named by its town sits there, whatever is told of it


_IN = re.compile(r"\b(?:in|into|at|near|outside|inside|around|to)(?: the| [a-z]+ [a-z]+ of| [a-z]+ of)? $", re.I)


def _beside(said: Place | None, story: Story) -> Place | None:
    """Of a place that no source knows, the one printed right after it: 'Kitshanga, Masisi territory'."""
    if said is None or said.lat is not None or said.span is None:
        return None
    for item in story.places:
        if item.start >= said.span.end and item.place.lat is not None:
            close = _BESIDE.fullmatch(story.text, said.span.end, item.start)
            return item.place if close and item.place.precision != "country" else None
    return None


_BESIDE = re.compile(
    r"(?: village| town)?(?:,| in| near| \(| close to|, near|, in)(?: the)?(?: [a-z]+ern)? ?(?:district of |province of )?"
)


def _landed(said: Place, story: Story) -> Place | None:
    """A strait or front line as on the side where the report is from, else of the nearest place that the text names."""
    if said.lat is None or said.lon is None or said.country is not None:
        return None
    near = [
        (story.filed is None or p.country != story.filed.country, km, p.country)
        for p in (item.place for item in story.places)
        if p.lat is not None and p.lon is not None and p.country is not None and p.precision != "country"
        and (km := km_between(said.lat, said.lon, p.lat, p.lon)) < CLOSE
    ]  # fmt: skip
    return replace(said, country=min(near)[2]) if near else None


CLOSE = 120.0  # km


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
        return next(iter(_countries(m for m in (*event.actors, *speakers) if _has_a_name(m, event))), None)
    if event.type in AWAY:
        return next(iter(_countries(event.recipients)), None)
    own = [m for m in event.actors if (m.sector in AT_HOME or m.sector is None) and _is_named(m)]
    return next(iter(_countries(own)), None)


def _is_named(party: Mention) -> bool:
    """'Kenyan teachers' name a country; 'students' are only taken to be of the country most spoken of."""
    return (party.name or party.text) != (party.name or party.text).lower()


def _has_a_name(party: Mention, event: Event) -> bool:
    """Not 'The company', 'Prosecutors', whose capital is that of their sentence."""
    words = (party.name or party.text).split()
    opens = party.span is not None and party.span.start == event.evidence.start
    return any(w[:1].isupper() for w in (words[1:] if opens and not party.actor else words))


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


def _is_country(place: Place | None) -> bool:
    return place is not None and place.precision == "country"


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
