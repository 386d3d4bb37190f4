"""Feeds that lie about their encoding, their dates and their size: what can be read is read, nothing is raised or blows up."""

import time
from pathlib import Path

import pytest

from detente.records import InputError
from detente.sources.feeds import feed_addresses, read_feed

URL = "https://example.org/feed"
ITEM = "<item><title>{0}</title><guid>g1</guid><pubDate>{1}</pubDate><description>{0}</description></item>"
RSS = '<?xml version="1.0" encoding="{0}"?><rss version="2.0"><channel><title>Wire</title>{1}</channel></rss>'
WORDS = "Обстрел моста у реки продолжался"


def rss(title=WORDS, day="Wed, 01 Jan 2031 06:00:00 GMT", encoding="utf-8"):
    return RSS.format(encoding, ITEM.format(title, day))


@pytest.mark.parametrize(
    ("stated", "real", "header"),
    [
        ("utf-8", "utf-8", None), ("windows-1251", "windows-1251", None), ("koi8-r", "koi8-r", None),
        ("utf-16", "utf-16", None), ("utf-8", "utf-8-sig", None), ("utf-8", "windows-1251", "application/xml; charset=windows-1251"),
        ("iso-8859-1", "utf-8", "application/xml; charset=utf-8"), ("no-such-charset", "utf-8", None),
        ("utf-8", "utf-16", None), ("iso-8859-1", "utf-16-le", "text/xml"), ("utf-8", "utf-32", "text/xml; charset=utf-8"),
        ("windows-1251", "utf-8-sig", None), ("iso-8859-5", "iso-8859-5", "text/xml; charset=iso-8859-5"), ("koi8-r", "koi8-r", "text/xml; charset=ISO-8859-1"),
    ],
)  # fmt: skip
def test_the_words_come_out_whatever_is_stated(stated, real, header):
    feed = read_feed(rss(encoding=stated).encode(real), URL, {"content-type": header} if header else None)
    assert [item.title for item in feed.items] == [WORDS] and len(feed.items[0].text) == len(WORDS)


@pytest.mark.parametrize(
    "header", [None, "text/xml", "text/xml; charset=iso-8859-1", "application/rss+xml; charset=utf-8"]
)
def test_arabic_in_an_old_encoding_whatever_the_server_says(header):
    words = "تواصل القصف قرب النهر"
    feed = read_feed(
        rss(words, encoding="windows-1256").encode("windows-1256"), URL, {"content-type": header} if header else None
    )
    assert [item.title for item in feed.items] == [words]


def test_a_json_feed_with_a_mark_or_two_bytes_a_letter():
    import json

    body = json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": WORDS}]}, ensure_ascii=False
    )
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert [item.title for item in read_feed(body.encode(encoding), URL).items] == [WORDS]


@pytest.mark.parametrize("body", [
    rss().encode("windows-1251"), rss().encode("utf-16")[1:], rss().encode() + b"\xff\xfe\x00", rss().encode().replace(b"g1", b"\x00\x01"),
    b"\x00" * 10_000, b"\xef\xbb\xbf" * 999, b"<rss>" * 20_000, b"<rss><channel>" + b"<item>" * 50_000, b"<?xml version='1.0'?><!DOCTYPE x [",
])  # fmt: skip
def test_broken_bytes_are_read_in_part_or_named(body):
    started = time.process_time()
    feed = read_feed(body, URL)
    assert feed.items or feed.problem
    assert time.process_time() - started < 10


@pytest.mark.parametrize("day", ["Fri, 31 Dec 9999 23:59:59 -0500", "Mon, 01 Jan 0001 00:00:00 +1400", "0025-06-01T00:00:00Z",
                                 "99999-01-01", "Wed, 31 Feb 2031 25:61:61 GMT", "٣ يناير ٢٠٣١", "0000-00-00", "-1", ""])  # fmt: skip
def test_days_that_no_calendar_holds(day):
    (item,) = read_feed(rss(day=day).encode(), URL).items
    assert item.title == WORDS and (item.published is None or item.published.year in (1, 25, 1400, 2031, 9999))


@pytest.mark.parametrize(
    "day", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "10000-01-01", 7, None, ["2031"]]
)
def test_json_feeds_too(day):
    import json

    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"id": "1", "title": WORDS, "date_published": day}, 7, None],
    }
    (item,) = read_feed(json.dumps(body).encode(), URL).items
    assert item.title == WORDS and item.published is None


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "' + "ha" * 50 + '">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip("abcdefg", "bcdefgh", strict=True))
    + "]>"
)  # fmt: skip
QUADRATIC = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "' + "x" * 100_000 + '">]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "{0}">]>'


@pytest.mark.parametrize("head", [LAUGHS, QUADRATIC], ids=["laughs", "quadratic"])
def test_entities_do_not_grow_into_gigabytes(head, tmp_path):
    many = "&h;" if head is LAUGHS else "&a;" * 20_000
    started = time.process_time()
    feed = read_feed(
        (
            head + f"<rss version='2.0'><channel><item><guid>1</guid><title>{many}</title></item></channel></rss>"
        ).encode(),
        URL,
    )
    assert sum(len(item.title) for item in feed.items) < 20_000_000
    (tmp_path / "f.opml").write_text(head + f"<opml><body><outline text='x'>{many}</outline></body></opml>")
    with pytest.raises(InputError, match=r"f\.opml"):
        feed_addresses([str(tmp_path / "f.opml")])
    assert time.process_time() - started < 10


def test_nothing_of_this_machine_gets_into_a_feed(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the words of a file of this machine")
    head = OUTSIDE.format(secret.as_uri())
    feed = read_feed(
        (head + "<rss version='2.0'><channel><item><guid>1</guid><title>&a;</title></item></channel></rss>").encode(),
        URL,
    )
    assert all("words of a file" not in item.title + item.text for item in feed.items)
    (tmp_path / "f.opml").write_text(
        head + "<opml><body><outline text='&a;' xmlUrl='https://example.org/f'/></body></opml>"
    )
    with pytest.raises(InputError, match=r"f\.opml"):
        feed_addresses([str(tmp_path / "f.opml")])


@pytest.mark.parametrize(
    "body", [b"", b"\x00" * 99, "\ufeff".encode(), b"<opml>" * 100_000, b"<opml><body>\xff</body></opml>"]
)
def test_what_is_no_opml_is_named(tmp_path, body):
    Path(tmp_path, "f.opml").write_bytes(body)
    with pytest.raises(InputError, match=r"f\.opml"):
        feed_addresses([str(tmp_path / "f.opml")])
