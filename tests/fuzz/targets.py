"""What is fuzzed: every reader of what others wrote. A target takes bytes and raises only for a fault of ours."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from detente.files import read_any, write_bundle, write_records
from detente.reading import page_text, read_page
from detente.reading.dates import parse_date
from detente.records import NEWEST, OLDEST, Article, CodedRow, Gap, InputError, Page, Quarantined
from detente.sources import make_page, open_sources
from detente.sources.coded import Import
from detente.sources.feeds import feed_addresses, read_feed
from detente.sources.warc import read_warc, write_warc

FIXTURES = Path(__file__).parents[1] / "fixtures"
WORDS = "Rockets hit the base near the river on Monday, killing two soldiers, the army said. "
HTML = f"""<!doctype html><html lang=en><head><meta charset=utf-8><title>Rockets hit base</title>
<meta property="article:published_time" content="2031-05-06T07:00:00Z"><script type="application/ld+json">
{{"@type":"NewsArticle","headline":"Rockets","datePublished":"2031-05-06"}}</script></head><body><nav>Home</nav><article>
<h1>Rockets hit base</h1><time>6 May 2031</time><figure><img alt="a"><figcaption>A base. [Mara Lind/AFP]</figcaption></figure>
<p>KARSA (NWA) - {WORDS * 3}</p><ul><li>{WORDS}</ul><table><tr><td>{WORDS}</table></article><footer>Read also</footer>"""
RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Wire</title><item><title>One</title>
<guid>g1</guid><link>/1.html</link><pubDate>Wed, 01 Jan 2031 06:00:00 GMT</pubDate><description>{WORDS}</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><id>1</id><title>One</title><updated>2031-01-01T06:00:00Z</updated>
<link href="https://example.org/1"/><content type="html">&lt;p&gt;Words&lt;/p&gt;</content></entry></feed>"""
JSON_FEED = '{"version":"https://jsonfeed.org/version/1.1","title":"Wire","items":[{"id":"1","url":"/1","date_published":"2031-01-01T06:00:00Z","content_html":"<p>x"}]}'
OPML = '<opml version="2.0"><body><outline text="Wire" xmlUrl="https://example.org/feed"/></body></opml>'
_FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))


def pages(data: bytes) -> None:
    """A page of any kind; the first byte chooses which."""
    kind = ("text/html", "text/plain", "application/json")[data[0] % 3] if data else "text/html"
    _read(make_page(data[1:], kind, "fuzz", {}))


def _read(page: Page) -> None:
    found = read_page(page)
    if isinstance(found, Quarantined):
        assert not found.reason.startswith("could not be read:"), found.reason
        return
    raw = page_text(page)
    assert all(raw[p.raw_start : p.raw_start + p.length] for p in found.pieces)
    assert found.published is None or OLDEST <= found.published <= NEWEST


def sources(data: bytes) -> None:
    """A file with any ending that is read as pages, each of which is read on."""
    path = _kept(data[1:], (".html", ".txt", ".json", ".jsonl")[data[0] % 4] if data else ".txt")
    for item in open_sources([str(path)]):
        if isinstance(item, Page):
            _read(item)


def feeds(data: bytes) -> None:
    """A feed, then the same bytes as a list of feeds."""
    found = read_feed(data, "https://example.org/feed")
    assert all(item.link is None or item.link.startswith(("http://", "https://")) for item in found.items)
    with contextlib.suppress(InputError):
        feed_addresses([str(_kept(data, ".opml"))])


def records(data: bytes) -> None:
    """A file of records; the first byte chooses the ending."""
    with contextlib.suppress(InputError):
        list(read_any(_kept(data[1:], ".parquet" if data[:1] == b"p" else ".jsonl")))


def exports(data: bytes) -> None:
    """Somebody else's coded data; the first byte chooses the ending."""
    try:
        for row in Import().rows([str(_kept(data[1:], {b"g": ".csv.gz", b"z": ".zip"}.get(data[:1], ".csv")))]):
            assert isinstance(row, (CodedRow, Quarantined))
            days = (row.date.start, row.date.end) if isinstance(row, CodedRow) and row.date else ()
            assert all(day is None or OLDEST <= day <= NEWEST for day in days)
    except InputError:
        pass


def archives(data: bytes) -> None:
    """A WARC file, plain or compressed."""
    for found in read_warc(str(_kept(data[1:], ".warc.gz" if data[:1] == b"g" else ".warc"))):
        assert isinstance(found, (Page, Quarantined))


def dates(data: bytes) -> None:
    """A publication date as printed."""
    found = parse_date(data.decode("utf-8", "surrogateescape"))
    assert found is None or (OLDEST <= found[0] <= NEWEST and found[1] in ("day", "month", "year"))


def _kept(data: bytes, ending: str) -> Path:
    path = _FOLDER / f"fuzz{ending}"
    path.write_bytes(data)
    return path


def seeds(name: str) -> Iterator[bytes]:
    """Good input of our own to start from."""
    if name == "pages":
        yield from (
            b"\x00" + HTML.encode(),
            b"\x01" + WORDS.encode(),
            b"\x02" + b'{"text": "x", "published": "6 May 2031"}',
        )
        yield from (b"\x00" + file.read_bytes() for file in sorted((FIXTURES / "pages").rglob("*.html")))
    elif name == "sources":
        yield from (
            b"\x00" + HTML.encode(),
            b"\x01" + WORDS.encode(),
            b'\x02[{"text": "x"}]',
            b'\x03{"text": "x"}\n{"body": "y"}\n',
        )
    elif name == "feeds":
        yield from (RSS.encode(), ATOM.encode(), JSON_FEED.encode(), OPML.encode(), RSS.encode("utf-16"))
    elif name == "records":
        path, items = _FOLDER / "seed.jsonl", [Article("a", WORDS, published=date(2031, 1, 1))]
        gap = Gap("wire", date(2031, 1, 1), date(2031, 1, 2), "silent")
        write_bundle(path, [*items, gap])
        yield b"j" + path.read_bytes()
        write_records(_FOLDER / "seed.parquet", Gap, [gap])
        yield b"p" + (_FOLDER / "seed.parquet").read_bytes()
    elif name == "exports":
        import gzip

        for file in sorted((FIXTURES / "coded").iterdir()):
            body = file.read_bytes()[:6000]
            yield b"c" + body
            yield b"g" + gzip.compress(body[:2000])
    elif name == "archives":
        for mark, ending in ((b"w", ".warc"), (b"g", ".warc.gz")):
            path = _FOLDER / f"seed{ending}"
            write_warc(str(path), [make_page(HTML.encode(), "text/html", "", {}, "https://example.org/1")])
            yield mark + path.read_bytes()
    else:
        yield from (
            text.encode()
            for text in ("2031-05-06", "6 May 2031", "Tue, 06 May 2031 07:00:00 GMT", "1936000000", "٦ مايو ٢٠٣١")
        )


TARGETS: dict[str, Callable[[bytes], None]] = {
    each.__name__: each for each in (pages, sources, feeds, records, exports, archives, dates)
}
