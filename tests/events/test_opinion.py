"""What the judge is asked about, and what becomes of what it says."""

from dataclasses import replace

import pytest

from detente.events.judge import Reading
from detente.events.modality import Verdict
from detente.events.opinion import asked, in_company, stands
from detente.events.roles import Candidate
from detente.events.triggers import candidates
from detente.records import MODALITIES, TYPES
from detente.reference.codebook.read import NONE

RAID = "Gunmen raided a garrison in Chad on Sunday."
EVEN = 0.4  # odds that a sentence tells a deed, below which it rarely does


def reading(at, type_, odds=0.97, modality="happened"):
    """A reading that is sure of one type and one modality."""
    rest = (1 - odds) / len(TYPES)
    types = dict.fromkeys((*TYPES, NONE), rest) | {type_: odds}
    modes = dict.fromkeys(MODALITIES, 0.01) | {modality: 0.92}
    return Reading(at, types, modes)


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
    assert (list(in_company(answers))[-1][0].told >= EVEN) == kept


def test_what_follows_changes_nothing():
    answers = [[replace(reading(0, "ASSAULT"), told=odds)] for odds in (0.3, 0.9, 0.95)]
    assert next(in_company(answers)) == next(in_company(answers[:1]))
