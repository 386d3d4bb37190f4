"""Words and articles a second of the whole coding path beside bare spaCy on the same text, in one process.

    python benchmarks/throughput.py --articles 1000 [--conflict 1.0] [--seed 1]

The corpus is generated: conflict articles from shuffled paragraphs of the bundled theatre's reports, other
articles from its reports on other topics and the codebook's near misses. Times are CPU seconds of this process.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator
from datetime import date

from detente.events.coder import Coder, load_model, paragraphs
from detente.pipeline import gather, load_theatre, theatre_reports
from detente.reading import read_text
from detente.records import Article
from detente.reference.codebook.read import load


def corpus(count: int, conflict: float, seed: int) -> Iterator[Article]:
    """`count` articles of 8 paragraphs; a share of `conflict` of them about conflict."""
    theatre = load_theatre("iraq-2020")
    reports = [a for a in gather(theatre_reports(theatre)) if isinstance(a, Article)]
    split = {True: [], False: []}  # type: dict[bool, list[str]]
    for report in reports:
        about = bool(report.extra.get("facts")) or bool(report.extra.get("recalls"))
        split[about] += [p for p in report.text.split("\n\n") if len(p) > 60]
    dull = [e.text for entry in load().types.values() for e in entry.examples if not e.positive and e.type == "NONE"]
    split[False] += [" ".join(dull[i : i + 3]) for i in range(0, len(dull) - 2, 3)]
    choose = random.Random(seed)
    for n in range(count):
        bank = split[choose.random() < conflict]
        text = "\n\n".join(choose.choice(bank) for _ in range(8))
        yield read_text(text, id=f"t-{n}", published=date(2020, 4, 21))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--conflict", type=float, default=1.0, help="share of conflict articles, 0 to 1")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    articles = list(corpus(args.articles, args.conflict, args.seed))
    words = sum(len(a.text.split()) for a in articles)
    nlp, coder = load_model(), Coder()
    coder.code(articles[0])
    start = time.process_time()
    for article in articles:
        for _ in nlp.pipe([text for _, text in paragraphs(article)]):
            pass
    bare = time.process_time() - start
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    events = sum(len(coder.code(article).events) for article in articles)
    whole = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{len(articles)} articles, {words} words, conflict share {args.conflict:.0%}, {events} event mentions")
    print("| path | words/CPU s | articles/CPU s |\n|---|---|---|")
    print(f"| bare spaCy | {words / bare:,.0f} | {len(articles) / bare:.1f} |")
    print(f"| whole coding path | {words / whole:,.0f} | {len(articles) / whole:.1f} |")
    print(
        f"ratio to bare spaCy {bare / whole:.2f}; peak memory {peak / 1024:.0f} MB (before coding {before / 1024:.0f} MB)"
    )


if __name__ == "__main__":
    main()
