"""Code raw sentences: reads {id, text} a line, writes events, tripwires and links a line.

    python benchmarks/extraction.py --in sentences.jsonl --out pred.jsonl [--gold sentences.jsonl --bench DIR]

The output feeds score_sentences.py; with --gold and --bench (the folder of the scorers) it is scored too.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time

import predictions
from detente.events.coder import Coder
from detente.reading import read_text


def main() -> None:
    """Run the coder over --in and write --out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--in", dest="source", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--gold")
    parser.add_argument("--bench")
    args = parser.parse_args()
    coder = Coder()
    start, count = time.process_time(), 0
    with open(args.source, encoding="utf-8") as source, open(args.out, "w", encoding="utf-8") as out:
        for line in source:
            if not line.strip():
                continue
            item = json.loads(line)
            article = read_text(item["text"], id=str(item["id"]))
            coded = coder.code(article)
            at = predictions.back(article)
            links = predictions.affiliations(coded, at)
            out.write(json.dumps({
                "id": item["id"], "events": [predictions.event(e, at) for e in coded.events],
                "tripwires": [predictions.tripwire(t, at) for t in coded.tripwires], "affiliation": links[:1] or None,
            }) + "\n")  # fmt: skip
            count += 1
    print(f"{count} texts in {time.process_time() - start:.1f} CPU s", file=sys.stderr)
    if args.gold and args.bench:
        subprocess.run([sys.executable, f"{args.bench}/score_sentences.py", args.gold, args.out], check=True)


if __name__ == "__main__":
    main()
