"""One parsed paragraph with what is known of its words before any event is coded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from itertools import accumulate
from typing import Any, TypeVar

from detente.events.syntax import logical_object, logical_subject, words_of
from detente.events.tokens import Doc, Token
from detente.reference.actors.matching import Hit
from detente.reference.codebook.read import Codebook

POLITICAL_ENTITIES = frozenset({"GPE", "NORP", "ORG", "PERSON", "LOC", "FAC"})
PERSONAL = frozenset("i we you he she they who them him her us me those these each all both everyone one".split())
POLITICAL_CLASSES = (
    "official",
    "armed",
    "envoy",
    "delegation",
    "captive",
    "people",
    "body",
    "base",
    "territory",
    "building",
    "ship",
)
# endings of words for people: cartoonists, seamen, Shiites, bandsmen
HUMAN_ENDINGS = (
    "ologist",
    "onist",
    "alist",
    "arist",
    "ogist",
    "woman",
    "sman",
    "tman",
    "dman",
    "eman",
    "folk",
    "people",
    "keeper",
    "monger",
    "holder",
)
UNPARTISAN = frozenset(
    "DATE TIME CARDINAL ORDINAL MONEY PERCENT QUANTITY WORK_OF_ART PRODUCT EVENT LAW LANGUAGE".split()
)


_NO_CLASS: frozenset[str] = frozenset()
_Answer = TypeVar("_Answer")


def kept(ask: Callable[[Scene, Token], _Answer]) -> Callable[[Scene, Token], _Answer]:
    """A question about a word, answered once a scene: many frames and trees ask it."""

    @wraps(ask)
    def answer(scene: Scene, token: Token) -> _Answer:
        known: dict[int, _Answer] = scene.known[ask]
        try:
            return known[token.i]
        except KeyError:
            found = known[token.i] = ask(scene, token)
            return found

    return answer


@dataclass(slots=True)
class Scene:
    """A paragraph's parse and the actor names in it; `offset` is where it starts in the article."""

    doc: Doc
    offset: int
    hits: Sequence[Hit]
    codebook: Codebook
    by_token: dict[int, Hit] = field(default_factory=dict)
    lows: list[str] = field(default_factory=list)  # of each token the lower-case word
    lemmas: list[str] = field(default_factory=list)  # and the lower-case lemma
    kinds: list[frozenset[str]] = field(default_factory=list)  # and the codebook's word classes that the lemma is in
    known: dict[Any, dict[int, Any]] = field(default_factory=lambda: defaultdict(dict))  # by question, by token
    _before: tuple[list[int], list[int]] | None = None

    def __post_init__(self) -> None:
        self.lows, self.lemmas = words_of(self.doc)
        self.kinds = [self._classes(token) for token in self.doc]
        for hit in self.hits:
            span = self.doc.char_span(hit.start, hit.end, alignment_mode="expand")
            for token in span or ():
                self.by_token[token.i] = hit

    @kept
    def sides(self, verb: Token) -> tuple[Token | None, Token | None]:
        """Who does it and to whom it is done, by the parse."""
        return logical_subject(verb), logical_object(verb)

    def hit(self, token: Token) -> Hit | None:
        """The actor name this token is part of."""
        return self.by_token.get(token.i)

    def is_a(self, token: Token, *classes: str) -> bool:
        """Whether the token's lemma is in one of the codebook's word classes."""
        return not self.kinds[token.i].isdisjoint(classes)

    def _classes(self, token: Token) -> frozenset[str]:
        lemma = self.lemmas[token.i]
        if token.is_sent_start and token.tag_ in ("NNP", "NNPS"):
            lemma = lemma.removesuffix("s")  # 'Rockets landed': the capital makes a name of it, which keeps its plural
        return self.codebook.classes_of.get(lemma, _NO_CLASS)

    @property
    def commas(self) -> list[int]:
        """How many commas stand before each token."""
        return self._counts()[0]

    @property
    def verbs(self) -> list[int]:
        """How many verbs stand before each token."""
        return self._counts()[1]

    def _counts(self) -> tuple[list[int], list[int]]:
        if self._before is None:
            commas, verbs = (t.text == "," for t in self.doc), (t.pos_ == "VERB" for t in self.doc)
            self._before = list(accumulate(commas, initial=0)), list(accumulate(verbs, initial=0))
        return self._before

    @kept
    def political(self, token: Token) -> bool:
        """Could this noun be a party to an event: a name, a demonym, an office, people, troops?"""
        if token.i in self.by_token or token.ent_type_ in POLITICAL_ENTITIES or unknown_name(token):
            return True
        if token.lower_ in PERSONAL or self.is_a(token, *POLITICAL_CLASSES):
            return True
        if token.pos_ == "NOUN" and token.lemma_.lower().endswith(HUMAN_ENDINGS):
            return True
        return any(
            child.i in self.by_token or child.ent_type_ in POLITICAL_ENTITIES or unknown_name(child)
            for child in token.children
            if child.dep_ in ("compound", "amod", "poss", "nmod", "appos")
        )

    @kept
    def party(self, token: Token) -> bool:
        """Could this noun alone be whom a deed is done to: a name, people, an office, a body; no place or building?"""
        if token.pos_ == "NOUN" and token.lemma_.lower().endswith(HUMAN_ENDINGS):
            return True
        return self.named(token) or self.is_a(token, "people", "body")

    @kept
    def named(self, token: Token) -> bool:
        """Does a state, body, group or named entity stand in this noun phrase?"""
        around = [token, *(c for c in token.children if c.dep_ in ("compound", "amod", "poss", "nmod", "appos"))]
        return any(
            self._is_name(t) or t.ent_type_ in ("GPE", "NORP", "ORG", "PERSON") or unknown_name(t) for t in around
        )

    def _is_name(self, token: Token) -> bool:
        hit = self.by_token.get(token.i)
        return hit is not None and hit.kind != "role"  # 'company' and 'pilgrims' are roles, not names


def unknown_name(token: Token) -> bool:
    """A capitalised proper noun that neither the actor data nor the parser's entities know: 'Carriacou', 'the Nawab'."""
    return token.pos_ == "PROPN" and token.text[0].isupper() and token.ent_type_ not in UNPARTISAN
