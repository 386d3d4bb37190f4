"""Texts of the codebook in which every deed is marked."""

import tomllib

import pytest

from detente.records import ConfigError
from detente.reference.codebook.read import GENRES, REGIONS, load
from detente.reference.codebook.whole import texts

ONE = """
[[text]]
text = "Rebels shelled Sake. The army shelled rebels in reply; a mayor called it a storm."
region = "central-africa"
genre = "wire"
deeds = [
  { at = "shelled", type = "ASSAULT", actor = "Rebels", recipient = "Sake" },
  { at = "shelled", nth = 2, type = "ASSAULT", actor = "The army", recipient = ["rebels"], modality = "denied" },
]
"""


def read(toml):
    return list(texts(tomllib.loads(toml), "x.toml", GENRES, REGIONS))


def test_deeds_and_parties_are_places_in_the_text():
    (text,) = read(ONE)
    first, second = text.deeds
    assert text.text[slice(*first.trigger)] == text.text[slice(*second.trigger)] == "shelled"
    assert first.trigger[0] < second.trigger[0] and second.modality == "denied"
    assert text.text[slice(*second.recipients[0])] == "rebels"  # not 'Rebels'


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('"ASSAULT", actor = "Rebels"', '"FIGHT", actor = "Rebels"', "'FIGHT' is none of"),
        ('actor = "Rebels"', 'actor = "Bels"', "'Bels' does not stand in the text"),
        ("nth = 2", "nth = 3", "'shelled' does not stand in the text 3 times"),
        ("wire", "song", "'genre' cannot be 'song'"),
        ("modality", "mood", "unknown key 'mood'"),
    ],
)
def test_what_is_wrong_and_where(right, wrong, says):
    with pytest.raises(ConfigError, match=f"x.toml text 1: {says}"):
        read(ONE.replace(right, wrong))


def test_the_shipped_texts_hold_deeds_and_none():
    found = load().texts
    assert sum(not t.deeds for t in found) > 100 and sum(len(t.deeds) > 1 for t in found) > 100
    assert len({t.text for t in found}) == len(found)
