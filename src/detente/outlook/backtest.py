"""How good forecasts were: Brier skill, log score, AUC, calibration, by unit, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from detente.outlook.cases import Cases

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """One step of the reliability table: `n` forecasts, what they said on average, what happened."""

    n: int
    said: float
    happened: float


@dataclass(frozen=True, slots=True)
class Scores:
    """One model at one horizon. Skills are 1 - Brier / Brier of the reference; intervals are 90 %.

    `skill` is against the training climatology, `skill_base` against the base rate of the test itself,
    `skill_first` the skill on the first forecast of each lull, where time-since says nothing.
    """

    model: str
    horizon: int
    n: int
    units: int
    base_train: float
    base_test: float
    brier: float
    skill: float
    skill_low: float
    skill_high: float
    skill_base: float
    skill_first: float
    log_score: float
    auc: float
    ece: float
    ece_chance: float  # what perfectly calibrated forecasts as few and as overlapping as these would show
    reliability: tuple[Bin, ...]
    by_unit: tuple[tuple[str, int, float, float], ...]  # unit, forecasts, Brier, skill against climatology


def auc(y: np.ndarray, p: np.ndarray) -> float:
    """Chance that a case that happened was given more than one that did not; 0.5 if all are alike."""
    positive, negative = int(y.sum()), int((1 - y).sum())
    if not positive or not negative:
        return 0.5
    _, inverse, counts = np.unique(p, return_inverse=True, return_counts=True)
    rank = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((rank[y == 1].sum() - positive * (positive + 1) / 2) / (positive * negative))


def reliability(y: np.ndarray, p: np.ndarray, bins: int = BINS) -> tuple[Bin, ...]:
    """Forecasts in `bins` groups of equal count, from the lowest to the highest."""
    groups = np.array_split(np.argsort(p, kind="stable"), bins)
    return tuple(Bin(len(g), float(p[g].mean()), float(y[g].mean())) for g in groups if len(g))


def calibration_error(table: Sequence[Bin]) -> float:
    """Expected calibration error: mean distance of said from happened, weighted by count."""
    return sum(b.n * abs(b.said - b.happened) for b in table) / sum(b.n for b in table)


def chance_error(cases: Cases, p: np.ndarray, horizon: int, draws: int = 100, seed: int = 0) -> float:
    """The calibration error to expect if every probability were exact, by drawing outcomes from p.

    Forecasts of one lull that lie in one stretch of `horizon` days share most of their window, hence their draw.
    """
    stretch = cases.since // max(horizon, 7)
    keys = [f"{s}|{u}|{d}|{k}" for s, u, d, k in zip(cases.stream, cases.unit, cases.last, stretch, strict=True)]
    _, block = np.unique(np.array(keys), return_inverse=True)
    rng = np.random.default_rng(seed)
    drawn = ((rng.random(block.max() + 1)[block] < p).astype(float) for _ in range(draws))
    return float(np.mean([calibration_error(reliability(y, p)) for y in drawn]))


def brier(y: np.ndarray, p: np.ndarray | float) -> float:
    """Mean squared error of probabilities."""
    return float(((p - y) ** 2).mean())


def skill_interval(
    y: np.ndarray, p: np.ndarray, reference: np.ndarray, units: np.ndarray, draws: int = 500, seed: int = 0
) -> tuple[float, float]:
    """90 % bootstrap interval, over units, of the Brier skill of p against reference probabilities."""
    names, inverse = np.unique(units.astype(str), return_inverse=True)
    loss = np.bincount(inverse, (p - y) ** 2, minlength=len(names))
    against = np.bincount(inverse, (reference - y) ** 2, minlength=len(names))
    weight = np.random.default_rng(seed).multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    low, high = np.percentile(1 - (weight @ loss) / (weight @ against), [5, 95])
    return float(low), float(high)


def _by_unit(y: np.ndarray, p: np.ndarray, base: float, units: np.ndarray) -> tuple[tuple[str, int, float, float], ...]:
    rows = []
    for unit in np.unique(units.astype(str)):
        m = units == unit
        against = brier(y[m], base)
        rows.append((unit, int(m.sum()), brier(y[m], p[m]), 1 - brier(y[m], p[m]) / max(against, 1e-9)))
    return tuple(sorted(rows, key=lambda r: -r[1]))


def score(name: str, horizon: int, cases: Cases, p: np.ndarray, base: float, first_base: float | None = None) -> Scores:
    """Scores probabilities for cases whose outcome is known; `base` is the training climatology."""
    y = cases.label(horizon).astype(float)
    table, reference = reliability(y, p), np.full(len(y), base)
    low, high = skill_interval(y, p, reference, cases.unit)
    first, clipped = cases.since <= cases.since.min(), np.clip(p, 1e-4, 1 - 1e-4)
    share = float(y.mean())
    return Scores(
        name, horizon, len(y), len(set(cases.unit.tolist())), base, share, brier(y, p),
        1 - brier(y, p) / max(brier(y, base), 1e-9), low, high, 1 - brier(y, p) / max(share * (1 - share), 1e-9),
        1 - brier(y[first], p[first]) / max(brier(y[first], first_base if first_base is not None else base), 1e-9),
        float(-(y * np.log(clipped) + (1 - y) * np.log(1 - clipped)).mean()),
        auc(y, p), calibration_error(table), chance_error(cases, p, horizon), table,
        _by_unit(y, p, base, cases.unit),
    )  # fmt: skip
