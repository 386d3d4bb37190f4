"""Rows of other people's coded data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from detente.records.events import Interval, Mention, Place
from detente.records.terms import DataFormat, Modality


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
