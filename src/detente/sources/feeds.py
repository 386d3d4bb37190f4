"""Feeds: RSS, Atom and JSON Feed to entries; OPML to the addresses of feeds."""

from __future__ import annotations

import codecs
import io
import json
import re
from calendar import timegm
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import struct_time
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from detente.records import FAULTS, InputError


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed, with whatever text the feed itself gives (HTML)."""

    id: str
    link: str | None
    title: str = ""
    published: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as read; `problem` says what was wrong with it, though some entries may have been read."""

    title: str = ""
    items: tuple[Item, ...] = ()
    problem: str | None = None


def read_feed(body: bytes, url: str, headers: Mapping[str, str] | None = None) -> Feed:
    """Read a feed of any of the three kinds; never raises for what it holds."""
    try:
        return _read(body, url, headers)
    except FAULTS as error:  # feedparser falls over some broken names of elements
        return Feed(problem=f"{type(error).__name__}: {error}")


def _read(body: bytes, url: str, headers: Mapping[str, str] | None) -> Feed:
    body, given = _plainly_encoded(body, headers or {})
    if body.lstrip(b" \t\r\n").startswith(b"{"):
        return _json_feed(body, url)
    import feedparser

    given["content-location"] = url
    found = feedparser.parse(io.BytesIO(body), response_headers=given)
    problem = str(found.get("bozo_exception")) if found.bozo and _broken(found) else None
    items = tuple(_item(entry, url) for entry in found.entries)
    if not found.get("version") and not items:
        return Feed(problem=problem or "this is not a feed")
    return Feed(str(found.feed.get("title") or ""), items, problem)


_STARTS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"), (b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"),
)  # fmt: skip
_DECLARED = re.compile(r"""^(\s*<\?xml[^>]{0,100}?)\s+encoding\s*=\s*["']([\w.:-]{2,40})["']""")
_NOBODYS = re.compile(r";\s*charset\s*=\s*[\"']?(?:iso-8859-1|latin-?1|us-ascii)(?![\w-])[\"']?", re.IGNORECASE)


def _plainly_encoded(body: bytes, headers: Mapping[str, str]) -> tuple[bytes, dict[str, str]]:
    """Bytes and headers that agree on the encoding, where it is beyond doubt.

    First bytes that only one encoding has outrank whatever is stated. The feed's own declaration outranks a server's
    Latin-1: a default that nobody chose for this feed.
    """
    given = {name.lower(): value for name, value in headers.items()}
    real = next((encoding for start, encoding in _STARTS if body.startswith(start)), None)
    if real is not None:
        text = _DECLARED.sub(r"\1", body.decode(real, "replace"), count=1)
        return text.encode(), {**given, "content-type": "application/xml; charset=utf-8"}
    own = _DECLARED.match(body[:200].decode("latin-1"))
    if own is not None and "content-type" in given and _known(own[2]):
        given["content-type"] = _NOBODYS.sub(f"; charset={own[2]}", given["content-type"])
    return body, given


def _known(charset: str) -> bool:
    try:
        codecs.lookup(charset)
    except LookupError:
        return False
    return True


def _broken(found: Any) -> bool:
    """Whether the feed itself is damaged; a wrong label on its encoding is not damage."""
    import feedparser

    harmless = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    return not isinstance(found.get("bozo_exception"), harmless)


def _item(entry: Any, url: str) -> Item:
    contents = [str(part.get("value") or "") for part in entry.get("content") or ()] or [
        str(entry.get("summary") or "")
    ]
    when = entry.get("published_parsed") or entry.get("updated_parsed")
    link = _link(entry.get("link"), url)
    return Item(
        str(entry.get("id") or link or entry.get("title") or ""), link, str(entry.get("title") or ""),
        _moment(when) if when else None, max(contents, key=len),
    )  # fmt: skip


def _moment(parts: struct_time) -> datetime | None:
    try:
        return datetime.fromtimestamp(timegm(parts), UTC)
    except (ValueError, OverflowError, OSError):  # a year that no calendar holds
        return None


def _link(link: Any, url: str) -> str | None:
    full = urljoin(url, link) if isinstance(link, str) and link else ""
    return full if urlsplit(full).scheme in ("http", "https") else None


def _json_feed(body: bytes, url: str) -> Feed:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        return Feed(problem=f"not JSON: {error}")
    if not isinstance(data, dict) or "jsonfeed.org/version" not in str(data.get("version")):
        return Feed(problem="this is not a feed")
    rows = data.get("items")
    items = [_json_item(row, url) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return Feed(str(data.get("title") or ""), tuple(items))


def _json_item(row: dict[str, Any], url: str) -> Item:
    link = _link(row.get("url") or row.get("external_url"), url)
    try:
        when = datetime.fromisoformat(str(row.get("date_published")))
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError):
        when = None
    text = str(row.get("content_html") or row.get("content_text") or row.get("summary") or "")
    return Item(str(row.get("id") or link or ""), link, str(row.get("title") or ""), when, text)


def feed_addresses(places: list[str]) -> dict[str, str]:
    """Addresses of feeds with their names, from addresses and OPML files; InputError names what is neither."""
    found: dict[str, str] = {}
    for place in places:
        if urlsplit(place).scheme in ("http", "https"):
            found.setdefault(place, "")
            continue
        try:
            tree = ElementTree.fromstring(Path(place).read_bytes())
        except OSError as error:
            raise InputError(f"{place}: {error.strerror}; give an OPML file or the address of a feed") from error
        except (ElementTree.ParseError, *FAULTS) as error:
            raise InputError(f"{place} is not an OPML file: {error}") from error
        for outline in tree.iter("outline"):
            address = outline.get("xmlUrl")
            if address:
                found[address] = outline.get("title") or outline.get("text") or ""
    if not found:
        raise InputError(f"{', '.join(places) or 'nothing given'}: no feed in it")
    return found
