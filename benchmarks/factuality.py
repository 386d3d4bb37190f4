"""Did it happen: reads {id, text, start, end} a line, writes {id, label, score} with a score from -3 to 3.

    python benchmarks/factuality.py --in deeds.jsonl --out pred.jsonl [--model DIR] [--gold deeds.jsonl --bench DIR]

The output feeds score_modality.py --coarse; with --gold and --bench (the folder of the scorers) it is scored too.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from detente.events.judge import Judge

LABELS = {"happened": "asserted-happened", "not": "denied-negated", "uncertain": "uncertain"}


def main() -> None:
    """Judge every deed of --in and write --out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--in", dest="source", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--model", type=Path)
    parser.add_argument("--gold")
    parser.add_argument("--bench")
    args = parser.parse_args()
    with args.source.open(encoding="utf-8") as file:
        items = [json.loads(line) for line in file if line.strip()]
    judge = Judge(args.model)
    start = time.process_time()
    verdicts = judge.happened([(item["text"], (item["start"], item["end"])) for item in items])
    spent = time.process_time() - start
    with args.out.open("w", encoding="utf-8") as out:
        for item, (label, score) in zip(items, verdicts, strict=True):
            out.write(json.dumps({"id": item["id"], "label": LABELS[label], "score": round(score, 3)}) + "\n")
    print(f"{len(items)} deeds in {spent:.1f} CPU s, {len(items) / max(spent, 1e-9):.0f} deeds/s", file=sys.stderr)
    if args.gold and args.bench:
        command = [sys.executable, f"{args.bench}/score_modality.py", args.gold, str(args.out), "--coarse"]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
