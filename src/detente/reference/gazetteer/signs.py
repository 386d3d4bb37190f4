"""What speaks for and against a proposed name being a place: itself, the words around it, the parser's entities."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import zip_longest

from detente.reference.gazetteer.spans import LISTS, Entities, Proposal, Words
from detente.reference.gazetteer.store import Known, Store

_COMMON, _GIVEN, _FAMILY, _TITLES = (LISTS[n] for n in ("common", "given", "family", "titles"))
_AFTER = ("organisation", "media", "landform", "street", "said")
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_SENTENCE = frozenset('.!?:\n”"')

Signs = list[tuple[str, float]]
_BIAS = ("bias", 1.0)
_HOW = {how: (f"how {how}", 1.0) for how in ("name", "people", "abbreviation", "entity")}


def signs(store: Store, words: Words, proposals: list[Proposal], entities: Entities) -> list[Signs]:
    """Return what speaks for and against each proposal, as (name, value) pairs."""
    return labelled(words, proposals, surroundings(store, words, proposals), entities)


def surroundings(store: Store, words: Words, proposals: list[Proposal]) -> list[Signs]:
    """Return the signs that need no parse: the name itself, the words around it, the rest of the text."""
    persons = _persons(words)
    taken = {i for p in proposals for i in range(p.first, p.last)}
    countries = _countries(store, proposals)
    found = []
    for p, nxt in zip_longest(proposals, proposals[1:]):
        around = _before(words, p, taken) + _after(store, words, p, nxt)
        own: Signs = [_BIAS, _HOW[p.how], *_name_signs(store, p), *around]
        if p.key in persons:
            own.append(("called a person here", 1.0))
        if p.how == "name" and _homes(store, p.key) & countries:
            own.append(("in a country named here", 1.0))
        if p.how == "name" and p.last - p.first == 1 and p.key in _COMMON:
            own += [(f"common & {name}", v) for name, v in around]
        found.append(own)
    return found


def labelled(words: Words, proposals: list[Proposal], around: list[Signs], entities: Entities) -> list[Signs]:
    """Add what the parser's entities say."""
    labels = [entities.get(words[p.first].start) for p in proposals]
    places = Counter(p.key for p, e in zip(proposals, labels, strict=True) if e and e[2] in _PLACES)
    found = []
    for p, e, near in zip(proposals, labels, around, strict=True):
        label = _label(words, p, e)
        own = near + label
        if entities:
            own.append(("called a place elsewhere", min(3, places[p.key] - (e is not None)) / 3))
        if p.how == "name" and p.last - p.first == 1 and p.key in _COMMON:
            own += [(f"common & {name}", v) for name, v in label]
        found.append(own)
    return found


def _countries(store: Store, proposals: list[Proposal]) -> set[str | None]:
    """Return the countries (ISO alpha-2) that the text names, by name or by people."""
    found = {store.people[p.key].country for p in proposals if p.how == "people"}
    named = (k for p in proposals if p.how == "name" for k in store.named(p.key)[:3])
    return (found | {k.country for k in named if k.kind == "country" and k.rank == 0}) - {None}


def _homes(store: Store, key: str) -> frozenset[str | None]:
    """Return the countries that have a place of this name, other than themselves."""
    if key not in store.homes:
        store.tidy(store.homes)
        store.homes[key] = frozenset(k.country for k in store.named(key) if k.rank < 2 and k.kind != "country")
    return store.homes[key]


def _persons(words: Words) -> set[str]:
    """Return the family names that follow a title or a given name anywhere in the text."""
    pairs = ((words[i], words[i + 1]) for i in words.starts if i + 1 < words.count)
    return {
        b.key for a, b in pairs
        if a.capital and b.capital and a.gap in (" ", ". ")
        and (a.key in _GIVEN or a.key in _TITLES) and a.key not in ("saint", "miss", "park")
    }  # fmt: skip


def _fame(store: Store, key: str) -> tuple[tuple[str, float], ...]:
    """Return what the gazetteer itself says about a name; kept on the store, as names recur."""
    if key not in store.fame:
        store.tidy(store.fame)
        store.fame[key] = _standing(store.named(key))
    return store.fame[key]


