"""The ear: an encoder of its own that reads who says what in a text, by which word.

`voices` gives the relations of a text, without a parse. `detente train-ear` writes the folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.events.belonging import Bools, Offsets, best_paths, sides, stretches_of
from detente.events.encoder import BREAK, ENCODER, Encoder, Piece, lined, plain
from detente.events.heads import Floats, Heads, softmax
from detente.events.scripts import scripts
from detente.records import ConfigError, SetupError

Runs = list[tuple[int, int]]
Labels = tuple[NDArray[np.int64], Floats]

FOLDER = Path(__file__).parent / "models" / "ear"
FILES = (ENCODER, "heads.npz", "tokenizer.json", "labels.json")  # beside them lies manifest.json, for people
ROOM = 200  # word pieces read at a time: whole paragraphs, since a speaker's words seldom go beyond one
SHARED = 60  # word pieces that two parts of a longer paragraph have in common


@dataclass(frozen=True, slots=True)
class Voice:
    """One relation of a text: a cue, who speaks (empty: nobody named), what is said, and how sure the cue is."""

    cue: Offsets
    source: tuple[Offsets, ...]
    content: tuple[Offsets, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Section:
    """Some pieces of a text, [low, high), with their vectors (start and end piece counted) and which go on a word."""

    low: int
    high: int
    each: Floats
    inner: Bools


class Hearing:
    """A text as the heads read it: odds of cues, and of what belongs to a cue."""

    def __init__(self, heads: Heads, pieces: Sequence[Piece], sections: Sequence[Section]) -> None:
        self.pieces, self.sections = pieces, sections
        self._heads = heads
        self.cues = [softmax(heads.cues(s.each)[:, 0]) for s in sections]  # (pieces + 2, outside/first/later)

    def links(self, section: int, at: Sequence[int]) -> Floats:
        """(m, pieces + 2, 5) odds of what each piece of a section is to the cues at m of its positions."""
        return softmax(self._heads.links("voice", self.sections[section].each, np.array(at)))


@dataclass(frozen=True, slots=True)
class Cuts:
    """How odds become spans: `cue` is how likely a cue must be; beginning a source or a content costs `enter`."""

    cue: float = 0.5
    enter: tuple[float, float] = (1.5, 1.5)


class Ear:
    """A folder that `detente train-ear` wrote, loaded."""

    def __init__(self, folder: Path | str | None = None) -> None:
        """Raises SetupError where files are missing, ConfigError where labels.json is broken."""
        where = Path(folder) if folder is not None else FOLDER
        missing = [
            name for name in (ENCODER, "heads.npz", "tokenizer.json", "labels.json") if not (where / name).is_file()
        ]
        if missing:
            raise SetupError(f"the ear cannot be loaded from {where}: missing {', '.join(missing)}")
        try:
            config = json.loads((where / "labels.json").read_text("utf-8"))
            self.cuts = Cuts(float(config["cue"]), (float(config["enter"][0]), float(config["enter"][1])))
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise ConfigError(f"{where / 'labels.json'}: {error}") from error
        self._encoder, self._heads = Encoder(where), Heads(where / "heads.npz")

    def hear(self, text: str) -> Hearing:
        """What the heads say of who says what in a text."""
        pieces = lined(text, self._encoder.pieces([text])[0])
        parts = sections(pieces)
        each: list[Floats] = [np.zeros((0, 0), dtype=np.float32)] * len(parts)
        for found in self._encoder.vectors([plain(pieces[low:high], ROOM + 2) for low, high in parts]):
            for row, i in enumerate(found.rows):
                each[i] = found.each[row, : parts[i][1] - parts[i][0] + 2]
        return Hearing(
            self._heads, pieces,
            [Section(*part, x, self._encoder.inner(pieces[slice(*part)])) for part, x in zip(parts, each, strict=True)],
        )  # fmt: skip

    def voices(self, text: str) -> list[Voice]:
        """Who says what in a text, in the order of the cues."""
        found = voices(self.hear(text), self.cuts)
        told = [Voice(cue, (source,), (content,), 1.0) for source, cue, content in scripts(text)]
        more = [v for v in told if not any(f.cue[0] < v.cue[1] and v.cue[0] < f.cue[1] for f in found)]
        return sorted(found + more, key=lambda voice: voice.cue)


def voices(heard: Hearing, cuts: Cuts) -> list[Voice]:
    """The likeliest relations; where two sections hold one cue, the one with more around it is believed."""
    out: dict[Offsets, tuple[int, Voice]] = {}
    found = [runs(odds, s.inner, cuts.cue) for s, odds in zip(heard.sections, heard.cues, strict=True)]
    for (n, (first, last)), (source, content) in zip(
        ((n, run) for n, here in enumerate(found) for run in here), _belonging(heard, found, cuts), strict=True
    ):
        section = heard.sections[n]
        pieces = heard.pieces[section.low : section.high]
        cue = (pieces[first - 1][1], pieces[last - 1][2])
        who, what = (tuple(span for span, _ in stretches_of(pieces, *part)) for part in (source, content))
        margin = min(first, len(pieces) - first)
        if cue not in out or margin > out[cue][0]:
            out[cue] = margin, Voice(cue, who, what, float(1 - heard.cues[n][first, 0]))
    return [voice for _, (_, voice) in sorted(out.items())]


def _belonging(heard: Hearing, cues: Sequence[Runs], cuts: Cuts) -> Iterator[tuple[Labels, Labels]]:
    """For each cue of each section the likeliest labels of its pieces as source and as content, with their odds.

    All cues of a text are decoded at once, short sections padded.
    """
    width = max((len(s.each) for s in heard.sections), default=0)
    count = sum(map(len, cues))
    if not count:
        return iter(())
    odds = np.zeros((count, width, 5), dtype=np.float32)
    odds[..., 0] = 1
    inner = np.zeros((count, width), dtype=bool)
    row = 0
    for n, here in enumerate(cues):
        if here:
            size = len(heard.sections[n].each)
            odds[row : row + len(here), :size] = heard.links(n, [first for first, _ in here])
            inner[row : row + len(here), :size] = heard.sections[n].inner
            row += len(here)
    decoded = []
    for part, enter in zip((1, 3), cuts.enter, strict=True):
        share = sides(odds, part)
        decoded.append(list(zip(best_paths(np.log(share + 1e-9), inner, enter), 1 - share[..., 0], strict=True)))
    return zip(*decoded, strict=True)


def runs(odds: Floats, inner: Bools, cut: float) -> Runs:
    """First and last position of each stretch read as a cue, from (length, 3) odds; a word is taken whole."""
    out: Runs = []
    for i in (np.flatnonzero((odds[1:-1, 0] < 1 - cut / 4) | inner[1:-1]) + 1).tolist():
        beside = bool(out) and out[-1][1] == i - 1
        if beside and (inner[i] or odds[i, 2] > max(odds[i, 0], odds[i, 1])):
            out[-1] = (out[-1][0], i)
        elif not inner[i] and 1 - odds[i, 0] >= cut:
            out.append((i, i))
    return out


def sections(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """[low, high) of sections of at most ROOM pieces: whole paragraphs; longer ones are cut, with SHARED pieces in common."""
    out: list[tuple[int, int]] = []
    low = 0
    while low < len(pieces):
        high = min(len(pieces), low + ROOM)
        if high == len(pieces):
            out.append((low, high))
            break
        end = next((i for i in range(high, low, -1) if pieces[i][0] == BREAK), None)
        out.append((low, end or high))
        low = high - SHARED if end is None else end + 1  # the break itself belongs to neither
    return out
