"""A kernel logistic regression: lulls that look alike on all features at once should end alike.

Each case is compared with a few typical ones (the centres of k-means clusters, each the mean of many cases), and the
log-odds are a weighted sum of the likenesses. The kernel is wide, so that the model is nearly linear in the middle and
bends where the record bends; that beats straight lines and steps (boosted trees) on validation years. Plain numpy.

Nyström's approximation: Williams and Seeger, "Using the Nyström method to speed up kernel machines" (NIPS 2000);
k-means centres as landmarks: Zhang, Tsang and Kwok, "Improved Nyström low-rank approximation" (ICML 2008).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.outlook.cases import Cases
from detente.outlook.numeric import ridge_logistic, sigmoid, squeeze, standardised

CENTRES = 150
WIDTH = 0.25  # likeness = exp(-WIDTH * mean squared distance of standardised features)
STRENGTH = 3.0  # penalty on a coefficient
FAR = 3.0  # standard deviations beyond which a feature counts no further
SAMPLE, ROUNDS, CROWD = 12_000, 6, 10  # cases that k-means looks at, its rounds, the fewest cases of a centre
STILL = 1e-6  # a feature that varies less than this says nothing, here or elsewhere
FAINT = 1e-5  # directions of the centres' kernel matrix below this share of the largest are noise


def likeness(z: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """Gaussian kernel between rows of standardised features: (cases, centres), from 0 to 1."""
    squared = (z**2).sum(1)[:, None] + (centres**2).sum(1) - 2 * z @ centres.T
    return np.exp(-WIDTH / z.shape[1] * np.maximum(squared, 0))


def typical(z: np.ndarray, weight: np.ndarray, k: int, seed: int = 0) -> np.ndarray:
    """At most `k` cluster centres of a weighted sample of rows (Lloyd's algorithm), clusters of a few rows left out.

    Every centre is the mean of at least `CROWD` rows, so that none of them is a case of the streams.
    """
    draw = np.random.RandomState(seed)  # its numbers never change between versions of numpy
    sample = z[draw.choice(len(z), min(SAMPLE, len(z)), replace=False, p=weight / weight.sum())]
    centres = sample[: max(1, min(k, len(sample) // (3 * CROWD)))].copy()
    n = np.zeros(len(centres), dtype=int)
    for _ in range(ROUNDS):
        nearest = ((centres**2).sum(1) - 2 * sample @ centres.T).argmin(1)
        n, total = np.bincount(nearest, minlength=len(centres)), np.zeros_like(centres)
        np.add.at(total, nearest, sample)
        centres = np.where(n[:, None] > 0, total / np.maximum(n, 1)[:, None], centres)
    return centres[n >= min(CROWD, n.max())].round(2)


@dataclass(frozen=True, slots=True)
class Kernel:
    """`centres` in standardised, squeezed features; `weights[0]` is the intercept, then one weight per centre."""

    names: tuple[str, ...]
    mean: np.ndarray
    spread: np.ndarray
    centres: np.ndarray
    weights: np.ndarray

    def standardised(self, cases: Cases) -> np.ndarray:
        """The features as the centres have them, cut at `FAR` standard deviations."""
        return standardised(cases.columns(self.names), self.mean, self.spread, FAR)

    def predict(self, cases: Cases) -> np.ndarray:
        """One probability per case."""
        return sigmoid(self.weights[0] + likeness(self.standardised(cases), self.centres) @ self.weights[1:])


def fit_kernel(
    cases: Cases, y: np.ndarray, names: Sequence[str], strength: float = STRENGTH, weight: np.ndarray | None = None
) -> Kernel:
    """Learns the centres from the features alone, then their weights by ridge logistic regression."""
    x, each = squeeze(cases.columns(names)), np.ones(len(y)) if weight is None else weight
    spread = np.where(x.std(0) > STILL, x.std(0), 1 / STILL)
    blank = Kernel(tuple(names), x.mean(0), spread, np.empty((0, len(names))), np.empty(0))
    z = blank.standardised(cases)
    centres = typical(z, each, CENTRES)
    size, direction = np.linalg.eigh(likeness(centres, centres))
    clear = size > FAINT * size[-1]
    turn = direction[:, clear] / np.sqrt(size[clear])
    design = np.column_stack([np.ones(len(y)), likeness(z, centres) @ turn])
    penalty = np.full(design.shape[1], strength)
    penalty[0] = 1e-3
    fitted = ridge_logistic(design, y, each, penalty, np.zeros(len(penalty)))
    return Kernel(blank.names, blank.mean, blank.spread, centres, np.concatenate([fitted[:1], turn @ fitted[1:]]))
