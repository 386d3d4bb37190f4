"""What the terminal shows of a forecast and of a holder."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.records import Forecast, Mention
from detente.reference.actors import load
from detente.screen import called, chance_bar, sparkline

PERCENT = st.integers(0, 100)


def said(low: float, p: float, high: float, base: float) -> Forecast:
    return Forecast("f", "d", date(2031, 1, 1), 30, p, low, high, base, "m", "rule", "words")


def test_the_bar_shows_chance_range_and_base_rate():
    assert chance_bar(said(0.4, 0.55, 0.7, 0.15), 10) == "·╎··━●━━··"
    assert chance_bar(said(0.2, 0.25, 0.7, 0.5), 10) == "··●━━┿━━··"


@given(st.lists(PERCENT, min_size=3, max_size=3), PERCENT)
def test_the_bar_has_one_width_and_one_dot(three, base):
    low, p, high = sorted(three)
    bar = chance_bar(said(low / 100, p / 100, high / 100, base / 100))
    assert len(bar) == 14 and bar.count("●") == 1


def test_a_sparkline_is_blank_for_nought_and_full_for_the_most():
    assert sparkline([0, 1, 8]) == " ▁█" and sparkline([0, 0]) == "  "


@pytest.mark.parametrize(
    ("holder", "mention", "told"),
    [
        ("USA", None, "the United States"),
        ("iraq.kataib-hezbollah", None, "Kataib Hezbollah"),
        ("a camp commander", Mention("a camp commander"), "a camp commander"),
        (None, None, "a holder not stated"),
    ],
)
def test_holders_are_named_not_numbered(holder, mention, told):
    assert called(holder, mention, load()) == told
