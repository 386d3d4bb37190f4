"""What a desk is told from outside, and that production refuses to start half-told."""

import os
import subprocess
import sys

import pytest

from detente.desk.config import mail_server, read_config
from detente.records import ConfigError

FULL = {
    "DETENTE_DESK_PRODUCTION": "1",
    "DETENTE_DESK_SECRET_KEY": "k" * 30 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "DETENTE_DESK_HOSTS": "news.example.org, www.example.org",
    "DETENTE_DESK_ORIGIN": "https://news.example.org/",
}


def test_development_is_local_and_safe():
    found = read_config({})
    assert not found.production and found.hosts == ("localhost", "127.0.0.1", "[::1]")
    assert len(found.secret_key) > 60 and found.secret_key not in repr(found)
    assert read_config({}).secret_key != found.secret_key


def test_production_is_read():
    found = read_config(FULL)
    assert found.hosts == ("news.example.org", "www.example.org") and found.origin == "https://news.example.org"


@pytest.mark.parametrize("name", [name for name in FULL if name != "DETENTE_DESK_PRODUCTION"])
def test_production_names_what_is_missing(name):
    with pytest.raises(ConfigError, match=name):
        read_config({key: value for key, value in FULL.items() if key != name})


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"DETENTE_DESK_PROXY": "perhaps"}, "DETENTE_DESK_PROXY=perhaps: write 1 or 0"),
        ({"DETENTE_DESK_ORIGIN": "news.example.org"}, "write the whole address"),
    ],
)
def test_what_makes_no_sense_is_refused(given, told):
    with pytest.raises(ConfigError, match=told):
        read_config(given)


def test_mail_servers():
    found = mail_server("smtp://ada:p%40ss@mail.example.org")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_HOST_PASSWORD"]) == ("mail.example.org", 587, "p@ss")
    assert found["EMAIL_USE_TLS"] and mail_server("smtps://mail.example.org")["EMAIL_PORT"] == 465
    with pytest.raises(ConfigError, match="smtp://user"):
        mail_server("mail.example.org")


@pytest.mark.slow
def test_djangos_own_check_finds_nothing_in_production(tmp_path):
    env = {
        name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"
    }  # of the browser tests
    env |= FULL | {"DJANGO_SETTINGS_MODULE": "detente.desk.settings", "DETENTE_DATABASE": str(tmp_path / "x.sqlite")}
    found = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env=env | {"PYTHONPATH": os.pathsep.join(sys.path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    assert "no issues" in found.stdout
