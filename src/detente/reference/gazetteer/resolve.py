"""Toponym resolution: which place of that name an article means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from detente.records import Place, PlacePrecision, Span
from detente.reference.gazetteer import features
from detente.reference.gazetteer.distance import km_between
from detente.reference.gazetteer.features import Codes, Mention, Options
from detente.reference.gazetteer.names import fold
from detente.reference.gazetteer.spans import Toponym
from detente.reference.gazetteer.spelled import ADMIN_TAILS, candidates
from detente.reference.gazetteer.store import Known, Store
from detente.reference.gazetteer.supplement import KINDS, weights
from detente.reference.gazetteer.surroundings import TOWN, drop_unsupported, prefer_known, surrounded

_AFTER = re.compile(rf"(?i)['’s]*\s+(?:{'|'.join(ADMIN_TAILS)})\b")
_BEFORE = re.compile(r"(?i)\b(?:province|governorate|district|region|state|county) of\s+$")
_GAP = re.compile(r"\s*,\s*|\s+\(\s*|\s*,?\s+in\s+")
_CONTAINERS = frozenset({"country", "admin1", "admin2", "region"})
_ROUNDS = 2
_SAME_SPOT = 0.015  # radians of latitude and longitude together: about 95 km
_FORMS = {
    "sea": ("sea", "lake"), "ocean": ("sea",), "gulf": ("sea",), "bay": ("sea",), "strait": ("strait",),
    "river": ("river",), "lake": ("lake",), "mountains": ("mountain",), "islands": ("island",),
    "crossing": ("crossing",), "camp": ("camp",), "base": ("base",),
}  # fmt: skip
METROPOLIS = 8_000_000  # inhabitants
NEAR_ITS_TOWN = 150.0  # km between the points of a province and of the town it is named after


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, its probability without context, and the reasons."""

    place: Place
    score: float
    why: tuple[str, ...]


class Resolver:
    """Resolves toponyms against one gazetteer; keeps the candidates of names it has met."""

    def __init__(self, store: Store):
        self.store = store
        self._codes = Codes()
        self._options: dict[str, Options] = {}

    def options(self, name: str) -> Options:
        """Return the candidates of a name as written."""
        if name not in self._options:
            if len(self._options) > 20_000:
                self._options.clear()
            known, shortened = candidates(self.store, name)
            self._options[name] = features.options(known, shortened, self._codes)
        return self._options[name]

    def resolve(
        self, toponyms: Sequence[Toponym], text: str, *,
        country: str | None = None, dateline: str | None = None, outlet: str | None = None, peoples: Iterable[str] = (),
    ) -> list[Place]:  # fmt: skip
        """Return one Place per toponym, in order; a name without a match keeps its span."""
        groups, mentions = self.group(toponyms, text)
        hints = self._hints(country, dateline, outlet)
        chosen = self.choose(mentions, hints)
        known = (self.store.people.get(fold(name)) for name in peoples)
        prefer_known(mentions, chosen, hints)
        drop_unsupported(mentions, chosen, hints | {k.country for k in known if k is not None})
        return surrounded([_place(self.store, t, chosen[g]) for t, g in zip(toponyms, groups, strict=True)])

    def group(self, toponyms: Sequence[Toponym], text: str) -> tuple[list[int], list[Mention]]:
        """Put mentions of one name together (one sense per article), unless their containers differ."""
        options = [self.options(_written(t, text)) for t in toponyms]
        containers = [_container(toponyms, options, text, i) for i in range(len(toponyms))]
        usual: dict[str, Known] = {}
        for t, c in zip(toponyms, containers, strict=True):
            if c is not None:
                usual.setdefault(fold(t.name), c)
        numbers: dict[tuple[str, str], int] = {}
        counts: list[list[int]] = []
        groups = []
        for i, t in enumerate(toponyms):
            c = containers[i] or usual.get(fold(t.name))
            groups.append(numbers.setdefault((fold(t.name), c.ref if c else ""), len(numbers)))
            if groups[-1] == len(counts):
                counts.append([])
            counts[groups[-1]].append(i)
        mentions = [
            Mention(
                fold(toponyms[own[0]].name),
                options[own[0]], len(own), containers[own[0]] or usual.get(fold(toponyms[own[0]].name)),
                any(_is_admin(toponyms[i], text) for i in own),
            )
            for own in counts
        ]  # fmt: skip
        return groups, mentions

    def choose(self, mentions: list[Mention], hints: frozenset[str]) -> list[Known | None]:
        """Return the likeliest candidate of each name, in the light of the others."""
        chosen: list[Known | None] = [None] * len(mentions)
        live = [i for i, m in enumerate(mentions) if m.options.known]
        if live:
            some = [mentions[i] for i in live]
            own, stack = evidence(some, hints)
            p = rank(own, stack, *_weights())
            for i, first in zip(live, stack.starts, strict=True):
                chosen[i] = _best(mentions[i], p[first : first + len(mentions[i].options.known)])
        return chosen

    def _hints(self, country: str | None, dateline: str | None, outlet: str | None) -> frozenset[str]:
        found = {self.store.iso2.get(country or "")}
        for words in (dateline, outlet):
            head = re.split(r"[(–—]|, \d|\d", words or "")[0].strip(" ,")
            parts = [p.strip() for p in head.split(",") if p.strip()]
            known = self.options(parts[-1].title() if parts[-1].isupper() else parts[-1]).known if parts else ()
            if known and (words is dateline or known[0].kind == "country"):
                found.add(max(known, key=lambda k: (k.kind == "country", k.pop)).country)
        return frozenset(c for c in found if c)


