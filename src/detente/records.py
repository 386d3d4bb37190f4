"""The nouns of Detente: plain, frozen records that every room takes and returns.

One word for one thing (see docs/reference/records.md). Records hold data and nothing else; they are
written to and read from JSONL and Parquet without loss by `detente.files`.

Exceptions, as a tree:

    DetenteError
    ├── InputError        what was given cannot be read         (exit code 2)
    │   ├── FileFormatError   a file of records is damaged or newer than this version
    │   └── ConfigError       a theatre or a codebook says something impossible
    └── SetupError        something this machine lacks           (exit code 3)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

SCHEMA_VERSION = 1

# PLOVER 1.3 event types, in the manual's order (Open Event Data Alliance, draft of 5 February 2022).
TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
VERBAL_COOPERATION = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE"})
MATERIAL_COOPERATION = frozenset({"COOPERATE", "AID", "RETREAT"})
VERBAL_CONFLICT = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})
MATERIAL_CONFLICT = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
# PLOVER conflict-cooperation scores, -10..10 (manual 1.3, table 2.2).
SCORES = {
    "ASSAULT": -9.3, "COERCE": -7.2, "PROTEST": -6.6, "MOBILIZE": -5.3, "SANCTION": -5.2,
    "THREATEN": -5.1, "REQUEST": -5.0, "REJECT": -4.2, "ACCUSE": -2.0, "CONSULT": 2.1,
    "AGREE": 4.2, "SUPPORT": 4.6, "CONCEDE": 5.0, "COOPERATE": 6.8, "AID": 7.4, "RETREAT": 7.6,
}  # fmt: skip

Modality = Literal[
    "happened", "ongoing", "planned", "threatened", "conditional",
    "hypothetical", "denied", "negated", "uncertain",
]  # fmt: skip
MODALITIES: tuple[Modality, ...] = (
    "happened", "ongoing", "planned", "threatened", "conditional",
    "hypothetical", "denied", "negated", "uncertain",
)  # fmt: skip
FACTUAL: frozenset[Modality] = frozenset({"happened", "ongoing"})
# PLOVER's four auxiliary modes, for export; None where the event simply stands.
AUXILIARY: dict[str, str | None] = {
    "happened": None, "ongoing": None, "planned": "future", "threatened": "future",
    "conditional": "hypothetical", "hypothetical": "hypothetical",
    "denied": "negation", "negated": "negation", "uncertain": "hypothetical",
}  # fmt: skip

Calendar = date  # the type, inside records that have a field called `date`
Stance = Literal["asserts", "denies", "doubts", "claims", "blames", "threatens", "requests"]
DatePrecision = Literal["day", "week", "month", "season", "year", "range", "unresolved"]
PlacePrecision = Literal["site", "settlement", "district", "province", "country", "region", "unmatched"]
DataFormat = Literal["acled", "gdelt", "icews", "ngec", "polecat", "ucdp"]
TripwireState = Literal["armed", "tripped", "executed", "withheld", "expired", "withdrawn"]


class DetenteError(Exception):
    """Anything Detente reports to its user in one sentence."""

    exit_code = 1


class InputError(DetenteError):
    """What was given cannot be read."""

    exit_code = 2


class FileFormatError(InputError):
    """A file of records is damaged, or written by a newer version.

    Names the file, and where they are known the line (from 1) and the field.
    """

    def __init__(self, path: str, why: str, line: int | None = None, name: str | None = None):
        where = path + (f", line {line}" if line is not None else "") + (f", field '{name}'" if name else "")
        super().__init__(f"{where}: {why}")
        self.path, self.line, self.field, self.why = path, line, name, why


class ConfigError(InputError):
    """A theatre file or a codebook says something impossible."""


class SetupError(DetenteError):
    """Something this machine lacks: a model, a package, space on disk."""

    exit_code = 3


# --------------------------------------------------------------------------------------- acquisition
@dataclass(frozen=True, slots=True)
class Page:
    """Bytes as received: the evidentiary copy, never edited."""

    id: str  # "p-" + first 16 hex digits of sha256
    body: bytes
    media_type: str  # "text/html", "text/plain" or "application/json" (one JSONL line)
    sha256: str
    url: str | None = None
    origin: str = ""  # path or stream it came from, with line number for JSONL
    fetched: datetime | None = None  # when the bytes were received; None when unknown
    hints: dict = field(default_factory=dict)  # what the source already says: title, published, outlet, ...


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An item that could not be read, kept with its reason; the run goes on."""

    origin: str
    reason: str
    excerpt: str = ""  # at most 200 characters of it


