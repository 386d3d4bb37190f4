"""Which side of a dyad acted, which was hit, and whether an attack counts under a lull's definition."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from detente.incidents.match import no_roll_up
from detente.incidents.views import RADIUS, at_day, distance_km
from detente.records import FACTUAL, Dyad, Incident, Place
from detente.reference.actors import load
from detente.reference.theatre import LullDefinition, Theatre, TheatrePlace

RollsUp = Callable[[str, tuple[str, ...], "date | None"], bool]
ID = re.compile(r"[A-Z]{3}(?:\.[A-Z]+)*|[a-z0-9-]+(?:\.[a-z0-9-]+)+|[a-z0-9]+(?:-[a-z0-9]+)+")
_WORD = re.compile(r"[a-z0-9]+")
_EDGE = 30.0  # km that a base may lie outside the town or province it is told by
_BYSTANDERS = {"BUS", "CIV", "MED", "NGO", "EDU", "REL"}  # of a country, but not its personnel


def is_id(name: str) -> bool:
    """True for an actor id ("USA.MIL", "iraq.kataib-hezbollah", "isis"), False for words of a text."""
    return bool(ID.fullmatch(name)) or (_WORD.fullmatch(name) is not None and _packaged(name))


@lru_cache(maxsize=4096)
def _packaged(name: str) -> bool:
    return load().get(name) is not None


@dataclass(frozen=True, slots=True)
class Watch:
    """A dyad with all that is needed to say who is who in it."""

    dyad: Dyad
    rolls_up: RollsUp
    theatre: Theatre | None = None

    @property
    def counts_unnamed(self) -> bool:
        """True where an attack nobody is named for is taken as the other side's; the theatre says so for each dyad."""
        own = self.theatre.lulls.get(self.dyad.id) if self.theatre else None
        return own is None or own.unnamed

    def on_side(self, names: Iterable[str], side: tuple[str, ...], on: date | None) -> bool:
        """True if any of `names` belongs to the side on that day."""
        return any(no_roll_up(name, side, on) or self.rolls_up(name, side, on) for name in names)

    def a(self, names: Iterable[str], on: date | None) -> bool:
        """True if any of `names` is of side a."""
        return self.on_side(names, self.dyad.a, on)

    def b(self, names: Iterable[str], on: date | None) -> bool:
        """True if any of `names` is of side b."""
        return self.on_side(names, self.dyad.b, on)

    def host(self, place: Place | None, on: date | None) -> TheatrePlace | None:
        """The theatre's place that `place` is, if people of side a are there on that day."""
        found = find_place(self.theatre, place)
        return found if found and self.hosting(found, on) else None

    def hosting(self, place: TheatrePlace, on: date | None) -> bool:
        """True if people of side a are at the theatre's place on that day."""
        return any(host.on(on) and self.a((host.actor,), on) for host in place.hosts)

    def backers(self, side: tuple[str, ...], on: date | None) -> set[str]:
        """States that the theatre says back the side's members on that day, with their organs and offices."""
        own = self.theatre.actors if self.theatre else ()
        states = {
            tie.to
            for each in own
            if each.id in side
            for tie in each.affiliations
            if tie.kind == "backed" and (on is None or ((tie.start or on) <= on <= (tie.end or on)))
        }
        return states | {f"{state}.{organ}" for state in states for organ in ("GOV", "MIL")}

    def told(self, incident: Incident) -> str:
        """Which sides the report's own sentences name: "a", "b", "both" or "" (neither)."""
        return self.named(" | ".join(span.quote for span in incident.evidence), day_of(incident) or incident.known)

    def named(self, text: str, on: date | None) -> str:
        """Which sides a text names: "a", "b", "both" or "" (neither)."""
        names = names_in(text, self.theatre)
        a, b = self.a(names, on), self.b(names, on)
        return "both" if a and b else "a" if a else "b" if b else ""


def is_backed(group: str, states: Iterable[str], on: date | None) -> bool:
    """True for a group that reference data say one of the states, or an organ of it, backs on that day (None: ever)."""
    known, wanted = load().get(group), {each.split(".")[0].casefold() for each in states}
    return any(
        tie.kind == "backed" and tie.to.split(".")[0].casefold() in wanted
        and (on is None or ((tie.start or on) <= on <= (tie.end or on)))
        for tie in (known.affiliations if known else ())
    )  # fmt: skip


