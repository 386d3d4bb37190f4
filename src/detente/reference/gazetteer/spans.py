"""Spans of a text that may be toponyms: gazetteer names, printed abbreviations, a parser's place entities."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from detente.reference.gazetteer import supplement
from detente.reference.gazetteer.names import WORD, fold
from detente.reference.gazetteer.store import Store

if TYPE_CHECKING:
    from spacy.tokens import Doc

Kind = Literal["place", "country", "demonym"]
_ARTICLES = frozenset("al el ad an ar as ash at az".split())
_INNER = frozenset({" ", "-", "–", "‑", ". ", " & ", "\n", "/"})


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name in a text: text[start:end] == name. A demonym gives a country, never a point."""

    start: int
    end: int
    name: str
    kind: Kind = "place"


class Word(NamedTuple):
    """One word of the text and its folded form; `gap` is the text between it and the next word."""

    start: int
    end: int
    text: str
    key: str
    gap: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words first:last that may be a toponym; `how` says who proposes it."""

    first: int
    last: int
    key: str
    how: Literal["name", "people", "abbreviation", "entity"]
    end: int


Entities = dict[int, tuple[int, int, str]]


@lru_cache(maxsize=64)  # a paragraph is looked at twice, with its parse and without
def words_of(text: str) -> list[Word]:
    """Split a text into words with offsets; nobody changes the list."""
    spans = [m.span() for m in WORD.finditer(text)]
    ends = [*(start for start, _ in spans[1:]), len(text)][: len(spans)]
    return [
        Word(start, end, word := text[start:end], fold(word), text[end:following])
        for (start, end), following in zip(spans, ends, strict=True)
    ]


def entities_of(doc: Doc | None) -> Entities:
    """Map the start of every entity's every word to that entity's (start, end, label)."""
    if doc is None:
        return {}
    return {t.idx: (e.start_char, e.end_char, e.label_) for e in doc.ents for t in e}


def propose(store: Store, words: list[Word], entities: Entities) -> list[Proposal]:
    """Return spans that may be toponyms, in order, without overlaps; the longest name wins."""
    found: list[Proposal] = []
    i = 0
    while i < len(words):
        w = words[i]
        named = w.text[0].isupper() or (w.gap == "-" and w.text in _ARTICLES)
        p = _at(store, words, i, entities) if named else None
        if p:
            found.append(p)
        i = p.last if p else i + 1
    return found


def _at(store: Store, words: list[Word], i: int, entities: Entities) -> Proposal | None:
    w = words[i]
    if p := _abbreviation(store, words, i):
        return p
    most = min(store.most(w.key), len(words) - i)
    keys, n = [w.key], 1
    while n < most and words[i + n - 1].gap in _INNER:
        keys.append(words[i + n].key)
        n += 1
    for length in range(min(n, most), 0, -1):
        last = words[i + length - 1]
        key = " ".join(keys[:length])
        if not (last.text[0].isupper() or last.text[0].isdigit()) or not store.has(key):
            continue
        if key.startswith("university ") or key in LISTS["never"]:
            continue
        if len(key) <= 3 and not w.text.isupper() and key not in store.people and length == 1 and len(key) < 3:
            continue
        return Proposal(i, i + length, key, "people" if key in store.people else "name", last.end)
    return _entity(words, i, entities)


def _abbreviation(store: Store, words: list[Word], i: int) -> Proposal | None:
    w = words[i]
    dotted = w.text if w.text.endswith(".") else w.text + "." if w.gap.startswith(".") else w.text
    if dotted not in store.abbreviations:
        return None
    after_comma = i > 0 and words[i - 1].gap.strip() in (",", ",(", "(")
    initials = dotted.count(".") > 1
    if not (after_comma or (initials and not words[i - 1].text.isdigit()) or (dotted[-1] == "." and len(dotted) > 3)):
        return None
    return Proposal(i, i + 1, fold(dotted), "abbreviation", w.start + len(dotted))


def _entity(words: list[Word], i: int, entities: Entities) -> Proposal | None:
    """A place that only the parser knows: kept without a match."""
    e = entities.get(words[i].start)
    if e is None or e[0] != words[i].start or e[2] not in ("GPE", "LOC"):
        return None
    j = i + 1
    while j < len(words) and words[j].end <= e[1]:
        j += 1
    return Proposal(i, j, " ".join(w.key for w in words[i:j]), "entity", words[j - 1].end)


LISTS = {name: frozenset(entries) for name, entries in supplement.read("words.toml").items()}
