"""Toponym recognition: which of the spans that may be place names are."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from detente.reference.gazetteer import supplement
from detente.reference.gazetteer.signs import Signs, labelled, signs, surroundings
from detente.reference.gazetteer.spans import (
    LISTS,
    Kind,
    Proposal,
    Proposed,
    Toponym,
    Word,
    Words,
    entities_of,
    propose,
)
from detente.reference.gazetteer.store import Store

if TYPE_CHECKING:
    from spacy.tokens import Doc

_COMMON, _GIVEN = LISTS["common"], LISTS["given"]
_GENERIC = LISTS["organisation"] | LISTS["street"] | LISTS["landform"]  # never a place on their own


def find(store: Store, text: str, doc: Doc | None = None) -> list[Toponym]:
    """Return the toponyms of a text in order, without overlaps."""
    words, entities = Words(text), entities_of(doc)
    proposals = propose(store, words, entities)
    return _kept(store, text, words, proposals, signs(store, words, proposals, entities), doc is not None)


def find_both(store: Store, text: str, doc: Doc) -> tuple[list[Toponym], list[Toponym]]:
    """Return what `find` returns with the parse, and what it returns without; most of the work is done once."""
    words, entities = Words(text), entities_of(doc)
    met: Proposed = {}
    proposals = propose(store, words, entities, met)
    alone = propose(store, words, {}, met) if any(p.how == "entity" for p in proposals) else proposals
    around = surroundings(store, words, proposals)
    around_alone = around if alone is proposals else surroundings(store, words, alone)
    return (
        _kept(store, text, words, proposals, labelled(words, proposals, around, entities), True),
        _kept(store, text, words, alone, labelled(words, alone, around_alone, {}), False),
    )


def _kept(
    store: Store, text: str, words: Words, proposals: list[Proposal], evidence: list[Signs], parsed: bool
) -> list[Toponym]:
    weights = _weights("with_parser" if parsed else "without_parser")
    return [
        Toponym(words[p.first].start, p.end, text[words[p.first].start : p.end], _kind(store, p))
        for p, own in zip(proposals, evidence, strict=True)
        if _accept(words, p, own, weights, parsed)
    ]


def _accept(words: Words, p: Proposal, own: Signs, weights: dict[str, float], parsed: bool) -> bool:
    """Decide: names of persons and papers never, the supplement's longer names always, else by the signs' weights."""
    following = words[p.last] if p.last < words.count and words[p.last - 1].gap == " " else None
    capital = following is not None and following.capital
    if following is not None and capital and following.key in LISTS["media"]:
        return False
    single = p.last - p.first == 1
    if single and (p.key in _GENERIC or (p.key in LISTS["direction"] and not _is_admin(following))):
        return False  # 'the South' of a country is no province of that name elsewhere
    if single and capital and p.key in _GIVEN and following is not None and _is_family(following):
        return False
    if single and following is not None and _goes_on(words, p.last):
        return False
    if not single and any(name == "is supplement" for name, _ in own):
        return True
    if p.how == "people" and not parsed and p.key not in _COMMON:
        return True
    score = 0.0
    for name, value in own:
        score += weights.get(name, 0.0) * value
    return score > 0


def _goes_on(words: Words, i: int) -> bool:
    """'Bab al-Tabbaneh', 'Chakan da Bagh': the one word is the head of a longer name that the gazetteer lacks."""
    return words[i].text in _PARTICLES and i + 1 < words.count and words[i].gap in (" ", "-") and words[i + 1].capital


_PARTICLES = frozenset("al el ad an ar as ash at az ul da das de del della des di do dos du e i la le les ye".split())


def _is_admin(following: Word | None) -> bool:
    """'The North region'."""
    return following is not None and following.key in ("province", "region", "governorate", "state", "district")


def _is_family(w: Word) -> bool:
    return not any(w.key in LISTS[n] for n in ("organisation", "landform", "street", "titles"))


@lru_cache(maxsize=2)
def _weights(which: str) -> dict[str, float]:
    return supplement.weights()[which]


def _kind(store: Store, p: Proposal) -> Kind:
    if p.how == "people":
        return "demonym"
    known = store.named(p.key)
    return "country" if known and any(k.kind == "country" and k.rank == 0 for k in known) else "place"
