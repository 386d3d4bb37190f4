"""Syntax: who stands where around a word, whatever the construction."""

import pytest

from detente.events import carriers, syntax

DOER_AND_TARGET = {
    "active": ("Malta seized a trawler.", "seized", "Malta", "trawler"),
    "passive with agent": ("A trawler was seized by Malta.", "seized", "Malta", "trawler"),
    "passive without agent": ("A trawler was seized off Tripoli.", "seized", None, "trawler"),
    "bare participle": ("The trawler seized by Malta sank.", "seized", "Malta", "trawler"),
    "relative clause, subject": ("Boats that shelled Goma fled.", "shelled", "Boats", "Goma"),
    "relative clause, object": ("The envoy whom Oman expelled left.", "expelled", "Oman", "envoy"),
    "contact clause": ("The town they shelled burned.", "shelled", "they", "town"),
    "infinitive of the same subject": ("Chad decided to expel the envoy.", "expel", "Chad", "envoy"),
    "infinitive of the object": ("Chad ordered the army to shell Faya.", "shell", "army", "Faya"),
    "accusation": ("Quito accused Lima of arming rebels.", "arming", "Lima", "rebels"),
    "plan of somebody": ("Togo announced a plan to arm villagers.", "arm", "Togo", "villagers"),
    "joined verbs": ("Gunmen stormed the mill and burned a truck.", "burned", "Gunmen", "truck"),
    "joined verbs, one object": ("Guards stopped and searched a truck.", "stopped", "Guards", "truck"),
    "participle clause": ("Jets bombed the port, sinking a ferry.", "sinking", "Jets", "ferry"),
    "two subjects, the later its own": ("One more shell and we will bomb the port.", "bomb", "we", "port"),
}


@pytest.mark.parametrize(("text", "verb", "doer", "target"), DOER_AND_TARGET.values(), ids=DOER_AND_TARGET)
def test_who_does_it_to_whom(token, text, verb, doer, target):
    word = token(text, verb)
    subject, done_to = syntax.logical_subject(word), syntax.logical_object(word)
    assert (subject and subject.text, done_to and done_to.text) == (doer, target)


def test_an_order_within_quotation_marks_is_not_done_by_its_speaker(token):
    assert syntax.subject(token("“Stop the bombing,” the mayor said.", "Stop")) is None


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        ("Gunmen, guards and villagers fled.", "Gunmen", ["Gunmen", "guards", "villagers"]),
        ("Rebels freed eleven of the captives.", "eleven", ["captives"]),
        ("Dozens of soldiers and nurses fled.", "Dozens", ["soldiers", "nurses"]),
        ("The presidents of Chad and Sudan met.", "presidents", ["presidents", "Sudan"]),
    ],
)
def test_joined_nouns(token, text, head, expected):
    assert [t.text for t in syntax.with_conjuncts(token(text, head))] == expected


@pytest.mark.parametrize(
    ("text", "noun", "verb"),
    [
        ("Rebels launched an attack on Bria.", "attack", "launched"),
        ("The patrol came under fire.", "fire", "came"),
        ("Two strikes were carried out on Tuesday.", "strikes", "carried"),
        ("The attack angered Lagos.", "attack", None),
    ],
)
def test_light_verbs_carry_a_noun(token, text, noun, verb):
    carried = carriers.carrier(token(text, noun))
    assert (carried and carried.text) == verb


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        ("The old mayor of Bria, who fled, wept.", "mayor", "The old mayor of Bria"),
        ("Soldiers from the north deserted.", "Soldiers", "Soldiers"),
        ("The army, a proud body, marched.", "army", "The army"),
        ("Neither Chad nor Mali answered.", "Chad", "Chad"),
    ],
)
def test_noun_phrases_stop_before_clauses_and_far_modifiers(token, text, head, expected):
    word = token(text, head)
    first, end = syntax.phrase(word)
    assert word.doc[first:end].text == expected
