"""The example files of the how-tos: units, server configurations and settings that the programs themselves accept."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from detente.desk.config import read_config
from detente.desk.serve import options
from detente.store import open_ledger
from detente.store.upkeep import problems

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "how-to" / "desk"
PAGES = [ROOT / "docs" / "how-to" / f"run-the-desk-{name}.md" for name in ("on-one-machine", "for-a-team")]


def settings_of(name: str, key: str = "") -> dict[str, str]:
    """A file of settings as the shell reads it (systemd reads these alike)."""
    told = subprocess.run(
        ["env", "-i", "sh", "-c", f"set -a; . '{EXAMPLES / name}'; env"], capture_output=True, text=True, check=True
    )
    found = dict(line.split("=", 1) for line in told.stdout.splitlines())
    return found | ({"DETENTE_DESK_SECRET_KEY": key} if key else {})


@pytest.mark.parametrize("name", ["desk.env", "desk-team.env"])
def test_the_settings_are_known_and_complete(name):
    given = settings_of(name, "k" * 60)  # `detente desk` makes one where there is none
    documented = (ROOT / "docs" / "reference" / "desk.md").read_text("utf-8")
    assert all(f"`{each}`" in documented for each in given if each.startswith("DETENTE"))
    found = read_config(given)
    assert found.production and found.proxy and found.origin == "https://news.example.org"
    assert found.name == "Example Desk"  # words with a space: the shell and systemd agree about the quotes


def test_every_example_is_named_by_a_how_to():
    told = "".join(page.read_text("utf-8") for page in PAGES)
    for each in EXAMPLES.iterdir():
        assert each.stem.split(".")[0] in told, each.name


def test_gunicorns_file_says_what_the_desk_itself_tells_gunicorn():
    said: dict = {}
    exec((EXAMPLES / "gunicorn.conf.py").read_text("utf-8"), said)
    own = options("127.0.0.1", 8000, 4)
    for name in ("worker_class", "threads", "timeout", "graceful_timeout", "max_requests", "max_requests_jitter"):
        assert said[name] == own[name], name


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", sorted(EXAMPLES.glob("*.service")) + sorted(EXAMPLES.glob("*.timer")), ids=lambda p: p.name
)
def test_units_are_accepted_by_systemd(path, tmp_path):
    """Programs are put where this machine has some; a unit whose own words are wrong is told by name."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze on this machine")
    for each in (*EXAMPLES.glob("*.service"), *EXAMPLES.glob("*.timer")):
        text = each.read_text("utf-8")
        for program in (
            "/opt/detente/venv/bin/detente",
            "/opt/detente/venv/bin/gunicorn",
            "/usr/local/bin/detente-backup",
        ):
            text = text.replace(program, "/bin/true")
        (tmp_path / each.name).write_text(text, "utf-8")
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(tmp_path / path.name)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert path.name not in told.stderr, told.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", ["nginx.conf", "nginx-team.conf"])
def test_nginx_accepts_its_file(name, tmp_path):
    if shutil.which("nginx") is None or shutil.which("openssl") is None:
        pytest.skip("no nginx on this machine")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=news.example.org", "-days", "1"]
    subprocess.run(
        [*made, "-keyout", "privkey.pem", "-out", "fullchain.pem"], cwd=tmp_path, check=True, capture_output=True
    )
    text = (EXAMPLES / name).read_text("utf-8").replace("/etc/letsencrypt/live/news.example.org", str(tmp_path))
    (tmp_path / "whole.conf").write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{text}\n}}\n", "utf-8")
    told = subprocess.run(
        ["nginx", "-t", "-c", str(tmp_path / "whole.conf")], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr


def backed_up(folder: Path, script: str, **more: str) -> Path:
    """The folder that the script made."""
    env = {"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "PYTHONPATH": os.pathsep.join(sys.path), **more}
    told = subprocess.run([EXAMPLES / script, folder], env=env, capture_output=True, text=True, check=True)
    return Path(told.stdout.splitlines()[-1])


@pytest.mark.slow
def test_a_backup_holds_the_desk_and_gives_it_back(site, tmp_path):
    """Users and stories are in the ledger's file; uploads and the key are beside it, static files are not."""
    if connection.vendor != "sqlite":
        pytest.skip("the script for PostgreSQL is pg_dump's")
    data = tmp_path / "data"
    for name in ("secret-key", "media/pictures/x.jpg", "static/x.css"):
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_text(name)
    command = tmp_path / "detente"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m detente.cli "$@"\n')
    command.chmod(0o755)
    made = backed_up(
        tmp_path / "kept",
        "detente-backup",
        DETENTE=str(command),
        DETENTE_DATABASE=str(site),
        DETENTE_DESK_DATA=str(data),
    )
    with tarfile.open(made / "data.tar.gz") as packed:
        assert {each.name for each in packed if each.isfile()} == {"./secret-key", "./media/pictures/x.jpg"}
    with closing(sqlite3.connect(made / "news.sqlite")) as file:
        assert ("editor",) in file.execute("SELECT username FROM accounts_user").fetchall()
    with open_ledger(made / "news.sqlite", create=False) as book:
        assert book.counts(as_of=None)["Article"] == 33 and list(problems(book)) == []
    assert (made / "news.sqlite").stat().st_mode & 0o077 == 0
