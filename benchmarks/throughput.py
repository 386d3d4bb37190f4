"""Speed, memory and cost of coding mixed news: beside bare spaCy, over a long run, on several processes, Dask and Ray.

    python benchmarks/throughput.py --articles 1000 [--conflict 0.2] [--engines processes:2 dask:2 ray:2] [--minutes 15]

The corpus is generated as it is read (newsgen.py), so that it can be any size. Speeds are by CPU seconds of one process,
in tenths of the run, so that it shows what a longer run costs; bare spaCy reads at most BARE articles, and its speed is
taken for all. Engines code ENGINES of the articles into a dataset, once each by the clock, workers' start left out.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import spacy

from detente.bulk import Recipe, code_archive, open_engine
from detente.events.language import MODEL
from detente.events.pieces import paragraphs
from detente.pipeline import theatre_coder
from detente.reading import read_text
from detente.records import Article, Coded
from newsgen import news

BARE = 300  # articles that bare spaCy reads
ENGINES = 480  # articles that each engine codes: many batches a worker, so that the last ones hardly count
TENTHS = 10
PRICE = 0.0765 / 2  # USD for one vCPU and hour: AWS c6a.large (2 vCPU), on demand, us-east-1, list price
DAY, CC_NEWS = 1_000_000, 100_000_000  # articles of a day of world news, and of a year of CC-NEWS: round assumptions


def corpus(count: int, conflict: float, seed: int, paragraphs: int = 7) -> Iterator[Article]:
    """`count` articles; a share of `conflict` of them about conflict."""
    for each in news(count, conflict, seed, paragraphs):
        yield read_text(each["text"], id=each["id"], published=date.fromisoformat(each["published"]))


def memory() -> float:
    """Resident memory of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1024**2


def bare(articles: list[Article]) -> float:
    """Words a CPU second of spaCy alone, as its package comes: the coder's own parser is quicker (language.py)."""
    nlp = spacy.load(MODEL)
    texts = [text for article in articles for _, text in paragraphs(article)]
    start = time.process_time()
    for _ in nlp.pipe(texts, batch_size=96):
        pass
    return sum(len(t.split()) for t in texts) / (time.process_time() - start)


def whole(articles: Iterator[Article], tenth: int, minutes: float) -> tuple[int, int, int, float]:
    """Code until the articles or the minutes are over, a line for each tenth; articles, words, events, CPU seconds."""
    coder, done, words, events = theatre_coder(None), 0, 0, 0
    coder.code(read_text("Troops shelled the town of Basra.", id="warm"))
    begun, start, mark, seen = time.monotonic(), time.process_time(), time.process_time(), 0
    print("| articles | words/CPU s | articles/CPU s | memory, MB |\n|---|---|---|---|")
    for article, coded in coder.code_many(articles):
        done, words, seen = done + 1, words + len(article.text.split()), seen + len(article.text.split())
        events += len(coded.events) if isinstance(coded, Coded) else 0
        if done % tenth == 0:
            took = time.process_time() - mark
            print(f"| {done:,} | {seen / took:,.0f} | {tenth / took:.1f} | {memory():.0f} |", flush=True)
            mark, seen = time.process_time(), 0
        if time.monotonic() - begun > 60 * minutes:
            print(f"stopped after {minutes:g} minutes by the clock")
            break
    return done, words, events, time.process_time() - start


def family() -> float:
    """CPU seconds that this process and all those it started have used so far."""
    parents, used = {}, {}
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it may end while we look
            parts = (place / "stat").read_text().rpartition(")")[2].split()
            parents[int(place.name)] = int(parts[1])
            used[int(place.name)] = sum(map(int, parts[11:15])) / os.sysconf("SC_CLK_TCK")
    ours, new = set(), {os.getpid()}
    while new:
        ours |= new
        new = {number for number, parent in parents.items() if parent in ours} - ours
    return sum(used.get(number, 0) for number in ours)


def engine_lines(names: list[str], conflict: float, seed: int) -> Iterator[str]:
    """A line for each engine, "processes:2": articles a second by the clock and for each CPU second of all its processes.

    The second tells of the engine's overhead on a machine however busy; the clock, only on a quiet one.
    """
    first = least = None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "news.jsonl")
        source.write_text("".join(json.dumps(each) + "\n" for each in news(ENGINES, conflict, seed)), "utf-8")
        warm = Path(folder, "warm.jsonl")
        warm.write_text("".join(json.dumps(each) + "\n" for each in news(8, conflict, seed + 1)), "utf-8")
        for name in names:
            kind, _, workers = name.partition(":")
            engine = open_engine(kind, int(workers or 1))
            code_archive([str(warm)], Path(folder, f"warm-{name}"), Recipe(), engine, size=2)
            begun, used = time.monotonic(), family()
            code_archive([str(source)], Path(folder, name), Recipe(), engine, size=16)
            took, used = time.monotonic() - begun, family() - used
            engine.close()
            first, least = first or took, least or used
            yield (
                f"| {name} | {ENGINES / took:.1f} | {first / took:.2f} | {ENGINES / used:.1f} | {used / least - 1:+.0%} "
                f"| {os.getloadavg()[0]:.1f} |"
            )


def costs(rate: float) -> Iterator[str]:
    """What so many articles a CPU second come to."""
    hours = 1e6 / rate / 3600
    yield f"1 million articles: {hours:,.0f} CPU hours, {hours * PRICE:,.2f} USD at {PRICE:.5f} USD a vCPU hour"
    yield f"a day of world news ({DAY:,} articles): {DAY / rate / 86400:,.1f} cores, all day"
    year = CC_NEWS / rate / 3600
    yield f"a year of CC-NEWS ({CC_NEWS:,} articles): {year:,.0f} CPU hours, {year * PRICE:,.0f} USD, {year / 24 / 100:,.1f} days on 100 cores"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--conflict", type=float, default=0.2, help="share of conflict articles, 0 to 1")
    parser.add_argument("--paragraphs", type=int, default=7, help="of each article")
    parser.add_argument(
        "--engines", nargs="*", default=[], help="also code with these, by the clock: processes:1 dask:2"
    )
    parser.add_argument("--minutes", type=float, default=60, help="stop after so long, by the clock")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    given = args.conflict, args.seed, args.paragraphs
    alone = bare(list(islice(corpus(args.articles, *given), BARE)))
    done, words, events, seconds = whole(corpus(args.articles, *given), max(1, args.articles // TENTHS), args.minutes)
    print(f"\n{done:,} articles, {words:,} words, conflict share {args.conflict:.0%}, {events:,} event mentions")
    print("| path | words/CPU s | articles/CPU s |\n|---|---|---|")
    print(f"| bare spaCy | {alone:,.0f} | {alone * done / words:.1f} |")
    print(f"| whole coding path | {words / seconds:,.0f} | {done / seconds:.1f} |")
    print(f"ratio to bare spaCy {words / seconds / alone:.2f}")
    for line in costs(done / seconds):
        print(line)
    if args.engines:
        print(
            "\n| engine | articles/s by the clock | times the first | articles/CPU s of all processes | overhead | load |"
        )
        print("|---|---|---|---|---|---|")
        for line in engine_lines(args.engines, args.conflict, args.seed):
            print(line, flush=True)


if __name__ == "__main__":
    main()
