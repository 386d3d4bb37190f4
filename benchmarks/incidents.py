"""How well mentions become incidents on the bundled theatre: B-cubed against its hand truth, and origins counted.

    detente code theatres/iraq-2020/reports --theatre iraq-2020 -o coded.jsonl
    python benchmarks/incidents.py coded.jsonl [--json scores.json] [--errors]
    python benchmarks/incidents.py --scale 10000 --scale 100000

Gold: theatres/iraq-2020/incidents.csv says which reports tell of (or look back on) which incident. One item is one
report's mention of one incident: the event of that report that fits the incident's own type, date and place best,
chosen without looking at any merge. A mention nobody coded is a miss: it has recall 0 in "all". The reports' own
`origin` is the gold for copies, and is hidden from the merge.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import scale
from detente.files import read_any
from detente.incidents import merge, origins
from detente.pipeline import roll_up
from detente.records import Article, Event, Incident
from detente.reference.theatrefile import load_theatre

ROOT = Path(__file__).parent.parent / "theatres" / "iraq-2020"
_COMMON = {"base", "air", "camp", "near", "and", "western", "eastern", "international", "province", "iraq", "the"}
_FAMILY = {"happened": "done", "ongoing": "done", "uncertain": "done", "denied": "done", "planned": "ahead",
           "threatened": "ahead", "conditional": "ahead", "hypothetical": "ahead", "negated": "not"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Truth:
    """One row of incidents.csv."""

    id: str
    day: date
    type: str
    modality: str
    words: frozenset[str]  # of its place
    reports: tuple[str, ...]  # that tell of it or look back on it


def truths() -> list[Truth]:
    """The hand truth; the accident (type NONE), which must not be coded, is left out."""
    with open(ROOT / "incidents.csv", encoding="utf-8", newline="") as file:
        return [
            Truth(
                row["incident_id"], date.fromisoformat(row["date"]), row["type"], row["modality"],
                frozenset(_words(row["place"])), tuple(sorted({*row["reports"].split(), *row["recalled_in"].split()})),
            )
            for row in csv.DictReader(file)
            if row["type"] != "NONE"
        ]  # fmt: skip


def _words(text: str) -> set[str]:
    return set(re.findall(r"[\w-]{3,}", text.casefold())) - _COMMON


def fit(event: Event, truth: Truth) -> float:
    """How well an event fits an incident by itself, 0 where it cannot be it."""
    if truth.type not in (event.type, event.act) or _FAMILY[event.modality] != _FAMILY[truth.modality]:
        return 0.0
    points = 2.0 if event.type == truth.type else 1.0
    days = event.date
    if days is not None and days.start and days.end:
        off = max((days.start - truth.day).days, (truth.day - days.end).days, 0)
        if off > 1:
            return 0.0
        points += 3.0 if (days.end - days.start).days <= 3 else 1.0
    elif event.reported is not None and 0 <= (event.reported - truth.day).days <= 2:
        points += 1.0
    named = _words(f"{event.place.name if event.place else ''} {event.evidence.quote}")
    return points + 2.0 * bool(named & truth.words) - event.trigger.start / 100_000


def align(events: list[Event], gold: list[Truth]) -> dict[tuple[str, str], str | None]:
    """(report, incident) -> the event that tells of it, each event for one incident at most; None = not coded."""
    ranked = sorted(
        ((fit(event, truth), truth.id, event.id, event.article) for truth in gold for event in events
         if event.article in truth.reports), key=lambda each: (-each[0], each[1:]),
    )  # fmt: skip
    chosen: dict[tuple[str, str], str | None] = {}
    taken: set[str] = set()
    for points, truth_id, event_id, report in ranked:
        if points >= 2.9 and event_id not in taken and (report, truth_id) not in chosen:
            chosen[report, truth_id] = event_id
            taken.add(event_id)
    return {(report, truth.id): chosen.get((report, truth.id)) for truth in gold for report in truth.reports}


def bcubed(items: list[tuple[str, str | None]]) -> dict[str, float]:
    """B-cubed precision, recall and F1 in percent of (gold, predicted) pairs; predicted None = missed."""
    hit = [pair for pair in items if pair[1] is not None]
    gold, made, both = Counter(pair[0] for pair in items), Counter(pair[1] for pair in hit), Counter(hit)
    precision = sum(both[pair] / made[pair[1]] for pair in hit) / max(1, len(hit))
    recall = sum(both[pair] / gold[pair[0]] for pair in hit) / max(1, len(items))
    return {"P": 100 * precision, "R": 100 * recall, "F1": 200 * precision * recall / ((precision + recall) or 1)}


def copies(articles: dict[str, Article], told: dict[str, str]) -> dict[str, float]:
    """Pairs of reports of one wire story, found and true, in percent."""
    true = {key: str(each.extra.get("origin") or key) for key, each in articles.items()}
    keys = sorted(articles)
    pairs = [(a, b) for at, a in enumerate(keys) for b in keys[at + 1 :]]
    same = [true[a] == true[b] for a, b in pairs]
    found = [told[a] == told[b] for a, b in pairs]
    hits = sum(s and f for s, f in zip(same, found, strict=True))
    precision, recall = hits / max(1, sum(found)), hits / max(1, sum(same))
    return {"P": 100 * precision, "R": 100 * recall, "F1": 200 * precision * recall / ((precision + recall) or 1)}


def origins_right(incidents: list[Incident], articles: dict[str, Article]) -> dict[str, float]:
    """Of the incidents told by several reports, the percentage whose number of origins is the true one."""
    several = [each for each in incidents if len(each.reports) > 1]
    right = sum(
        each.origins == len({str(articles[key].extra.get("origin") or key) for key in each.reports}) for each in several
    )
    return {"incidents": len(several), "right": 100 * right / max(1, len(several))}


def measure(articles: dict[str, Article], events: list[Event], errors: bool) -> dict[str, dict[str, float]]:
    """All figures of the theatre, in percent."""
    hidden = {key: replace(each, extra={k: v for k, v in each.extra.items() if k != "origin"})
              for key, each in articles.items()}  # fmt: skip
    incidents = merge(events, hidden, rolls_up=roll_up(load_theatre("iraq-2020")))
    incident_of = {event: each.id for each in incidents for event in each.events}
    aligned = align(events, truths())
    items = [(truth, incident_of[event] if event else None) for (_, truth), event in sorted(aligned.items())]
    if errors:
        _show_errors(aligned, incident_of, {each.id: each for each in events})
    return {
        "bcubed_coded": bcubed([pair for pair in items if pair[1] is not None]),
        "bcubed_all": bcubed(items),
        "copies": copies(articles, origins(hidden)),
        "origins": origins_right(incidents, articles),
        "size": {"mentions": len(items), "coded": sum(p is not None for _, p in items), "events": len(events),
                 "incidents": len(incidents)},
    }  # fmt: skip


def _show_errors(aligned: dict, incident_of: dict[str, str], events: dict[str, Event]) -> None:
    for truth in truths():
        mine = [e for (_, t), e in sorted(aligned.items()) if t == truth.id and e]
        if len({incident_of[e] for e in mine}) > 1:
            print(f"split {truth.id} {truth.day} {truth.type} {sorted(truth.words)}")
            for key in mine:
                print(
                    f"   {incident_of[key][:6]} {key} {events[key].trigger.quote!r}: {events[key].evidence.quote[:150]}"
                )
    held: dict[str, set[str]] = {}
    for (_, truth_id), key in aligned.items():
        if key:
            held.setdefault(incident_of[key], set()).add(truth_id)
    for incident, inside in held.items():
        if len(inside) > 1:
            print(f"lumped {incident}: {sorted(inside)}",
                  [(t, e) for (_, t), e in aligned.items() if e and incident_of[e] == incident])  # fmt: skip


def main() -> None:
    """Measure the theatre, or the time of large merges."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("coded", nargs="?", help="what 'detente code' wrote from the theatre's reports")
    parser.add_argument("--json")
    parser.add_argument("--errors", action="store_true", help="list incidents split or lumped together")
    parser.add_argument("--scale", type=int, action="append", default=[], help="merge this many generated events")
    args = parser.parse_args()
    for size in args.scale:
        print(scale.line(size))
    if not args.coded:
        return
    records = list(read_any(args.coded))
    articles = {each.id: each for each in records if isinstance(each, Article)}
    scores = measure(articles, [each for each in records if isinstance(each, Event)], args.errors)
    for name, figures in scores.items():
        print(f"{name:14}" + "  ".join(f"{key} {value:.1f}" for key, value in figures.items()))
    if args.json:
        Path(args.json).write_text(json.dumps(scores, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
