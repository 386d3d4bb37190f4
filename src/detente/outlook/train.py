"""Trains a pooled model, and writes it with its manifest.

    python -m detente.outlook.train --streams DIR --until name=YYYY-MM-DD ... --out MODEL.json [--terms name=TEXT ...]

Every stream is used up to its own day only, so that its later part stays a test.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from detente.outlook.cases import HORIZONS, Cases, together
from detente.outlook.features import build
from detente.outlook.kernel import Kernel, fit_kernel
from detente.outlook.learned import DRIFTING, everything, history_only, series_record, without_signals
from detente.outlook.models import Mean
from detente.outlook.pretrained import Pretrained, to_json
from detente.outlook.streams import read_stream, to_day

VERSION = "pooled-4"
LEAST = 200  # cases of other streams from which the own-record members are worth fitting
Pick = Callable[[Sequence[str]], tuple[str, ...]]


def _own(cases: Cases, y: np.ndarray, weight: np.ndarray) -> tuple[Kernel, ...]:
    # a theatre is always young: what only grows with age would carry it far from the streams' own range
    return tuple(
        fit_kernel(cases, y, [n for n in pick(cases.names) if n not in DRIFTING], weight=weight)
        for pick in (history_only, series_record)
    )


def balanced(cases: Cases) -> np.ndarray:
    """A weight per case so that a stream counts with the square root of its size; the mean weight is 1."""
    _, inverse, n = np.unique(cases.stream.astype(str), return_inverse=True, return_counts=True)
    weight = (1 / np.sqrt(n))[inverse]
    return weight / weight.mean()


def yearly_spread(cases: Cases, y: np.ndarray, p: np.ndarray, horizon: int, least: float = 10.0) -> float:
    """Standard deviation, on the log-odds scale, of how far a year of a stream strays from p, chance taken out.

    By the method of moments, over years of some weight. Forecasts of one lull overlap, so chance alone moves a sum
    horizon / 7 times as much as its count says.
    """
    keys = np.array([f"{s}|{d // 365}" for s, d in zip(cases.stream, cases.t, strict=True)])
    _, year = np.unique(keys, return_inverse=True)
    missed, chance = np.bincount(year, y - p), np.bincount(year, p * (1 - p))
    missed, chance = missed[chance >= least], chance[chance >= least]
    if not len(chance):
        return 0.0
    return float(np.sqrt(max(((missed**2 - max(horizon / 7, 1) * chance) / chance**2).mean(), 0.0)))


def abroad(cases: Cases, y: np.ndarray) -> np.ndarray:
    """Probabilities for each stream by own-record members that saw neither it nor its dyads: a new theatre's lot.

    Where no other stream is left to learn from, the share that resumed.
    """
    p = np.full(len(cases), y.mean())
    for stream in sorted(set(cases.stream.tolist())):
        mine = cases.stream == stream
        strange = ~mine & ~np.isin(cases.unit.astype(str), sorted(set(cases.unit[mine].tolist())))
        if strange.sum() >= LEAST:
            rest = cases.take(strange)
            p[mine] = Mean(_own(rest, y[strange], balanced(rest))).predict(cases.take(mine))
    return p


def train(
    streams: Mapping[str, Cases], until: Mapping[str, date], version: str = VERSION, pick: Pick = everything
) -> Pretrained:
    """Fits all members at all horizons on the cases whose outcome was known before each stream's day."""
    pool = together(list(streams.values()))
    limit = np.array([to_day(until[s]) for s in pool.stream])
    full, own, base, spread = {}, {}, {}, {}
    for h in HORIZONS:
        y = pool.label(h)
        known = (pool.t + h < limit) & (y >= 0)
        cases, labels = pool.take(known), y[known]
        weight = balanced(cases)
        full[h] = (fit_kernel(cases, labels, pick(cases.names), weight=weight),)
        own[h] = _own(cases, labels, weight)
        base[h] = float(labels.mean())
        spread[h] = yearly_spread(cases, labels, abroad(cases, labels), h)
    return Pretrained(version, dict(until), full, own, base, spread)


def describe(path: Path, until: date, cases: Cases, terms: str) -> dict[str, Any]:
    """The manifest entry of one stream; the hash is of the file's bytes."""
    raw = path.read_bytes()
    used = cases.t + max(HORIZONS) < to_day(until)
    return {
        "stream": cases.stream[0], "bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest(), "until": until.isoformat(),
        "cases": int(used.sum()), "units": len(set(cases.unit[used].tolist())), "terms": terms,
    }  # fmt: skip


def main() -> None:
    """Reads the arguments, trains, writes two files."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--streams", type=Path, required=True)
    arguments.add_argument("--until", nargs="+", required=True)
    arguments.add_argument("--terms", nargs="*", default=[])
    arguments.add_argument("--out", type=Path, required=True, help="the model; its manifest goes beside it")
    arguments.add_argument("--version", default=VERSION)
    arguments.add_argument("--no-signals", action="store_true", help="leave out every non-violent event")
    given = arguments.parse_args()
    until = {k: date.fromisoformat(v) for k, v in (item.split("=", 1) for item in given.until)}
    terms = dict(item.split("=", 1) for item in given.terms)
    paths = {name: given.streams / f"{name}.csv.gz" for name in until}
    cases = {name: build(read_stream(path)) for name, path in paths.items()}
    pick = without_signals if given.no_signals else everything
    given.out.write_bytes(to_json(train(cases, until, given.version, pick)))
    entries = [
        describe(paths[n], until[n], cases[n], terms.get(n, "see the stream's publisher")) for n in sorted(until)
    ]
    text = json.dumps({"version": given.version, "streams": entries}, indent=2, ensure_ascii=False)
    given.out.with_suffix(".manifest.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
