"""Event mentions in PLOVER's terms: JSON lines in the shape of the NGEC coder, and one flat table."""

from __future__ import annotations

import json
from typing import Any

from detente.export.material import FINE, Material
from detente.export.tables import Column, Table
from detente.plain import to_plain
from detente.records import AUXILIARY, SCORES, Event, Mention, Place

_PARTY = "in the same order as the names; empty where unknown"
COLUMNS = (
    Column("event_id", "string", "id of the event mention"),
    Column("date_start", "date", "first day it may have happened; empty where unresolved"),
    Column("date_end", "date", "last day it may have happened"),
    Column("date_precision", "string", "day, week, month, season, year, range or unresolved"),
    Column("event_type", "string", "PLOVER 1.3 type of what is told"),
    Column("act", "string", "PLOVER 1.3 type of the deed underneath: a threat to strike has ASSAULT"),
    Column("event_mode", "string", "PLOVER modes", many=True),
    Column("contexts", "string", "PLOVER contexts", many=True),
    Column("modality", "string", "happened, ongoing, planned, threatened, conditional, hypothetical, denied, negated or uncertain"),
    Column("auxiliary", "string", "PLOVER's auxiliary mode: future, hypothetical or negation; empty where the event simply stands"),
    Column("score", "number", "PLOVER conflict-cooperation score of the type, -10 to 10"),
    Column("actors", "string", "who did it, as the text names them", many=True),
    Column("actor_ids", "string", f"actor ids, {_PARTY}", many=True),
    Column("actor_countries", "string", f"ISO 3166-1 alpha-3, {_PARTY}", many=True),
    Column("actor_sectors", "string", f"PLOVER sectors, {_PARTY}", many=True),
    Column("recipients", "string", "to whom, as the text names them", many=True),
    Column("recipient_ids", "string", f"actor ids, {_PARTY}", many=True),
    Column("recipient_countries", "string", f"ISO 3166-1 alpha-3, {_PARTY}", many=True),
    Column("recipient_sectors", "string", f"PLOVER sectors, {_PARTY}", many=True),
    Column("reciprocal", "boolean", "each side did it to the other, or the source does not say who did it to whom"),
    Column("speaker", "string", "outermost speaker; empty where the report itself says it"),
    Column("stance", "string", "what the speaker does with it: asserts, denies, doubts, claims, blames, threatens or requests"),
    Column("placename", "string", "where"),
    Column("place_precision", "string", "site, settlement, district, province, country, region or unmatched"),
    Column("country", "string", "ISO 3166-1 alpha-3 of the place"),
    Column("admin1", "string", "first-level division: its GeoNames code, or the name in coded rows"),
    Column("latitude", "number", "degrees; only for sites and settlements"),
    Column("longitude", "number", "degrees; only for sites and settlements"),
    Column("killed_low", "integer", "lowest figure in this mention"),
    Column("killed_high", "integer", "highest figure; empty where open"),
    Column("event_text", "string", "the words it rests on"),
    Column("story_id", "string", "id of the article"),
    Column("start", "integer", "offset of the words in the article's text, in code points"),
    Column("end", "integer", "offset after them"),
    Column("publisher", "string", "outlet"),
    Column("pub_date", "date", "publication date of the article"),
    Column("url", "string", "address of the article"),
    Column("version", "string", "coder"),
    Column("inferred_date_start", "date", "first day taken from the article around it, where its own words date nothing"),
    Column("inferred_date_end", "date", "last such day"),
    Column("inferred_placename", "string", "where, taken from the article around it, where its own words say nothing as good"),
    Column("inferred_country", "string", "ISO 3166-1 alpha-3 of that place"),
)  # fmt: skip


def table(given: Material) -> Table:
    """One row for each event mention."""
    return Table("events", COLUMNS, tuple(_row(each, given) for each in given.events))


