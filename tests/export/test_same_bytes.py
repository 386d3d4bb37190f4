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
from pathlib import Path
from detente.cli import main
def run(*words):
    try:
        main(list(words))
    except SystemExit as ended:
        assert not ended.code, words
run("import", sys.argv[1], "-o", "rows.jsonl")
run("export", "rows.jsonl", "--to", "incidents", "-o", "first.csv")
incident = Path("first.csv").read_text().splitlines()[1].split(",")[0]
for job in sys.argv[2:]:
    run("export", "rows.jsonl", *job.replace("ID", incident).split())
"""


def jobs():
    for to, (_, endings) in FORMATS.items():
        for ending in endings:
            yield f"--to {to} -o {to}{ending}{' --incident ID' if to == 'cap' else ''}"


def started(folder, seed):
    folder.mkdir()
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(FIXTURE), *jobs()],
        cwd=folder, env={**os.environ, "PYTHONHASHSEED": seed}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def test_two_processes_write_the_same_bytes(tmp_path):
    runs = {seed: started(tmp_path / seed, seed) for seed in ("1", "4242")}
    for each in runs.values():
        told, _ = each.communicate()
        assert each.returncode == 0, told
    one, other = (
        {str(f.relative_to(tmp_path / seed)): hashlib.sha256(f.read_bytes()).hexdigest()
         for f in (tmp_path / seed).rglob("*") if f.is_file()}
        for seed in runs
    )  # fmt: skip
    assert one == other and len(one) >= 20
