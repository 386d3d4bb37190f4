"""Each threat once, what became of it, how near it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from handmade import ARL, CAMP, FRONT, TROOPS, article, event, killed, on, rolls_up, wire
from hypothesis import given
from hypothesis import strategies as st

from detente.incidents import merge
from detente.tension import nearness, threats, track_records, tripwire_states
from detente.tension.pauses import past_gaps, pause_of, surprise, survival

DAY = date(2031, 4, 15)
MENACE = article("t", "Arland will bomb 40 depots if any more soldiers are killed.", "2031-03-20")


def menace(**other):
    return wire(MENACE, "if any more soldiers are killed", "will bomb 40 depots", ARL, FRONT, **other)


def attack(number, day, dead=0):
    report = article(number, f"Rockets hit Camp Birch on day {number}.", day)
    counts = (killed(dead),) if dead else ()
    return report, event(report, "hit", place=CAMP, date=on(day), recipients=(TROOPS,), counts=counts)


def incidents(*made):
    return merge([each for _, each in made], {report.id: report for report, _ in made})


def settled(known, *wires):
    return threats(tripwire_states(wires, known, as_of=DAY, rolls_up=rolls_up), None, DAY)


def test_how_near_an_open_threat_is():
    known = incidents(attack("a", "2031-03-10", dead=2), attack("b", "2031-04-02"))
    (one,) = settled(known, menace())
    assert one.is_open
    near = nearness(one, known, as_of=DAY, rolls_up=rolls_up)
    assert near.met == date(2031, 3, 10), "deaths ten days before the threat were what it speaks of"
    assert list(near.since) == [known[-1].id], "an attack without deaths falls short of it"


def test_a_threat_nobody_can_check_says_so():
    report = article("t", "Arland will act first if it learns of new attacks.", "2031-03-20")
    (one,) = settled([], wire(report, "if it learns of new attacks", "will act first", ARL, FRONT))
    assert not nearness(one, [], as_of=DAY, rolls_up=rolls_up).checkable


def test_tripped_then_withheld_is_on_the_holders_record():
    known = incidents(attack("a", "2031-03-25", dead=1))
    found = settled(known, menace())
    assert [move.state for move in found[0].wire.moves] == ["armed", "tripped", "withheld"]
    (record,) = track_records(found, None)
    assert (record.threats, record.withheld, record.executed, record.open) == (1, 1, 0, 0)


def test_a_threat_is_withdrawn_when_its_holder_calls_a_truce():
    report = article("s", "Arland declared a ceasefire with the River Front.", "2031-03-28")
    truce = event(report, "declared", "RETREAT", date=on("2031-03-28"), actors=(ARL,), recipients=(FRONT,),
                  modes=("ceasefire",))  # fmt: skip
    known = merge([truce], {"s": report})
    (one,) = settled(known, menace())
    assert one.wire.state == "withdrawn" and one.wire.moves[-1].evidence == known[0].evidence[:2]


def test_a_threat_retold_is_one_threat_and_keeps_its_first_day():
    again = article("u", "It will bomb 40 depots if more soldiers are killed.", "2031-03-22")
    retold = wire(again, "if more soldiers are killed", "will bomb 40 depots", ARL, FRONT)
    (one,) = settled([], menace(), retold)
    assert one.reported == date(2031, 3, 20) and len(one.told) == 2


def test_a_promise_told_in_other_words_the_day_after_is_one_promise():
    first = article("p", "River Front will not fire so long as troops carry on leaving.", "2031-03-20")
    second = article("q", "River Front offers to hold its fire provided they keep withdrawing.", "2031-03-21")
    made = [
        wire(first, "so long as troops carry on leaving", "will not fire", FRONT, TROOPS, direction="rewards"),
        wire(second, "provided they keep withdrawing", "hold its fire", FRONT, TROOPS, direction="rewards"),
    ]
    (one,) = settled([], *made)
    assert len(one.told) == 2


def test_the_board_as_of_an_earlier_day_knows_nothing_of_later_moves():
    known = incidents(attack("a", "2031-03-25", dead=1))
    early = tripwire_states([menace()], known, as_of=date(2031, 3, 24), rolls_up=rolls_up)
    assert [move.state for move in early[0].moves] == ["armed"]
    assert replace(early[0], moves=(), state="armed").id == menace().id


def test_how_unusual_a_pause_is():
    assert surprise((5, 9, 14), 20) == 0.25, "none of three was as long: first of four"
    assert surprise((), 20) is None
    assert [(each.days, each.share) for each in survival((5, 9, 9, 14))] == [(5, 1.0), (9, 0.75), (14, 0.25)]


@given(st.lists(st.dates(date(2031, 1, 1), date(2031, 6, 30)), min_size=1, max_size=20, unique=True))
def test_gaps_and_pause_fill_the_time_from_first_attack_to_today(found):
    days, today = sorted(found), date(2031, 7, 15)
    pause = pause_of(days, today, [])
    assert sum(past_gaps(days)) + pause.days == (today - days[0]).days
    assert pause.heard == pause.days
    assert pause.surprise is None or 0 < pause.surprise <= 1


def test_a_threat_retold_in_other_words_is_known_by_its_figure():
    again = article("u", "Days before, it had sworn to hit 40 places in case a man of its army fell.", "2031-03-24")
    retold = wire(again, "in case a man of its army fell", "hit 40 places", ARL, FRONT)
    other = replace(retold, id="other", span=replace(retold.span, quote="hit 52 places in case a man fell"))
    assert len(settled([], menace(), retold)) == 1
    assert len(settled([], menace(), other)) == 2
