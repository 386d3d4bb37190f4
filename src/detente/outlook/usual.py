"""How a pause compares with those the shipped model learned from: why a forecast stands off its base rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from detente.outlook.pretrained import Pretrained, load

WINDOW = 90  # days up to the last attack, whose attack days are counted


@dataclass(frozen=True, slots=True)
class Pause:
    """How old a pause is in days, and on how many of the 90 days up to its last attack there were attacks."""

    days: int
    busy: int


def usual(model: Pretrained | None = None) -> Pause:
    """The typical pause among those the model learned from (means on the scale it sees them on)."""
    member = (model or load()).own[30][0]
    since, busy = (np.expm1(member.mean[member.names.index(name)]) for name in ("since", f"phase_{WINDOW}"))
    return Pause(round(float(since)), round(float(busy)))


def of_gaps(days: int, past_gaps: Sequence[int]) -> Pause:
    """The pause at hand, from its length and the gaps between the attack days before it, oldest first."""
    back = accumulate(reversed(past_gaps))
    return Pause(days, 1 + sum(each < WINDOW for each in back))


def compared(mine: Pause, other: Pause) -> str:
    """What the two differences speak for: sooner, later, or one each way; "" where there is none."""
    signs = {np.sign(other.days - mine.days), np.sign(mine.busy - other.busy)} - {0}
    if not signs:
        return ""
    told = {1: "such pauses end sooner", -1: "such pauses last longer"}
    return told[int(signs.pop())] if len(signs) == 1 else "the one speaks for an earlier end, the other against it"
