"""Spans of a text that may be toponyms: gazetteer names, printed abbreviations, a parser's place entities."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from detente.reference.gazetteer import supplement
from detente.reference.gazetteer.names import WORD, fold
from detente.reference.gazetteer.store import Store

if TYPE_CHECKING:
    from spacy.tokens import Doc

Kind = Literal["place", "country", "demonym"]
_ARTICLES = frozenset("al el ad an ar as ash at az".split())
_BEGINS = 3  # spaCy's code for the first token of an entity
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
    capital: bool


class Words(dict[int, Word]):
    """The words of a text by number, made as they are asked for: most are in no place name and beside none."""

    def __init__(self, text: str):
        super().__init__()
        self.text = text
        self.spans = [m.span() for m in WORD.finditer(text)]
        self.count = len(self.spans)
        # where a name may start: at capitals, and at articles before a hyphen ('al-Hawl')
        self.starts = [i for i, (start, end) in enumerate(self.spans)
                       if text[start].isupper() or (text[end : end + 1] == "-" and self._is_article(i))]  # fmt: skip

    def __missing__(self, i: int) -> Word:
        start, end = self.spans[i]
        following = self.spans[i + 1][0] if i + 1 < self.count else len(self.text)
        word = self.text[start:end]
        made = self[i] = Word(start, end, word, fold(word), self.text[end:following], word[0].isupper())
        return made

    def _is_article(self, i: int) -> bool:
        return self[i].gap == "-" and self[i].text in _ARTICLES


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words first:last that may be a toponym; `how` says who proposes it."""

    first: int
    last: int
    key: str
    how: Literal["name", "people", "abbreviation", "entity"]
    end: int


Entities = dict[int, tuple[int, int, str]]


def entities_of(doc: Doc | None) -> Entities:
    """Map the start of every entity's every word to that entity's (start, end, label)."""
    if doc is None:
        return {}
    codes = doc.to_array(["ENT_IOB", "ENT_TYPE", "IDX", "LENGTH"])
    found: Entities = {}
    inside: list[int] = []
    for iob, label, start, length in codes[codes[:, 1] > 0].tolist():
        if iob == _BEGINS:
            inside = []
        inside.append(start)
        found.update(dict.fromkeys(inside, (inside[0], start + length, doc.vocab.strings[label])))
    return found


def in_person(t: Toponym, entities: Entities) -> bool:
    """'Fatna Amara': part of what the parser takes for a person's longer name."""
    start, end, label = entities.get(t.start, (t.start, t.end, ""))
    return label == "PERSON" and start <= t.start and t.end <= end and end - start > t.end - t.start


Proposed = dict[int, Proposal | None]  # what a scan found, by the first word


def propose(store: Store, words: Words, entities: Entities, met: Proposed | None = None) -> list[Proposal]:
    """Return spans that may be toponyms, in order, without overlaps; the longest name wins.

    `met` keeps what the names alone propose, for a second scan of the same words with other entities.
    """
    found: list[Proposal] = []
    met = {} if met is None else met
    free = 0
    for i in words.starts:
        if i < free:
            continue
        if i not in met:
            met[i] = _abbreviation(store, words, i) or _name(store, words, i)
        if p := met[i] or _entity(words, i, entities):
            found.append(p)
            free = p.last
    return found


_INNER_CAPITAL = re.compile(r"['’ʼ][^\W\d_a-z]")  # d'Ivoire
_LONGEST = 4  # words of a name with a genitive in it


def _is_genitive(words: Words, i: int) -> bool:
    """Is word `i` the "s" after an apostrophe?"""
    return i < words.count and words[i].text == "s" and words[i - 1].gap in ("'", "’")


def _genitive_name(store: Store, words: Words, i: int) -> Proposal | None:
    """A name with an 's of its own: "Cox's Bazar", "St John's". Never of one word: "Israel's" is Israel."""
    keys: list[str] = []
    best, at, any_ = None, i, False
    while at < words.count and len(keys) < _LONGEST:
        own = _is_genitive(words, at + 1)
        last = words[at + own]
        keys.append(words[at].key + "s" * own)
        any_ = any_ or own
        if any_ and len(keys) > 1 and words[at].capital and store.has(key := " ".join(keys)):
            best = Proposal(i, at + own + 1, key, "name", last.end)
        if last.gap not in _INNER:
            break
        at += 1 + own
    return best


def _name(store: Store, words: Words, i: int) -> Proposal | None:
    w = words[i]
    if any(_is_genitive(words, i + n) for n in (1, 2, 3)) and (found := _genitive_name(store, words, i)):
        return found
    most = store.most(w.key)
    if most == 0:
        return None
    most = min(most, words.count - i)
    keys, n = [w.key], 1
    while n < most and words[i + n - 1].gap in _INNER:
        keys.append(words[i + n].key)
        n += 1
    for length in range(min(n, most), 0, -1):
        last = words[i + length - 1]
        key = " ".join(keys[:length]) if length > 1 else w.key
        own = length > 1 and store.is_own(key)  # "Elmton airport": what a theatre calls so may end in a common noun
        if not (own or last.capital or last.text[0].isdigit() or _INNER_CAPITAL.search(last.text)):
            continue
        if not store.has(key) or key.startswith("university ") or key in LISTS["never"]:
            continue
        if length == 1 and len(key) < 3 and not w.text.isupper() and key not in store.people:
            continue
        return Proposal(i, i + length, key, "people" if key in store.people else "name", last.end)
    return None


def _abbreviation(store: Store, words: Words, i: int) -> Proposal | None:
    w = words[i]
    if w.text.removesuffix(".") not in store.abbreviated:
        return None
    dotted = w.text if w.text.endswith(".") else w.text + "." if w.gap.startswith(".") else w.text
    if dotted not in store.abbreviations:
        return None
    after_comma = i > 0 and words[i - 1].gap.strip() in (",", ",(", "(")
    initials = dotted.count(".") > 1
    if not (after_comma or (initials and not words[i - 1].text.isdigit()) or (dotted[-1] == "." and len(dotted) > 3)):
        return None
    return Proposal(i, i + 1, fold(dotted), "abbreviation", w.start + len(dotted))


def _entity(words: Words, i: int, entities: Entities) -> Proposal | None:
    """A place that only the parser knows: kept without a match."""
    e = entities.get(words[i].start)
    if e is None or e[0] != words[i].start or e[2] not in ("GPE", "LOC"):
        return None
    j = i + 1
    while j < words.count and words[j].end <= e[1]:
        j += 1
    return Proposal(i, j, " ".join(words[n].key for n in range(i, j)), "entity", words[j - 1].end)


LISTS = {name: frozenset(entries) for name, entries in supplement.read("words.toml").items()}
