"""A parse as plain Python objects, with the names that spaCy gives its own.

spaCy makes a new object each time it is asked for a token, its head or its children, and looks a label up each time it is
asked for one; the rules ask some hundred times a word. Here every word of a parse is read once (decision 0020). What is
here answers as spaCy 3.8 does, which a test compares.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, overload

import numpy as np
from spacy.strings import StringStore
from spacy.tokens import Doc as Parse

_CODED = ("ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE")
_NUMBERS = ("ENT_IOB", "IDX", "HEAD")
_FLAGS = ("SPACY", "SENT_START", "IS_PUNCT", "IS_SPACE", "IS_ALPHA", "IS_QUOTE", "LIKE_NUM")
_IOB = ("", "I", "O", "B")
_LABELS: dict[int, str] = {}  # by spaCy's codes, which are hashes: the same for every pipeline


class Token:
    """A word: `i` its number, `idx` its first character; attributes as spaCy's."""

    __slots__ = (
        "_joined", "_under", "children", "dep_", "doc", "ent_iob_", "ent_type_", "head", "i", "idx", "is_alpha", "is_punct", "is_quote",
        "is_sent_start", "is_space", "lemma_", "like_num", "lower_", "pos_", "tag_", "text", "whitespace_",
    )  # fmt: skip
    head: Token
    children: tuple[Token, ...]  # in text order
    _under: tuple[Token, ...] | None
    _joined: tuple[Token, ...] | None

    def __init__(self, doc: Doc, i: int, idx: int, words: tuple[str, ...], flags: tuple[bool, ...]) -> None:
        self.doc, self.i, self.idx = doc, i, idx
        self.text, self.lower_, self.lemma_, self.pos_, self.tag_, self.dep_, self.ent_type_, self.ent_iob_ = words
        space, self.is_sent_start, self.is_punct, self.is_space, self.is_alpha, self.is_quote, self.like_num = flags
        self.whitespace_ = " " if space else ""
        self.head, self.children = self, ()
        self._under = self._joined = None

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return self.text

    @property
    def sent(self) -> Span:
        """Its sentence."""
        return (self.doc._sentences or self.doc._by_token())[self.i]

    @property
    def lefts(self) -> tuple[Token, ...]:
        """Its children before it."""
        return tuple(c for c in self.children if c.i < self.i)

    @property
    def rights(self) -> tuple[Token, ...]:
        """Its children after it."""
        return tuple(c for c in self.children if c.i > self.i)

    @property
    def subtree(self) -> tuple[Token, ...]:
        """Itself and everything under it: what hangs on its left, itself, what hangs on its right."""
        if self._under is None:
            left = [t for c in self.children if c.i < self.i for t in c.subtree]
            self._under = (*left, self, *(t for c in self.children if c.i > self.i for t in c.subtree))
        return self._under

    @property
    def left_edge(self) -> Token:
        """The first token under it."""
        return min(self.subtree, key=_number) if self.children else self

    @property
    def right_edge(self) -> Token:
        """The last token under it."""
        return max(self.subtree, key=_number) if self.children else self

    @property
    def ancestors(self) -> Iterator[Token]:
        """What governs it, from its head up to the root."""
        at = self
        while at.head is not at:
            at = at.head
            yield at

    def is_ancestor(self, other: Token) -> bool:
        """Whether it governs the other, directly or not."""
        return any(t is self for t in other.ancestors)

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """All that is joined with it by 'and', 'or' or commas, without itself."""
        if self._joined is None:
            first = self
            while first.dep_ == "conj" and first.head is not first:
                first = first.head
            joined = [first]
            for word in joined:
                joined += [c for c in word.children if c.dep_ == "conj" and c.i > word.i]
            self._joined = tuple(t for t in joined if t is not self)
        return self._joined

    def nbor(self, by: int = 1) -> Token:
        """The token so many further on; IndexError beyond either end."""
        if self.i + by < 0:
            raise IndexError(self.i + by)
        return self.doc[self.i + by]


def _number(token: Token) -> int:
    return token.i


