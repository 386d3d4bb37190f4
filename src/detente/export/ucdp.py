"""Deadly attacks in UCDP GED's columns, where the sides are known to be states, armed groups or civilians."""

from __future__ import annotations

from typing import Any

from detente.export.material import UNARMED, Material, Party, Written, happened, province, span_of, summed_up, toll
from detente.export.plover import point
from detente.export.rows import one_a_row
from detente.records import Incident
from detente.sources.coded.formats import UCDP_COLUMNS

_WHERE = {"site": 1, "settlement": 1, "district": 3, "province": 4, "country": 6}


def table(given: Material) -> Written:
    """The CSV file: 'best' stands only where every speaker gives one figure, since Detente picks none."""
    return one_a_row(given, UCDP_COLUMNS, _row)


def _kind(a: Party, b: Party) -> int | None:
    if b.sector in UNARMED and a.armed:
        return 3
    if not (a.armed and b.armed):
        return None
    return 1 if a.state or b.state else 2


def _sides(incident: Incident, given: Material) -> tuple[Party, Party] | None:
    doers = [given.party(key) for key in (incident.actors or incident.claimed)]
    targets = [given.party(key) for key in incident.recipients if key not in incident.actors]
    pair = [*doers[:1], *(targets or doers[1:])[:1]]
    if len(pair) < 2:
        return None
    a, b = pair
    return (b, a) if b.state and not a.state and a.sector not in UNARMED else (a, b)


def _row(incident: Incident, given: Material) -> dict[str, Any] | str:
    low, high = toll(incident)
    days, place = span_of(incident), incident.place
    if incident.type != "ASSAULT" or not happened(incident) or summed_up(incident):
        return "not one attack told as a fact"
    if not high:
        return "nobody reported killed"
    if days is None or (days[1] - days[0]).days > 366:
        return "day not known to a year"
    sides = _sides(incident, given)
    kind = _kind(*sides) if sides else None
    if sides is None or kind is None:
        return "two organised sides not known"
    width = (days[1] - days[0]).days
    lat, lon = point(place)
    names = [each.name for each in sides]
    reports = [given.articles[key] for key in incident.reports if key in given.articles]
    return {
        "id": incident.id, "year": days[0].year, "active_year": "", "code_status": "Check: coded by machine",
        "type_of_violence": kind, "conflict_name": "", "dyad_name": " - ".join(names), "side_a": names[0],
        "side_b": names[1], "number_of_sources": len(incident.reports),
        "source_article": [f'"{each.outlet or ""},{each.published or ""},{each.title}"' for each in reports],
        "source_office": given.outlets(incident), "source_date": [str(each.published) for each in reports if each.published],
        "source_headline": reports[0].title if reports else "",
        "where_prec": _WHERE.get(place.precision, 6) if place else None,
        "where_coordinates": place.name if place else "", "where_description": "", "adm_1": province(place),
        "latitude": lat, "longitude": lon, "geom_wkt": f"POINT ({lon} {lat})" if lat is not None else "",
        "country": given.country(place), "event_clarity": 1,
        "date_prec": 1 if width == 0 else 2 if width < 6 else 3 if width <= 7 else 4 if width <= 31 else 5,
        "date_start": days[0], "date_end": days[1], "best": low if low == high else None, "high": high, "low": low,
    }  # fmt: skip
