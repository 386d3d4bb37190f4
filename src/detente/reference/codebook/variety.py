"""How varied the codebook's examples are: nearest neighbours, syntax, regions, genres and distinct triggers.

Likeness is the cosine of TF-IDF weighted word counts over all examples of the codebook, from 0 (no word shared)
to 1 (the same words); the names a template is filled with weigh most, so two examples of one template with swapped
names are also caught by the word pairs they share.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from detente.reference.codebook.frames import Codebook, Example, TypeEntry

COPY = 0.5  # likeness at which two examples count as near-copies
COMMON = 0.2  # words in more than this share of the examples say nothing of likeness

_WORD = re.compile(r"[\w']+")
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:not\s+|\w+ly\s+)?$", re.IGNORECASE)
_BEFORE_NOUN = re.compile(
    r"\b(?:an?|the|its|their|his|her|our|no|any|this|that)\s+(?:[\w-]+\s+)?$|'s\s+$", re.IGNORECASE
)
_AFTER_NOUN = re.compile(r"\s+(?:of|on|against|by|between|over|with|along)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:who|which|that|whom|whose)\b[^,;:.]*$", re.IGNORECASE)
_CONDITION = re.compile(r"\b(?:if|unless|should|provided|until|in case|were|had)\b", re.IGNORECASE)
_QUOTE = re.compile(r"[“\"]")


@dataclass(frozen=True, slots=True)
class Variety:
    """How varied one type's positive examples are; shares and likeness run from 0 to 1."""

    type: str
    examples: int
    near_misses: int
    regions: dict[str, int]
    genres: dict[str, int]
    modalities: dict[str, int]
    syntax: dict[str, float]  # share of each shape in `SHAPES`
    triggers: int  # distinct marked triggers, in lower case
    words: float  # mean length
    nearest: float  # mean likeness to the most similar other example of the type
    closest: float  # likeness of the two most similar ones

    @property
    def passive(self) -> float:
        """Share of passive triggers."""
        return self.syntax["passive"]

    @property
    def nominal(self) -> float:
        """Share of nominal triggers."""
        return self.syntax["nominal"]


def variety(codebook: Codebook) -> list[Variety]:
    """A row per type."""
    vectors = Vectors([e.text for entry in codebook.types.values() for e in entry.examples])
    return [_row(entry, vectors) for entry in codebook.types.values()]


def _row(entry: TypeEntry, vectors: Vectors) -> Variety:
    good = [example for example in entry.examples if example.positive]
    total = max(len(good), 1)
    nearest = list(vectors.nearest([e.text for e in good]))
    return Variety(
        entry.type, len(good), len(entry.examples) - len(good),
        dict(Counter(e.region for e in good)), dict(Counter(e.genre for e in good)),
        dict(Counter(e.modality for e in good)),
        {name: sum(map(shape, good)) / total for name, shape in SHAPES.items()},
        len({e.trigger.lower() for e in good if e.trigger}),
        sum(len(_WORD.findall(e.text)) for e in good) / total,
        sum(nearest) / max(len(nearest), 1), max(nearest, default=0.0),
    )  # fmt: skip


def triggers(example: Example) -> list[tuple[int, int, str]]:
    """Marked triggers as (start, end, words)."""
    return [(start, end, example.text[start:end]) for role, start, end in example.marks if role == "T"]


def is_passive(example: Example) -> bool:
    """Whether a form of 'be' stands right before a marked trigger that reads as a participle, or opens it."""
    return any(
        (_BE.search(example.text[:start]) and trigger.split()[0].endswith(("d", "n", "t")))
        or _BE.match(f"{trigger.split()[0]} ")
        for start, _, trigger in triggers(example)
    )


def is_nominal(example: Example) -> bool:
    """Whether a determiner stands before a marked trigger, or it opens the text with a noun's preposition after it."""
    return any(
        _BEFORE_NOUN.search(example.text[:start])
        or (start == 0 and not trigger.endswith("ed") and _AFTER_NOUN.match(example.text[end:]))
        for start, end, trigger in triggers(example)
    )


def is_relative(example: Example) -> bool:
    """Whether the trigger stands in a clause that a relative word opens."""
    return any(_RELATIVE.search(example.text[:start]) for start, _, _ in triggers(example))


def is_conditional(example: Example) -> bool:
    """Whether a word of condition stands in the sentence."""
    return bool(_CONDITION.search(example.text))


def is_question(example: Example) -> bool:
    """Whether something is asked."""
    return "?" in example.text


def is_quoted(example: Example) -> bool:
    """Whether the trigger stands within quotation marks."""
    return any(
        len(_QUOTE.findall(example.text[:start])) % 2 or "“" in example.text[:start]
        for start, _, _ in triggers(example)
    )


def is_headline(example: Example) -> bool:
    """Whether it ends without a mark, as headlines do."""
    return example.text[-1].isalnum()


SHAPES = {
    "passive": is_passive, "nominal": is_nominal, "relative": is_relative, "conditional": is_conditional,
    "question": is_question, "quoted": is_quoted, "headline": is_headline,
}  # fmt: skip


class Vectors:
    """TF-IDF weights of words and word pairs over all examples of a codebook."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.counts = {text: Counter(_terms(text)) for text in texts}
        held = Counter(term for counts in self.counts.values() for term in counts)
        limit = max(COMMON * len(self.counts), 2)
        self.idf = {term: math.log(len(self.counts) / n) for term, n in held.items() if n <= limit}
        self.weights = {text: self._unit(counts) for text, counts in self.counts.items()}

    def _unit(self, counts: Mapping[str, int]) -> dict[str, float]:
        raw = {term: n * self.idf[term] for term, n in counts.items() if term in self.idf}
        length = math.sqrt(sum(w * w for w in raw.values())) or 1.0
        return {term: w / length for term, w in raw.items()}

    def pairs(self, texts: Sequence[str], least: float = 0.0) -> Iterator[tuple[int, int, float]]:
        """(i, j, likeness) of all i < j that share a word and are at least so alike."""
        holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for j, text in enumerate(texts):
            like: dict[int, float] = defaultdict(float)
            for term, weight in self.weights[text].items():
                for i, other in holders[term]:
                    like[i] += weight * other
                holders[term].append((j, weight))
            yield from ((i, j, cosine) for i, cosine in like.items() if cosine >= least)

    def nearest(self, texts: Sequence[str]) -> list[float]:
        """The likeness of each text to the most similar other one."""
        best = [0.0] * len(texts)
        for i, j, cosine in self.pairs(texts):
            best[i], best[j] = max(best[i], cosine), max(best[j], cosine)
        return best


def _terms(text: str) -> Iterator[str]:
    words = [word.lower() for word in _WORD.findall(text)]
    yield from words
    yield from (f"{a} {b}" for a, b in pairwise(words))
