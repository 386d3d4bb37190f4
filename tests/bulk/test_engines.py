"""Engines: the same bytes from each; a worker that is killed, or a parent that is, loses nothing."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
import works

from detente.bulk import Recipe, code_archive, open_engine
from detente.bulk.engines import Processes
from detente.bulk.parts import parts_of
from detente.dataset import is_dataset, read_manifest
from detente.records import InputError

pytestmark = pytest.mark.slow


def coded(source, folder, engine, work, size=8):
    """A run on an engine that is opened and closed for it."""
    started = open_engine(*engine)
    try:
        return code_archive([source], folder, Recipe(), started, size=size, work=work)
    finally:
        started.close()


def engines():
    """The engines that are installed."""
    return [pytest.param(name, marks=pytest.mark.skipif(not _has(name), reason=f"{name} is not installed"))
            for name in ("processes", "dask", "ray")]  # fmt: skip


def _has(name):
    import importlib.util

    return name == "processes" or importlib.util.find_spec("distributed" if name == "dask" else name) is not None


@pytest.mark.parametrize("engine", engines())
def test_every_engine_gives_the_bytes_of_one_process(reports, tmp_path, engine):
    coded(str(reports), tmp_path / "here", ("processes", 1), None)
    coded(str(reports), tmp_path / "there", (engine, 2), None, size=2)
    assert read_manifest(tmp_path / "here")["files"] == read_manifest(tmp_path / "there")["files"]


@pytest.mark.parametrize("engine", engines())
def test_poison_that_kills_its_worker_is_quarantined_alone(archive, tmp_path, held, engine, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))  # Ray's workers import the stand-in too
    made = coded(archive(30, poison=13), tmp_path / "ds", (engine, 2), works.killed)
    ids, bad = held(tmp_path / "ds")
    assert ids == sorted(f"r{n}" for n in range(30) if n != 13)
    assert [(each.origin.rsplit(":", 1)[1], "killed" in each.reason) for each in bad] == [("14", True)]
    assert made["counts"] | {"events": 0} == made["counts"]


def test_a_batch_given_to_dead_workers_is_one_that_failed():
    engine = Processes(1)
    try:
        assert isinstance(engine.submit(os._exit, 1).exception(), BrokenProcessPool)
        assert isinstance(engine.submit(len, "late").exception(), BrokenProcessPool)
        engine.renew()
        assert engine.submit(len, "again").result() == 5
    finally:
        engine.close()


def test_an_error_nobody_foresaw_costs_one_article(archive, tmp_path, held):
    coded(archive(30, poison=13), tmp_path / "ds", ("processes", 2), works.raises)
    (bad,) = held(tmp_path / "ds")[1]
    assert bad.reason == "ZeroDivisionError: an odd text"


RUN = """
import sys; sys.path.insert(0, {tests!r})
import works
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from detente.bulk import Recipe, code_archive, open_engine
if __name__ == "__main__":
    code_archive([{source!r}], Path({folder!r}), Recipe(), open_engine("processes", 2), size=5, work=works.slow)
"""


def test_a_killed_run_goes_on_and_its_workers_end_with_it(archive, tmp_path, held):
    source, folder = archive(300), tmp_path / "ds"
    script = tmp_path / "run.py"
    script.write_text(RUN.format(tests=str(Path(__file__).parent), source=source, folder=str(folder)))
    running = subprocess.Popen(
        [sys.executable, str(script)], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    )
    until = time.monotonic() + 90
    while len(parts_of(folder)) < 5 and time.monotonic() < until:
        time.sleep(0.02)
    workers = _children(running.pid)
    running.send_signal(signal.SIGKILL)
    running.wait()
    done = len(parts_of(folder))
    assert 5 <= done < 60 and is_dataset(folder) and len(workers) >= 2
    made = coded(source, folder, ("processes", 2), works.plain, size=9)
    assert made["held"] == 5 * done
    assert held(folder) == (sorted(f"r{n}" for n in range(300)), [])
    until = time.monotonic() + 10
    while any(map(_runs, workers)) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(map(_runs, workers))


def _children(pid):
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _runs(pid):
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


def test_names_and_addresses_are_checked():
    with pytest.raises(InputError, match="choose one of"):
        open_engine("spark", 2)
    with pytest.raises(InputError, match="--engine dask"):
        open_engine("processes", 2, "tcp://host:8786")
