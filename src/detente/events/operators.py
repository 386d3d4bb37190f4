"""The words that change whether a deed happened (`reference/codebook/operators.toml`), read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from detente.events.tokens import Token
from detente.records import Modality

# clauses that hang on these are told as facts of their own
FACT_MARKS = frozenset("after before since as because when while although though where whereas".split())
PERCEIVE = frozenset({"show", "see", "film", "depict", "picture", "watch", "hear", "witness", "record"})
WISHES = frozenset({"hope", "hop", "wish", "fear", "imagine", "pray", "dream", "trust", "long", "yearn"})
TELLING = frozenset({"say", "tell", "report", "announce", "inform", "warn", "claim"})
CALLING = frozenset({"term", "call", "describe", "dismiss", "label", "brand", "reject"})
BASELESS = frozenset(
    "baseless false untrue fabrication fabricated lie lies fiction unfounded nonsense groundless invented rumour fable fairy hoax bogus fake".split()
)
RETRACTING = frozenset({"retract", "withdraw", "recant", "take", "disown"})
SLIGHT = frozenset(["happened", "ongoing"])


@dataclass(frozen=True, slots=True)
class Operators:
    """effect by (part of speech, lemma)."""

    verbs: dict[str, tuple[str, ...]]
    nouns: dict[str, tuple[str, ...]]
    adjectives: dict[str, tuple[str, ...]]
    adverbs: dict[str, tuple[str, ...]]


def over(noun: Token, prep: str) -> tuple[str, ...]:
    """What a noun does to the deed under its preposition: 'plans for a strike', 'talk of a coup' (talks are held)."""
    if noun.lemma_ == "talk":
        return ("hypothetical",) if noun.tag_ == "NN" and prep == "of" else ()
    return operators().nouns.get(noun.lemma_, ())


@cache
def operators() -> Operators:
    """The embedding words of the bundled codebook."""
    raw = tomllib.loads(files("detente.reference.codebook").joinpath("operators.toml").read_text("utf-8"))

    def turned(section: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
        out: dict[str, tuple[str, ...]] = {}
        for effect, lemmas in section.items():
            for lemma in lemmas:
                out[lemma] = (*out.get(lemma, ()), effect)
        return out

    return Operators(*(turned(raw[part]) for part in ("verbs", "nouns", "adjectives", "adverbs")))


EFFECT: dict[str, Modality] = {
    "planned": "planned", "threatened": "threatened", "requested": "hypothetical", "negated": "negated",
    "denied": "denied", "uncertain": "uncertain", "uncertain_passive": "uncertain",
    "hypothetical": "hypothetical", "ongoing": "ongoing",
}  # fmt: skip
