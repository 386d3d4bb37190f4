"""The learned judge: one small encoder read by several heads.

`judge` rules on the type between a marked actor and recipient; `happened` says how far the writer holds that deeds
took place; `deeds` gives for words of a sentence the type and modality of what they tell, and who does it to whom.
Files of a model folder: see FILES; `detente train` writes them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from detente.events.encoder import ENCODER, LONGEST, Encoded, Encoder, Piece, Vectors, mark, plain, point
from detente.events.heads import Floats, Heads, softmax
from detente.records import ConfigError, SetupError
from detente.reference.codebook.read import NONE

FOLDER = Path(__file__).parent / "models"
FILES = (ENCODER, "heads.npz", "tokenizer.json", "labels.json")  # beside them lies manifest.json, for people
SCALE = 1.5  # the factuality head learns scores divided by this
IDLE = 0.93  # odds of no deed from which nobody is looked for
Offsets = tuple[int, int]
Pair = tuple[str, Offsets | None, Offsets | None]  # sentence, actor, recipient (character offsets)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What stands between a pair: a PLOVER type or "NONE", its calibrated probability, and that of every label."""

    type: str
    confidence: float
    scores: dict[str, float]


@dataclass(frozen=True, slots=True)
class Sides:
    """What it takes to say who may be the parties of one word's deed: see `parties`."""

    pieces: Sequence[Piece]
    each: Floats  # (pieces + 2, width): the vectors of its sentence, with those of the start and the end
    at: int  # position of the word's first piece
    heads: Heads

    def of(self, spans: Sequence[Offsets]) -> list[tuple[float, float]]:
        """`parties` of this deed alone."""
        return parties([(self, spans)])[0]


def parties(asked: Sequence[tuple[Sides, Sequence[Offsets]]]) -> list[list[tuple[float, float]]]:
    """For each deed and each of some spans of its sentence (characters): how likely it names who does it, to whom it is done.

    The mean of its pieces; 0 where none is read there. All are reckoned at once: a product of few rows takes as long as one of many.
    """
    inside = [
        [[n for n, (_, low, high) in enumerate(s.pieces, 1) if low < end and start < high] for start, end in spans]
        for s, spans in asked
    ]
    pairs = sorted({(deed, n) for deed, spans in enumerate(inside) for own in spans for n in own})
    if not pairs:
        return [[(0.0, 0.0)] * len(spans) for spans in inside]
    owner, at = np.array([deed for deed, _ in pairs]), np.array([s.at for s, _ in asked])
    gap = np.array([n for _, n in pairs]) - at[owner]
    each = np.stack([asked[deed][0].each[n] for deed, n in pairs])
    pointed = np.stack([s.each[s.at] for s, _ in asked])
    odds = softmax(asked[0][0].heads.linked("role", each, np.arange(len(pairs)), pointed, owner, gap))
    both = np.stack([odds[:, 1] + odds[:, 2], odds[:, 3] + odds[:, 4]], axis=-1)
    row = {pair: n for n, pair in enumerate(pairs)}
    return [[_mean(both, [row[deed, n] for n in own]) for own in spans] for deed, spans in enumerate(inside)]


def _mean(odds: Floats, rows: Sequence[int]) -> tuple[float, float]:
    if not rows:
        return 0.0, 0.0
    actor, recipient = (odds[rows[0]] if len(rows) == 1 else odds[rows].mean(axis=0)).tolist()
    return actor, recipient


@dataclass(frozen=True, slots=True)
class Reading:
    """What one word tells: probabilities of types (NONE: no deed) and modalities; who may be its parties.

    `told` is how likely its sentence tells any deed at all, whatever the word: sport, business and weather rarely do.
    `sides` is there for words that may tell a deed.
    """

    at: int  # first character of the word
    types: dict[str, float]
    modalities: dict[str, float]
    sides: Sides | None = None
    told: float = 1.0

    @property
    def type(self) -> str:
        """The likeliest type or NONE."""
        return max(self.types, key=lambda name: self.types[name])


def _begun(pieces: Sequence[Piece], starts: Sequence[int]) -> dict[int, int]:
    """Of words by their first characters: the position of each one's first piece; those cut off are left out."""
    begun = {start: n for n, (_, start, _) in reversed(list(enumerate(pieces, 1)))}
    return {start: begun[start] for start in starts if start in begun}


def available(folder: Path | None = None) -> bool:
    """Whether the model's files and the libraries that run it are there."""
    where = folder or FOLDER
    return all((where / name).is_file() for name in FILES) and all(map(find_spec, ("onnxruntime", "tokenizers")))


