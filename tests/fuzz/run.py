"""Fuzz one target for so many seconds: `python tests/fuzz/run.py pages 60`. What it finds is kept in tests/fuzz/found."""

from __future__ import annotations

import os
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

import atheris

sys.path.insert(0, str(Path(__file__).parent))
with atheris.instrument_imports(include=["detente"]):
    import targets

FOUND = Path(__file__).parent / "found"
KEEP = Path(os.environ.get("DETENTE_FUZZ_FOUND", FOUND))  # where what is found now is put


def main(name: str = "", seconds: str = "60", longest: str = "20000") -> None:
    """Start from the seeds and from what was found before; status 0: nothing new was found. No name: list the targets."""
    if not name:
        print(*targets.TARGETS)
        return
    target, corpus = targets.TARGETS[name], Path(mkdtemp(prefix=f"corpus-{name}-"))
    for seed in targets.seeds(name):
        (corpus / sha256(seed).hexdigest()[:16]).write_bytes(seed)
    known, kept = FOUND / name, KEEP / name
    kept.mkdir(parents=True, exist_ok=True)
    options = [f"-max_total_time={seconds}", f"-max_len={longest}", "-timeout=20", "-rss_limit_mb=4096",
               f"-artifact_prefix={kept}/", "-print_final_stats=1"]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus), *([str(known)] if known.is_dir() else [])], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
