"""Checks the codebook's own examples and triggers: `python -m detente.reference.codebook.check` prints what it finds."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal

from detente.records import TYPES
from detente.reference.codebook.read import Codebook, Example, Frame, TypeEntry, load

EXAMPLES = 24  # at least so many examples a type
NEAR_MISSES = 8
COPY = 0.5  # word 5-grams shared, of all that two examples have
GRAM = 5

_WORD = re.compile(r"[\w']+")
_BE = re.compile(r"\b(?:is|are|was|were|be|been|being|gets?|got)\s+(?:not\s+|\w+ly\s+)?$", re.IGNORECASE)
_BEFORE_NOUN = re.compile(
    r"\b(?:an?|the|its|their|his|her|our|no|any|this|that)\s+(?:[\w-]+\s+)?$|'s\s+$", re.IGNORECASE
)
_AFTER_NOUN = re.compile(r"\s+(?:of|on|against|by|between|over|with|along)\b", re.IGNORECASE)
_IRREGULAR = {
    "shot": "shoot", "struck": "strike", "sent": "send", "withdrew": "withdraw", "withdrawn": "withdraw",
    "held": "hold", "cut": "cut", "broke": "break", "broken": "break", "left": "leave", "quit": "quit", "met": "meet",
    "gave": "give", "given": "give", "took": "take", "taken": "take", "fell": "fall", "froze": "freeze",
    "frozen": "freeze", "swore": "swear", "sworn": "swear", "dug": "dig", "put": "put", "beat": "beat", "hit": "hit",
    "fought": "fight", "brought": "bring", "sought": "seek", "told": "tell", "said": "say", "spoke": "speak",
    "lent": "lend", "flew": "fly", "flown": "fly", "drew": "draw", "won": "win", "threw": "throw", "built": "build",
    "made": "make", "came": "come", "went": "go", "gone": "go", "fled": "flee", "laid": "lay", "set": "set",
    "let": "let", "paid": "pay", "sat": "sit", "stood": "stand", "overran": "overrun", "overrun": "overrun",
    "bought": "buy", "sold": "sell", "led": "lead", "rose": "rise", "shook": "shake", "forgave": "forgive",
    "has": "have", "had": "have", "was": "be", "were": "be", "is": "be", "are": "be", "men": "man", "hung": "hang",
    "wrote": "write", "rebuilt": "rebuild", "undertook": "undertake", "found": "find", "kept": "keep", "fed": "feed", "blew": "blow", "swept": "sweep",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend; `where` names the type and the example or trigger."""

    level: Literal["error", "warning"]
    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Variety:
    """How varied one type's positive examples are; shares run from 0 to 1."""

    type: str
    examples: int
    near_misses: int
    regions: dict[str, int]
    genres: dict[str, int]
    modalities: dict[str, int]
    passive: float
    nominal: float


def check(codebook: Codebook) -> list[Problem]:
    """All problems of a codebook, errors first."""
    found = [*_missing(codebook), *_near_copies(codebook), *_shared_triggers(codebook)]
    for entry in codebook.types.values():
        found += _counts(entry)
        for where, example in _numbered(entry):
            found += _marks(where, example)
            if example.positive and not _triggered(entry, example):
                found.append(Problem("warning", where, f"'{example.trigger}' is no trigger of {entry.type}"))
    return sorted(found, key=lambda problem: problem.level)


def variety(codebook: Codebook) -> list[Variety]:
    """Regions, genres, modalities and the share of passive and nominal triggers, a row per type."""
    rows = []
    for entry in codebook.types.values():
        good = [example for example in entry.examples if example.positive]
        total = max(len(good), 1)
        rows.append(
            Variety(
                entry.type, len(good), len(entry.examples) - len(good),
                dict(Counter(e.region for e in good)), dict(Counter(e.genre for e in good)),
                dict(Counter(e.modality for e in good)),
                sum(map(is_passive, good)) / total, sum(map(is_nominal, good)) / total,
            )
        )  # fmt: skip
    return rows


def is_passive(example: Example) -> bool:
    """Whether a form of 'be' stands right before a marked trigger that reads as a participle, or opens it."""
    return any(
        (_BE.search(example.text[:start]) and trigger.split()[0].endswith(("d", "n", "t")))
        or _BE.match(f"{trigger.split()[0]} ")
        for start, _, trigger in _triggers(example)
    )


def is_nominal(example: Example) -> bool:
    """Whether a determiner stands before a marked trigger, or it opens the text with a noun's preposition after it."""
    return any(
        _BEFORE_NOUN.search(example.text[:start])
        or (start == 0 and not trigger.endswith("ed") and _AFTER_NOUN.match(example.text[end:]))
        for start, end, trigger in _triggers(example)
    )


def _triggers(example: Example) -> list[tuple[int, int, str]]:
    return [(start, end, example.text[start:end]) for role, start, end in example.marks if role == "T"]


