"""Coded articles in the scorers' prediction formats (see docs/benchmarks.md for the runners' contract)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from detente.events.coder import Coder
from detente.events.where import SPOKEN, carried
from detente.reading import raw_offset
from detente.records import (
    MATERIAL_CONFLICT,
    MATERIAL_COOPERATION,
    VERBAL_CONFLICT,
    VERBAL_COOPERATION,
    Article,
    Coded,
    Count,
    Event,
    Interval,
    Mention,
    Place,
    Span,
    Tripwire,
)

STANCES = {"asserts": "assert", "denies": "deny", "doubts": "suspect", "claims": "claim", "blames": "accuse",
           "threatens": "threaten", "requests": "request"}  # fmt: skip
QUADS = [(VERBAL_COOPERATION, 1), (MATERIAL_COOPERATION, 2), (VERBAL_CONFLICT, 3), (MATERIAL_CONFLICT, 4)]
Offset = Callable[[int], int]


def quad(type_: str) -> int:
    """PLOVER quad class 1-4 of a type."""
    return next(number for types, number in QUADS if type_ in types)


def back(article: Article) -> Offset:
    """Offsets of Article.text as offsets of the text that was given."""

    def at(position: int) -> int:
        found = raw_offset(article, position)
        return position if found is None else found

    return at


def _span(span: Span | None, at: Offset) -> dict[str, Any] | None:
    return None if span is None else {"text": span.quote, "start": at(span.start), "end": at(span.end - 1) + 1}


def _mention(mention: Mention, at: Offset) -> dict[str, Any]:
    out: dict[str, Any] = {"text": mention.text}
    if mention.span is not None:
        out |= {"start": at(mention.span.start), "end": at(mention.span.end - 1) + 1}
    if mention.name and mention.name != mention.text:
        out["entity"] = mention.name
    return out


def _range(counts: tuple[Count, ...], kind: str) -> list[int | None] | None:
    own = [c for c in counts if c.kind == kind and not c.cumulative]
    if not own:
        return None
    highs = [c.high for c in own]
    return [min(c.low for c in own), None if None in highs else max(h for h in highs if h is not None)]


def date_text(interval: Interval | None) -> str | None:
    """YYYY-MM-DD, YYYY-MM or YYYY by the interval's precision; None where unresolved."""
    if interval is None or interval.start is None:
        return None
    if interval.precision == "day":
        return interval.start.isoformat()
    if interval.precision == "month":
        return f"{interval.start:%Y-%m}"
    if interval.precision in ("year", "season"):
        return f"{interval.start.year:04d}"
    if interval.end is not None and (interval.end - interval.start).days <= 2:
        return interval.start.isoformat()
    return f"{interval.start:%Y-%m}" if interval.end and interval.start.month == interval.end.month else None


def events(coder: Coder, article: Article, coded: Coded, at: Offset, incidents: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """An article's events in the scorers' form, with the dates and places that a reader takes from around them."""
    made = [event(e, at) | {"incident_id": (incidents or {}).get(e.id)} for e in coded.events]
    published = article.published.isoformat() if article.published else None
    return filled(made, published, carried(coded.events, article.text, dateline(coder, article)))


def dateline(coder: Coder, article: Article) -> Place | None:
    """Where the report was filed."""
    if not article.dateline:
        return None
    line = article.dateline.title()
    found = coder.gazetteer.find(line)
    places = [p for p in coder.gazetteer.resolve(found, line + ". " + article.text, dateline=line) if p.lat is not None]
    return min(places, key=lambda p: (p.precision in ("country", "region"), p.span.start), default=None)


def filled(events: list[dict[str, Any]], published: str | None, places: Sequence[Place | None]) -> list[dict[str, Any]]:
    """Dates and places that an article leaves to its reader: a statement, plan or threat is of the day it is
    reported, a deed of the last day named for a deed before it; `places` are those of `detente.events.where.carried`."""
    last_day = None
    told: dict[Any, str] = {}  # the day of each incident, from the mention that tells it
    for item in events:
        if item["date"] and item.get("incident_id") and item["type"] not in SPOKEN:
            told.setdefault(item["incident_id"], item["date"])
    for item, place in zip(events, places, strict=True):
        fresh = item["modality"] in ("happened", "ongoing", "denied", "uncertain")
        if item["date"] is None and published and fresh and not item["background"]:
            known = told.get(item.get("incident_id")) or last_day
            item["date"] = published if item["type"] in SPOKEN else known or published
        elif item["date"] is None and published and item["modality"] != "negated" and not item["background"]:
            item["date"] = published  # a plan, threat or promise is of the day it is voiced
        elif (
            item["date"]
            and fresh
            and item["type"] not in SPOKEN
            and len(item["date"]) == 10
            and item["date"] <= (published or "")
        ):
            last_day = item["date"] if published and item["date"][:7] == published[:7] else last_day
        item["place"] = _place(place)
    return events


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None or place.country is None:
        return None
    return {"text": place.name, "country": place.country, "lat": place.lat, "lon": place.lon}


def event(e: Event, at: Offset = lambda i: i) -> dict[str, Any]:
    """One event in the scorers' form; `at` maps offsets of Article.text to those of the given text."""
    trigger = _span(e.trigger, at)
    assert trigger is not None
    return {
        "id": e.id, "type": e.type, "act": e.act, "quad": quad(e.type), "mode": list(e.modes),
        "trigger": trigger, "evidence": _span(e.evidence, at), "modality": e.modality,
        "actors": [_mention(m, at) for m in e.actors], "recipients": [_mention(m, at) for m in e.recipients],
        "reciprocal": e.reciprocal,
        "attribution": [
            {"source": _mention(a.source, at) if a.source else None, "cue": _span(a.cue, at),
             "stance": STANCES[a.stance], "anonymous": a.anonymous, "hedge": a.hedge}
            for a in e.attribution
        ],
        "condition": _span(e.condition, at), "date": date_text(e.date),
        "place": _place(e.place),
        "killed": _range(e.counts, "killed"), "injured": _range(e.counts, "injured"), "confidence": e.confidence,
        "background": e.date is not None and e.date.start is None,
    }  # fmt: skip


def tripwire(t: Tripwire, at: Offset = lambda i: i) -> dict[str, Any]:
    """One tripwire in the scorers' form."""
    return {
        "condition": _span(t.condition, at), "consequence": _span(t.consequence, at),
        "holder": _mention(t.holder, at) if t.holder else None,
        "against": ", ".join(m.text for m in t.against) or None,
        "deadline": t.deadline.text if t.deadline else None, "inverse": t.direction == "rewards",
        "negated_condition": t.negated_condition,
    }  # fmt: skip


def affiliations(coded: Coded, at: Offset = lambda i: i) -> list[dict[str, Any]]:
    """Statements that a group is a front, wing, splinter or other name of another."""
    return [
        {"group": _mention(link.subject, at), "front_for": _mention(link.object, at),
         "according_to": _mention(link.attribution[0].source, at) if link.attribution and link.attribution[0].source else None}
        for link in coded.links
        if link.kind in ("front", "wing", "splinter", "same", "renamed")
        or (link.kind == "aligned" and "-" not in link.evidence.quote[: max(0, (link.object.span or link.evidence).start - link.evidence.start)][-1:])
    ]  # fmt: skip
