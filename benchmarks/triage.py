"""What `detente code --triage` loses and saves, beside the coder without it on the same articles.

    python benchmarks/triage.py [--lgl lgl.jsonl] [--articles FOLDER …] [--count 60]

Sets: the folders given, local news (LGL's lines with a text), and generated news without conflict and with a fifth of it.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from itertools import islice
from pathlib import Path

from detente.events.coder import Coder
from detente.reading import read_text
from detente.records import Article, Coded
from throughput import corpus


def coded(coder: Coder, articles: list[Article]) -> tuple[Counter[tuple[str, str, int]], float]:
    """Events by article, type and trigger, and the CPU seconds."""
    start = time.process_time()
    found = [each for _, each in coder.code_many(articles) if isinstance(each, Coded)]
    took = time.process_time() - start
    return Counter((e.article, e.type, e.trigger.start) for each in found for e in each.events), took


def sets(folders: list[Path], lgl: Path | None, count: int) -> dict[str, list[Article]]:
    """The articles of each set."""
    out = {str(f): [read_text(p.read_text("utf-8"), id=str(p)) for p in sorted(f.iterdir())] for f in folders}
    if lgl is not None:
        with lgl.open(encoding="utf-8") as file:
            lines = list(islice(file, count))
        out["local news"] = [read_text(json.loads(line)["text"], id=f"lgl-{n}") for n, line in enumerate(lines)]
    return out | {
        "generated, no conflict": list(corpus(count, 0.0, 3)),
        "a fifth conflict": list(corpus(count, 0.2, 4)),
    }


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lgl", type=Path)
    parser.add_argument("--articles", type=Path, nargs="*", default=[])
    parser.add_argument("--count", type=int, default=60)
    args = parser.parse_args()
    plain, quick = Coder(), Coder(triage=True)
    print("| | articles | event mentions | lost | CPU s without, with | passed over |\n|---|---|---|---|---|---|")
    for name, articles in sets(args.articles, args.lgl, args.count).items():
        coded(plain, articles)  # fills what is remembered of words and names
        before = quick.passed
        (every, slow), (left, fast) = coded(plain, articles), coded(quick, articles)
        lost = (every - left).total()
        print(
            f"| {name} | {len(articles)} | {every.total()} | {lost} | {slow:.1f}, {fast:.1f} | {quick.passed - before} |"
        )


if __name__ == "__main__":
    main()
