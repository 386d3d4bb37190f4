"""The head that tells sentences with a deed from all others, learned on an exported encoder as it stands.

A logistic regression on the mean of a text's vectors: every text of the codebook that holds a deed against every text
that is marked to hold none. It needs neither torch nor many examples, since the encoder knows the subject already.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.events.encoder import Encoder, plain
from detente.train.told import Told

PENALTY = (
    100.0  # on the squared weights; chosen on sentences that the encoder never saw (see docs/explanation/judge.md)
)
STEPS = 12  # Newton's method has settled long before

Numbers = NDArray[np.float64]


def head(folder: Path, texts: Sequence[Told]) -> dict[str, NDArray[np.float16]]:
    """`told.weight` (1, width) and `told.bias` (1,) for the encoder in `folder`."""
    known = [t for t in texts if t.deeds or t.complete]
    encoder = Encoder(folder)
    inputs = [plain(pieces) for pieces in encoder.pieces([t.text for t in known])]
    found = list(encoder.vectors(inputs))
    vectors = np.zeros((len(known), found[0].mean.shape[1]))
    for part in found:
        vectors[part.rows] = part.mean
    made = fitted(vectors, np.array([bool(t.deeds) for t in known]))
    return {"told.weight": made[None, :-1].astype(np.float16), "told.bias": made[-1:].astype(np.float16)}


def fitted(vectors: Numbers, holds: NDArray[np.bool_]) -> Numbers:
    """Weights and, last, the bias of a logistic regression (n, width) -> (n,), both classes weighing the same (Newton)."""
    x = np.concatenate([vectors, np.ones((len(vectors), 1))], axis=1)
    share = np.where(holds, len(holds) / (2 * holds.sum()), len(holds) / (2 * (~holds).sum()))
    ridge = np.full(x.shape[1], PENALTY)
    ridge[-1] = 1e-6  # the bias is free
    weights = np.zeros(x.shape[1])
    for _ in range(STEPS):
        odds = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (share * (odds - holds)) + ridge * weights
        curve = (x * (share * odds * (1 - odds))[:, None]).T @ x + np.diag(ridge)
        weights = weights - np.linalg.solve(curve, slope)
    return weights
