"""Fits the confidence of coded events, and shows how well it is calibrated.

    python benchmarks/confidence_train.py --out src/detente/events/data/confidence.json --model DIR

Reads the fifth of the codebook's sentences that the judge never learned from. Fitted on half of them, measured on the
other half (Brier score beside a constant, and the share right by tenth of confidence), then fitted on all. Needs
scikit-learn.
"""

from __future__ import annotations

import argparse
import json
import zlib
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from codebook import fold, overlaps
from detente.events.coder import Coder
from detente.events.confidence import features
from detente.events.judge import Judge
from detente.events.opinion import asked, read
from detente.events.roles import Candidate
from detente.events.scene import Scene
from detente.events.triggers import candidates
from detente.events.weighing import weighed
from detente.reference.codebook.read import NONE, Example, load

HELD_BACK = 4


def judged(example: Example, made: list[Candidate]) -> list[tuple[dict[str, float], bool]]:
    """(features, right) of each deed whose type is known."""
    triggers = [(s, e) for role, s, e in example.marks if role == "T"]
    out = []
    for candidate in made:
        here = overlaps(triggers, candidate.token.idx, candidate.token.idx + len(candidate.token))
        if example.positive and here:
            out.append((features(candidate), candidate.frame.type == example.type))
        elif not example.positive and example.type == NONE:
            out.append((features(candidate), False))
    return out


def deeds(coder: Coder, text: str) -> list[Candidate]:
    """The candidates of a sentence after the judge was heard."""
    scene = Scene(coder.sentence(coder.nlp(text)), 0, coder.actors.find(text), coder.book)
    found = candidates(scene)
    readings = read(coder.judge, [(scene, list(asked(scene, found)))])[0] if coder.judge else {}
    return weighed(scene, found, readings, None)


def main() -> None:
    """Fit, print the calibration, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", type=Path, help="the measured net of a training run, exported: it has not seen them")
    args = parser.parse_args()
    coder, rows = Coder(judge=Judge(args.model) if args.model else True), []
    for entry in load().types.values():
        for example in entry.examples:
            if fold(example.text) == HELD_BACK:
                half = zlib.crc32(example.text.encode()) % 2
                rows += [(made, right, half) for made, right in judged(example, deeds(coder, example.text))]
    names = sorted({name for made, _, _ in rows for name in made})
    x = np.array([[made.get(name, 0.0) for name in names] for made, _, _ in rows])
    y = np.array([right for _, right, _ in rows])
    half = np.array([h for _, _, h in rows])
    said = _fit(x[half == 0], y[half == 0]).predict_proba(x[half == 1])[:, 1]
    gold = y[half == 1]
    print(
        f"{len(rows)} deeds, {y.mean():.1%} right; other half: Brier {((said - gold) ** 2).mean():.4f}, constant {gold.mean() * (1 - gold.mean()):.4f}"
    )
    for low in np.arange(0, 1, 0.1):
        here = (said >= low) & (said < low + 0.1)
        if here.any():
            print(
                f"  {low:.1f}-{low + 0.1:.1f}: {here.sum():4} deeds, said {said[here].mean():.2f}, right {gold[here].mean():.2f}"
            )
    model = _fit(x, y)
    weights = {name: round(float(value), 3) for name, value in zip(names, model.coef_[0], strict=True)}
    args.out.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


def _fit(x: np.ndarray, y: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=1.0, fit_intercept=False, max_iter=500).fit(x, y)


if __name__ == "__main__":
    main()
