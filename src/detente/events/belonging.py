"""Which stretches of a text belong to a pointed word: the linking heads' odds decoded into spans."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from detente.events.encoder import Piece
from detente.events.heads import Floats

ENTER = 1.5  # what it costs to begin a stretch: keeps parties and quotations in one piece

Offsets = tuple[int, int]
Bools = NDArray[np.bool_]
Parts = tuple[tuple[Offsets, float], ...]  # stretches of a text with their odds


def sides(odds: Floats, first: int) -> Floats:
    """Of odds over PARTS those of one part: outside it, its first, its later pieces."""
    share = odds[..., first] + odds[..., first + 1]
    return np.stack([1 - share, odds[..., first], odds[..., first + 1]], axis=-1)


def best_paths(logs: Floats, inner: Bools, enter: float) -> NDArray[np.int64]:
    """The likeliest labels (m, length) of m sequences: 0 outside, 1 first, 2 later piece of a stretch.

    `logs` (m, length, 3) are log odds of the labels; beginning a stretch costs `enter`; a later piece follows a
    stretch's piece only; the later pieces of a word (`inner`, of all or of each) share its fate (Viterbi 1967).
    """
    count, length, _ = logs.shape
    step = np.full((3, 3), 0.0, dtype=np.float32)  # from, to
    step[0, 2] = -np.inf
    step[:, 1] = -enter
    inside = np.array([[0, -np.inf, -np.inf], [-np.inf, -np.inf, 0], [-np.inf, -np.inf, 0]], dtype=np.float32)
    back = np.zeros((count, length, 3), dtype=np.int64)
    score = np.concatenate([logs[:, 0, :1], np.full((count, 2), -np.inf, dtype=np.float32)], axis=1)
    for i in range(1, length):
        ways = score[:, :, None] + np.where(inner[..., i, None, None], inside, step)
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
