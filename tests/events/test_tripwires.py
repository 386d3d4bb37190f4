"""Tripwires: conditions held over somebody, with holder, deadline and direction."""

from datetime import date

import pytest

HELD = {
    # text: (act, direction, negated condition, holder, deadline)
    "If Greece expels our envoy, we will arrest its consul, the Albanian minister said.":
        ("COERCE", "punishes", False, "the Albanian minister", None),
    "Unless Kosovo lifts the tariff by Sunday, Serbia will arrest its drivers, a spokesman said.":
        ("COERCE", "punishes", True, "Serbia", "by Sunday"),
    "As long as the blockade lasts, the Houthis will attack ships in the Red Sea, their spokesman said.":
        ("ASSAULT", "punishes", False, "the Houthis", None),
    "Should Turkish troops cross the river, Syria will shell them, the Syrian army said.":
        ("ASSAULT", "punishes", False, "Syria", None),
    "Were Taiwan to declare independence, China would attack, Beijing warned.":
        ("ASSAULT", "punishes", False, "China", None),
    "“One more drone over our base and we will bomb the port,” the Eritrean general said.":
        ("ASSAULT", "punishes", False, "the Eritrean general", None),
    "“Free our pilots within 48 hours or we will execute the hostages,” the militants told the government.":
        ("ASSAULT", "punishes", True, "the militants", "within 48 hours"),
    "Failing a deal, Guinea will expel the French envoy, the minister said.":
        ("SANCTION", "punishes", True, "Guinea", None),
    "Without a truce by Friday, Nigeria will send troops into Niger, the bloc warned.":
        ("MOBILIZE", "punishes", True, "Nigeria", "by Friday"),
    "The moment a shell lands in Basra, Iraq will close the border, the governor said.":
        ("COERCE", "punishes", False, "Iraq", None),
    "The United States threatened to impose tariffs on Mexico unless it stops the migrants.":
        ("SANCTION", "punishes", True, "The United States", None),
    "If attacked, Iran will hit American bases, the general warned.":
        ("ASSAULT", "punishes", False, "Iran", None),
    "Any attack on Finnish soil would be answered with force, the president said.":
        ("ASSAULT", "punishes", False, "the president", None),
    "If the rebels lay down their arms, the government will free their prisoners, the president said.":
        ("RETREAT", "rewards", False, "the government", None),
    "Once the militia leaves Kidal, France will withdraw its soldiers, Paris said.":
        ("RETREAT", "rewards", False, "France", None),
    "Provided that Israel stops the raids, Hamas will release the hostages, its leader said.":
        ("RETREAT", "rewards", False, "Hamas", None),
    "Britain will lift the sanctions only if Myanmar frees the journalists, the envoy said.":
        ("CONCEDE", "rewards", False, "Britain", None),
    "Lebanon will sign the accord if Israel withdraws from Ghajar, the minister said.":
        ("SUPPORT", "rewards", False, "Lebanon", None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HELD.items(), ids=[t[:50] for t in HELD])
def test_held_conditions(code, text, expected):
    (wire,) = code(text).tripwires
    holder = wire.holder.text if wire.holder else None
    deadline = wire.deadline.text if wire.deadline else None
    assert (wire.act, wire.direction, wire.negated_condition, holder, deadline) == expected


@pytest.mark.parametrize(
    "text",
    [
        "If Armenia had asked, Russia would have sent troops.",
        "“Had they fired a single shot, we would have razed the town,” the Chadian general said.",
        "If it rains, farmers will plant maize.",
        "If prices rise, inflation will follow.",
        "Troops withdrew when the governor asked.",
    ],
)
def test_counterfactuals_forecasts_and_history_hold_nothing(code, text):
    assert code(text).tripwires == ()


def test_a_tripwire_points_at_its_event_and_speaker(code):
    coded = code("If Ethiopia fills the dam, Egypt will bomb it, the Egyptian minister said.")
    (wire,) = coded.tripwires
    event = next(e for e in coded.events if e.id == wire.event)
    assert (event.type, event.modality, event.condition) == ("THREATEN", "conditional", wire.condition)
    assert [link.source.text for link in wire.attribution] == ["the Egyptian minister"]
    assert wire.state == "armed"


def test_a_threat_without_a_deed_is_still_held_but_vague(code):
    (wire,) = code(
        "“If they come near our shore, this island will be their graveyard,” the Cuban admiral said."
    ).tripwires
    assert (wire.vague, wire.direction) == (True, "punishes")


def test_whom_somebody_makes_do_it_holds_nothing(code):
    (wire,) = code("The Kenyan president vowed to make Eritrea pay heavily should any Kenyan be killed.").tripwires
    assert wire.holder.text == "The Kenyan president"


def test_a_quotation_inside_a_consequence_keeps_its_closing_mark(code):
    (wire,) = code('Mali would pay "a heavy price" should it attack, the Nigerien general said.').tripwires
    assert wire.consequence.quote.count('"') == 2


def test_whoever_an_official_quotes_holds_the_threat(code):
    """The official only passes on what another capital told his own."""
    text = "If another pilot is captured, ten bridges will be destroyed: that is what Ankara has told Damascus, a Syrian official said."
    (held,) = code(text).tripwires
    assert held.holder.text == "Ankara"
    (nobody,) = code("If another pilot is captured, ten bridges will be destroyed, a Syrian official said.").tripwires
    assert nobody.holder is None or nobody.holder.text != "Ankara"


def test_forty_eight_hours_run_from_the_day_the_threat_was_made(code):
    """Published on a Wednesday: an ultimatum of Monday ends that day, one without its day on Friday."""
    (monday,) = code(
        "Boko Haram threatened on Monday to bomb the embassy of Spain unless its diplomats quit Chad within 48 hours."
    ).tripwires
    assert monday.deadline.end == date(2021, 6, 16)
    (today,) = code(
        "Boko Haram threatened to bomb the embassy of Spain unless its diplomats quit Chad within 48 hours."
    ).tripwires
    assert today.deadline.end == date(2021, 6, 18)
