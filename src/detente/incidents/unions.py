"""Groups that grow together: which of many keys belong to one."""

from __future__ import annotations

from collections.abc import Iterable


class Unions:
    """Disjoint groups of keys; a group is called by its smallest key."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._parent = {key: key for key in keys}
        self._names: dict[str, str] = {}

    def root(self, key: str) -> str:
        """The smallest key of the group."""
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, one: str, other: str) -> None:
        """Make two groups one."""
        low, high = sorted((self.root(one), self.root(other)))
        self._parent[high] = low

    def named(self, name: str, key: str) -> str:
        """The first key that was given this name."""
        return self._names.setdefault(name, key)
