"""Incidents as one flat table: the base of the CSV, the HXL file and the data package."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from detente.export.material import Material, toll
from detente.export.plover import point
from detente.export.tables import Column, Table, csv_bytes
from detente.incidents.inferred import inferred_date, inferred_place
from detente.records import Event, Incident

COLUMNS = (
    Column("incident_id", "string", "id of the incident", "#event+code"),
    Column("title", "string", "short neutral name, put together from the other columns", "#event+name"),
    Column("event_type", "string", "PLOVER 1.3 type of what is told", "#event+type"),
    Column("act", "string", "PLOVER 1.3 type of the deed underneath", "#event+type+act"),
    Column("event_mode", "string", "PLOVER modes", "#event+type+mode+list", many=True),
    Column("modality", "string", "firmest modality of its mentions; only happened and ongoing are told as facts", "#status+modality"),
    Column("disputed", "boolean", "a speaker denies it, or denies having done it", "#status+disputed"),
    Column("retracted", "boolean", "its own source took it back", "#status+retracted"),
    Column("date_start", "date", "first day it may have happened", "#date+occurred+start"),
    Column("date_end", "date", "last day it may have happened", "#date+occurred+end"),
    Column("date_precision", "string", "day, week, month, season, year, range or unresolved", "#date+occurred+precision"),
    Column("date_reported", "date", "the first day a report of it was published", "#date+reported"),
    Column("actors", "string", "who did it, as stated", "#actor+name+list", many=True),
    Column("claimed_by", "string", "who claimed it", "#actor+name+claimed+list", many=True),
    Column("blamed", "string", "whom others blame", "#actor+name+blamed+list", many=True),
    Column("recipients", "string", "to whom", "#affected+name+list", many=True),
    Column("placename", "string", "where", "#loc+name"),
    Column("place_precision", "string", "site, settlement, district, province, country, region or unmatched", "#geo+precision"),
    Column("country", "string", "ISO 3166-1 alpha-3 of the place", "#country+code+v_iso3"),
    Column("admin1", "string", "first-level division: its GeoNames code, or the name in coded rows", "#adm1"),
    Column("latitude", "number", "degrees; only for sites and settlements", "#geo+lat"),
    Column("longitude", "number", "degrees; only for sites and settlements", "#geo+lon"),
    Column("killed_low", "integer", "lowest figure that any speaker gives", "#affected+killed+low"),
    Column("killed_high", "integer", "highest figure that any speaker gives", "#affected+killed+high"),
    Column("injured_low", "integer", "lowest figure that any speaker gives", "#affected+injured+low"),
    Column("injured_high", "integer", "highest figure that any speaker gives", "#affected+injured+high"),
    Column("origins", "integer", "independent origins: copies of one story are one", "#meta+origins"),
    Column("reports", "integer", "reports that tell of it", "#meta+reports"),
    Column("sources", "string", "outlets", "#meta+source+list", many=True),
    Column("urls", "string", "addresses of the reports", "#meta+url+list", many=True),
    Column("inferred_date_start", "date", "first day taken from the articles around it, where no report gives its day", "#date+inferred+start"),
    Column("inferred_date_end", "date", "last such day", "#date+inferred+end"),
    Column("inferred_placename", "string", "where, taken from the articles around it, where no report says as much", "#loc+inferred+name"),
    Column("inferred_place_precision", "string", "how finely that place is known", "#geo+inferred+precision"),
    Column("inferred_country", "string", "ISO 3166-1 alpha-3 of that place", "#country+inferred+code+v_iso3"),
)  # fmt: skip


def table(given: Material) -> Table:
    """One row for each incident, of whatever modality."""
    events = {each.id: each for each in given.events}
    return Table("incidents", COLUMNS, tuple(_row(each, given, events) for each in given.incidents))


def _row(each: Incident, given: Material, events: Mapping[str, Event]) -> tuple[Any, ...]:
    when, place = each.date, each.place
    mine = [events[key] for key in each.events if key in events]
    day, near = inferred_date(each, mine), inferred_place(each, mine)

    def names(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(given.party(key).name for key in keys)

    urls = [given.articles[key].url for key in each.reports if key in given.articles]
    return (
        each.id, each.title, each.type, each.act, each.modes, each.modality, each.disputed, each.retracted,
        when.start if when else None, when.end if when else None, when.precision if when else None, each.known,
        names(each.actors), names(each.claimed), names(each.blamed), names(each.recipients),
        place.name if place else None, place.precision if place else None, place.country if place else None,
        place.admin1 if place else None, *point(place), *toll(each), *toll(each, "injured"), each.origins,
        len(each.reports), tuple(given.outlets(each)), tuple(dict.fromkeys(url for url in urls if url)),
        day.start if day else None, day.end if day else None, near.name if near else None,
        near.precision if near else None, near.country if near else None,
    )  # fmt: skip


def hxl(given: Material) -> bytes:
    """The same table with a row of HXL tags under its header."""
    return csv_bytes([each.name for each in COLUMNS], table(given).rows, [each.tag for each in COLUMNS])
