"""A ledger on a disk that fills up or turns read-only: one line says so, nothing is lost, and the next run goes on."""

import subprocess
from datetime import date
from pathlib import Path
from random import randbytes

import pytest

from detente.keeping.ingest import Intake
from detente.records import Article, Coded, Gap, SetupError
from detente.store import open_ledger
from detente.store.upkeep import backup, problems
from standin import OneByOne

TEXT = "Arland struck Bergia near the river on Monday, and nobody was hurt. "


class NothingFound(OneByOne):
    stamp = "none"

    def code(self, article):
        return Coded(article.id, coder=self.stamp)


def fill(ledger, count, start=0):
    """Add articles until the disk is full; the ids of those that went in."""
    intake, told = Intake(ledger, NothingFound()), []
    for n in range(start, count):
        intake._article(Article(f"a{n}", f"{TEXT * 60}{n} {'x' * n}", published=date(2031, 1, 1)), None)
        told.append(f"a{n}")
    return told


def room(disk: Path, size: str) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", disk], check=True)


def test_a_full_disk_loses_nothing_and_the_next_run_goes_on(small_disk):
    place, told = small_disk / "news.sqlite", []
    with (
        pytest.raises(SetupError, match=r"news\.sqlite: .*; what was stored before is safe"),
        open_ledger(place) as ledger,
    ):
        for n in range(2000):
            told += fill(ledger, n + 1, n)
    assert len(told) > 20
    room(small_disk, "64m")
    with open_ledger(place) as ledger:
        assert list(problems(ledger)) == []
        assert {each.id for each in ledger.read(Article, as_of=None)} == set(told)
        assert {each.article for each in ledger.read(Coded, as_of=None)} == set(told)
        fill(ledger, len(told) + 3)
        assert len(list(ledger.read(Article, as_of=None))) == len(told) + 3


def test_a_disk_that_turns_read_only(small_disk):
    with open_ledger(small_disk / "news.sqlite") as ledger:
        fill(ledger, 3)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(SetupError, match=r"news\.sqlite: "), open_ledger(small_disk / "news.sqlite") as ledger:
        fill(ledger, 4, 3)
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    with open_ledger(small_disk / "news.sqlite") as ledger:
        assert list(problems(ledger)) == [] and len(list(ledger.read(Article, as_of=None))) == 3


def test_a_backup_that_does_not_fit_is_none(small_disk, tmp_path):
    with open_ledger(tmp_path / "news.sqlite") as ledger:
        ledger.add([Gap(f"wire {n}", date(2031, 1, 1), date(2031, 1, 2), randbytes(500).hex()) for n in range(4000)])
        with pytest.raises(SetupError, match="no backup was made"):
            backup(ledger, small_disk / "monday.sqlite")
        assert list(small_disk.iterdir()) == []
        assert backup(ledger, tmp_path / "monday.sqlite") == 4000


def test_add_says_it_in_one_line(small_disk, detente, reports):
    (small_disk / "filler").write_bytes(b"x" * (2 * 1024**2 - 150_000))
    status, _, err = detente("add", reports, "--ledger", small_disk / "news.sqlite")
    assert status == 3 and "Traceback" not in err and "news.sqlite" in err
    (small_disk / "filler").unlink()
    status, _, err = detente("add", reports, "--ledger", small_disk / "news.sqlite")
    assert status == 0 and "coded 3" in err