def names_in(text: str, theatre: Theatre | None) -> set[str]:
    """Ids of everybody a text names, of the theatre or not."""
    found = {each.actor or each.country for each in load().find(text)} - {None}
    own = theatre.actors if theatre else ()
    found |= {each.id for each in own if _pattern((each.name, *each.names)).search(text.casefold())}
    return {str(each) for each in found}


def sites_of(incident: Incident, theatre: Theatre | None) -> list[TheatrePlace]:
    """Places of the theatre's own that the incident may be at, by its place or its words, whoever is there on that day."""
    at = find_place(theatre, incident.place)
    found = [at] if at else []
    for each in theatre.places if theatre else ():
        aimed = any(_names(each, name.casefold()) for name in incident.recipients)
        if each.hosts and each is not at and (aimed or any(names_site(span.quote, each) for span in incident.evidence)):
            found.append(each)
    return found


def names_site(text: str, place: TheatrePlace) -> bool:
    """True if a text names a place of the theatre's own where somebody's people are."""
    return bool(place.hosts) and _names(place, text.casefold())


def named_host(incident: Incident, watch: Watch, on: date | None) -> TheatrePlace | None:
    """The hosting site that was hit: the incident's place, or one named as its target or in its sentence.

    A sentence counts only where the place found is coarser than a site and the site lies within it.
    """
    found = watch.host(incident.place, on)
    if found is not None or (incident.place and incident.place.precision == "site"):
        return found
    return next((each for each in told_sites(incident, watch.theatre) if watch.hosting(each, on)), None)


def told_sites(incident: Incident, theatre: Theatre | None) -> Iterator[TheatrePlace]:
    """Sites where somebody's people are on some day, named as the target or, lying within its place, in a sentence."""
    if theatre is None or not theatre.places:
        return
    aimed = " | ".join(name.casefold() for name in incident.recipients if not is_id(name))
    told = " | ".join(span.quote.casefold() for span in incident.evidence)
    for each in theatre.places:
        if not each.hosts:
            continue
        site = Place(each.name, each.precision, each.lat, each.lon, id=each.id)
        if _names(each, aimed) or (_names(each, told) and _within(site, incident)):
            yield each


def _names(place: TheatrePlace, text: str) -> bool:
    return bool(text) and _pattern((place.name, *place.spellings)).search(text) is not None


@lru_cache(maxsize=4096)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name.casefold()) for name in names)})(?!\w)")


def _within(site: Place, incident: Incident) -> bool:
    place = incident.place
    gap = distance_km(site, place) if place else None
    if place is None or gap is None:
        return True
    return gap <= (place.radius_km or RADIUS.get(place.precision, 1000.0)) + _EDGE


def find_place(theatre: Theatre | None, place: Place | None) -> TheatrePlace | None:
    """The theatre's own place: by id, by spelling, or the nearest one whose radius holds the point."""
    if theatre is None or place is None:
        return None
    name = place.name.casefold()
    for each in theatre.places:
        if place.id == each.id or name in {each.name.casefold(), *(word.casefold() for word in each.spellings)}:
            return each
    if place.precision != "site":
        return None
    near = []
    for each in theatre.places:
        point = Place(each.name, each.precision, each.lat, each.lon)
        gap = distance_km(place, point)
        if gap is not None and each.precision == "site" and gap <= (each.radius_km or RADIUS["site"]):
            near.append((gap, each.id, each))
    return min(near, key=lambda item: item[:2])[2] if near else None


def day_of(incident: Incident) -> date | None:
    """The day it happened, None where it is not known to three days or better."""
    return at_day(incident.date)


def is_attack(incident: Incident) -> bool:
    """True for one attack that is reported as done, on a day that a report states or implies, and not taken back."""
    return (
        incident.type == incident.act == "ASSAULT"
        and incident.modality in FACTUAL
        and not incident.retracted
        and day_of(incident) is not None
        and not any(each.startswith(("sums up several", "date assumed")) for each in incident.why)
    )


