"""Where the CPU time of coding goes, step by step: `python benchmarks/shares.py [--articles 80]`.

Conflict articles of `throughput.py`'s own corpus under Python's profiler, which makes small Python functions look
dearer than they are; the encoder and the parser are a larger share without it. Steps hold one another: dates and the
like are asked for while events are put together.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import time
from collections import deque
from pathlib import Path

from detente.events.coder import Coder
from throughput import corpus

STEPS = {
    "spaCy": "coder.py:_parsed", "judge": "judge.py:deeds", "of it the encoder": "encoder.py:vectors",
    "candidates": "triggers.py:candidates", "events put together": "work.py:paragraph",
    "of it whose word": "attribution.py:attributions", "of it conditions": "conditions.py:conditionals",
    "of it dates": "when.py:find_dates", "of it counts": "counts.py:find_counts", "of it links": "links.py:ties",
    "places": "coder.py:places", "actors": "coder.py:scene", "names for pronouns": "mentions.py:remember",
}  # fmt: skip


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=80)
    parser.add_argument("--conflict", type=float, default=1.0, help="share of conflict articles, 0 to 1")
    args = parser.parse_args()
    coder, articles = Coder(), list(corpus(args.articles, args.conflict, 1))
    coder.code(articles[0])
    profiler = cProfile.Profile(time.process_time)
    profiler.runcall(lambda: deque(coder.code_many(articles), maxlen=0))
    table = pstats.Stats(profiler).stats.items()  # type: ignore[attr-defined]
    spent = {f"{Path(file).name}:{name}": row[3] for (file, _, name), row in table}
    print("| step | share |\n|---|---|")
    for what, function in STEPS.items():
        print(f"| {what} | {spent.get(function, 0.0) / spent['coder.py:code_many']:.1%} |")


if __name__ == "__main__":
    main()
