"""Empty ledgers of both kinds: a SQLite file, and a database of its own in the PostgreSQL that DETENTE_TEST_POSTGRES names."""

import itertools
import os
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from detente.store import open_ledger

POSTGRES = "DETENTE_TEST_POSTGRES"  # postgresql://user@127.0.0.1:port/postgres, of a user who may create databases


class Postgres:
    """A few databases of its own, emptied and used in turn: making and dropping one takes a server long."""

    TABLES = "ledger_bookmark, ledger_mark, ledger_topic, ledger_entry"

    def __init__(self, address: str):
        import psycopg

        self.psycopg = psycopg
        self.admin = psycopg.connect(address, autocommit=True)
        self.base = address.rsplit("/", 1)[0]
        self.made: dict[str, bool] = {}
        self.names = itertools.cycle(f"detente_test_{os.getpid()}_{n}" for n in range(3))

    def new(self) -> str:
        name = next(self.names)
        place = f"{self.base}/{name}"
        if name not in self.made:
            self.admin.execute(f'CREATE DATABASE "{name}"')
            open_ledger(place).close()
            self.made[name] = True
        else:
            with self.psycopg.connect(place, autocommit=True) as inside:
                inside.execute(f"TRUNCATE {self.TABLES} RESTART IDENTITY")
                inside.execute("DELETE FROM django_migrations WHERE name = '9999_future'")
        return place

    def close(self) -> None:
        for name in self.made:
            self.admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self.admin.close()


@pytest.fixture(scope="session")
def postgres():
    address = os.environ.get(POSTGRES)
    if not address:
        pytest.skip(f"no PostgreSQL to test with: {POSTGRES} names none (.ci/run starts one)")
    server = Postgres(address)
    yield server
    server.close()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("ledger") / "empty.sqlite"
    open_ledger(path).close()
    return path


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def new_place(request, empty_file, tmp_path_factory):
    """A function that gives the address of one more empty ledger."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres").new

    def copy() -> str:
        path = tmp_path_factory.mktemp("ledger") / "news.sqlite"
        shutil.copy(empty_file, path)
        return str(path)

    return copy


class Clock:
    """A clock that tests set and move."""

    def __init__(self) -> None:
        self.now = datetime(2031, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_days(self, days: float = 1) -> None:
        self.now += timedelta(days=days)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def ledger(new_place, clock):
    """An empty ledger whose clock stands on 1 January 2031."""
    with open_ledger(new_place(), now=clock) as opened:
        yield opened
