"""Trains a pooled model, and writes it with its manifest.

    python -m detente.outlook.train --streams DIR --until name=YYYY-MM-DD ... --out MODEL.json [--terms name=TEXT ...]

Needs lightgbm. Every stream is used up to its own day only, so that its later part stays a test.
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
from detente.outlook.learned import (
    DRIFTING,
    everything,
    fit_logistic,
    fit_trees,
    history_only,
    series_record,
    without_signals,
)
from detente.outlook.models import Mean, Model
from detente.outlook.pretrained import Pretrained, to_json
from detente.outlook.streams import read_stream, to_day

VERSION = "pooled-2"
Pick = Callable[[Sequence[str]], tuple[str, ...]]


def _members(
    cases: Cases, y: np.ndarray, weight: np.ndarray, pick: Pick
) -> tuple[tuple[Model, ...], tuple[Model, ...]]:
    names = cases.names
    full: tuple[Model, ...] = (
        fit_logistic(cases, y, pick(names), 600.0, weight),
        fit_trees(cases, y, pick(names), weight=weight),
    )
    # a theatre is always young: what only grows with age would carry it far from the streams' own range
    attacks, record = (
        [n for n in chosen if n not in DRIFTING] for chosen in (history_only(names), series_record(names))
    )
    own: tuple[Model, ...] = (
        fit_logistic(cases, y, attacks, 100.0, weight),
        fit_logistic(cases, y, record, 300.0, weight),
        fit_trees(cases, y, record, weight=weight),
    )
    return full, own


def balanced(cases: Cases) -> np.ndarray:
    """A weight per case so that a stream counts with the square root of its size; the mean weight is 1."""
    _, inverse, n = np.unique(cases.stream.astype(str), return_inverse=True, return_counts=True)
    weight = (1 / np.sqrt(n))[inverse]
    return weight / weight.mean()


def unit_spread(cases: Cases, y: np.ndarray, p: np.ndarray, horizon: int) -> float:
    """Standard deviation of dyads' own offsets from p on the log-odds scale, by the method of moments.

    Forecasts of one lull overlap, so chance alone moves a dyad horizon / 7 times as much as its count says.
    """
    keys = np.array([f"{s}|{u}" for s, u in zip(cases.stream, cases.unit, strict=True)])
    _, unit = np.unique(keys, return_inverse=True)
    missed, chance = np.bincount(unit, y - p), np.bincount(unit, p * (1 - p))
    variance = (missed**2 - max(horizon / 7, 1) * chance).sum() / (chance**2).sum()
    return float(np.sqrt(max(variance, 0.0)))


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
        full[h], own[h] = _members(cases, labels, balanced(cases), pick)
        base[h] = float(labels.mean())
        spread[h] = unit_spread(cases, labels, Mean(own[h]).predict(cases), h)
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
