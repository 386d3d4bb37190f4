"""Clusters that are there already, as docs/how-to/cluster.md starts them: other processes, joined by their address."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pytest

from detente.bulk import Recipe, code_archive, code_batch, open_engine
from detente.dataset import ITEMS, read_manifest
from detente.records import InputError, SetupError

ROOT = Path(__file__).parents[2]
TOOLS = Path(sys.executable).parent
has = {
    name: pytest.mark.skipif(find_spec(name) is None, reason=f"{name} is not installed")
    for name in ("distributed", "ray")
}


def shown() -> list[str]:
    """The commands of the how-to, without their comments."""
    text = (ROOT / "docs/how-to/cluster.md").read_text("utf-8")
    lines = [line for _, body in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S) for line in body.splitlines()]
    return [re.sub(r"\s+#.*", "", line).strip() for line in lines]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_another_version_on_a_worker_is_told_and_nothing_is_coded(coder, monkeypatch):
    monkeypatch.setattr("detente.bulk.batch.coder_of", lambda _: coder)
    nothing = pa.Table.from_pylist([], schema=ITEMS)
    assert len(code_batch(nothing, Recipe(), coder.stamp)) == 0
    with pytest.raises(SetupError, match="install the same versions"):
        code_batch(nothing, Recipe(), "detente 0.0.1")


@pytest.mark.slow
@pytest.mark.parametrize(
    "engine", [pytest.param("dask", marks=has["distributed"]), pytest.param("ray", marks=has["ray"])]
)
def test_an_address_where_nobody_is(engine):
    address = f"tcp://127.0.0.1:{free_port()}" if engine == "dask" else f"127.0.0.1:{free_port()}"
    with pytest.raises(InputError, match=re.escape(f"--address {address}: no ")):
        open_engine(engine, 1, address)


@pytest.fixture
def started(tmp_path):
    """Starts programs of this environment and ends them with the test: `started({"NAME": "value"}, "dask", …)`.

    What they say is gathered in `programs.log` of the test's folder.
    """
    running = []

    def start(more, *command):
        env = {**os.environ, **more, "PYTHONPATH": os.pathsep.join(sys.path)}
        with open(tmp_path / "programs.log", "ab") as log:
            made = subprocess.Popen([TOOLS / command[0], *command[1:]], env=env, start_new_session=True, stdout=log,
                                    stderr=subprocess.STDOUT)  # fmt: skip
        running.append(made)
        return made

    yield start
    for each in reversed(running):
        if each.poll() is None:
            os.killpg(each.pid, signal.SIGTERM)
    for each in running:
        try:
            each.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(each.pid, signal.SIGKILL)


@pytest.fixture
def short_folder():
    """Ray puts sockets there, and a socket's name must be short."""
    made = Path(tempfile.mkdtemp(prefix="ray-", dir="/tmp"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


def coded(more, *words, within=600):
    """`detente code …` as a user of the cluster runs it."""
    env = {**os.environ, **more, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run([sys.executable, "-m", "detente.cli", "code", *map(str, words)], env=env, capture_output=True,
                          text=True, timeout=within)  # fmt: skip


def here(reports, folder):
    """What one process makes of them."""
    code_archive([str(reports)], folder, Recipe(), open_engine("processes", 1))
    return read_manifest(folder)["files"]


def says(log: Path, words: str, within: float = 400) -> None:
    """Wait until a program has said something."""
    until = time.monotonic() + within
    while words not in log.read_text("utf-8", "replace"):
        assert time.monotonic() < until, log.read_text("utf-8", "replace")[-3000:]
        time.sleep(0.3)


def answers(port: int) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.3)
    raise AssertionError(f"nobody listens on {port}")


def certificates(folder: Path) -> dict[str, str]:
    """Runs the openssl lines of the how-to; the variables it exports, for that folder."""
    for line in shown():
        if line.startswith("openssl "):
            subprocess.run(line.replace("HOST", "127.0.0.1"), shell=True, check=True, cwd=folder, capture_output=True)
    made = dict(part.split("=", 1) for line in shown() if line.startswith("export DASK_") for part in line.split()[1:])
    assert len(made) == 8 and {Path(each).name for each in made.values() if "/" in each} == {
        "ca.pem",
        "machine.pem",
        "machine.key",
    }
    return {name: str(folder / Path(each).name) if "/" in each else each for name, each in made.items()}


@pytest.mark.slow
@has["distributed"]
@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make certificates with")
@pytest.mark.parametrize("scheme", ["tcp", "tls"])
def test_a_dask_cluster_as_the_how_to_starts_it(reports, tmp_path, started, scheme):
    port, more = free_port(), {"DASK_DISTRIBUTED__SCHEDULER__DASHBOARD__ENABLED": "false"}
    address = f"{scheme}://127.0.0.1:{port}"
    assert {
        "dask scheduler",
        "dask worker tcp://HOST:8786 --nworkers 8 --nthreads 1",
        "dask scheduler --protocol tls",
    } <= set(shown())
    if scheme == "tls":
        more |= certificates(tmp_path)
    quiet = ("--no-dashboard",)
    started(more, "dask", "scheduler", *(("--protocol", "tls") if scheme == "tls" else ()), "--host", "127.0.0.1",
            "--port", str(port), *quiet)  # fmt: skip
    answers(port)
    started(
        more,
        "dask",
        "worker",
        address,
        "--nworkers",
        "1",
        "--nthreads",
        "1",
        "--local-directory",
        str(tmp_path),
        *quiet,
    )
    done = coded(more, reports, "-o", tmp_path / "there", "--engine", "dask", "--address", address)
    assert done.returncode == 0, done.stderr[-3000:]
    assert read_manifest(tmp_path / "there")["files"] == here(reports, tmp_path / "here")
    if scheme == "tls":
        for wrong in (address, address.replace("tls", "tcp")):  # no certificate; no TLS at all
            refused = coded({}, reports, "-o", tmp_path / "refused", "--engine", "dask", "--address", wrong)
            assert refused.returncode == 2 and f"--address {wrong}" in refused.stderr, refused.stderr[-2000:]
            assert "Traceback" not in refused.stderr


@pytest.mark.slow
@has["ray"]
def test_a_ray_cluster_as_the_how_to_starts_it(reports, tmp_path, short_folder, started):
    port = free_port()
    assert {"ray start --head", "ray start --address=HOST:6379"} <= set(shown())
    (exported,) = [line for line in shown() if line.startswith("export RAY_AUTH")]
    token = dict(part.split("=", 1) for part in exported.split()[1:])
    assert set(token) == {"RAY_AUTH_MODE", "RAY_AUTH_TOKEN"}
    token |= {"RAY_AUTH_TOKEN": "a-token-of-this-test-and-of-no-other", "RAY_USAGE_STATS_ENABLED": "0"}
    token |= {"RAY_raylet_start_wait_time_s": "300"}  # a busy machine is slow to start it
    quiet = ("--include-dashboard", "false", "--disable-usage-stats", "--block", "--num-cpus", "1")
    started(token, "ray", "start", "--head", "--port", str(port),
            "--temp-dir", str(short_folder), *quiet)  # fmt: skip
    says(tmp_path / "programs.log", "Ray runtime started")
    done = coded(token, reports, "-o", tmp_path / "there", "--engine", "ray", "--address", f"127.0.0.1:{port}")
    assert done.returncode == 0, done.stderr[-3000:]
    assert read_manifest(tmp_path / "there")["files"] == here(reports, tmp_path / "here")
    for wrong in ({"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": "another-token-that-is-wrong"}, {}):
        refused = coded(wrong, reports, "-o", tmp_path / "refused", "--engine", "ray", "--address", f"127.0.0.1:{port}")
        assert refused.returncode == 2 and "--address 127.0.0.1" in refused.stderr, refused.stderr[-2000:]
