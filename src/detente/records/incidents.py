"""Happenings in the world, with every mention of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from detente.records.articles import Span
from detente.records.events import Interval, Place
from detente.records.terms import Calendar, Modality, Stance


@dataclass(frozen=True, slots=True)
class Toll:
    """One speaker's figure for one incident; figures stand side by side, none overwrites another."""

    kind: str
    low: int
    high: int | None
    speaker: str | None
    evidence: Span | None = None
    reported: date | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What one speaker holds about an incident: a claim, blame, denial or retraction."""

    stance: Stance
    speaker: str
    about: str  # actor the statement concerns
    evidence: Span
    reported: date | None = None


@dataclass(frozen=True, slots=True)
class Incident:
    """One happening in the world, with every mention of it."""

    id: str
    type: str
    act: str
    modality: Modality
    date: Interval | None
    place: Place | None
    actors: tuple[str, ...] = ()  # Actor ids, or names where unresolved
    recipients: tuple[str, ...] = ()
    blamed: tuple[str, ...] = ()  # named by somebody else, not by themselves
    claimed: tuple[str, ...] = ()  # claimed it themselves
    events: tuple[str, ...] = ()  # Event ids
    reports: tuple[str, ...] = ()  # Article ids
    origins: int = 1  # independent origins: copies of one wire story are one
    modes: tuple[str, ...] = ()
    tolls: tuple[Toll, ...] = ()
    statements: tuple[Statement, ...] = ()
    disputed: bool = False
    retracted: bool = False
    evidence: tuple[Span, ...] = ()
    known: Calendar | None = None  # the first day any report of it was published
    title: str = ""
    why: tuple[str, ...] = ()  # why these mentions are one, and what spoke against it
    version: int = 1
