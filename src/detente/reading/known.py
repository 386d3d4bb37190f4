"""What is known of an article beside its text, and the making of the record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from detente.reading.assemble import Assembled
from detente.reading.datelines import find_byline, find_reporters, says_updated
from detente.reading.dates import Precision, parse_date
from detente.reading.language import language_of
from detente.reading.layout import Block, line_of
from detente.reading.metadata import About, date_in_url
from detente.reading.text import tidy
from detente.records import Article, Page
from detente.reference.outlets import load_outlets

_STEPS = re.compile(r"\s[>›»/|]\s")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Known:
    """What is known of an article beside its text; strings as printed, best statement first."""

    id: str
    title: str = ""
    published: list[Any] = field(default_factory=list)
    updated: list[Any] = field(default_factory=list)
    fields: dict[str, str | None] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)


def learn_from_page(known: Known, about: About, page: Page) -> None:
    known.title = known.title or (about.titles[0] if about.titles else "")
    url = page.url or about.url
    listed = load_outlets().at(url) if url else None
    known.published = [*hinted(page, [*about.published, date_in_url(url)])]
    known.updated = list(about.updated)
    known.fields |= {
        "url": url,
        "section": about.section,
        "byline": about.byline,
        "outlet": known.fields.get("outlet") or about.outlet or (listed.name if listed is not None else None),
        "declared": about.language,
    }


def learn_from_lines(text: str, blocks: Sequence[Block], known: Known) -> None:
    for block in blocks:
        if block.fixed or block.role == "body":
            continue
        line = line_of(text, block)
        if block.role == "title" and not known.title:
            known.title = line
        elif block.role == "section" and not known.fields.get("section"):
            known.fields["section"] = tidy(_STEPS.split(line)[-1])
        elif block.role == "byline" and not known.fields.get("byline"):
            known.fields["byline"] = find_byline(line)
        elif block.role == "date":
            (known.updated if says_updated(line) else known.published).insert(0, line)
        elif block.role == "correction":
            known.extra.setdefault("corrections", []).append(line)
        elif block.role == "furniture" and not known.fields.get("byline"):
            known.fields["byline"] = find_reporters(line)


def _first_date(values: Iterable[Any]) -> tuple[date, Precision] | None:
    read = (parse_date(value) for value in values if value is not None)
    return next((found for found in read if found is not None), None)


def _language(known: Mapping[str, str | None], text: str, title: str) -> str | None:
    given = (known.get("language") or "").strip().lower().replace("_", "-").split("-")[0]
    if len(given) == 2 and given.isalpha():
        return given
    found = language_of(text) or language_of(f"{title} {text}")
    declared = (known.get("declared") or "").strip().lower().replace("_", "-").split("-")[0]
    return found or (declared if len(declared) == 2 and declared.isalpha() and text else None)


def build(known: Known, made: Assembled) -> Article:
    published, updated = _first_date(known.published), _first_date(known.updated)
    said = next((value for value in known.published if value not in (None, "")), None)
    if published is None and said is not None:
        known.extra["published_raw"] = json_safe(said) if isinstance(said, str | int | float) else str(said)
    fields = known.fields
    return Article(
        id=known.id,
        text=made.text,
        page=fields.get("page") or "",
        title=known.title,
        section=fields.get("section"),
        outlet=fields.get("outlet"),
        byline=fields.get("byline"),
        dateline=fields.get("dateline") or made.dateline,
        published=published[0] if published is not None else None,
        published_precision=published[1] if published is not None else "day",
        updated=updated[0] if updated is not None else None,
        language=_language(fields, made.text, known.title),
        url=fields.get("url"),
        zones=made.zones,
        pieces=made.pieces,
        extra=known.extra,
    )


def json_safe(value: Any) -> Any:
    """Return a JSON value with lone surrogates replaced, so that it can be written again."""
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value)
    if isinstance(value, list):
        return [json_safe(item) for item in value]
    if isinstance(value, dict):
        return {json_safe(key): json_safe(item) for key, item in value.items()}
    return value


def hinted(page: Page, own: Sequence[Any]) -> list[Any]:
    """Order date statements: the item's own first, then the reader's --published."""
    hint = page.hints.get("published")
    return [*own, hint] if hint is not None and page.hints.get("published_by") == "option" else [hint, *own]
