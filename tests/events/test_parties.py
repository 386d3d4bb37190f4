"""Frames that need two named parties, and things that are handed over."""

import pytest

from detente.events.coder import Coder
from detente.reading import read_text


@pytest.fixture(scope="module")
def coder():
    return Coder()


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Gambian and Senegalese vets vaccinate cattle jointly.", ["COOPERATE"]),
        ("Peru was lent six pumps by Chile.", ["AID"]),
        ("A vet and his sister vaccinate cattle jointly.", []),
        ("The shop sells wheat to bakers.", []),
    ],
)
def test_who_must_be_named(coder, text, types):
    assert [e.type for e in coder.code(read_text(text, id="x")).events] == types


@pytest.mark.parametrize(
    "text",
    [
        "The embargo will remain in force until Rabat frees the sailors, Madrid said.",
        "Kuwait will let the trucks through provided that Iraq drops the toll, its minister said.",
        "Failing a reply from Quito, Peru will close the border on Friday, a minister said.",
    ],
)
def test_a_tripwire_in_plain_words(coder, text):
    assert len(coder.code(read_text(text, id="x")).tripwires) == 1
