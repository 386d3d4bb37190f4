"""What speaks for each place that a name may mean: numbers, one row per candidate."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from detente.reference.gazetteer.store import Known

Array = NDArray[np.float64]
NAMES = (
    "country", "region", "admin1", "admin2", "site", "capital", "people_city", "people_admin", "rank1", "rank2",
    "rank3", "largest", "ratio", "shortened", "inside_admin", "inside_country", "outside", "tail_admin", "tail_other",
    "hint", "support", "share", "support_admin", "near", "closest", "admin_share", "first_country",
)  # fmt: skip
STATIC = NAMES.index("inside_admin")
_REGION = frozenset({"region", "sea", "strait", "river", "island", "mountain", "lake"})
_SITE = frozenset({"hood", "base", "airport", "crossing", "camp", "site", "port", "dam"})


@dataclass(frozen=True, slots=True)
class Options:
    """The candidates of one name with everything about them that does not depend on the article."""

    known: tuple[Known, ...]
    static: Array  # (n, STATIC)
    point: Array  # (n, 2) radians
    country: NDArray[np.int64]  # (n,), -1 = none
    admin1: NDArray[np.int64]


@dataclass(slots=True)
class Codes:
    """Numbers for country and admin-1 codes, given out as they are met."""

    numbers: dict[str, int] = field(default_factory=dict)

    def of(self, code: str | None) -> int:
        """Return this code's number; -1 for None."""
        return -1 if code is None else self.numbers.setdefault(code, len(self.numbers))


UNKNOWN_POPULATION = 2000  # GeoNames writes 0 where it has no figure; such places are mostly villages


def _people(k: Known) -> float:
    return math.log10((k.pop or UNKNOWN_POPULATION) + 10)


def options(known: tuple[Known, ...], shortened: bool, codes: Codes) -> Options:
    """Return the candidates of one name as arrays."""
    most = max((k.pop for k in known), default=0)
    return Options(
        known,
        np.array([_static(k, most, shortened) for k in known], dtype=float).reshape(len(known), STATIC),
        np.radians(np.array([(k.lat, k.lon) for k in known], dtype=float).reshape(len(known), 2)),
        np.array([codes.of(k.country) for k in known], dtype=np.int64),
        np.array([codes.of(k.admin1) for k in known], dtype=np.int64),
    )


