"""Learning on the way: refits and recalibration from forecasts that have resolved, and from nothing else.

A forecast made on day t for horizon h is resolved on day t + h. On any day T the learners below see only
cases of the test stream with t + h <= T, so every probability is one that could have been issued.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from detente.outlook.cases import Cases
from detente.outlook.numeric import logit, ridge_logistic, sigmoid

Fit = Callable[[Cases, np.ndarray, int, int], Callable[[Cases], np.ndarray]]


@dataclass(frozen=True, slots=True)
class Recalibration:
    """How fast and how far forecasts follow their own record.

    half_life: days after which a resolved forecast counts half; least: resolved forecasts before anything
    moves. The penalties hold the intercept at 0, the slopes at 1 / number of members, and each dyad's own
    offset at 0.
    """

    half_life: float = 180.0
    intercept: float = 8.0
    slope: float = 20.0
    unit: float = 15.0
    step: int = 14
    least: int = 300


def walk_forward(cases: Cases, horizon: int, start: int, fits: Sequence[Fit], step: int = 90) -> np.ndarray:
    """Log-odds of each member (columns) for cases with t >= start, refitted every `step` days.

    Each refit on day T uses the cases that are resolved by then; earlier cases stay NaN. Each fit gets the
    resolved cases, their labels, the horizon and T.
    """
    found = np.full((len(cases), len(fits)), np.nan)
    y, last = cases.label(horizon), int(cases.t.max())
    for today in range(start, last + 1, step):
        now = (cases.t >= today) & (cases.t < today + step)
        known = (y >= 0) & (cases.t + horizon < today)
        if not now.any() or known.sum() < 50:
            continue
        past, future = cases.take(known), cases.take(now)
        for k, fit in enumerate(fits):
            found[now, k] = logit(fit(past, y[known], horizon, today)(future))
    return found


def adapt(
    cases: Cases, scores: np.ndarray, horizon: int, start: int, step: int = 90, fading: float = 1500.0
) -> np.ndarray:
    """Log-odds of members trained elsewhere, each moved by an intercept and a slope learned on the way.

    Learned anew every `step` days from `start` on, on what is resolved by then; held near (0, 1).
    """
    y, found = cases.label(horizon), np.full(scores.shape, np.nan)
    for today in range(start, int(cases.t.max()) + 1, step):
        now = (cases.t >= today) & (cases.t < today + step)
        known = (y >= 0) & (cases.t + horizon < today)
        each = (7 / max(horizon, 7)) ** 0.5 * 0.5 ** ((today - cases.t[known]) / fading)
        for k in range(scores.shape[1]):
            x = np.column_stack([np.ones(int(known.sum())), scores[known, k]])
            b = ridge_logistic(x, y[known].astype(float), each, np.array([0.3, 8.0]), np.array([0.0, 1.0]))
            found[now, k] = b[0] + b[1] * scores[now, k]
    return found


def recalibrate(cases: Cases, scores: np.ndarray, horizon: int, start: int, rule: Recalibration) -> np.ndarray:
    """Probabilities from members' log-odds, re-weighted on what has resolved; NaN before `start`.

    scores: one row per case, one column per member; rows with NaN are left out. Overlapping forecasts of one
    lull repeat each other, so each counts 7 / horizon.
    """
    y, ready = cases.label(horizon), ~np.isnan(scores).any(axis=1)
    keys = np.array([f"{s}|{u}" for s, u in zip(cases.stream, cases.unit, strict=True)])
    _, unit = np.unique(keys, return_inverse=True)
    found = np.full(len(cases), np.nan)
    for today in range(start, int(cases.t.max()) + 1, rule.step):
        now = ready & (cases.t >= today) & (cases.t < today + rule.step)
        if not now.any():
            continue
        known = ready & (y >= 0) & (cases.t + horizon <= today)
        present = np.unique(unit[now])
        weights = _weights(scores, unit, present, known, y, today - cases.t, horizon, rule)
        found[now] = sigmoid(_design(scores[now], unit[now], present) @ weights)
    return found


def _design(scores: np.ndarray, unit: np.ndarray, present: np.ndarray) -> np.ndarray:
    own = (unit[:, None] == present[None, :]).astype(float)
    return np.column_stack([np.ones(len(scores)), scores, own])


def _weights(
    scores: np.ndarray,
    unit: np.ndarray,
    present: np.ndarray,
    known: np.ndarray,
    y: np.ndarray,
    age: np.ndarray,
    horizon: int,
    rule: Recalibration,
) -> np.ndarray:
    k = scores.shape[1]
    centre = np.concatenate([[0.0], np.full(k, 1 / k), np.zeros(len(present))])
    if known.sum() < rule.least:
        return centre
    penalty = np.concatenate([[rule.intercept], np.full(k, rule.slope), np.full(len(present), rule.unit)])
    each = (7 / max(horizon, 7)) * 0.5 ** (age[known] / rule.half_life)
    return ridge_logistic(_design(scores[known], unit[known], present), y[known].astype(float), each, penalty, centre)
