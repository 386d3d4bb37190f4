from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.records import Day, Gap, LineCount, Series
from detente.tension.changes import breaks, changes
from detente.tension.series import exposures

START = date(2031, 1, 1)


def days(happened, exposure=1.0):
    made = []
    for n, one in enumerate(happened):
        lines = (LineCount("acts", 1, -9.0, (f"i-{n}",)),) if one else ()
        made.append(Day(START + timedelta(days=n), acts=int(one), reports=3, lines=lines, exposure=exposure))
    return tuple(made)


def test_a_campaign_that_starts_is_one_change_with_its_incidents():
    found = changes(Series("d", START, days([0] * 60 + [1, 0, 1] * 20)))
    assert [(each.line, each.day, each.before) for each in found] == [("acts", date(2031, 3, 2), 0.0)]
    assert found[0].after == 20.0 and found[0].until == date(2031, 4, 30)
    assert found[0].incidents[:2] == ("i-60", "i-62") and len(found[0].incidents) == 40


def test_more_reports_of_a_steady_conflict_are_no_change():
    rare, often = [1, 0, 0, 0, 0, 0] * 10, [1, 0] * 30
    assert breaks(rare + often, [1.0] * 120), "three times as many attack days, at the same coverage"
    assert breaks(rare + often, [1.0] * 60 + [3.0] * 60) == [], "three times as many, with three times the reports"


def test_a_silence_is_cut_out_before_anything_is_compared():
    happened = [1, 0, 0] * 20 + [0] * 60 + [1, 0, 0] * 20
    deaf = Gap("all sources", START + timedelta(days=60), START + timedelta(days=119), "no report")
    assert changes(Series("d", START, days(happened), ())) != ()
    assert changes(Series("d", START, days(happened), (deaf,))) == ()


@given(st.lists(st.integers(0, 6), min_size=1, max_size=90))
@settings(max_examples=60, deadline=None)
def test_coverage_of_a_day_never_looks_ahead(reports):
    cut = len(reports) // 2 + 1
    assert exposures(reports)[:cut] == exposures(reports[:cut])


@pytest.mark.slow
def test_false_alarms_are_rare_and_a_tenfold_rise_is_found():
    rng = np.random.default_rng(7)
    steady = [bool(breaks((rng.random(150) < 0.15).astype(int), [1.0] * 150)) for _ in range(80)]
    rising = [
        bool(breaks(np.concatenate([rng.random(80) < 0.03, rng.random(70) < 0.3]).astype(int), [1.0] * 150))
        for _ in range(40)
    ]
    assert sum(steady) / 80 <= 0.05
    assert sum(rising) / 40 >= 0.95
