"""Whom terms are held over: who is to act, or who is spoken to; and what is no politics at all."""

import pytest


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("Unless the emirate opens the dam by Sunday, the river alliance will send in troops, its secretary said.", "the emirate"),
        ("Hand over the mules or lose your wells, riders told the shepherds.", "the shepherds"),
        ("Touch that pylon and we open fire, the corporal shouted to the smugglers.", "the smugglers"),
    ],
)  # fmt: skip
def test_a_threat_is_for_whoever_is_to_act_or_is_spoken_to(code, text, over):
    threats = [e for e in code(text).events if e.type == "THREATEN"]
    assert [[m.text for m in e.recipients] for e in threats] == [[over]]


@pytest.mark.parametrize(
    "text",
    [
        "Chile might close the border tunnel in the event of a further drone flight, an aide told Reuters.",
        "Ankara would bomb 30 depots if one more Turkish conscript died, the general staff said.",
    ],
)
def test_neither_the_press_nor_the_dead_are_threatened(code, text):
    assert all("Reuters" not in m.text and "conscript" not in m.text for e in code(text).events for m in e.recipients)


def test_one_alone_has_no_other_side(code):
    (met,) = (e for e in code("The new Congress convenes in Manila on Monday.").events if e.type == "CONSULT")
    assert met.recipients == ()
    (signed,) = code("President Dmitry Medvedev signed the accord with Kazakhstan on Monday.").events
    assert [m.text for m in signed.recipients] == ["Kazakhstan"]


def test_what_happens_in_a_household_is_no_politics(code):
    assert code("An Oakland woman was stabbed in front of her children by her boyfriend.").events == ()
    assert [e.type for e in code("Rebels stabbed an Oakland woman in front of her children.").events] == ["ASSAULT"]


def test_the_target_of_rockets_was_attacked(code):
    (hit,) = code("Taji camp, north of Baghdad, was the target of rockets on Sunday.").events
    assert (hit.type, [m.text for m in hit.recipients]) == ("ASSAULT", ["Taji camp"])
