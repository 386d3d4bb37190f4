"""Forecasts for one dyad of a theatre: frozen when made, with a rule a machine can check, and resolved by it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from detente.outlook.cases import HORIZONS, NEVER, Cases
from detente.outlook.features import own_only
from detente.outlook.history import EMPTY, History
from detente.outlook.numeric import logit, ridge_logistic, sigmoid
from detente.outlook.pretrained import Pretrained, load, score_with
from detente.outlook.rules import read_rule, rule_for
from detente.outlook.streams import to_day
from detente.outlook.words import phrase
from detente.records import Forecast, InputError, Series
from detente.reference.theatre import LullDefinition

LINES = {"TH": "threats", "MOB": "posture", "CF": "withdrawal", "COOP": "cooperation"}
WIDE = 1.645  # standard deviations that leave 5 % on either side


def history_of(series: Series, attacks: Sequence[date]) -> History:
    """The own record of a dyad: attacks of the target class, and the other lines of its Series, up to its day."""
    known = sorted((d for d in series.days if d.day <= series.as_of), key=lambda d: d.day)
    at = np.array([to_day(d.day) for d in known], dtype=int)

    def repeated(line: str) -> np.ndarray:
        return np.repeat(at, [getattr(d, line) for d in known]) if len(at) else EMPTY

    struck = np.array([to_day(d) for d in attacks if d <= series.as_of], dtype=int)
    days, weights = np.unique(struck, return_counts=True)
    first = int(at[0]) if len(at) else to_day(series.as_of)
    return History(days, weights, {s: repeated(line) for s, line in LINES.items()}, repeated("reports"), first)


def case_of(series: Series, attacks: Sequence[date]) -> Cases | None:
    """The one case of the series' day, with features; None if there is no attack to resume from."""
    history = history_of(series, attacks)
    if not len(history.attacks):
        return None
    t, last = np.array([to_day(series.as_of)]), history.attacks[-1:]
    label = np.array([series.dyad], dtype=object)
    return own_only(history, Cases(label, label, t, last, np.array([NEVER]), t, np.empty((1, 0))))


def correction(record: Sequence[Forecast], horizon: int) -> tuple[float, float]:
    """Intercept and slope on the log-odds scale learned from resolved forecasts; (0, 1) without any.

    Held near (0, 1), so that a short record moves little; overlapping forecasts count less.
    """
    known = [f for f in record if f.resolved is not None and f.horizon == horizon]
    if not known:
        return 0.0, 1.0
    score = logit(np.array([f.probability for f in known]))
    y = np.array([float(bool(f.resolved)) for f in known])
    each = np.full(len(y), (7 / max(horizon, 7)) ** 0.5)
    x, penalty = np.column_stack([np.ones(len(y)), score]), np.array([2.0, 8.0])
    intercept, slope = ridge_logistic(x, y, each, penalty, np.array([0.0, 1.0]))
    return float(intercept), float(slope)


def forecast(
    series: Series,
    attacks: Sequence[date],
    definition: LullDefinition | None = None,
    *,
    horizons: Sequence[int] = HORIZONS,
    model: Pretrained | None = None,
    record: Sequence[Forecast] = (),
    yardstick: str = "icd203",
) -> tuple[Forecast, ...]:
    """Probability that an attack of the theatre's target class comes within each horizon, made on `series.as_of`.

    `attacks` are the days of attacks that count under `definition` (see `target_attacks`); empty if there is
    none. `record` holds earlier forecasts; those made by the same model that had resolved by then recalibrate
    it. low and high span the models' disagreement and how far a year of a strange stream strays (90 %). Raises
    InputError for a horizon the model was not trained for.
    """
    model, case, definition = model or load(), case_of(series, attacks), definition or LullDefinition()
    if case is None:
        return ()
    known = [f for f in record if f.model == model.version and read_rule(f.rule).until <= series.as_of]
    made: dict[int, Forecast] = {}
    for h in sorted(horizons):
        least = max((f.probability for f in made.values()), default=0.0)
        made[h] = _one(series, case, h, model, known, definition, yardstick, least)
    return tuple(made[h] for h in horizons)


def _one(
    series: Series,
    case: Cases,
    horizon: int,
    model: Pretrained,
    record: Sequence[Forecast],
    definition: LullDefinition,
    yardstick: str,
    least: float,
) -> Forecast:
    if horizon not in model.own:
        raise InputError(f"no model for {horizon} days; there are {', '.join(map(str, sorted(model.own)))}")
    scores = logit(score_with(model.own[horizon], case))[0]
    intercept, slope = correction(record, horizon)
    centre = intercept + slope * float(scores.mean())
    spread = WIDE * float(np.hypot(scores.std(), model.spread[horizon]))
    low, p, high = (round(float(sigmoid(np.array(centre + s))), 3) for s in (-spread, 0.0, spread))
    p = max(p, least)  # a longer time is never less likely than a shorter one
    high = max(p, high)
    rule, base = str(rule_for(series.dyad, definition, series.as_of, horizon)), model.base[horizon]
    key = hashlib.sha256(f"{rule}|{model.version}".encode()).hexdigest()[:16]
    words = f"{phrase(p, yardstick)} that an attack on {definition.target_class} comes within {horizon} days"
    return Forecast(f"f-{key}", series.dyad, series.as_of, horizon, p, low, high, base, model.version, rule, words)


def resolve(forecast: Forecast, attacks: Iterable[date], heard: Iterable[date], as_of: date) -> Forecast:
    """The forecast with its outcome, judged by its own rule on what was known on `as_of`.

    `attacks`: days of attacks that count under the rule's definition; `heard`: days on which any report came.
    True as soon as the rule is met; False when the window is over, quiet, and anything was reported in it;
    otherwise unchanged: silence of the sources is not peace.
    """
    rule = read_rule(forecast.rule)
    end = min(rule.until, as_of)
    if sum(rule.after < day <= end for day in attacks) >= rule.at_least:
        return replace(forecast, resolved=True)
    if as_of >= rule.until and any(rule.after < day <= end for day in heard):
        return replace(forecast, resolved=False)
    return forecast
