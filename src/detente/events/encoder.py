"""Word pieces, marks and the shared encoder: text in, a vector for every piece out.

The encoder is MiniLM as fine-tuned by `detente train`, 8-bit ONNX; it needs onnxruntime and tokenizers, never torch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.records import ConfigError

ENCODER = "encoder.onnx"
LONGEST = 96  # word pieces, markers included; longer sentences are cut around the marks
# word pieces kept outside the two parties where both are known: what stands farther off tells of other deeds more often than of theirs
BEFORE, AFTER = 6, 14
POINTS = 3  # positions that the heads look at: actor's mark, recipient's mark, trigger; 0 (the start) where absent
BATCH = 300  # word pieces at a time: more would leave the cache of one core
# word pieces that BERT's vocabulary keeps free for uses like this one
CLS, SEP, BREAK = 101, 102, 5
OPEN_ACTOR, CLOSE_ACTOR, OPEN_RECIPIENT, CLOSE_RECIPIENT = 1, 2, 3, 4

Pair = tuple[str, tuple[int, int] | None, tuple[int, int] | None]  # sentence, actor, recipient (character offsets)
Piece = tuple[int, int, int]  # word piece id, start and end in the text


@dataclass(frozen=True, slots=True)
class Encoded:
    """Word pieces of one input and the positions its heads look at."""

    ids: tuple[int, ...]
    points: tuple[int, int, int]


def mark(pieces: Sequence[Piece], actor: tuple[int, int] | None, recipient: tuple[int, int] | None) -> Encoded:
    """A sentence's word pieces with marker pieces around the two spans, cut to LONGEST around them."""
    ids: list[int] = []
    first = second = -1
    spans = ((actor, OPEN_ACTOR, CLOSE_ACTOR), (recipient, OPEN_RECIPIENT, CLOSE_RECIPIENT))
    around = [(_cover(pieces, span), opening, closing) for span, opening, closing in spans if span is not None]
    for i in range(len(pieces) + 1):
        ids += [closing for (_, end), _, closing in reversed(around) if end == i]
        for (start, end), opening, _ in sorted(around, key=lambda item: -item[0][1]):
            if start == i and start < end:
                first, second = (len(ids), second) if opening == OPEN_ACTOR else (first, len(ids))
                ids.append(opening)
        if i < len(pieces):
            ids.append(pieces[i][0])
    low, high = 0, len(ids)
    if first >= 0 and second >= 0:
        marks = [i for i, piece in enumerate(ids) if OPEN_ACTOR <= piece <= CLOSE_RECIPIENT]
        low, high = max(0, marks[0] - BEFORE), marks[-1] + 1 + AFTER
    return _framed(ids[low:high], (first - low if first >= 0 else -1, second - low if second >= 0 else -1, -1))


def point(pieces: Sequence[Piece], trigger: tuple[int, int]) -> Encoded:
    """A sentence's word pieces with the deed's first piece pointed at."""
    return _framed([piece[0] for piece in pieces], (-1, -1, _cover(pieces, trigger)[0]))


def plain(pieces: Sequence[Piece], longest: int = LONGEST) -> Encoded:
    """A text's word pieces from its start, unmarked."""
    return Encoded((CLS, *(piece[0] for piece in pieces[: longest - 2]), SEP), (0, 0, 0))


