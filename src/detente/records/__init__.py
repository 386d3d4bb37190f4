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

from detente.records.actors import Actor, Affiliation, Holder
from detente.records.articles import Article, Piece, Span, Zone
from detente.records.briefs import Block, Brief, Decision, Sentence
from detente.records.errors import (
    FAULTS,
    ConfigError,
    DetenteError,
    FileFormatError,
    InputError,
    SetupError,
    in_a_line,
)
from detente.records.events import Attribution, Coded, Count, Event, Interval, Link, Mention, Move, Place, Tripwire
from detente.records.incidents import Incident, Statement, Toll
from detente.records.pages import Gap, Heard, Page, Quarantined
from detente.records.rows import CodedRow
from detente.records.tension import (
    Change,
    Day,
    Dyad,
    EvidenceLine,
    Forecast,
    LineCount,
    Lull,
    Nearness,
    Series,
    Survived,
    TrackRecord,
)
from detente.records.terms import (
    AUXILIARY,
    FACTUAL,
    MATERIAL_CONFLICT,
    MATERIAL_COOPERATION,
    MODALITIES,
    NEWEST,
    OLDEST,
    SCHEMA_VERSION,
    SCORES,
    TYPES,
    VERBAL_CONFLICT,
    VERBAL_COOPERATION,
    Calendar,
    DataFormat,
    DatePrecision,
    Modality,
    PlacePrecision,
    Stance,
    TripwireState,
)
