"""The wheel: the same bytes from any folder and from the sdist, all models in it, nothing of tests, benchmarks or this machine."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from detente import shipped

ROOT = Path(__file__).parents[2]
NOT_SOURCE = shutil.ignore_patterns(".*", "build", "dist", "out", "*.egg-info", "__pycache__")
pytestmark = pytest.mark.slow


def build(folder: Path, umask: int, *how: str) -> Path:
    """A wheel built from a copy of the sources; (through an sdist where `how` does not say --wheel)."""
    source = folder / "a folder of another name"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True)
    if listed.returncode == 0:
        for name in filter(None, listed.stdout.decode().split("\0")):
            if (ROOT / name).is_file():
                (source / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, source / name)
                (source / name).chmod(0o666 & ~umask)
    else:
        shutil.copytree(ROOT, source, ignore=NOT_SOURCE)
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    run = subprocess.run([sys.executable, "-m", "build", "--no-isolation", *how, "--outdir", str(folder / "made"), str(source)],
                         env=env, capture_output=True, text=True, umask=umask)  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    return next((folder / "made").glob("*.whl"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return build(tmp_path_factory.mktemp("one"), 0o022, "--wheel")


def test_built_twice_it_is_the_same_and_the_sdist_gives_it_too(wheel, tmp_path):
    again = build(tmp_path, 0o077)
    assert again.name == wheel.name and again.read_bytes() == wheel.read_bytes()
    assert list((tmp_path / "made").glob("*.tar.gz"))


def test_what_is_in_it(wheel):
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
        assert {name.split("/")[0] for name in names} == {
            "detente",
            next(n for n in names if "dist-info" in n).split("/")[0],
        }
        for name, digest in shipped.manifest()["files"].items():
            assert hashlib.sha256(packed.read(f"detente/{name}")).hexdigest() == digest
        assert {"detente/theatres/iraq-2020/theatre.toml", "detente/py.typed", "detente/shipped.json"} <= set(names)
        assert {"LICENSE", "NOTICE"} <= {Path(name).name for name in names if "dist-info" in name}
        for name in names:
            parts = Path(name).parts
            assert not {"tests", "benchmarks", "fixtures", "conftest.py", "__pycache__"} & set(parts), name
            assert not any(each.startswith("test_") for each in parts), name
            body = packed.read(name)
            for place in (str(ROOT), str(Path.home()), str(wheel.parent)):
                assert len(place) < 4 or place.encode() not in body, f"{name} names {place}"


def test_nothing_of_the_benchmarks_is_in_it_under_another_name(wheel):
    data = {
        hashlib.sha256(p.read_bytes()).digest(): p
        for p in (ROOT / "benchmarks").rglob("*")
        if p.is_file() and p.stat().st_size > 100
    }
    with zipfile.ZipFile(wheel) as packed:
        both = [
            (name, data[digest])
            for name in packed.namelist()
            if (digest := hashlib.sha256(packed.read(name)).digest()) in data
        ]
    assert both == []
