"""Which places a name as written may mean: as it stands, else without 'province' behind or 'northern' before it."""

from __future__ import annotations

from detente.reference.gazetteer.names import fold
from detente.reference.gazetteer.store import Known, Store

ADMIN_TAILS = (
    "county", "province", "governorate", "district", "region", "parish", "state", "oblast", "prefecture",
    "department", "republic", "co",
)  # fmt: skip
_TAILS = (
    *ADMIN_TAILS, "area", "city", "town", "village", "municipality", "township", "borough", "neighborhood",
    "neighbourhood", "camp", "refugee camp", "base", "air base", "airport", "border crossing", "crossing", "valley",
)  # fmt: skip
_HEADS = tuple(
    f"{w} " for w in (
        "the", "city of", "province of", "town of", "village of", "state of", "kingdom of", "republic of", "county",
        "northern", "southern", "eastern", "western", "central", "downtown", "greater", "north", "south", "east",
        "west", "upper", "lower", "northeast", "northwest", "southeast", "southwest", "mid", "old", "inner",
    )
)  # fmt: skip


def candidates(store: Store, name: str) -> tuple[tuple[Known, ...], bool]:
    """Return the places a name may mean, and whether the name had to be shortened to find them."""
    key = fold(name)
    if key in store.people:
        return (store.people[key],), False
    if name in store.abbreviations:
        return (store.abbreviations[name],), False
    if found := store.named(key):
        return found, False
    for tail in _TAILS:
        if key.endswith(" " + tail) and (found := store.named(key[: -len(tail) - 1])):
            return found, True
    for head in _HEADS:
        if key.startswith(head) and (found := store.named(key[len(head) :])):
            return found, True
    if name + "." in store.abbreviations:
        return (store.abbreviations[name + "."],), False
    return store.sounding(key), True
