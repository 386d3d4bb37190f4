"""What lies in a merged dataset, and what its rows hold.

    MERGED/
      manifest.json           versions, theatre, the days it can be read as of, counts, the files below
      index/*.parquet         a row for each incident and party to it, by party and day: what series and calms need
      records/month=2020-03/  whole incidents with their mentions, by the month in which they were first told
      kinds.parquet           kinds of incidents that no rule of the series tells apart, by party: see merged.kinds
      parties.parquet         every party of the index
      tripwires.parquet       tripwires by holder
      reports.parquet         reports by outlet and day
      listening.jsonl         gaps and days on which a source was heard, where they were noted
      parts/                  merged kinds of a run that is not over yet; gone afterwards

A row holds from day `since` on until `until` (not included; null: still). See docs/reference/merged.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa

from detente import __version__
from detente.arrow import arrow_fields, arrow_row
from detente.dataset import MANIFEST, kind_of_folder
from detente.incidents.noted import REVIEWED
from detente.merged.kinds import Kinds
from detente.records import (
    SCHEMA_VERSION,
    Event,
    FileFormatError,
    Incident,
    InputError,
    Interval,
    Place,
    Span,
    Toll,
    Tripwire,
)
from detente.reference.theatre import Theatre
from detente.tension.quoting import told_on
from detente.tension.sides import day_of, is_id, names_in, names_site, perpetrators, sites_of

KIND = "Merged"
LAYOUT = 2
ABSENCE, PLANNED, IN, SITE, WORDS = "~absence", "~planned", "~in:", "@", "~"  # what stands for a party that is none
_ARMING = frozenset({"MOBILIZE", "REQUEST", "ASSAULT"})
_QUOTED = 2  # pieces of evidence that a tripwire's move carries
_KEPT = ("sums up several", "date assumed", "an absence", REVIEWED)  # of the reasons: those that later steps read

_VALID = [pa.field("since", pa.date32()), pa.field("until", pa.date32())]
_NAMES = pa.list_(pa.string())
INDEX = pa.schema([
    pa.field("party", pa.string()), *_VALID, pa.field("day", pa.date32()), pa.field("told", pa.date32()),
    pa.field("kind", pa.int64()), pa.field("doers", _NAMES), pa.field("sites", _NAMES), pa.field("nobody", pa.bool_()),  # nobody known did it
    pa.field("id", pa.string()), pa.field("type", pa.string()), pa.field("act", pa.string()), pa.field("modality", pa.string()),
    pa.field("start", pa.date32()), pa.field("end", pa.date32()), pa.field("precision", pa.string()),
    pa.field("place", pa.struct([each for each in arrow_fields(Place) if each.name != "span"])),
    pa.field("actors", _NAMES), pa.field("recipients", _NAMES), pa.field("blamed", _NAMES), pa.field("claimed", _NAMES),
    pa.field("origins", pa.int64()), pa.field("modes", _NAMES),
    pa.field("killed", pa.list_(pa.struct([("low", pa.int64()), ("high", pa.int64()), ("article", pa.string()), ("outlet", pa.string())]))),
    pa.field("disputed", pa.bool_()), pa.field("retracted", pa.bool_()), pa.field("known", pa.date32()),
    pa.field("title", pa.string()), pa.field("why", _NAMES),
    pa.field("told_by", pa.list_(pa.struct(arrow_fields(Span)))), pa.field("words", _NAMES),  # first evidence; quotes that name a site
])  # fmt: skip
RECORDS = pa.schema([
    pa.field("month", pa.string()), pa.field("told", pa.date32()), pa.field("id", pa.string()), *_VALID,
    pa.field("incident", pa.struct(arrow_fields(Incident))), pa.field("mentions", pa.list_(pa.struct(arrow_fields(Event)))),
])  # fmt: skip
TRIPWIRES = pa.schema([
    pa.field("party", pa.string()), *_VALID, pa.field("id", pa.string()), pa.field("promise", pa.bool_()), pa.field("aimed", _NAMES),
    pa.field("tripwire", pa.struct(arrow_fields(Tripwire))), pa.field("mention", pa.struct(arrow_fields(Event))),
])  # fmt: skip
REPORTS = pa.schema([("outlet", pa.string()), ("day", pa.date32()), ("reports", pa.int64())])
PARTIES = pa.schema([("party", pa.string()), ("rows", pa.int64())])


def world_of(theatre: Theatre | None) -> str:
    """Changes when who belongs to whom, or what stands where, may have changed: what is merged for another is not read."""
    known = (theatre.actors, theatre.places) if theatre else ((), ())
    return sha256(repr((__version__, known)).encode()).hexdigest()[:16]


def is_merged(path: str | Path) -> bool:
    """Whether a path is a merged dataset."""
    return kind_of_folder(path) == KIND


def manifest_of(folder: Path) -> dict[str, Any]:
    """The manifest of a finished merged dataset; FileFormatError for a damaged one, InputError for one that is not over."""
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_text("utf-8"))
        about = found["detente"]
        if about["kind"] != KIND:
            raise InputError(f"{folder} is no merged dataset: 'detente merge {folder} -o FOLDER' makes one of it")
        schema, layout, state = int(about["schema"]), int(about["layout"]), found["state"]
    except (ValueError, KeyError, TypeError) as error:
        raise FileFormatError(str(path), f"is no manifest of a merged dataset ({error})") from error
    if schema > SCHEMA_VERSION or layout > LAYOUT:
        raise FileFormatError(str(path), f"schema {schema}, layout {layout} is newer than this version reads")
    if layout < LAYOUT:
        raise InputError(f"{folder} is in an older layout: run 'detente merge … -o FOLDER' again, into another folder")
    if state != "complete":
        raise InputError(f"{folder} is not finished: run the same 'detente merge' again, it goes on where it was")
    return found


def index_rows(
    incident: Incident, since: date, until: date | None, theatre: Theatre | None, outlets: Mapping[str, str | None],
    kinds: Kinds,
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """A row of INDEX for each party that may look for the incident; `outlets`: who published a report."""
    row = _light(incident, theatre, outlets)
    row |= {"since": since, "until": until, "kind": kinds.number(incident) if row["day"] else None}
    for party in sorted(parties_of(incident, row["sites"], theatre)):
        yield {"party": party, **row}


def parties_of(incident: Incident, sites: list[str], theatre: Theatre | None) -> set[str]:
    """Under what names an incident is found: parties, sites, and marks for what bears on a calm whoever did it."""
    names = {*incident.actors, *incident.recipients, *incident.blamed, *incident.claimed}
    found = {name for name in names if " " not in name} | {SITE + each for each in sites}
    if incident.act == "ASSAULT" and incident.modality == "negated":
        found.add(ABSENCE)
    if incident.modality == "planned":
        found.add(PLANNED)
    if incident.type == "ASSAULT" and not (incident.actors or incident.recipients) and incident.place:
        found.add(f"{IN}{incident.place.country}")
    if incident.type in _ARMING and not any(map(is_id, (*incident.actors, *incident.claimed))):
        text = " | ".join(span.quote for span in incident.evidence)
        found |= {WORDS + name for name in names_in(text, theatre)}
    return found


def _light(incident: Incident, theatre: Theatre | None, outlets: Mapping[str, str | None]) -> dict[str, Any]:
    """What series, calms and tripwires read of an incident: everything but words, mentions and reports."""
    doers, place, sites = perpetrators(incident), incident.place, sites_of(incident, theatre)
    hosts = [each for each in theatre.places if each.hosts] if theatre else []
    return {
        "day": day_of(incident), "told": told_on(incident), "doers": sorted(doers), "sites": [each.id for each in sites],
        "nobody": not any(map(is_id, doers)), "id": incident.id, "type": incident.type, "act": incident.act,
        "modality": incident.modality, "start": incident.date and incident.date.start, "end": incident.date and incident.date.end,
        "precision": incident.date and incident.date.precision, "place": arrow_row(place) if place else None,
        "actors": incident.actors, "recipients": incident.recipients, "blamed": incident.blamed, "claimed": incident.claimed,
        "origins": incident.origins, "modes": incident.modes,
        "killed": [
            {"low": t.low, "high": t.high, "article": at, "outlet": outlets.get(at or "")}
            for t in incident.tolls if t.kind == "killed" for at in [t.evidence.article if t.evidence else None]
        ],
        "disputed": incident.disputed, "retracted": incident.retracted, "known": incident.known, "title": incident.title,
        "why": [each for each in incident.why if each.startswith(_KEPT)],
        "told_by": arrow_row(incident.evidence[:_QUOTED]),
        "words": [s.quote for s in incident.evidence if any(names_site(s.quote, each) for each in hosts)],
    }  # fmt: skip


def light(row: dict[str, Any]) -> Incident:
    """The incident of a row of INDEX: as whole as series, calms and tripwires need it."""
    at, dated = row["place"], row["precision"] is not None
    first = (Span(**each) for each in row["told_by"])
    return Incident(
        row["id"], row["type"], row["act"], row["modality"],
        Interval(row["start"], row["end"], row["precision"]) if dated else None,
        Place(**at) if at else None, tuple(row["actors"]), tuple(row["recipients"]), tuple(row["blamed"]),
        tuple(row["claimed"]), origins=row["origins"], modes=tuple(row["modes"]),
        tolls=tuple(
            Toll("killed", each["low"], each["high"], None, Span(each["article"], 0, 0, "") if each["article"] else None)
            for each in row["killed"]
        ),
        disputed=row["disputed"], retracted=row["retracted"], evidence=(*first, *(Span("", 0, 0, each) for each in row["words"])),
        known=row["known"], title=row["title"], why=tuple(row["why"]),
    )  # fmt: skip


def record_row(incident: Incident, mentions: list[Event], since: date, until: date | None) -> dict[str, Any]:
    """A row of RECORDS."""
    told = told_on(incident)
    return {
        "month": f"{told:%Y-%m}" if told else "unknown", "told": told, "id": incident.id, "since": since, "until": until,
        "incident": arrow_row(incident), "mentions": [arrow_row(each) for each in mentions],
    }  # fmt: skip
