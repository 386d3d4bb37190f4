"""WARC files: pages out of an archive, and pages as received into one."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from detente.records import InputError, Page, Quarantined
from detente.sources.pages import LARGEST, make_page, refuse
from detente.whole import replacing

_TYPES = {"text/html": "text/html", "application/xhtml+xml": "text/html", "text/plain": "text/plain"}
_ITEM = "application/json"  # one line of JSONL, as `write_warc` keeps it; a site's own JSON is no page


def read_warc(path: str) -> Iterator[Page | Quarantined]:
    """Yield the pages of a WARC file (.warc, .warc.gz), each with its address and the moment it was fetched.

    Answers that are no text, or no success, are passed over. Raises InputError where there is no such file.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    if not Path(path).is_file():
        raise InputError(f"{path}: no such file")
    kinds, number = WarcRecordType.response | WarcRecordType.resource, 0
    with open(path, "rb") as stream:
        try:
            for number, record in enumerate(ArchiveIterator(stream, record_types=kinds, parse_http=True), 1):
                found = _page(record, f"{path}#{number}")
                if found is not None:
                    yield found
            if path.endswith(".gz"):
                _read_through(path)
        except (OSError, ValueError, EOFError, zlib.error) as error:
            yield refuse(f"{path}#{number + 1}", f"damaged from here on: {error}")


def _page(record: Any, origin: str) -> Page | Quarantined | None:
    http = record.http_headers
    if http is not None and http.status_code != 200:
        return None
    stated = (record.http_content_type or record.headers.get("Content-Type", "")).split(";")[0].strip().lower()
    kind = _ITEM if stated == _ITEM and http is None else _TYPES.get(stated)
    if kind is None:
        return None
    length = record.content_length  # of what follows the headers
    body = record.reader.read(LARGEST + 1)
    if len(body) < min(length, LARGEST):
        return refuse(origin, f"cut off: {len(body)} of {length} bytes")
    if len(body) > LARGEST or not body.strip():
        return refuse(origin, "empty" if not body.strip() else f"larger than {LARGEST // 2**20} MB")
    url = record.headers.get("WARC-Target-URI", "")
    page = make_page(body, kind, origin, _hints(record), url if url.startswith("http") else None)
    return replace(page, fetched=_moment(record.record_date))


def _read_through(path: str) -> None:
    """Raise EOFError where a compressed archive was cut off: the reader of archives passes over that."""
    with gzip.open(path) as whole:
        while whole.read(1 << 20):
            pass


def _hints(record: Any) -> dict[str, str]:
    charset = record.http_charset
    return {"charset": charset} if charset else {}


def _moment(when: datetime | None) -> datetime | None:
    return None if when is None else when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def write_warc(path: str, pages: Iterable[Page]) -> int:
    """Write pages as `resource` records (their bytes as received; the headers they came with are not kept).

    A name that ends in .gz is compressed record by record, as readers of archives expect.
    """
    count = 0
    with replacing(path) as partial, open(partial, "wb") as stream:
        for page in pages:
            raw = _record(page)
            stream.write(gzip.compress(raw) if path.endswith(".gz") else raw)
            count += 1
    return count


def _record(page: Page) -> bytes:
    from fastwarc.warc import WarcRecord, WarcRecordType

    record, out = WarcRecord(), io.BytesIO()
    record.init_headers(record_type=WarcRecordType.resource)
    record.set_bytes_content(page.body)
    record.headers["WARC-Target-URI"] = page.url or f"urn:sha256:{page.sha256}"
    if page.fetched:
        record.headers["WARC-Date"] = page.fetched.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    record.headers["Content-Type"] = page.media_type
    record.write(out, checksum_data=True)
    return out.getvalue()
