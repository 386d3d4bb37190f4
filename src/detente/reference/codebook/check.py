"""Checks the codebook's own examples and triggers: `python -m detente.reference.codebook.check` prints what it finds."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal

from detente.records import TYPES
from detente.reference.codebook.contexts import wanting
from detente.reference.codebook.read import Codebook, Example, Frame, TypeEntry, load
from detente.reference.codebook.variety import COPY, SHAPES, Vectors, triggers, variety

EXAMPLES = 150  # at least so many examples a type
NEAR_MISSES = 50
GRAMS = 0.5  # share of word 5-grams two near-copies have in common
GRAM = 5

_WORD = re.compile(r"[\w']+")
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


def check(codebook: Codebook) -> list[Problem]:
    """All problems of a codebook, errors first."""
    found = [*_missing(codebook), *_near_copies(codebook), *_shared_triggers(codebook)]
    for entry in codebook.types.values():
        found += _counts(entry)
        for where, example in _numbered(entry):
            found += _marks(where, example)
            if example.positive and not _triggered(entry, example):
                found.append(Problem("warning", where, f"'{example.trigger}' is no trigger of {entry.type}"))
    found += [Problem("error", f"context {name}", what) for name, what in wanting(codebook.contexts.values())]
    return sorted(found, key=lambda problem: problem.level)


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
    marked = {f for _, _, trigger in triggers(example) for word in _words(trigger) for f in _forms(word)}
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
    """Examples that share most of their words, or half of their runs of five words, with an earlier one."""
    numbered = [pair for entry in codebook.types.values() for pair in _numbered(entry)]
    texts = [example.text for _, example in numbered]
    alike = {(i, j): what for i, j, what in Vectors(texts).pairs(texts, COPY)} | _shared_grams(texts)
    return [
        Problem("error", numbered[i][0], f"nearly the same sentence as {numbered[j][0]} ({what:.0%} alike)")
        for (i, j), what in sorted(alike.items())
    ]


def _shared_grams(texts: Sequence[str]) -> dict[tuple[int, int], float]:
    grams, holders = [], defaultdict(list)
    for number, text in enumerate(texts):
        words = _words(text)
        grams.append({tuple(words[i : i + GRAM]) for i in range(max(len(words) - GRAM + 1, 1))})
        for gram in grams[-1]:
            holders[gram].append(number)
    pairs = {pair for numbers in holders.values() for pair in combinations(numbers, 2)}
    shares = {(i, j): len(grams[i] & grams[j]) / len(grams[i] | grams[j]) for i, j in pairs}
    return {pair: share for pair, share in shares.items() if share > GRAMS}


def report(codebook: Codebook) -> list[str]:
    """How varied the examples are, as lines of a table, a row per type."""
    rows = variety(codebook)
    head = f"{'':10}{'examples':>9}{'near':>6}{'regions':>8}{'genres':>7}{'modal':>6}{'triggers':>9}{'words':>6}{'like':>6}{'most':>6}"
    lines = [head + "".join(f"{name[:8]:>9}" for name in SHAPES)]
    for row in rows:
        lines.append(
            f"{row.type:10}{row.examples:9}{row.near_misses:6}{len(row.regions):8}{len(row.genres):7}"
            f"{len(row.modalities):6}{row.triggers:9}{row.words:6.1f}{row.nearest:6.2f}{row.closest:6.2f}"
            + "".join(f"{row.syntax[name]:9.0%}" for name in SHAPES)
        )
    lines.append("like, most: likeness to the nearest other example, mean and highest; then shares by syntax")
    return lines


def main() -> int:
    """Print problems and variety of the shipped codebook; 1 when there is an error."""
    codebook = load()
    problems = check(codebook)
    for problem in problems:
        print(f"{problem.level}: {problem.where}: {problem.what}")
    print("\n".join(report(codebook)))
    return int(any(problem.level == "error" for problem in problems))


if __name__ == "__main__":
    sys.exit(main())
