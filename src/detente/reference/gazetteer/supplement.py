"""Reader of the gazetteer's own supplement: countries, regions and sites as TOML that a person can edit."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from detente.records import ConfigError

FILES = ("countries.toml", "first-level.toml", "regions.toml", "sites.toml", "towns.toml")
# Kinds of place, with the precision each gives and its usual radius in km (None: taken from box or population).
KINDS: dict[str, tuple[str, float | None]] = {
    "country": ("country", None), "region": ("region", None), "admin1": ("province", None),
    "admin2": ("district", None), "city": ("settlement", None), "capital": ("settlement", None), "hood": ("site", 2.0), "base": ("site", 4.0),
    "airport": ("site", 4.0), "crossing": ("site", 2.0), "camp": ("site", 3.0), "site": ("site", 2.0),
    "port": ("site", 4.0), "dam": ("site", 3.0), "strait": ("region", 60.0), "river": ("region", 150.0),
    "sea": ("region", 400.0), "island": ("region", 30.0), "mountain": ("region", 40.0), "lake": ("region", 40.0),
    "district": ("district", 20.0), "province": ("province", 100.0),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the supplement. `box` is (south, west, north, east) in degrees; `country` is ISO alpha-3."""

    name: str
    kind: str
    lat: float
    lon: float
    country: str | None = None
    also: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    abbr: tuple[str, ...] = ()
    box: tuple[float, float, float, float] | None = None
    km: float | None = None
    iso2: str | None = None


def read(name: str) -> dict[str, Any]:
    """Return one TOML file of the gazetteer's data folder as a mapping."""
    return tomllib.loads(files("detente.reference.gazetteer").joinpath("data", name).read_text("utf-8"))


def weights() -> dict[str, Any]:
    """Return the ranker's weights, as trained by `python -m detente.reference.gazetteer.train`."""
    return json.loads(files("detente.reference.gazetteer").joinpath("data", "weights.json").read_text("utf-8"))


def digest() -> str:
    """Return a hash of the supplement's files, part of the gazetteer's version."""
    folder = files("detente.reference.gazetteer").joinpath("data")
    return hashlib.sha256(b"".join(folder.joinpath(n).read_bytes() for n in FILES)).hexdigest()[:12]


def countries() -> list[Entry]:
    """Return every country and territory with its own representative point."""
    return [
        Entry(
            name=c["names"][0], kind="country", lat=c["at"][0], lon=c["at"][1], country=c["iso3"], iso2=c["iso2"],
            also=tuple(c["names"][1:]), people=tuple(c["people"]), box=tuple(c["box"]),
        )
        for c in read("countries.toml")["country"]
    ]  # fmt: skip


NOWHERE = (float("nan"), float("nan"))  # the point of a region whose towns say well enough where it is


def first_level() -> dict[str, Entry]:
    """Return what is laid over the packages' first-level regions, by ISO 3166-2 code; the point may be NOWHERE."""
    return {
        f["iso"]: Entry(
            name=f["iso"], kind="admin1", lat=float(f.get("at", NOWHERE)[0]), lon=float(f.get("at", NOWHERE)[1]),
            iso2=f["iso"][:2],
            also=_strings(f, "also"), people=_strings(f, "people"), abbr=_strings(f, "abbr"),
        )
        for f in read("first-level.toml")["first"]
    }  # fmt: skip


def places() -> list[Entry]:
    """Return the regions and sites of the supplement."""
    return [entry(p) for n in FILES[2:] for p in read(n)["place"]]


def entry(row: Mapping[str, Any]) -> Entry:
    """Read one place, of the supplement or of a theatre file; ConfigError says what is wrong with it."""
    name, kind, at = row.get("name"), row.get("kind", "site"), row.get("at")
    if not isinstance(name, str) or not name.strip():
        raise ConfigError(f"a place has no name: {dict(row)!r}")
    if kind not in KINDS:
        raise ConfigError(f"place '{name}': kind '{kind}' is not one of {', '.join(KINDS)}")
    if not _is_point(at):
        raise ConfigError(f"place '{name}': 'at' must be [latitude, longitude] in degrees, not {at!r}")
    box = row.get("box")
    if box is not None and not (isinstance(box, list | tuple) and len(box) == 4):
        raise ConfigError(f"place '{name}': 'box' must be [south, west, north, east] in degrees, not {box!r}")
    return Entry(
        name=name, kind=kind, lat=float(at[0]), lon=float(at[1]), country=row.get("in"),  # type: ignore[index]
        also=_strings(row, "also"), people=_strings(row, "people"), abbr=_strings(row, "abbr"),
        box=tuple(float(x) for x in box) if box else None, km=row.get("km"),  # type: ignore[arg-type]
    )  # fmt: skip


def _is_point(at: object) -> bool:
    if not (isinstance(at, list | tuple) and len(at) == 2 and all(isinstance(x, int | float) for x in at)):
        return False
    return -90 <= at[0] <= 90 and -180 <= at[1] <= 180


def _strings(row: Mapping[str, Any], field: str) -> tuple[str, ...]:
    value: Iterable[str] | str = row.get(field, ())
    return (value,) if isinstance(value, str) else tuple(value)
