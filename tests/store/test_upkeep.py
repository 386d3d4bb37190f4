"""Checking, backing up, restoring; ledgers of older versions stay readable."""

import gzip
import hashlib
import shutil
import sqlite3
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from made import DAY, article, event, page

from detente.records import Article, Event, InputError
from detente.store import open_ledger
from detente.store.upkeep import backup, problems, restore

OLD = Path(__file__).parent / "ledger-0001.sqlite.gz"  # written when there was only the first migration


@pytest.fixture
def filled(ledger):
    ledger.add([page(), article(page="p-1"), event(), article("a2")], known_at=DAY)
    ledger.withdraw(Article, "a2", known_at=date(2031, 3, 5))
    ledger.erase("a1", who="Ada", why="court order")
    ledger.set_bookmark("merge", {"entry": 3})
    return ledger


def state(ledger):
    read = [list(ledger.read(kind, as_of=day)) for kind in (Article, Event) for day in (DAY, None)]
    return read, ledger.erased(as_of=None), ledger.history(Article, "a2"), ledger.bookmarks("")


def test_a_backup_is_the_same_ledger_and_can_be_restored_into_either_kind(filled, tmp_path, new_place):
    kept = tmp_path / "backup.sqlite"
    assert backup(filled, kept) == 6
    assert [p.name for p in tmp_path.iterdir()] == ["backup.sqlite"]
    with open_ledger(new_place()) as other:
        assert restore(kept, other) == 6
        assert state(other) == state(filled) and list(problems(other)) == []
        assert other.add([article("a7")]).new == 1, "it goes on from there"
    with pytest.raises(InputError, match="there already"):
        backup(filled, kept)
    with pytest.raises(InputError, match="holds something"):
        restore(kept, filled)


def test_check_finds_nothing_in_a_sound_ledger(filled):
    assert list(problems(filled)) == []


def test_check_finds_damage(tmp_path, empty_file):
    path = tmp_path / "news.sqlite"
    shutil.copy(empty_file, path)
    with open_ledger(path) as ledger:
        ledger.add([article(), event()])
    raw = sqlite3.connect(path)
    raw.execute("DROP TRIGGER ledger_entry_unchanged")
    raw.execute("UPDATE ledger_entry SET body = substr(body, 1, 20) WHERE kind = 'Article'")
    raw.execute("UPDATE ledger_entry SET digest = x'00' WHERE kind = 'Event'")
    raw.commit()
    raw.close()
    with open_ledger(path) as ledger:
        found = list(problems(ledger))
    assert len(found) == 2 and "damaged" in found[0] and "does not fit its digest" in found[1]


def test_a_ledger_of_the_first_version_is_read_and_brought_up(tmp_path):
    path = tmp_path / "old.sqlite"
    path.write_bytes(gzip.decompress(OLD.read_bytes()))
    tables = {row[0] for row in sqlite3.connect(path).execute("SELECT name FROM sqlite_master")}
    assert "ledger_bookmark" not in tables, "it is an old one"
    with open_ledger(path, create=False) as ledger:
        assert [a.id for a in ledger.read(Article, as_of=DAY)] == ["a1", "a2"]
        assert ledger.get(Article, "a1", as_of=None).text == "corrected"
        assert [e.id for e in ledger.dyad(["ARL"], ["BER"], as_of=DAY)] == ["a1-e1"]
        assert list(problems(ledger)) == []
        ledger.set_bookmark("merge", {"entry": 1})
        with pytest.raises(Exception, match="append-only"):
            from django.db import connections

            connections[ledger.alias].cursor().execute("DELETE FROM ledger_entry")


def test_the_dictionary_of_bodies_never_changes():
    """Every ledger there is was written with it: another one cannot be read any more."""
    raw = files("detente.store").joinpath("data/dictionary-1.json").read_bytes()
    assert hashlib.sha256(raw).hexdigest() == "9f5e732d927fca320fbae9e51cd1622fc13057e1f60c70d58ce03bc2529fed8b"


def test_models_and_migrations_agree(empty_file):
    from django.core.management import call_command

    call_command("makemigrations", "ledger", check=True, dry_run=True, verbosity=0)