class Span:
    """The tokens [start, end) of a doc."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Doc, start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, end

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if isinstance(at, slice):
            low, high, _ = at.indices(len(self))
            return Span(self.doc, self.start + low, self.start + max(low, high))
        return self.doc.tokens[self.start : self.end][at]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and (self.doc, self.start, self.end) == (other.doc, other.start, other.end)

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    @property
    def start_char(self) -> int:
        """Its first character in the doc's text."""
        return self.doc.tokens[self.start].idx

    @property
    def end_char(self) -> int:
        """Where it ends in the doc's text."""
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """Its text, without the space after it."""
        return self.doc.text[self.start_char : self.end_char] if self.end > self.start else ""

    @property
    def sent(self) -> Span:
        """The sentence of its first token."""
        return self.doc.sentence(self.start)

    @property
    def root(self) -> Token:
        """The token nearest to a root of the parse, the first of them."""
        own = self.doc.tokens[self.start : self.end]
        for token in own:
            if token.head is token:
                return token
        heads = [t for t in own if not self.start <= t.head.i < self.end]
        return min(heads, key=_depth) if len(heads) > 1 else heads[0] if heads else own[0]


def _depth(token: Token) -> int:
    """Steps up to the root; of lone marks and spaces as many as can be, so that they are no root beside a word."""
    if (token.is_punct or token.is_space) and not token.children:
        return len(token.doc) - 1
    return sum(1 for _ in token.ancestors)


def _labels(strings: StringStore, codes: Sequence[int]) -> list[str]:
    for code in set(codes) - _LABELS.keys():
        _LABELS[code] = strings[code]
    return [_LABELS[code] for code in codes]


class Doc:
    """A parsed text; `parse` is spaCy's own, `user_data` a place to keep what was found in it."""

    __slots__ = ("_ends", "_sentences", "parse", "text", "tokens", "user_data")

    def __init__(self, parse: Parse) -> None:
        self.parse = parse
        self.user_data: dict[Any, Any] = {}
        self.tokens = self._read(parse)
        self.text = "".join([t.text + t.whitespace_ for t in self.tokens])  # parse.text makes an object a word
        self._ends = [t.idx + len(t.text) + len(t.whitespace_) for t in self.tokens]
        self._sentences: list[Span] | None = None

    def _read(self, parse: Parse) -> list[Token]:
        codes = parse.to_array([*_CODED, *_NUMBERS, *_FLAGS])
        iob, starts, heads = codes[:, 7:10].astype(np.int64).T.tolist()
        strings = parse.vocab.strings
        word, lower, lemma, *coded = codes[:, :7].T.tolist()
        words = zip(
            *([strings[code] for code in column] for column in (word, lower, lemma)),
            *(_labels(strings, column) for column in coded), [_IOB[code] for code in iob],
            strict=True,
        )  # fmt: skip
        flags = zip(*(codes[:, 10:] == 1).T.tolist(), strict=True)
        made = [Token(self, i, *given) for i, given in enumerate(zip(starts, words, flags, strict=True))]
        under: dict[int, list[Token]] = {}
        for token, up in zip(made, heads, strict=True):
            if up:
                token.head = made[token.i + up]
                under.setdefault(token.i + up, []).append(token)
        for i, children in under.items():
            made[i].children = tuple(children)
        return made

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if isinstance(at, slice):
            low, high, _ = at.indices(len(self.tokens))
            return Span(self, low, max(low, high))
        return self.tokens[at]

    @property
    def sents(self) -> Iterator[Span]:
        """Its sentences."""
        last: Span | None = None
        for span in self._by_token():
            if span is not last:
                yield span
            last = span

    def sentence(self, i: int) -> Span:
        """The sentence of token `i`."""
        return self._by_token()[i]

    def _by_token(self) -> list[Span]:
        if self._sentences is None:
            starts = [t.i for t in self.tokens if t.is_sent_start or t.i == 0]
            ends = [*starts[1:], len(self)]  # one too many where there is no token at all
            found = [Span(self, low, high) for low, high in zip(starts, ends, strict=False)]
            self._sentences = [span for span in found for _ in range(len(span))]
        return self._sentences

    def char_span(self, start: int, end: int, alignment_mode: str = "strict") -> Span | None:
        """The tokens that characters [start, end) touch ("expand"), or None where they are not whole tokens ("strict")."""
        first, last = self._at(start), self._at(end - 1)
        if first < 0 or last < 0:
            return None
        low, high = self.tokens[first], self.tokens[last]
        if alignment_mode == "strict":
            return Span(self, first, last + 1) if low.idx == start and high.idx + len(high) == end else None
        if start == low.idx + len(low):
            first += 1  # the space after a word is no part of it
        return Span(self, first, last + 1)

    def _at(self, character: int) -> int:
        """The token at a character, the space after it counted; -1 outside the text."""
        at = bisect_right(self._ends, character)
        return at if character >= 0 and at < len(self._ends) else -1
