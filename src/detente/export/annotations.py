"""Evidence as W3C Web Annotations: what was coded, on the exact words, by quotation and by position."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from detente.export.material import Material
from detente.export.tables import json_bytes
from detente.records import Article, Event, Span

_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"detente": "urn:detente:", "sha256": "detente:sha256", "address": {"@id": "detente:address", "@type": "@id"}},
]
AROUND = 32  # characters of prefix and suffix


def collection(given: Material) -> bytes:
    """An annotation collection with one page; positions count code points of the stored text, told by its hash."""
    holders = {number: incident.id for incident in given.incidents for number in incident.events}
    items = [
        _annotation(event, given.articles[event.article], holders.get(event.id))
        for event in given.events
        if event.article in given.articles
    ]
    page = {"id": "urn:detente:annotations:1", "type": "AnnotationPage", "startIndex": 0, "items": items}
    return json_bytes(
        {
            "@context": _CONTEXT,
            "id": "urn:detente:annotations",
            "type": "AnnotationCollection",
            "label": "Evidence of coded events",
            "generator": {"id": f"urn:detente:{given.version.replace(' ', ':')}", "type": "Software", "name": given.version},
            "total": len(items),
            "first": page,
        }
    )  # fmt: skip


def _annotation(event: Event, article: Article, incident: str | None) -> dict[str, Any]:
    body = [
        {"type": "TextualBody", "purpose": "classifying", "value": event.type},
        *({"type": "TextualBody", "purpose": "tagging", "value": mode} for mode in event.modes),
        {"type": "TextualBody", "purpose": "assessing", "value": event.modality},
    ]
    if incident:
        body.append({"type": "TextualBody", "purpose": "linking", "value": incident})
    return {
        "id": f"urn:detente:event:{event.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": body,
        "target": {"source": _source(article), "selector": selectors(event.evidence, article)},
    }


def _source(article: Article) -> dict[str, Any]:
    source: dict[str, Any] = {
        "id": f"urn:detente:article:{article.id}",
        "type": "Text",
        "format": "text/plain",
        "sha256": sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest(),
    }
    if article.language:
        source["language"] = article.language
    return source | ({"address": article.url} if article.url else {})


def selectors(span: Span, article: Article) -> list[dict[str, Any]]:
    """A text-quote and a text-position selector for the same words."""
    text = article.text
    return [
        {
            "type": "TextQuoteSelector",
            "exact": span.quote,
            "prefix": text[max(0, span.start - AROUND) : span.start],
            "suffix": text[span.end : span.end + AROUND],
        },
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
    ]
