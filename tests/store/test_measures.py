"""Metrics of listening: on a port of this machine, or in a file for the node exporter."""

import socket
import urllib.request
from datetime import date
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from test_watch import NothingFound, rss, site  # noqa: F401  (a fixture)

from detente.keeping.ingest import Intake
from detente.keeping.measures import Measures
from detente.keeping.watch import Watcher
from detente.records import InputError
from detente.sources.fetch import Fetcher


def values(text: str) -> dict[str, float]:
    """`name{label}` to value."""
    found = {}
    for family in text_string_to_metric_families(text):
        for each in family.samples:
            label = ",".join(v for k, v in sorted(each.labels.items()))
            found[f"{each.name}{{{label}}}" if label else each.name] = each.value
    return found


@pytest.fixture
def listen(ledger, clock, site):  # noqa: F811
    def listen(measures, days=0.0):
        clock.pass_days(days)
        intake = Intake(ledger, NothingFound())
        watcher = Watcher(ledger, intake, Fetcher(pause=0, allow_private=True, timeout=5), now=clock)
        feeds = {f"{site.base}/feed": "Example Wire", f"{site.base}/lost": "Lost Wire"}
        done = watcher.round(feeds)
        measures.round(done, intake.close(), watcher.states(feeds), 1.5, clock.now)

    return listen


def test_a_file_holds_what_a_round_brought(listen, site, tmp_path, clock):  # noqa: F811
    site.pages["/feed"] = (200, {}, rss(site, 1, 2))
    measures = Measures(str(tmp_path / "watch.prom"))
    listen(measures)
    found = values((tmp_path / "watch.prom").read_text())
    assert found["detente_watch_rounds_total"] == 1 and found["detente_watch_round_seconds_total"] == 1.5
    assert found["detente_watch_feeds_asked_total{new}"] == 1 and found["detente_watch_feeds_asked_total{failed}"] == 1
    assert found["detente_watch_articles_total{coded}"] == 2 and found["detente_watch_articles_total{quarantined}"] == 0
    assert found["detente_feed_failures{Lost Wire}"] == 1 and found["detente_feed_failures{Example Wire}"] == 0
    assert found["detente_feed_answered_timestamp_seconds{Example Wire}"] == clock.now.timestamp()
    assert "detente_feed_answered_timestamp_seconds{Lost Wire}" not in found, "it never did"
    assert not [name for name in found if "_created" in name]
    listen(measures, days=2)
    found = values((tmp_path / "watch.prom").read_text())
    assert found["detente_watch_rounds_total"] == 2 and found["detente_feed_failures{Lost Wire}"] == 2
    assert found["detente_feed_gap{Lost Wire}"] == 1 and found["detente_feed_gap{Example Wire}"] == 0
    assert found["detente_watch_gaps_total"] >= 2


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_a_port_is_open_on_this_machine_alone(listen, site):  # noqa: F811
    port = free_port()
    measures = Measures(str(port))
    site.pages["/feed"] = (200, {}, rss(site, 1))
    listen(measures)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        assert values(answer.read().decode())["detente_watch_articles_total{coded}"] == 1
    heard_at = [line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines() if line.split()[3] == "0A"]
    assert [place for place in heard_at if place.endswith(f":{port:04X}")] == [f"0100007F:{port:04X}"]
    with pytest.raises(InputError, match=f"--metrics {port}: .*in use"):
        Measures(str(port))


@pytest.mark.parametrize("place", ["http", "127.0.0.1", ":0", "70000", "watch.txt"])
def test_a_place_that_is_none_is_refused(place):
    with pytest.raises(InputError, match="write a port"):
        Measures(place)


def test_the_command_writes_them(detente, site, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.chdir(tmp_path)
    site.pages["/feed"] = (200, {}, rss(site, 1, day=date(2026, 1, 1)))
    status, _, err = detente("watch", f"{site.base}/feed", "--once", "--allow-private", "--pause", "0",
                             "--ledger", "n.sqlite", "--metrics", "watch.prom")  # fmt: skip
    assert status == 0 and err.splitlines()[-1].startswith("read 1, coded 1, quarantined 0, gaps 0; 1 feeds asked")
    assert values(Path("watch.prom").read_text())["detente_watch_articles_total{coded}"] == 1
    (site.pages["/feed"]) = (500, {}, b"")
    status, _, err = detente(
        "watch", f"{site.base}/none", "--once", "--allow-private", "--pause", "0", "--ledger", "n.sqlite"
    )
    assert status == 0 and "answered 404" in err and "gaps 1; 1 feeds asked, 0 unchanged, 1 failed" in err
