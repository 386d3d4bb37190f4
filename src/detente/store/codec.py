"""Records as the ledger keeps them: small bytes, a key, the moment it was known, and what it has to do with."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from detente.files import KINDS
from detente.plain import from_plain, to_plain
from detente.records import Article, Decision, FileFormatError, Incident, InputError, Mention, Page, Span

# The first of these that a record has, and that is not None, says when the world could know it.
_KNOWN = ("known_at", "fetched", "known", "when", "made", "day", "end", "as_of", "reported", "published")
_KEYS = {"Coded": ("article",), "Gap": ("source", "start"), "Heard": ("source", "day"), "Quarantined": ("origin",)}
# Fields that kinds of records got after ledgers of them were written, with what stands for nothing.
LATER: dict[str, Any] = {"change": {}, "inferred_date": None, "inferred_place": None}
_FORM = b"\x01"  # first byte of a body: how it is packed
_ID = re.compile(r"\S+")
_ODD = re.compile("[\0\ud800-\udfff]")
_LONGEST_KEY = 400
_LONGEST_TOPIC = 500


@cache
def _dictionary() -> bytes:
    """What records usually say: it makes small bodies smaller. The file must never change (a test pins it)."""
    return files("detente.store").joinpath("data/dictionary-1.json").read_bytes()


def pack(record: Any) -> tuple[bytes, bytes | None, bytes]:
    """A record as (body, blob, digest): compressed JSON, a page's bytes compressed by themselves, 16 bytes of hash."""
    plain, blob, raw = to_plain(record), None, b""
    if isinstance(record, Page):
        plain["body"], raw = "", record.body
        blob = zlib.compress(raw, 6)
    for name, empty in LATER.items():  # as records were written before they had it, so that their digests still fit
        if name in plain and plain[name] == empty:
            del plain[name]
    text = json.dumps(plain, ensure_ascii=True, separators=(",", ":"), default=_iso).encode("ascii")
    packer = zlib.compressobj(6, zdict=_dictionary())
    body = _FORM + packer.compress(text) + packer.flush()
    return body, blob, digest_of(type(record).__name__, text + raw)


def digest_of(kind: str, content: bytes) -> bytes:
    """16 bytes that tell one content from another."""
    return hashlib.sha256(kind.encode() + content).digest()[:16]


def _iso(value: Any) -> str:
    """A day inside a page's hints, where any value may stand."""
    if isinstance(value, date):
        return value.isoformat()
    raise InputError(f"{type(value).__name__} {value!r:.80} cannot be kept in a ledger")


def unpack(kind: str, body: bytes, blob: bytes | None) -> Any:
    """The record again; FileFormatError for what a newer version wrote or what is damaged."""
    if bytes(body[:1]) != _FORM or kind not in KINDS:
        raise FileFormatError("ledger", f"a {kind} is kept in a form this version does not know; update detente")
    try:
        plain = json.loads(zlib.decompressobj(zdict=_dictionary()).decompress(bytes(body[1:])))
        record: Any = from_plain(KINDS[kind], plain)
        return dataclasses.replace(record, body=zlib.decompress(blob)) if blob else record
    except (zlib.error, ValueError) as error:
        raise FileFormatError("ledger", f"a {kind} is damaged: {error}") from error


def key_of(record: Any) -> str:
    """What makes two records versions of one thing: its id, else what stands for one, else its content."""
    kind = type(record).__name__
    if kind not in KINDS:
        raise InputError(f"{kind} is no kind of record that a ledger keeps")
    fields = _KEYS.get(kind) or (("id",) if hasattr(record, "id") else ())
    key = _plain("|".join(str(getattr(record, name)) for name in fields)) or pack(record)[2].hex()
    return key if len(key) <= _LONGEST_KEY else f"{key[:300]}…{hashlib.sha256(key.encode()).hexdigest()}"


def _plain(text: str) -> str:
    """Text that every database takes: NUL and lone surrogates are written out."""
    return _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def topic(kind: str, value: str) -> str:
    """What entries about `value` are found by."""
    return _plain(f"{kind}:{value}")[:_LONGEST_TOPIC]


def moment(when: date | datetime) -> datetime:
    """A day's first moment, or a moment itself, in UTC; a moment without an offset is taken for UTC."""
    if not isinstance(when, datetime):
        return datetime.combine(when, time.min, UTC)
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def known_of(record: Any) -> datetime | None:
    """When the world could know the record, as far as it says so itself; "March 2020" was known when March was over."""
    if isinstance(record, Incident):
        return None  # `known` is its first report's day, and it may rest on later ones: whoever adds it must say
    if isinstance(record, Article) and record.published and record.published_precision in ("month", "year"):
        first = record.published
        month = 12 if record.published_precision == "year" else first.month
        return moment(date(first.year + month // 12, month % 12 + 1, 1) - timedelta(days=1))
    found = (getattr(record, name, None) for name in _KNOWN)
    return next((moment(each) for each in found if each is not None), None)


def _spans(value: Any) -> Iterator[str]:
    """Ids of the articles that a record quotes, however deep; what was coded from one article quotes that one."""
    if isinstance(value, Span):
        yield value.article
    elif isinstance(value, tuple):
        for item in value:
            yield from _spans(item)
    elif dataclasses.is_dataclass(value) and not isinstance(getattr(value, "article", None), str):
        for each in dataclasses.fields(value):
            yield from _spans(getattr(value, each.name))


def _ids(mentions: tuple[Mention, ...] | tuple[str, ...]) -> list[str]:
    """Ids of resolved actors; a name that was not resolved may be a private person's, and is not indexed."""
    names = (each.actor if isinstance(each, Mention) else each for each in mentions)
    return sorted({name for name in names if name and _ID.fullmatch(name)})


def pair(one: str, other: str) -> str:
    """The topic of two actors, whoever acted."""
    return topic("pair", "|".join(sorted((one, other))))


def _parties(record: Any) -> Iterator[str]:
    """Topics of an event, an incident, or any record that has actors, recipients and a place."""
    first, second = _ids(record.actors), _ids(record.recipients)
    if isinstance(record, Incident):
        first = sorted({*first, *_ids(record.blamed), *_ids(record.claimed)})
    yield from (topic("actor", name) for name in {*first, *second})
    if first and second:
        yield from (pair(one, other) for one in first for other in second)
    else:
        yield from (topic("alone", name) for name in (*first, *second))
    place = getattr(record, "place", None)
    if place is not None and place.country:
        yield topic("country", place.country)


def topics_of(record: Any) -> set[str]:
    """Everything a record can be found by."""
    topics = {topic("article", name) for name in _spans(record)}
    if isinstance(record, (Article, Page)):
        topics.add(topic(type(record).__name__.lower(), record.id))
    for name in ("article", "dyad", "source", "outlet", "url", "page"):
        value = getattr(record, name, None)
        if isinstance(value, str) and value:
            topics.add(topic(name, value))
    for name in ("reports", "sources"):
        values = getattr(record, name, ())
        if isinstance(values, tuple):
            topics |= {topic("article", each) for each in values if isinstance(each, str)}
    if isinstance(getattr(record, "actors", None), tuple) and hasattr(record, "recipients"):
        topics.update(_parties(record))
    if isinstance(record, Decision):
        topics.add(topic("target", record.target))
    return topics
