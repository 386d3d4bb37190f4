from __future__ import annotations

from datetime import date

from handmade import CAMP, FORT, TROOPS, article, event, killed, on, rolls_up

from detente.incidents import merge
from detente.records import Count, Interval

MARCH = Interval(date(2031, 3, 1), date(2031, 3, 20), "range", "since 1 March")


def attack(key, day, dead, place=CAMP):
    report = article(key, f"Rockets hit the base on {day}, killing {dead}.", day)
    return report, event(report, "hit", place=place, date=on(day), recipients=(TROOPS,), counts=(killed(dead),))


def total(key, day, low, *more, date=MARCH, kind="killed"):
    report = article(key, f"The shelling has now killed {low} soldiers, officials said.", day)
    counts = (Count(kind, low, low, cumulative=True), *more)
    return report, event(report, "shelling", recipients=(TROOPS,), date=date, counts=counts)


def contradictions(*told):
    made = merge([each for _, each in told], {report.id: report for report, _ in told}, rolls_up=rolls_up)
    return [line for each in made for line in each.why if line.startswith("contradiction")]


KNOWN = (attack("a", "2031-03-04", 5), attack("b", "2031-03-09", 4, FORT))


def test_a_total_that_adds_up_is_not_noted():
    assert contradictions(*KNOWN, total("t", "2031-03-20", 9)) == []


def test_a_total_below_the_known_tolls_is_noted_and_nothing_is_mended():
    told = (*KNOWN, total("t", "2031-03-20", 7))
    (note,) = contradictions(*told)
    assert "total of 7 killed since 2031-03-01" in note and "less than the 9 of the incidents known" in note
    made = merge([each for _, each in told], {report.id: report for report, _ in told}, rolls_up=rolls_up)
    assert sorted(toll.low for each in made for toll in each.tolls) == [4, 5]


def test_a_total_above_the_known_tolls_says_how_much_they_explain():
    (note,) = contradictions(*KNOWN, total("t", "2031-03-20", 12))
    assert "of the total of 12 killed" in note and "explain 9" in note


def test_three_more_must_bring_the_last_total_to_the_new_one():
    nine = total("t", "2031-03-20", 9)
    right = total("u", "2031-03-25", 12, killed(3), date=None)
    wrong = total("u", "2031-03-25", 13, killed(3), date=None)
    assert contradictions(*KNOWN, nine, right) == []
    (note,) = contradictions(*KNOWN, nine, wrong)
    assert "13 killed" in note and "and 3 more" in note


def test_an_attacks_own_climbing_toll_is_a_toll_and_may_not_sink():
    first = attack("a", "2031-03-04", 31)
    report = article("c", "The number killed in Tuesday's attack on the base has climbed.", "2031-03-05")
    more = event(report, "attack", place=CAMP, date=on("2031-03-04"), recipients=(TROOPS,),
                 counts=(Count("killed", 54, 54, cumulative=True),))  # fmt: skip
    (one,) = merge([first[1], more], {"a": first[0], "c": report}, rolls_up=rolls_up)
    assert [toll.low for toll in one.tolls] == [31, 54]
    later = article("d", "The number killed in Tuesday's attack on the base has climbed.", "2031-03-06")
    less = event(later, "attack", place=CAMP, date=on("2031-03-04"), recipients=(TROOPS,),
                 counts=(Count("killed", 40, 40, cumulative=True),))  # fmt: skip
    (note,) = contradictions(first, (report, more), (later, less))
    assert "toll of 40 killed" in note and "less than 54" in note


def test_a_count_of_attacks_is_held_against_the_attacks_known():
    assert contradictions(*KNOWN, total("t", "2031-03-20", 2, kind="attacks")) == []
    (note,) = contradictions(*KNOWN, total("t", "2031-03-20", 20, kind="attacks"))
    assert "of the total of 20 attacks" in note and "explain 2" in note
