"""What non-violent signals are worth: two files of predictions compared on the same cases.

    python benchmarks/outlook.py --train A.csv.gz --test A.csv.gz --split DATE --out with.csv
    python benchmarks/outlook.py --train A.csv.gz --test A.csv.gz --split DATE --out without.csv --no-signals --model M.json
    python benchmarks/signals.py --test A.csv.gz --with with.csv --without without.csv

Prints the share of the Brier score that the signals take away, with a 90 % interval by bootstrap over blocks: all
forecasts of one dyad in one quarter of a year are drawn together.
"""

from __future__ import annotations

import argparse
import csv
from datetime import date
from pathlib import Path

import numpy as np

from detente.outlook.cases import HORIZONS, Cases, find_cases, together
from detente.outlook.streams import read_stream, to_day

QUARTER = 91  # days


def predictions(path: Path) -> dict[tuple[str, str, int, int], float]:
    """The probabilities of a file by (stream, unit, day, horizon)."""
    with path.open(newline="", encoding="utf-8") as file:
        return {
            (row["stream"], row["unit"], to_day(date.fromisoformat(row["date"])), int(row["h"])): float(row["p"])
            for row in csv.DictReader(file)
        }


def gain(y: np.ndarray, p: np.ndarray, q: np.ndarray, block: np.ndarray, draws: int = 1000) -> tuple[float, ...]:
    """Share of q's Brier score that p saves, and its 90 % interval by bootstrap over blocks."""
    _, at = np.unique(block, return_inverse=True)
    ours, theirs = np.bincount(at, (p - y) ** 2), np.bincount(at, (q - y) ** 2)
    weight = np.random.default_rng(0).multinomial(len(ours), np.full(len(ours), 1 / len(ours)), size=draws)
    low, high = np.percentile(1 - (weight @ ours) / (weight @ theirs), [5, 95])
    return float(1 - ours.sum() / theirs.sum()), float(low), float(high)


def compare(cases: Cases, ours: dict, theirs: dict, horizon: int) -> str:  # type: ignore[type-arg]
    """One line for one horizon, on the cases that both files hold and whose outcome is known."""
    keys = [(s, u, int(t), horizon) for s, u, t in zip(cases.stream, cases.unit, cases.t, strict=True)]
    known = np.array([k in ours and k in theirs for k in keys]) & (cases.label(horizon) >= 0)
    chosen = cases.take(known)
    p, q = (np.array([table[k] for k, kept in zip(keys, known, strict=True) if kept]) for table in (ours, theirs))
    block = np.array([f"{s}|{u}|{t // QUARTER}" for s, u, t in zip(chosen.stream, chosen.unit, chosen.t, strict=True)])
    best, low, high = gain(chosen.label(horizon).astype(float), p, q, block)
    return f"{horizon:3d} days: {best:+.1%} (90 %: {low:+.1%} to {high:+.1%}), {len(chosen)} forecasts"


def main() -> None:
    """Reads the arguments, compares, prints."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--test", required=True)
    arguments.add_argument("--with", dest="ours", type=Path, required=True)
    arguments.add_argument("--without", type=Path, required=True)
    given = arguments.parse_args()
    cases = together([find_cases(read_stream(Path(p))) for p in given.test.split(",")])
    ours, theirs = predictions(given.ours), predictions(given.without)
    for horizon in HORIZONS:
        print(compare(cases, ours, theirs, horizon))


if __name__ == "__main__":
    main()