@dataclass(frozen=True, slots=True)
class Gap:
    """We were not listening to `source` from `start` to `end` (both days included)."""

    source: str
    start: date
    end: date
    reason: str


@dataclass(frozen=True, slots=True)
class Heard:
    """We listened to `source` on `day`: whether it answered, and how many new items it gave."""

    source: str
    day: date
    answered: bool
    items: int = 0


# ------------------------------------------------------------------------------------------- reading
@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of an article's text with a role of its own, for example a photo caption."""

    kind: Literal["caption", "subhead", "dateline"]
    start: int
    end: int
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """`length` characters of Article.text from `start` stand at `raw_start` of the page's own text."""

    start: int
    raw_start: int
    length: int


@dataclass(frozen=True, slots=True)
class Article:
    """The clean working text of a page, stored once; every offset refers to `text`.

    `text` has no furniture and does not repeat the title (a page with nothing but a title has the
    title as its text). Offsets count Unicode code points. Unknown things are None, never guessed.
    """

    id: str
    text: str
    page: str = ""  # Page.id
    title: str = ""
    section: str | None = None
    outlet: str | None = None
    byline: str | None = None
    dateline: str | None = None  # place (and date) as printed: "GENEVA, 3 June"
    published: date | None = None
    published_precision: str = "day"  # "day", "month", "year"; meaningless while published is None
    updated: date | None = None
    language: str | None = None  # ISO 639-1
    url: str | None = None
    zones: tuple[Zone, ...] = ()
    pieces: tuple[Piece, ...] = ()
    extra: dict = field(default_factory=dict)  # unknown fields of the input, kept


@dataclass(frozen=True, slots=True)
class Span:
    """Evidence: article.text[start:end] == quote. Nothing is claimed without one."""

    article: str
    start: int
    end: int
    quote: str


# -------------------------------------------------------------------------------------------- events
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


# ------------------------------------------------------------------------------------- other people's data
@dataclass(frozen=True, slots=True)
class CodedRow:
    """One row of somebody else's coded data: what its columns say in our terms, and the row itself as it came.

    `type` is None where the source's own code has no honest PLOVER counterpart. Actors carry the row's names and
    codes; they are resolved when the row is told as an event.
    """

    id: str  # format and key: "ucdp:441", "icews:22113@2018-01-01"
    format: DataFormat
    dataset: str  # "UCDP GED 25.1"; says so where the row is taken as known on the day of its event
    raw: dict  # the original row, column name -> text (NGEC: the JSON object)
    origin: str = ""  # file and line
    known: datetime | None = None  # from when the row could be known; None where the file does not say
    known_by: str = ""  # what says so: a column, "--known-at" or "hindsight"
    date: Interval | None = None
    coded_as: str = ""  # the source's own code: "190", "Battles / Armed clash"
    type: str | None = None  # PLOVER type
    act: str | None = None  # the deed underneath: a threat of force has ASSAULT
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()
    modality: Modality = "happened"
    actors: tuple[Mention, ...] = ()
    recipients: tuple[Mention, ...] = ()
    directed: bool = True  # False: the source names two sides, not who did it to whom
    summary: bool = False  # one row for several happenings
    place: Place | None = None
    fatalities_low: int | None = None
    fatalities_best: int | None = None
    fatalities_high: int | None = None
    sources: str = ""  # whom the row names as its source
    url: str | None = None
    story: str | None = None  # the report it was coded from, where the row names one
    text: str = ""  # the row's own words: notes, headline, coded sentence
    provisional: bool = False  # the source says that it may still change
    notes: tuple[str, ...] = ()  # what was left out or read with care, and why


# ----------------------------------------------------------------------------------------- reference
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


# ---------------------------------------------------------------------------------------- incidents
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


# ------------------------------------------------------------------------------------------ tension
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


# -------------------------------------------------------------------------------------------- brief
@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a brief with the evidence it rests on; editorial ones are a person's own."""

    text: str
    evidence: tuple[Span, ...] = ()
    computed: str | None = None  # what it was computed from, where no quotation can carry it
    editorial: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A headed part of the brief."""

    heading: str
    kind: Literal["text", "table", "list"] = "text"
    sentences: tuple[Sentence, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[Sentence, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """What is published: headline, standfirst, parts; each sentence carries its evidence."""

    id: str
    section: str
    headline: Sentence
    standfirst: Sentence
    as_of: date
    dyad: str | None = None
    blocks: tuple[Block, ...] = ()
    sources: tuple[str, ...] = ()  # Article ids
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person changed, when and why."""

    id: str
    when: datetime
    who: str
    what: str
    target: str
    why: str
