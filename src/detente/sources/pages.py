"""Bytes to pages: what a file or a stream holds, told from its first bytes where its name does not say."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import IO, Any

from detente.records import Page, Quarantined

LARGEST = 64 * 1024 * 1024  # bytes of one page; what is larger is no news page
_HTML = re.compile(rb"<!doctype html|<html|<head[\s>]|<body|<article|<div[\s>]|<p[\s>]|<meta\s", re.IGNORECASE)
_JSON_START = re.compile(rb"^(?:\xef\xbb\xbf)?\s*([\[{])")


def make_page(body: bytes, media_type: str, origin: str, hints: dict[str, Any], url: str | None = None) -> Page:
    """Make a page of bytes as received, with its hash."""
    digest = hashlib.sha256(body).hexdigest()
    return Page(f"p-{digest[:16]}", body, media_type, digest, url, origin, None, hints)


def refuse(origin: str, reason: str, body: bytes = b"") -> Quarantined:
    """Make a quarantined item with the first 200 characters of it."""
    return Quarantined(origin, reason, body[:400].decode("utf-8", "replace").strip()[:200])


def looks_like(body: bytes) -> str:
    """Return "html", "json" (one value), "jsonl" or "text", from the bytes alone."""
    if _JSON_START.match(body[:400]):
        first = body.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)
        if first[0].rstrip().endswith(b"}") and len(first) == 2 and first[1].strip():
            return "jsonl"
        return "json" if first[0][:1] == b"[" or first[0].rstrip()[-1:] in (b"}", b"{") or b'"' in first[0] else "text"
    return "html" if _HTML.search(body[:4096]) else "text"


def from_bytes(body: bytes, kind: str, origin: str, published: date | None) -> Iterator[Page | Quarantined]:
    """Yield the pages held by the bytes of one file or stream."""
    if len(body) > LARGEST:
        yield refuse(origin, f"larger than {LARGEST // 2**20} MB", body[:400])
    elif not body.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        yield refuse(origin, "empty")
    elif kind == "jsonl":
        yield from from_lines(iter(body.splitlines(keepends=True)), origin, published)
    elif kind == "json":
        yield from _from_json(body, origin, published)
    else:
        hints = {"published": published, "published_by": "option"} if published is not None else {}
        yield make_page(body, "text/html" if kind == "html" else "text/plain", origin, hints)


def lines_of(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of a stream; of an overlong one only the first part, so that memory stays flat."""
    while line := stream.readline(LARGEST + 1):
        yield line
        while len(line) > LARGEST and not line.endswith(b"\n"):
            line = stream.readline(LARGEST + 1)


def from_lines(lines: Iterator[bytes], name: str, published: date | None) -> Iterator[Page | Quarantined]:
    """Yield one page for each line of a JSONL stream; empty lines and a records file's header line are passed over."""
    for number, line in enumerate(lines, start=1):
        body = (line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line).strip()
        origin = f"{name}:{number}"
        if not body:
            continue
        if len(body) > LARGEST:
            yield refuse(origin, f"larger than {LARGEST // 2**20} MB", body[:400])
            continue
        try:
            item = json.loads(body)
        except UnicodeDecodeError:
            yield refuse(origin, "line is not UTF-8", body)
        except (ValueError, RecursionError) as error:
            yield refuse(origin, f"line {number} is not JSON: {_why(error)}", body)
        else:
            if not (number == 1 and isinstance(item, dict) and set(item) == {"detente"}):
                yield from_item(item, body, origin, published)


def _why(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.removesuffix(' at')} at character {error.pos + 1}"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)


def from_item(item: Any, body: bytes, origin: str, published: date | None) -> Page | Quarantined:
    """A page of one JSON object (`body` its bytes), or why it is none."""
    if not isinstance(item, dict):
        return refuse(origin, "not a JSON object", body)
    name = "text" if "text" in item or "body" not in item else "body"
    text = item.get(name)
    if text is not None and not isinstance(text, str):
        return refuse(origin, f"field '{name}' is not text", body)
    if not text or not text.strip():
        return refuse(origin, f"field '{name}' is missing or empty", body)
    hints = {key: item[key] for key in ("id", "title", "outlet", "published") if item.get(key) not in (None, "")}
    if "published" not in hints and published is not None:
        hints |= {"published": published, "published_by": "option"}
    url = item.get("url")
    return make_page(body, "application/json", origin, hints, url if isinstance(url, str) else None)


def _from_json(body: bytes, origin: str, published: date | None) -> Iterator[Page | Quarantined]:
    try:
        value = json.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except UnicodeDecodeError:
        yield refuse(origin, "file is not UTF-8", body)
        return
    except (ValueError, RecursionError) as error:
        yield refuse(origin, f"not JSON: {_why(error)}", body)
        return
    if not isinstance(value, list):
        yield from_item(value, body, origin, published)
        return
    for number, item in enumerate(value, start=1):
        one = json.dumps(item, ensure_ascii=True).encode("ascii")
        yield from_item(item, one, f"{origin}[{number}]", published)
