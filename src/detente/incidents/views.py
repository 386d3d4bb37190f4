"""What a matcher sees of an event: plain keys for who, when, where and how, computed once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from detente.incidents.where import BROAD, Where
from detente.records import FACTUAL, Event, Interval, Mention, Place

SOFT = frozenset({"claims", "blames", "denies"})  # who did it rests on one speaker's word
_NIGHT = re.compile(
    r"\b(?:late|night|overnight|midnight|dawn|after dark|(?:early|small|first) (?:hours|minutes)|early on)\b",
    re.IGNORECASE,
)
_LEDE = 400  # characters: the opening of a report, where undated happenings are fresh
RADIUS = {"site": 3.0, "settlement": 10.0, "district": 30.0, "province": 100.0}  # km, where none is given
_FAMILY = {
    "happened": "factual", "ongoing": "factual", "uncertain": "factual", "denied": "factual",
    "planned": "planned", "threatened": "spoken", "conditional": "spoken",
    "hypothetical": "imagined", "negated": "absent",
}  # fmt: skip
_ARMS = re.compile(
    r"\b(?:rockets?|missiles?|mortars?|shells?|rounds?|drones?|bombs?|explosions?|blasts?|strikes?|gunfire|"
    r"projectiles?|katyushas?|barrage|salvo)$",
    re.IGNORECASE,
)
_ARMED = frozenset({"REB", "PRM", "UAF", "INS", "SEP", "RAD", "CRM"})  # PLOVER sectors that fight their own fights
_TARGET = re.compile(
    r"\b(market|school|hospital|clinic|mosque|church|temple|shrine|convoy|bus|pipeline|embassy|consulate|airport|"
    r"airfield|bridge|checkpoint|barracks|refinery|oilfield|tanker|vessel|ship|train|dam|prison|jail|court|wedding|"
    r"funeral|camp|depot|warehouse|stadium|hotel|restaurant|cafe|factory|university|parliament|port|harbour|"
    r"helicopter|plane|jet|patrol|village|power station|power plant|police station|post|crossing|tunnel)s?\b",
    re.IGNORECASE,
)
_SORT_OF_PLACE = re.compile(r"\s+(?:district|area|town|city|province|village|neighbou?rhood)$", re.IGNORECASE)
_SPOKEN = frozenset({"THREATEN", "REQUEST", "ACCUSE", "REJECT", "AGREE", "CONCEDE", "SUPPORT"})


def family(event: Event) -> str:
    """The group of modalities an event merges within; words spoken are told apart from deeds done."""
    if event.type == "THREATEN":
        return "spoken"
    if event.absence:
        return "absent"
    if event.type in _SPOKEN and event.type != event.act:
        return "spoken" if event.modality in FACTUAL | {"planned", "conditional", "threatened"} else event.modality
    return _FAMILY[event.modality]


def key_of(mention: Mention) -> str:
    """Actor id, else country (with sector), else "~" and the name or text in lower case without its article."""
    if mention.actor:
        return mention.actor
    if mention.country:
        return f"{mention.country}.{mention.sector}" if mention.sector else mention.country
    text = (mention.name or mention.text).casefold().strip()
    words = re.sub(r"^(?:the|a|an|its|their)\s+", "", text)
    return f"~{words}" if words else ""


def side_of(mention: Mention) -> str | None:
    """Country and whether armed outside the state: "IRQ" for its police and its people, "IRQ armed" for a militia."""
    if mention.country is None:
        return None
    return f"{mention.country} armed" if mention.sector in _ARMED else mention.country


def label(mention: Mention) -> str:
    """What an incident calls an actor: its id, its country (and sector), or its words without the article."""
    if mention.actor:
        return mention.actor
    if mention.country:
        return f"{mention.country}.{mention.sector}" if mention.sector else mention.country
    return re.sub(r"^(?:the|a|an)\s+", "", (mention.name or mention.text).strip(), flags=re.IGNORECASE)


def is_thing(mention: Mention) -> bool:
    """True for a weapon standing where the doer should ("three rockets"): it names nobody."""
    return mention.actor is None and mention.country is None and bool(_ARMS.search(mention.name or mention.text))


def is_place(mention: Mention, place: Place | None) -> bool:
    """True where the place that was hit stands for a victim: "rockets fell in Elmton" strikes no government."""
    if place is None or place.precision in BROAD:
        return False
    words = _SORT_OF_PLACE.sub("", re.sub(r"^the\s+", "", mention.text.strip(), flags=re.IGNORECASE))
    return len(words) > 2 and re.search(rf"\b{re.escape(words)}\b", place.name, re.IGNORECASE) is not None


def is_resolved(key: str) -> bool:
    """True for an actor id or a country, False for bare words of a text."""
    return not key.startswith("~")


def is_summary(event: Event) -> bool:
    """True if it sums up several happenings ("more than two dozen attacks"), so it is none of them."""
    return any(count.kind == "attacks" and count.low >= 2 for count in event.counts)


def effective_date(event: Event) -> tuple[Interval | None, bool]:
    """The event's dates, and whether they were assumed from the day of the report."""
    if event.date is not None:
        known = event.date.start is not None and event.date.end is not None
        return (event.date if known else None), False
    fresh = event.modality in FACTUAL | {"denied"} and event.trigger.start < _LEDE and not is_summary(event)
    spoken = family(event) == "spoken"
    if event.reported is None or not (fresh or spoken) or event.absence:
        return None, False
    return Interval(event.reported - timedelta(days=1), event.reported, "range"), True


