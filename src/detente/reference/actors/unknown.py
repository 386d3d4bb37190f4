"""Groups nobody has written down yet: provisional actors, and spellings near a known name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import fuzz

from detente.reference.actors.skeleton import fold, skeleton
from detente.reference.actors.tables import Spelling

_GROUP_WORDS = frozenset(
    [
        "brigade",
        "brigades",
        "front",
        "army",
        "liwa",
        "harakat",
        "haraka",
        "saraya",
        "movement",
        "resistance",
        "kataib",
        "kata'ib",
        "katiba",
        "katibat",
        "jaish",
        "jaysh",
        "jund",
        "ansar",
        "hezb",
        "hizb",
        "hezbollah",
        "battalion",
        "battalions",
        "force",
        "forces",
        "militia",
        "militias",
        "group",
        "organisation",
        "organization",
        "coalition",
        "alliance",
        "council",
        "union",
        "party",
        "league",
        "guard",
        "guards",
        "command",
        "corps",
        "lions",
        "sons",
        "soldiers",
        "usbat",
        "ashab",
        "qabdat",
        "faylaq",
        "firqat",
        "hayat",
        "jabhat",
        "jamaat",
        "jama'at",
        "jamaah",
        "lashkar",
        "tehrik",
        "sipah",
        "mujahideen",
        "mujahedeen",
        "network",
        "tanzim",
        "revenge",
        "avengers",
        "defenders",
        "fighters",
        "column",
        "state",
        "emirate",
        "wilayat",
        "squad",
        "squads",
        "legion",
        "regiment",
        "rebels",
        "guerrillas",
        "faction",
        "cell",
        "cells",
        "congress",
        "committee",
        "committees",
        "self-defence",
        "self-defense",
        "vigilantes",
        "cartel",
        "gang",
        "clan",
        "tren",
        "mai-mai",
        "mayi-mayi",
        "raia",
    ]
)
_NEUTRAL = frozenset(
    [
        "national",
        "defence",
        "defense",
        "security",
        "armed",
        "royal",
        "state",
        "people's",
        "peoples",
        "air",
        "naval",
        "land",
        "ground",
        "special",
        "joint",
        "central",
        "federal",
        "republic",
        "general",
        "northern",
        "southern",
        "eastern",
        "western",
        "operations",
        "command",
        "border",
        "presidential",
        "revolutionary",
        "the",
        "of",
        "and",
        "for",
        "popular",
        "force",
        "forces",
        "army",
        "guard",
        "guards",
        "council",
        "corps",
        "unit",
        "staff",
        "high",
        "supreme",
        "rapid",
        "mobile",
        "police",
        "military",
        "international",
        "regional",
        "infantry",
        "airborne",
        "armoured",
        "armored",
        "mechanized",
        "mechanised",
        "mountain",
        "marine",
        "fleet",
        "party",
        "group",
        "coalition",
        "government",
    ]
)
_PARTY = frozenset({"party", "congress", "league", "union"})
_UNKNOWN = re.compile(
    r"\b(?:(?:previously|hitherto|until now|formerly|largely|relatively)[ -]+(?:un|little[ -]+)known|little[ -]known|unheard[ -]of|unknown|obscure|shadowy|new(?:ly formed)?|"
    r"self-styled|so-called)\b.*\b(?:group|groups|militia|militias|faction|factions|organisation|organisations|organization|organizations|outfit|outfits|movement|movements|brigade|brigades|cell|cells|front|fronts)\b",
    re.IGNORECASE,
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:[’'\-][^\W_]+)*")
_JOIN = frozenset(
    {
        "al",
        "el",
        "of",
        "the",
        "and",
        "for",
        "ul",
        "bin",
        "ibn",
        "de",
        "la",
        "du",
        "des",
        "ash",
        "ad",
        "an",
        "fi",
        "wa",
        "wal",
        "bi",
        "e",
        "i",
        "y",
    }
)


def slug(name: str) -> str:
    """The name as an id: lower-case words joined by hyphens."""
    return re.sub(r"[^\w]+", "-", fold(name).replace("'", "")).strip("-_") or "unnamed"


def called_unknown(text: str) -> bool:
    """'three previously unknown groups', 'a shadowy militia'."""
    return bool(_UNKNOWN.search(text))


def core(text: str) -> str:
    """The longest run of capitalised words (with the small words between them), '' where there is none."""
    best, run = "", list[re.Match[str]]()
    for word in [*_WORD.finditer(text), None]:
        fits = word is not None and (word.group()[0].isupper() or (bool(run) and word.group().lower() in _JOIN)
                                     or word.group().lower().startswith(("al-", "el-", "ul-")) or not word.group()[0].isascii())  # fmt: skip
        if fits and word is not None and (not run or text[run[-1].end() : word.start()] in (" ", " '", "' ")):
            run.append(word)
            continue
        while run and run[-1].group().lower() in _JOIN:
            run.pop()
        if run and run[-1].end() - run[0].start() > len(best):
            best = text[run[0].start() : run[-1].end()]
        run = [word] if fits and word is not None else []
    return best


def group_like(name: str) -> bool:
    """Whether a capitalised name reads as a group's: a group word and something of its own beside it."""
    words = [w.lower().replace("’", "'") for w in _WORD.findall(name)]
    parts = {p for w in words for p in (w, *w.split("-"))}
    own = [w for w in words if w not in _NEUTRAL and w not in _JOIN and not w[0].isdigit()]
    return (
        len(words) > 1
        and not parts.isdisjoint(_GROUP_WORDS)
        and bool(set(own) - {"brigade", "brigades", "division", "battalion", "regiment"})
    )


def sector_of(name: str) -> str:
    """PTY for what calls itself a party, else UAF: unidentified until somebody decides."""
    return "PTY" if any(w.lower() in _PARTY for w in _WORD.findall(name)) else "UAF"


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
