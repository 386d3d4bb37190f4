"""Forecasts for one dyad from its Series: frozen when made, with a rule a machine can check, and resolved by it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from detente.outlook.cases import HORIZONS, NEVER, Cases
from detente.outlook.features import own_only
from detente.outlook.history import EMPTY, History
from detente.outlook.numeric import logit, ridge_logistic, sigmoid
from detente.outlook.pretrained import Pretrained, load, score_with
from detente.outlook.streams import to_day
from detente.outlook.words import phrase
from detente.records import Day, Forecast, InputError, Lull, Series

LINES = {"TH": "threats", "MOB": "posture", "CF": "withdrawal", "COOP": "cooperation"}
WIDE = 1.645  # standard deviations that leave 5 % on either side


def history_of(series: Series, until: date) -> History:
    """A Series as the own record of a dyad, attacks up to `until`, the rest up to the series' own day."""
    known = sorted((d for d in series.days if d.day <= series.as_of), key=lambda d: d.day)
    at = np.array([to_day(d.day) for d in known], dtype=int)

    def repeated(line: str) -> np.ndarray:
        return np.repeat(at, [getattr(d, line) for d in known]) if len(at) else EMPTY

    acts = repeated("acts")
    attacks, weights = np.unique(acts[acts <= to_day(until)], return_counts=True)
    first = int(at[0]) if len(at) else to_day(series.as_of)
    return History(attacks, weights, {s: repeated(line) for s, line in LINES.items()}, repeated("reports"), first)


def case_of(series: Series, lull: Lull) -> Cases | None:
    """The one case a lull poses on the series' day, with features; None if there is no attack to resume from."""
    history = history_of(series, lull.since or series.as_of)
    if not len(history.attacks):
        return None
    t, last = np.array([to_day(series.as_of)]), history.attacks[-1:]
    label = np.array([series.dyad], dtype=object)
    return own_only(history, Cases(label, label, t, last, np.array([NEVER]), t, np.empty((1, 0))))


def rule_for(dyad: str, made: date, horizon: int) -> str:
    """The resolution rule in words a machine can read: one or more acts of violence inside the window."""
    return f"dyad={dyad}; class=acts; at_least=1; after={made.isoformat()}; until={made + timedelta(days=horizon)}"


def read_rule(rule: str) -> tuple[str, str, int, date, date]:
    """Dyad, line of the Series, threshold, and the window (after, until]; raises InputError if unreadable."""
    try:
        part = dict(item.split("=", 1) for item in rule.split("; "))
        window = date.fromisoformat(part["after"]), date.fromisoformat(part["until"])
        return part["dyad"], part["class"], int(part["at_least"]), *window
    except (KeyError, ValueError):
        raise InputError(f"not a resolution rule: {rule!r}") from None


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
    lull: Lull,
    *,
    horizons: Sequence[int] = HORIZONS,
    model: Pretrained | None = None,
    record: Sequence[Forecast] = (),
    yardstick: str = "icd203",
) -> tuple[Forecast, ...]:
    """Probability that violence resumes within each horizon, made on `series.as_of`.

    Empty if the series has no attack to resume from. `record` holds earlier forecasts; the resolved ones
    made by the same model recalibrate it. low and high span the models' disagreement and the spread between
    dyads seen in training (90 %). Raises InputError for a horizon the model was not trained for.
    """
    model, case = model or load(), case_of(series, lull)
    if case is None:
        return ()
    own_record = [f for f in record if f.model == model.version and f.made < series.as_of]
    return tuple(_one(series, case, h, model, own_record, yardstick) for h in horizons)


def _one(
    series: Series, case: Cases, horizon: int, model: Pretrained, record: Sequence[Forecast], yardstick: str
) -> Forecast:
    if horizon not in model.own:
        raise InputError(f"no model for {horizon} days; there are {', '.join(map(str, sorted(model.own)))}")
    scores = logit(score_with(model.own[horizon], case))[0]
    intercept, slope = correction(record, horizon)
    centre = intercept + slope * float(scores.mean())
    spread = WIDE * float(np.hypot(scores.std(), model.spread[horizon]))
    low, p, high = (round(float(sigmoid(np.array(centre + s))), 3) for s in (-spread, 0.0, spread))
    rule, base = rule_for(series.dyad, series.as_of, horizon), model.base[horizon]
    key = hashlib.sha256(f"{rule}|{model.version}".encode()).hexdigest()[:16]
    words = f"{phrase(p, yardstick)} that violence resumes within {horizon} days"
    return Forecast(f"f-{key}", series.dyad, series.as_of, horizon, p, low, high, base, model.version, rule, words)


def resolve(forecast: Forecast, days: Iterable[Day], as_of: date) -> Forecast:
    """The forecast with its outcome, judged by its own rule on the dyad's days as known on `as_of`.

    True as soon as the rule is met; False when the window is over, quiet, and anything was reported in it;
    otherwise unchanged: silence of the sources is not peace.
    """
    _, line, needed, after, until = read_rule(forecast.rule)
    window = [d for d in days if after < d.day <= min(until, as_of)]
    if sum(getattr(d, line) for d in window) >= needed:
        return replace(forecast, resolved=True)
    if as_of >= until and any(d.reports for d in window):
        return replace(forecast, resolved=False)
    return forecast
