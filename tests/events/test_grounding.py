"""Whose army, whose rebels, which two sides: bodies that name no country, in the run of an article."""

from __future__ import annotations

import pytest

from detente.events.coder import Coder
from detente.records import Article


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(judge=False)


def actors(coder: Coder, text: str, words: str) -> list[str | None]:
    """The actors of the mention with these words, of whichever deed has it."""
    coded = coder.code(Article(id="a", title="", text=text, outlet=None))
    found = [m for e in coded.events for m in (*e.actors, *e.recipients) if m.text == words]
    assert found, [(e.type, [m.text for m in e.actors], [m.text for m in e.recipients]) for e in coded.events]
    return list(dict.fromkeys(m.actor for m in found))


CASES = {
    "the army of the country the article is about": (
        "Rebels seized Goma in eastern Congo. Rwanda denied any part in it.\nThe army shelled the airport.",
        "The army", ["COD.MIL"],
    ),
    "a house that sits elsewhere": (
        "Ethiopia's army bombed Mekelle on Monday.\nIn Nairobi, police arrested eleven protesters.", "police", ["KEN.COP"],
    ),
    "whoever acts in the sentence": (
        "Turkey's army shelled Tel Rifaat in Syria.\nLebanon closed its border after the army arrested forty smugglers.",
        "the army", ["LBN.MIL"],
    ),
    "police where they stand": (
        "India and Pakistan traded fire on Sunday.\nPolice in Srinagar arrested four men.", "Police", ["IND.COP"],
    ),
    "the rebels are the group named before": (
        "Fighters of M23 left Mushaki on Wednesday.\nOn Thursday the rebels attacked a base near Sake.", "the rebels", ["drc.m23"],
    ),
    "who tells of himself": (
        "Russia accused Ukraine. Ukraine's military said that it had shelled a base in Enerhodar.", "it", ["UKR.MIL"],
    ),
    "his forces": ("Ukraine's President Volodymyr Zelenskiy said his forces attacked Kherson.", "his forces", ["UKR.MIL"]),
    "both sides are two": (
        "Azerbaijan accused Armenia of shelling. Armenia accused Azerbaijan too.\nBoth sides attacked villages overnight.",
        "Both sides", ["AZE", "ARM"],
    ),
    "a name the parser cuts is one": ("India blamed Lashkar-e-Taiba for the attack.", "Lashkar-e-Taiba", ["pakistan.lashkar-e-taiba"]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words", "expected"), CASES.values(), ids=CASES)
def test_who_is_meant(coder, text, words, expected):
    assert sorted(map(str, actors(coder, text, words))) == sorted(map(str, expected))
