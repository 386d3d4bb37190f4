"""Survival models of the length of a lull, by lifelines: Kaplan-Meier, Weibull and a landmark Cox model.

They need the optional package lifelines, which is loaded when one of them is trained.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from detente.outlook.cases import Cases
from detente.outlook.numeric import squeeze

COX_FEATURES = (
    "since", "att_30", "att_90", "att_365", "phase_365", "attacks", "gap_mean", "lulls", "dec_90", "dec_365",
    "at_risk", "VC_30", "COOP_30", "TH_30", "MOB_30", "CO_30", "other_max_30", "place_30", "VC_lull", "COOP_lull",
)  # fmt: skip
FOLLOWED = 120  # days a case is followed by the Cox model


def episodes(cases: Cases, horizon: int) -> tuple[np.ndarray, np.ndarray]:
    """One (length in days, ended) per lull, cut off at the last day on which training outcomes were known."""
    end = int(cases.t.max()) + horizon
    keys = np.array([f"{s}|{u}|{d}" for s, u, d in zip(cases.stream, cases.unit, cases.last, strict=True)])
    _, at = np.unique(keys, return_index=True)
    ended = cases.next[at] <= end
    length = np.where(ended, cases.next[at], end) - cases.last[at]
    kept = length > 14
    return length[kept].astype(float), ended[kept].astype(int)


@dataclass(frozen=True, slots=True)
class LullLength:
    """P(ends within horizon | lasted until now), from a survival curve of lull lengths."""

    horizon: int
    survival: Callable[[np.ndarray], np.ndarray]

    def predict(self, cases: Cases) -> np.ndarray:
        """One minus the conditional survival."""
        now = cases.since.astype(float)
        return np.clip(1 - self.survival(now + self.horizon) / np.maximum(self.survival(now), 1e-9), 0, 1)


def kaplan_meier(cases: Cases, y: np.ndarray, horizon: int) -> LullLength:
    """The empirical survival curve; beyond the longest lull seen it stays flat."""
    from lifelines import KaplanMeierFitter

    length, ended = episodes(cases, horizon)
    curve = KaplanMeierFitter().fit(length, ended, entry=np.full(len(length), 14.0))
    longest = length.max()
    return LullLength(horizon, lambda d: curve.survival_function_at_times(np.minimum(d, longest)).to_numpy())


def weibull(cases: Cases, y: np.ndarray, horizon: int) -> LullLength:
    """A Weibull survival curve: hazard falls or rises as a power of time."""
    from lifelines import WeibullFitter

    length, ended = episodes(cases, horizon)
    curve = WeibullFitter().fit(length, ended, entry=np.full(len(length), 14.0))
    return LullLength(horizon, lambda d: np.exp(-((d / curve.lambda_) ** curve.rho_)))


@dataclass(frozen=True, slots=True)
class Cox:
    """A proportional-hazards model of the days from a forecast to the next attack."""

    horizon: int
    fitted: Any  # lifelines.CoxPHFitter
    names: tuple[str, ...]
    mean: np.ndarray
    spread: np.ndarray

    def predict(self, cases: Cases) -> np.ndarray:
        """One minus survival at the horizon."""
        x = np.clip((squeeze(cases.columns(self.names)) - self.mean) / self.spread, -4, 4)
        import pandas as pd

        table = self.fitted.predict_survival_function(pd.DataFrame(x, columns=list(self.names)), times=[self.horizon])
        return 1 - table.to_numpy()[0]


def cox(cases: Cases, y: np.ndarray, horizon: int, most: int = 6000) -> Cox:
    """Each case is a subject, censored after 120 days or when training outcomes end; at most `most` cases."""
    import pandas as pd
    from lifelines import CoxPHFitter

    x = squeeze(cases.columns([n for n in COX_FEATURES if n in cases.names]))
    named = [n for n in COX_FEATURES if n in cases.names]
    varied = x.std(0) > 1e-6
    names, x = tuple(n for n, v in zip(named, varied, strict=True) if v), x[:, varied]
    mean, spread = x.mean(0), x.std(0)
    end = int(cases.t.max()) + horizon
    ended = (cases.next <= end) & (cases.next - cases.t <= FOLLOWED)
    table = pd.DataFrame((x - mean) / spread, columns=list(names))
    table["days"] = np.maximum(np.minimum(np.minimum(cases.next, end) - cases.t, FOLLOWED), 0.5)
    table["ended"] = ended.astype(int)
    if len(table) > most:
        table = table.sample(most, random_state=0)
    return Cox(horizon, CoxPHFitter(penalizer=0.05).fit(table, "days", "ended"), names, mean, spread)
