"""Learned trees kept as plain numbers in JSON: how likely something is, by named features.

Boosted trees (Friedman 2001): each tree leads by `feature <= threshold` to a leaf; the leaves' sum is a logit.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Trees:
    """Trees of one JSON file: `features` their names, `trees` lists of nodes [feature, threshold, left, right] or [value]."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._at: dict[str, int] = {name: n for n, name in enumerate(given["features"])}
        nodes: list[tuple[int, float, int, int, float]] = []
        roots, self._deep = [], 0
        for tree in given["trees"]:
            base = len(nodes)
            roots.append(base)
            for n, node in enumerate(tree):
                if len(node) == 1:
                    nodes.append((0, 0.0, base + n, base + n, node[0]))
                else:
                    nodes.append((node[0], node[1], base + node[2], base + node[3], 0.0))
            self._deep = max(self._deep, _depth(tree))
        feature, threshold, left, right, value = zip(*nodes, strict=True)
        self._roots = np.array(roots)
        self._feature, self._threshold = np.array(feature), np.array(threshold)
        self._next = np.array([right, left])
        self._value = np.array(value)

    def odds(self, rows: Sequence[Mapping[str, float]]) -> list[float]:
        """The probability of each row; features that a row lacks are 0."""
        x = np.zeros((len(rows), len(self._at)))
        for n, row in enumerate(rows):
            for name, value in row.items():
                at = self._at.get(name)
                if at is not None:
                    x[n, at] = value
        here = np.tile(self._roots, (len(rows), 1))
        which = np.arange(len(rows))[:, None]
        for _ in range(self._deep):
            low = x[which, self._feature[here]] <= self._threshold[here]
            here = self._next[low.astype(np.int64), here]
        total: Floats = self._value[here].sum(axis=1)
        found: list[float] = (1 / (1 + np.exp(-total))).tolist()
        return found


def _depth(tree: Sequence[Sequence[float]], at: int = 0) -> int:
    node = tree[at]
    return 0 if len(node) == 1 else 1 + max(_depth(tree, int(node[2])), _depth(tree, int(node[3])))


@cache
def shipped(name: str) -> Trees:
    """The trees of `events/data/<name>.json`, read once."""
    return Trees(json.loads(files("detente.events").joinpath(f"data/{name}.json").read_text("utf-8")))
