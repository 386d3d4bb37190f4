"""How often each word, and each frame that fitted, told a deed of which type: counted once in marked sentences.

`benchmarks/weighing_train.py --count` writes `events/data/counted.json` from sentences on which the trees do not learn:
there a frame's record is no better than on new text. The judge has read them, but a count does not know the judge.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from detente.reference.codebook.frames import Frame

DOUBT = 3  # so many uses of the average kind are put beside those counted
USUAL = 0.6  # of frames that fit: right in so many uses
CHANCE = 0.08  # of a word's uses those of any one type
DEED = 0.45  # and those that tell a deed at all


@dataclass(frozen=True, slots=True)
class Record:
    """What was counted of one word (a lemma as verb or not): its uses, and those that told each type."""

    uses: int = 0
    types: Mapping[str, int] = field(default_factory=dict)

    def share(self, type_: str) -> float:
        """The share of its uses that told a deed of the type, 0 to 1."""
        return (self.types.get(type_, 0) + DOUBT * CHANCE) / (self.uses + DOUBT)

    @property
    def tells(self) -> float:
        """The share that told any deed; above 1 where deeds are named twice, as a threat and what is threatened."""
        return (sum(self.types.values()) + DOUBT * DEED) / (self.uses + DOUBT)


_NONE = Record()


class Counted:
    """`words`: lemma and "v" or "n" → [uses, {type: uses}]; `frames`: `frame_key` → [right, uses]."""

    def __init__(
        self, words: Mapping[str, tuple[int, Mapping[str, int]]], frames: Mapping[str, tuple[int, int]]
    ) -> None:
        self._words = {name: Record(uses, types) for name, (uses, types) in words.items()}
        self._frames = dict(frames)

    def word(self, lemma: str, verb: bool) -> Record:
        """What is known of a word; nothing of one that was not met."""
        return self._words.get(word_key(lemma, verb), _NONE)

    def frames(self, fitting: Iterable[Frame]) -> tuple[float, int]:
        """Of frames of one type that fit: the log odds of the best of them being right, and the most uses of one."""
        met = [self._frames.get(frame_key(frame), (0, 0)) for frame in fitting]
        right = max((r + DOUBT * USUAL) / (uses + DOUBT) for r, uses in met)
        return math.log(right / (1 - right)), max(uses for _, uses in met)


def word_key(lemma: str, verb: bool) -> str:
    """How a word is named in the file."""
    return f"{lemma.lower()} {'v' if verb else 'n'}"


@lru_cache(maxsize=8192)  # the same frames fit again and again
def frame_key(frame: Frame) -> str:
    """How a frame is named in the file: by what it asks for, so that another frame's coming or going changes nothing."""
    present = (frame.lemmas, frame.dependents, frame.prepositions, frame.subject, frame.object)
    absent = (frame.not_dependents, frame.not_subject, frame.not_object)
    rest = repr(([sorted(words) for words in (*present, *absent)], frame.needs, frame.wide))  # in whatever order
    return f"{frame.type} {frame.pos} {min(frame.lemmas)} {zlib.crc32(rest.encode()):08x}"


@cache
def counted() -> Counted:
    """The counts that come with the package, read once."""
    text = files("detente.events").joinpath("data/counted.json").read_text("utf-8")
    return Counted(**json.loads(text))
