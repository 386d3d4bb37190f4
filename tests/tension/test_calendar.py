"""What was listened to, day by day, and what a calm is worth when some of it was lost."""

from dataclasses import replace
from datetime import date, timedelta

from detente.records import Article, Day, Gap, Heard
from detente.tension import calendar, normalised

START = date(2031, 3, 1)


def day(n: int) -> date:
    return START + timedelta(days=n)


def reports(outlet: str, *days: int) -> list[Article]:
    return [Article(f"{outlet}-{n}", "text", outlet=outlet, published=day(n)) for n in days]


def test_each_day_of_each_source():
    made = calendar(
        reports("Wire", 0, 3), [Heard("Wire", day(1), True, 0), Heard("Wire", day(2), False)],
        [Gap("Wire", day(2), day(2), "answered 503")], until=day(4),
    )  # fmt: skip
    (row,) = made.rows
    assert row.strip(day(-1), day(4)) == " ▪·!▪·"
    assert [made.listening(day(n)) for n in range(5)] == [1, 1, 0, 1, 1]


def test_a_source_added_midway_is_marked():
    made = calendar([*reports("Old", 0, 9), *reports("New", 6)], until=day(9))
    assert [(row.source, row.first) for row in made.added()] == [("New", day(6))]
    assert [made.listening(day(n)) for n in (5, 6)] == [1, 2]


def test_a_source_lost_for_a_third_of_a_stretch_is_lost_for_it():
    gap, short = Gap("Wire", day(10), day(16), "answered 500"), Gap("Other", day(10), day(11), "answered 500")
    made = calendar([*reports("Wire", 0), *reports("Other", 0, 12)], [], [gap, short], until=day(20))
    assert made.lost(day(5), day(20)) == (gap,)
    assert made.lost(day(17), day(20)) == ()


def test_a_gap_of_all_sources_is_one_of_each():
    made = calendar([*reports("A", 0), *reports("B", 0)], [], [Gap("all sources", day(1), day(2), "x")], until=day(3))
    assert [made.listening(day(n)) for n in range(4)] == [2, 0, 0, 2]


def test_a_line_is_normalised_by_the_sources_that_were_heard():
    days = [
        Day(day(0), acts=2, sources=4),
        Day(day(1), acts=1, sources=2),
        Day(day(2), sources=0),
        Day(day(3), acts=1, sources=4),
    ]
    assert normalised(days, "acts") == (2.0, 2.0, None, 1.0), "half the ears, twice the weight; no ears, no figure"
    assert normalised([replace(each, sources=0) for each in days], "acts") == (2.0, 1.0, 0.0, 1.0)
