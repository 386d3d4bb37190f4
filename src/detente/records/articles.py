"""Clean articles, and the spans of them that are evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of an article's text with a role of its own, for example a photo caption."""

    kind: Literal["caption", "subhead", "dateline"]
    start: int
    end: int
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """`length` characters of Article.text from `start` stand at `raw_start` of the page's own text."""

    start: int
    raw_start: int
    length: int


@dataclass(frozen=True, slots=True)
class Article:
    """The clean working text of a page, stored once; every offset refers to `text`.

    `text` has no furniture and does not repeat the title (a page with nothing but a title has the
    title as its text). Offsets count Unicode code points. Unknown things are None, never guessed.
    """

    id: str
    text: str
    page: str = ""  # Page.id
    title: str = ""
    section: str | None = None
    outlet: str | None = None
    byline: str | None = None
    dateline: str | None = None  # place (and date) as printed: "GENEVA, 3 June"
    published: date | None = None
    published_precision: str = "day"  # "day", "month", "year"; meaningless while published is None
    updated: date | None = None
    language: str | None = None  # ISO 639-1
    url: str | None = None
    zones: tuple[Zone, ...] = ()
    pieces: tuple[Piece, ...] = ()
    extra: dict = field(default_factory=dict)  # unknown fields of the input, kept


@dataclass(frozen=True, slots=True)
class Span:
    """Evidence: article.text[start:end] == quote. Nothing is claimed without one."""

    article: str
    start: int
    end: int
    quote: str
