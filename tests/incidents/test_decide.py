from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from handmade import CAMP, EVENTS, FORT, ONE, THREE, TROOPS, TWO, event, killed, on, rolls_up
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.incidents import apply_decisions, merge, merge_decision, split_decision, undo_decision
from detente.records import InputError

REPORTS = {each.id: each for each in (ONE, TWO, THREE)}
NOON = datetime(2031, 3, 6, 12)
DAY = on("2031-03-03")


def decided(events, decisions, incidents=None):
    made = merge(events, REPORTS, rolls_up=rolls_up) if incidents is None else incidents
    return apply_decisions(made, decisions, events=events, articles=REPORTS, rolls_up=rolls_up)


def two_attacks():
    return [
        event(ONE, "hit", place=CAMP, date=DAY, recipients=(TROOPS,), counts=(killed(2),)),
        event(THREE, "shelled", place=FORT, date=DAY, recipients=(TROOPS,), counts=(killed(5),)),
    ]


def test_a_person_merges_what_places_kept_apart_and_tolls_stand_side_by_side():
    events = two_attacks()
    pair = merge(events, REPORTS, rolls_up=rolls_up)
    (one,) = decided(events, [merge_decision(pair, "Ada", NOON, "one salvo at both")])
    assert len(pair) == 2 and one.events == ("a1-8", "a3-15")
    assert [toll.low for toll in one.tolls] == [2, 5]
    assert "joined by Ada on 2031-03-06: one salvo at both" in one.why


def test_a_split_sends_events_and_their_tolls_away():
    events = [
        two_attacks()[0],
        event(TWO, "rocket attack", place=CAMP, date=DAY, recipients=(TROOPS,), counts=(killed(3),)),
    ]
    (whole,) = merge(events, REPORTS, rolls_up=rolls_up)
    apart = decided(events, [split_decision(whole, [whole.events[1]], "Ada", NOON, "a second attack")])
    assert sorted((each.tolls[0].low, each.origins) for each in apart) == [(2, 1), (3, 1)]
    assert all("split by Ada" in each.why[-1] for each in apart)


def test_decisions_hold_when_new_reports_arrive():
    events = two_attacks()
    made = merge(events, REPORTS, rolls_up=rolls_up)
    decision = merge_decision(made, "Ada", NOON, "one salvo at both")
    later = [*events, event(TWO, "rocket attack", place=CAMP, date=DAY, recipients=(TROOPS,))]
    (one,) = decided(later, [decision])
    assert len(one.reports) == 3
    assert decided(later[:1], [decision]) == merge(later[:1], REPORTS, rolls_up=rolls_up), "half of it is not known yet"


def test_impossible_decisions_are_refused():
    (one, other) = merge(two_attacks(), REPORTS, rolls_up=rolls_up)
    with pytest.raises(InputError, match="two incidents"):
        merge_decision([one, one], "Ada", NOON, "same")
    with pytest.raises(InputError, match="not all"):
        split_decision(one, one.events, "Ada", NOON, "all leave")
    with pytest.raises(InputError, match="who decides and why"):
        merge_decision([one, other], "Ada", NOON, " ")


@st.composite
def histories(draw):
    """Events, their incidents, and a history of merges and splits."""
    events = draw(EVENTS.filter(lambda found: len(found) > 1))
    made = state = merge(events, REPORTS, rolls_up=rolls_up)
    decisions = []
    for step in range(draw(st.integers(1, 4))):
        when = NOON + timedelta(hours=step)
        splittable = [each for each in state if len(each.events) > 1]
        if len(state) > 1 and (not splittable or draw(st.booleans())):
            pair = draw(st.lists(st.sampled_from(state), min_size=2, max_size=3, unique_by=lambda each: each.id))
            decisions.append(merge_decision(pair, "Ada", when, "one"))
        elif splittable:
            whole = draw(st.sampled_from(splittable))
            leave = draw(st.sets(st.sampled_from(whole.events), min_size=1, max_size=len(whole.events) - 1))
            decisions.append(split_decision(whole, leave, "Ben", when, "two"))
        state = decided(events, decisions, made)
    return events, made, decisions


@settings(max_examples=60, deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_undoing_all_is_identity_and_every_event_stays_in_one_incident(history, random):
    events, made, decisions = history
    after = decided(events, decisions, made)
    assert sorted(key for each in after for key in each.events) == sorted(each.id for each in events)
    shuffled = list(decisions)
    random.shuffle(shuffled)
    assert decided(events, shuffled, made) == after, "decisions are a set: their times order them"
    undone = [undo_decision(each, "Ada", NOON + timedelta(days=1), "mistaken") for each in decisions]
    assert decided(events, [*decisions, *undone], made) == made
    redone = [undo_decision(each, "Ada", NOON + timedelta(days=2), "not mistaken") for each in undone]
    assert decided(events, [*decisions, *undone, *redone], made) == after


@settings(max_examples=40, deadline=None)
@given(histories())
def test_undoing_the_last_decision_gives_back_the_state_before_it(history):
    events, made, decisions = history
    last = undo_decision(decisions[-1], "Ada", NOON + timedelta(days=1), "mistaken")
    assert decided(events, [*decisions, last], made) == decided(events, decisions[:-1], made)


def test_an_event_told_again_keeps_its_decision():
    events = two_attacks()
    decision = merge_decision(merge(events, REPORTS, rolls_up=rolls_up), "Ada", NOON, "one salvo")
    recoded = [replace(each, confidence=0.9) for each in events]
    assert len(decided(recoded, [decision])) == 1


def test_decisions_about_other_things_are_left_alone():
    events = two_attacks()
    made = merge(events, REPORTS, rolls_up=rolls_up)
    other = replace(merge_decision(made, "Ada", NOON, "x"), what="actor is")
    assert decided(events, [other], made) == made
