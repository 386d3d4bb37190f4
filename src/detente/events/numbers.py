"""Numbers as news writes them: digits, words, dozens, and ranges with their limits.

A range is (low, high); high None means "at least low". Vague words have a floor: dozens are 24 or
more, scores 40, hundreds 200, thousands 2,000 (the least a plural can mean).
"""

from __future__ import annotations

import re

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SMALL = {w: i for i, w in enumerate(_UNITS)} | {w: 10 * i for i, w in enumerate(_TENS, 2)}
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
SCALES |= {"m": 10**6, "mn": 10**6, "bn": 10**9, "lakh": 10**5, "crore": 10**7}
GROUPS = {"dozen": 12, "score": 20}
VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "millions": 2 * 10**6}
VAGUE |= {"tens of thousands": 20_000, "hundreds of thousands": 200_000, "several hundred": 200}
VAGUE |= {"several": 3, "a handful": 3, "a few": 3, "several dozen": 36, "a few dozen": 36, "a couple": 2}

_SMALL = "|".join(sorted(SMALL, key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:[,. \u00a0\u202f]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_SCALE = "|".join(sorted((*SCALES, *GROUPS), key=len, reverse=True))
_PLAIN = rf"(?:(?:{_SMALL})(?:[- ](?:and )?(?:{_SMALL}))*|{_DIGITS})"
NUMBER = rf"(?:{_PLAIN}(?:[ -](?:{_SCALE})(?:[ -](?:and )?{_PLAIN})?)*|(?:half )?an? (?:{_SCALE}))"
VAGUE_NUMBER = "|".join(sorted(VAGUE, key=len, reverse=True))
_WORD = re.compile(rf"{_SMALL}|{_SCALE}|{_DIGITS}|half|an?\b", re.I)

_N = rf"\b{NUMBER}\b"
_AFTER_EXACT = r"at least|no fewer than|no less than|a minimum of|not fewer than|as few as"
_MORE = r"more than|over|upwards? of|above|in excess of|well over|well above"
_LESS = r"fewer than|less than|under|below"
_UPTO = r"up to|as many as|at most|no more than|not more than|a maximum of"
_ABOUT = (
    r"about|around|some|nearly|almost|roughly|approximately|an estimated|close to|close on|another|exactly|only|just"
)
RANGE = re.compile(
    r"\b(?=\w)(?:"  # nowhere else can a number begin
    rf"between (?P<b1>{_N}) and (?P<b2>{_N})"
    rf"|(?P<q>{_AFTER_EXACT}|{_MORE}|{_LESS}|{_UPTO}|{_ABOUT}) (?P<qv>(?:{VAGUE_NUMBER})\b|{_N})"
    rf"|(?P<d1>{_N})(?:(?<=\d)[-–](?=\d)| to | or )(?P<d2>{_N})"
    rf"|(?P<v>{VAGUE_NUMBER})\b"
    rf"|(?P<n>{_N})(?P<more> or more|-plus|\+)?)",
    re.I,
)


def read_number(words: str) -> int | None:
    """The whole number that `words` say ("two dozen" 24, "1,200" 1200, "1.5 million"), or None."""
    total, group, seen = 0.0, 0.0, False
    for word in (m.group().lower() for m in _WORD.finditer(words)):
        if word in ("a", "an"):
            group, seen = group or 1, True
        elif word == "half":
            group, seen = 0.5, True
        elif word in SMALL:
            group, seen = group + SMALL[word], True
        elif word in GROUPS:
            group, seen = (group or 1) * GROUPS[word], True
        elif word in SCALES:
            group = (group or 1) * SCALES[word]
            seen = True
            if SCALES[word] > 100:
                total, group = total + group, 0.0
        else:
            value = _digits(word)
            if value is None:
                return None
            group, seen = group + value, True
    return int(total + group) if seen else None


def _digits(word: str) -> float | None:
    grouped = re.fullmatch(r"\d{1,3}(?:[,. \u00a0\u202f]\d{3})+", word)
    text = re.sub(r"\D", "", word) if grouped else word
    return float(text) if len(text) < 15 else None


def read_range(match: re.Match[str]) -> tuple[int, int | None] | None:
    """(low, high) of one match of RANGE, or None where it holds no number."""
    if match["b1"] or match["d1"]:
        low, high = (read_number(match[k]) for k in (("b1", "b2") if match["b1"] else ("d1", "d2")))
        if low is None or high is None:
            return None
        return (low, high) if low <= high else (high, low)
    if match["v"]:
        return VAGUE[match["v"].lower()], None
    low = _value(match["qv"] or match["n"])
    if low is None:
        return None
    if match["n"]:
        return low, None if match["more"] else low
    return _qualified(match["q"].lower(), match["qv"].lower(), low)


def _value(words: str) -> int | None:
    return VAGUE.get(words.lower()) or read_number(words)


def _qualified(word: str, number: str, n: int) -> tuple[int, int | None]:
    if re.fullmatch(_MORE, word):
        # "more than 40" is 41 or more; of a rough figure ("two dozen") no more can be said than the figure.
        rough = number in VAGUE or "dozen" in number or "score" in number
        return (n if rough else n + 1), None
    if re.fullmatch(_AFTER_EXACT, word) or number in VAGUE:
        return n, None
    if re.fullmatch(_LESS, word):
        return 0, max(n - 1, 0)
    return (0, n) if re.fullmatch(_UPTO, word) else (n, n)
