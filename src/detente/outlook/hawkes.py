"""A self-exciting rate: a shrunk long-run rate plus what recent attacks add, fading on two time scales."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.outlook.cases import Cases
from detente.outlook.models import log_loss

FAST, SLOW = 30, 365  # days


@dataclass(frozen=True, slots=True)
class Hawkes:
    """`weights` are logs of: share of the long-run rate, fast and slow excitation, shrinkage (100 days)."""

    horizon: int
    rate: float
    weights: np.ndarray

    def predict(self, cases: Cases) -> np.ndarray:
        """Probability of at least one attack-day within the horizon."""
        share, fast, slow, prior = np.exp(self.weights)
        listened = np.maximum(cases.column("expo"), 1)
        long_run = (cases.column("attacks") + self.rate * 100 * prior) / (listened + 100 * prior)
        excited = fast * cases.column(f"dec_{FAST}") * (1 - np.exp(-self.horizon / FAST))
        excited = excited + slow * cases.column(f"dec_{SLOW}") * (1 - np.exp(-self.horizon / SLOW))
        return 1 - np.exp(-(share * long_run * self.horizon + excited))


def hawkes(cases: Cases, y: np.ndarray, horizon: int) -> Hawkes:
    """Direct likelihood of a first event within the horizon, by Nelder-Mead from two starts (needs scipy)."""
    from scipy.optimize import minimize

    rate = float(cases.column("attacks").sum() / cases.column("expo").sum())
    starts = ((-1.0, -3.0, -3.0, 0.0), (-0.5, -5.0, -2.0, 1.0))
    tried = [
        minimize(
            lambda w: log_loss(y, Hawkes(horizon, rate, w).predict(cases)),
            s,
            method="Nelder-Mead",
            options={"maxiter": 300},
        )
        for s in starts
    ]
    return Hawkes(horizon, rate, min(tried, key=lambda r: r.fun).x)
