"""One backtest of everything: the outlook as it would have been issued, beside the simple models it has to beat."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np

from detente.outlook.backtest import Scores, score
from detente.outlook.cases import HORIZONS, Cases
from detente.outlook.hawkes import hawkes
from detente.outlook.learned import boosted_trees, everything, history_only, logistic_with
from detente.outlook.models import Forecaster, climatology, gamma_poisson, time_since
from detente.outlook.pretrained import Pretrained
from detente.outlook.stack import issue_all
from detente.outlook.streams import Stream, to_date
from detente.outlook.survival import cox, kaplan_meier, weibull
from detente.records import InputError

OUTLOOK, CLIMATOLOGY = "outlook", "base rate"
FEW, SHARE = 30, 0.6  # cases needed on either side of a split; share of the stream that trains by default


def simple_models() -> dict[str, Forecaster]:
    """The baselines that can be fitted with what is installed (see the extra `outlook`)."""
    found: dict[str, Forecaster] = {
        CLIMATOLOGY: climatology,
        "time since": time_since,
        "gamma-Poisson": gamma_poisson,
        "logistic, own attacks": logistic_with(history_only, 100.0),
        "logistic, all features": logistic_with(everything, 300.0),
    }
    if find_spec("lightgbm"):
        found["boosted trees"] = boosted_trees
    if find_spec("scipy"):
        found["Hawkes"] = hawkes
    if find_spec("lifelines"):
        found |= {"Kaplan-Meier": kaplan_meier, "Weibull": weibull, "Cox": cox}
    return found


def default_split(stream: Stream) -> int:
    """The day on which 60 % of the stream's time is over."""
    return int(stream.first + SHARE * (stream.last - stream.first))


def evaluate(
    cases: Cases,
    split: int,
    end: int | None = None,
    horizons: Sequence[int] = HORIZONS,
    pretrained: Sequence[Pretrained] = (),
    models: Mapping[str, Forecaster] | None = None,
) -> tuple[Scores, ...]:
    """Scores of the outlook and of each simple model on the cases from `split` on, resolved by `end` if given.

    Raises InputError where a horizon has too few cases to learn from or to score.
    """
    if end is not None:
        cases = dataclasses.replace(cases, end=np.minimum(cases.end, end))
        cases = cases.take(cases.t <= end)
    found: list[Scores] = []
    issued: dict[int, np.ndarray] = {}
    for h in horizons:
        y = cases.label(h)
        train, test = (cases.t + h < split) & (y >= 0), (cases.t >= split) & (y >= 0)
        if min(train.sum(), test.sum()) < FEW:
            raise InputError(
                f"{int(train.sum())} forecast days before {to_date(split)} and {int(test.sum())} from there on can be "
                f"scored at {h} days; {FEW} of each are needed: give a longer stream or another --split"
            )
        past, future = cases.take(train), cases.take(test)
        opening = past.since <= past.since.min()
        base, first = float(y[train].mean()), float(y[train][opening].mean())
        issued = issued or issue_all(cases, cases, split, horizons, pretrained)
        found.append(score(OUTLOOK, h, future, issued[h][test], base, first))
        for name, fit in (models if models is not None else simple_models()).items():
            found.append(score(name, h, future, fit(past, y[train], h).predict(future), base, first))
    return tuple(found)


def as_json(results: Sequence[Scores], about: Mapping[str, Any]) -> str:
    """The scores as JSON: what was run, then `scores` by horizon and model."""
    by_horizon: dict[str, dict[str, Any]] = {}
    for s in results:
        by_horizon.setdefault(str(s.horizon), {})[s.model] = dataclasses.asdict(s)
    return json.dumps({**about, "scores": by_horizon}, indent=1, ensure_ascii=False) + "\n"
