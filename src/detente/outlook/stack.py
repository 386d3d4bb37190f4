"""The outlook as it is issued: members, their mean, and recalibration on forecasts that have resolved."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from detente.outlook.cases import Cases, together
from detente.outlook.learned import everything, fit_logistic, fit_trees, history_only, uses_signals, without_signals
from detente.outlook.models import Model
from detente.outlook.numeric import logit
from detente.outlook.online import Fit, Recalibration, adapt, recalibrate, walk_forward
from detente.outlook.pretrained import Pretrained, score_with

FADING, FADING_TREES = 1500.0, 4000.0  # days after which a training case counts half; trees need more cases
WARM_UP = 0.4  # share of the training period after which members begin to forecast for the record
RECORD = 1100  # days of such forecasts before the split, at most
REFITS = 14  # refits from there to the last case, at most


def faded(cases: Cases, today: int, half_life: float) -> np.ndarray:
    """A weight per case that halves with age; the newest case weighs 1, however old it is."""
    age = today - cases.t
    return 0.5 ** ((age - age.min()) / half_life)


def _logistic(pick: Callable[[tuple[str, ...]], tuple[str, ...]], strength: float) -> Fit:
    def fit(cases: Cases, y: np.ndarray, horizon: int, today: int) -> Callable[[Cases], np.ndarray]:
        return fit_logistic(cases, y, pick(cases.names), strength, faded(cases, today, FADING)).predict

    return fit


def _trees(pick: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Fit:
    def fit(cases: Cases, y: np.ndarray, horizon: int, today: int) -> Callable[[Cases], np.ndarray]:
        return fit_trees(cases, y, pick(cases.names), weight=faded(cases, today, FADING_TREES)).predict

    return fit


def members(signals: bool = True) -> list[Fit]:
    """What is learned from the streams' own past; trees need lightgbm and are left out without it.

    With signals=False nothing sees a non-violent event.
    """
    whole = everything if signals else without_signals
    own: list[Fit] = [_logistic(history_only, 30.0), _logistic(whole, 100.0)]
    if find_spec("lightgbm"):
        own += [_trees(without_signals), _trees(whole)]
    return own


def _usable(pretrained: Pretrained | None, horizon: int, streams: set[str], split: int, signals: bool) -> list[Model]:
    if pretrained is None or not pretrained.fits_before(sorted(streams), split):
        return []
    return [m for m in pretrained.full[horizon] if signals or not uses_signals(m)]


def _known(train: Cases, test: Cases, split: int, horizon: int) -> Cases:
    """Cases resolved before the split, of all training streams and of a test stream that is not among them."""
    unseen = test.take((test.t < split) & ~np.isin(test.stream.astype(str), sorted(set(train.stream.tolist()))))
    earlier = together([train, unseen])
    return earlier.take(earlier.t + horizon < split)


def issue(
    train: Cases,
    test: Cases,
    split: int,
    horizon: int,
    pretrained: Pretrained | None = None,
    rule: Recalibration | None = None,
    signals: bool = True,
) -> np.ndarray:
    """Probabilities for the test cases with t >= split, in their order; other cases are NaN.

    train holds the cases of all training streams (the test stream's own earlier cases among them, if it is
    one). On each day only cases resolved by then are learned from, those of the test stream included. The
    shipped model takes part unless it has seen one of these streams beyond the split; where nothing could be
    trained, the past share of resumed lulls stands.
    """
    past = _known(train, test, split, horizon)
    both = together([past, test.take(test.t >= split)])
    first = int(both.t.min())
    start = max(first + int(WARM_UP * (split - first)), split - RECORD)
    step = max(90, (int(both.t.max()) - start) // REFITS)
    start = split - (split - start) // step * step
    scores = walk_forward(both, horizon, start, members(signals), step)
    shipped = _usable(pretrained, horizon, set(both.stream.tolist()), split, signals)
    if shipped:
        moved = adapt(both, logit(score_with(shipped, both)), horizon, start, step)
        scores = np.column_stack([scores, moved]) if not np.isnan(scores[both.t >= split]).any() else moved
    p = recalibrate(both, scores.mean(axis=1, keepdims=True), horizon, split, rule or Recalibration())
    found = np.full(len(test), np.nan)
    found[test.t >= split] = np.where(np.isnan(p), _share(past, horizon), p)[len(past) :]
    return found


def _share(past: Cases, horizon: int) -> float:
    """The share of past cases that resumed: all there is to say where nothing could be trained."""
    y = past.label(horizon)
    return float(y[y >= 0].mean()) if (y >= 0).any() else 0.5
