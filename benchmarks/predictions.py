"""Coded articles in the scorers' prediction formats (see docs/benchmarks.md for the runners' contract)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

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
    of_kind = [c for c in counts if c.kind == kind]
    own = [c for c in of_kind if not c.cumulative] or of_kind  # a toll, where no figure of the deed's own is given
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
    if interval.text.lower().startswith("since"):
        return f"{interval.start:%Y-%m}"  # what has gone on since then began then
    return f"{interval.start:%Y-%m}" if interval.end and interval.start.month == interval.end.month else None


def events(coded: Coded, at: Offset, incidents: Mapping[str, str]) -> list[dict[str, Any]]:
    """An article's events in the scorers' form; where nothing as good was said, with the inferred day and place."""
    out = []
    for e in coded.events:
        made = event(e, at) | {"incident_id": incidents.get(e.id)}
        made["date"] = made["date"] or date_text(e.inferred_date)
        made["place"] = _place(e.inferred_place or e.place)
        out.append(made)
    return out


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None or (place.lat is None and place.country is None):
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
        "condition": _span(e.condition, at), "date": None if _not_since(e) else date_text(e.date),
        "place": _place(e.place),
        "killed": _range(e.counts, "killed"), "injured": _range(e.counts, "injured"), "confidence": e.confidence,
        "background": e.date is not None and e.date.start is None,
    }  # fmt: skip


def _not_since(e: Event) -> bool:
    """'No shot has been fired since June': what did not happen since then has no day."""
    return e.date is not None and e.modality in ("negated", "denied") and e.date.text.lower().startswith("since")


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
