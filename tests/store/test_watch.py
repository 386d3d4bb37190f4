"""Listening to feeds, against a web server on this machine that behaves as badly as the real ones."""

import gzip
import json
from datetime import date, timedelta

import pytest
from webserver import Site

from detente.keeping.ingest import Intake
from detente.keeping.watch import Watcher
from detente.records import Article, Coded, Gap, Heard, InputError, Page
from detente.sources.feeds import feed_addresses, read_feed
from detente.sources.fetch import Fetcher, FetchError
from standin import OneByOne

TEXT = "The two delegations met in the capital on Monday and agreed to meet again in the spring. "
PAGE = "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>" + TEXT * 4 + "</p></article></body></html>"


class NothingFound(OneByOne):
    """A coder that finds nothing, at once."""

    stamp = "none"

    def code(self, article: Article) -> Coded:
        return Coded(article.id, coder=self.stamp)


@pytest.fixture
def site():
    made = Site()
    yield made
    made.close()


@pytest.fixture
def look(ledger, clock, site):
    """Looks at the feed once, as if `days` had passed since the last look."""
    slept: list[float] = []

    def look(days=0.0, path="/feed", **more):
        clock.pass_days(days)
        intake = Intake(ledger, NothingFound())
        fetcher = Fetcher(pause=0, allow_private=True, timeout=5, sleep=slept.append)
        watcher = Watcher(ledger, intake, fetcher, every=timedelta(minutes=30), now=clock, **more)
        return watcher.round({site.base + path: "Example Wire"})

    return look


def rss(site: Site, *numbers: int, day: date = date(2031, 1, 1)) -> bytes:
    items = "".join(
        f"<item><title>Report {n}</title><link>{site.base}/{n}.html</link><guid>g{n}</guid>"
        f"<pubDate>{day:%a, %d %b %Y} 06:00:00 GMT</pubDate></item>"
        for n in numbers
    )
    for n in numbers:
        site.pages.setdefault(f"/{n}.html", (200, {"Content-Type": "text/html"}, PAGE.format(f"Report {n}").encode()))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'.encode()


def gaps(ledger, as_of=None):
    return [(g.source, g.start, g.end) for g in ledger.read(Gap, as_of=as_of)]


def test_new_reports_go_in_once(ledger, look, site, clock):
    site.pages["/feed"] = (200, {"ETag": '"1"', "Last-Modified": "Wed, 01 Jan 2031 00:00:00 GMT"}, rss(site, 1, 2))
    assert look().pages == 2
    stored = list(ledger.read(Article, as_of=None))
    assert sorted((a.title, a.outlet, a.published) for a in stored) == [
        ("Report 1", "Example Wire", date(2031, 1, 1)), ("Report 2", "Example Wire", date(2031, 1, 1)),
    ]  # fmt: skip
    assert {p.fetched for p in ledger.read(Page, as_of=None)} == {clock.now}
    assert list(ledger.read(Article, as_of=clock.now - timedelta(seconds=1))) == [], (
        "known when fetched, not when dated"
    )
    site.pages["/feed"] = (200, {}, rss(site, 2, 3))
    assert look(days=0.1).pages == 1
    assert site.paths().count("/2.html") == 1
    assert list(ledger.read(Heard, as_of=None)) == [Heard("Example Wire", date(2031, 1, 1), True, 3)]


def test_an_unchanged_feed_is_asked_conditionally(look, site):
    site.pages["/feed"] = (200, {"ETag": '"1"', "Last-Modified": "Wed, 01 Jan 2031 00:00:00 GMT"}, rss(site, 1))
    look()
    site.pages["/feed"] = lambda headers: (304, {}, b"") if headers.get("if-none-match") == '"1"' else (500, {}, b"")
    assert look(days=0.1).unchanged == 1
    assert site.asked[-1][1]["if-modified-since"] == "Wed, 01 Jan 2031 00:00:00 GMT"
    assert "Detente/" in site.asked[-1][1]["user-agent"]


