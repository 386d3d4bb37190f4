"""Triage: an option that passes over paragraphs without a deed, and says so."""

import pytest

from detente.events.coder import Coder
from detente.events.judge import Judge
from detente.events.triage import sentences, worth
from detente.reading import read_text
from detente.records import SetupError
from detente.reference.codebook.read import load

SPORT = "Ulla Berg won the slalom on Sunday by two tenths. It was her best run of the winter."
BAKING = "Knead the dough for ten minutes. Let it rest beneath a damp cloth until it has doubled."
WAR = "Rebels shelled the northern port of Arvenna on Friday, the defence ministry said."
TALKS = "The foreign ministers of Chad and Niger met in Zinder on Monday and agreed to reopen the border."


@pytest.fixture(scope="module")
def judge():
    return Judge()


@pytest.fixture(scope="module")
def coder(judge):
    return Coder(judge=judge, triage=True)


def test_sentences_are_cut_without_a_parse():
    assert sentences("He left. “Why?” she asked. 30 men came.") == ["He left.", "“Why?” she asked.", "30 men came."]
    assert sentences(" ") == []


def test_what_tells_a_deed_or_holds_a_word_of_war_is_worth_parsing(judge):
    assert worth(judge, [SPORT, WAR, BAKING, TALKS]) == [False, True, False, True]
    assert worth(judge, []) == []


def test_the_record_says_how_much_was_passed_over(coder, judge):
    mixed = read_text("\n".join((SPORT, TALKS, BAKING)), id="mixed")
    quiet, loud = read_text(BAKING, id="quiet"), read_text(WAR, id="loud")
    found = {article.id: coded for article, coded in coder.code_many([mixed, quiet, loud])}
    assert found["mixed"].coder.endswith("; triage: 2 paragraphs passed over")
    assert found["quiet"].coder.endswith("; triage: 1 paragraphs passed over") and not found["quiet"].events
    assert found["loud"].coder.endswith("; triage")
    [(_, plain)] = Coder(judge=judge).code_many([mixed])
    assert [(e.type, e.trigger) for e in found["mixed"].events] == [(e.type, e.trigger) for e in plain.events] != []


def test_without_a_judge_there_is_no_triage():
    with pytest.raises(SetupError, match="detente train"):
        Coder(codebook=load(), triage=True)