class Judge:
    """A model folder, loaded."""

    def __init__(self, folder: Path | str | None = None) -> None:
        """Raises SetupError where files or libraries are missing, ConfigError where labels.json is broken."""
        where = Path(folder) if folder is not None else FOLDER
        if not available(where):
            missing = [name for name in FILES if not (where / name).is_file()] or ["onnxruntime or tokenizers"]
            raise SetupError(f"the judge cannot be loaded from {where}: missing {', '.join(missing)}")
        try:
            config = json.loads((where / "labels.json").read_text("utf-8"))
            self.labels: tuple[str, ...] = tuple(config["types"])
            self.modalities: tuple[str, ...] = tuple(config["modalities"])
            self._temperature = float(config["temperature"])
            self.facts: tuple[str, ...] = tuple(config["facts"])
            self._bias = np.array([float(config["bias"][name]) for name in self.facts], dtype=np.float32)
        except (KeyError, TypeError, ValueError) as error:
            raise ConfigError(f"{where / 'labels.json'}: {error}") from error
        self._encoder, self._heads = Encoder(where), Heads(where / "heads.npz")

    # ------------------------------------------------------------------------------------------ marked pairs
    def judge(self, pairs: Sequence[Pair]) -> list[Ruling]:
        """The type of event between actor and recipient of each (sentence, actor, recipient)."""
        split = self._encoder.pieces([text for text, _, _ in pairs])
        inputs = [mark(pieces, actor, recipient) for pieces, (_, actor, recipient) in zip(split, pairs, strict=True)]
        out: list[Ruling | None] = [None] * len(pairs)
        for found in self._encoder.vectors(inputs):
            rows = np.arange(len(found.rows))
            points = np.array([inputs[i].points for i in found.rows])
            joined = np.concatenate(
                [found.each[rows, points[:, 0]], found.each[rows, points[:, 1]], found.mean], axis=1
            )
            odds = softmax(self._heads.stacked("type", joined) / self._temperature)
            for i, row in zip(found.rows, odds, strict=True):
                out[i] = self._ruling(row)
        return [ruling for ruling in out if ruling is not None]

    def _ruling(self, odds: Floats) -> Ruling:
        best = int(odds.argmax())
        return Ruling(self.labels[best], float(odds[best]), dict(zip(self.labels, odds.tolist(), strict=True)))

    # -------------------------------------------------------------------------------------------- factuality
    def happened(self, deeds: Sequence[tuple[str, Offsets]]) -> list[tuple[str, float]]:
        """For each (sentence, trigger): happened, not or uncertain, and a score from -3 (it did not) to 3 (it did)."""
        split = self._encoder.pieces([text for text, _ in deeds])
        inputs = [point(pieces, trigger) for pieces, (_, trigger) in zip(split, deeds, strict=True)]
        out: list[tuple[str, float]] = [("", 0.0)] * len(deeds)
        for found in self._encoder.vectors(inputs):
            at = np.array([inputs[i].points[2] for i in found.rows])
            joined = np.concatenate([found.each[np.arange(len(at)), at], found.mean], axis=1)
            made = self._heads.stacked("fact", joined)
            labels = (made[:, 1:] + self._bias).argmax(axis=1)
            for i, label, score in zip(found.rows, labels, np.clip(made[:, 0] * SCALE, -3, 3), strict=True):
                out[i] = (self.facts[label], float(score))
        return out

    # ------------------------------------------------------------------------------------------------- deeds
    def deeds(self, asked: Sequence[tuple[str, Sequence[int]]]) -> list[list[Reading]]:
        """For each (sentence, first characters of words): what each word tells, in the order asked.

        Words beyond the LONGEST pieces of a sentence are left out.
        """
        split = self._encoder.pieces([text for text, _ in asked])
        inputs = [plain(pieces) for pieces in split]
        out: list[list[Reading]] = [[] for _ in asked]
        for found in self._encoder.vectors(inputs):
            for i, readings in zip(found.rows, self._readings(found, split, asked), strict=True):
                out[i] = readings
        return out

    def told(self, texts: Sequence[str]) -> list[float]:
        """How likely each text tells a deed at all, read from its start; 1 where the model has no such head.

        The encoder remembers them, for `deeds` to be asked about the same sentences next.
        """
        inputs = [plain(pieces) for pieces in self._encoder.pieces(texts)]
        out = [1.0] * len(texts)
        for found in self._encoder.vectors(inputs, keep=True):
            for i, odds in zip(found.rows, self._heads.told(found.mean).tolist(), strict=True):
                out[i] = odds
        return out

    def _readings(
        self, found: Vectors, split: Sequence[Sequence[Piece]], asked: Sequence[tuple[str, Sequence[int]]]
    ) -> Iterator[list[Reading]]:
        """The readings of each text of a batch; the words of all are put to the head at once."""
        begun = [_begun(split[i][: LONGEST - 2], asked[i][1]) for i in found.rows]
        rows = np.array([row for row, at in enumerate(begun) for _ in at], dtype=np.int64)
        at = np.array([n for places in begun for n in places.values()], dtype=np.int64)
        made = self._heads.beside("deed", found.each[rows, at], found.mean, rows)
        odds = softmax(made[:, : len(self.labels)])
        deeds = (odds[:, self.labels.index(NONE)] < IDLE).tolist()
        types, modes = odds.tolist(), softmax(made[:, len(self.labels) :]).tolist()
        told = self._heads.told(found.mean).tolist()
        low = 0
        for row, (i, places) in enumerate(zip(found.rows, begun, strict=True)):
            pieces, each = split[i][: LONGEST - 2], found.each[row]
            yield [
                Reading(
                    start, dict(zip(self.labels, types[n], strict=True)),
                    dict(zip(self.modalities, modes[n], strict=True)),
                    Sides(pieces, each, place, self._heads) if deeds[n] else None, told[row],
                )
                for n, (start, place) in enumerate(places.items(), low)
            ]  # fmt: skip
            low += len(places)


__all__ = ["FILES", "FOLDER", "Encoded", "Judge", "Reading", "Ruling", "Sides", "available"]