def test_a_feed_is_not_asked_before_it_is_due(look, site):
    site.pages["/feed"] = (200, {"Retry-After": "7200"}, rss(site))
    assert look().asked == 1
    assert look(days=1 / 24).asked == 0, "it asked to be left alone for two hours"
    assert look(days=2 / 24).asked == 1


def test_a_failing_feed_is_a_gap_and_is_asked_ever_more_rarely(ledger, look, site):
    site.pages["/feed"] = (200, {}, rss(site, 1))
    look()
    site.pages["/feed"] = (503, {}, b"")
    asked = [look(days=1 / 48).asked for _ in range(192)]
    assert 5 < sum(asked) < 12, "backs off, up to a day"
    assert gaps(ledger) == [("Example Wire", date(2031, 1, 2), date(2031, 1, 4))]
    assert [h.answered for h in ledger.read(Heard, as_of=None)] == [True, False, False, False]
    assert gaps(ledger, date(2031, 1, 2)) == [("Example Wire", date(2031, 1, 2), date(2031, 1, 2))], "as known then"


def test_a_gap_closes_when_the_feed_still_tells_what_was_missed(ledger, look, site):
    site.pages["/feed"] = (200, {}, rss(site, 1))
    look()
    site.pages["/feed"] = (500, {}, b"")
    look(days=2)
    assert len(gaps(ledger)) == 1
    site.pages["/feed"] = (200, {}, rss(site, 1, 2))  # reaches back before the gap
    look(days=1)
    assert gaps(ledger) == [] and len(gaps(ledger, date(2031, 1, 3))) == 1, "then it was a gap, now it is none"


def test_a_gap_stays_where_the_feed_has_moved_on(ledger, look, site):
    site.pages["/feed"] = (200, {}, rss(site, 1))
    look()
    site.pages["/feed"] = (500, {}, b"")
    look(days=2)
    site.pages["/feed"] = (200, {}, rss(site, 8, 9, day=date(2031, 1, 4)))
    look(days=1)
    assert gaps(ledger) == [("Example Wire", date(2031, 1, 2), date(2031, 1, 3))]


def test_days_on_which_nobody_asked_are_a_gap(ledger, look, site):
    site.pages["/feed"] = (200, {}, rss(site, 1))
    look()
    site.pages["/feed"] = (200, {}, rss(site, 7, day=date(2031, 1, 6)))
    look(days=5)
    assert gaps(ledger) == [("Example Wire", date(2031, 1, 2), date(2031, 1, 5))]


def test_a_feed_that_answers_but_says_nothing_new_falls_silent(ledger, look, site):
    site.pages["/feed"] = (200, {}, rss(site, 1))
    for _ in range(8):
        look(days=1)
    assert gaps(ledger) == []
    look(days=1)
    assert gaps(ledger) == [("Example Wire", date(2031, 1, 3), date(2031, 1, 10))]


def test_truncated_xml_gives_what_could_be_read_and_says_so(ledger, look, site):
    whole = rss(site, 1, 2)
    site.pages["/feed"] = (200, {"ETag": '"1"'}, whole[: whole.index(b"g2") + 4])
    done = look()
    assert done.pages >= 1 and "read in part" in done.lines[0]
    site.pages["/feed"] = (200, {}, whole)
    look(days=0.1)
    assert "if-none-match" not in site.asked[-2][1], "the whole of it is asked for again"
    assert {a.title for a in ledger.read(Article, as_of=None)} >= {"Report 1", "Report 2"}


@pytest.mark.parametrize("body", [b"", b"<html><p>Service unavailable</p></html>", b"\x00\xff" * 50, b"{}", b"{broken"])
def test_what_is_no_feed_is_a_failure_not_silence(ledger, look, site, body):
    site.pages["/feed"] = (200, {}, body)
    assert look().failed == 1
    assert [g[0] for g in gaps(ledger)] == ["Example Wire"]


