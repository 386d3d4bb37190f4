"""Probability words by one published yardstick, with the range printed, and a lint for loose ones.

Sources: US Intelligence Community Directive 203 (2 January 2015); UK Professional Head of Intelligence
Assessment yardstick, whose bands leave gaps on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from detente.records import ConfigError


@dataclass(frozen=True, slots=True)
class Band:
    """Terms that mean a probability from `low` to `high`, in per cent, both included."""

    low: int
    high: int
    terms: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.terms[0]} ({self.low}-{self.high} %)"


ICD203 = (
    Band(1, 5, ("almost no chance", "remote")),
    Band(5, 20, ("very unlikely", "highly improbable")),
    Band(20, 45, ("unlikely", "improbable")),
    Band(45, 55, ("roughly even chance", "roughly even odds")),
    Band(55, 80, ("likely", "probable")),
    Band(80, 95, ("very likely", "highly probable")),
    Band(95, 99, ("almost certain", "nearly certain")),
)
PHIA = (
    Band(0, 5, ("remote chance",)),
    Band(10, 20, ("highly unlikely",)),
    Band(25, 35, ("unlikely",)),
    Band(40, 50, ("realistic possibility",)),
    Band(55, 75, ("likely", "probable")),
    Band(80, 90, ("highly likely",)),
    Band(95, 100, ("almost certain",)),
)
YARDSTICKS = {"icd203": ICD203, "phia": PHIA}


def bands(yardstick: str) -> tuple[Band, ...]:
    """The bands of a yardstick by name; raises ConfigError for an unknown name."""
    if yardstick not in YARDSTICKS:
        raise ConfigError(f"unknown yardstick '{yardstick}'; known: {', '.join(sorted(YARDSTICKS))}")
    return YARDSTICKS[yardstick]


def phrase(probability: float, yardstick: str = "icd203") -> str:
    """The words for a probability (0-1) with their range: "very unlikely (5-20 %)".

    A shared edge takes the band further from even. A probability in a gap of the yardstick is named by
    both its neighbours, since neither band holds it.
    """
    scale, percent = bands(yardstick), 100 * probability
    inside = [b for b in scale if b.low <= percent <= b.high]
    if inside:
        return str(max(inside, key=lambda b: abs(b.low + b.high - 100)))
    for lower, upper in pairwise(scale):
        if lower.high < percent < upper.low:
            return f"between {lower.terms[0]} and {upper.terms[0]} ({lower.high}-{upper.low} %)"
    return str(scale[0] if percent < scale[0].low else scale[-1])


_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[\"“A-Z0-9])")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_NUMBER = r"(?P<low>\d+(?:\.\d+)?)(?:\s*(?:-|–|to)\s*(?P<high>\d+(?:\.\d+)?))?\s*(?:%|per ?cent\b)"
_AFTER = re.compile(r"\W{0,3}(?:(?!base\b)[a-z]+\W{1,2}){0,3}" + _NUMBER)
_BEFORE = re.compile(_NUMBER + r"\W{1,3}(?:[a-z]+\W{1,2}){0,2}$")
_CONFIDENCE = re.compile(
    r"\b(?:(?:high|moderate|medium|low)(?:[- ]to[- ]\w+)? (?:\w+ )?confidence|confident(?:ly)?)\b", re.I
)
_MODAL = re.compile(r"\b(?:may|might|could)\b(?! (?:not )?(?:be )?(?:verified|confirmed|reached|seen))")


def _mentions(sentence: str, scale: tuple[Band, ...]) -> Iterator[tuple[re.Match[str], Band, int]]:
    """Terms in order, the longest first where they overlap ("very unlikely" is not "unlikely")."""
    terms = {term: (band, row) for band in scale for row, term in enumerate(band.terms)}
    words = "|".join(re.escape(t) for t in sorted(terms, key=len, reverse=True))
    for found in re.finditer(rf"(?<![\w-])(?:{words})(?![\w-])", sentence, re.I):
        yield found, *terms[found.group().lower()]


def _range_fault(found: re.Match[str], band: Band, sentence: str) -> str | None:
    stated = _AFTER.match(sentence, found.end()) or _BEFORE.search(sentence[: found.start()])
    between = sentence[: found.start()].endswith(("between ", " and ")) and "between " in sentence
    if stated is None or between:
        return None
    low, high = float(stated["low"]), float(stated["high"] or stated["low"])
    if band.low <= low and high <= band.high:
        return None
    return f"'{found.group()}' means {band.low}-{band.high} %, not {stated.group().strip(' (,')}"


def lint(text: str, yardstick: str = "icd203") -> list[str]:
    """What is wrong with the probability words of a text, one sentence per fault; empty if nothing.

    Refused: a word whose stated number lies outside its band; a likelihood and a confidence level in one
    sentence; "may", "might" or "could" as a judgement (quotations are other people's words and pass);
    terms of both ICD 203 rows in one text.
    """
    scale, faults, rows = bands(yardstick), [], set()
    for sentence in _SENTENCE.split(_QUOTED.sub("“”", text)):
        found = list(_mentions(sentence, scale))
        faults += [fault for match, band, _ in found if (fault := _range_fault(match, band, sentence))]
        rows |= {row for _, band, row in found if len(band.terms) > 1}
        if found and (sure := _CONFIDENCE.search(sentence)):
            faults.append(f"likelihood and confidence in one sentence: '{found[0][0].group()}' and '{sure.group()}'")
        faults += [f"'{modal.group()}' is not a judgement: name a likelihood" for modal in _MODAL.finditer(sentence)]
    if yardstick == "icd203" and len(rows) > 1:
        faults.append("two rows of ICD 203 terms are mixed: keep to one")
    return faults
