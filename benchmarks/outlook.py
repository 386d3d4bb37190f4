"""Forecast the resumption of violence on event streams.

    python benchmarks/outlook.py --train A.csv.gz[,B.csv.gz] --test C.csv.gz --split YYYY-MM-DD --out P.csv

Reads canonical streams (date, source, target, code, country, cls) and writes stream,unit,date,h,p for every
case of the test stream from the split on. On each day only what was known by then is used: features look at
events up to that day, and members and calibration learn from forecasts resolved by then (prequential).
--no-pretrained leaves out the shipped pooled models, --model takes another in their place; --no-signals leaves
out every non-violent event (give a --model that was trained without them too).
"""

from __future__ import annotations

import argparse
import csv
from datetime import date
from pathlib import Path

import numpy as np

from detente.outlook.cases import HORIZONS, Cases, together
from detente.outlook.features import build
from detente.outlook.pretrained import from_json, shipped
from detente.outlook.stack import issue_all
from detente.outlook.streams import read_stream, to_date, to_day


def read(paths: str) -> dict[Path, Cases]:
    """The cases of each stream of a comma-separated list."""
    return {Path(p).resolve(): build(read_stream(Path(p))) for p in paths.split(",")}


def write(path: Path, cases: Cases, found: dict[int, np.ndarray]) -> int:
    """Writes the predictions; returns how many."""
    n = 0
    with path.open("w", newline="", encoding="utf-8") as out:
        table = csv.writer(out)
        table.writerow(("stream", "unit", "date", "h", "p"))
        for i in range(len(cases)):
            for h, p in found.items():
                if not np.isnan(p[i]):
                    table.writerow((cases.stream[i], cases.unit[i], to_date(cases.t[i]).isoformat(), h, f"{p[i]:.5f}"))
                    n += 1
    return n


def main() -> None:
    """Reads the arguments, forecasts, writes."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--train", required=True)
    arguments.add_argument("--test", required=True)
    arguments.add_argument("--split", type=date.fromisoformat, required=True)
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--no-pretrained", action="store_true")
    arguments.add_argument("--model", type=Path)
    arguments.add_argument("--no-signals", action="store_true")
    arguments.add_argument("--horizons", type=int, nargs="+", default=list(HORIZONS))
    given = arguments.parse_args()
    streams = read(given.train)
    tests = {p: streams.get(p) or build(read_stream(p)) for p in (Path(x).resolve() for x in given.test.split(","))}
    test = together(list(tests.values()))
    pretrained = () if given.no_pretrained else shipped()
    if given.model:
        pretrained = (from_json(given.model.read_bytes(), str(given.model)),)
    train = together(list(streams.values()))
    found = issue_all(train, test, to_day(given.split), given.horizons, pretrained, signals=not given.no_signals)
    print(write(given.out, test, found), "forecasts to", given.out)


if __name__ == "__main__":
    main()