def _best(m: Mention, p: features.Array) -> Known:
    """Return the likeliest place; places of one country and spot (a town, its district) speak for one another."""
    known = m.options.known
    if len(known) > 1:
        if not m.admin:
            p = _of_its_form(m, p)
        point, country = m.options.point, m.options.country
        near = np.abs(point[:, None, :] - point[None, :, :]).sum(2) < _SAME_SPOT
        town = m.options.static[:, 0] == 0  # a state speaks for itself alone: it is never a point on its capital
        alike = near & (country[:, None] == country[None, :]) & town[:, None] & town[None, :]
        p = np.where(alike | np.eye(len(known), dtype=bool), p, 0.0).sum(1) + p / 1000
    best = _in_the_news(known[int(np.argmax(p))], known)
    return best if m.admin else _town_of(best, known)


def _in_the_news(k: Known, known: tuple[Known, ...]) -> Known:
    """Of two small towns of a country that share a name, the one that the supplement of towns in the news lists."""
    if k.kind != "city" or k.pop >= TOWN:
        return k
    return next((o for o in known if o.ref.startswith("detente:") and o.kind == "city" and o.country == k.country), k)


def _of_its_form(m: Mention, p: features.Array) -> features.Array:
    """'The Red Sea' is a sea, not the province named after it, where one is known."""
    kinds = _FORMS.get(m.name.rsplit(" ", 1)[-1])
    right = np.array([k.kind in (kinds or ()) for k in m.options.known])
    return np.where(right, p, 0.0) if right.any() else p


def _town_of(k: Known, known: tuple[Known, ...]) -> Known:
    """Return the town that shares a province's or district's name ('Kirkuk'), if it lies in it and is close.

    'New York' and 'Washington' without 'state' beside them are the city, wherever its state lies.
    """
    if k.kind not in ("admin1", "admin2"):
        return k
    cities = [t for t in known if t.country == k.country and t.kind in ("city", "capital")]
    greatest = max(cities, key=lambda t: (t.kind == "capital" and t.rank == 0, t.pop), default=k)
    if greatest.kind == "capital" or greatest.pop > METROPOLIS:
        return greatest
    towns = [
        t for t in known
        if t.kind in ("city", "capital") and t.country == k.country and t.admin1 == k.admin1 and t.rank < 2 + k.rank
        and km_between(t.lat, t.lon, k.lat, k.lon) < NEAR_ITS_TOWN
    ]  # fmt: skip
    return max(towns, key=lambda t: t.pop, default=k)


@cache
def _weights() -> tuple[features.Array, features.Array]:
    stored = weights()
    return np.array(stored["prior"]), np.array(stored["full"])


def rank(own: features.Array, stack: features.Stack, prior: features.Array, full: features.Array) -> features.Array:
    """Return the probability of every candidate, stacked: first by itself, then in the light of the others."""
    p = features.softmax(own @ prior, stack)
    fixed, moving = full[: own.shape[1]], full[own.shape[1] :]
    base = own @ fixed
    for _ in range(_ROUNDS):
        p = features.softmax(base + features.context(stack, p) @ moving, stack)
    return p


