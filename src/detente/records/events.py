"""What the coder finds in an article: event mentions, tripwires, links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from detente.records.articles import Span
from detente.records.terms import Calendar, DatePrecision, Modality, PlacePrecision, Stance, TripwireState


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor as the text names it, with what it was resolved to (None = not resolved)."""

    text: str
    span: Span | None = None
    actor: str | None = None  # Actor.id
    country: str | None = None  # ISO 3166-1 alpha-3
    sector: str | None = None  # PLOVER sector: GOV, MIL, PRM, REB, CIV, ...
    name: str | None = None  # the name it stands for: "its forces" -> "Ethiopian army"
    antecedent: Span | None = None  # where that name stands, when it is not in `span`
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of the chain of speakers; chains run from the outermost speaker inwards."""

    source: Mention | None  # None: somebody unnamed ("reportedly")
    cue: Span | None
    stance: Stance = "asserts"
    hedge: str | None = None  # the hedging words: "believes", "allegedly"
    anonymous: bool = False
    party: bool | None = None  # a party to the conflict? None = not judged
    reliability: str = "F"  # Admiralty letter of the source, A-F
    credibility: int = 6  # Admiralty figure of the item, 1-6


@dataclass(frozen=True, slots=True)
class Interval:
    """When: both days included; precision says how much was said; text is what was said.

    Unresolved means the words need a publication date that is not known: start and end are None.
    """

    start: date | None
    end: date | None
    precision: DatePrecision
    text: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a country is never a point on a city, and an unmatched place keeps its span."""

    name: str
    precision: PlacePrecision
    lat: float | None = None
    lon: float | None = None
    country: str | None = None  # ISO 3166-1 alpha-3
    admin1: str | None = None
    id: str | None = None  # "geonames:98182", "detente:k1-air-base", "iso:IRQ"
    span: Span | None = None
    radius_km: float | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many, as one speaker has it: low <= n <= high; high None = at least low."""

    kind: Literal["killed", "injured", "rounds", "attacks", "detained", "troops", "other"]
    low: int
    high: int | None
    span: Span | None = None
    speaker: str | None = None  # who gives the figure; None = the report itself
    cumulative: bool = False  # a running total, not this happening's own figure


@dataclass(frozen=True, slots=True)
class Event:
    """One mention of one deed. `type` is PLOVER's; `act` the underlying deed (a threat to strike: ASSAULT)."""

    id: str
    article: str
    type: str
    act: str
    modality: Modality
    trigger: Span
    evidence: Span
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    actors: tuple[Mention, ...] = ()
    recipients: tuple[Mention, ...] = ()
    reciprocal: bool = False
    attribution: tuple[Attribution, ...] = ()
    condition: Span | None = None
    date: Interval | None = None
    place: Place | None = None
    counts: tuple[Count, ...] = ()
    absence: bool = False  # "no rockets for three weeks": the absence itself is what is reported
    confidence: float = 0.5
    reported: Calendar | None = None  # publication date of the article
    outlet: str | None = None
    coder: str = ""
    why: tuple[str, ...] = ()  # rules that shaped it, for `detente explain`
    # taken from the article around it, only where its own words say nothing as good; never used to match or to count
    inferred_date: Interval | None = None
    inferred_place: Place | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A tripwire's change of state, and what moved it."""

    state: TripwireState
    on: date
    because: str
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Tripwire:
    """If `condition`, then `consequence`: a conditional threat (punishes) or promise (rewards)."""

    id: str
    article: str
    condition: Span
    consequence: Span
    span: Span
    holder: Mention | None = None
    against: tuple[Mention, ...] = ()
    deadline: Interval | None = None
    direction: Literal["punishes", "rewards"] = "punishes"
    negated_condition: bool = False  # fires when the condition is NOT met (unless, until)
    vague: bool = False  # names no deed that a reader could check
    act: str | None = None  # PLOVER type of the consequence's deed
    attribution: tuple[Attribution, ...] = ()
    event: str | None = None  # Event.id of the consequence
    reported: date | None = None
    state: TripwireState = "armed"
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A statement that two actors are tied: never a fact without a speaker."""

    id: str
    article: str
    subject: Mention
    object: Mention
    kind: Literal["front", "backed", "aligned", "member", "ally", "splinter", "renamed", "same", "wing"]
    evidence: Span
    attribution: tuple[Attribution, ...] = ()
    hedge: str | None = None
    reported: date | None = None
    proof: Literal["suspicion", "stated", "documented", "confirmed"] = "stated"


@dataclass(frozen=True, slots=True)
class Coded:
    """Everything the coder found in one article."""

    article: str
    events: tuple[Event, ...] = ()
    tripwires: tuple[Tripwire, ...] = ()
    links: tuple[Link, ...] = ()
    coder: str = ""
