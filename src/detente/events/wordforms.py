"""Word classes and base forms, remembered: what spaCy's attribute ruler and lemmatizer make of a word, once per word.

All but a few of the ruler's patterns look at one word only, and so does the lemmatizer: what they make of it depends on
its letters, its tag and its place in the parse. A document that a longer pattern fits goes through both as ever; its
words teach nothing. Few words begin a longer pattern, and that is remembered too: most documents need not be searched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

KNOWN = frozenset("TAG LOWER ORTH TEXT DEP IS_SPACE".split())  # what a pattern may ask of one word
GIVEN: list[int | str] = ["ORTH", "TAG", "DEP"]
MADE: list[int | str] = ["POS", "MORPH", "LEMMA"]
REMEMBERED = 200_000  # words kept in memory
PIPES = ("attribute_ruler", "lemmatizer")


def replaceable(nlp: Language) -> bool:
    """Whether the pipeline has both components, one after the other, with patterns that can be remembered."""
    names = nlp.pipe_names
    if any(name not in names for name in PIPES) or names.index(PIPES[1]) != names.index(PIPES[0]) + 1:
        return False
    ruler, lemmatizer = (nlp.get_pipe(name) for name in PIPES)
    asked = {key for rule in ruler.patterns for pattern in rule["patterns"] for word in pattern for key in word}  # type: ignore[attr-defined]
    return asked <= KNOWN and getattr(lemmatizer, "mode", "") in ("rule", "lookup")


class WordForms:
    """A pipeline component that stands in for `attribute_ruler` and `lemmatizer`."""

    def __init__(self, nlp: Language) -> None:
        self._ruler: Any
        self._lemmatizer: Any
        self._ruler, self._lemmatizer = (nlp.get_pipe(name) for name in PIPES)
        self._longer, self._first = Matcher(nlp.vocab), Matcher(nlp.vocab)
        several = [p for rule in self._ruler.patterns for p in rule["patterns"] if len(p) > 1]
        if several:
            self._longer.add("longer", several)
            self._first.add("first", [[p[0]] for p in several])
        self._of: dict[tuple[int, int, int], tuple[int, int, int]] = {}
        self._begin: set[tuple[int, int, int]] = set()  # those that may begin a longer pattern

    def __call__(self, doc: Doc) -> Doc:
        """Give one document its word classes, features and base forms."""
        given = doc.to_array(GIVEN)
        words = list(map(tuple, given.tolist()))
        made = [self._of.get(word) for word in words]
        known = None not in made
        if not known:
            self._begin |= {words[start] for _, start, _ in self._first(doc)} if len(self._first) else set()
        plain = not doc.to_array(MADE).any() and (self._begin.isdisjoint(words) or not self._longer(doc))
        if known and made and plain:
            doc.from_array(MADE, np.array(made, dtype=np.uint64))  # type: ignore[arg-type]  # thinc knows Ints2d of signed numbers only
            return doc
        done: Doc = self._lemmatizer(self._ruler(doc))
        if plain:  # nothing was set beforehand, and no pattern of several words fits
            if len(self._of) > REMEMBERED:
                self._of.clear()
            same = (done.to_array(GIVEN) == given).all(axis=-1).tolist()  # the ruler may change a tag
            for word, forms, kept in zip(words, done.to_array(MADE).tolist(), same, strict=True):
                if kept:
                    self._of[word] = tuple(forms)
        return done

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Documents one after the other."""
        for doc in stream:
            yield self(doc)
