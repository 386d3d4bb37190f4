"""Memory over a long run of `detente code`: so many generated articles into a dataset, by one process.

    OMP_NUM_THREADS=1 nice -n 19 python benchmarks/longrun.py --articles 100000 --paragraphs 1 --folder /tmp/long

The corpus is newsgen.py's, written once. The run can be stopped and started again: `detente code` goes on where it was, and so
does the log, FOLDER/log.csv, with a row for every so many finished batches: articles, resident MB, CPU seconds of this start.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from newsgen import news

EVERY = 1000  # articles from one row to the next
BATCH = 100
SOME_SECONDS = 2


def written(path: Path, count: int, paragraphs: int, seed: int) -> Path:
    """The corpus, made once."""
    if not path.exists():
        fresh = path.with_suffix(".new")
        with open(fresh, "w", encoding="utf-8") as stream:
            for item in news(count, 0.2, seed, paragraphs):
                stream.write(json.dumps(item) + "\n")
        fresh.rename(path)
    return path


def state(process: int) -> tuple[float, float]:
    """(resident MB, CPU seconds) of a process."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    parts = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return pages * resource.getpagesize() / 1024**2, sum(map(int, parts[11:13])) / os.sysconf("SC_CLK_TCK")


def watched(process: subprocess.Popen[bytes], parts: Path, log: Path) -> None:
    """Write a row each time that EVERY more articles are on the disk, and one just before the end."""
    seen = None
    with open(log, "a", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        while process.poll() is None:
            time.sleep(SOME_SECONDS)
            done = BATCH * sum(1 for _ in parts.glob("*.parquet")) // EVERY * EVERY
            try:
                held, used = state(process.pid)
            except (OSError, IndexError):  # it ended
                break
            if done != seen:
                out.writerow([done, round(held), round(used, 1), time.strftime("%H:%M:%S"), os.getloadavg()[0]])
                stream.flush()
                seen = done


def main() -> None:
    """Write the corpus, run, watch."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--paragraphs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, required=True)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    source = written(args.folder / "news.jsonl", args.articles, args.paragraphs, args.seed)
    made = args.folder / "coded"
    command = [sys.executable, "-m", "detente.cli", "code", str(source), "-o", str(made), "--batch", str(BATCH)]
    process = subprocess.Popen(command)
    watched(process, made / "parts", args.folder / "log.csv")
    print(
        f"ended with {process.wait()}; highest {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB"
    )
    print((args.folder / "log.csv").read_text("utf-8"))


if __name__ == "__main__":
    main()
