"""The learned judge: which type of event stands between a marked actor and a marked recipient.

One small encoder (int8 ONNX, shipped in `events/models`) with two uses: `judge` reads a sentence with both
parties marked and rules on the type; `happened` reads a sentence with the word of each deed pointed at and says
how far the writer holds that it took place. Needs onnxruntime and tokenizers, never torch.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detente.records import ConfigError, SetupError

FOLDER = Path(__file__).parent / "models"
FILES = ("judge.onnx", "tokenizer.json", "labels.json", "manifest.json")
LONGEST = 96  # word pieces, markers included; longer sentences are cut around the marks
# word pieces kept outside the two parties where both are known: what stands farther off tells of other deeds more often than of theirs
BEFORE, AFTER = 6, 14
POINTS = 3  # positions that the heads look at: actor's mark, recipient's mark, trigger; 0 (the start) where absent
BATCH = 8  # fastest on one core: more would leave its cache
SCALE = 1.5  # the factuality head learns scores divided by this
# word pieces that BERT's vocabulary keeps free for uses like this one
CLS, SEP, PAD = 101, 102, 0
OPEN_ACTOR, CLOSE_ACTOR, OPEN_RECIPIENT, CLOSE_RECIPIENT = 1, 2, 3, 4

Pair = tuple[str, tuple[int, int] | None, tuple[int, int] | None]  # sentence, actor, recipient (character offsets)
Piece = tuple[int, int, int]  # word piece id, start and end in the text


@dataclass(frozen=True, slots=True)
class Ruling:
    """What stands between a pair: a PLOVER type or "NONE", its calibrated probability, and that of every label."""

    type: str
    confidence: float
    scores: dict[str, float]


@dataclass(frozen=True, slots=True)
class Encoded:
    """Word pieces of one input and the positions its heads look at."""

    ids: tuple[int, ...]
    points: tuple[int, int, int]


def available(folder: Path | None = None) -> bool:
    """Whether the model's files and the libraries that run it are there."""
    where = folder or FOLDER
    return all((where / name).is_file() for name in FILES) and all(map(find_spec, ("onnxruntime", "tokenizers")))


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


def batches(inputs: Sequence[Encoded], size: int = BATCH) -> Iterator[list[int]]:
    """Indices of inputs in groups of like length, so that little is padded."""
    order = sorted(range(len(inputs)), key=lambda i: len(inputs[i].ids))
    for low in range(0, len(order), size):
        yield order[low : low + size]


def padded(inputs: Sequence[Encoded]) -> dict[str, NDArray[np.int64]]:
    """The encoder's inputs: ids (n, length), mask (n, length) and points (n, POINTS)."""
    width = max(len(e.ids) for e in inputs)
    ids = np.full((len(inputs), width), PAD, dtype=np.int64)
    mask = np.zeros((len(inputs), width), dtype=np.int64)
    for row, item in enumerate(inputs):
        ids[row, : len(item.ids)] = item.ids
        mask[row, : len(item.ids)] = 1
    return {"ids": ids, "mask": mask, "points": np.array([e.points for e in inputs], dtype=np.int64)}


class Judge:
    """A model folder, loaded: judge.onnx, tokenizer.json, labels.json."""

    def __init__(self, folder: Path | str | None = None) -> None:
        """Raises SetupError where files or libraries are missing, ConfigError where labels.json is broken."""
        where = Path(folder) if folder is not None else FOLDER
        if not available(where):
            missing = [name for name in FILES if not (where / name).is_file()] or ["onnxruntime or tokenizers"]
            raise SetupError(f"the judge cannot be loaded from {where}: missing {', '.join(missing)}")
        try:
            config = json.loads((where / "labels.json").read_text("utf-8"))
            self.labels: tuple[str, ...] = tuple(config["types"])
            self._temperature = float(config["temperature"])
            self.facts: tuple[str, ...] = tuple(config["facts"])
            self._bias = np.array([float(config["bias"][name]) for name in self.facts])
        except (KeyError, TypeError, ValueError) as error:
            raise ConfigError(f"{where / 'labels.json'}: {error}") from error
        self._session, self._tokenizer = _loaded(where.resolve())

    def judge(self, pairs: Sequence[Pair]) -> list[Ruling]:
        """The type of event between actor and recipient of each (sentence, actor, recipient)."""
        split = self._pieces([text for text, _, _ in pairs])
        inputs = [mark(pieces, actor, recipient) for pieces, (_, actor, recipient) in zip(split, pairs, strict=True)]
        logits = self._run(inputs, "types", len(self.labels)) / self._temperature
        odds = np.exp(logits - logits.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        return [self._ruling(row) for row in odds]

    def happened(self, deeds: Sequence[tuple[str, tuple[int, int]]]) -> list[tuple[str, float]]:
        """For each (sentence, trigger): happened, not or uncertain, and a score from -3 (it did not) to 3 (it did)."""
        split = self._pieces([text for text, _ in deeds])
        inputs = [point(pieces, trigger) for pieces, (_, trigger) in zip(split, deeds, strict=True)]
        out = self._run(inputs, "factuality", 1 + len(self.facts))
        labels = (out[:, 1:] + self._bias).argmax(axis=1)
        scores = np.clip(out[:, 0] * SCALE, -3.0, 3.0)
        return [(self.facts[label], float(score)) for label, score in zip(labels, scores, strict=True)]

    def _ruling(self, odds: NDArray[np.float64]) -> Ruling:
        best = int(odds.argmax())
        return Ruling(self.labels[best], float(odds[best]), dict(zip(self.labels, odds.tolist(), strict=True)))

    def _pieces(self, texts: list[str]) -> list[list[Piece]]:
        found = self._tokenizer.encode_batch(texts, add_special_tokens=False)
        return [[(i, *span) for i, span in zip(f.ids, f.offsets, strict=True)] for f in found]

    def _run(self, inputs: list[Encoded], output: str, width: int) -> NDArray[np.float64]:
        out = np.zeros((len(inputs), width))
        for rows in batches(inputs):
            out[rows] = self._session.run([output], padded([inputs[i] for i in rows]))[0]
        return out


@cache
def _loaded(folder: Path) -> tuple[Any, Any]:
    """Session (one thread: the pipeline spreads work over processes) and tokenizer, once per folder."""
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(folder / "judge.onnx"), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return session, tokenizer
