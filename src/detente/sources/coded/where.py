"""Places of coded rows: a point is kept only for what it is a point of, and a country gets none."""

from __future__ import annotations

from functools import lru_cache

from detente.records import Place, PlacePrecision
from detente.reference.actors import load
from detente.reference.actors.given import country_of

NEAR_KM = 25.0  # UCDP's where_prec 2 and ACLED's geo_precision 2: near a known place
_WIDE: frozenset[str] = frozenset({"country", "region", "unmatched"})


@lru_cache(maxsize=4096)
def iso3(name: str) -> str | None:
    """ISO 3166-1 alpha-3 of a country's name (or of a code that is one already), None where it is unknown."""
    if len(name) == 3 and name.isupper() and (found := load().get(name)) is not None and found.kind == "state":
        return name
    return country_of(name, load()) if name else None


def place(
    name: str,
    precision: PlacePrecision,
    at: tuple[float, float] | None = None,
    country: str = "",
    admin1: str = "",
    id: str | None = None,
    radius_km: float | None = None,
) -> Place | None:
    """A place of a row, None where it names none; countries, regions and unmatched places carry no point."""
    name = name or admin1 or country
    if not name:
        return None
    lat, lon = at if at and precision not in _WIDE else (None, None)
    return Place(name, precision, lat, lon, iso3(country), admin1 or None, id, radius_km=radius_km)