def lined(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Word pieces with one more for each line break between them: where a paragraph ends, a speaker may."""
    out: list[Piece] = []
    last = 0
    for piece in pieces:
        at = text.find("\n", last, piece[1])
        if at >= 0:
            out.append((BREAK, at, at))
        out.append(piece)
        last = piece[2]
    return out


def _cover(pieces: Sequence[Piece], span: tuple[int, int]) -> tuple[int, int]:
    inside = [i for i, (_, start, end) in enumerate(pieces) if start < span[1] and end > span[0]]
    return (inside[0], inside[-1] + 1) if inside else (len(pieces), len(pieces))


def _framed(ids: list[int], points: tuple[int, int, int]) -> Encoded:
    """Start and end pieces added; a long input loses what is farthest from its points."""
    room = LONGEST - 2
    given = [p for p in points if p >= 0]
    middle = (min(given) + max(given)) // 2 if given else 0
    low = max(0, min(middle - room // 2, len(ids) - room))
    kept = ids[low : low + room]
    moved = [p - low + 1 if p >= 0 and 0 <= p - low < len(kept) else 0 for p in points]
    return Encoded((CLS, *kept, SEP), (moved[0], moved[1], moved[2]))


def alike(inputs: Sequence[Encoded], room: int = BATCH) -> Iterator[list[int]]:
    """Indices of inputs in groups of one length, each of about `room` word pieces: nothing is padded."""
    order = sorted(range(len(inputs)), key=lambda i: len(inputs[i].ids))
    for length, group in groupby(order, key=lambda i: len(inputs[i].ids)):
        rows = list(group)
        size = max(1, round(room / length))
        for low in range(0, len(rows), size):
            yield rows[low : low + size]


@dataclass(frozen=True, slots=True)
class Vectors:
    """What the encoder says of some inputs: `rows` their indices, `each` (n, length, width), `mean` (n, width)."""

    rows: list[int]
    each: NDArray[np.float32]
    mean: NDArray[np.float32]


class Encoder:
    """The model and tokenizer of one folder."""

    def __init__(self, folder: Path) -> None:
        self._session, self._tokenizer = _loaded(folder.resolve())
        self._held: dict[tuple[int, ...], NDArray[np.float32]] = {}
        vocabulary = self._tokenizer.get_vocab()
        self.later = frozenset(i for token, i in vocabulary.items() if token.startswith("##"))  # go on a word

    def pieces(self, texts: Sequence[str]) -> list[list[Piece]]:
        """The word pieces of each text."""
        # one by one: a batch would be spread over threads, which wait for a second core
        found = [self._tokenizer.encode(text, add_special_tokens=False) for text in texts]
        return [[(i, *span) for i, span in zip(f.ids, f.offsets, strict=True)] for f in found]

    def inner(self, pieces: Sequence[Piece]) -> NDArray[np.bool_]:
        """Which positions (start and end piece counted) are later pieces of a word."""
        return np.array([False, *(piece[0] in self.later for piece in pieces), False])

    def _run(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors of a batch; MemoryError where the session finds no room, which it tells in its own way."""
        from onnxruntime.capi.onnxruntime_pybind11_state import Fail, RuntimeException

        try:
            [each] = self._session.run(["each"], {"ids": ids})
        except (Fail, RuntimeException) as error:
            if "alloc" in str(error):
                raise MemoryError("no room for the encoder") from error
            raise
        return np.asarray(each, dtype=np.float32)

    def vectors(self, inputs: Sequence[Encoded], *, keep: bool = False) -> Iterator[Vectors]:
        """Vectors of all inputs, in batches of one length; what an input is given does not depend on the others.

        With `keep` they are remembered until the next call without it, which may ask for some of them again.
        """
        held, self._held = self._held, {}
        for rows in alike(inputs):
            new = [i for i in rows if inputs[i].ids not in held]
            if new:
                ids = np.array([inputs[i].ids for i in new], dtype=np.int64)
                each = self._run(ids)
                yield Vectors(new, each, each.mean(axis=1))
                if keep:
                    self._held |= {inputs[i].ids: row for i, row in zip(new, each, strict=True)}
            old = [i for i in rows if inputs[i].ids in held]
            if old:
                each = np.stack([held[inputs[i].ids] for i in old])
                yield Vectors(old, each, each.mean(axis=1))


@cache
def _loaded(folder: Path) -> tuple[Any, Any]:
    """Session (one thread: the pipeline spreads work over processes) and tokenizer, once per folder."""
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(folder / ENCODER), options, providers=["CPUExecutionProvider"])
    if [given.name for given in session.get_inputs()] != ["ids"]:
        raise ConfigError(f"{folder / ENCODER}: written by another version of detente; train it anew")
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return session, tokenizer
