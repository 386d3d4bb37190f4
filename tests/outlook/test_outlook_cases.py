"""Lulls are found by their definition, labels are right, and no feature looks past its own day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from detente.outlook.cases import NEVER, attack_days, find_cases
from detente.outlook.features import build
from detente.outlook.history import count, decayed
from detente.outlook.streams import CLASSES, read_stream, root, stream_of, to_day
from detente.records import FileFormatError

FIRST = date(2001, 1, 1)


def quiet_after(*attacks: int, end: int = 300):
    """A stream of two actors with attacks on the given days, and a neutral event on the first and last day."""
    rows = [(FIRST, "P", "Q", "", "NE"), (FIRST + timedelta(days=end), "Q", "P", "", "NE")]
    return stream_of("s", rows + [(FIRST + timedelta(days=d), "P", "Q", "", "VK") for d in attacks])


def test_forecasts_are_due_weekly_from_day_fourteen_until_the_next_attack():
    cases = find_cases(quiet_after(100, 105, 110, 140))
    early = cases.take(cases.last == to_day(FIRST) + 110)
    assert early.since.tolist() == [14, 21, 28]
    assert (early.t + (30 - early.since) == early.next).all()


@pytest.mark.parametrize("attacks", [(100, 150), (100, 160, 191)], ids=["two attack-days", "too far apart"])
def test_without_an_active_phase_there_is_no_case(attacks):
    assert len(find_cases(quiet_after(*attacks))) == 0


def test_a_lull_in_the_first_ninety_days_of_a_stream_is_no_case():
    cases = find_cases(quiet_after(10, 20, 30, 60, 90, 100))
    assert cases.last.min() == to_day(FIRST) + 100


def test_labels_know_yes_no_and_not_yet():
    cases = find_cases(quiet_after(100, 105, 110, 140, end=200))
    after = cases.t - to_day(FIRST)
    assert cases.label(7)[after == 131].tolist() == [0]
    assert cases.label(30)[after == 124].tolist() == [1]
    assert cases.label(90)[after == 154].tolist() == [-1]
    assert (cases.next[cases.last == to_day(FIRST) + 140] == NEVER).all()


def test_labels_agree_with_a_plain_count_of_attack_days(stream, cases):
    days = attack_days(stream)
    for h in (7, 30, 90):
        y = cases.label(h)
        for i in np.flatnonzero(y >= 0):
            after = days[cases.unit[i]] - cases.t[i]
            assert y[i] == int(((after > 0) & (after <= h)).any())


@pytest.mark.parametrize("share", [0.5, 0.8])
def test_features_do_not_change_when_the_future_is_cut_off(stream, cases, share):
    today = int(stream.first + share * (stream.last - stream.first))
    then, now = build(stream.until(today)), cases.take(cases.t <= today)
    assert len(now) > 50
    assert then.unit.tolist() == now.unit.tolist() and (then.t == now.t).all()
    np.testing.assert_allclose(then.x, now.x, rtol=1e-9, err_msg=str(now.names))


def test_the_comparison_would_catch_a_feature_that_peeks(stream, cases):
    today = (stream.first + stream.last) // 2
    then, now = find_cases(stream.until(today)), cases.take(cases.t <= today)
    assert sorted(then.t) == sorted(now.t)
    assert sorted(then.next) != sorted(now.next)


def test_counts_and_faded_sums_end_at_the_day_itself():
    days, t = np.array([1, 5, 5, 9]), np.array([0, 5, 8, 9])
    assert count(days, t - 4, t).tolist() == [0, 2, 2, 1]
    by_hand = [sum(np.exp(-(x - d) / 10) for d in days if d <= x) for x in t]
    np.testing.assert_allclose(decayed(days, t, 10), by_hand)


def test_roots_of_actor_names():
    assert [root(a) for a in ("Borduria/ARM", "Rebels@Hills", "XYZAB", "XYZ")] == ["Borduria", "Rebels", "XYZ", "XYZ"]


def test_a_stream_file_is_read_and_its_faults_are_named(tmp_path: Path):
    good = tmp_path / "x.csv"
    good.write_text("date,source,target,code,country,cls\n2001-01-02,P,Q,190,,VK\n2001-01-03,P,P,190,,VK\n")
    read = read_stream(good)
    assert read.name == "x" and read.unit.tolist() == ["P | Q"] and CLASSES[read.cls[0]] == "VK"
    good.write_text("date,source,target,code,country,cls\nyesterday,P,Q,190,,VK\n")
    with pytest.raises(FileFormatError, match="line 2, field 'date'"):
        read_stream(good)
    good.write_text("date,source\n")
    with pytest.raises(FileFormatError, match="column missing"):
        read_stream(good)
