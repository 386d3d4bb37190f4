"""Where a ledger lies: a SQLite file or a PostgreSQL address, made known to Django; no project is needed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from detente.records import InputError, SetupError

SETTING = "DETENTE_DATABASE"
HERE = "ledger.sqlite"  # where nothing else is said
_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "  # a commit survives kill -9 and a power cut
    "PRAGMA secure_delete=ON; PRAGMA cache_size=-65536;"  # erased text leaves no trace in free pages
)


def where(given: str | Path | None = None) -> str:
    """The ledger asked for, else the one that DETENTE_DATABASE names, else `ledger.sqlite` here."""
    return str(given) if given else os.environ.get(SETTING) or HERE


def database(place: str | Path | None = None) -> dict[str, Any]:
    """Django's database settings for a path or a `postgresql://user:password@host:port/name` address.

    A site's settings.py says `DATABASES = {"default": database()}`. Raises InputError for another kind of address.
    """
    address = where(place)
    if "://" not in address:
        options = {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": _PRAGMAS}
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(Path(address).absolute()), "OPTIONS": options}
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        shown = parts._replace(netloc=parts.hostname or "").geturl()
        raise InputError(f"{shown}: give a file, or postgresql://user:password@host:port/name")
    return {
        "ENGINE": "django.db.backends.postgresql", "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""), "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "", "PORT": str(parts.port or ""),
    }  # fmt: skip


def ready() -> None:
    """Set Django up once; a site's own settings are used where there are any."""
    import django
    from django.apps import apps
    from django.conf import settings

    if not settings.configured and not os.environ.get("DJANGO_SETTINGS_MODULE"):
        settings.configure(INSTALLED_APPS=["detente.store"], USE_TZ=True, TIME_ZONE="UTC", LOGGING_CONFIG=None,
                           DEFAULT_AUTO_FIELD="django.db.models.BigAutoField")  # fmt: skip
    if not apps.ready:
        django.setup()
    if not apps.is_installed("detente.store"):
        raise SetupError("this Django site does not list 'detente.store' in INSTALLED_APPS; add it there")


def alias_of(place: str | Path | None) -> str:
    """Django's name for a ledger's database, made known to it if it is not yet; None: the site's own default."""
    from django.db import connections

    ready()
    if place is None and os.environ.get("DJANGO_SETTINGS_MODULE"):
        return "default"
    wanted = database(place)
    alias = "ledger:" + ":".join(str(wanted.get(key, "")) for key in ("HOST", "PORT", "USER", "NAME"))
    if alias not in connections.databases:
        if "postgresql" in wanted["ENGINE"]:
            _need_psycopg()
        connections.databases[alias] = connections.configure_settings({"default": {}, alias: wanted})[alias]
    return alias


def _need_psycopg() -> None:
    from importlib.util import find_spec

    if find_spec("psycopg") is None:
        raise SetupError("a ledger in PostgreSQL needs the package psycopg: pip install 'detente[postgres]'")
