"""Who acts: states, organs, offices, organisations, groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Affiliation:
    """A dated tie kept in reference data, with where it is known from."""

    to: str  # Actor.id
    kind: Literal["member", "part", "ally", "backed", "aligned", "parent", "office"]
    start: date | None = None
    end: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who held an office, from and to (both included; None = open)."""

    name: str
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, organ, office, organisation, group or generic role. Never a private person."""

    id: str  # "USA", "USA.MIL", "iraq.kataib-hezbollah"
    name: str
    kind: Literal[
        "state", "organ", "office", "organisation", "group", "coalition", "party", "role", "people", "provisional"
    ]
    names: tuple[str, ...] = ()
    country: str | None = None
    sector: str | None = None
    wikidata: str | None = None
    affiliations: tuple[Affiliation, ...] = ()
    holders: tuple[Holder, ...] = ()
    first_seen: date | None = None
    note: str = ""
