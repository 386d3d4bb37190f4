"""What a desk is told from outside: one frozen dataclass, filled from DETENTE_… variables."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from detente.records import ConfigError

YES = {"1", "true", "yes", "on"}
NO = {"", "0", "false", "no", "off"}
LOCAL = ("localhost", "127.0.0.1", "[::1]")
SHORTEST_TOKEN = 32
SHORTEST_KEY = 50  # characters, as `manage.py check --deploy` asks


@dataclass(frozen=True, slots=True)
class Config:
    """Settings of one desk. Each field's variable is named in docs/reference/desk.md."""

    production: bool = False
    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(64), repr=False)
    hosts: tuple[str, ...] = LOCAL
    origin: str = ""  # "https://news.example.org": what feeds and pictures link to; "" = as asked
    ledger: str | None = None  # None: DETENTE_DATABASE, else ledger.sqlite here
    theatres: tuple[str, ...] = ("iraq-2020",)
    data: Path = Path("out/desk")  # uploads, gathered static files, the key
    name: str = "Detente"
    proxy: bool = False  # a proxy of ours stands before it, and sets X-Forwarded-For and X-Forwarded-Proto
    mail: str = ""  # "smtp://user:password@host:587"; "" = mail is written to the log
    sender: str = "desk@localhost"
    demo: bool = False
    metrics_token: str = field(default="", repr=False)  # who names it is told the metrics; "" = nobody is

    @property
    def media(self) -> Path:
        """Where pictures that editors upload lie."""
        return self.data / "media"

    @property
    def static(self) -> Path:
        """Where the static files are gathered at start."""
        return self.data / "static"


def _flag(given: Mapping[str, str], name: str) -> bool:
    value = given.get(name, "").strip().casefold()
    if value not in YES | NO:
        raise ConfigError(f"{name}={value}: write 1 or 0")
    return value in YES


def _many(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(",") if each.strip())


def read_config(given: Mapping[str, str] | None = None) -> Config:
    """The desk's settings from the environment; ConfigError names the variable and what to write."""
    given = os.environ if given is None else given
    production = _flag(given, "DETENTE_DESK_PRODUCTION")
    text = {name: given.get(f"DETENTE_DESK_{name.upper()}", "").strip() for name in
            ("secret_key", "hosts", "origin", "theatres", "data", "name", "mail", "sender", "metrics_token")}  # fmt: skip
    if production:
        _demand(text)
    origin = text["origin"].rstrip("/")
    if origin and not origin.startswith(("https://", "http://")):
        raise ConfigError(
            f"DETENTE_DESK_ORIGIN={origin}: write the whole address, for example https://news.example.org"
        )
    if text["metrics_token"] and len(text["metrics_token"]) < SHORTEST_TOKEN:
        raise ConfigError(
            f"DETENTE_DESK_METRICS_TOKEN: write {SHORTEST_TOKEN} or more random characters; "
            "make one with: python -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )
    said = {name: text[name] for name in ("secret_key", "name", "mail", "sender", "metrics_token") if text[name]}
    many = {name: _many(text[name]) for name in ("hosts", "theatres") if text[name]}
    if text["data"]:
        said["data"] = Path(text["data"])  # type: ignore[assignment]
    return Config(
        production=production, origin=origin, ledger=given.get("DETENTE_DATABASE") or None,
        proxy=_flag(given, "DETENTE_DESK_PROXY"), demo=_flag(given, "DETENTE_DESK_DEMO"), **said, **many,  # type: ignore[arg-type]
    )  # fmt: skip


def _demand(text: Mapping[str, str]) -> None:
    """What a desk in production cannot do without."""
    if len(text["secret_key"]) < SHORTEST_KEY:
        raise ConfigError(
            f"DETENTE_DESK_SECRET_KEY: production needs a key of {SHORTEST_KEY} or more random characters; "
            "make one with: python -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )
    if not text["hosts"]:
        raise ConfigError("DETENTE_DESK_HOSTS: production needs the names it answers to, for example news.example.org")
    if not text["origin"].startswith("https://"):
        raise ConfigError("DETENTE_DESK_ORIGIN: production needs its address, for example https://news.example.org")


def mail_server(address: str) -> dict[str, str | int | bool]:
    """Django's EMAIL_… settings for "smtp://user:password@host:587" (TLS by STARTTLS) or "smtps://…:465"."""
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ConfigError("DETENTE_DESK_MAIL: write smtp://user:password@host:587 or smtps://user:password@host:465")
    return {
        "EMAIL_HOST": parts.hostname, "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""), "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps", "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
        "EMAIL_TIMEOUT": 20,
    }  # fmt: skip
