"""The heads that read the encoder's vectors, as plain array formulas; their weights lie in `heads.npz`.

Each formula is the one that `detente.train.model` learns.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from detente.events.product import Products

Floats = NDArray[np.float32]
_OPS = Products()  # in one thread, and the same for a row whatever stands beside it
FAR = 64  # pieces: distances beyond are one
PARTS = 5  # outside, first and later piece of the first part (source, actor), of the second (content, recipient)


class Heads:
    """Weights by name: `<part>.weight` (out, in) and `<part>.bias` (out)."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as file:
            self._of: Mapping[str, Floats] = {name: file[name].astype(np.float32) for name in file.files}
        self._halves: dict[str, tuple[Floats, Floats]] = {}  # of `beside`: what reads the vectors, what reads the means

    def linear(self, name: str, x: Floats) -> Floats:
        """x (…, in) to (…, out)."""
        weight, bias = self._of[f"{name}.weight"], self._of[f"{name}.bias"]
        if x.size == 0:
            return np.zeros((*x.shape[:-1], len(bias)), dtype=np.float32)
        made = _OPS.gemm(np.ascontiguousarray(x.reshape(-1, x.shape[-1])), weight, trans2=True) + bias
        return made.reshape(*x.shape[:-1], len(bias))

    def stacked(self, name: str, x: Floats) -> Floats:
        """Two maps with tanh between: `<name>_in`, `<name>_out`."""
        return self.linear(f"{name}_out", np.tanh(self.linear(f"{name}_in", x)))

    def beside(self, name: str, each: Floats, mean: Floats, rows: NDArray[np.int64]) -> Floats:
        """`stacked` of vectors (m, width), each joined with the mean (n, width) of its text, which `rows` names.

        What the means give is reckoned once a text.
        """
        weight, bias = self._of[f"{name}_in.weight"], self._of[f"{name}_in.bias"]
        if len(each) == 0:
            return self.linear(f"{name}_out", np.zeros((0, len(bias)), dtype=np.float32))
        if name not in self._halves:
            width = each.shape[1]
            self._halves[name] = np.ascontiguousarray(weight[:, :width]), np.ascontiguousarray(weight[:, width:])
        left, right = self._halves[name]
        inner = _OPS.gemm(each, left, trans2=True) + (_OPS.gemm(mean, right, trans2=True) + bias)[rows]
        return self.linear(f"{name}_out", np.tanh(inner))

    def told(self, mean: Floats) -> Floats:
        """(n, width) to (n,): how likely each text tells a deed; 1 where the model has no such head."""
        if "told.weight" not in self._of:
            return np.ones(len(mean), dtype=np.float32)
        return softmax(np.pad(self.linear("told", mean), ((0, 0), (1, 0))))[:, 1]

    def cues(self, each: Floats) -> Floats:
        """(length, width) to (length, 3, 3): of cue, source and content the logits of outside, first, later piece."""
        made = self.linear("cue_out", np.maximum(self.linear("cue_in", each), 0))
        return made.reshape(len(each), 3, 3)

    def links(self, name: str, each: Floats, at: NDArray[np.int64]) -> Floats:
        """What each piece of one text (length, width) is to each of m pointed pieces: (m, length, 5) logits."""
        rows, owner = np.tile(np.arange(len(each)), len(at)), np.repeat(np.arange(len(at)), len(each))
        return self.linked(name, each, rows, each[at], owner, rows - at[owner]).reshape(len(at), len(each), PARTS)

    def linked(
        self, name: str, each: Floats, rows: NDArray[np.int64], pointed: Floats, owner: NDArray[np.int64],
        gap: NDArray[np.int64],
    ) -> Floats:  # fmt: skip
        """What pieces `each` (p, width) are to `pointed` ones (m, width): (n, 5) logits of n pairs of any texts.

        Of each pair the number of its piece, of what points at it, and how many positions it stands behind that.
        """
        joined = self.linear(f"{name}.key", each)[rows] + self.linear(f"{name}.query", pointed)[owner]
        joined += self._of[f"{name}.gap.weight"][np.clip(gap, -FAR, FAR) + FAR]
        out = self.linear(f"{name}.out", np.maximum(joined, 0))
        left = self.linear(f"{name}.left", pointed).reshape(len(pointed), PARTS, -1)
        right = self.linear(f"{name}.right", each).reshape(len(each), PARTS, -1)
        for part in range(PARTS if len(rows) else 0):
            ours, theirs = (np.ascontiguousarray(side[:, part]) for side in (left, right))
            out[:, part] += (_OPS.gemm(ours, theirs, trans2=True) / left.shape[-1] ** 0.5)[owner, rows]
        return out


def softmax(x: Floats) -> Floats:
    """Probabilities along the last axis."""
    odds = np.exp(x - x.max(axis=-1, keepdims=True))
    return odds / odds.sum(axis=-1, keepdims=True)