@dataclass(frozen=True, slots=True)
class View:
    """One event, ready for matching."""

    event: Event
    family: str
    date: Interval | None
    assumed: bool
    actors: frozenset[str]
    recipients: frozenset[str]
    soft: bool  # who did it rests on a claim, a blame or a denial
    summary: bool
    night: bool
    where: Where
    actor_sides: frozenset[str] = frozenset()
    recipient_sides: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()  # kinds of things its words name: "market", "convoy"

    @property
    def place(self) -> Place | None:
        """Where it is taken to have happened."""
        return self.where.place

    @property
    def span_days(self) -> int:
        """Length of the date in days; a large number when unknown."""
        if self.date is None or self.date.start is None or self.date.end is None:
            return 100_000
        return (self.date.end - self.date.start).days + 1

    @property
    def signature(self) -> tuple:
        """Views with equal signatures match the same things."""
        place = self.place
        return (
            self.date and (self.date.start, self.date.end), self.night, self.soft, self.event.article,
            self.where.inferred, self.where.filed, place and (place.id, place.name, place.lat, place.lon, place.precision),
            self.actors, self.recipients, self.event.modes, self.event.modality,
        )  # fmt: skip


def view(event: Event, where: Where | None = None) -> View:
    """Compute the matching keys of one event; without `where` it happened where the coder says."""
    where = where or Where(event.place)
    interval, assumed = effective_date(event)
    text = f"{interval.text if interval else ''} {event.evidence.quote}"
    return View(
        event=event,
        family=family(event),
        date=interval,
        assumed=assumed,
        actors=_once(key_of(each) for each in event.actors if key_of(each) and not is_thing(each)),
        recipients=_once(
            key_of(each)
            for each in event.recipients
            if key_of(each) and not is_place(each, event.place) and not is_place(each, where.place)
        ),
        soft=any(link.stance in SOFT for link in event.attribution) or event.modality == "denied",
        summary=is_summary(event),
        night=bool(_NIGHT.search(text)),
        where=where,
        actor_sides=_once(side for each in event.actors if (side := side_of(each))),
        recipient_sides=_once(side for each in event.recipients if (side := side_of(each))),
        targets=_once(each.casefold() for each in _TARGET.findall(event.evidence.quote)),
    )


def _once(keys: Iterable[str]) -> frozenset[str]:
    """The keys as a set, equal sets as one object: a million mentions name the same few thousand parties."""
    return _known(frozenset(keys))


@lru_cache(maxsize=100_000)
def _known(keys: frozenset[str]) -> frozenset[str]:
    return keys


def distance_km(one: Place, other: Place) -> float | None:
    """Great-circle distance, None where either place has no point."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    lat1, lat2 = radians(one.lat), radians(other.lat)
    half = sin((lat2 - lat1) / 2) ** 2
    half += cos(lat1) * cos(lat2) * sin(radians(other.lon - one.lon) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(half)))


def place_relation(one: Place | None, other: Place | None) -> str:
    """ "same", "near" (one lies within the other), "wide" (only a country or region known), "unknown" or "apart"."""
    if one is None or other is None or "unmatched" in (one.precision, other.precision):
        named = one is not None and other is not None and one.name.casefold() == other.name.casefold()
        return "same" if named else "unknown"
    if one.id and one.id == other.id:
        return "wide" if one.precision in BROAD else "same"
    if one.country and other.country and one.country != other.country:
        return "apart"
    if one.precision in BROAD or other.precision in BROAD:
        return "wide"
    gap = distance_km(one, other)
    if gap is None:
        return "same" if one.name.casefold() == other.name.casefold() else "apart"
    small = {one.precision, other.precision} <= {"site"}
    reach = max(each.radius_km or RADIUS.get(each.precision, 5.0) for each in (one, other))
    if gap <= min(reach, 3.0):
        return "same"
    return "near" if gap <= reach and not small else "apart"


def sharper(one: Place | None, other: Place | None) -> Place | None:
    """The place that says more."""
    order = ("site", "settlement", "district", "province", "country", "region", "unmatched")
    if one is None or other is None:
        return one or other
    return one if order.index(one.precision) <= order.index(other.precision) else other


def overlap(one: Interval, other: Interval, slack: int = 0) -> bool:
    """True if the two stretches of days meet, give or take `slack` days."""
    assert one.start and one.end and other.start and other.end
    return one.start <= other.end + timedelta(days=slack) and other.start <= one.end + timedelta(days=slack)


def narrowed(one: Interval | None, other: Interval | None) -> Interval | None:
    """The shorter of two dates, the earlier where both are as short; said dates beat assumed ones."""
    if one is None or other is None:
        return one or other
    assert one.start and one.end and other.start and other.end
    rank = lambda each: (not each.text and each.span is None, each.end - each.start, each.start, each.text)  # noqa: E731
    return min((one, other), key=rank)


def at_day(interval: Interval | None) -> date | None:
    """The day of a happening whose date is known to three days or better (its first day); else None."""
    if interval is None or interval.start is None or interval.end is None:
        return None
    return interval.start if (interval.end - interval.start).days <= 2 else None