def _numbered(entry: TypeEntry) -> Iterator[tuple[str, Example]]:
    counts: Counter[bool] = Counter()
    for example in entry.examples:
        counts[example.positive] += 1
        kind = "example" if example.positive else "near_miss"
        yield f"{entry.type} {kind} {counts[example.positive]}", example


def _missing(codebook: Codebook) -> list[Problem]:
    return [Problem("error", name, "the type has no file") for name in TYPES if name not in codebook.types]


def _counts(entry: TypeEntry) -> list[Problem]:
    good = sum(example.positive for example in entry.examples)
    near = len(entry.examples) - good
    if not entry.examples:
        return [Problem("error", entry.type, "no examples")]
    short = [(good, EXAMPLES, "examples"), (near, NEAR_MISSES, "near misses")]
    return [Problem("error", entry.type, f"{n} {what}, fewer than {least}") for n, least, what in short if n < least]


def _marks(where: str, example: Example) -> list[Problem]:
    found = []
    for role, start, end in example.marks:
        span = example.text[start:end]
        if not span or span != span.strip() or not 0 <= start < end <= len(example.text):
            found.append(Problem("error", where, f"mark {role} at {start} is empty or padded: {span!r}"))
    ordered = sorted(example.marks, key=lambda mark: mark[1])
    if any(a[2] > b[1] for a, b in pairwise(ordered)):
        found.append(Problem("error", where, "marks overlap"))
    return found


def _triggered(entry: TypeEntry, example: Example) -> bool:
    """Does a lemma of the type stand in the marked trigger? Its further words may stand anywhere in the sentence."""
    sentence = {form for word in _words(example.text) for form in _forms(word)}
    marked = {f for _, _, trigger in _triggers(example) for word in _words(trigger) for f in _forms(word)}
    lemmas = (lemma.split() for frame in entry.frames for lemma in frame.lemmas)
    return any(set(words) <= sentence and marked & set(words) for words in lemmas)


def _words(text: str) -> list[str]:
    return [word.removesuffix("'s").strip("'") for word in _WORD.findall(text.lower().replace("-", " "))]


def _forms(word: str) -> set[str]:
    """What a word may be a form of, by spelling alone; too many rather than too few."""
    out = {word, _IRREGULAR.get(word, word)}
    for ending, put in (
        ("s", ""),
        ("es", ""),
        ("ies", "y"),
        ("ied", "y"),
        ("ed", ""),
        ("d", ""),
        ("ing", ""),
        ("ing", "e"),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)] + put
            out |= {stem, stem[:-1]} if len(stem) > 3 and stem[-1] == stem[-2] else {stem}
    return out


def _shared_triggers(codebook: Codebook) -> list[Problem]:
    """Triggers that two types claim on the same terms, so that only the order of types decides."""
    claims: dict[tuple[str, str, object], set[str]] = defaultdict(set)
    for entry in codebook.types.values():
        for frame in entry.frames:
            for lemma in frame.lemmas:
                claims[frame.pos, lemma, _terms(frame)].add(frame.type)
    return [
        Problem("warning", f"{pos} '{lemma}'", f"claimed on the same terms by {' and '.join(sorted(types))}")
        for (pos, lemma, _), types in claims.items()
        if len(types) > 1
    ]


def _terms(frame: Frame) -> tuple[tuple[str, ...], ...]:
    return frame.dependents, frame.prepositions, frame.subject, frame.object


def _near_copies(codebook: Codebook) -> list[Problem]:
    grams: dict[str, set[tuple[str, ...]]] = {}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for entry in codebook.types.values():
        for where, example in _numbered(entry):
            words = _words(example.text)
            grams[where] = {tuple(words[i : i + GRAM]) for i in range(max(len(words) - GRAM + 1, 1))}
            for gram in grams[where]:
                holders[gram].append(where)
    pairs = {pair for wheres in holders.values() for pair in combinations(wheres, 2)}
    return [
        Problem("error", a, f"nearly the same sentence as {b}")
        for a, b in sorted(pairs)
        if len(grams[a] & grams[b]) > COPY * len(grams[a] | grams[b])
    ]


def main() -> int:
    """Print problems and variety of the shipped codebook; 1 when there is an error."""
    codebook = load()
    problems = check(codebook)
    for problem in problems:
        print(f"{problem.level}: {problem.where}: {problem.what}")
    for row in variety(codebook):
        print(
            f"{row.type:10} {row.examples} examples, {row.near_misses} near misses, {len(row.regions)} regions, "
            f"{len(row.genres)} genres, {len(row.modalities)} modalities, passive {row.passive:.0%}, "
            f"nominal {row.nominal:.0%}"
        )
    return int(any(problem.level == "error" for problem in problems))


if __name__ == "__main__":
    sys.exit(main())
