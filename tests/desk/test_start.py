"""`detente desk` as a person starts it: what it makes, what it says, that it serves and stops."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import replace

import pytest

from detente.desk.publishing.demonstration import publish_first
from detente.desk.publishing.models import Story
from detente.desk.serve import options
from detente.store import open_ledger

pytestmark = pytest.mark.slow


def command(folder, *words):
    env = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "DETENTE"))}
    return (
        [
            sys.executable,
            "-m",
            "detente.cli",
            "desk",
            "--ledger",
            str(folder / "news.sqlite"),
            "--data",
            str(folder / "data"),
            *words,
        ],
        {"env": env | {"PYTHONPATH": os.pathsep.join(sys.path)}, "cwd": folder, "text": True},
    )


def run(folder, *words):
    arguments, more = command(folder, *words)
    return subprocess.run(arguments, capture_output=True, check=False, **more)


def test_a_desk_is_made_served_and_stopped(tmp_path):
    made = run(tmp_path, "--only-prepare")
    assert made.returncode == 0 and "user 'admin', one-time password" in made.stderr
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert "one-time password" not in run(tmp_path, "--only-prepare").stderr  # there is an admin now
    added = run(tmp_path, "user", "add", "ada", "--role", "editor")
    assert added.returncode == 0 and len(added.stdout.strip()) > 20
    assert run(tmp_path, "user", "list").stdout.splitlines() == ["ada  editor", "admin  admin"]
    assert "no role owner" in run(tmp_path, "user", "role", "ada", "--role", "owner").stderr

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments, more = command(tmp_path, "--port", str(port), "--workers", "1")
    server = subprocess.Popen(arguments, stderr=subprocess.PIPE, **more)
    try:
        page = fetched(f"http://127.0.0.1:{port}/")
        assert "Nothing is published yet." in page and "/static/desk/desk." in page
        style = page.split('href="/static/desk/desk.', 1)[1].split('"', 1)[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/static/desk/desk.{style}") as answer:
            assert "immutable" in answer.headers["Cache-Control"]
    finally:
        server.send_signal(signal.SIGTERM)
        told = server.communicate(timeout=30)[1]
    assert server.returncode == 0 and f"http://127.0.0.1:{port}" in told


def fetched(address: str) -> str:
    for _ in range(120):
        try:
            with urllib.request.urlopen(address) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.5)
    raise AssertionError(f"{address} did not answer within a minute")


def test_a_file_that_is_no_ledger_is_left_alone(tmp_path):
    (tmp_path / "news.sqlite").write_bytes(b"something else entirely" * 100)
    refused = run(tmp_path, "--only-prepare")
    assert refused.returncode == 2 and "this is not a ledger" in refused.stderr
    assert (tmp_path / "news.sqlite").read_bytes() == b"something else entirely" * 100


def test_a_ledger_with_a_desk_is_still_a_ledger(tmp_path):
    run(tmp_path, "--only-prepare")
    with open_ledger(tmp_path / "news.sqlite", create=False) as book:
        assert book.counts(as_of=None) == {}


def test_an_address_of_version_six_is_written_in_brackets():
    assert options("::1", 8000, 2)["bind"] == "[::1]:8000"


def test_the_demo_shows_two_articles_and_says_who_published_them(site, settings, client):
    settings.DESK = replace(settings.DESK, demo=True)
    assert publish_first() == 2 and publish_first() == 0
    assert {each.published.made_by for each in Story.objects.all()} == {None}
    assert "Nobody has edited the articles" in client.get("/").text
    assert not client.login(username="demo", password="", request=client.get("/").wsgi_request)
