"""Learned trees kept as plain numbers in JSON: how likely something is, by named features.

Boosted trees (Friedman 2001): each tree leads by `feature <= threshold` to a leaf; the leaves' sum is a logit. They are
not walked: each step that leads right closes the leaves on its left, and the first leaf left open is the one reached
(QuickScorer, Lucchese and others 2015). What a feature's value closes in all trees together is one row of a table.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Tree = Sequence[Sequence[float]]
ROWS = 256  # rows at a time, so that their table entries stay in the cache


class Trees:
    """Trees of one JSON file: `features` their names, `trees` lists of nodes [feature, threshold, left, right] or [value].

    No tree has more than 64 leaves.
    """

    def __init__(self, given: Mapping[str, Any]) -> None:
        leaves = [list(_leaves(tree, 0)) for tree in given["trees"]]
        self._values = np.zeros((len(leaves), max(map(len, leaves))))
        closed: dict[
            tuple[int, float], list[tuple[int, int]]
        ] = {}  # by step: trees, and which leaves stay open in each
        for n, (tree, own) in enumerate(zip(given["trees"], leaves, strict=True)):
            self._values[n, : len(own)] = [tree[leaf][0] for leaf in own]
            for node in tree:
                if len(node) > 1:
                    shut = sum(1 << own.index(leaf) for leaf in _leaves(tree, int(node[2])))
                    closed.setdefault((int(node[0]), node[1]), []).append((n, shut))
        steps = sorted(closed)
        asked = {feature: n for n, feature in enumerate(dict.fromkeys(f for f, _ in steps))}
        self._at = {given["features"][feature]: n for feature, n in asked.items()}  # what some tree asks for
        self._feature = np.array([asked[f] for f, _ in steps], dtype=int)
        self._threshold = np.array([t for _, t in steps])
        self._begin = np.flatnonzero(np.diff(self._feature, prepend=-1))  # of each feature its first step
        self._first = self._begin + np.arange(len(self._begin))  # and its first row: it has one more than steps
        self._bits = _narrowest(self._values.shape[1])
        table = np.array([*_rows(steps, closed, [np.iinfo(self._bits).max] * len(leaves))], dtype=self._bits)
        # the leaves of several trees are looked at together: padded, so that a row is whole words long
        self._open = np.pad(table, ((0, 0), (0, -len(leaves) % 8))).view(np.uint64)

    def odds(self, rows: Sequence[Mapping[str, float]]) -> list[float]:
        """The probability of each row; features that a row lacks are 0."""
        return self.odds_of(self.table(rows))

    def table(self, rows: Sequence[Mapping[str, float]]) -> Floats:
        """Rows of named features as (rows, features): the tables of what a row has in two parts add up to its own."""
        x, column = np.zeros((len(rows), len(self._at))), self._at.get
        for row, values in zip(x, rows, strict=True):
            for name, value in values.items():
                at = column(name)
                if at is not None:
                    row[at] = value
        return x

    def odds_of(self, x: Floats) -> list[float]:
        """The probability of each row of a table."""
        found: list[float] = (1 / (1 + np.exp(-self.leaves(x).sum(axis=1)))).tolist()
        return found

    def leaves(self, x: Floats) -> Floats:
        """What each row of a table is given by each tree."""
        every = [self._leaves(x[low : low + ROWS]) for low in range(0, len(x), ROWS)]
        return np.concatenate(every) if every else np.zeros((0, len(self._values)))

    def _leaves(self, x: Floats) -> Floats:
        passed = (x[:, self._feature] > self._threshold).view(np.uint8)
        steps = np.add.reduceat(passed, self._begin, axis=1, dtype=np.intp)
        told = steps > 0  # what passes no step closes nothing …
        told[:, 0] = True  # … and need not be looked up, but each row must have one
        begin = np.flatnonzero(told.nonzero()[1] == 0)
        still = np.bitwise_and.reduceat(self._open[(self._first + steps)[told]], begin, axis=0).view(self._bits)
        still = still[:, : len(self._values)]
        _, leaf = np.frexp((still & (~still + 1)).astype(np.float64))  # the lowest bit, as a power of two
        return self._values[np.arange(len(self._values)), leaf - 1]


def _leaves(tree: Tree, at: int) -> Iterator[int]:
    """The leaves under a node, from left to right."""
    node = tree[at]
    if len(node) == 1:
        yield at
    else:
        yield from _leaves(tree, int(node[2]))
        yield from _leaves(tree, int(node[3]))


def _rows(
    steps: Sequence[tuple[int, float]], closed: Mapping[tuple[int, float], Sequence[tuple[int, int]]], every: list[int]
) -> Iterator[list[int]]:
    """Of each feature: the leaves open in each tree where it passes none of its thresholds, the first, the first two …"""
    for _, own in groupby(steps, key=lambda step: step[0]):
        row = list(every)
        yield list(row)
        for step in own:
            for tree, shut in closed[step]:
                row[tree] &= ~shut
            yield list(row)


def _narrowest(bits: int) -> Any:
    return next(kind for kind in (np.uint8, np.uint16, np.uint32, np.uint64) if bits <= 8 * kind().itemsize)


@cache
def shipped(name: str) -> Trees:
    """The trees of `events/data/<name>.json`, read once."""
    return Trees(json.loads(files("detente.events").joinpath(f"data/{name}.json").read_text("utf-8")))


def logit(odds: float) -> float:
    """Log odds, within a thousandth of both ends."""
    kept = 0.001 if odds < 0.001 else 0.999 if odds > 0.999 else odds
    return math.log(kept / (1 - kept))
