"""Judge given pairs: reads a table of marked sentences, writes root, quad, binary and confidence a pair.

    python benchmarks/relation.py --in pairs.tsv --out pred.tsv [--alone] [--model DIR] [--gold pairs.tsv --bench DIR]

The judge rules on each pair, and where the coder reads a deed between the two (or with one of them), its type weighs in;
`--alone` asks the judge only, which is four times as fast. Reads the columns `uid` (or `sentence_id`), `sentence` and `marked_sentence` (<s>actor</s>, <t>recipient</t>).
Where ids are missing or repeat, rows are numbered from 0 instead. The output feeds score_plover.py; with --gold and --bench (the folder of the scorers) it is scored too.
"""

from __future__ import annotations

import argparse
import csv
import math
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import predictions
from detente.events.coder import Coder
from detente.events.judge import Judge, Ruling
from detente.reading import read_text
from detente.records import Article, Coded, Mention, Quarantined
from detente.train.sets import NONE, ROOTS, quad, unmarked

Pair = tuple[str, tuple[int, int] | None, tuple[int, int] | None]  # sentence, actor, recipient

# what the coder's type adds to the judge's log odds, with both parties of the pair or one; chosen on pairs of the challenge and
# blind sentences, each set held back in turn
BOTH, ONE = 2.5, 1.0
SURE = 0.9  # NONE is written only when the judge is this sure of it: an empty answer can never be right where an event stands


def row(ruling: Ruling) -> dict[str, object]:
    """One prediction: each level takes the class with most probability summed over its types."""
    if ruling.scores.get(NONE, 0.0) >= SURE:
        return {"root": NONE, "quad": NONE, "binary": NONE, "confidence": f"{ruling.scores[NONE]:.3f}"}
    roots: dict[str, float] = {}
    for name, share in ruling.scores.items():
        if name != NONE:
            roots[ROOTS.get(name, name)] = roots.get(ROOTS.get(name, name), 0.0) + share
    root = max(roots, key=lambda name: roots[name])
    quads = {n: sum(share for name, share in roots.items() if quad(name) == n) for n in (1, 2, 3, 4)}
    conflict = quads[3] + quads[4] > quads[1] + quads[2]
    return {
        "root": root, "quad": max(quads, key=lambda n: quads[n]), "binary": int(conflict),
        "confidence": f"{roots[root]:.3f}",
    }  # fmt: skip


def sure(ruling: Ruling) -> bool:
    """Is one type so likely that the coder's word could not change it?"""
    return max(ruling.scores.values()) >= 1 / (1 + math.exp(-BOTH))


def read_by_coder(article: Article, coded: Coded | Quarantined, pair: Pair) -> tuple[str, float] | None:
    """The type of the deed that the coder reads between a pair, and its weight; None where it reads none of theirs."""
    _, actor, recipient = pair
    at = predictions.back(article)
    best: tuple[float, float, str] | None = None
    for event in coded.events if isinstance(coded, Coded) else ():
        by, to = _touches(event.actors, actor, at), _touches(event.recipients, recipient, at)
        weight = BOTH if by and to else ONE if by or to else 0.0
        if weight and (best is None or (weight, event.confidence or 0.0) > best[:2]):
            best = (weight, event.confidence or 0.0, event.type)
    return None if best is None else (best[2], best[0])


def heard(coder: Coder, pairs: Sequence[Pair], rulings: Sequence[Ruling]) -> list[Ruling]:
    """The rulings after the coder was heard on those that are not sure; it reads each sentence once, many together."""
    asked = dict.fromkeys(pair[0] for pair, ruling in zip(pairs, rulings, strict=True) if not sure(ruling))
    read = dict(zip(asked, coder.code_many(read_text(text, id="pair") for text in asked), strict=True))
    return [
        ruling if sure(ruling) else together(ruling, read_by_coder(*read[pair[0]], pair))
        for pair, ruling in zip(pairs, rulings, strict=True)
    ]


def _touches(mentions: Sequence[Mention], span: tuple[int, int] | None, at: predictions.Offset) -> bool:
    spans = [m.span for m in mentions if m.span is not None]
    return span is not None and any(at(s.start) < span[1] and span[0] < at(s.end - 1) + 1 for s in spans)


def together(ruling: Ruling, read: tuple[str, float] | None) -> Ruling:
    """The judge's shares after the coder was heard."""
    if read is None:
        return ruling
    same = {name for name in ruling.scores if ROOTS.get(name, name) == ROOTS.get(read[0], read[0])}
    raised = {name: share * (math.exp(read[1]) if name in same else 1.0) for name, share in ruling.scores.items()}
    total = sum(raised.values()) or 1.0
    return replace(ruling, scores={name: share / total for name, share in raised.items()})


def named(rows: list[dict[str, str]]) -> tuple[str, list[str]]:
    """The id column as the scorer names it, and every row's id."""
    for key in ("uid", "sentence_id"):
        ids = [r.get(key) or "" for r in rows]
        if all(ids) and len(set(ids)) == len(ids):
            return key, ids
    return "#row", [str(number) for number in range(len(rows))]


def main() -> None:
    """Judge every row of --in and write --out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--in", dest="source", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--alone", action="store_true", help="the judge without the coder: faster, less often right")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--gold")
    parser.add_argument("--bench")
    args = parser.parse_args()
    with args.source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    key, ids = named(rows)
    judge = Judge(args.model)
    coder = None if args.alone else Coder()
    start = time.process_time()
    pairs = [unmarked(r.get("marked_sentence") or r["sentence"]) for r in rows]
    rulings = judge.judge(pairs)
    if coder is not None:
        rulings = heard(coder, pairs, rulings)
    spent = time.process_time() - start
    with args.out.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ["id", "root", "quad", "binary", "confidence"], delimiter="\t")
        table.writeheader()
        for name, ruling in zip(ids, rulings, strict=True):
            table.writerow({"id": name} | row(ruling))
    print(f"{len(rows)} pairs in {spent:.1f} CPU s, {len(rows) / max(spent, 1e-9):.0f} pairs/s", file=sys.stderr)
    if args.gold and args.bench:
        command = [sys.executable, f"{args.bench}/score_plover.py", args.gold, str(args.out), "--id", key]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
