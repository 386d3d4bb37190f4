"""Compare a scorer's JSON with the floors: what was reached may not sink silently.

    python $BENCH/score_sentences.py GOLD PRED --json scores.json
    python benchmarks/floors.py sentences scores.json

Exit code 1 names every figure below its floor.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def figure(scores: dict, path: str) -> float:
    """The figure at a dotted path: 'detection.F1'."""
    value: object = scores
    for key in path.split("."):
        value = value[key]  # type: ignore[index]
    return float(value)  # type: ignore[arg-type]


def main(name: str, file: str) -> int:
    """Print each figure beside its floor; 1 when one sank."""
    floors = json.loads(Path(__file__).with_name("floors.json").read_text("utf-8"))[name]
    scores, sunk = json.loads(Path(file).read_text("utf-8")), 0
    for path, bound in floors.items():
        got = figure(scores, path)
        low = got < bound["at_least"] if "at_least" in bound else got > bound["at_most"]
        sunk += low
        print(f"{'SUNK' if low else 'ok':5}{path:40}{got:9.4g}  {bound}")
    return int(bool(sunk))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