def test_a_wrong_label_on_the_encoding_does_no_harm(ledger, look, site):
    text = rss(site, 1).decode().replace("Report 1", "Général Özgür").replace('"1.0"?', '"1.0" encoding="utf-8"?')
    site.pages["/1.html"] = (
        200,
        {"Content-Type": "text/html; charset=utf-8"},
        PAGE.format("Général").encode("latin-1"),
    )
    site.pages["/feed"] = (200, {"Content-Type": "text/xml; charset=ascii"}, text.encode())
    assert look().pages == 1
    assert [a.title for a in ledger.read(Article, as_of=None)] == ["Général Özgür"]


def test_redirects_are_followed_and_lasting_ones_remembered(look, site, ledger):
    site.pages["/old"] = (301, {"Location": "/feed"}, b"")
    site.pages["/feed"] = (200, {}, rss(site, 1))
    look(path="/old")
    look(path="/old", days=0.1)
    assert site.paths().count("/old") == 1
    site.pages["/loop"] = (302, {"Location": "/loop"}, b"")
    assert "redirected more than" in look(path="/loop").lines[0]


def test_robots_are_respected(look, site, ledger):
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /2.html\n")
    site.pages["/feed"] = (200, {}, rss(site, 1, 2))
    look()
    assert "/1.html" in site.paths() and "/2.html" not in site.paths()
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /\n")
    assert "robots.txt" in look(days=0.1).lines[0]


def test_the_text_of_the_feed_stands_in_for_a_page_that_is_closed(look, site, ledger):
    site.pages["/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /closed\n")
    item = {"id": "1", "url": f"{site.base}/closed", "title": "In full", "content_html": f"<p>{TEXT * 8}</p>",
            "date_published": "2031-01-01T05:00:00+01:00"}  # fmt: skip
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [item, {"id": "2", "title": "short"}]}
    site.pages["/feed"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(json.dumps(feed).encode()))
    look()
    (kept,) = ledger.read(Article, as_of=None)
    assert (
        kept.title == "In full" and kept.text.startswith("The two delegations") and kept.published == date(2031, 1, 1)
    )


def test_private_addresses_are_refused(site):
    for url in (site.base, "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest", "http://10.0.0.1/"):
        with pytest.raises(FetchError, match="private network"):
            Fetcher(timeout=2).get(url)
    for url in ("file:///etc/passwd", "ftp://example.org/", "http:///x"):
        with pytest.raises(FetchError, match="no address of the web"):
            Fetcher().get(url)


def test_a_host_is_given_a_pause(site):
    slept: list[float] = []
    fetcher = Fetcher(pause=5, allow_private=True, sleep=slept.append)
    fetcher.get(site.base + "/a")
    fetcher.get(site.base + "/b")
    assert len(slept) == 2 and all(4 < wait <= 5 for wait in slept), "after robots.txt, and between the two"


def test_a_packed_bomb_is_refused(site):
    site.pages["/bomb"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"\0" * 40_000_000))
    with pytest.raises(FetchError, match="larger than 16 MB"):
        Fetcher(pause=0, allow_private=True).get(site.base + "/bomb")


def test_atom_is_read_too():
    atom = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><id>x</id><title>T</title>
    <link href="/t.html"/><updated>2031-01-02T03:04:05Z</updated><content type="html">&lt;p&gt;Hello&lt;/p&gt;</content></entry></feed>"""
    (item,) = read_feed(atom, "https://example.org/feed").items
    assert (item.link, item.text, str(item.published)[:10]) == (
        "https://example.org/t.html",
        "<p>Hello</p>",
        "2031-01-02",
    )


def test_feeds_come_from_opml(tmp_path):
    (tmp_path / "f.opml").write_text(
        '<opml version="2.0"><body><outline text="G"><outline text="Wire" xmlUrl="https://example.org/f"/></outline></body></opml>'
    )
    assert feed_addresses([str(tmp_path / "f.opml"), "https://example.org/g"]) == {
        "https://example.org/f": "Wire", "https://example.org/g": "",
    }  # fmt: skip
    (tmp_path / "bad.opml").write_text("<opml>")
    for place in (tmp_path / "bad.opml", tmp_path / "absent.opml"):
        with pytest.raises(InputError, match=place.name):
            feed_addresses([str(place)])
