"""What a page says about itself: JSON-LD, OpenGraph and other meta tags, <time>, its address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from lxml import html

from detente.reading.text import tidy

_ARTICLE_TYPES = re.compile(r"Article|NewsArticle|Report|BlogPosting|LiveBlog|SocialMediaPosting", re.IGNORECASE)
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:[/_-]|$)")
_SUFFIX = re.compile(r"\s+(?:[|–—-]|::|»)\s+")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "pubdate",
    "publishdate", "publish-date", "publish_date", "cxenseparse:recs:publishtime", "date", "article.published",
    "citation_publication_date", "originalpublicationdate",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "lastmod", "last-modified", "article.updated",
)  # fmt: skip
_SECTION = ("article:section", "og:article:section", "section", "parsely-section", "articlesection", "category")
_OUTLET = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "apple-mobile-web-app-title",
)
_AUTHOR = (
    "author",
    "article:author",
    "parsely-author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "sailthru.author",
    "twitter:creator",
)


@dataclass(slots=True)
class About:
    """A page's own statements, as printed; dates are still text."""

    titles: list[str] = field(default_factory=list)  # best first
    section: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: list[str] = field(default_factory=list)  # best first
    updated: list[str] = field(default_factory=list)
    language: str | None = None
    url: str | None = None
    body: str | None = None  # JSON-LD articleBody


def _nodes(value: Any) -> Iterator[dict]:
    """Walk JSON-LD without recursion: every object in it, outer ones first."""
    queue = [value]
    while queue and len(queue) < 10_000:
        item = queue.pop(0)
        if isinstance(item, list):
            queue.extend(item)
        elif isinstance(item, dict):
            yield item
            queue.extend(child for child in item.values() if isinstance(child, dict | list))


def _linked(root: html.HtmlElement) -> list[dict]:
    found: list[dict] = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        source = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        try:
            found.extend(_nodes(json.loads(source, strict=False)))
        except (ValueError, RecursionError):
            continue
    return found


def _type(node: dict) -> str:
    kind = node.get("@type")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind or "")


def _text(value: Any) -> str | None:
    """Return a JSON-LD value as one line: a string, or the name of an object, or the first of a list."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or value.get("alternateName")
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return None
    return tidy(_plain(str(value))) or None


def _plain(value: str) -> str:
    """Resolve entities and drop tags in a value some pages escape twice."""
    if "&" not in value and "<" not in value:
        return value
    return re.sub(r"<[^<>]{1,200}>", " ", unescape(value))


def _people(value: Any) -> str | None:
    people = value if isinstance(value, list) else [value]
    names = dict.fromkeys(name for name in map(_text, people) if name and not name.startswith("http"))
    return ", ".join(names) or None


def _metas(root: html.HtmlElement) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = tidy(_plain(meta.get("content") or ""))
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _first(metas: dict[str, list[str]], names: Iterable[str]) -> str | None:
    return next((metas[name][0] for name in names if name in metas), None)


def _read_article(about: About, node: dict) -> None:
    for key in ("headline", "name", "alternativeHeadline"):
        title = _text(node.get(key))
        if title:
            about.titles.append(title)
    about.section = about.section or _text(node.get("articleSection"))
    about.outlet = about.outlet or _text(node.get("publisher"))
    about.byline = about.byline or _people(node.get("author"))
    about.language = about.language or _text(node.get("inLanguage"))
    about.published += filter(None, [_text(node.get("datePublished")), _text(node.get("dateCreated"))])
    about.updated += filter(None, [_text(node.get("dateModified"))])
    body = node.get("articleBody")
    if about.body is None and isinstance(body, str):
        about.body = _plain(body)


def _crumb(nodes: list[dict]) -> str | None:
    """Return the last step but the page itself of a breadcrumb list: its section."""
    for node in nodes:
        steps = node.get("itemListElement")
        if "BreadcrumbList" in _type(node) and isinstance(steps, list) and len(steps) >= 2:
            names = [_text(step) or _text(step.get("item")) for step in steps if isinstance(step, dict)]
            kept = [name for name in names[1:-1] if name] if len(names) > 2 else names[-1:]
            return kept[-1] if kept else None
    return None


def _times(root: html.HtmlElement, about: About) -> None:
    for time in list(root.iter("time"))[:20]:
        value = tidy(time.get("datetime") or time.text_content()[:80])
        names = f"{time.get('class') or ''} {time.get('itemprop') or ''}".lower()
        if value:
            (about.updated if re.search("modif|updat", names) else about.published).append(value)


def _heading(root: html.HtmlElement) -> list[str]:
    headings = [tidy(element.text_content()[:500]) for element in list(root.iter("h1"))[:3]]
    titled = root.find(".//head/title")
    return [*filter(None, headings), *([tidy((titled.text or "")[:500])] if titled is not None else [])]


def without_outlet(title: str, outlet: str | None) -> str:
    """Drop the outlet's name that pages add to their titles: "Truce holds | The Gazette"."""
    parts = _SUFFIX.split(title)
    if outlet and len(parts) > 1:
        if parts[-1].casefold() == outlet.casefold():
            return title[: title.rindex(parts[-1])].rstrip(" |–—-:»")
        if parts[0].casefold() == outlet.casefold():
            return title[title.index(parts[1]) :]
    return title


def about_page(root: html.HtmlElement) -> About:
    """Gather what the page says about itself; nothing in it is checked or guessed."""
    about = About()
    nodes = _linked(root)
    for node in nodes:
        if _ARTICLE_TYPES.search(_type(node)):
            _read_article(about, node)
    metas = _metas(root)
    about.titles += filter(None, [_first(metas, ["og:title"]), _first(metas, ["twitter:title", "dc.title"])])
    about.titles += _heading(root)
    about.section = about.section or _first(metas, _SECTION) or _crumb(nodes)
    about.outlet = about.outlet or _first(metas, _OUTLET)
    about.byline = about.byline or next(
        (metas[name][0] for name in _AUTHOR if name in metas and not metas[name][0].startswith(("http", "@"))), None
    )
    about.published += [metas[name][0] for name in _PUBLISHED if name in metas]
    about.updated += [metas[name][0] for name in _UPDATED if name in metas]
    _times(root, about)
    about.language = about.language or root.get("lang") or _first(metas, ["og:locale", "content-language", "language"])
    link = next((link.get("href") for link in root.iter("link") if link.get("rel") == "canonical"), None)
    address = _first(metas, ["og:url"]) or link
    about.url = address if address and address.startswith("http") else None
    about.titles = [title for title in (without_outlet(title, about.outlet) for title in about.titles) if title]
    return about


def date_in_url(url: str | None) -> str | None:
    """Return the day an address carries (/2020/04/21/), as ISO text."""
    match = _URL_DATE.search(url or "")
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}" if match is not None else None