def evidence(mentions: list[Mention], hints: frozenset[str]) -> tuple[features.Array, features.Stack]:
    """Return the context-free features of all candidates, and the stack they stand in."""
    own = np.concatenate([np.hstack((m.options.static, features.local(m, hints))) for m in mentions])
    return own, features.stack(mentions)


def _written(t: Toponym, text: str) -> str:
    """Return the name with the full stop of an abbreviation that its span leaves out ('N.Y' + '.')."""
    return t.name + "." if text[t.end : t.end + 1] == "." and t.name.count(".") else t.name


def _is_admin(t: Toponym, text: str) -> bool:
    tail = fold(t.name).rsplit(" ", 1)[-1]
    return (
        tail in ADMIN_TAILS
        or bool(_AFTER.match(text, t.end))
        or bool(_BEFORE.search(text, max(0, t.start - 16), t.start))
    )


def _container(toponyms: Sequence[Toponym], options: list[Options], text: str, i: int) -> Known | None:
    """Return the state or country printed right after a name ('Paris, Texas') that holds a place of that name."""
    if i + 1 >= len(toponyms) or not _GAP.fullmatch(text, toponyms[i].end, toponyms[i + 1].start):
        return None
    held = {(k.country, k.admin1) for k in options[i].known if k.kind != "country"}
    countries = {c for c, _ in held}
    for k in sorted(options[i + 1].known, key=lambda k: (k.rank, -k.pop)):
        if k.kind not in _CONTAINERS or k.country is None:
            continue
        inside = (
            k.country in countries if k.admin1 is None else (k.country, k.admin1) in held or (k.country, None) in held
        )
        if inside:
            return k
    return None


def _place(store: Store, t: Toponym, k: Known | None) -> Place:
    span = Span("", t.start, t.end, t.name)
    if k is None:
        return Place(t.name, "unmatched", span=span)
    precision: PlacePrecision = KINDS[k.kind][0]  # type: ignore[assignment]
    return Place(
        _shown(t, k), precision, k.lat, k.lon, store.iso3.get(k.country or ""), k.admin1, k.ref, span, k.km,
    )  # fmt: skip


def _shown(t: Toponym, k: Known) -> str:
    """Return the English name to print: the supplement's own, else as written (GeoNames: 'Baghdād')."""
    if k.ref.startswith(("iso:", "detente:", "theatre:")) or k.kind in ("airport", "base") or len(t.name) < 4:
        return k.name
    return t.name.title() if t.name.isupper() else " ".join(t.name.split())


def lookup(store: Store, name: str) -> list[Candidate]:
    """Return every place a name may mean, the likeliest first, with the reasons for its score."""
    resolver = Resolver(store)
    found = resolver.options(name)
    if not found.known:
        return []
    t = Toponym(0, len(name), name)
    mentions = [Mention(name, found, 1, None, _is_admin(t, name))]
    own, stack = evidence(mentions, frozenset())
    p = features.softmax(own @ _weights()[0], stack)
    order = np.argsort(-p, kind="stable")
    made = [Candidate(_place(store, t, found.known[i]), round(float(p[i]), 4), _why(found.known[i])) for i in order]
    if len(made) > 1:
        made[0] = replace(made[0], why=(*made[0].why, _lead(own[order[0]] - own[order[1]])))
    return made


# what the ranker's context-free features mean, where they speak for a place
_LEADS = {
    "country": "a country goes before places", "region": "a large region or water goes before smaller places",
    "admin1": "a state or province goes before smaller places", "site": "a base, crossing, camp or other site is rarely named by chance",
    "capital": "a capital goes before other towns", "people_city": "more people live there", "people_admin": "more people live there",
    "largest": "it is the largest place of that name", "ratio": "it is far larger than the others",
}  # fmt: skip


def _lead(ahead: features.Array) -> str:
    """Return what speaks most for the first candidate before the second, in words."""
    gain = dict(zip(features.NAMES, ahead * _weights()[0], strict=False))
    best = max(gain, key=lambda name: gain[name])
    return f"first because {_LEADS.get(best, 'its spelling fits better')}" if gain[best] > 0 else "first by a hair"


def _why(k: Known) -> tuple[str, ...]:
    spelling = ("its own name", "another official name", "a foreign or older name", "a name that sounds alike")[k.rank]
    people = (f"population {k.pop:,}",) if k.pop else ()
    return (k.kind, *people, spelling)
