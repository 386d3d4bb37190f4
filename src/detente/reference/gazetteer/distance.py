"""Distances on the globe."""

from __future__ import annotations

import math


def box_radius(box: tuple[float, float, float, float]) -> float:
    """Return half the diagonal of a (south, west, north, east) box in km."""
    south, west, north, east = box
    return km_between(south, west, north, east) / 2


def km_between(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance of two points in km."""
    a, b, c, d = map(math.radians, (lat1, lon1, lat2, lon2))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))
