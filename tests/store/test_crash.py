"""Killed at any moment, a ledger loses nothing it said was in, holds no half articles, and the next run completes it."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from detente.records import Article, Coded, Event, Incident
from detente.store import open_ledger
from detente.store.upkeep import problems

ARTICLES, ROUNDS = 40, int(os.environ.get("DETENTE_CRASHES", "25"))
HERE = Path(__file__).parent


def start(place: str) -> subprocess.Popen:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), *sys.path])}
    return subprocess.Popen([sys.executable, str(HERE / "writer.py"), place, str(ARTICLES)], stdout=subprocess.PIPE,
                            text=True, env=env)  # fmt: skip


def run_until(place: str, lines: int, delay: float) -> tuple[set[str], bool]:
    """Kill the writer `delay` seconds after it told of `lines` articles; return what it told of, and if it was done."""
    process = start(place)
    told = []
    for _ in range(lines):
        line = process.stdout.readline()
        if not line:
            break
        told.append(line.strip())
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    told += process.stdout.read().split()
    process.wait()
    return {line for line in told if line.isdigit()}, "done" in told


@pytest.mark.slow
def test_killed_at_random(new_place):
    choose, kills, told = random.Random(os.environ.get("DETENTE_SEED", "5")), 0, set()
    place, checked = new_place(), 0
    for _ in range(ROUNDS):
        seen, done = run_until(place, choose.randrange(ARTICLES), choose.random() * 0.05)
        told |= seen
        kills += not done
        with open_ledger(place) as ledger:
            assert list(problems(ledger)) == []
            articles = {a.id for a in ledger.read(Article, as_of=None)}
            assert {f"a{n}" for n in told} <= articles, "what was told to be in is in"
            assert {c.article for c in ledger.read(Coded, as_of=None)} == articles
            counted: dict[str, int] = {}
            for found in ledger.read(Event, as_of=None):
                counted[found.article] = counted.get(found.article, 0) + 1
            assert counted == dict.fromkeys(articles, 5), "no article is half in"
            checked += len(articles)
        if done:
            place, told = new_place(), set()
    assert start(place).wait() == 0
    with open_ledger(place) as ledger:
        assert len(list(ledger.read(Article, as_of=None))) == ARTICLES
        merged = [number for each in ledger.read(Incident, as_of=None) for number in each.events]
        assert sorted(merged) == sorted(e.id for e in ledger.read(Event, as_of=None))
    print(f"\n{ROUNDS} rounds, {kills} killed, {checked} articles checked, none lost")
    assert kills >= ROUNDS // 2
