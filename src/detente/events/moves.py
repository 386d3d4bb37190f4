"""The parser's moves, many sentences side by side: what spaCy's own loop finds, in half its time.

spaCy's loop scores a step in C, but takes and gives back Python's lock for each of the 64 numbers that a state is read as
(Cython 3 looks for an error after each call). Here a step of all documents of a batch is scored by the model's own formula
for one step (`ParserStepModel.predict`, spaCy 3.8), whose product goes through `product`; the moves themselves and what is
allowed stay spaCy's. A test compares the results.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from detente.events.batched import Batched


def replaceable(nlp: Language) -> bool:
    """Whether the pipeline's parser is of the kind that is known here: greedy, with an upper layer."""
    if "parser" not in nlp.pipe_names:
        return False
    parser: Any = nlp.get_pipe("parser")
    model = getattr(parser, "model", None)
    return (
        model is not None
        and getattr(parser, "cfg", {}).get("beam_width", 1) == 1
        and bool(model.attrs.get("has_upper"))
    )


class Moves(Batched):
    """A pipeline component that stands in for `parser`."""

    def __init__(self, nlp: Language) -> None:
        self._parser: Any = nlp.get_pipe("parser")

    def mark(self, docs: Sequence[Doc]) -> None:
        """Parse the documents."""
        every = self._parser.moves.init_batch(docs)
        if any(len(doc) for doc in docs):
            step = self._parser.model.predict(docs)
            states = [state for state in every if not state.is_final()]
            while states:
                states = self._parser.transition_states(states, step.predict(states))
        self._parser.set_annotations(docs, every)
