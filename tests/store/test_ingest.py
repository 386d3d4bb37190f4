"""Taking sources in: repeated, interrupted, coded anew, and never with knowledge from a later day."""

import json
from datetime import date, datetime, timedelta

import pytest
from made import DAY, event, page

from detente.files import write_bundle
from detente.keeping import dossier_of, erase_article, ingest
from detente.keeping.ingest import Intake
from detente.records import Article, Coded, Event, Incident, Page, Quarantined
from detente.sources.warc import read_warc, write_warc
from standin import OneByOne

NEXT = DAY + timedelta(days=1)


class Finds(OneByOne):
    """A coder that finds one strike in every article that speaks of one."""

    def __init__(self, stamp="one"):
        self.stamp = stamp

    def code(self, article):
        if "breaks the coder" in article.text:
            raise ValueError("no such token")
        made = (
            event(f"{article.id}-{self.stamp}", article.id, reported=article.published)
            if "struck" in article.text
            else None
        )
        return Coded(article.id, (made,) if made else (), coder=self.stamp)


def news(tmp_path, *rows):
    path = tmp_path / "news.jsonl"
    lines = [{"id": f"a{n}", "published": str(day), "text": text} for n, day, text in rows]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return str(path)


STRIKE = "Arland struck Bergia near the river on Saturday, the army of Bergia said in a statement."


def test_it_reads_codes_merges_and_stores(ledger, tmp_path):
    done = ingest(ledger, [news(tmp_path, (1, DAY, STRIKE), (2, NEXT, "It rained all day long in Bergia."))], Finds())
    assert (done.articles, done.held, done.quarantined) == (2, 0, [])
    assert ledger.counts(as_of=None) == {"Article": 2, "Coded": 2, "Event": 1, "Incident": 1, "Page": 2}
    assert ledger.counts(as_of=DAY) == {"Article": 1, "Coded": 1, "Event": 1, "Incident": 1, "Page": 1}


def test_again_changes_nothing(ledger, tmp_path):
    source = news(tmp_path, (1, DAY, STRIKE))
    ingest(ledger, [source], Finds())
    before = ledger.last_recorded()
    done = ingest(ledger, [source], Finds())
    assert (done.articles, done.held, done.records, done.incidents) == (0, 1, 0, 0)
    assert ledger.last_recorded() == before


def test_bad_items_are_kept_with_their_reason(ledger, tmp_path):
    done = ingest(ledger, [news(tmp_path, (1, DAY, "This breaks the coder."), (2, DAY, STRIKE), (3, DAY, ""))], Finds())
    assert len(done.quarantined) == 2 and done.articles == 1
    assert {q.reason.split(":")[0] for q in ledger.read(Quarantined, as_of=None)} == {
        "could not be coded", "field 'text' is missing or empty",
    }  # fmt: skip


def test_a_new_coder_replaces_what_the_old_one_found(ledger, tmp_path, clock):
    source = news(tmp_path, (1, DAY, STRIKE))
    ingest(ledger, [source], Finds("one"))
    then = ledger.last_recorded()
    clock.pass_days(1)
    assert ingest(ledger, [source], Finds("two")).articles == 1
    assert [e.id for e in ledger.read(Event, as_of=DAY)] == ["a1-two"]
    assert [e.id for e in ledger.read(Event, as_of=DAY, held=then)] == ["a1-one"]
    assert [i.events for i in ledger.read(Incident, as_of=None)] == [("a1-two",)]


