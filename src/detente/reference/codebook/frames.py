"""What the codebook consists of once it is read: frames, examples, type entries, contexts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Pos = Literal["verb", "noun", "adjective"]
Needs = Literal["none", "either", "actor", "recipient", "both", "named"]
Span = tuple[int, int]  # character offsets


@dataclass(frozen=True, slots=True)
class Frame:
    """How one set of triggers is read: what must stand around it and where the parties are.

    `lemmas` are lower case with hyphens as spaces; word lists may hold "@class" names (see `Codebook.expand`).
    """

    type: str
    pos: Pos
    lemmas: tuple[str, ...]
    dependents: tuple[str, ...] = ()
    not_dependents: tuple[str, ...] = ()
    prepositions: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    not_subject: tuple[str, ...] = ()
    not_object: tuple[str, ...] = ()
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    reciprocal: bool = False
    needs: Needs = "either"
    source: str = ""
    wide: bool = False

    @property
    def constraints(self) -> int:
        """How many things must be present around the trigger; what must be there outweighs what must not.

        A wide frame, which takes a verb whatever its object, comes after every other of its word.
        """
        must = sum(map(bool, (self.dependents, self.prepositions, self.subject, self.object)))
        must_not = sum(map(bool, (self.not_dependents, self.not_subject, self.not_object)))
        return 20 * must + 3 * must_not - 1000 * self.wide


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of ours. `type` is what it really is: for a near miss another type or "NONE"."""

    text: str
    actor: str | None
    recipient: str | None
    trigger: str | None
    type: str
    modality: str
    genre: str
    region: str
    positive: bool
    marks: tuple[tuple[str, int, int], ...] = ()  # ("A" | "R" | "T", start, end) in `text`


@dataclass(frozen=True, slots=True)
class Deed:
    """One deed of a text: where it is told, what it is, who did it to whom."""

    trigger: Span
    type: str
    modality: str
    actors: tuple[Span, ...] = ()
    recipients: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A text of ours in which every deed is marked; no other word tells one."""

    text: str
    deeds: tuple[Deed, ...]
    genre: str
    region: str


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """One PLOVER type: what it is, what it is not, its modes, triggers and examples."""

    type: str
    quad: str
    score: float
    definition: str
    is_not: tuple[str, ...]
    modes: dict[str, str]
    frames: tuple[Frame, ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A short text of ours that has a context or, where not positive, only seems to."""

    text: str
    genre: str
    region: str
    positive: bool


@dataclass(frozen=True, slots=True)
class Context:
    """What an article is about: PLOVER's general context with words that point to it."""

    name: str
    definition: str
    terms: tuple[str, ...]
    sure: tuple[str, ...] = ()  # terms that count twice
    is_not: str = ""
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Codebook:
    """The whole codebook; frames in the lookup tables stand most constrained first."""

    types: dict[str, TypeEntry]
    classes: dict[str, frozenset[str]]
    classes_of: dict[str, frozenset[str]]  # by word
    contexts: dict[str, Context]
    version: str  # first 12 hex digits of the SHA-256 of all files
    verbs: dict[str, tuple[Frame, ...]]  # "kill", "blow up"
    nouns: dict[str, tuple[Frame, ...]]  # "attack", "rocket attack"
    adjectives: dict[str, tuple[Frame, ...]]
    verbs_by_head: dict[str, tuple[Frame, ...]]  # first word: "blow"
    nouns_by_head: dict[str, tuple[Frame, ...]]  # last word: "attack"; longer nouns first
    slips: dict[str, tuple[str, ...]]  # verb: wrong lemmas the language model makes of its forms
    texts: tuple[Text, ...] = ()  # marked whole

    def expand(self, words: Iterable[str]) -> frozenset[str]:
        """The words with every @class replaced by its members."""
        return expand(words, self.classes)


def expand(words: Iterable[str], classes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The words with every @class replaced by its members; KeyError for an unknown class."""
    out: set[str] = set()
    for word in words:
        out |= classes[word[1:]] if word.startswith("@") else {word}
    return frozenset(out)
