"""Forecasts from a Series: frozen, with a rule that a machine can check, and resolved by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.outlook.forecasts import correction, forecast, read_rule, resolve, rule_for
from detente.outlook.words import lint
from detente.records import Day, InputError, Lull, Series

FIRST, TODAY = date(2031, 1, 1), date(2031, 12, 1)


def a_series(attacks: tuple[int, ...], as_of: date = TODAY, **every_tenth: int) -> Series:
    """A year of days with five reports each, attacks on the given days, other lines on every tenth day."""
    days = []
    for n in range((as_of - FIRST).days + 1):
        other = every_tenth if n % 10 == 0 else {}
        days.append(Day(FIRST + timedelta(days=n), acts=int(n in attacks), reports=5, **other))
    return Series("ark-bor", as_of, tuple(days))


BUSY = tuple(range(40, 300, 4))
LULL = Lull("ark-bor", TODAY, "lull")


def test_a_forecast_carries_all_that_is_needed_to_judge_it():
    made = forecast(a_series(BUSY, threats=1), LULL)
    assert [f.horizon for f in made] == [7, 30, 90]
    assert made[0].probability < made[1].probability < made[2].probability
    for f in made:
        assert 0 <= f.low <= f.probability <= f.high <= 1 and 0 < f.base_rate < 1 and f.resolved is None
        assert f.made == TODAY and f.model and lint(f.words + ".") == []
        assert read_rule(f.rule) == ("ark-bor", "acts", 1, TODAY, TODAY + timedelta(days=f.horizon))


def test_a_dyad_that_fought_often_and_lately_gets_more_than_one_that_fought_little_and_long_ago():
    often, little = (forecast(a_series(a), LULL, horizons=(30,))[0] for a in ((*BUSY, 310, 315), (40, 44, 48, 52)))
    assert often.probability > little.probability + 0.1


def test_nothing_is_forecast_without_an_attack_to_resume_from():
    assert forecast(a_series(()), LULL) == ()


def test_days_after_the_series_own_date_do_not_count():
    series = a_series(BUSY)
    later = replace(series, days=(*series.days, Day(TODAY + timedelta(days=3), acts=9, reports=9)))
    assert forecast(later, LULL) == forecast(series, LULL)


def test_an_unknown_horizon_is_refused():
    with pytest.raises(InputError, match="no model for 5 days; there are 7, 30, 90"):
        forecast(a_series(BUSY), LULL, horizons=(5,))


def test_a_record_of_too_low_forecasts_raises_the_next_one():
    now = forecast(a_series(BUSY), LULL, horizons=(30,))[0]
    missed = [replace(now, made=TODAY - timedelta(days=n), probability=0.1, resolved=True) for n in range(40, 400, 7)]
    assert correction((), 30) == (0.0, 1.0)
    assert forecast(a_series(BUSY), LULL, horizons=(30,), record=missed)[0].probability > now.probability


def outcome(*days: Day, as_of: int) -> bool | None:
    made = forecast(a_series(BUSY), LULL, horizons=(7,))[0]
    return resolve(made, days, TODAY + timedelta(days=as_of)).resolved


def on(n: int, **lines: int) -> Day:
    return Day(TODAY + timedelta(days=n), **lines)


def test_forecasts_resolve_by_their_own_rule():
    assert outcome(on(3, acts=1, reports=1), as_of=3) is True
    assert outcome(on(0, acts=1, reports=1), on(8, acts=1, reports=1), on(4, reports=2), as_of=9) is False
    assert outcome(on(3, threats=1, reports=1), as_of=6) is None, "the window is still open"
    assert outcome(on(3, reports=0), as_of=30) is None, "nobody was listening"
    assert outcome(on(7, acts=1, reports=1), as_of=6) is None, "not known yet"


def test_a_rule_that_cannot_be_read_is_refused():
    with pytest.raises(InputError, match="not a resolution rule"):
        read_rule("peace in our time")


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 400))
def test_rules_can_be_read_back(made, horizon):
    assert read_rule(rule_for("a-b", made, horizon)) == ("a-b", "acts", 1, made, made + timedelta(days=horizon))
