"""One deed told twice is one record; two deeds stay two."""

import pytest

# text -> the (type, trigger) records it must give
CASES = {
    "attack and casualties": ("Gunmen ambushed a Kenyan patrol, killing three policemen.", [("ASSAULT", "ambushed")]),
    "noun attack and casualties": ("US strikes on Houthi targets killed five fighters.", [("ASSAULT", "killed")]),
    "light verb": ("Russia launched a missile attack on Odesa.", [("ASSAULT", "launched")]),
    "talks held": ("Turkey held talks with Greece.", [("CONSULT", "held talks")]),
    "refusal of talks": ("Niger cancelled talks with Algeria.", [("REJECT", "cancelled")]),
    "sanctions lifted": ("Austria lifted sanctions on Belarus.", [("CONCEDE", "lifted sanctions")]),
    "threat": ("Algeria threatened to cut gas supplies to Morocco.", [("THREATEN", "cut gas")]),
    "condemned raid": ("Benin condemned the raid on Natitingou by jihadists.", [("ACCUSE", "condemned"), ("ASSAULT", "raid")]),
    "two verbs, two objects": ("Guinea arrested a diplomat and expelled the Malian consul.",
                               [("COERCE", "arrested"), ("SANCTION", "expelled")]),
    "two doers": ("The convoy was ambushed by gunmen and looted by villagers.", [("ASSAULT", "ambushed"), ("ASSAULT", "looted")]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_records(code, text, expected):
    assert [(e.type, e.trigger.quote) for e in code(text).events] == expected


def test_the_folded_noun_lends_its_parties_and_is_none_itself(deed, parties):
    assert parties(deed("US strikes on Houthi targets killed five fighters.", "killed")) == (["US"], ["five fighters"])
    assert parties(deed("Azerbaijan's shelling of Martuni wounded four villagers.", "wounded"))[0] == ["Azerbaijan"]


def test_what_was_hit_and_whom_it_cost_are_both_recipients(deed, parties):
    text = "Ethiopian jets bombed a bus station in Mekelle, killing nine passengers."
    assert parties(deed(text, "bombed"))[1] == ["a bus station", "nine passengers"]


def test_where_somebody_was_wounded_is_no_recipient(deed, parties):
    text = "Thai shells killed two Cambodian soldiers and wounded three in the Samraong district."
    assert parties(deed(text, "killed"))[1] == ["two Cambodian soldiers"]


def test_whose_death_is_a_condition_is_not_whom_the_answer_hits(deed, parties):
    text = "If any more Danes are killed, forty depots across Mali will be bombed, an envoy warned."
    assert "any more Danes" not in parties(deed(text, "bombed"))[1]
