"""Groups nobody has written down yet: provisional actors, and spellings near a known name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz

from detente.reference.actors.skeleton import fold, skeleton
from detente.reference.actors.tables import Spelling, Wording

_UNKNOWN = re.compile(
    r"\b(?:(?:previously|hitherto|until now|formerly|largely|relatively)[ -]+(?:un|little[ -]+)known|little[ -]known|unheard[ -]of|unknown|obscure|shadowy|new(?:ly formed)?|"
    r"self-styled|so-called)\b.*\b(?:group|groups|militia|militias|faction|factions|organisation|organisations|organization|organizations|outfit|outfits|movement|movements|brigade|brigades|cell|cells|front|fronts)\b",
    re.IGNORECASE,
)  # fmt: skip
_UNHEARD = re.compile(
    r"\b(?:groups?|militias?|factions?|organi[sz]ations?|outfits?|movements?|brigades?|cells?|fronts?)\b.*"
    r"\b(?:no ?one|nobody|few|hardly any(?:one|body))\b.*\b(?:heard|known?|knew)\b",
    re.IGNORECASE,
)
_UNITS = frozenset({"brigade", "brigades", "division", "battalion", "regiment"})
_PARTIES = frozenset({"party", "congress", "league", "union"})
_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
_ARTICLES = ("al-", "el-", "ul-", "ash-", "as-", "ar-", "an-", "ad-", "at-", "az-")
_JOIN = frozenset("al el of the and for ul bin ibn de la du des ash ad an fi wa wal bi e i y".split())


def slug(name: str) -> str:
    """The name as an id: lower-case words joined by hyphens, without the article before it."""
    return re.sub(r"[^\w]+", "-", fold(name).replace("'", "").removeprefix("the ")).strip("-_") or "unnamed"


def called_unknown(text: str) -> bool:
    """'three previously unknown groups', 'a shadowy militia', 'a cell that nobody had heard of'."""
    return bool(_UNKNOWN.search(text) or _UNHEARD.search(text))


def core(text: str) -> str:
    """The longest run of capitalised words (with the small words between them), '' where there is none."""
    best, run = "", list[re.Match[str]]()
    for word in [*_WORD.finditer(text), None]:
        fits = word is not None and (word.group()[0].isupper() or (bool(run) and word.group().lower() in _JOIN)
                                     or word.group().lower().startswith(_ARTICLES) or not word.group()[0].isascii())  # fmt: skip
        if fits and word is not None and (not run or text[run[-1].end() : word.start()] in (" ", " '", "' ")):
            run.append(word)
            continue
        while run and run[-1].group().lower() in _JOIN:
            run.pop()
        if run and run[-1].end() - run[0].start() > len(best):
            best = text[run[0].start() : run[-1].end()]
        run = [word] if fits and word is not None else []
    return best


class GroupNames:
    """Tells whether a capitalised name reads as a group's."""

    def __init__(self, wording: Wording):
        self._words, self._neutral, self._not = wording.group_words, wording.neutral_words, wording.namesakes

    def like(self, name: str) -> bool:
        """Whether it has a group word and something of its own beside it."""
        words = [w.lower().replace("’", "'") for w in _WORD.findall(name)]
        if (
            len(words) < 2
            or not self._not.isdisjoint(words)
            or self._words.isdisjoint(p for w in words for p in (w, *w.split("-")))
        ):
            return False
        own = {w for w in words if w not in self._neutral and w not in _JOIN and not w[0].isdigit()}
        return bool(own - _UNITS)

    @staticmethod
    def sector(name: str) -> str:
        """PTY for what calls itself a party, else UAF: unidentified until somebody decides."""
        return "PTY" if any(w.lower() in _PARTIES for w in _WORD.findall(name)) else "UAF"


class Near:
    """Known names by consonant skeleton; a candidate must share the key and look alike besides."""

    def __init__(self, spellings: Iterable[Spelling]):
        self._by_key: dict[str, list[Spelling]] = defaultdict(list)
        self._ready = False
        self._source = spellings

    def _fill(self) -> None:
        for entry in self._source:
            if entry.kind in ("group", "coalition", "organisation", "organ", "person") and _usable(entry.text):
                self._by_key[skeleton(entry.text)].append(entry)
        self._ready = True

    def candidates(self, name: str) -> list[tuple[float, Spelling]]:
        """Spellings of the same skeleton with their likeness 0..1, best first."""
        if not _usable(name):
            return []
        if not self._ready:
            self._fill()
        floor = 75.0 if " " in name else 82.0
        folded = fold(name)
        scored = [(fuzz.ratio(folded, fold(s.text)), s) for s in self._by_key.get(skeleton(name), ())]
        return sorted(((r / 100, s) for r, s in scored if r >= floor), key=lambda p: -p[0])


def _usable(name: str) -> bool:
    return sum(c.isalpha() for c in name) >= 5 and not name.isupper()
