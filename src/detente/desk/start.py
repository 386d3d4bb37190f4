"""Making a desk ready: folder, key, tables, static files, a first admin, and the demo's reports."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detente import logs
from detente.records import DetenteError, InputError, SetupError
from detente.store import where

SETTINGS = "detente.desk.settings"
DEMO = "iraq-2020"
_KEY = "secret-key"


def need_packages() -> None:
    """Raise SetupError where the packages of the desk are not installed."""
    from importlib.util import find_spec

    missing = [
        name
        for name in ("axes", "csp", "whitenoise", "argon2", "PIL", "nh3", "ninja", "prometheus_client")
        if find_spec(name) is None
    ]
    if missing:
        raise SetupError(f"the desk needs more packages ({', '.join(missing)}): pip install 'detente[desk]'")


def prepare(data: Path | None, ledger: str | None, theatres: list[str]) -> None:
    """Set the environment that `settings` reads, and Django up; no ledger named anywhere means the demo."""
    need_packages()
    folder = Path(data or os.environ.get("DETENTE_DESK_DATA") or "out/desk")
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: this is a file; --data names a folder")
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["DETENTE_DESK_DATA"] = str(folder.absolute())
    if theatres:
        os.environ["DETENTE_DESK_THEATRES"] = ",".join(theatres)
    if ledger or os.environ.get("DETENTE_DATABASE"):
        os.environ["DETENTE_DATABASE"] = where(ledger)
    else:
        os.environ["DETENTE_DATABASE"] = str(folder.absolute() / "demo.sqlite")
        os.environ["DETENTE_DESK_DEMO"] = "1"
    if not os.environ.get("DETENTE_DESK_SECRET_KEY"):
        os.environ["DETENTE_DESK_SECRET_KEY"] = _kept_key(folder / _KEY)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django

    django.setup()


def _kept_key(path: Path) -> str:
    """The key of this desk, made at its first start and kept where only its owner reads it."""
    if not path.exists():
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as stream:
            stream.write(secrets.token_urlsafe(64))
    return path.read_text(encoding="ascii").strip()


def bring_up() -> None:
    """Tables and static files as this version wants them, and drawings without what was erased meanwhile."""
    from django.core.management import call_command

    from detente.desk import measures
    from detente.desk.book import theatres
    from detente.desk.publishing.exhibits import clean
    from detente.store.opening import prepare as prepare_ledger

    theatres()  # a theatre that cannot be read stops the start, not a reader's request
    prepare_ledger("default", create=True)  # refuses what is no ledger, or a newer version's
    with _small_checks():
        call_command("migrate", verbosity=0, interactive=False)
    clean()
    measures.clear()
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)


@contextmanager
def _small_checks() -> Iterator[None]:
    """Let SQLite check the references of the desk's own tables only after each migration, not those of the whole ledger.

    Django checks every table after every migration: a quarter of an hour for a million events. The ledger's tables are
    brought up before, and no migration of the desk touches them; `detente ledger check` looks at them.
    """
    from django.db import connection

    if connection.vendor != "sqlite":
        yield
        return
    whole = connection.check_constraints

    def check(table_names: list[str] | None = None) -> None:
        every = connection.introspection.table_names() if table_names is None else table_names
        whole([each for each in every if not each.startswith("ledger_")])

    connection.check_constraints = check
    try:
        yield
    finally:
        connection.check_constraints = whole


def first_admin(name: str = "admin") -> str | None:
    """A one-time password for a new admin where nobody may administer yet, else None."""
    from detente.desk.accounts.models import User
    from detente.desk.accounts.people import add_user
    from detente.desk.roles import ADMIN

    if User.objects.filter(groups__name=ADMIN, is_active=True).exists():
        return None
    return add_user(name, [ADMIN])[1]


def fill_demo() -> None:
    """Read and code the bundled reports into an empty ledger.

    In a process of its own: what coding needs in memory (some 600 MB) must not stay with the processes that serve.
    """
    from django.db import connections

    from detente.desk.book import ledger
    from detente.pipeline import load_theatre, theatre_reports

    if ledger().counts(as_of=None).get("Article"):
        return
    connections.close_all()
    command = [sys.executable, "-m", "detente.cli", "add", *theatre_reports(load_theatre(DEMO)), "--theatre", DEMO]
    plain = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    plain |= logs.how.environment()
    if subprocess.run(command, env=plain, check=False).returncode:
        raise DetenteError("the demo's reports could not be read; the lines above say why")
