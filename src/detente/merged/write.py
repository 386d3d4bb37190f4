"""Merging an archive once: as known on one or more days, kinds on an engine, kept as they finish; then files by party and month."""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from detente.arrow import arrow_row
from detente.assessing import RollsUp, listened, roll_up
from detente.bulk.parts import alone, clear_parts, write_manifest
from detente.dataset import MANIFEST, PARTS
from detente.dossier import Dossier
from detente.files import read_records, write_bundle, write_records
from detente.incidents.merge import Part, Spread, merge_part
from detente.incidents.noted import is_reviewed
from detente.incidents.views import label
from detente.merged.files import Sorted, digest_of
from detente.merged.kinds import KINDS, Kinds
from detente.merged.layout import (
    INDEX,
    KIND,
    LAYOUT,
    PARTIES,
    RECORDS,
    REPORTS,
    TRIPWIRES,
    WORDS,
    index_rows,
    record_row,
    world_of,
)
from detente.pipeline import incidents_of
from detente.records import SCHEMA_VERSION, Incident, InputError, Tripwire
from detente.reference.theatre import Theatre
from detente.tension.listening import last_row
from detente.tension.sides import names_in
from detente.tension.tripwires import aimed_at, tripwire_states

_log = logging.getLogger(__name__)
Through = Callable[[Iterable[Any]], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Version:
    """A record as it could be told from one day on until another."""

    record: Any
    since: date
    until: date | None = None


@dataclass(slots=True)
class _Growing:
    """Records of a kind over the days on which the archive is stood on: a new version where one changed."""

    open: dict[str, Version] = field(default_factory=dict)
    closed: list[Version] = field(default_factory=list)

    def stand(self, records: Iterable[Any], day: date) -> None:
        """Take in all records as known on a day, later than the day before."""
        now = {each.id: each for each in records}
        for key, held in list(self.open.items()):
            if now.get(key) != held.record:
                self.closed.append(Version(held.record, held.since, day))
                del self.open[key]
        for key, each in now.items():
            self.open.setdefault(key, Version(each, day))

    def versions(self) -> list[Version]:
        """All of them, by record and day."""
        return sorted((*self.closed, *self.open.values()), key=lambda each: (each.record.id, each.since))


def merge_archive(
    dossier: Dossier, folder: Path, theatre: Theatre | None, *, inputs: str, days: Sequence[date] = (), every: int | None = None,
    spread: Spread | None = None, through: Through = iter,
) -> dict[str, Any]:  # fmt: skip
    """Merge what is known and write it to `folder`; returns the manifest.

    It can be read as of the last day of any report, of `days`, and of each `every`-th day before the last. `inputs` names
    what was read (a hash): a run that was stopped goes on, kinds that are merged are not merged again. `spread` merges on an
    engine; the files are the same wherever it is done.
    """
    stands = _stands(dossier, days, every)
    about = {"theatre": theatre.id if theatre else "", "world": world_of(theatre), "inputs": inputs,
             "days": [each.isoformat() for each in stands]}  # fmt: skip
    with alone(folder):
        manifest = _begun(folder, about)
        if manifest["state"] == "complete":
            return manifest
        write_manifest(folder, manifest)
        rolls_up, grown, wires, counts = roll_up(theatre), _Growing(), _Growing(), []
        kept = kept_parts(folder / PARTS, json.dumps(about), spread, rolls_up)
        for day in through(stands):
            known = dossier.until(day).decided()
            made = incidents_of(known, rolls_up, kept)
            grown.stand(made, day)
            wires.stand(tripwire_states(known.tripwires, made, as_of=day, rolls_up=rolls_up), day)
            counts.append(
                {"as_of": day.isoformat(), "articles": len(known.articles), "mentions": len(known.events),
                 "reviewed": sum(map(is_reviewed, known.events)), "incidents": len(made)}
            )  # fmt: skip
        manifest["stands"] = counts
        last = last_row(dossier.articles, dossier.events)
        manifest["rows_end"] = last.isoformat() if last else None
        manifest["files"] = _files(folder, dossier, grown.versions(), wires.versions(), theatre)
        manifest["state"] = "complete"
        write_manifest(folder, manifest)
        clear_parts(folder)
    return manifest


def _stands(dossier: Dossier, days: Sequence[date], every: int | None) -> list[date]:
    """The days to stand on; a day on which no report came is told by the report day before it."""
    published = sorted({each.published for each in listened(dossier) if each.published})
    if not published:
        raise InputError("no report carries a publication date: nothing is known of when anything was known")
    wanted = {published[-1], *days}
    if every:
        wanted |= {day for day in published if (published[-1] - day).days % every == 0}
        at = published[-1].toordinal()
        wanted |= {date.fromordinal(n) for n in range(at, published[0].toordinal() - 1, -every)}
    found = {max((day for day in published if day <= each), default=None) for each in wanted}
    return sorted(day for day in found if day)


def _begun(folder: Path, about: dict[str, Any]) -> dict[str, Any]:
    if (folder / MANIFEST).is_file():
        found = json.loads((folder / MANIFEST).read_text("utf-8"))
        if found.get("detente", {}).get("kind") != KIND or found.get("made") != about:
            raise InputError(
                f"{folder} was made of something else, or as of other days: name another folder, or remove it"
            )
        return found
    if any(each.name != ".lock" for each in folder.iterdir()):
        raise InputError(f"{folder} holds something else than a merged dataset: name another folder")
    return {"detente": {"kind": KIND, "schema": SCHEMA_VERSION, "layout": LAYOUT}, "state": "merging", "made": about,
            "stands": [], "files": []}  # fmt: skip


def kept_parts(folder: Path, about: str, spread: Spread | None, rolls_up: RollsUp) -> Spread:
    """Merges kinds elsewhere or here, keeps each as a file when it is done, and merges none twice."""

    def over(parts: list[Part]) -> Iterator[list[Incident]]:
        names = [folder / f"{_key(part, about)}.parquet" for part in parts]
        for name in names:
            if name.is_file():
                yield list(read_records(name, Incident))
        wanted = [(name, part) for name, part in zip(names, parts, strict=True) if not name.is_file()]
        made = spread([part for _, part in wanted]) if spread else (merge_part(part, rolls_up) for _, part in wanted)
        by_event = {part.mentions[0][0].id: name for name, part in wanted}
        for incidents in made:
            first = next(e for each in incidents for e in each.events if e in by_event)
            write_records(by_event[first], Incident, incidents)
            yield incidents

    return over


def _key(part: Part, about: str) -> str:
    """What the incidents of a part depend on, as a name."""
    told = sorted(part.reports.source.items())
    parts = about, sorted(event.id for event, _ in part.mentions), told, part.reports.credits.names
    return sha256(repr(parts).encode()).hexdigest()[:24]


def _files(
    folder: Path, dossier: Dossier, incidents: list[Version], tripwires: list[Version], theatre: Theatre | None
) -> list[dict[str, Any]]:
    """Write everything but the manifest; each file with its rows and hash."""
    whole = dossier.decided()
    events = {each.id: each for each in whole.events}
    outlets = {key: each.outlet for key, each in whole.articles.items()}
    parties: Counter[str] = Counter()
    kinds = Kinds(theatre)
    with Sorted(folder, "index", INDEX, "party, day, id, since") as index, Sorted(
        folder, "records", RECORDS, "told, id, since", by="month"
    ) as records, Sorted(folder, "kinds", KINDS, "party, kind") as told:  # fmt: skip
        for each in incidents:
            for row in index_rows(each.record, each.since, each.until, theatre, outlets, kinds):
                parties[row["party"]] += 1
                index.add(row)
                if new := kinds.row(row["party"], row["kind"], each.record):
                    told.add(new)
            mine = [events[key] for key in each.record.events if key in events]
            records.add(record_row(each.record, mine, each.since, each.until))
    with Sorted(folder, "tripwires", TRIPWIRES, "party, id, since") as wires:
        for each in tripwires:
            for party in _holders(each.record, theatre):
                row = {"party": party, "since": each.since, "until": each.until, "id": each.record.id,
                       "promise": each.record.direction == "rewards", "aimed": aimed_at(each.record)}  # fmt: skip
                for name in (party, *row["aimed"]):
                    parties[name] += 0  # who is told of here alone is a party too
                said = events.get(each.record.event or "")
                wires.add(row | {"tripwire": arrow_row(each.record), "mention": arrow_row(said) if said else None})
    with Sorted(folder, "parties", PARTIES, "party") as names:
        for party, rows in parties.items():
            names.add({"party": party, "rows": rows})
    counted = Counter((a.outlet or "", a.published) for a in whole.articles.values() if a.published)
    with Sorted(folder, "reports", REPORTS, "day, outlet") as reports:
        for (outlet, day), n in counted.items():
            reports.add({"outlet": outlet, "day": day, "reports": n})
    write_bundle(folder / "listening.jsonl", (*whole.gaps, *whole.heard))
    made = [
        each for each in sorted(folder.rglob("*")) if each.suffix in (".parquet", ".jsonl") and PARTS not in each.parts
    ]
    return [digest_of(folder, each) for each in made]


def _holders(wire: Tripwire, theatre: Theatre | None) -> list[str]:
    """Under whose name a tripwire is found: its holder's, or where none is stated, everybody's whom its words name."""
    if wire.holder is not None:
        return [label(wire.holder)]
    text = f"{wire.condition.quote} | {wire.consequence.quote}"
    return sorted(WORDS + name for name in names_in(text, theatre))
