"""Places and processes that fail as real ones do: a disk of two megabytes, a folder nobody may write to, a child with limits."""

import os
import subprocess
import sys

import pytest


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 2 MB, mounted for one test; where this user may not mount one, the test is skipped."""
    place = tmp_path / "small"
    place.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], capture_output=True, text=True)
    if made.returncode:
        pytest.skip(f"this user may not mount a small disk: {made.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.fixture
def shut_folder(tmp_path):
    """A folder on a disk that cannot be written; root writes into folders without write permission."""
    place = tmp_path / "shut"
    place.mkdir()
    (place / "old.jsonl").write_text("what stood here\n")
    if os.geteuid():
        place.chmod(0o555)
        yield place
        place.chmod(0o755)
        return
    bound = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], capture_output=True, text=True)
    if bound.returncode:
        pytest.skip(f"root writes everywhere, and may not mount here: {bound.stderr.strip()}")
    (place / "old.jsonl").write_text("what stood here\n")
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.fixture
def child(tmp_path):
    """Starts Python code (with `detente` importable) in a process of its own, under the resource limits given."""

    def start(code: str, *args: object, limits: dict[int, int] | None = None, **more) -> subprocess.Popen:
        import resource

        def limit() -> None:
            for which, most in (limits or {}).items():
                resource.setrlimit(which, (most, most))

        env = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }
        return subprocess.Popen([sys.executable, "-c", code, *map(str, args)], cwd=tmp_path, env=env, text=True,
                                preexec_fn=limit, **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more})  # fmt: skip

    return start
