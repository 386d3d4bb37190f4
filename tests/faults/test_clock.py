"""A clock that was wrong and is set back: no feed is put off for years, no gap ends before it starts."""

from datetime import date, timedelta

import pytest

from detente.keeping.dossier import coverage_of
from detente.keeping.ingest import Intake
from detente.keeping.watch import Watcher
from detente.records import Article, Coded, Gap, Heard
from detente.sources.fetch import Answer, FetchError
from detente.store import open_ledger
from standin import OneByOne

FEED = "https://example.org/feed"
RSS = """<rss version="2.0"><channel><title>Wire</title><item><title>One</title><guid>{0}</guid><pubDate>{1}</pubDate>
<description>{2}</description></item></channel></rss>"""
TEXT = "The two delegations met in the capital on Monday and agreed to meet again in the spring. " * 6


class NothingFound(OneByOne):
    stamp = "none"

    def code(self, article):
        return Coded(article.id, coder=self.stamp)


class Server:
    """Answers with a feed, or not at all."""

    def __init__(self):
        self.body, self.asked = b"", 0

    def get(self, url, **_):
        self.asked += 1
        if not self.body:
            raise FetchError(f"{url}: no route")
        return Answer(url, 200, {}, self.body)


@pytest.fixture
def listening(tmp_path):
    """(ledger, server, one round of listening on a day given)."""
    from datetime import UTC, datetime

    at = [datetime(2031, 1, 1, tzinfo=UTC)]
    with open_ledger(tmp_path / "news.sqlite", now=lambda: at[0]) as ledger:
        server = Server()

        def look(*day):
            at[0] = datetime(*day, tzinfo=UTC)
            watcher = Watcher(ledger, Intake(ledger, NothingFound()), server, now=lambda: at[0])
            done = watcher.round({FEED: "Wire"})
            return done, watcher.next_due({FEED: "Wire"}) - at[0]

        yield ledger, server, look


def test_a_feed_asked_by_a_clock_ten_years_ahead_is_asked_again_at_once(listening):
    _, server, look = listening
    server.body = RSS.format("g1", "Wed, 01 Jan 2031 06:00:00 GMT", TEXT).encode()
    assert look(2041, 1, 1)[0].asked == 1
    assert look(2031, 1, 2)[0].asked == 1
    done, wait = look(2031, 1, 2)
    assert done.asked == 0 and timedelta(0) < wait <= timedelta(hours=24)


def test_the_program_does_not_sleep_for_years(listening):
    _, server, look = listening
    look(2041, 1, 1)
    at = look(2041, 1, 1)[1]
    assert at <= timedelta(hours=24)
    server.body = RSS.format("g1", "Wed, 01 Jan 2031 06:00:00 GMT", TEXT).encode()
    assert look(2031, 1, 2)[1] <= timedelta(hours=24)


def test_gaps_never_end_before_they_start(listening):
    ledger, server, look = listening
    server.body = RSS.format("g1", "Wed, 01 Jan 2031 06:00:00 GMT", TEXT).encode()
    look(2041, 1, 1)
    server.body = b""
    look(2041, 3, 1)
    for day in (2, 5, 9):
        look(2031, 1, day)
    server.body = RSS.format("g2", "Fri, 10 Jan 2031 06:00:00 GMT", TEXT).encode()
    look(2031, 1, 10)
    gaps = list(ledger.read(Gap, as_of=None))
    assert gaps and all(gap.start <= gap.end for gap in gaps)
    assert {each.day.year for each in ledger.read(Heard, as_of=None)} == {2031, 2041}


@pytest.mark.parametrize(
    ("stated", "believed"),
    [("Fri, 31 Dec 9999 23:59:59 -0500", False), ("Tue, 01 Jan 2041 06:00:00 GMT", False), ("Mon, 01 Jan 0025 06:00:00 GMT", False),
     ("Thu, 02 Jan 2031 06:00:00 GMT", True)],
)  # fmt: skip
def test_a_report_dated_in_the_future_or_in_no_year_of_ours_is_undated(listening, stated, believed):
    ledger, server, look = listening
    server.body = RSS.format("g1", stated, TEXT).encode()
    look(2031, 1, 2)
    (article,) = ledger.read(Article, as_of=None)
    assert (article.published is not None) is believed


def test_days_noted_by_a_clock_that_was_ahead_do_not_end_the_calendar(listening):
    """`detente ledger coverage` ended ten years on, with all that was really heard far to the left of it."""
    ledger, server, look = listening
    server.body = RSS.format("g1", "Wed, 01 Jan 2031 06:00:00 GMT", TEXT).encode()
    look(2041, 1, 1)
    for day in range(2, 6):
        look(2031, 1, day)
    found = coverage_of(ledger)
    assert found.end == date(2031, 1, 5) and found.listening(date(2031, 1, 4)) == 1
