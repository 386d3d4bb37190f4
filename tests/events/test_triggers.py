"""Roles: actors and recipients through every construction, and what is no deed at all."""

import pytest

from detente.events.triggers import candidates

ROLES = {
    "active": ("Mali expelled the French ambassador.", "expelled", ["Mali"], ["the French ambassador"]),
    "passive": ("The monastery was shelled by Thai artillery.", "shelled", ["Thai artillery"], ["The monastery"]),
    "passive, no agent": ("Two Danish sailors were abducted off Togo.", "abducted", [], ["Two Danish sailors"]),
    "relative clause": ("The soldiers whom Burkina Faso sent to Djibo arrested twelve traders.", "arrested",
                        ["The soldiers"], ["twelve traders"]),
    "control": ("France persuaded Gabon to expel the Russian consul.", "expel", ["Gabon"], ["the Russian consul"]),
    "accusation": ("Venezuela was accused by Guyana of sending a warship.", "accused", ["Guyana"], ["Venezuela"]),
    "accused deed": ("Venezuela was accused by Guyana of sending a warship.", "sending", ["Venezuela"], []),
    "conjunction": ("Jordan and Egypt condemned Israel.", "condemned", ["Jordan", "Egypt"], ["Israel"]),
    "negative conjunction": ("Neither Chad nor Sudan bombed the market.", "bombed", ["Chad", "Sudan"], ["the market"]),
    "apposition": ("The Tigray People's Liberation Front, a former ruling party, attacked the Ethiopian army.", "attacked",
                   ["The Tigray People's Liberation Front"], ["the Ethiopian army"]),
    "possessive": ("Israel's army shelled a Lebanese village.", "shelled", ["Israel's army"], ["a Lebanese village"]),
    "nominal, of … by": ("Benin condemned the raid on Natitingou by jihadists.", "raid", ["jihadists"], ["Natitingou"]),
    "nominal, on … by": ("A rocket attack on Turkish troops by Kurdish fighters caused panic.", "rocket attack",
                         ["Kurdish fighters"], ["Turkish troops"]),
    "light verb": ("Russia launched a missile attack on Odesa.", "launched", ["Russia"], ["Odesa"]),
    "indirect object": ("Spain gave Ukraine twelve ambulances.", "gave", ["Spain"], ["Ukraine"]),
    "two indirect objects": ("Senegal sent medicine to Gambia and blankets to Mali.", "sent", ["Senegal"], ["Gambia", "Mali"]),
    "verb with preposition": ("Belarusian guards fired on the migrants.", "fired on", ["Belarusian guards"], ["the migrants"]),
    "object's party": ("Greece imposed sanctions on Turkey.", "imposed", ["Greece"], ["Turkey"]),
    "joined verbs": ("Guinea arrested a diplomat and expelled the Malian consul.", "expelled", ["Guinea"], ["the Malian consul"]),
    "parties of a truce": ("The truce between Yerevan and Baku has held since March.", "held", ["Yerevan", "Baku"], []),
    "own troops are no recipients": ("Eritrea withdrew its troops from Tigray.", "withdrew", ["Eritrea"], []),
    "gerund with of and by": ("The kettling of dockers by Danish police lasted all night.", "kettling", ["Danish police"], ["dockers"]),
    "headline passive": ("Synagogue firebombed by Odesa gang", "firebombed", ["Odesa gang"], ["Synagogue"]),
    "before whose door": ("Nurses rallied at the gate of the health ministry.", "rallied", ["Nurses"], ["the health ministry"]),
    "whom it is to deter": ("Estonia massed troops to deter Russia.", "massed", ["Estonia"], ["Russia"]),
    "whose sentence": ("The president commuted the rebel's death sentence.", "commuted", ["The president"], ["the rebel"]),
    "no one": ("No one was shot by the guards at Osh.", "shot", ["the guards"], []),
    "nobody": ("Nobody was arrested in Tbilisi.", "arrested", [], []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "word", "actors", "recipients"), ROLES.values(), ids=ROLES)
def test_roles(deed, parties, text, word, actors, recipients):
    assert parties(deed(text, word)) == (actors, recipients)


@pytest.mark.parametrize(
    ("text", "word", "both"),
    [
        ("The presidents of Chad and Sudan met in Doha.", "met", ["The presidents of Chad", "Sudan"]),
        ("India and Nepal have scheduled talks for Monday.", "talks", ["India", "Nepal"]),
    ],
)
def test_reciprocal_deeds_have_both_sides_on_both_sides(deed, parties, text, word, both):
    event = deed(text, word)
    assert event.reciprocal
    assert parties(event) == (both, both)


def test_who_is_met_stands_apart_from_who_came(deed, parties):
    event = deed("Kenya held talks with Somalia.", "held talks")
    assert event.reciprocal
    assert parties(event) == (["Kenya"], ["Somalia"])


@pytest.mark.parametrize(
    "text",
    [
        "Shares in Tokyo were hit by a wave of selling.",
        "A heart attack killed the Danish singer.",
        "In March the museum reopened.",
        "Heavy rain battered the coast on Tuesday.",
        "The striker shot from twenty metres.",
        "The novel attacks every certainty of its age.",
        "The Popular Mobilization Forces are based in Baghdad.",
        "Ireland boycotted chess and Norway shelled prawns in the derby.",
    ],
)
def test_words_that_tell_no_political_deed(code, text):
    assert code(text).events == ()


def test_what_is_refused_is_refused_with_a_reason(scene):
    dropped = []
    assert candidates(scene("The novel attacks every certainty of its age."), dropped) == []
    assert any(line.startswith("'attacks': ASSAULT.toml") for line in dropped)


def test_a_verb_that_the_lemmatiser_misreads_is_found_by_its_stem(deed):
    assert deed("Serbia primed its batteries facing Kosovo.", "primed").type == "MOBILIZE"


def test_a_weapon_and_what_it_did_are_one_deed(code):
    coded = code("Rebels planted a mine that wrecked a police van.")
    assert [e.type for e in coded.events] == ["ASSAULT"]


def test_crowds_that_close_a_place_protest_and_police_that_close_it_coerce(deed):
    assert deed("The ministry was blockaded by nurses.", "blockaded").type == "PROTEST"
    assert deed("The ministry was blockaded by the army.", "blockaded").type == "COERCE"


@pytest.mark.parametrize("text", [
    "Demonstrators raised the flags of the militia at the gate.",
    "The vote was set minutes after Pedro Sánchez gave up.",
])  # fmt: skip
def test_a_flag_or_an_office_given_up_is_no_disarmament(code, text):
    assert all("disarm" not in each.modes for each in code(text).events)
