"""Triage: which sentences can hold an event, told from their words alone, so that the rest is never parsed.

A small table of word weights (`data/triage.json`) stands for the coder: it was fitted on what the coder itself finds
in mixed texts, with a cut that keeps all but a few in a thousand of the sentences in which it finds something. Made by
`benchmarks/triage_train.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+|\d")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])")
# what begins so leans on the sentence before it
_LEANING = re.compile(r"[\"'“‘(\[]*(?:he|she|they|it|this|that|these|those|the|his|her|their|its|both|such|but|and)\b", re.I)  # fmt: skip
_OPENING, _CLOSING = "“", "”"


@dataclass(frozen=True, slots=True)
class Table:
    """Log odds: of a sentence without known words, and what each word adds; `cut` is where parsing begins."""

    bias: float
    cut: float
    weights: Mapping[str, float]

    def score(self, sentence: str) -> float:
        """Log odds that the sentence holds an event."""
        return self.bias + sum(self.weights.get(word, 0.0) for word in features(sentence))


@cache
def table() -> Table:
    """The shipped weights."""
    raw = json.loads(files("detente.events").joinpath("data/triage.json").read_text("utf-8"))
    return Table(raw["bias"], raw["cut"], raw["weights"])


def features(sentence: str) -> set[str]:
    """Its words, lower case, each once; a digit stands for every number."""
    return set(_WORD.findall(sentence.lower()))


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """[start, end) of the sentences of a paragraph, by punctuation; trailing space belongs to the one before."""
    start = 0
    for gap in _SENTENCE.finditer(text):
        yield start, gap.end()
        start = gap.end()
    if start < len(text):
        yield start, len(text)


def worth(text: str, judge: Table) -> list[tuple[int, int]]:
    """[start, end) of the stretches of a paragraph to parse: sentences above the cut, with the one they lean on."""
    every = list(sentences(text))
    keep = [judge.score(text[start:end]) >= judge.cut for start, end in every]
    for i in range(1, len(every)):
        inside = text.count(_OPENING, 0, every[i][0]) > text.count(_CLOSING, 0, every[i][0])
        if keep[i] and (inside or _LEANING.match(text, every[i][0])):
            keep[i - 1] = True
    out: list[tuple[int, int]] = []
    for (start, end), kept in zip(every, keep, strict=True):
        if kept and out and out[-1][1] == start:
            out[-1] = (out[-1][0], end)
        elif kept:
            out.append((start, end))
    return out
