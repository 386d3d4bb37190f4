"""The little mathematics the models share: log-odds and a ridge logistic regression in plain numpy."""

from __future__ import annotations

import numpy as np


def logit(p: np.ndarray, floor: float = 1e-3) -> np.ndarray:
    """Log-odds of probabilities, which are first kept `floor` away from 0 and 1."""
    q = np.clip(p, floor, 1 - floor)
    return np.log(q / (1 - q))


def sigmoid(z: np.ndarray) -> np.ndarray:
    """Probabilities of log-odds."""
    return 1 / (1 + np.exp(-np.clip(z, -30, 30)))


def squeeze(x: np.ndarray) -> np.ndarray:
    """sign(x) * log(1 + |x|): counts and days on a scale on which they add up."""
    return np.sign(x) * np.log1p(np.abs(x))


def standardised(x: np.ndarray, mean: np.ndarray, spread: np.ndarray, far: float) -> np.ndarray:
    """Raw features squeezed, in standard deviations from the mean of what was learned from, cut at `far` of them."""
    return np.clip((squeeze(x) - mean) / spread, -far, far)


def ridge_logistic(
    x: np.ndarray, y: np.ndarray, weight: np.ndarray, penalty: np.ndarray, centre: np.ndarray, steps: int = 15
) -> np.ndarray:
    """Coefficients that minimise weighted log loss + penalty / 2 * (b - centre)^2, by Newton's method.

    x: rows by columns; penalty and centre: one figure per column. Steps that do not lower the loss are halved.
    """

    def loss(b: np.ndarray) -> float:
        z = x @ b
        return float((weight * (np.logaddexp(0, z) - y * z)).sum() + (penalty * (b - centre) ** 2).sum() / 2)

    b = centre.astype(float).copy()
    best = loss(b)
    for _ in range(steps):
        p = sigmoid(x @ b)
        gradient = x.T @ (weight * (p - y)) + penalty * (b - centre)
        curvature = (x * (weight * p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-9)
        move = np.linalg.solve(curvature, gradient)
        for _ in range(8):
            after = loss(b - move)
            if after <= best + 1e-9:
                break
            move = move / 2
        b, gained, best = b - move, best - after, after
        if gained < 1e-6 * abs(best) + 1e-9:
            break
    return b
