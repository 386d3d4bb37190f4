"""Which features there are, and two models that learn from them: a ridge logistic regression and boosted trees.

The logistic regression is plain numpy; the trees, a baseline, need the optional package lightgbm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from detente.outlook.cases import Cases
from detente.outlook.history import SIGNALS
from detente.outlook.models import Forecaster
from detente.outlook.numeric import ridge_logistic, sigmoid, squeeze, standardised

FAR = 4.0  # standard deviations beyond which a feature counts no further
DRIFTING = frozenset({"age", "expo", "attacks", "density"})  # grow with the stream's age: trees extrapolate them badly
_SIGNAL_PREFIXES = (*(f"{s}_" for s in SIGNALS), "words_", "share_", "coop_share", "hostile_trend")
_CONTEXT_PREFIXES = ("other_", "strikes_", "root_", "kin_", "seen_", "place_", "all_", "kindred_", "record_")


def signals(names: Sequence[str]) -> tuple[str, ...]:
    """The features made of non-violent events inside the dyad."""
    return tuple(n for n in names if n.startswith(_SIGNAL_PREFIXES))


def surroundings(names: Sequence[str]) -> tuple[str, ...]:
    """The features made of what happens around the dyad."""
    return tuple(n for n in names if n.startswith(_CONTEXT_PREFIXES))


def history_only(names: Sequence[str]) -> tuple[str, ...]:
    """The features made of the dyad's own attacks alone."""
    left_out = set(signals(names)) | set(surroundings(names)) | {"volume", "density"}
    return tuple(n for n in names if n not in left_out)


def series_record(names: Sequence[str]) -> tuple[str, ...]:
    """What a Series can give: attacks, threats, posture, withdrawal, cooperation, and the change in coverage."""
    return (*history_only(names), *(n for n in names if n.startswith(("TH_", "MOB_", "CF_", "COOP_"))), "volume")


def without_signals(names: Sequence[str]) -> tuple[str, ...]:
    """History and violence around the dyad; no non-violent event of any kind."""
    left_out = set(signals(names)) | {n for n in names if n.startswith(("seen_", "place_all"))} | {"volume", "density"}
    return tuple(n for n in names if n not in left_out)


def everything(names: Sequence[str]) -> tuple[str, ...]:
    """All features."""
    return tuple(names)


@dataclass(frozen=True, slots=True)
class Logistic:
    """Standardised, squeezed features times coefficients; `weights[0]` is the intercept."""

    names: tuple[str, ...]
    mean: np.ndarray
    spread: np.ndarray
    weights: np.ndarray

    def design(self, cases: Cases) -> np.ndarray:
        """Rows of 1 and features, cut at four standard deviations."""
        x = standardised(cases.columns(self.names), self.mean, self.spread, FAR)
        return np.column_stack([np.ones(len(x)), x])

    def predict(self, cases: Cases) -> np.ndarray:
        """One probability per case."""
        return sigmoid(self.design(cases) @ self.weights)


def fit_logistic(
    cases: Cases, y: np.ndarray, names: Sequence[str], strength: float = 30.0, weight: np.ndarray | None = None
) -> Logistic:
    """Ridge logistic regression; `strength` is the penalty on a standardised coefficient."""
    x = squeeze(cases.columns(names))
    blank = Logistic(tuple(names), x.mean(0), x.std(0) + 1e-9, np.empty(0))
    penalty = np.full(len(names) + 1, strength)
    penalty[0] = 1e-6
    each = np.ones(len(y)) if weight is None else weight
    fitted = ridge_logistic(blank.design(cases), y, each, penalty, np.zeros(len(penalty)))
    return Logistic(blank.names, blank.mean, blank.spread, fitted)


@dataclass(frozen=True, slots=True)
class Trees:
    """Boosted trees: a baseline, trained and scored by lightgbm."""

    names: tuple[str, ...]
    booster: Any  # lightgbm.Booster

    def predict(self, cases: Cases) -> np.ndarray:
        """One probability per case."""
        return np.asarray(self.booster.predict(cases.columns(self.names)))


def boosted_trees(cases: Cases, y: np.ndarray, horizon: int) -> Trees:
    """Gradient-boosted trees (needs lightgbm) on all features but those that only grow, by the benchmark's settings."""
    import lightgbm

    kept = tuple(n for n in cases.names if n not in DRIFTING)
    settings = {
        "objective": "binary", "learning_rate": 0.025, "num_leaves": 15, "min_data_in_leaf": 80, "lambda_l2": 10,
        "bagging_fraction": 0.7, "bagging_freq": 1, "feature_fraction": 0.4, "verbose": -1, "num_threads": 1, "seed": 1,
        "deterministic": True,
    }  # fmt: skip
    return Trees(kept, lightgbm.train(settings, lightgbm.Dataset(cases.columns(kept), y), 250))


def logistic_with(pick: Any, strength: float = 30.0) -> Forecaster:
    """A forecaster: logistic regression on the features `pick` chooses by name."""
    return lambda cases, y, horizon: fit_logistic(cases, y, pick(cases.names), strength)