def test_no_incident_knows_of_a_later_report(ledger, tmp_path):
    rows = [(n, DAY + timedelta(days=n // 2), STRIKE) for n in range(6)]
    late = event("a9-e1", "a9", reported=DAY)  # told later, of the first day
    ingest(ledger, [news(tmp_path, *rows)], Finds())
    ledger.add([late], known_at=DAY + timedelta(days=9))
    Intake(ledger, Finds()).close()
    for days in range(12):
        day = DAY + timedelta(days=days)
        known = {a.id for a in ledger.read(Article, as_of=day)} | ({"a9"} if days >= 9 else set())
        events = {e.id for e in ledger.read(Event, as_of=day)}
        told = list(ledger.read(Incident, as_of=day))
        assert all(set(each.reports) <= known for each in told)
        assert sorted(number for each in told for number in each.events) == sorted(events), "each event in one incident"


def test_a_run_that_ends_before_merging_is_made_good_by_the_next(ledger, tmp_path):
    source = news(tmp_path, (1, DAY, STRIKE))
    Intake(ledger, Finds()).records([])
    intake = Intake(ledger, Finds())
    from detente.sources import open_sources

    intake.pages(open_sources([source]))  # and then the power went
    assert ledger.counts(as_of=None).get("Incident") is None
    assert ingest(ledger, [source], Finds()).incidents == 1


def test_records_of_other_commands_go_in_as_they_are(ledger, tmp_path):
    article = Article("a1", STRIKE, published=DAY)
    old = Incident("i-0", "ASSAULT", "ASSAULT", "happened", None, None, events=("x",), known=DAY)
    write_bundle(tmp_path / "coded.jsonl", [article, event(), old, Article("a2", STRIKE, published=NEXT)])
    done = ingest(ledger, [str(tmp_path / "coded.jsonl")], Finds())
    assert [e.id for e in ledger.read(Event, as_of=None)] == ["a1-e1", "a2-one"] and done.articles == 1
    assert "i-0" not in [i.id for i in ledger.read(Incident, as_of=None)], "merged anew"


def test_known_says_when_everything_was_known(ledger, tmp_path):
    ingest(ledger, [news(tmp_path, (1, DAY, STRIKE))], Finds(), known_at=NEXT)
    assert ledger.counts(as_of=DAY) == {} and ledger.counts(as_of=NEXT)["Event"] == 1


def test_the_dossier_of_a_day(ledger, tmp_path):
    ingest(ledger, [news(tmp_path, (1, DAY, STRIKE), (2, NEXT, STRIKE))], Finds())
    found = dossier_of(ledger, as_of=DAY)
    assert list(found.articles) == ["a1"] and found.coded == {"a1"} and [e.id for e in found.events] == ["a1-one"]


def test_erasing_tells_the_incident_again_without_the_article(ledger, tmp_path):
    ingest(ledger, [news(tmp_path, (1, DAY, STRIKE), (2, DAY, STRIKE))], Finds())
    erase_article(ledger, "a1", who="Ada", why="court order")
    told = list(ledger.read(Incident, as_of=None))
    assert [each.reports for each in told] == [("a2",)]
    assert {e.key for e in ledger.erased(as_of=DAY)} >= {"a1", "a1-one"}
    source = news(tmp_path, (1, DAY, STRIKE))
    assert "Article a1" in ingest(ledger, [source], Finds()).barred


# ------------------------------------------------------------------------------------------------ WARC
@pytest.mark.parametrize("name", ["pages.warc", "pages.warc.gz"])
def test_pages_go_through_an_archive_unchanged(ledger, tmp_path, name):
    when = datetime(2031, 3, 1, 12, 30, 15).astimezone()
    kept = [page("p-1", b"<p>" + b"one \xe9 " * 40 + b"</p>", url="https://example.org/1", fetched=when)]
    assert write_warc(str(tmp_path / name), kept) == 1
    (back,) = read_warc(str(tmp_path / name))
    assert (back.body, back.url, back.fetched, back.media_type) == (kept[0].body, kept[0].url, when, "text/html")


def test_an_archive_of_a_crawl(ledger, tmp_path):
    html = f"<html><body><article><p>{STRIKE * 3}</p></article></body></html>".encode()

    def record(n, status="200 OK", kind="text/html", body=html):
        http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2031-03-01T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{n:032x}>\r\n"
            f"WARC-Target-URI: https://example.org/{n}\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        return head.encode() + http + b"\r\n\r\n"

    (tmp_path / "c.warc").write_bytes(
        record(1)
        + record(2, "404 Not Found")
        + record(3, kind="image/png")
        + record(4, body=b" ")
        + record(5, body=html + b"<!-- -->")
    )
    found = list(read_warc(str(tmp_path / "c.warc")))
    assert [p.url for p in found if isinstance(p, Page)] == ["https://example.org/1", "https://example.org/5"]
    assert [q.reason for q in found if isinstance(q, Quarantined)] == ["empty"]
    intake = Intake(ledger, Finds())
    intake.pages(found[:1])
    assert ledger.counts(as_of=date(2031, 2, 28)) == {} and ledger.counts(as_of=DAY)["Article"] == 1


def test_an_archive_that_was_cut_off_says_so(tmp_path):
    write_warc(str(tmp_path / "p.warc.gz"), [page("p-1", b"<p>one</p>" * 99), page("p-2", b"<p>two</p>" * 99)])
    whole = (tmp_path / "p.warc.gz").read_bytes()
    (tmp_path / "cut.warc.gz").write_bytes(whole[:-40])
    found = list(read_warc(str(tmp_path / "cut.warc.gz")))
    assert isinstance(found[0], Page) and isinstance(found[-1], Quarantined) and "damaged" in found[-1].reason
