"""The judge's opinion beside the codebook's, with a judge that says what the test wants."""

from dataclasses import replace

import pytest

from detente.events.judge import Reading
from detente.events.modality import Verdict
from detente.events.opinion import TOLD, asked, in_company, stands, weighed
from detente.events.roles import Candidate
from detente.events.triggers import candidates
from detente.records import MODALITIES, TYPES
from detente.reference.codebook.read import NONE

RAID = "Gunmen raided a garrison in Chad on Sunday."


def reading(at, type_, odds=0.97, modality="happened"):
    """A reading that is sure of one type and one modality."""
    rest = (1 - odds) / len(TYPES)
    types = dict.fromkeys((*TYPES, NONE), rest) | {type_: odds}
    modes = dict.fromkeys(MODALITIES, 0.01) | {modality: 0.92}
    return Reading(at, types, modes)


@pytest.fixture
def heard(scene):
    """The candidates of a text after a judge has said `type_` of `word`, and what it undid."""

    def hear(text, word, type_, **more):
        made, notes = scene(text), []
        token = next(t for t in made.doc if t.text == word)
        found = candidates(made)
        return weighed(made, found, {token.i: reading(token.idx, type_, **more)}, notes), notes

    return hear


def names(found):
    return [(c.token.text, c.frame.type) for c in found]


def test_a_deed_that_is_none_is_dropped_with_its_reason(heard):
    found, notes = heard(RAID, "raided", NONE)
    assert found == [] and "no deed" in notes[0]


def test_a_doubt_leaves_the_codebook_in_force(heard):
    found, _ = heard(RAID, "raided", NONE, odds=0.6)
    assert names(found) == [("raided", "ASSAULT")]


def test_another_type_prevails_when_the_judge_is_sure(heard):
    found, _ = heard(RAID, "raided", "COERCE")
    assert names(found) == [("raided", "COERCE")]
    assert "the judge reads COERCE" in found[0].frame.source


def test_a_word_without_a_frame_becomes_a_deed_with_its_parties(heard):
    found, _ = heard("Gunmen zanked a garrison in Chad on Sunday.", "zanked", "ASSAULT")
    assert names(found) == [("zanked", "ASSAULT")]
    assert [t.text for t in found[0].actors] == ["Gunmen"] and [t.text for t in found[0].recipients] == ["garrison"]


def test_only_sentences_with_a_party_or_a_deed_are_asked_about(scene):
    made = scene("The tide was high. Chad sent tanks to the lake.")
    assert [sent.text for sent, _ in asked(made, candidates(made))] == ["Chad sent tanks to the lake."]


@pytest.mark.parametrize(
    ("rules", "said", "stands_as"),
    [((), "denied", "denied"), ((), "conditional", "happened"), (("negated",), "uncertain", "happened")],
)
def test_the_judge_speaks_where_no_rule_did(scene, rules, said, stands_as):
    candidate: Candidate = candidates(scene(RAID))[0]
    candidate.reading = reading(0, "ASSAULT", modality=said)
    assert stands(candidate, Verdict("happened", rules)).modality == stands_as


def test_a_sentence_about_other_things_tells_no_deed(scene):
    made, notes = scene(RAID), []
    found = candidates(made)
    said = {c.token.i: replace(reading(c.token.idx, "ASSAULT"), told=0.1) for c in found}
    assert weighed(made, found, said, notes) == [] and "without a deed" in notes[0]


@pytest.mark.parametrize(
    ("own", "others", "kept"),
    [
        (0.3, [], False),
        (0.3, [0.9, 0.95], True),  # a quiet line in news of war
        (0.01, [0.9, 0.95], False),  # but not the cricket below it
        (0.6, [0.02, 0.02], True),  # a raid in a page of sport
    ],
)
def test_a_sentence_is_judged_in_the_company_of_its_text(own, others, kept):
    answers = [[replace(reading(0, "ASSAULT"), told=odds)] for odds in (*others, own)]
    assert (list(in_company(answers))[-1][0].told >= TOLD) == kept


def test_what_follows_changes_nothing():
    answers = [[replace(reading(0, "ASSAULT"), told=odds)] for odds in (0.3, 0.9, 0.95)]
    assert next(in_company(answers)) == next(in_company(answers[:1]))


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
    ],
)
def test_words_of_war_speak_for_themselves(code, text):
    assert any(e.type == "ASSAULT" for e in code(text).events)
