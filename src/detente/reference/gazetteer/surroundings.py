"""What the other places of an article say of one that no source of names knows, or that is hardly the one meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace

from detente.records import Place
from detente.reference.gazetteer.distance import km_between
from detente.reference.gazetteer.features import Mention
from detente.reference.gazetteer.spans import LISTS
from detente.reference.gazetteer.store import Known

LEAST = 2  # places that must share a country
SHARED = 0.7  # and their share of all that have one
HAMLET = 5_000  # inhabitants
TOWN = 150_000  # a town with more is known beyond its country
NEAR = 150.0  # km


def surrounded(places: Sequence[Place]) -> list[Place]:
    """Unmatched places take the country of those around them where SHARED of the others agree; they stay unmatched."""
    seen = Counter(place.country for place in places if place.country)
    country, count = seen.most_common(1)[0] if seen else (None, 0)
    if count < LEAST or count < SHARED * seen.total():
        return list(places)
    return [replace(p, country=country) if p.precision == "unmatched" and p.country is None else p for p in places]


def drop_unsupported(mentions: Sequence[Mention], chosen: list[Known | None], hints: Set[str | None]) -> None:
    """Forget small places, and what only sounds like a place, where nothing else in the article speaks of their country
    and nothing near them is named: 'Sindian' in news of Senegal is none in Taiwan. A hamlet speaks for no other place.
    """
    speaking = [
        (m.name, k) for m, k in zip(mentions, chosen, strict=True) if k is not None and k.rank < 3 and not _is_hamlet(k)
    ]
    for i, (m, k) in enumerate(zip(mentions, list(chosen), strict=True)):
        if k is None or not _is_obscure(m, k):
            continue
        others = [other for name, other in speaking if name != m.name]
        least = 1 if k.rank == 3 or _is_hamlet(k) else LEAST
        if len(others) + len(hints) >= least and not _is_supported(k, others, hints):
            chosen[i] = None


def prefer_known(mentions: Sequence[Mention], chosen: list[Known | None], hints: Set[str | None]) -> None:
    """In a report filed elsewhere 'Geneva' and 'Gibraltar' are those that the world knows, whatever else it tells of the US."""
    for i, (m, k) in enumerate(zip(mentions, list(chosen), strict=True)):
        if not hints or k is None or m.container is not None or k.kind != "city" or k.pop >= TOWN or k.country in hints:
            continue
        others = [o for j, o in enumerate(chosen) if j != i and o is not None and o.kind != "country"]
        if any(km_between(k.lat, k.lon, o.lat, o.lon) < NEAR for o in others):
            continue
        known = [o for o in m.options.known if o.rank == 0 and (o.kind in ("capital", "country") or o.pop >= TOWN)]
        chosen[i] = max(known, key=lambda o: o.pop, default=k)


def _is_supported(k: Known, others: Sequence[Known], hints: Set[str | None]) -> bool:
    """Whether the text speaks of its country, or of somewhere near."""
    return k.country in hints or any(
        k.country == o.country or (o.kind != "country" and km_between(k.lat, k.lon, o.lat, o.lon) < NEAR)
        for o in others
    )


def _is_obscure(m: Mention, k: Known) -> bool:
    """A town that few live in, a district, a name of compass words alone ('South West'), a name that only sounds alike."""
    if k.ref.startswith(("detente:", "theatre:")):
        return False
    small = k.kind == "admin2" or (k.kind == "city" and k.pop < TOWN)
    return k.rank == 3 or small or (k.kind == "admin1" and all(w in LISTS["direction"] for w in m.name.split()))


def _is_hamlet(k: Known) -> bool:
    return k.kind == "city" and 0 < k.pop < HAMLET