def _row(event: Event, given: Material) -> tuple[Any, ...]:
    when, place = event.date, event.place
    article = given.articles.get(event.article)
    dead = next((each for each in event.counts if each.kind == "killed" and not each.cumulative), None)
    lat, lon = point(place)
    outer = event.attribution[0] if event.attribution else None
    return (
        event.id, when.start if when else None, when.end if when else None, when.precision if when else None,
        event.type, event.act, event.modes, event.contexts, event.modality, AUXILIARY[event.modality],
        SCORES.get(event.type), *_parties(event.actors), *_parties(event.recipients), event.reciprocal,
        outer.source.text if outer and outer.source else None, outer.stance if outer else None,
        place.name if place else None, place.precision if place else None, place.country if place else None,
        place.admin1 if place else None, lat, lon, dead.low if dead else None, dead.high if dead else None,
        event.evidence.quote, event.article, event.evidence.start, event.evidence.end, event.outlet, event.reported,
        article.url if article else None, event.coder or given.version, *_inferred(event),
    )  # fmt: skip


def _inferred(event: Event) -> tuple[Any, ...]:
    when, place = event.inferred_date, event.inferred_place
    days = (when.start, when.end) if when else (None, None)
    return (*days, place.name if place else None, place.country if place else None)


def _parties(mentions: tuple[Mention, ...]) -> tuple[tuple[str, ...], ...]:
    return (
        tuple(each.text for each in mentions),
        tuple(each.actor or "" for each in mentions),
        tuple(each.country or "" for each in mentions),
        tuple(each.sector or "" for each in mentions),
    )


def point(place: Place | None) -> tuple[float | None, float | None]:
    """Latitude and longitude of a site or settlement; of anything wider, none."""
    return (place.lat, place.lon) if place and place.precision in FINE else (None, None)


def lines(given: Material) -> bytes:
    """JSON lines as the NGEC coder writes them, with what PLOVER has no field for under 'detente'."""
    made = [json.dumps(_item(each, given), ensure_ascii=True, separators=(",", ":")) for each in given.events]
    return "".join(f"{line}\n" for line in made).encode("ascii")


def _item(event: Event, given: Material) -> dict[str, Any]:
    when, article = event.date, given.articles.get(event.article)
    sharp = when is not None and when.start is not None and when.start == when.end
    on = when.start.isoformat() if when and when.start and sharp else ""
    auxiliary = AUXILIARY[event.modality]
    return {
        "id": event.id,
        "date": on,
        "pub_date": event.reported.isoformat() if event.reported else "",
        "date_resolved": on,
        "date_raw": when.text if when else "",
        "event_type": event.type,
        "event_mode": [*event.modes, *([auxiliary] if auxiliary else [])],
        "contexts": list(event.contexts),
        "event_text": event.evidence.quote,
        "story_id": event.article,
        "publisher": event.outlet or "",
        "headline": article.title if article else "",
        "version": given.version,
        "attributes": {
            "ACTOR": [_attribute(each) for each in event.actors],
            "RECIP": [_attribute(each) for each in event.recipients],
            "LOC": [{"text": event.place.name}] if event.place else [],
            "DATE": [{"text": when.text}] if when and when.text else [],
        },
        "event_geolocation": _geolocation(event.place),
        "detente": {
            name: to_plain(getattr(event, name))
            for name in ("act", "modality", "reciprocal", "attribution", "condition", "date", "counts", "absence",
                         "trigger", "evidence", "confidence", "inferred_date", "inferred_place")
        },
    }  # fmt: skip


def _attribute(mention: Mention) -> dict[str, Any]:
    return {
        "text": mention.text, "wiki": "", "country": mention.country or "", "code_1": mention.sector or "",
        "code_2": "", "actor_id": mention.actor or "", "name": mention.name or "",
    }  # fmt: skip


_FEATURES = {"settlement": "PPL", "district": "ADM2", "province": "ADM1", "country": "PCLI", "site": "PS"}


def _geolocation(place: Place | None) -> dict[str, Any]:
    if place is None:
        return {}
    lat, lon = point(place)
    return {
        "resolved_placename": place.name, "country_code3": place.country or "", "admin1_name": place.admin1 or "",
        "lat": lat, "lon": lon, "geonameid": (place.id or "").removeprefix("geonames:") if (place.id or "").startswith("geonames:") else "",
        "feature_code": _FEATURES.get(place.precision, ""), "precision": place.precision,
    }  # fmt: skip
