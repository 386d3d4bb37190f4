"""Why a forecast stands off its base rate: the pause at hand beside the usual one."""

from __future__ import annotations

from datetime import date

import pytest

from detente.brief.tracktext import base_words, resolves_words
from detente.outlook.pretrained import load
from detente.outlook.rules import rule_for
from detente.outlook.usual import Pause, compared, of_gaps, usual
from detente.records import Forecast, Lull
from detente.reference.theatre import LullDefinition

DAY = date(2031, 4, 21)


def test_the_usual_pause_is_read_from_the_model():
    found = usual(load())
    assert 30 < found.days < 120 and 3 <= found.busy < 15  # three attack days make a run that a pause can end


def test_attack_days_are_counted_back_from_the_last_one():
    assert of_gaps(20, ()) == Pause(20, 1)
    assert of_gaps(20, (60, 10, 5)) == Pause(20, 4)  # 5, 15 and 75 days before the last
    assert of_gaps(20, (60, 10, 20)) == Pause(20, 3)  # the oldest lies 90 days back, outside


@pytest.mark.parametrize(
    ("mine", "told"),
    [
        (Pause(26, 15), "such pauses end sooner"),
        (Pause(26, 5), "such pauses end sooner"),
        (Pause(200, 3), "such pauses last longer"),
        (Pause(200, 15), "the one speaks for an earlier end, the other against it"),
        (Pause(69, 5), ""),
    ],
)
def test_two_differences_speak_together_or_against_each_other(mine, told):
    assert compared(mine, Pause(69, 5)) == told


def test_the_words_need_a_pause_and_a_record():
    assert base_words(Lull("d", DAY, "lull", since=DAY, days=26)) == ""
    told = base_words(Lull("d", DAY, "lull", since=DAY, days=26, past_gaps=(1,) * 20))
    assert "This one is 26 days old, after attacks on 21 of 90: such pauses end sooner." in told


def made(horizon: int, rule: str = "") -> Forecast:
    rule = rule or str(rule_for("d", LullDefinition(), DAY, horizon))
    return Forecast(f"f{horizon}", "d", DAY, horizon, 0.4, 0.3, 0.5, 0.1, "m", rule, "unlikely (20-45 %)")


def test_how_all_horizons_resolve_stands_in_one_line():
    told = resolves_words([made(7), made(30)])
    assert told == "yes if an attack that counts here is reported of 2031-04-22 to 2031-04-28 or 2031-05-21; else no"
    assert resolves_words([made(7, "by hand")]) == "by hand"
