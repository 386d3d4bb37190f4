"""Toponym recognition: gazetteer names in a text, joined with a parser's named entities."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from detente.reference.gazetteer import supplement
from detente.reference.gazetteer.names import WORD, fold
from detente.reference.gazetteer.store import Store

if TYPE_CHECKING:
    from spacy.tokens import Doc

Kind = Literal["place", "country", "demonym"]


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name in a text: text[start:end] == name. A demonym gives a country, never a point."""

    start: int
    end: int
    name: str
    kind: Kind = "place"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the text and its folded form; `gap` is the text between it and the next word."""

    start: int
    end: int
    text: str
    key: str
    gap: str


def words_of(text: str) -> list[Word]:
    """Split a text into words with offsets."""
    found = list(WORD.finditer(text))
    ends = [m.start() for m in found[1:]] + [len(text)]
    return [
        Word(m.start(), m.end(), m.group(), fold(m.group()), text[m.end() : nxt])
        for m, nxt in zip(found, ends, strict=True)
    ]


_LISTS = supplement.read("words.toml")
COMMON = frozenset(_LISTS["common"])
GIVEN = frozenset(_LISTS["given"])
TITLES = frozenset(_LISTS["titles"])
BEFORE = frozenset(_LISTS["before"])
ORGANISATION = frozenset(_LISTS["organisation"])
GENERIC = frozenset(_LISTS["generic"])
_ARTICLES = frozenset(["al", "el", "ad", "an", "ar", "as", "ash", "at", "az"])
_INNER = frozenset({" ", "-", "–", "‑", ". ", " & ", "\n"})
_ENDS = re.compile(r"[.!?:\n”\"]")


def find(store: Store, text: str, doc: Doc | None = None) -> list[Toponym]:
    """Return the toponyms of a text in order, without overlaps."""
    words = words_of(text)
    labels = _entities(doc)
    found: list[Toponym] = []
    i = 0
    while i < len(words):
        n = _longest(store, words, i)
        if n and (kind := _accept(store, words, i, n, labels)):
            start, end = words[i].start, words[i + n - 1].end
            found.append(Toponym(start, end, text[start:end], kind))
        i += max(n, 1)
    return found


def _entities(doc: Doc | None) -> dict[int, tuple[int, int, str]]:
    """Map every character where an entity's token starts to that entity."""
    return {t.idx: (e.start_char, e.end_char, e.label_) for e in doc.ents for t in e} if doc is not None else {}


def _longest(store: Store, words: list[Word], i: int) -> int:
    """Return how many words from i make the longest known name; 0 if none does."""
    w = words[i]
    if not (w.text[0].isupper() or (w.text in _ARTICLES and w.gap == "-")):
        return 0
    most = min(store.most(w.key), len(words) - i)
    keys, n = [w.key], 1
    while n < most and words[i + n - 1].gap in _INNER:
        keys.append(words[i + n].key)
        n += 1
    for length in range(n, 0, -1):
        last = words[i + length - 1]
        if (last.text[0].isupper() or last.text[0].isdigit()) and store.has(" ".join(keys[:length])):
            return length
    return 0


def _accept(
    store: Store, words: list[Word], i: int, n: int, labels: dict[int, tuple[int, int, str]]
) -> Kind | None:
    """Decide whether the name of words[i:i+n] is a toponym here, and of which kind."""
    key = " ".join(w.key for w in words[i : i + n])
    text = words[i].text
    if n == 1 and len(key) <= 3 and not text.isupper():
        return None
    if key in store.people and not (n == 1 and key in COMMON):
        return "demonym"
    before = words[i - 1] if i and words[i - 1].gap in (" ", ". ") else None
    after = words[i + n] if i + n < len(words) and words[i + n - 1].gap == " " else None
    entity = labels.get(words[i].start)
    country = any(k.kind == "country" for k in store.named(key))
    if after and (after.key in ORGANISATION) and after.text[0].isupper():
        return None
    if before and (before.key in TITLES or before.key in GIVEN) and before.text[0].isupper():
        return None
    if country:
        return "country"
    if entity and entity[2] in ("PERSON", "ORG", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW", "DATE"):
        return None
    if entity and entity[2] in ("GPE", "LOC", "FAC"):
        return "place"
    near = before is not None and before.key in BEFORE
    if n == 1 and (key in COMMON or key in GIVEN):
        return "place" if near and not (after and after.text[0].isupper()) else None
    if labels and not near:
        return None
    if after and after.text[0].isupper() and after.key not in GENERIC:
        return None
    return "place"
