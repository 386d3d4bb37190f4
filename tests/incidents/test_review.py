"""Verdicts on single mentions: what stands, what it changes, two people where somebody may be harmed; agreement."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from handmade import ARL, CAMP, FORT, FRONT, ONE, TROOPS, event, killed, on, says
from hypothesis import given
from hypothesis import strategies as st

from detente.incidents.agreement import agreement, alpha, percent
from detente.incidents.review import (
    ACCEPT,
    CORRECT,
    REJECT,
    agreed,
    anchor,
    is_review,
    not_undone,
    outcome,
    reviewed,
    sensitive,
    target_of,
)
from detente.records import Decision, Link, Span

NOON = datetime(2031, 3, 6, 12)
REPORTS = {ONE.id: ONE}
HIT = event(ONE, "hit", place=CAMP, date=on("2031-03-03"), actors=(FRONT,), recipients=(TROOPS,))
DEADLY = replace(HIT, counts=(killed(2),))
_ids = iter(range(10**6))


def says_(who, what, thing=HIT, after=0, **change):
    return Decision(
        f"d-{next(_ids)}",
        NOON + timedelta(minutes=after),
        who,
        what,
        target_of(thing),
        "read it",
        {"at": anchor(thing), **change},
    )


def undo(decision, after=60):
    return Decision(f"d-{next(_ids)}", NOON + timedelta(minutes=after), "Ada", "undo", decision.id, "mistaken")


def stand(thing, *made):
    return agreed(made, {target_of(thing): thing}, REPORTS)


def seen(thing, *made):
    return reviewed([thing], stand(thing, *made), REPORTS)


def test_one_person_accepts_corrects_and_rejects():
    (kept,) = seen(HIT, says_("Ada", ACCEPT))
    assert (
        replace(kept, why=()) == replace(HIT, why=()) and kept.why[-1] == "reviewed by people on 2031-03-06: accepted"
    )
    (made,) = seen(HIT, says_("Ada", CORRECT, type="COERCE", modality="denied"))
    assert (made.type, made.modality, made.why[-1]) == (
        "COERCE",
        "denied",
        "reviewed by people on 2031-03-06: corrected type, modality",
    )
    assert seen(HIT, says_("Ada", REJECT, reason="no-event")) == []


def test_the_last_word_counts_and_can_be_taken_back():
    first, then = says_("Ada", REJECT, reason="double"), says_("Ben", ACCEPT, after=5)
    assert len(seen(HIT, first, then)) == 1
    assert seen(HIT, first, then, undo(then)) == []
    assert seen(HIT, first, undo(first)) == [HIT]
    back = undo(first)
    assert seen(HIT, first, back, replace(undo(back, 90))) == [], "an undo can be undone"


@pytest.mark.parametrize(
    ("thing", "why"),
    [
        (DEADLY, "deaths"),
        (replace(HIT, counts=(killed(0),)), None),  # "without casualties"
        (replace(HIT, attribution=says(ARL, "blames")), "blame"),
        (Link("l1", "a1", FRONT, ARL, "front", HIT.evidence), "tie"),
        (HIT, None),
        (Link("l2", "a1", FRONT, ARL, "ally", HIT.evidence), None),
    ],
)
def test_what_takes_two(thing, why):
    assert sensitive(thing) == why
    one, other = says_("Ada", REJECT, thing, reason="misread"), says_("Ben", REJECT, thing, 5, reason="no-event")
    assert (seen(thing, one) == []) is (why is None)
    assert seen(thing, one, replace(other, who="Ada")) == ([thing] if why else []), "one person twice is one person"
    assert seen(thing, one, other) == [], "the reasons may differ"
    assert seen(thing, one, other, undo(other)) == ([thing] if why else [])


def test_two_who_differ_settle_nothing_until_a_third_agrees():
    one, other = says_("Ada", ACCEPT, DEADLY), says_("Ben", CORRECT, DEADLY, 5, modality="denied")
    assert seen(DEADLY, one, other) == [DEADLY]
    (made,) = seen(DEADLY, one, other, says_("Cy", CORRECT, DEADLY, 9, modality="denied"))
    assert made.modality == "denied"


def test_giving_deaths_to_a_mention_takes_two_as_well():
    dead = [{"kind": "killed", "low": 3, "high": None}]
    assert seen(HIT, says_("Ada", CORRECT, counts=dead)) == [HIT]
    (made,) = seen(HIT, says_("Ada", CORRECT, counts=dead), says_("Ben", CORRECT, HIT, 5, counts=dead))
    assert [(each.kind, each.low, each.high) for each in made.counts] == [("killed", 3, None)]


def test_the_anchor_finds_the_mention_again_when_numbers_change():
    made = stand(HIT, says_("Ada", REJECT, reason="double"))
    assert reviewed([replace(HIT, id="a1-e99")], made, REPORTS) == []
    elsewhere = replace(HIT, trigger=Span("a1", 0, 3, ONE.text[:3]))
    assert reviewed([elsewhere], made, REPORTS) == [elsewhere]


def test_actors_are_linked_added_by_their_words_and_taken_out():
    start = ONE.text.index("Arland") if "Arland" in ONE.text else 0
    change = {
        "actors": [{"n": 0, "actor": "USA.MIL"}, {"start": start, "end": start + 6, "actor": "USA"}],
        "recipients": [],
    }
    (made,) = seen(HIT, says_("Ada", CORRECT, **change))
    assert [each.actor for each in made.actors] == ["USA.MIL", "USA"] and made.recipients == ()
    assert made.actors[0].text == FRONT.text and made.actors[0].sector == "MIL"
    assert made.actors[1].span.quote == ONE.text[start : start + 6]


def test_place_date_and_stances_are_set_or_emptied():
    place = {
        "name": "Fort Alder",
        "precision": "site",
        "lat": 11.0,
        "lon": 21.0,
        "country": "VAL",
        "admin1": None,
        "id": FORT.id,
        "radius_km": 2.0,
    }
    held = replace(HIT, attribution=says(ARL) + says(FRONT, "denies"))
    change = {
        "place": place,
        "date": {"start": "2031-03-01", "end": "2031-03-02", "precision": "range"},
        "stances": [None, "claims"],
    }
    (made,) = seen(held, says_("Ada", CORRECT, held, **change))
    assert (made.place.id, made.date.start.day, made.date.end.day) == (FORT.id, 1, 2)
    assert [(each.source, each.stance) for each in made.attribution] == [(FRONT, "claims")]
    (bare,) = seen(HIT, says_("Ada", CORRECT, place=None, date=None))
    assert bare.place is None and bare.date is None


@given(
    st.lists(
        st.tuples(st.sampled_from(["Ada", "Ben", "Cy"]), st.sampled_from([ACCEPT, REJECT]), st.booleans()), max_size=8
    )
)
def test_whatever_people_do_undoing_all_of_it_leaves_the_coding(steps):
    made = [
        says_(who, what, DEADLY, n, **({"reason": "other"} if what == REJECT else {}))
        for n, (who, what, _) in enumerate(steps)
    ]
    gone = [undo(each, 60 + n) for n, each in enumerate(made)]
    assert seen(DEADLY, *made, *gone) == [DEADLY]
    assert not_undone([*made, *gone]) == []
    chosen = outcome(made, two=True)
    assert chosen is None or sum(each.what == chosen.what for each in {each.who: each for each in made}.values()) >= 2
    assert all(map(is_review, made))


# ---------------------------------------------------------------------------------------------- agreement
def test_alpha_is_krippendorffs():
    """The example of his paper of 2011, section C: four observers, twelve units, missing values; alpha = 0.743."""
    rows = ["1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3", ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 ."]
    units = [[each for each in unit if each != "."] for unit in zip(*(row.split() for row in rows), strict=True)]
    assert alpha(units) == pytest.approx(0.743, abs=0.0005)


@given(st.lists(st.lists(st.sampled_from("ab"), min_size=2, max_size=2), min_size=1, max_size=12))
def test_alpha_and_percent_keep_to_their_bounds(units):
    found, share = alpha(units), percent(units)
    assert 0 <= share <= 1 and (found is None or found <= 1)
    if share == 1:
        assert found in (None, pytest.approx(1))


def test_agreement_by_field_counts_first_looks_only():
    events = {target_of(HIT): HIT}
    made = [says_("Ada", ACCEPT), says_("Ben", CORRECT, HIT, 5, type="COERCE"), says_("Ben", ACCEPT, HIT, 9)]
    found = {each.field: each for each in agreement(made, events, REPORTS)}
    assert (found["type"].mentions, found["type"].percent) == (1, 0.0) and found["date"].percent == 1.0
    assert (found["type"].kept, found["type"].looks) == (1, 2)
    (rejected,) = (
        each for each in agreement([says_("Ada", REJECT, reason="double")], events, REPORTS) if each.field == "kept"
    )
    assert (rejected.kept, rejected.looks, rejected.percent) == (0, 1, None)
