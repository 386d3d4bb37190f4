"""The parser's entities, found many at a time: what spaCy's own component finds, in a third of its time.

spaCy's greedy recogniser asks each of its moves at each word whether it is allowed, and takes and gives back Python's
lock every time; two thirds of its time go there. Its scores, though, depend on little: outside an entity on the word
alone, inside one on the word and on where the entity began. So all words of a batch are scored at once, then all
entities that may begin grow side by side. The formulas are those of `spacy/ml/parser_model.pyx` and of the moves in
`spacy/pipeline/_parser_internals/ner.pyx` (spaCy 3.8, MIT); a test compares the results.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from detente.events.batched import Batched
from detente.events.product import greatest

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
FEATURES = 3  # the word, the entity's first word, the word before this one where it is in the entity
BEGINS, INSIDE, OUTSIDE = 3, 1, 2  # spaCy's codes for a word's place in an entity


def replaceable(nlp: Language) -> bool:
    """Whether the pipeline's recogniser is of the kind that is known here: greedy, three features, an upper layer."""
    if "ner" not in nlp.pipe_names:
        return False
    ner: Any = nlp.get_pipe("ner")
    model = getattr(ner, "model", None)
    if model is None or getattr(ner, "cfg", {}).get("beam_width", 1) != 1 or not model.attrs.get("has_upper"):
        return False
    return model.layers[1].get_dim("nF") == FEATURES and not model.attrs.get("unseen_classes")


class Entities(Batched):
    """A pipeline component that stands in for `ner`."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._ner: Any = nlp.get_pipe("ner")
        self._read()

    def _read(self) -> None:
        """The moves' numbers: of each label the one that begins an entity, goes on, ends it, is one by itself."""
        moves = self._ner.moves
        names = [moves.get_class_name(i) for i in range(moves.n_moves)]
        self._moves = len(names)
        self._begin = np.array([name.startswith("B-") for name in names])
        self._unit = np.array([name.startswith("U-") and name != "U-" for name in names])
        self._open = self._begin | self._unit | np.array([name == "O" for name in names])
        number = {name: i for i, name in enumerate(names)}
        self._on = np.array([number.get(f"I-{name[2:]}", 0) for name in names])
        self._end = np.array([number.get(f"L-{name[2:]}", 0) for name in names])
        strings = self._nlp.vocab.strings
        self._label = np.array([strings[n[2:]] if n[1:2] == "-" and n[2:] else 0 for n in names], dtype=np.uint64)

    def mark(self, docs: Sequence[Doc]) -> None:
        """Mark the documents' entities."""
        worth = [doc for doc in docs if len(doc)]
        if not worth:
            return
        if any(doc.has_annotation("ENT_IOB") for doc in worth):  # entities set beforehand bind the recogniser
            for doc in worth:
                self._ner(doc)
            return
        move, extent = self._moved(worth)
        low = 0
        for doc in worth:
            high = low + len(doc)
            codes = self._codes(move[low:high].tolist(), (extent[low:high] - low).tolist())
            doc.from_array(["ENT_IOB", "ENT_TYPE"], codes)  # type: ignore[arg-type]  # as in wordforms
            low = high

    def _codes(self, move: list[int], extent: list[int]) -> NDArray[np.uint64]:
        """A row (place in an entity, label) for each word: entities from left to right, none within another."""
        codes = np.zeros((len(move), 2), dtype=np.uint64)
        codes[:, 0] = OUTSIDE
        at = 0
        while at < len(move):
            if extent[at] > at:
                codes[at : extent[at], 0] = INSIDE
                codes[at, 0] = BEGINS
                codes[at : extent[at], 1] = self._label[move[at]]
            at = max(extent[at], at + 1)
        return codes

    def _moved(self, docs: Sequence[Doc]) -> tuple[Ints, Ints]:
        """For each word of all documents: its move where no entity is open, and where an entity begun by it ends.

        The end of a word that begins none is the word itself.
        """
        tokens, lower, upper = self._ner.model.layers
        cached = lower.predict(tokens.predict(docs))  # (1 + words, features, hidden, pieces); row 0 stands for no word
        bias = lower.get_param("b")
        space, last = _limits(docs)
        scores = upper.predict(greatest((cached[1:, 0] + cached[0, 1] + cached[0, 2]) + bias))
        allowed = np.broadcast_to(self._open, scores.shape).copy()
        allowed[np.ix_(last | space, self._begin)] = False
        allowed[np.ix_(space, self._unit)] = False
        move = np.where(allowed, scores, -np.inf).argmax(axis=1)
        extent = np.arange(len(move))
        extent[self._unit[move]] += 1
        first = np.flatnonzero(self._begin[move])
        at = first + 1
        while len(first):
            hidden = greatest((cached[at + 1, 0] + cached[first + 1, 1] + cached[at, 2]) + bias)
            scores = upper.predict(hidden)
            rows = np.arange(len(first))
            goes_on, ends = scores[rows, self._on[move[first]]], scores[rows, self._end[move[first]]]
            on, end = self._on[move[first]], self._end[move[first]]
            stay = ~last[at] & ((goes_on > ends) | ((goes_on == ends) & (on < end)))
            extent[first[~stay]] = at[~stay] + 1
            first, at = first[stay], at[stay] + 1
        return move, extent


def _limits(docs: Sequence[Doc]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Of each word of all documents: is it white space; is it the last of its sentence."""
    rows = [doc.to_array(["IS_SPACE", "SENT_START"]) for doc in docs]
    space = np.concatenate([row[:, 0] for row in rows]).astype(bool)
    starts = np.concatenate([row[:, 1] for row in rows]) == 1
    last = np.append(starts[1:], True)
    last[np.cumsum([len(doc) for doc in docs]) - 1] = True
    return space, last
