"""Independent origins: reports that copy one another's words are one origin, not many."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from hashlib import blake2b

from detente.records import Article

_WORD = re.compile(r"\w+")
_SHINGLE = 5  # words
_SAMPLE = 4  # one shingle in four finds the candidates; all of them decide
_SHARED = 0.5  # of the shorter report's shingles
_COMMON = 50  # a shingle in more reports than this is furniture or a stock phrase


def _shingles(text: str) -> set[int]:
    words = [word.casefold() for word in _WORD.findall(text)]
    return {
        int.from_bytes(blake2b(" ".join(words[at : at + _SHINGLE]).encode(), digest_size=8).digest(), "big")
        for at in range(max(0, len(words) - _SHINGLE + 1))
    }


def _candidates(sketches: Mapping[str, set[int]]) -> set[tuple[str, str]]:
    holders: dict[int, list[str]] = defaultdict(list)
    for key in sorted(sketches):
        for value in sketches[key]:
            holders[value].append(key)
    shared: Counter[tuple[str, str]] = Counter()
    for keys in holders.values():
        if 1 < len(keys) <= _COMMON:
            shared.update((one, other) for at, one in enumerate(keys) for other in keys[at + 1 :])
    return set(shared)


def origins(articles: Iterable[Article] | Mapping[str, Article]) -> dict[str, str]:
    """Article id -> origin id; two reports share one when half of the shorter one's word runs are common.

    `Article.extra["origin"]`, where the source already names its wire story, is believed.
    """
    by_id = dict(articles) if isinstance(articles, Mapping) else {each.id: each for each in articles}
    parent = {key: key for key in by_id}

    def root(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    def join(one: str, other: str) -> None:
        low, high = sorted((root(one), root(other)))
        parent[high] = low

    named: dict[str, str] = {}
    for key in sorted(by_id):
        origin = by_id[key].extra.get("origin")
        if isinstance(origin, str) and origin:
            join(named.setdefault(origin, key), key)
    # rows of coded data are written to one pattern: alike words say nothing of a common origin
    full = {key: _shingles("" if "row" in article.extra else article.text) for key, article in by_id.items()}
    sketches = {key: {value for value in values if value % _SAMPLE == 0} for key, values in full.items()}
    for one, other in sorted(_candidates(sketches)):
        shorter = min(len(full[one]), len(full[other]))
        if len(full[one] & full[other]) >= max(4, _SHARED * shorter):
            join(one, other)
    return {key: root(key) for key in by_id}