def perpetrators(incident: Incident) -> tuple[str, ...]:
    """Everybody held to have done it: as stated, as claimed, and where neither is known, as blamed."""
    return tuple({*incident.actors, *incident.claimed}) or incident.blamed


def acting(names: Iterable[str]) -> tuple[str, ...]:
    """Those who act for their side: not the civilians, firms or clergy of its country."""
    return tuple(name for name in names if not set(name.split(".")[1:]) & _BYSTANDERS)


def on_soil(incident: Incident, side: Sequence[str], other: Sequence[str]) -> bool:
    """True for a deed in the country of one side, not of the other, that no known victim is told of: a town shelled."""
    country = incident.place.country if incident.place else None
    return country in side and country not in other and not any(map(is_id, incident.recipients))


def direction(incident: Incident, watch: Watch) -> str | None:
    """ "a-to-b" or "b-to-a" for a deed between the two sides, None for anybody else's.

    A deed nobody is named for counts against the side that was hit, unless the theatre says that it does not
    (where two dyads share a side, it can be only one's); one by a named third party does not.
    """
    on = day_of(incident) or incident.known
    doers = perpetrators(incident)
    hits_a = watch.a(incident.recipients, on) or named_host(incident, watch, on) is not None
    hits_b = watch.b(incident.recipients, on)
    by_a, by_b = watch.a(acting(doers), on), watch.b(acting(doers), on)
    unknown = watch.counts_unnamed and not any(map(is_id, doers))
    hits_a = hits_a or (by_b and not by_a and on_soil(incident, watch.dyad.a, watch.dyad.b))
    hits_b = hits_b or (by_a and not by_b and on_soil(incident, watch.dyad.b, watch.dyad.a))
    if hits_a and (by_b or (unknown and not by_a)) and not (by_a and hits_b):
        return "b-to-a"
    if hits_b and (by_a or (unknown and not by_b)):
        return "a-to-b"
    return None


def personnel_hit(incident: Incident, watch: Watch) -> bool:
    """True if people or sites of side a itself were the target, not its companies or civilians.

    At a place the theatre knows and where side a has nobody, a bare country ("a US company's site") is
    not enough: its forces or offices must be named.
    """
    on = day_of(incident) or incident.known
    if named_host(incident, watch, on) is not None:
        return True
    people = [name for name in incident.recipients if not set(name.split(".")[1:]) & _BYSTANDERS]
    if find_place(watch.theatre, incident.place) is not None:
        people = [name for name in people if not re.fullmatch("[A-Z]{3}", name)]
    return watch.a(people, on)


def why_not(incident: Incident, watch: Watch, definition: LullDefinition) -> str | None:
    """None if the incident counts under the definition; else the reason it does not, for the reader."""
    if incident.act not in definition.acts or incident.type != incident.act:
        return "another kind of act"
    if incident.retracted:
        return "retracted by its own source"
    if incident.modality not in FACTUAL:
        return "claimed, not otherwise reported" if incident.claimed else "not reported as having happened"
    if any(each.startswith("sums up several") for each in incident.why):
        return "a summary of several attacks"
    if day_of(incident) is None or any(each.startswith("date assumed") for each in incident.why):
        return "its day is not known"
    if definition.modes and not set(definition.modes) & set(incident.modes):
        return "another kind of weapon"
    towards = direction(incident, watch)
    if towards is None:
        doers, on = perpetrators(incident), day_of(incident)
        theirs = any(map(is_id, doers)) and not (watch.a(doers, on) or watch.b(doers, on))
        if incident.claimed and incident.origins == 1 and not incident.actors:
            return "claimed, not otherwise reported"
        return "another pair's" if theirs else "outside the target class"
    if definition.direction != "both" and towards != definition.direction:
        return "in the other direction"
    town = definition.direction == "both" and on_soil(incident, watch.dyad.a, watch.dyad.b)
    if towards == "b-to-a" and not town and not personnel_hit(incident, watch):
        return "outside the target class"
    if definition.proof == "corroborated" and incident.origins < 2:
        return "reported by a single origin"
    return None
