"""Borders of the world for maps: the vendored TopoJSON (50 m), decoded once, cut to what a map shows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Point = tuple[float, float]  # longitude, latitude
Ring = list[Point]


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of the world in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its outlines; `code` is ISO 3166-1 alpha-3 where the atlas gives one."""

    name: str
    code: str
    rings: tuple[Ring, ...]


@cache
def countries() -> tuple[Country, ...]:
    """Every country of the atlas; holes are left out, since no other country is drawn below them wrongly by that."""
    body = files("detente.desk").joinpath("static", "vendor", "world-50m.json").read_bytes()
    world = json.loads(body)
    arcs = _arcs(world)
    return tuple(_country(each, arcs) for each in world["objects"]["countries"]["geometries"])


def _arcs(world: dict) -> list[Ring]:
    """The arcs in degrees: TopoJSON keeps differences of whole numbers."""
    (kx, ky), (dx, dy) = world["transform"]["scale"], world["transform"]["translate"]
    found = []
    for arc in world["arcs"]:
        x = y = 0
        ring = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            ring.append((x * kx + dx, y * ky + dy))
        found.append(ring)
    return found


def _country(geometry: dict, arcs: Sequence[Ring]) -> Country:
    polygons = geometry.get("arcs", [])
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    rings = tuple(_ring(polygon[0], arcs) for polygon in polygons)
    named = geometry.get("properties", {})
    return Country(named.get("name", ""), named.get("a3", ""), rings)


def _ring(numbers: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """Arcs put together; ~n is arc n backwards."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def neighbourhood(box: Box) -> Iterator[Country]:
    """The countries that a box shows, their outlines cut at its edges."""
    for each in countries():
        rings = tuple(cut for ring in each.rings if _near(ring, box) and len(cut := clip(ring, box)) > 2)
        if rings:
            yield Country(each.name, each.code, rings)


def _near(ring: Ring, box: Box) -> bool:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(xs) >= box.west and min(xs) <= box.east and max(ys) >= box.south and min(ys) <= box.north


def clip(ring: Ring, box: Box) -> Ring:
    """A ring cut to a box, edge by edge (Sutherland and Hodgman)."""
    for axis, limit, sign in ((0, box.west, 1), (0, box.east, -1), (1, box.south, 1), (1, box.north, -1)):
        out: Ring = []
        for one, two in zip(ring[-1:] + ring[:-1], ring, strict=True):
            inside_one, inside_two = sign * (one[axis] - limit) >= 0, sign * (two[axis] - limit) >= 0
            if inside_one != inside_two:
                share = (limit - one[axis]) / (two[axis] - one[axis])
                out.append((one[0] + share * (two[0] - one[0]), one[1] + share * (two[1] - one[1])))
            if inside_two:
                out.append(two)
        ring = out
        if not ring:
            break
    return ring
