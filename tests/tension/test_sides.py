"""Whose deed it is: unnamed attackers, civilians, and what only the attacker's own paper counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from handmade import CAMP, FRONT, TROOPS, article, event, killed, on, rolls_up
from valley import theatre

from detente.incidents import merge
from detente.records import Dyad, Mention, Place
from detente.reference.theatre import LullDefinition, Outlet
from detente.tension.sides import Watch, direction
from detente.tension.tolls import dead, sober

CROWD = Mention("villagers", country="ARL", sector="CIV")


def one(text, trigger, outlet="Valley Wire", **more):
    report = article("r", text, "2031-03-05", outlet)
    made = event(report, trigger, date=on("2031-03-05"), **more)
    return merge([made], {"r": report}, rolls_up=rolls_up)[0], {"r": report}


@pytest.mark.parametrize(("unnamed", "expected"), [(True, "b-to-a"), (False, None)])
def test_an_attack_nobody_is_named_for_is_the_other_sides_unless_the_theatre_says_no(tmp_path, unnamed, expected):
    valley = theatre(tmp_path)
    dyad = valley.dyads[0]
    valley = replace(valley, lulls={dyad.id: LullDefinition(unnamed=unnamed)})
    shot, _ = one("Rockets hit Arland troops at Camp Birch.", "hit", place=CAMP, recipients=(TROOPS,))
    assert direction(shot, Watch(dyad, rolls_up, valley)) == expected
    named, _ = one("The River Front hit Arland troops.", "hit", place=CAMP, actors=(FRONT,), recipients=(TROOPS,))
    assert direction(named, Watch(dyad, rolls_up, valley)) == "b-to-a"


def test_civilians_of_a_country_are_not_its_army(tmp_path):
    valley = theatre(tmp_path)
    mob, _ = one("Villagers attacked the River Front.", "attacked", actors=(CROWD,), recipients=(FRONT,))
    assert direction(mob, Watch(valley.dyads[0], rolls_up, valley)) is None


def test_the_dead_that_only_the_attackers_paper_counts_are_left_out(tmp_path):
    valley = theatre(tmp_path)
    paper = Outlet("Front Voice", party=True, party_to=(FRONT.actor,))
    valley = replace(valley, outlets=(*valley.outlets, paper))
    words = "The River Front killed 80 Arland soldiers."
    roles = {"actors": (FRONT,), "recipients": (TROOPS,), "counts": (killed(80),)}
    boast, told = one(words, "killed", "Front Voice", **roles)
    assert dead(sober(boast, {key: each.outlet for key, each in told.items()}, valley, rolls_up)) == 0
    wire_story, told = one(words, "killed", "Valley Wire", **roles)
    assert dead(sober(wire_story, {key: each.outlet for key, each in told.items()}, valley, rolls_up)) == 80
    assert date(2031, 3, 5) == wire_story.date.start


def test_a_town_shelled_in_the_country_of_one_side_is_hit_there(tmp_path):
    """No victim is named: the land is; in the other side's own land, or by nobody known, it says nothing."""
    valley = theatre(tmp_path)
    dyad = Dyad("d", "Arland ↔ Valley", ("ARL",), ("VAL",))
    state = Mention("Valley army", actor="VAL.MIL", country="VAL", sector="MIL")
    abroad = Mention("Arland army", actor="ARL.MIL", country="ARL", sector="MIL")
    watch = Watch(dyad, rolls_up, replace(valley, lulls={}))
    town = Place("Otterham", "settlement", 14.0, 24.0, "VAL", id="geonames:2", radius_km=8.0)
    shelled, _ = one("Arland guns shelled Otterham.", "shelled", place=town, actors=(abroad,))
    assert direction(shelled, watch) == "a-to-b"
    home, _ = one("Valley guns shelled Otterham.", "shelled", place=town, actors=(state,))
    assert direction(home, watch) is None
