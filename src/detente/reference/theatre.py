"""A theatre: what a user watches (dyads, actors, places, outlets, lull definitions)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from detente.records import Actor, ConfigError, Dyad, PlacePrecision

Direction = Literal["a-to-b", "b-to-a", "both"]
Proof = Literal["reported", "corroborated", "claimed"]


@dataclass(frozen=True, slots=True)
class Hosting:
    """People of `actor` are at a place from `start` to `end` (both included; None = open)."""

    actor: str
    start: date | None = None
    end: date | None = None

    def on(self, day: date | None) -> bool:
        """True if the hosting covers `day`; an unknown day counts as covered."""
        if day is None:
            return True
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class TheatrePlace:
    """A place of the theatre's own: a base, a compound, a crossing; `hosts` says whose people are there."""

    id: str
    name: str
    spellings: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    country: str | None = None
    admin1: str | None = None
    precision: PlacePrecision = "site"
    radius_km: float | None = None
    hosts: tuple[Hosting, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes; `party_to` names the actors on whose side it stands, on all sides alike."""

    name: str
    kind: str = ""
    country: str | None = None
    owner: str | None = None
    party: bool = False
    party_to: tuple[str, ...] = ()
    reliability: str = "F"
    language: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LullDefinition:
    """What an attack must be to count against the calm of one dyad."""

    target_class: str = "sites and people of side a"
    acts: tuple[str, ...] = ("ASSAULT",)
    modes: tuple[str, ...] = ()
    direction: Direction = "b-to-a"
    proof: Proof = "reported"
    minimum_days: int = 14
    unnamed: bool = True  # an attack that no report names a doer for counts as the other side's
    note: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The outlets expected, and how many silent days make a gap."""

    start: date | None = None
    end: date | None = None
    sources: tuple[str, ...] = ()
    silent_days: int = 7
    note: str = ""


@dataclass(frozen=True, slots=True)
class Theatre:
    """Everything `theatre.toml` says; `folder` is where it lies."""

    id: str
    name: str
    section: str
    dyads: tuple[Dyad, ...]
    actors: tuple[Actor, ...] = ()
    places: tuple[TheatrePlace, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    lulls: dict[str, LullDefinition] = field(default_factory=dict)
    coverage: Coverage = Coverage()
    languages: tuple[str, ...] = ("en",)
    period: tuple[date | None, date | None] = (None, None)
    countries: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    folder: Path = Path()

    def dyad(self, dyad_id: str) -> Dyad:
        """The dyad of that id; ConfigError names the known ones."""
        for each in self.dyads:
            if each.id == dyad_id:
                return each
        known = ", ".join(each.id for each in self.dyads) or "none"
        raise ConfigError(f"theatre '{self.id}' has no dyad '{dyad_id}' (it has: {known})")

    def outlet(self, name: str | None) -> Outlet | None:
        """The outlet of that name, letter case ignored; None when unknown."""
        wanted = (name or "").casefold()
        return next((each for each in self.outlets if each.name.casefold() == wanted), None)
