"""How a deed stands, where rules and judge are weighed together."""

import json
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.events.judge import Reading
from detente.events.leaning import CLASS, CLASSES, class_odds, likeliest, within
from detente.records import MODALITIES


def odds(**given):
    return {name: given.get(name, 0.01) for name in CLASSES}


def test_every_modality_has_a_class():
    assert set(CLASS) == set(MODALITIES)


@settings(deadline=None)  # the trees are read once
@given(
    st.dictionaries(
        st.sampled_from(["net: told", "net: not", "rules", "own not", "not before", "no such"]), st.floats(-9, 9)
    )
)
def test_odds_of_the_classes_add_up(made):
    (found,) = class_odds([made])
    assert set(found) == set(CLASSES)
    assert sum(found.values()) == pytest.approx(1)
    assert all(0 < value < 1 for value in found.values())


def test_no_deeds_no_odds():
    assert class_odds([]) == []


def test_the_judge_alone_moves_the_odds():
    far, near = class_odds(
        [{"class: told": 1, "net: not": 6.0, "net: told": -6.0}, {"class: told": 1, "net: told": 6.0}]
    )
    assert far["not"] > near["not"]
    assert far["told"] < near["told"]


def test_told_needs_more_than_any_other():
    assert likeliest(odds(told=0.9, ahead=0.09), "ahead") == "ahead"
    assert likeliest(odds(told=0.93, ahead=0.05), "ahead") == "told"
    assert likeliest(odds(told=0.09, ahead=0.9), "told") == "ahead"


def test_the_rules_stay_where_nothing_leads():
    assert likeliest(odds(told=0.4, ahead=0.55), "told") == "told"
    assert likeliest(odds(told=0.05, ahead=0.45, open=0.3), "told") == "told"
    assert likeliest(odds(open=0.1, supposed=0.8), "open") == "open"
    assert likeliest(odds(told=0.98), "not") == "not"


def test_of_a_class_the_judge_says_which():
    reading = Reading(0, {}, {"denied": 0.5, "negated": 0.2, "threatened": 0.9, "planned": 0.1})
    assert within("not", reading) == "denied"
    assert within("open", reading) == "uncertain"
    assert within("ahead", reading) == "planned"  # a threat needs its words


def test_shipped_features_are_known_by_each_class():
    given = json.loads(files("detente.events").joinpath("data/leaning.json").read_text("utf-8"))
    count = len(given["features"])
    assert set(given["classes"]) == set(CLASSES)
    assert all(
        node[0] < count for trees in given["classes"].values() for tree in trees for node in tree if len(node) > 1
    )
