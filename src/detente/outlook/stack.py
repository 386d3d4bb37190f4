"""The outlook as it is issued: what was learned here, what ships, and recalibration on forecasts that have resolved."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from detente.outlook.cases import Cases, together
from detente.outlook.learned import everything, fit_logistic, without_signals
from detente.outlook.numeric import logit
from detente.outlook.online import Fit, Recalibration, recalibrate, walk_forward
from detente.outlook.pretrained import Pretrained, score_with

FADING = 1500.0  # days after which a training case counts half
WARM_UP = 0.4  # share of the training period after which forecasts for the record begin
RECORD = 1100  # days of such forecasts before the split, at most
REFITS = 7  # refits from there to the split, at most; after it they come at the same pace, however long the test is
POOLED = 40_000  # resolved cases after which what was learned here weighs as much as the shipped model


def faded(cases: Cases, today: int, half_life: float) -> np.ndarray:
    """A weight per case that halves with age; the newest case weighs 1, however old it is."""
    age = today - cases.t
    return 0.5 ** ((age - age.min()) / half_life)


def own_model(signals: bool = True) -> Fit:
    """What is learned from the streams' own past; with signals=False it sees no non-violent event."""
    pick = everything if signals else without_signals

    def logistic(cases: Cases, y: np.ndarray, horizon: int, today: int) -> Callable[[Cases], np.ndarray]:
        return fit_logistic(cases, y, pick(cases.names), 300.0, faded(cases, today, FADING)).predict

    return logistic


def _known(train: Cases, test: Cases, split: int, horizon: int) -> Cases:
    """Cases resolved before the split, of all training streams and of a test stream that is not among them."""
    unseen = test.take((test.t < split) & ~np.isin(test.stream.astype(str), sorted(set(train.stream.tolist()))))
    earlier = together([train, unseen])
    return earlier.take(earlier.t + horizon < split)


def _blend(cases: Cases, own: np.ndarray, shipped: np.ndarray, horizon: int) -> np.ndarray:
    """Log-odds of both, what was learned here counting more the more had resolved on the case's day."""
    order = np.sort(cases.t[cases.label(horizon) >= 0]) + horizon
    n = np.searchsorted(order, cases.t, "right")
    share = n / (n + POOLED)
    return np.where(np.isnan(own), shipped, share * own + (1 - share) * shipped)


def issue(
    train: Cases,
    test: Cases,
    split: int,
    horizon: int,
    pretrained: Sequence[Pretrained] = (),
    rule: Recalibration | None = None,
    signals: bool = True,
) -> np.ndarray:
    """Probabilities for the test cases with t >= split, in their order; other cases are NaN.

    train holds the cases of all training streams (the test stream's own earlier cases among them, if it is
    one). On each day only cases resolved by then are learned from, those of the test stream included. The
    first of the pretrained models that has seen none of these streams beyond the split takes part; where
    nothing could be trained, the past share of resumed lulls stands.
    """
    past = _known(train, test, split, horizon)
    both = together([past, test.take(test.t >= split)])
    first = int(both.t.min())
    start = max(first + int(WARM_UP * (split - first)), split - RECORD)
    step = max(90, (split - start) // REFITS)
    start = split - (split - start) // step * step
    score = walk_forward(both, horizon, start, own_model(signals), step)
    streams = sorted(set(both.stream.tolist()))
    fitting = next((p for p in pretrained if p.fits_before(streams, split)), None)
    if fitting is not None:
        shipped = logit(score_with(fitting.full[horizon], both)).mean(axis=1)
        score = _blend(both, score, np.where(both.t >= start, shipped, np.nan), horizon)
    p = recalibrate(both, score, horizon, split, rule or Recalibration())
    found = np.full(len(test), np.nan)
    found[test.t >= split] = np.where(np.isnan(p), _share(past, horizon), p)[len(past) :]
    return found


def issue_all(
    train: Cases,
    test: Cases,
    split: int,
    horizons: Sequence[int],
    pretrained: Sequence[Pretrained] = (),
    signals: bool = True,
) -> dict[int, np.ndarray]:
    """What `issue` gives for each horizon, a longer one never less likely than a shorter one."""
    found: dict[int, np.ndarray] = {}
    least = np.full(len(test), np.nan)
    for h in sorted(horizons):
        least = found[h] = np.fmax(issue(train, test, split, h, pretrained, signals=signals), least)
    return found


def _share(past: Cases, horizon: int) -> float:
    """The share of past cases that resumed: all there is to say where nothing could be trained."""
    y = past.label(horizon)
    return float(y[y >= 0].mean()) if (y >= 0).any() else 0.5
