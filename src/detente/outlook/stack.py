"""The outlook as it is issued: members, their mean, and recalibration on forecasts that have resolved."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from detente.outlook.cases import Cases, together
from detente.outlook.learned import everything, fit_logistic, fit_trees, history_only, without_signals
from detente.outlook.models import Model
from detente.outlook.online import Fit, Recalibration, recalibrate, walk_forward
from detente.outlook.pretrained import Pretrained

FADING = 1500.0  # days after which a training case counts half
WARM_UP = 0.5  # share of the training period after which members begin to forecast for the record


def _logistic(pick: Callable[[tuple[str, ...]], tuple[str, ...]], strength: float) -> Fit:
    def fit(cases: Cases, y: np.ndarray, horizon: int, today: int) -> Callable[[Cases], np.ndarray]:
        return fit_logistic(cases, y, pick(cases.names), strength, 0.5 ** ((today - cases.t) / FADING)).predict

    return fit


def _trees(pick: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Fit:
    def fit(cases: Cases, y: np.ndarray, horizon: int, today: int) -> Callable[[Cases], np.ndarray]:
        return fit_trees(cases, y, pick(cases.names), weight=0.5 ** ((today - cases.t) / FADING)).predict

    return fit


def fixed(model: Model) -> Fit:
    """A member that came trained and stays as it is."""
    return lambda cases, y, horizon, today: model.predict


def members(pretrained: Pretrained | None, horizon: int, signals: bool = True) -> list[Fit]:
    """What is averaged: regressions and trees of the streams' own past, and the shipped ones if allowed.

    Trees need lightgbm and are left out without it. With signals=False nothing sees a non-violent event.
    """
    whole = everything if signals else without_signals
    own: list[Fit] = [_logistic(history_only, 30.0), _logistic(whole, 100.0)]
    if find_spec("lightgbm"):
        own += [_trees(without_signals), _trees(whole)]
    return own + [fixed(m) for m in (pretrained.full[horizon] if pretrained else ())]


def issue(
    train: Cases,
    test: Cases,
    split: int,
    horizon: int,
    pretrained: Pretrained | None = None,
    rule: Recalibration | None = None,
    refit: int = 90,
    signals: bool = True,
) -> np.ndarray:
    """Probabilities for the test cases with t >= split, in their order; other cases are NaN.

    train holds the cases of all training streams (the test stream's own earlier cases among them, if it is
    one). On each day only cases resolved by then are learned from, those of the test stream included.
    """
    named = set(train.stream.tolist())
    unseen = test.take((test.t < split) & ~np.isin(test.stream.astype(str), sorted(named)))
    earlier = together([train, unseen])
    before = earlier.take(earlier.t + horizon < split)
    both = together([before, test.take(test.t >= split)])
    if pretrained is not None and not pretrained.fits_before(sorted(named | set(test.stream.tolist())), split):
        pretrained = None
    start = int(before.t.min() + WARM_UP * (split - before.t.min())) if len(before) else split
    days = list(range(split, start, -refit))
    scores = walk_forward(both, horizon, days[-1] if days else split, members(pretrained, horizon, signals), refit)
    mean = scores.mean(axis=1, keepdims=True)
    p = recalibrate(both, mean, horizon, split, rule or Recalibration())
    found = np.full(len(test), np.nan)
    found[test.t >= split] = p[len(before) :]
    return found
