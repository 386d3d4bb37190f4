"""Trains the ranker's weights on corpora of marked and located toponyms.

usage: python -m detente.reference.gazetteer.train GOLD.jsonl [GOLD.jsonl …] --out weights.json

A line of GOLD.jsonl holds {text, toponyms: [{start, end, lat, lon, geo}]}. A conditional logit over each name's
candidates; every corpus counts the same. Needs scipy. Only the weights are kept, no text.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from detente.reference.gazetteer import features, open_gazetteer
from detente.reference.gazetteer.distance import km_between
from detente.reference.gazetteer.features import Array
from detente.reference.gazetteer.resolve import Resolver, evidence
from detente.reference.gazetteer.spans import Toponym

PENALTY = 0.3
# What the corpora cannot teach: they are mostly of one country's local news, where 'Lebanon' is a small town, and have
# no dateline apart from the text. A country or capital of a name is never held back; a dateline's country helps,
# and 'Tripoli, Lebanon' settles the matter.
AT_LEAST = {"country": 1.5, "capital": 1.0, "hint": 1.5, "inside_admin": 4.0, "inside_country": 4.0}
AT_MOST = {"outside": -3.0}


@dataclass(slots=True)
class Sample:
    """One article: context-free features, the stack, which candidates are right, and each name's weight."""

    own: Array
    stack: features.Stack
    right: np.ndarray
    weight: Array


def samples(path: Path, resolver: Resolver) -> list[Sample]:
    """Read one corpus."""
    found = []
    for line in path.read_text("utf-8").split("\n"):
        if not line.strip():
            continue
        row = json.loads(line)
        marked = row["toponyms"]
        toponyms = [Toponym(t["start"], t["end"], row["text"][t["start"] : t["end"]]) for t in marked]
        groups, mentions = resolver.group(toponyms, row["text"])
        live = [i for i, m in enumerate(mentions) if m.options.known]
        if not live:
            continue
        some = [mentions[i] for i in live]
        own, stack = evidence(some, frozenset())
        right, weight = [], []
        for i, m in zip(live, some, strict=True):
            gold = [marked[j] for j, g in enumerate(groups) if g == i and marked[j]["geo"]]
            hits = _right(m, gold)
            right.append(hits)
            weight.append(float(len(gold)) ** 0.5 if hits.any() else 0.0)
        found.append(Sample(own, stack, np.concatenate(right), np.array(weight)))
    total = sum(s.weight.sum() for s in found)
    for s in found:
        s.weight *= 1000 / total
    return found


def _right(m: features.Mention, gold: list[dict]) -> np.ndarray:
    km = np.array([
        min((km_between(k.lat, k.lon, g["lat"], g["lon"]) for g in gold), default=1e9) for k in m.options.known
    ])  # fmt: skip
    return km <= 50 if (km <= 50).any() else km <= 161


def fit(data: Sequence[Sample], blocks: Sequence[Array]) -> Array:
    """Return the weights that make the right candidates likeliest."""
    from scipy.optimize import minimize

    def loss(w: Array) -> tuple[float, Array]:
        value, slope = PENALTY * float(w @ w), 2 * PENALTY * w
        for s, x in zip(data, blocks, strict=True):
            p = features.softmax(x @ w, s.stack)
            n = len(s.weight)
            good = np.bincount(s.stack.group, p * s.right, n)
            live = (s.weight > 0) & (good > 0)
            value -= float((s.weight[live] * np.log(good[live])).sum())
            share = np.where(good > 0, s.weight / np.maximum(good, 1e-300), 0.0)[s.stack.group]
            slope -= x.T @ (p * s.right * share - p * (s.weight * live)[s.stack.group])
        return value, slope

    bounds = [(AT_LEAST.get(n), AT_MOST.get(n)) for n in features.NAMES[: blocks[0].shape[1]]]
    start = np.array([low or high or 0.0 for low, high in bounds])
    return minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300}).x


def train(data: Sequence[Sample], rounds: int = 4) -> tuple[Array, Array]:
    """Return (prior, full) weights: without context, and with it at its own fixed point."""
    prior = fit(data, [s.own for s in data])
    ps = [features.softmax(s.own @ prior, s.stack) for s in data]
    full = prior
    for _ in range(rounds):
        blocks = [np.column_stack((s.own, features.context(s.stack, p))) for s, p in zip(data, ps, strict=True)]
        full = fit(data, blocks)
        ps = [features.softmax(x @ full, s.stack) for s, x in zip(data, blocks, strict=True)]
    return prior, full


def main() -> None:
    """Train on the corpora given and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--out", required=True, type=Path)
    args = parser.parse_args()
    resolver = Resolver(open_gazetteer().store)
    prior, full = train([s for path in args.gold for s in samples(path, resolver)])
    stored = json.loads(args.out.read_text("utf-8")) if args.out.exists() else {}
    stored |= {
        "features": features.NAMES,
        "prior": [round(float(x), 4) for x in prior],
        "full": [round(float(x), 4) for x in full],
    }
    args.out.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