def _standing(known: tuple[Known, ...]) -> tuple[tuple[str, float], ...]:
    own = [k for k in known if k.rank < 2]
    pop = max((k.pop for k in known if k.kind in ("city", "capital")), default=0)
    kinds = {k.kind for k in own}
    best = "country" if "country" in kinds else "admin1" if "admin1" in kinds else "other"
    if any(k.ref.startswith(("detente:", "theatre:")) for k in known):
        best = "supplement"
    return (
        (f"is {best}", 1.0), ("fame", max(0.0, math.log10(pop + 1) - 3)), ("only foreign", float(not own)),
        ("tiny", float(pop < 1000)), ("many", math.log10(len(known) + 1)),
    )  # fmt: skip


def _name_signs(store: Store, p: Proposal) -> Signs:
    own: Signs = list(_fame(store, p.key)) if p.how == "name" else []
    if p.last - p.first > 1:
        own.append(("several words", 1.0))
        if any(w in LISTS["landform"] for w in p.key.split()[1:]):
            own.append(("names its landform", 1.0))
    else:
        own += [
            (name, 1.0)
            for name, entries in (("common", _COMMON), ("given", _GIVEN), ("family", _FAMILY))
            if p.key in entries
        ]
        own.append(("short", float(len(p.key) < 4)))
        if p.key in LISTS["direction"] or p.key in LISTS["street"] or p.key in LISTS["landform"]:
            own.append(("generic", 1.0))
    return own


def _before(words: Words, p: Proposal, taken: set[int]) -> Signs:
    if p.first == 0:
        return [("before start", 1.0)]
    w = words[p.first - 1]
    gap = w.gap
    if any(c in _SENTENCE for c in gap) and gap != ". ":
        return [("before start", 1.0)]
    if gap == ". " and w.key not in _TITLES and len(w.key) > 2:
        return [("before start", 1.0)]
    own: Signs = []
    if "," in gap:
        own.append(("before comma", 1.0))
        if p.first - 1 in taken:
            own.append(("before place comma", 1.0))
        return own
    if gap in ("-", "–"):
        own.append(("before hyphen", 1.0))
    upper = w.capital
    for name in ("before", "direction"):
        if w.key in LISTS[name]:
            own.append((f"before {name}", 1.0))
    if w.key in ("of", "the", "and", "a", "s"):
        own.append((f"before {w.key}", 1.0))
    if upper and w.key in _TITLES:
        own.append(("before title", 1.0))
    elif upper and w.key in _GIVEN:
        own.append(("before given", 1.0))
    elif upper and p.first - 1 in taken:
        own.append(("before other name", 1.0))
    elif upper and w.key not in LISTS["direction"] and w.key not in LISTS["before"]:
        own.append(("before capital", 1.0))
    elif not own:
        own.append(("before lower", 1.0))
    if len(w.text) == 1 and upper:
        own.append(("before initial", 1.0))
    return own


def _after(store: Store, words: Words, p: Proposal, nxt: Proposal | None) -> Signs:
    own: Signs = []
    gap = words[p.last - 1].gap
    if gap.startswith(("'s", "’s")):
        own.append(("after genitive", 1.0))
    if p.last >= words.count:
        return own
    w = words[p.last]
    if "," in gap and nxt is not None and nxt.first == p.last and gap.strip() == ",":
        own.append(("after comma place", 1.0))
        if nxt.how == "abbreviation" or any(k.kind in ("country", "admin1") for k in store.named(nxt.key)[:5]):
            own.append(("after comma container", 1.0))
    if gap != " ":
        if gap.startswith("-"):
            own.append(("after hyphen", 1.0))
        return own
    upper = w.capital
    for name in _AFTER:
        if w.key in LISTS[name] and (upper or name in ("said", "landform", "organisation")):
            own.append((f"after {name}{' capital' if upper else ''}", 1.0))
            return own
    own.append(("after capital" if upper else "after lower", 1.0))
    return own


def _label(words: Words, p: Proposal, e: tuple[int, int, str] | None) -> Signs:
    if e is None:
        return [("label none", 1.0)]
    start, end = words[p.first].start, p.end
    whole = start <= e[0] + 4 and end >= e[1] - 2
    own: Signs = [(f"label {e[2]}", 1.0), (f"label {e[2]} {'whole' if whole else 'part'}", 1.0)]
    if not whole and start > e[0] + 4:
        own.append((f"label {e[2]} inside", 1.0))
    return own


def names_of(evidence: Iterable[Signs]) -> list[str]:
    """Return every sign's name, sorted."""
    return sorted({name for e in evidence for name, _ in e})
