"""A dyad over time: the daily series, the lull, track records, forecasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from detente.records.articles import Span
from detente.records.pages import Gap


@dataclass(frozen=True, slots=True)
class Dyad:
    """A pair of sides a theatre watches; each side is a list of actor ids (members roll up by date)."""

    id: str
    name: str
    a: tuple[str, ...]
    b: tuple[str, ...]
    a_name: str = ""
    b_name: str = ""


@dataclass(frozen=True, slots=True)
class LineCount:
    """One line of a dyad's series on one day, with the incidents it counts."""

    line: str  # "acts", "threats", "posture", "withdrawal" or "cooperation"
    count: int
    score: float  # sum of the PLOVER scores of its incidents
    incidents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One dyad on one day: acts and threats are separate lines, never one sum."""

    day: date
    acts: int = 0  # attacks that happened (ASSAULT), either direction
    threats: int = 0
    posture: int = 0  # mobilise, deploy, reposition
    withdrawal: int = 0
    cooperation: int = 0  # verbal and material cooperation that happened
    conflict_score: float = 0.0  # sum of PLOVER scores below 0
    cooperation_score: float = 0.0  # sum of PLOVER scores above 0
    reports: int = 0  # articles known from this day, of any topic: the coverage
    sources: int = 0  # sources listened to on this day, whether they reported or not; 0 where nobody kept count
    incidents: tuple[str, ...] = ()
    lines: tuple[LineCount, ...] = ()  # the same numbers line by line; only lines above 0
    exposure: float = 1.0  # reports of the last 28 days, over what was usual up to then; 1 = as usual


@dataclass(frozen=True, slots=True)
class Change:
    """A day from which one line of a series runs at another rate than before."""

    line: str
    day: date  # the first day of the new rate
    before: float  # days with an incident of the line per 30 days of usual coverage, since the change before
    after: float  # the same from `day` to the next change
    until: date  # the last day that `after` covers
    incidents: tuple[str, ...] = ()  # the line's incidents from `day` to `until`


@dataclass(frozen=True, slots=True)
class Series:
    """Per dyad and day; every number decomposes to the incidents behind it."""

    dyad: str
    as_of: date
    days: tuple[Day, ...] = ()
    gaps: tuple[Gap, ...] = ()
    changes: tuple[Change, ...] = ()  # oldest first


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece of evidence, and how it sits with each competing explanation."""

    text: str
    spans: tuple[Span, ...]
    weight: str  # "on record", "unnamed", "interested party"
    consistent: tuple[str, ...] = ()
    inconsistent: tuple[str, ...] = ()
    incident: str | None = None


@dataclass(frozen=True, slots=True)
class Survived:
    """One step of a survival curve: the share of earlier gaps that lasted at least so many days."""

    days: int
    share: float


@dataclass(frozen=True, slots=True)
class Lull:
    """A pause between two sides: how long, how unusual, what explains it, what it hangs on."""

    dyad: str
    as_of: date
    state: Literal["lull", "active", "escalating", "de-escalating", "quiet", "unknown"]
    last: str | None = None  # Incident.id of the last target-class attack
    since: date | None = None  # its day
    days: int | None = None
    longer_than: float | None = None  # share of this dyad's earlier gaps that were shorter
    past_gaps: tuple[int, ...] = ()
    reading: str | None = None  # the explanation least contradicted
    lines: tuple[EvidenceLine, ...] = ()
    signposts: tuple[str, ...] = ()
    tripwires: tuple[str, ...] = ()  # ids of open tripwires
    near_misses: tuple[str, ...] = ()  # incidents left out by the definition, with the reason in the brief
    gaps: tuple[Gap, ...] = ()
    heard: int | None = None  # days of the pause on which somebody was listening
    surprise: float | None = None  # (1 + earlier gaps as long) / (1 + earlier gaps): small = unusual
    survival: tuple[Survived, ...] = ()  # the dyad's own past, shortest gap first


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """How often the threats of one holder were carried out; a threat retold by several reports counts once."""

    holder: str | None  # actor id, the state where an office or organ of a watched state spoke; None: not stated
    threats: int
    executed: int
    withheld: int
    expired: int
    withdrawn: int
    open: int
    tripwires: tuple[str, ...] = ()  # ids, one for each threat


@dataclass(frozen=True, slots=True)
class Nearness:
    """How close an open tripwire is to its condition, as far as reports show."""

    tripwire: str
    days_left: int | None = None  # until its deadline
    met: date | None = None  # the last day before the threat on which its condition would have been met
    like: tuple[str, ...] = ()  # incidents of that day
    since: tuple[str, ...] = ()  # attacks on its holder since then that fell short of it
    checkable: bool = True  # False where no rule can tell whether the condition is met


@dataclass(frozen=True, slots=True)
class Forecast:
    """Probability that violence resumes within `horizon` days, frozen when made."""

    id: str
    dyad: str
    made: date
    horizon: int
    probability: float
    low: float
    high: float
    base_rate: float
    model: str
    rule: str  # machine-checkable resolution rule
    words: str
    resolved: bool | None = None
