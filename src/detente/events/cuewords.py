"""The cue lexicon (`cues.toml`), read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files

Cue = dict[str, str]  # frame ("c", "x", "o") -> stance or "attitude"


@dataclass(frozen=True, slots=True)
class Cues:
    """Verbs with frames and stances, and the word lists of every other way of quoting."""

    verbs: dict[str, Cue]
    hearsay: frozenset[str]
    passive: frozenset[str]
    seeming: frozenset[str]
    silent: frozenset[str]
    labels: frozenset[str]
    nouns: frozenset[str]
    noun_stance: dict[str, str]
    anonymous_heads: frozenset[str]
    anonymous_words: frozenset[str]
    spokesmen: frozenset[str]
    offices: frozenset[str]
    things: frozenset[str]
    papers: frozenset[str]
    violence: frozenset[str]


_NOUN_STANCE = {
    "claim": "claims", "allegation": "blames", "accusation": "blames", "charge": "blames", "denial": "denies",
    "threat": "threatens", "vow": "threatens", "warning": "threatens", "demand": "requests", "request": "requests",
    "call": "requests", "suspicion": "doubts", "belief": "doubts", "fear": "doubts", "rumour": "doubts",
    "rumor": "doubts", "word": "doubts", "suggestion": "doubts", "doubt": "doubts", "scepticism": "doubts", "skepticism": "doubts",
}  # fmt: skip


def _read() -> Cues:
    with files("detente.events").joinpath("cues.toml").open("rb") as handle:
        data = tomllib.load(handle)
    verbs: dict[str, Cue] = {}
    for stance, frames in data["verbs"].items():
        for frame, words in frames.items():
            for word in words.split():
                # attitudes never override a speech verb; a special stance overrides the plain one
                if stance != "attitude" or frame not in verbs.get(word, {}):
                    verbs.setdefault(word, {})[frame] = stance
    words = {k: frozenset(v.split()) for k, v in data["words"].items()}
    return Cues(verbs=verbs, noun_stance=_NOUN_STANCE, violence=words.pop("violence"), **words)


CUES = _read()
