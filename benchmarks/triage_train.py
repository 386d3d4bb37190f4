"""Fits the triage table on what the coder finds in mixed texts.

    python benchmarks/triage_train.py --texts a.jsonl [b.jsonl …] --out src/detente/events/data/triage.json

Reads {text} a line (or {body}). The coder, without triage, says which sentences hold an event; the codebook's own
examples and near misses join them. Every fifth text is held back to measure. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from detente.events import triage
from detente.events.coder import Coder, paragraphs
from detente.reading import read_text
from detente.records import Article, Coded
from detente.reference.codebook.read import NONE, load

Row = tuple[set[str], bool, bool]  # features, holds an event, held back
LEAST = 4  # sentences a word must stand in
KEPT = 0.995  # share of the sentences with an event that must pass
LONGEST = 6_000  # characters of a text that are read


def texts(paths: list[Path], every: int) -> Iterator[Article]:
    """The texts of the files, each `every`-th."""
    for path in paths:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file):
                if number % every == 0 and line.strip():
                    raw = json.loads(line)
                    yield read_text((raw.get("text") or raw["body"])[:LONGEST], id=f"{path.stem}-{number}")


def rows(coder: Coder, articles: Iterator[Article]) -> Iterator[Row]:
    """Every sentence with whether the coder finds something in it."""
    for article, coded in coder.code_many(articles):
        if not isinstance(coded, Coded):
            continue
        spans = (
            [e.trigger for e in coded.events]
            + [t.condition for t in coded.tripwires]
            + [k.evidence for k in coded.links]
        )
        for offset, text in paragraphs(article):
            for start, end in triage.sentences(text):
                low, high = offset + start, offset + end
                held = any(low <= s.start < high for s in spans)
                yield triage.features(text[start:end]), held, zlib.crc32(article.id.encode()) % 5 == 0


def own() -> Iterator[Row]:
    """The codebook's examples, and its near misses without an event."""
    for entry in load().types.values():
        for example in entry.examples:
            if example.positive or example.type == NONE:
                yield triage.features(example.text), example.positive, zlib.crc32(example.text.encode()) % 5 == 0


def fit(found: list[Row]) -> triage.Table:
    """Weights of the words that stand in LEAST sentences, and the cut that keeps KEPT of the training events."""
    seen = [row for row in found if not row[2]]
    counts = Counter(word for words, _, _ in seen for word in words)
    names = {word: i for i, word in enumerate(sorted(w for w, n in counts.items() if n >= LEAST))}
    indptr, columns = [0], []
    for words, _, _ in seen:
        columns += sorted(names[w] for w in words if w in names)
        indptr.append(len(columns))
    x = csr_matrix((np.ones(len(columns), dtype=np.float32), columns, indptr), shape=(len(seen), len(names)))
    model = LogisticRegression(C=0.3, max_iter=300, solver="liblinear").fit(x, [held for _, held, _ in seen])
    weights = {w: round(float(model.coef_[0, i]), 3) for w, i in names.items() if abs(model.coef_[0, i]) > 0.02}
    made = triage.Table(round(float(model.intercept_[0]), 3), 0.0, weights)
    scores = sorted(score(made, words) for words, held, _ in seen if held)
    return triage.Table(made.bias, round(scores[int(len(scores) * (1 - KEPT))], 3), weights)


def score(table: triage.Table, words: set[str]) -> float:
    """As Table.score, of features."""
    return table.bias + sum(table.weights.get(word, 0.0) for word in words)


def main() -> None:
    """Fit, measure on the held-back fifth, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--every", type=int, default=1, help="take each n-th text")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    found = [*rows(Coder(triage=False), texts(args.texts, args.every)), *own()]
    made = fit(found)
    raw = {"bias": made.bias, "cut": made.cut, "weights": made.weights}
    args.out.write_text(json.dumps(raw, separators=(",", ":"), ensure_ascii=False) + "\n", encoding="utf-8")
    unseen = [(score(made, words) >= made.cut, held) for words, held, back in found if back]
    events = [passed for passed, held in unseen if held]
    others = [passed for passed, held in unseen if not held]
    print(f"{len(found)} sentences, {sum(h for _, h, _ in found)} with an event; {len(made.weights)} words")
    print(
        f"held-back fifth: {np.mean(events):.2%} of {len(events)} sentences with an event pass, {np.mean(others):.2%} of {len(others)} others"
    )


if __name__ == "__main__":
    main()
