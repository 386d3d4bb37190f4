"""Judge given pairs: reads a table of marked sentences, writes root, quad, binary and confidence a pair.

    python benchmarks/relation.py --in pairs.tsv --out pred.tsv [--model DIR] [--gold pairs.tsv --bench DIR]

Reads the columns `uid` (or `sentence_id`), `sentence` and `marked_sentence` (<s>actor</s>, <t>recipient</t>).
Where ids are missing or repeat, rows are numbered from 0 instead. The output feeds score_plover.py; with --gold and --bench (the folder of the scorers) it is scored too.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
import time
from pathlib import Path

from detente.events.judge import Judge, Ruling
from detente.train.sets import NONE, ROOTS, quad, unmarked

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
    parser.add_argument("--model", type=Path)
    parser.add_argument("--gold")
    parser.add_argument("--bench")
    args = parser.parse_args()
    with args.source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    key, ids = named(rows)
    judge = Judge(args.model)
    start = time.process_time()
    rulings = judge.judge([unmarked(r.get("marked_sentence") or r["sentence"]) for r in rows])
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
