"""Bytes to text: never fails, and says when the bytes are not text at all."""

from __future__ import annotations

import codecs
import re

import charset_normalizer

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML_CHARSET = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE)
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_SAMPLE = 60_000


def declared_charset(body: bytes) -> str | None:
    """Return the charset a page declares in its first 4,000 bytes, if Python knows it."""
    match = _META_CHARSET.search(body[:4000]) or _XML_CHARSET.search(body[:400])
    return known_charset(match[1].decode("ascii", "replace")) if match is not None else None


def known_charset(name: str | None) -> str | None:
    """Return Python's name for a text charset, or None; web pages that say latin-1 mean Windows-1252."""
    if not name:
        return None
    try:
        found = codecs.lookup(name)
        "".encode(found.name)
    except (LookupError, ValueError):
        return None
    return "cp1252" if found.name in {"iso8859-1", "ascii"} else found.name


def not_text(body: bytes) -> str | None:
    """Return what the bytes are when a signature says they are no text ("a PDF file"), else None."""
    return next((what for magic, what in _MAGIC if body.startswith(magic)), None)


def _guessed(body: bytes) -> str:
    best = charset_normalizer.from_bytes(body[:_SAMPLE], steps=5, chunk_size=512).best()
    return best.encoding if best is not None else "cp1252"


def _strict(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset)
    except (UnicodeDecodeError, UnicodeError):
        return None


def decode(body: bytes, charset: str | None = None) -> str:
    """Decode by byte-order mark, then `charset`, then UTF-8, then a guess from the bytes; never raises."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body.decode("utf-8-sig" if encoding == "utf-8" else encoding, "replace")
    declared = known_charset(charset)
    for candidate in (declared, "utf-8"):
        text = _strict(body, candidate) if candidate is not None else None
        if text is not None:
            return text
    # A page that is UTF-8 but for a few damaged bytes (a cut download) is still UTF-8.
    lenient = body.decode("utf-8", "replace")
    if lenient.count("\ufffd") * 200 < len(lenient):
        return lenient
    return body.decode(declared or _guessed(body), "replace")


def unreadable_share(text: str) -> float:
    """Return the share (0-1) of the first 60,000 characters that no text would hold."""
    sample = text[:_SAMPLE]
    return len(_UNREADABLE.findall(sample)) / len(sample) if sample else 0.0
