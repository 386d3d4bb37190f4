"""What fuzzing found stays found; and, in the slow lane, every reader is fuzzed for a few seconds more."""

import os
import subprocess
import sys
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SECONDS = os.environ.get("DETENTE_FUZZ_SECONDS", "5")


def _targets():
    spec = spec_from_file_location("fuzz_targets", HERE / "targets.py")
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


TARGETS = _targets()
KNOWN = sorted((HERE / "found").rglob("*")) if (HERE / "found").is_dir() else []


@pytest.mark.parametrize(
    "path", [each for each in KNOWN if each.is_file()], ids=lambda each: f"{each.parent.name}/{each.name}"
)
def test_what_was_found_before_does_no_harm(path):
    TARGETS.TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS.TARGETS)
def test_the_seeds_are_read(name):
    seeds = list(TARGETS.seeds(name))
    assert len(seeds) >= 2
    for seed in seeds:
        TARGETS.TARGETS[name](seed)
    TARGETS.TARGETS[name](b"")


@pytest.mark.slow
@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed here (it has wheels for Linux only)")
@pytest.mark.parametrize("name", TARGETS.TARGETS)
def test_nothing_new_is_found_in_a_few_seconds(name, tmp_path):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "DETENTE_FUZZ_FOUND": str(tmp_path)}
    run = subprocess.run([sys.executable, str(HERE / "run.py"), name, SECONDS], capture_output=True, text=True, env=env,
                         timeout=int(SECONDS) * 4 + 120)  # fmt: skip
    kept = [each.read_bytes()[:300] for each in tmp_path.rglob("*") if each.is_file()]
    assert run.returncode == 0, f"{run.stderr[-3000:]}\n{kept}"
