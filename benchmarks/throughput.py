"""Words and articles a second of the whole coding path beside bare spaCy on the same text.

    python benchmarks/throughput.py --articles 1000 [--conflict 0.2] [--processes 2] [--seed 1]

The corpus is generated as it is read, so that it can be any size: conflict articles from shuffled paragraphs of the
bundled theatre's reports, others from our own paragraphs on other topics. Times are CPU seconds of one process;
bare spaCy reads at most BARE articles, and its speed is taken for all. Memory is sampled while coding.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import islice
from pathlib import Path

from detente.events.coder import Coder, load_model, paragraphs
from detente.pipeline import gather, load_theatre, theatre_reports
from detente.reading import read_text
from detente.records import Article, Coded

OTHER = Path(__file__).parent / "data" / "other-topics.txt"
BARE = 500  # articles that bare spaCy reads
SAMPLES = 10  # times that memory is looked at


def corpus(count: int, conflict: float, seed: int) -> Iterator[Article]:
    """`count` articles of 8 paragraphs; a share of `conflict` of them about conflict."""
    reports = [a for a in gather(theatre_reports(load_theatre("iraq-2020"))) if isinstance(a, Article)]
    about = [r for r in reports if r.extra.get("facts") or r.extra.get("recalls")]
    split = {
        True: [p for r in about for p in r.text.split("\n\n") if len(p) > 60],
        False: OTHER.read_text("utf-8").strip().split("\n\n"),
    }
    choose = random.Random(seed)
    for n in range(count):
        bank = split[choose.random() < conflict]
        text = "\n\n".join(choose.choice(bank) for _ in range(8))
        yield read_text(text, id=f"t-{n}", published=date(2020, 4, 21))


def memory() -> float:
    """Resident memory of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024**2


def bare(articles: list[Article]) -> float:
    """Words a CPU second of spaCy alone."""
    nlp = load_model()
    texts = [text for article in articles for _, text in paragraphs(article)]
    start = time.process_time()
    for _ in nlp.pipe(texts, batch_size=96):
        pass
    return sum(len(t.split()) for t in texts) / (time.process_time() - start)


def whole(count: int, conflict: float, seed: int) -> tuple[int, int, float, list[float]]:
    """Words, event mentions, CPU seconds and samples of memory of the whole path over a corpus."""
    coder, words, events, samples = Coder(), 0, 0, []
    coder.code(next(corpus(1, 1.0, seed)))
    start = time.process_time()
    for n, (article, coded) in enumerate(coder.code_many(corpus(count, conflict, seed))):
        words += len(article.text.split())
        events += len(coded.events) if isinstance(coded, Coded) else 0
        if n % max(1, count // SAMPLES) == 0:
            samples.append(memory())
    return words, events, time.process_time() - start, samples


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--conflict", type=float, default=1.0, help="share of conflict articles, 0 to 1")
    parser.add_argument("--processes", type=int, default=1, help="also time so many processes, by the clock")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    alone = bare(list(islice(corpus(args.articles, args.conflict, args.seed), BARE)))
    begun = time.perf_counter()
    words, events, seconds, samples = whole(args.articles, args.conflict, args.seed)
    clock = time.perf_counter() - begun
    print(f"{args.articles} articles, {words} words, conflict share {args.conflict:.0%}, {events} event mentions")
    print("| path | words/CPU s | articles/CPU s |\n|---|---|---|")
    print(f"| bare spaCy | {alone:,.0f} | {alone * args.articles / words:.1f} |")
    print(f"| whole coding path | {words / seconds:,.0f} | {args.articles / seconds:.1f} |")
    print(
        f"ratio to bare spaCy {words / seconds / alone:.2f}; memory while coding, MB: {', '.join(f'{m:.0f}' for m in samples)}"
    )
    if args.processes > 1:
        begun = time.perf_counter()
        share = args.articles // args.processes
        with ProcessPoolExecutor(args.processes) as pool:
            jobs = [pool.submit(whole, share, args.conflict, args.seed + n) for n in range(args.processes)]
            done = sum(job.result()[0] for job in jobs)
        spent = time.perf_counter() - begun
        print(f"{args.processes} processes: {done / spent / (words / clock):.2f} times the words of one, by the clock")


if __name__ == "__main__":
    main()
