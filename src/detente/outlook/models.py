"""One small interface for every model of the outlook, and the simple ones that the others must beat.

A forecaster is called with cases, their labels (0 or 1) and the horizon in days, and returns a model;
`model.predict(cases)` gives one probability per case. Nothing is learned from a case whose outcome was
not known at the time of training: the caller passes resolved cases only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from detente.outlook.cases import Cases
from detente.outlook.history import exposure
from detente.outlook.numeric import logit

EDGES = np.array([15, 22, 29, 36, 50, 64, 92, 141, 211, 301])  # days since the last attack


class Model(Protocol):
    """Anything that gives one probability (0-1) per case."""

    def predict(self, cases: Cases) -> np.ndarray:
        """Probability that violence resumes within the horizon the model was trained for."""


Forecaster = Callable[[Cases, np.ndarray, int], Model]


@dataclass(frozen=True, slots=True)
class Climatology:
    """The share of past cases that resumed."""

    share: float

    def predict(self, cases: Cases) -> np.ndarray:
        """The same probability for every case."""
        return np.full(len(cases), self.share)


def climatology(cases: Cases, y: np.ndarray, horizon: int) -> Climatology:
    """Learns nothing but the base rate."""
    return Climatology(float(y.mean()))


@dataclass(frozen=True, slots=True)
class TimeSince:
    """The share of past cases that resumed, by days since the last attack."""

    shares: np.ndarray

    def predict(self, cases: Cases) -> np.ndarray:
        """The share of the case's own step."""
        return self.shares[np.digitize(cases.since, EDGES)]


def time_since(cases: Cases, y: np.ndarray, horizon: int, prior: float = 20.0) -> TimeSince:
    """Learns a resumption share per step of time since, each drawn to the base rate by `prior` cases."""
    step = np.digitize(cases.since, EDGES)
    n = np.bincount(step, minlength=len(EDGES) + 1)
    happened = np.bincount(step, y, minlength=len(EDGES) + 1)
    return TimeSince((happened + prior * y.mean()) / (n + prior))


def log_loss(y: np.ndarray, p: np.ndarray) -> float:
    """Mean negative log likelihood, probabilities kept 0.0001 from the ends."""
    q = np.clip(p, 1e-4, 1 - 1e-4)
    return float(-(y * np.log(q) + (1 - y) * np.log(1 - q)).mean())


@dataclass(frozen=True, slots=True)
class GammaPoisson:
    """A rate per dyad, fading with `tau` days, drawn to a prior of `shape` attack-days in `scale` days."""

    horizon: int
    tau: int
    shape: float
    scale: float

    def predict(self, cases: Cases) -> np.ndarray:
        """Probability of at least one attack-day at the dyad's own posterior rate."""
        listened = exposure(0, cases.column("expo"), self.tau)
        b = np.maximum(listened, 1) + self.scale
        return 1 - (b / (b + self.horizon)) ** (cases.column(f"dec_{self.tau}") + self.shape)


def gamma_poisson(cases: Cases, y: np.ndarray, horizon: int) -> GammaPoisson:
    """Chooses fading and prior on a small grid by log loss on the training cases."""
    rate = -np.log(max(1e-6, 1 - float(y.mean()))) / horizon
    grid = [
        GammaPoisson(horizon, tau, factor * rate * scale, scale)
        for tau in (90, 180, 365, 1000)
        for factor in (0.25, 0.5, 1.0, 2.0)
        for scale in (15.0, 50.0, 150.0, 500.0)
    ]
    return min(grid, key=lambda m: log_loss(y, m.predict(cases)))


@dataclass(frozen=True, slots=True)
class Mean:
    """Several models as one: the mean of their log-odds."""

    parts: tuple[Model, ...]

    def predict(self, cases: Cases) -> np.ndarray:
        """Mean on the log-odds scale, where one sure part can outweigh several unsure ones."""
        return 1 / (1 + np.exp(-np.mean([logit(m.predict(cases)) for m in self.parts], axis=0)))
