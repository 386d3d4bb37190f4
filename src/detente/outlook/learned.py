"""Models that learn from all features: a ridge logistic regression and boosted trees.

The logistic regression is plain numpy; the trees are trained with the optional package lightgbm and
kept in a plain form, so that they can be stored as JSON and scored without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from detente.outlook.cases import Cases
from detente.outlook.history import SIGNALS
from detente.outlook.models import Forecaster
from detente.outlook.numeric import ridge_logistic, sigmoid, squeeze

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
        x = np.clip((squeeze(cases.columns(self.names)) - self.mean) / self.spread, -4, 4)
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
    """Boosted trees as arrays, one row per tree: a node n >= 0 splits, -n - 1 is leaf n.

    A case goes left where its feature is <= the threshold; leaf values add up to log-odds.
    """

    names: tuple[str, ...]
    feature: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    value: np.ndarray

    def predict(self, cases: Cases) -> np.ndarray:
        """One probability per case."""
        x, total = cases.columns(self.names), np.zeros(len(cases))
        for k in range(len(self.feature)):
            node = np.zeros(len(x), dtype=int)
            while (node >= 0).any():
                inner = np.flatnonzero(node >= 0)
                at = node[inner]
                goes_left = x[inner, self.feature[k, at]] <= self.threshold[k, at]
                node[inner] = np.where(goes_left, self.left[k, at], self.right[k, at])
            total += self.value[k, -node - 1]
        return sigmoid(total)


def _flatten(dump: dict[str, Any], leaves: int) -> tuple[np.ndarray, ...]:
    """LightGBM's nested tree as arrays of at most `leaves` leaves; a stump without split keeps its one value."""
    feature, left, right = (np.zeros(max(leaves - 1, 1), dtype=int) for _ in range(3))
    threshold, value = np.zeros(max(leaves - 1, 1)), np.zeros(leaves)
    left[:], right[:] = -1, -1

    def place(node: dict[str, Any]) -> int:
        if "split_index" not in node:
            leaf = int(node.get("leaf_index", 0))
            value[leaf] = node["leaf_value"]
            return -leaf - 1
        n = int(node["split_index"])
        feature[n], threshold[n] = node["split_feature"], node["threshold"]
        left[n], right[n] = place(node["left_child"]), place(node["right_child"])
        return n

    place(dump)
    return feature, threshold, left, right, value


def tree_settings(n: int, rate: float, leaves: int) -> dict[str, Any]:
    """LightGBM's settings for n cases: many small trees, strongly held back, the same on every run."""
    return {
        "objective": "binary", "learning_rate": rate, "num_leaves": leaves, "lambda_l2": 10,
        "min_data_in_leaf": min(200, max(20, n // 50)), "bagging_fraction": 0.7, "bagging_freq": 1,
        "feature_fraction": 0.3, "max_bin": 63, "verbose": -1, "num_threads": 1, "seed": 1, "deterministic": True,
    }  # fmt: skip


def fit_trees(
    cases: Cases,
    y: np.ndarray,
    names: Sequence[str],
    rounds: int = 250,
    rate: float = 0.035,
    leaves: int = 7,
    weight: np.ndarray | None = None,
) -> Trees:
    """Gradient-boosted trees (needs lightgbm), without the features that only grow."""
    import lightgbm

    kept = [n for n in names if n not in DRIFTING]
    booster = lightgbm.train(
        tree_settings(len(y), rate, leaves), lightgbm.Dataset(cases.columns(kept), y, weight=weight), rounds
    )
    dumped = [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
    arrays = [np.array(column) for column in zip(*(_flatten(d, leaves) for d in dumped), strict=True)]
    return Trees(tuple(kept), *arrays)


def logistic_with(pick: Any, strength: float = 30.0) -> Forecaster:
    """A forecaster: logistic regression on the features `pick` chooses by name."""
    return lambda cases, y, horizon: fit_logistic(cases, y, pick(cases.names), strength)


def trees_with(pick: Any) -> Forecaster:
    """A forecaster: boosted trees on the features `pick` chooses by name."""
    return lambda cases, y, horizon: fit_trees(cases, y, pick(cases.names))