def _static(k: Known, most: int, shortened: bool) -> tuple[float, ...]:
    people = _people(k)
    admin = k.kind in ("admin1", "admin2")
    city = k.kind in ("city", "capital")
    return (
        k.kind == "country", k.kind in _REGION, k.kind == "admin1", k.kind == "admin2", k.kind in _SITE,
        k.kind == "capital", people * city, people * admin, k.rank == 1, k.rank == 2, k.rank == 3,
        k.pop == most, people - math.log10((most or UNKNOWN_POPULATION) + 10), shortened,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """One name of an article as the ranker sees it: options, and what its own words say.

    `container` is the state or country printed after it ('Paris, Texas'); `admin` whether a word such as
    'County' or 'province' goes with it.
    """

    name: str
    options: Options
    count: int
    container: Known | None
    admin: bool


def local(m: Mention, hints: frozenset[str]) -> Array:
    """Return (n, 6) features from the words around one name: container, kind of place, hints."""
    rows = []
    for k in m.options.known:
        inside, country, outside = _inside(k, m.container)
        is_admin = k.kind in ("admin1", "admin2")
        rows.append((
            inside, country, outside, m.admin and is_admin, m.admin and not is_admin,
            k.country is not None and k.country in hints,
        ))  # fmt: skip
    return np.array(rows, dtype=float).reshape(len(rows), 6)


def _inside(k: Known, container: Known | None) -> tuple[bool, bool, bool]:
    if container is None or k.ref == container.ref:
        return False, False, False
    if container.kind == "country":
        return False, k.country == container.country, k.country != container.country
    same = k.country == container.country and container.admin1 is not None and k.admin1 == container.admin1
    unknown = k.country == container.country and (k.admin1 is None or container.admin1 is None)
    return same, unknown, not same and not unknown


@dataclass(frozen=True, slots=True)
class Stack:
    """All candidates of all names of one article, one under another; `group` says whose they are."""

    group: NDArray[np.int64]
    starts: NDArray[np.int64]  # (groups,) first row of each group
    name: NDArray[np.int64]  # groups of one name ('Paris, Texas' and 'Paris, France') do not speak for each other
    weight: Array  # (groups,) how much each name counts as context
    point: Array
    country: tuple[NDArray[np.int64], NDArray[np.int64], int]  # codes, the codes renumbered from 0, how many
    admin1: tuple[NDArray[np.int64], NDArray[np.int64], int]
    is_country: NDArray[np.bool_]


def stack(mentions: list[Mention]) -> Stack:
    """Stack the mentions' candidates."""
    sizes = np.array([len(m.options.known) for m in mentions])
    return Stack(
        np.repeat(np.arange(len(mentions)), sizes),
        np.cumsum(sizes) - sizes,
        np.repeat(np.unique([m.name for m in mentions], return_inverse=True)[1], sizes),
        np.array([1 + 0.5 * math.log(m.count) for m in mentions]),
        np.concatenate([m.options.point for m in mentions]),
        _renumbered(np.concatenate([m.options.country for m in mentions])),
        _renumbered(np.concatenate([m.options.admin1 for m in mentions])),
        np.concatenate([m.options.static[:, 0] > 0 for m in mentions]),
    )


def _renumbered(code: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    values, number = np.unique(code, return_inverse=True)
    return code, number, len(values)


def context(s: Stack, probability: Array) -> Array:
    """Return (n, 7) features from the article's other names, given each candidate's present probability."""
    mass = probability * s.weight[s.group]
    support, admin = _support(s, s.country, mass), _support(s, s.admin1, mass)
    total = mass.sum() - np.bincount(s.name, mass)[s.name]
    near, closest = _nearness(s, mass)
    explicit = _support(s, s.country, mass * s.is_country)
    return np.column_stack((
        np.log1p(support), support / (total + 1), np.log1p(admin), np.log1p(near), closest, admin / (total + 1),
        np.log1p(explicit),
    ))  # fmt: skip


def _support(s: Stack, codes: tuple[NDArray[np.int64], NDArray[np.int64], int], mass: Array) -> Array:
    """Return, per candidate, the mass of other names' candidates with its code."""
    code, number, most = codes
    cell = s.name * most + number
    own = np.bincount(cell, mass)
    whole = np.bincount(number, mass, most)
    return np.maximum(np.where(code < 0, 0.0, whole[number] - own[cell]), 0.0)


def _nearness(s: Stack, mass: Array) -> tuple[Array, Array]:
    """Return, per candidate, the mass of others' candidates around it, and how close the closest likely one is."""
    anchors = np.flatnonzero((mass > 0.15) & ~s.is_country)
    if not len(anchors):
        return np.zeros(len(mass)), np.zeros(len(mass))
    a, b = s.point, s.point[anchors]
    dlat = a[:, None, 0] - b[None, :, 0]
    dlon = (a[:, None, 1] - b[None, :, 1]) * np.cos(a[:, None, 0])
    km = 6371 * np.sqrt(dlat**2 + dlon**2)
    other = s.name[:, None] != s.name[anchors][None, :]
    pull = np.exp(-km / 80) * mass[anchors] * other
    return pull.sum(1), (np.exp(-km / 300) * np.minimum(mass[anchors], 1) * other).max(1)


def softmax(score: Array, s: Stack) -> Array:
    """Return probabilities within each group."""
    e = np.exp(score - np.maximum.reduceat(score, s.starts)[s.group])
    return e / np.add.reduceat(e, s.starts)[s.group]
