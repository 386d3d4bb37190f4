"""The same input and version give the same bytes, whatever the hash seed of the process."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from detente.export import FORMATS

FIXTURE = Path(__file__).parents[1] / "fixtures" / "coded" / "GEDEvent_v31_1.csv"
RUN = """
import sys
from detente.cli import main
rows, out = sys.argv[1:3]
for job in sys.argv[3:]:
    try:
        main(["export", rows, *job.split()])
    except SystemExit as ended:
        assert not ended.code, job
"""


def jobs():
    for to, (_, endings) in FORMATS.items():
        for ending in endings:
            more = " --incident i-ID" if to == "cap" else ""
            yield f"--to {to} -o {to}{ending}{more}"


def made(folder, rows, seed, incident):
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(rows), "", *(each.replace("i-ID", incident) for each in jobs())],
        cwd=folder, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return {
        str(f.relative_to(folder)): hashlib.sha256(f.read_bytes()).hexdigest() for f in folder.rglob("*") if f.is_file()
    }


def test_two_processes_write_the_same_bytes(detente, tmp_path):
    rows = tmp_path / "rows.jsonl"
    assert detente("import", FIXTURE, "-o", rows)[0] == 0
    detente("export", rows, "--to", "incidents", "-o", tmp_path / "i.csv")
    incident = (tmp_path / "i.csv").read_text().splitlines()[1].split(",")[0]
    one, other = (made(tmp_path / seed, rows, seed, incident) for seed in ("1", "4242"))
    assert one == other and len(one) >= 20


def test_import_writes_the_same_bytes_twice(detente, tmp_path):
    for name in ("a.jsonl", "b.jsonl"):
        assert detente("import", FIXTURE, "-o", tmp_path / name)[0] == 0
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
