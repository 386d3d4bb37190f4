"""What an incident is called, which of a report's words are quoted of it, and which figures stand for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from handmade import ARL, CAMP, FRONT, TROOPS, article, event, killed

from detente.incidents import merge
from detente.incidents.gist import gist
from detente.incidents.naming import sited
from detente.records import Mention, Place


def titled(report, trigger, kind, **more) -> str:
    return merge([event(report, trigger, kind, **more)], [report])[0].title


@pytest.mark.parametrize(
    ("kind", "modality", "who", "whom", "told"),
    [
        ("ACCUSE", "happened", (ARL,), (FRONT,), "Accusation by Arland against River Front"),
        ("CONSULT", "planned", (ARL,), (FRONT,), "Announced talks by Arland with River Front"),
        ("REQUEST", "happened", (), (ARL,), "Demand to Arland"),
        ("ASSAULT", "negated", (), (TROOPS,), "No attack on Arland troops reported"),
        ("RETREAT", "hypothetical", (FRONT,), (), "Possible withdrawal by River Front"),
    ],
)
def test_a_title_says_who_does_what_to_whom(kind, modality, who, whom, told):
    report = article("a", "It stood in the papers.", "2031-03-04")
    assert titled(report, "stood", kind, modality=modality, actors=who, recipients=whom) == told


def test_a_deed_with_nobody_to_name_is_told_in_the_reports_words():
    report = article("a", "The militia was disbanded years ago; its men went home.", "2031-03-04")
    told = titled(report, "disbanded", "RETREAT", modes=("disarm",))
    assert told == "Disarmament: “The militia was disbanded years ago, its men went home”"
    assert titled(report, "disbanded", "ASSAULT").startswith("Attack: “The militia")


def test_a_drone_is_no_air_strike_and_a_person_is_more_than_an_office():
    report = article("a", "A drone killed General Ash.", "2031-03-04")
    chief = Mention("General Ash", actor="arl.chief", country="ARL", name="Ash")
    made = titled(report, "killed", "ASSAULT", actors=(FRONT,), recipients=(chief,), modes=("aerial", "drone"))
    assert made == "A drone strike by River Front on Ash"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Green Zone", "the Green Zone"),
        ("US embassy in Baghdad", "the US embassy in Baghdad"),
        ("Camp Birch", "Camp Birch"),
        ("the Gaza Strip", "the Gaza Strip"),
    ],
)
def test_some_places_take_an_article(name, told):
    assert sited(name) == told


def test_rockets_hit_the_zone_also_where_a_report_says_the_towns_zone():
    zone = Place("Red Zone", "site", 10.0, 20.0, "VAL", id="valley:red-zone", radius_km=2.0)
    report = article("a", "Rockets hit Elmton's Red Zone.", "2031-03-04")
    assert titled(report, "hit", "ASSAULT", place=zone) == "Rockets hit the Red Zone"


def gisted(text: str, trigger: str, limit: int = 110) -> str:
    return gist(event(article("a", text, "2031-03-04"), trigger, evidence=text), limit)


def test_a_quotation_keeps_who_did_it_and_hangs_on_no_preposition():
    film = (
        "A film of a burning lorry was shown on Thursday in the name of the Night Owls, a group that few had heard of, "
        "which said that it had destroyed vehicles of a convoy between Elmton and the river."
    )
    told = gisted(film, "destroyed")
    assert told.startswith("A film of a burning lorry") and "destroyed vehicles" in told
    base = "Officers said on Monday that no rocket had been launched at a base with Arland troops in the south for weeks and weeks on end there."
    words = gisted(base, "launched", 70).removesuffix(" …")
    assert words.split()[-1] not in {"for", "in", "the", "with", "a"}
    assert not gisted("The Front fired at a convoy on the road from Salah al-Din to Erbil.", "fired", 36).endswith(
        "Salah …"
    )


def test_a_sentence_slightly_over_the_limit_is_left_whole():
    text = "French instructors turned their quarters at the army's 6th Division in the town over to their hosts."
    assert gisted(text, "turned", 80) == text.removesuffix(".")


def test_who_it_is_according_to_is_left_off_where_a_comma_parts_it():
    told = gisted("Rockets struck the base on Friday, according to the coalition.", "struck")
    assert told == "Rockets struck the base on Friday"
    own = "Taji was hit on Sunday, for the second night according to one account."
    assert gisted(own, "hit") == own.removesuffix(".")


def test_a_figure_told_as_somebodys_mistake_is_no_toll():
    report = article("a", "A paper wrongly said that two soldiers had died.", "2031-03-04")
    mention = event(report, "died", recipients=(TROOPS,), counts=(killed(2),), place=CAMP)
    assert merge([mention], [report])[0].tolls == ()
    other = article("b", "Two soldiers died at the camp.", "2031-03-04")
    assert merge([replace(mention, article="b", evidence=event(other, "died").evidence)], [other])[0].tolls
