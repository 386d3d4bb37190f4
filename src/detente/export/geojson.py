"""Incidents as GeoJSON (RFC 7946): a point only where the place is a site or a settlement, else no geometry."""

from __future__ import annotations

from typing import Any

from detente.export.incidents import COLUMNS, table
from detente.export.material import Material
from detente.export.plover import point
from detente.export.tables import json_bytes
from detente.records import Incident


def collection(given: Material) -> bytes:
    """A FeatureCollection; incidents without a fit point keep their place's name and precision as properties."""
    rows = table(given).rows
    features = [_feature(each, row) for each, row in zip(given.incidents, rows, strict=True)]
    return json_bytes({"type": "FeatureCollection", "generator": given.version, "features": features})


def _feature(incident: Incident, row: tuple[Any, ...]) -> dict[str, Any]:
    lat, lon = point(incident.place)
    geometry = None if lat is None or lon is None else {"type": "Point", "coordinates": [lon, lat]}
    plain = {
        column.name: list(value) if column.many else value.isoformat() if value and column.kind == "date" else value
        for column, value in zip(COLUMNS, row, strict=True)
        if column.name not in ("incident_id", "latitude", "longitude")
    }
    radius = incident.place.radius_km if incident.place else None
    return {"type": "Feature", "id": incident.id, "geometry": geometry, "properties": plain | {"radius_km": radius}}
