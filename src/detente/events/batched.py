"""A component of the spaCy pipeline that works on many documents side by side."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc
from spacy.util import minibatch


class Batched(ABC):
    """What spaCy asks of a component, by one method that marks a batch of documents in place."""

    @abstractmethod
    def mark(self, docs: Sequence[Doc]) -> None:
        """Give all documents what the component finds in them."""

    def __call__(self, doc: Doc) -> Doc:
        """One document."""
        self.mark([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Many documents, a batch at a time, in order."""
        for batch in minibatch(stream, size=batch_size):
            docs = list(batch)
            self.mark(docs)
            yield from docs
