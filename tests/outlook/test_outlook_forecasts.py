"""Forecasts of a dyad: frozen, about the theatre's own target class, with a rule that a machine can check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.outlook.forecasts import correction, forecast, resolve
from detente.outlook.record import hit, merged, public_record
from detente.outlook.rules import read_rule, rule_for, target_attacks
from detente.outlook.words import lint
from detente.records import Day, Dyad, Forecast, Incident, InputError, Interval, Series
from detente.reference.theatre import LullDefinition
from detente.tension.sides import Watch

FIRST, TODAY = date(2031, 1, 1), date(2031, 12, 1)
BASES = LullDefinition(target_class="bases of Arkonia", direction="b-to-a")


def a_series(as_of: date = TODAY, **every_tenth: int) -> Series:
    """A year of days with five reports each; other lines on every tenth day."""
    days = []
    for n in range((as_of - FIRST).days + 1):
        other = every_tenth if n % 10 == 0 else {}
        days.append(Day(FIRST + timedelta(days=n), reports=5, **other))
    return Series("ark-bor", as_of, tuple(days))


def on_days(numbers) -> list[date]:
    return [FIRST + timedelta(days=n) for n in numbers]


BUSY = on_days(range(40, 300, 4))


def one(attacks=BUSY, horizon: int = 30, **more) -> Forecast:
    return forecast(a_series(), attacks, BASES, horizons=(horizon,), **more)[0]


def test_a_forecast_carries_all_that_is_needed_to_judge_it():
    made = forecast(a_series(threats=1), BUSY, BASES)
    assert [f.horizon for f in made] == [7, 30, 90]
    assert made[0].probability < made[1].probability < made[2].probability
    for f in made:
        assert 0 <= f.low <= f.probability <= f.high <= 1 and 0 < f.base_rate < 1 and f.resolved is None
        assert f.made == TODAY and f.model and lint(f"It is {f.words}.") == [] and "bases of Arkonia" in f.words
        rule = read_rule(f.rule)
        assert (rule.dyad, rule.at_least, rule.after) == ("ark-bor", 1, TODAY)
        assert rule.until == TODAY + timedelta(days=f.horizon) and rule.definition.direction == "b-to-a"


def test_a_dyad_that_fought_often_and_lately_gets_more_than_one_that_fought_little_and_long_ago():
    often, little = one([*BUSY, *on_days((310, 315))]), one(on_days((40, 44, 48, 52)))
    assert often.probability > little.probability + 0.1


def test_nothing_is_forecast_without_an_attack_to_resume_from():
    assert forecast(a_series(), ()) == ()


def test_days_after_the_series_own_date_do_not_count():
    series, later = a_series(), TODAY + timedelta(days=3)
    longer = replace(series, days=(*series.days, Day(later, threats=9, reports=9)))
    assert forecast(longer, [*BUSY, later], BASES) == forecast(series, BUSY, BASES)


def test_an_unknown_horizon_is_refused():
    with pytest.raises(InputError, match="no model for 5 days; there are 7, 30, 90"):
        one(horizon=5)


def test_a_record_of_too_low_forecasts_raises_the_next_one_once_their_windows_are_over():
    now = one()

    def missed(days_ago: range) -> list[Forecast]:
        days = [TODAY - timedelta(days=n) for n in days_ago]
        return [replace(now, made=d, probability=0.1, resolved=True, rule=str(rule_for("ark-bor", BASES, d, 30))) for d in days]  # fmt: skip

    assert correction((), 30) == (0.0, 1.0)
    assert one(record=missed(range(40, 400, 7))).probability > now.probability
    assert one(record=missed(range(1, 29, 7))).probability == now.probability


def outcome(attacks=(), heard=(), as_of: int = 0) -> bool | None:
    day = lambda n: TODAY + timedelta(days=n)  # noqa: E731
    return resolve(one(horizon=7), map(day, attacks), map(day, heard), day(as_of)).resolved


def test_forecasts_resolve_by_their_own_rule():
    assert outcome(attacks=[3], heard=[3], as_of=3) is True
    assert outcome(attacks=[0, 8], heard=[4], as_of=9) is False
    assert outcome(heard=[3], as_of=6) is None, "the window is still open"
    assert outcome(as_of=30) is None, "nobody was listening"
    assert outcome(attacks=[7], heard=[7], as_of=6) is None, "not known yet"


def strike(number: str, day: int, by: str, on: str, **more) -> Incident:
    when = TODAY + timedelta(days=day)
    return Incident(number, "ASSAULT", "ASSAULT", "happened", Interval(when, when, "day"), None, (by,), (on,), **more)


def test_only_attacks_of_the_theatres_target_class_count():
    """A strike the other way round, and one on a company, leave the question open."""
    watch = Watch(Dyad("ark-bor", "Arkonia and the Bor", ("ARK",), ("ark.bor-front",)), lambda *_: False)
    struck = [
        strike("right", 1, "ark.bor-front", "ARK"),
        strike("reversed", 2, "ARK", "ark.bor-front"),
        strike("elsewhere", 3, "ark.bor-front", "ZZZ"),
        strike("taken back", 4, "ark.bor-front", "ARK", retracted=True),
        strike("not known yet", 5, "ark.bor-front", "ARK", known=TODAY + timedelta(days=40)),
    ]
    day = lambda n: TODAY + timedelta(days=n)  # noqa: E731
    assert target_attacks(struck, watch, BASES, day(30)) == (day(1),)
    assert target_attacks(struck, watch, replace(BASES, direction="both"), day(30)) == (day(1), day(2))
    assert target_attacks(struck, watch, replace(BASES, proof="corroborated"), day(30)) == ()


@pytest.mark.parametrize(
    "text", ["peace in our time", "dyad=a; acts=ASSAULT; modes=any; direction=sideways; proof=reported"]
)
def test_a_rule_that_cannot_be_read_is_refused(text):
    with pytest.raises(InputError, match="not a resolution rule"):
        read_rule(text)


@given(
    st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 400), st.sampled_from(["a-to-b", "b-to-a", "both"]),
    st.lists(st.sampled_from(["rocket", "drone"]), unique=True, max_size=2),
)  # fmt: skip
def test_rules_can_be_read_back(made, horizon, direction, modes):
    rule = rule_for("a-b", LullDefinition(direction=direction, modes=tuple(modes)), made, horizon)
    back = read_rule(str(rule))
    assert str(back) == str(rule) and back.until == made + timedelta(days=horizon)


def test_the_public_record_counts_hits_against_the_base_rate():
    said = {"a": (0.8, True), "b": (0.8, False), "c": (0.2, False), "d": (0.5, None)}
    record = [replace(one(), id=k, probability=p, base_rate=0.4, resolved=r) for k, (p, r) in said.items()]
    assert [hit(f) for f in record] == [True, False, True, None]
    (tally,) = public_record(record)
    assert (tally.n, tally.happened, tally.hits) == (3, 1, 2)
    assert tally.brier == pytest.approx((0.04 + 0.64 + 0.04) / 3)
    assert tally.brier_base == pytest.approx((0.36 + 0.16 + 0.16) / 3)
    assert tally.skill is None, "three forecasts say nothing of skill"
    (many,) = public_record([replace(f, id=f"{f.id}{n}") for f in record for n in range(4)])
    assert many.skill == pytest.approx(1 - tally.brier / tally.brier_base)


def test_a_frozen_forecast_is_never_replaced():
    frozen = one()
    assert merged([frozen], [replace(frozen, probability=0.99)]) == (frozen,)
