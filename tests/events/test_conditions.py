"""Conditions: if-then in all its shapes, as spans of condition and consequence."""

import pytest

from detente.events.conditions import conditionals

# text, condition, consequence, fires when the condition is NOT met
SHAPES = {
    "if": ("If Oman pays, the rebels will free the crew.", "If Oman pays", "the rebels will free the crew", False),
    "if, after": ("Laos will sign if China agrees.", "if China agrees", "Laos will sign", False),
    "only if": ("Britain will lift the ban only if Myanmar frees the monks.", "only if Myanmar frees the monks",
                "Britain will lift the ban", False),
    "unless": ("Unless Mali pays, Niger will cut its power.", "Unless Mali pays", "Niger will cut its power", True),
    "as long as": ("As long as the blockade lasts, the Houthis will attack ships.", "As long as the blockade lasts",
                   "the Houthis will attack ships", False),
    "once": ("Once the militia leaves Kidal, France will withdraw.", "Once the militia leaves Kidal", "France will withdraw", False),
    "provided": ("Provided that Israel stops the raids, Hamas will free them.", "Provided that Israel stops the raids",
                 "Hamas will free them", False),
    "should": ("Should Rwanda attack, Burundi would retaliate.", "Should Rwanda attack", "Burundi would retaliate", False),
    "were": ("Were Taiwan to secede, China would attack.", "Were Taiwan to secede", "China would attack", False),
    "in the event of": ("In the event of an invasion, Guyana will mobilise its army.", "In the event of an invasion",
                        "Guyana will mobilise its army", False),
    "failing": ("Failing a deal, Guinea will expel the envoy.", "Failing a deal", "Guinea will expel the envoy", True),
    "without": ("Without a truce by Friday, Nigeria will send troops.", "Without a truce by Friday", "Nigeria will send troops", True),
    "the moment": ("The moment a shell lands in Basra, Iraq will close the border.", "The moment a shell lands in Basra",
                   "Iraq will close the border", False),
    "any … would": ("Any attack on the island would be answered with force.", "Any attack on the island",
                    "would be answered with force", False),
    "one more … and": ("“One more drone over our base and we will bomb the port.”", "One more drone over our base",
                       "we will bomb the port", False),
    "order or else": ("“Free our pilots or we will shell the town.”", "Free our pilots", "we will shell the town", True),
    "otherwise": ("“Clear the road, otherwise bulldozers will destroy your homes.”", "Clear the road",
                  "bulldozers will destroy your homes", True),
    "order and reward": ("“Stop the bombing and the prisoners will be freed.”", "Stop the bombing", "the prisoners will be freed", False),
    "whoever": ("Whoever shelters the bombers will be bombed.", "Whoever shelters the bombers", "will be bombed", False),
    "anyone who": ("Anyone who helps the rebels will be arrested.", "Anyone who helps the rebels", "will be arrested", False),
    "no …, no …": ("“No hostages, no fuel.”", "No hostages", "no fuel", True),
}  # fmt: skip


@pytest.mark.parametrize(("text", "condition", "consequence", "negated"), SHAPES.values(), ids=SHAPES)
def test_shapes(coder, text, condition, consequence, negated):
    doc = coder.nlp(text)
    found = conditionals(doc)
    assert [(doc[slice(*c.condition)].text, doc[slice(*c.consequence)].text, c.negated) for c in found] == [
        (condition, consequence, negated)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Even if the talks fail, the army will stay.",
        "The army acted as if the town were empty.",
        "Troops withdrew when the rain came.",
        "Any visitor is welcome.",
        "Should the army stay?",
        "Without fuel, the army halted.",
    ],
)
def test_what_only_looks_like_a_condition(coder, text):
    assert conditionals(coder.nlp(text)) == []


def test_a_past_counterfactual_is_marked(coder):
    (found,) = conditionals(coder.nlp("If Armenia had asked, Russia would have sent troops."))
    assert found.counterfactual


def test_the_reporting_clause_is_no_part_of_either_side(coder):
    doc = coder.nlp("If Greece expels our envoy, we will close the border, the Albanian minister said.")
    (found,) = conditionals(doc)
    assert doc[slice(*found.consequence)].text == "we will close the border"
