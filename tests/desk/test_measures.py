"""The desk's metrics: for who knows the token, the same from whichever process is asked, nothing of visitors in them."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import replace

import pytest
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from test_start import command, fetched, run

from detente.desk.config import read_config
from detente.records import ConfigError

TOKEN = "a-token-of-more-than-thirty-two-characters"


def values(text):
    """`name{labels}` to value, labels by their names' order."""
    return {
        (each.name, *(v for _, v in sorted(each.labels.items()))): each.value
        for family in text_string_to_metric_families(text)
        for each in family.samples
    }


@pytest.fixture
def asked(site, settings):
    """A browser of a desk with a token, and a function that asks for the metrics."""
    settings.DESK = replace(settings.DESK, metrics_token=TOKEN)
    browser = Client(raise_request_exception=False)
    return browser, lambda: values(browser.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text)


def test_without_a_token_in_the_settings_there_is_no_such_page(client):
    for given in ({}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {TOKEN}"}):
        assert client.get("/metrics", headers=given).status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer x", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer Ünïcode"])
def test_who_does_not_know_it_is_told_nothing(asked, given):
    answer = asked[0].get("/metrics", headers={"Authorization": given})
    assert (
        answer.status_code == 401 and answer.headers["WWW-Authenticate"] == "Bearer" and "detente_" not in answer.text
    )
    assert asked[0].post("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).status_code in (403, 405)


def test_requests_are_counted_under_their_views(asked):
    browser, metrics = asked
    before = metrics()
    for path in ("/", "/", "/comments/status/a-secret-token/", "/nowhere/at/all", "/theatres/"):
        browser.get(path)
    now = metrics()

    def more(*labels):
        return now.get(("detente_desk_requests_total", *labels), 0) - before.get(
            ("detente_desk_requests_total", *labels), 0
        )

    assert more("GET", "200", "public:front") == 2 and more("GET", "404", "none") >= 1
    assert now["detente_desk_request_seconds_count", "public:front"] >= 2
    assert not any("secret" in part or "/" in part for key in now for part in key), "no path is in them"


def test_made_up_methods_and_addresses_make_no_new_series(asked):
    browser, metrics = asked
    for n in range(20):
        browser.generic(f"X{n}", f"/made/up/{n}")
    made_up = [key for key in metrics() if key[0] == "detente_desk_requests_total" and key[1].startswith("X")]
    assert made_up == []


def test_what_waits_for_people_is_told(asked):
    from detente.desk.comments.models import Comment

    Comment.objects.create(subject="story-1", name="A reader", email="a@example.org", text="Words.", language="en")
    found = asked[1]()
    assert found["detente_desk_comments", "rejected"] == 0
    assert found["detente_desk_comments", "waiting"] == 1 and found["detente_desk_appeals_waiting",] == 0
    assert (
        found["detente_desk_stories", "published"] == 0 and found["detente_ledger_recorded_timestamp_seconds",] > 1.7e9
    )
    assert not any("reader" in str(key) or "example" in str(key) for key in found)


def test_a_short_token_is_refused():
    with pytest.raises(ConfigError, match="32 or more"):
        read_config({"DETENTE_DESK_METRICS_TOKEN": "short"})
    assert TOKEN not in repr(read_config({"DETENTE_DESK_METRICS_TOKEN": TOKEN}))


@pytest.mark.slow
def test_several_processes_are_added_up_and_their_lines_are_json(tmp_path):
    assert run(tmp_path, "--only-prepare").returncode == 0
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments, more = command(tmp_path, "--port", str(port), "--workers", "3", "--log-format", "json", "--verbose")
    more["env"] |= {"DETENTE_DESK_METRICS_TOKEN": TOKEN}
    server = subprocess.Popen(arguments, stderr=subprocess.PIPE, **more)
    try:
        fetched(f"http://127.0.0.1:{port}/")
        for _ in range(30):
            fetched(f"http://127.0.0.1:{port}/about/")
        seen = {counted(port) for _ in range(6)}
        assert seen == {30.0}, "whichever process answers"
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics")
    finally:
        server.send_signal(signal.SIGTERM)
        told = server.communicate(timeout=60)[1]
    lines = [json.loads(line) for line in told.splitlines()]
    assert sum(each.get("view") == "public:about" for each in lines) == 30
    assert sorted(os.listdir(tmp_path / "data" / "metrics"))
    assert server.returncode == 0, told[-2000:]


def counted(port):
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(asked) as answer:
        found = values(answer.read().decode())
    return sum(n for key, n in found.items() if key[0] == "detente_desk_requests_total" and "public:about" in key)


def test_prometheus_is_asked_for_only_where_it_is_used():
    code = "import sys, detente.cli; print('prometheus_client' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "False"
