"""Learning on the way: refits and recalibration from forecasts that have resolved, and from nothing else.

A forecast made on day t for horizon h is resolved on day t + h. On any day T the learners below see only
cases with t + h <= T, so every probability is one that could have been issued.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from detente.outlook.cases import Cases
from detente.outlook.numeric import logit, ridge_logistic, sigmoid

Fit = Callable[[Cases, np.ndarray, int, int], Callable[[Cases], np.ndarray]]


@dataclass(frozen=True, slots=True)
class Recalibration:
    """How fast and how far forecasts follow their own record.

    half_life: days after which a resolved forecast counts half, which lets the intercept follow a drift;
    least: resolved forecasts before anything moves. The penalties hold the intercept at 0 and the slope at 1.
    """

    half_life: float = 180.0
    intercept: float = 40.0
    slope: float = 50.0
    step: int = 14
    least: int = 100


def walk_forward(cases: Cases, horizon: int, start: int, fit: Fit, step: int = 90) -> np.ndarray:
    """Log-odds for cases with t >= start, refitted every `step` days; earlier cases stay NaN.

    Each refit on day T uses the cases that are resolved by then. The fit gets them, their labels, the horizon and T.
    """
    found = np.full(len(cases), np.nan)
    y, last = cases.label(horizon), int(cases.t.max())
    for today in range(start, last + 1, step):
        now = (cases.t >= today) & (cases.t < today + step)
        known = (y >= 0) & (cases.t + horizon < today)
        if now.any() and known.sum() >= 50:
            found[now] = logit(fit(cases.take(known), y[known], horizon, today)(cases.take(now)))
    return found


def recalibrate(cases: Cases, score: np.ndarray, horizon: int, start: int, rule: Recalibration) -> np.ndarray:
    """Probabilities from log-odds, moved by an intercept and a slope that are learned from what has resolved.

    score: one figure per case; cases with NaN are left out, and NaN is returned before `start`. Overlapping
    forecasts of one lull repeat each other, so each counts 7 / horizon.
    """
    y, ready, found = cases.label(horizon), ~np.isnan(score), np.full(len(cases), np.nan)
    identity, penalty = np.array([0.0, 1.0]), np.array([rule.intercept, rule.slope])
    x = np.column_stack([np.ones(len(cases)), score])
    for today in range(start, int(cases.t.max()) + 1, rule.step):
        now = ready & (cases.t >= today) & (cases.t < today + rule.step)
        known = ready & (y >= 0) & (cases.t + horizon <= today)
        if not now.any():
            continue
        weights = identity
        if known.sum() >= rule.least:
            each = 7 / max(horizon, 7) * 0.5 ** ((today - cases.t[known]) / rule.half_life)
            weights = ridge_logistic(x[known], y[known].astype(float), each, penalty, identity)
        found[now] = sigmoid(x[now] @ weights)
    return found
