"""Reads what the judge learns from: the codebook's examples, tables of marked pairs, pairs as JSONL, deeds as JSONL."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.records import TYPES, FileFormatError
from detente.reference.codebook.read import NONE, Codebook

LABELS = (*TYPES, NONE)
OWN = "codebook"  # the origin of the codebook's own examples
# coarser names found in published sets: what they may mean among our types
COARSE: dict[str, tuple[str, ...]] = {
    "YIELD": ("CONCEDE", "RETREAT"),
    "DEMAND": ("REQUEST",),
    "0": (NONE,),
    "1": ("AGREE", "CONSULT", "SUPPORT"),
    "2": ("COOPERATE", "AID", "CONCEDE", "RETREAT"),
    "3": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "4": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
ROOTS = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}  # as the published sets are labelled and scored
_TAG = re.compile(r"</?[st]>")

Span = tuple[int, int]


def quad(label: str) -> int:
    """PLOVER quad class 1-4 of a type, 0 of NONE; yielding counts as material, as in the published sets."""
    names = COARSE.get(label, (label,))
    return next((n for n in (2, 1, 3, 4) if names[0] in COARSE[str(n)]), 0)


@dataclass(frozen=True, slots=True)
class Item:
    """One sentence with its parties and what may stand between them (several labels where the set is coarser)."""

    text: str
    actor: Span | None
    recipient: Span | None
    allowed: tuple[str, ...]
    weight: float = 1.0
    group: str = ""  # items of one group never stand on both sides of a split
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Deed:
    """One trigger in a sentence: did it happen, from -3 to 3."""

    text: str
    trigger: Span
    score: float
    label: str  # happened, not, uncertain


@dataclass(frozen=True, slots=True)
class Source:
    """One set as the manifest names it."""

    name: str
    items: int
    size: int
    sha256: str
    licence: str


def source(name: str, items: int, data: bytes, licence: str) -> Source:
    """The manifest's line on a set, from its bytes."""
    return Source(name, items, len(data), hashlib.sha256(data).hexdigest(), licence)


def from_codebook(codebook: Codebook, weight: float = 1.0) -> list[Item]:
    """The codebook's examples, near misses as what they are, and the deeds of its whole texts that have both parties."""
    examples = [
        Item(e.text, _first(e.marks, "A"), _first(e.marks, "R"), (e.type,), weight, group_of(e.text), OWN)
        for entry in codebook.types.values()
        for e in entry.examples
    ]
    return examples + [
        Item(t.text, d.actors[0], d.recipients[0], (d.type,), weight, group_of(t.text), OWN)
        for t in codebook.texts
        for d in t.deeds
        if d.actors and d.recipients
    ]


def _first(marks: Iterable[tuple[str, int, int]], role: str) -> Span | None:
    return next(((start, end) for kind, start, end in marks if kind == role), None)


def from_table(path: Path, weight: float = 1.0) -> list[Item]:
    """A tab-separated table: `marked_sentence` (or `sentence` alone) with `gold_root`, `root` or `quad`.

    Raises FileFormatError on columns or labels that are not understood.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [_row(row, path, number, weight) for number, row in enumerate(rows, 2)]


def _row(row: dict[str, str], path: Path, number: int, weight: float) -> Item:
    label = row.get("gold_root") or row.get("root") or row.get("quad")
    if not label or not (row.get("marked_sentence") or row.get("sentence")):
        raise FileFormatError(str(path), "needs a sentence and one of gold_root, root, quad", number)
    text, actor, recipient = unmarked(row.get("marked_sentence") or row["sentence"])
    return Item(text, actor, recipient, _allowed(label, path, number), weight, group_of(text), path.name)


def from_lines(path: Path, weight: float = 1.0) -> list[Item]:
    """JSON lines {text, actor: [s, e] | null, recipient: [s, e] | null, type}."""
    out = []
    for number, raw in enumerate(_json_lines(path), 1):
        pair = [tuple(raw[role]) if raw.get(role) else None for role in ("actor", "recipient")]
        allowed = _allowed(raw["type"], path, number)
        out.append(Item(raw["text"], pair[0], pair[1], allowed, weight, group_of(raw["text"]), path.name))
    return out


def deeds(path: Path) -> list[Deed]:
    """JSON lines {text, start, end, score, coarse}."""
    return [Deed(raw["text"], (raw["start"], raw["end"]), raw["score"], raw["coarse"]) for raw in _json_lines(path)]


def _json_lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def _allowed(label: str, path: Path, line: int) -> tuple[str, ...]:
    name = label.strip().upper()
    if name in LABELS:
        return (name,)
    if name not in COARSE:
        raise FileFormatError(str(path), f"unknown label {label!r}", line)
    return COARSE[name]


def unmarked(marked: str) -> tuple[str, Span | None, Span | None]:
    """Plain text and the spans of actor and recipient; of repeated marks the two that stand nearest each other."""
    out: list[str] = []
    spans: dict[str, list[Span]] = {"s": [], "t": []}
    begun: dict[str, int] = {}
    last = length = 0
    for tag in _TAG.finditer(marked):
        out.append(marked[last : tag.start()])
        length += tag.start() - last
        last = tag.end()
        name = tag.group()
        if "/" not in name:
            begun[name[1]] = length
        elif name[2] in begun:
            spans[name[2]].append((begun.pop(name[2]), length))
    out.append(marked[last:])
    return "".join(out), *_nearest(spans["s"], spans["t"])


def _nearest(actors: Sequence[Span], recipients: Sequence[Span]) -> tuple[Span | None, Span | None]:
    if not actors or not recipients:
        return (actors[0] if actors else None), (recipients[0] if recipients else None)
    return min(
        ((a, r) for a in actors for r in recipients),
        key=lambda pair: abs(pair[0][0] - pair[1][0]),
        default=(None, None),
    )


def group_of(text: str) -> str:
    """The same for sentences that must not stand on both sides of a split."""
    return " ".join(text.lower().split())[:80]
