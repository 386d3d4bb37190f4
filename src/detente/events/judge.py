"""The learned judge: one small encoder read by several heads.

`judge` rules on the type between a marked actor and recipient; `happened` says how far the writer holds that deeds
took place; `deeds` gives for words of a sentence the type and modality of what they tell, and who does it to whom;
`voices` finds who says what in a text. Files of a model folder: see FILES; `detente train` writes them.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.events.encoder import BREAK, ENCODER, LONGEST, Encoded, Encoder, Piece, Vectors, lined, mark, plain, point
from detente.events.heads import Floats, Heads, softmax
from detente.records import ConfigError, SetupError

FOLDER = Path(__file__).parent / "models"
FILES = (ENCODER, "heads.npz", "tokenizer.json", "labels.json")  # beside them lies manifest.json, for people
SCALE = 1.5  # the factuality head learns scores divided by this
ROOM = 300  # word pieces of one stretch of a text that `voices` reads at a time
SHARED = 60  # word pieces that two stretches of a long text have in common

ENTER = 1.5  # what it costs to begin a stretch: keeps parties and quotations in one piece

Offsets = tuple[int, int]
Bools = NDArray[np.bool_]
Parts = tuple[tuple[Offsets, float], ...]  # stretches of a text with their odds
Pair = tuple[str, Offsets | None, Offsets | None]  # sentence, actor, recipient (character offsets)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What stands between a pair: a PLOVER type or "NONE", its calibrated probability, and that of every label."""

    type: str
    confidence: float
    scores: dict[str, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one word tells: probabilities of types (NONE: no deed) and modalities; spans and odds of its parties.

    `told` is how likely its sentence tells any deed at all, whatever the word: sport, business and weather rarely do.
    """

    at: int  # first character of the word
    types: dict[str, float]
    modalities: dict[str, float]
    actors: Parts
    recipients: Parts
    told: float = 1.0

    @property
    def type(self) -> str:
        """The likeliest type or NONE."""
        return max(self.types, key=lambda name: self.types[name])


@dataclass(frozen=True, slots=True)
class Voice:
    """One relation of a text: a cue, who speaks (empty: nobody named), what is said, and how sure the cue is."""

    cue: Offsets
    source: tuple[Offsets, ...]
    content: tuple[Offsets, ...]
    confidence: float


class Hearing:
    """A text as the attribution heads read it: odds of cues, and for a cue those of its source and content."""

    def __init__(
        self, heads: Heads, pieces: Sequence[Piece], parts: Sequence[tuple[int, int]], vectors: Sequence[Floats]
    ) -> None:
        self._heads, self._pieces, self._parts, self._vectors = heads, pieces, parts, vectors
        self._starts = [piece[1] for piece in pieces]
        self._pointed: dict[int, tuple[Floats, Floats]] = {}
        self._cues = np.zeros(len(pieces), dtype=np.float32)
        for (low, high), each in zip(parts, vectors, strict=True):
            odds = 1 - softmax(heads.cues(each)[:, 0])[1:-1, 0]
            self._cues[low:high] = np.maximum(self._cues[low:high], odds)

    def _at(self, start: int, end: int) -> slice:
        """Indices of the pieces that touch text[start:end]."""
        low = bisect_right(self._starts, start) - 1
        high = max(low + 1, bisect_left(self._starts, end))
        return slice(max(low, 0), high)

    def cue(self, start: int, end: int) -> float:
        """Odds that text[start:end] is part of a cue."""
        found = self._cues[self._at(start, end)]
        return float(found.max()) if len(found) else 0.0

    def around(self, start: int, end: int) -> Callable[[int, int], tuple[float, float]]:
        """For the cue at text[start:end]: a function from a span to its mean odds as source and as content."""
        at = self._at(start, end).start
        part = max(range(len(self._parts)), key=lambda n: self._margin(n, at), default=0)
        low, high = self._parts[part]
        each = self._vectors[part]
        if part not in self._pointed:
            self._pointed[part] = self._heads.pointed_at("voice", each)
        odds = softmax(self._heads.links("voice", each, np.array([at - low + 1]), self._pointed[part]))[0, 1:-1]
        source, content = odds[:, 1] + odds[:, 2], odds[:, 3] + odds[:, 4]

        def of(first: int, last: int) -> tuple[float, float]:
            here = self._at(first, last)
            inside = slice(max(here.start, low) - low, min(here.stop, high) - low)
            if inside.start >= inside.stop:
                return 0.0, 0.0
            return float(source[inside].mean()), float(content[inside].mean())

        return of

    def _margin(self, part: int, at: int) -> int:
        low, high = self._parts[part]
        return min(at - low, high - 1 - at)


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
            self._cue_cut = float(config["cue"])
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
    def deeds(self, asked: Sequence[tuple[str, Sequence[int]]], *, parties: bool = True) -> list[list[Reading]]:
        """For each (sentence, first characters of words): what each word tells, in the order asked.

        Without `parties` nobody is looked for, which saves a quarter of the time. Words beyond the LONGEST pieces of a sentence are left out.
        """
        split = self._encoder.pieces([text for text, _ in asked])
        inputs = [plain(pieces) for pieces in split]
        out: list[list[Reading]] = [[] for _ in asked]
        for found in self._encoder.vectors(inputs):
            for i, readings in zip(found.rows, self._readings(found, split, asked, parties), strict=True):
                out[i] = readings
        return out

    def _readings(
        self, found: Vectors, split: Sequence[Sequence[Piece]], asked: Sequence[tuple[str, Sequence[int]]], parties: bool
    ) -> Iterator[list[Reading]]:  # fmt: skip
        """The readings of each text of a batch; the words of all are put to the head at once."""
        begun = [_begun(split[i][: LONGEST - 2], asked[i][1]) for i in found.rows]
        rows = np.array([row for row, at in enumerate(begun) for _ in at], dtype=np.int64)
        at = np.array([n for places in begun for n in places.values()], dtype=np.int64)
        made = self._heads.stacked("deed", np.concatenate([found.each[rows, at], found.mean[rows]], axis=1))
        types = softmax(made[:, : len(self.labels)]).tolist()
        modes = softmax(made[:, len(self.labels) :]).tolist()
        told = self._heads.told(found.mean).tolist()
        low = 0
        for row, (i, places) in enumerate(zip(found.rows, begun, strict=True)):
            sides: list[tuple[Parts, Parts]] = [((), ())] * len(places)
            if parties and places:
                pieces = split[i][: LONGEST - 2]
                here = np.array(list(places.values()))
                sides = list(zip(*self._linked("role", pieces, found.each[row, : len(pieces) + 2], here), strict=True))
            yield [
                Reading(
                    start, dict(zip(self.labels, types[n], strict=True)),
                    dict(zip(self.modalities, modes[n], strict=True)), *sides[n - low], told[row],
                )
                for n, start in enumerate(places, low)
            ]  # fmt: skip
            low += len(places)

    # ------------------------------------------------------------------------------------------------ voices
    def listen(self, text: str) -> Hearing:
        """What the heads say of who says what in a text, to be asked word by word."""
        pieces = lined(text, self._encoder.pieces([text])[0])
        parts = stretches(pieces)
        inputs = [plain(pieces[low:high], ROOM + 2) for low, high in parts]
        vectors: list[Floats] = [np.zeros((0, 0), dtype=np.float32)] * len(parts)
        for found in self._encoder.vectors(inputs, 2):
            for row, i in enumerate(found.rows):
                vectors[i] = found.each[row, : parts[i][1] - parts[i][0] + 2]
        return Hearing(self._heads, pieces, parts, vectors)

    def voices(self, texts: Sequence[str]) -> list[list[Voice]]:
        """Who says what in each text, in the order of the cues; long texts are read in overlapping stretches."""
        split = [lined(text, pieces) for text, pieces in zip(texts, self._encoder.pieces(texts), strict=True)]
        parts = [(n, low, high) for n, pieces in enumerate(split) for low, high in stretches(pieces)]
        inputs = [plain(split[n][low:high], ROOM + 2) for n, low, high in parts]
        out: list[dict[Offsets, tuple[int, Voice]]] = [{} for _ in texts]
        for found in self._encoder.vectors(inputs, 2):
            for row, i in enumerate(found.rows):
                n, low, high = parts[i]
                pieces = split[n][low:high]
                for at, voice in self._heard(pieces, found.each[row, : len(pieces) + 2]):
                    margin = min(
                        at, len(pieces) - at
                    )  # where two stretches tell of one cue, the one with more around it
                    if voice.cue not in out[n] or margin > out[n][voice.cue][0]:
                        out[n][voice.cue] = (margin, voice)
        return [[voice for _, (_, voice) in sorted(kept.items())] for kept in out]

    def _heard(self, pieces: Sequence[Piece], each: Floats) -> list[tuple[int, Voice]]:
        odds = softmax(self._heads.cues(each)[:, 0])
        cues = runs(odds, self._inner(pieces), self._cue_cut)
        if not cues:
            return []
        sources, contents = self._linked("voice", pieces, each, np.array([first for first, _ in cues]))
        out = []
        for (first, last), source, content in zip(cues, sources, contents, strict=True):
            cue = (pieces[first - 1][1], pieces[last - 1][2])
            who, what = (tuple(span for span, _ in part) for part in (source, content))
            out.append((first, Voice(cue, who, what, float(1 - odds[first, 0]))))
        return out

    def _linked(
        self, name: str, pieces: Sequence[Piece], each: Floats, at: NDArray[np.int64]
    ) -> tuple[list[Parts], list[Parts]]:
        """What belongs to each of the pointed pieces: its first parts, its second parts."""
        logs = np.log(softmax(self._heads.links(name, each, at)) + 1e-9)
        inner = self._inner(pieces)
        out = []
        for first in (1, 3):
            share = np.exp(logs[:, :, first]) + np.exp(logs[:, :, first + 1])
            both = np.stack([np.log(1 - share + 1e-9), logs[:, :, first], logs[:, :, first + 1]], axis=-1)
            paths = best_paths(both, inner, ENTER)
            out.append([stretches_of(pieces, path, odds) for path, odds in zip(paths, share, strict=True)])
        return out[0], out[1]

    def _inner(self, pieces: Sequence[Piece]) -> Bools:
        """Which positions (start and end piece counted) are later pieces of a word."""
        return np.array([False, *(piece[0] in self._encoder.later for piece in pieces), False])


def runs(odds: Floats, inner: Bools, cut: float) -> list[tuple[int, int]]:
    """First and last position of each stretch read as a cue, from (length, 3) odds; a word is taken whole."""
    out: list[tuple[int, int]] = []
    for i in range(1, len(odds) - 1):
        beside = bool(out) and out[-1][1] == i - 1
        if beside and (inner[i] or odds[i, 2] > max(odds[i, 0], odds[i, 1])):
            out[-1] = (out[-1][0], i)
        elif not inner[i] and 1 - odds[i, 0] >= cut:
            out.append((i, i))
    return out


def best_paths(logs: Floats, inner: Bools, enter: float) -> NDArray[np.int64]:
    """The likeliest labels (m, length) of m sequences: 0 outside, 1 first, 2 later piece of a stretch.

    `logs` (m, length, 3) are log odds of the labels; beginning a stretch costs `enter`; a later piece follows a
    stretch's piece only; the later pieces of a word (`inner`) share its fate (Viterbi 1967).
    """
    count, length, _ = logs.shape
    step = np.full((3, 3), 0.0, dtype=np.float32)  # from, to
    step[0, 2] = -np.inf
    step[:, 1] = -enter
    inside = np.array([[0, -np.inf, -np.inf], [-np.inf, -np.inf, 0], [-np.inf, -np.inf, 0]], dtype=np.float32)
    back = np.zeros((count, length, 3), dtype=np.int64)
    score = np.concatenate([logs[:, 0, :1], np.full((count, 2), -np.inf, dtype=np.float32)], axis=1)
    for i in range(1, length):
        ways = score[:, :, None] + (inside if inner[i] else step)[None]
        back[:, i] = ways.argmax(axis=1)
        score = ways.max(axis=1) + logs[:, i]
    out = np.zeros((count, length), dtype=np.int64)
    out[:, -1] = score.argmax(axis=1)
    for i in range(length - 1, 0, -1):
        out[:, i - 1] = back[np.arange(count), i, out[:, i]]
    return out


def stretches_of(pieces: Sequence[Piece], path: NDArray[np.int64], share: Floats) -> Parts:
    """The stretches of one path as offsets in the text, each with the mean odds (`share`) of its pieces."""
    found: list[list[int]] = []
    for i, label in enumerate(path.tolist()):
        if label == 1:
            found.append([i])
        elif label == 2 and found:
            found[-1].append(i)
    return tuple(
        ((pieces[run[0] - 1][1], pieces[run[-1] - 1][2]), float(share[run].mean()))
        for run in found
        if run[0] > 0 and run[-1] <= len(pieces) and pieces[run[0] - 1][1] < pieces[run[-1] - 1][2]
    )


def stretches(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """[low, high) of stretches of at most ROOM pieces that share SHARED with the next, cut at line breaks where one is near."""
    out, low = [], 0
    while low < len(pieces):
        high = min(len(pieces), low + ROOM)
        if high < len(pieces):
            high = next((i for i in range(high - 1, high - SHARED, -1) if pieces[i][0] == BREAK), high)
        out.append((low, high))
        if high == len(pieces):
            break
        low = max(low + 1, high - SHARED)
    return out


__all__ = ["FILES", "FOLDER", "Encoded", "Judge", "Reading", "Ruling", "Voice", "available"]
