"""Deeds and types weighed by the shipped trees, with a judge that says what the test wants."""

import pytest

from detente.events.judge import Reading
from detente.events.telling import of_type, options
from detente.events.triggers import candidates
from detente.events.weighing import proposals, weighed
from detente.records import MODALITIES, TYPES
from detente.reference.codebook.read import NONE

RAID = "Gunmen raided a garrison in Chad on Sunday."
NEW = "Gunmen zanked a garrison in Chad on Sunday."


def reading(at, type_, odds=0.99):
    """A reading that is sure of one type, of a sentence that tells a deed."""
    types = dict.fromkeys((*TYPES, NONE), (1 - odds) / len(TYPES)) | {type_: odds}
    return Reading(at, types, dict.fromkeys(MODALITIES, 0.01) | {"happened": 0.92})


@pytest.fixture
def heard(scene):
    """The deeds of a text after a judge has said `type_` of `word`, and what was not believed."""

    def hear(text, word, type_, **more):
        made, notes = scene(text), []
        token = next(t for t in made.doc if t.text == word)
        return weighed(made, candidates(made), {token.i: reading(token.idx, type_, **more)}, notes), notes

    return hear


def names(found):
    return [(c.token.text, c.frame.type) for c in found]


def test_without_a_judge_the_codebook_stands(scene):
    made = scene(RAID)
    assert names(weighed(made, candidates(made), {}, None)) == [("raided", "ASSAULT")]


def test_what_the_judge_is_sure_is_no_deed_is_dropped_with_its_odds(heard):
    found, notes = heard(RAID, "raided", NONE)
    assert found == [] and "a deed at" in notes[0] and "frame" in notes[0]


def test_both_agreed_is_a_deed(heard):
    assert names(heard(RAID, "raided", "ASSAULT")[0]) == [("raided", "ASSAULT")]


def test_a_word_without_a_frame_becomes_a_deed_with_its_parties(heard):
    found, _ = heard(NEW, "zanked", "ASSAULT")
    assert names(found) == [("zanked", "ASSAULT")] and "the judge reads ASSAULT" in found[0].frame.source
    assert [t.text for t in found[0].actors] == ["Gunmen"] and [t.text for t in found[0].recipients] == ["garrison"]


def test_a_word_that_is_hardly_a_deed_is_not_weighed(scene):
    made = scene(NEW)
    token = next(t for t in made.doc if t.text == "zanked")
    assert proposals(made, [], {token.i: reading(token.idx, NONE, odds=0.9)}) == []


def test_the_types_of_a_word_are_those_of_its_frames_and_the_likeliest(scene):
    made = scene(RAID)
    found = candidates(made)
    proposal = proposals(made, found, {found[0].token.i: reading(found[0].token.idx, "COERCE", odds=0.6)})[0]
    types = options(proposal)
    assert types[0] == "ASSAULT" and "COERCE" in types
    by_frame, by_judge = (of_type(made, proposal, t) for t in ("ASSAULT", "COERCE"))
    assert by_frame["first"] == 1 and by_judge["judge"] > by_frame["judge"]


def test_the_odds_of_another_type_are_told(heard):
    found, _ = heard("Police handled the strikers in Lagos.", "handled", "COERCE")
    assert names(found) == [("handled", "COERCE")]


def test_sport_and_markets_are_quiet_and_raids_are_not(code):
    assert code("Bayern demolished Augsburg on Saturday to tighten their grip on first place.").events == ()
    assert code("Investors punished the retailer, wiping a fifth off its value in a single session.").events == ()
    assert [e.type for e in code("Rebels demolished a barracks in Ituri on Saturday.").events] == ["ASSAULT"]


@pytest.mark.parametrize(
    "text",
    [
        "A bomb exploded in a market.",
        "Villagers were abducted from a bus.",
        "An air strike destroyed a bridge.",
        "A grenade went off at a bus stop, wounding seven.",
        "The blast killed six people.",
        "Shots were fired at the bishop's car.",
        "A transport helicopter was shot down.",
        "A mass grave was found behind the barracks.",
        "Most of the casualties were at a clinic near Idlib, a doctor said.",
    ],
)
def test_words_of_war_speak_for_themselves(code, text):
    assert any(e.type == "ASSAULT" for e in code(text).events)
