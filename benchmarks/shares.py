"""Where the CPU time of coding goes, step by step: `python benchmarks/shares.py [--articles 40]`.

Conflict articles of `throughput.py`'s own corpus, coded once to fill what is remembered of words and names, then
several times in turn with bare spaCy, the least of each told. Each step is timed without the steps inside it, and set beside what bare spaCy takes
for the same paragraphs; no profiler, which would make small Python functions look dearer than they are.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from typing import Any

import spacy

from detente.events import coder as coding
from detente.events.encoder import Encoder
from detente.events.language import MODEL
from detente.events.memory import Memory
from detente.events.pieces import paragraphs
from detente.events.work import Work
from detente.pipeline import theatre_coder
from throughput import corpus

STEPS = (
    (coding.Coder, "_parsed", "parser"), (Encoder, "vectors", "encoder"), (coding.Coder, "_readings", "rest of the judge"),
    (coding, "candidates", "candidates"), (coding, "deeds", "deeds weighed"), (Work, "paragraph", "events put together"), (coding.Coder, "places", "places"),
    (coding.Coder, "scene", "actors"), (Memory, "remember", "names for pronouns"),
)  # fmt: skip


class Watch:
    """CPU seconds by step, each without those it calls."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._inner: list[float] = []

    def timed(self, function: Callable[..., Any], step: str) -> Callable[..., Any]:
        """The function, its time counted under `step`; a generator is run to its end."""

        def run(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            self._inner.append(0.0)
            made = function(*args, **kwargs)
            made = iter(list(made)) if hasattr(made, "__next__") else made
            took = time.process_time() - start
            self.spent[step] += took - self._inner.pop()
            if self._inner:
                self._inner[-1] += took
            return made

        return run


def seconds(stream: Iterable[Any]) -> float:
    """CPU seconds until the stream is at its end."""
    start = time.process_time()
    deque(stream, maxlen=0)
    return time.process_time() - start


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--conflict", type=float, default=1.0, help="share of conflict articles, 0 to 1")
    parser.add_argument(
        "--rounds", type=int, default=5, help="bare spaCy and the coder in turn, the least of each told"
    )
    args = parser.parse_args()
    coder, articles = theatre_coder(None), list(corpus(args.articles, args.conflict, 1))
    texts = [text for article in articles for _, text in paragraphs(article)]
    bare, watch = spacy.load(MODEL), Watch()
    deque(bare.pipe(texts[:40]), maxlen=0)
    deque(coder.code_many(articles), maxlen=0)
    for owner, name, step in STEPS:
        setattr(owner, name, watch.timed(getattr(owner, name), step))
    alone = whole = float("inf")
    for _ in range(args.rounds):  # in turn: on a machine that others use too, the least of several is nearest the truth
        alone = min(alone, seconds(bare.pipe(texts, batch_size=coding.PARSED)))
        watch.spent.clear()
        took = seconds(coder.code_many(articles))
        if took < whole:
            whole, steps = took, watch.spent.most_common()
    print("| step | share | beside bare spaCy |\n|---|---|---|")
    for step, took in steps:
        print(f"| {step} | {took / whole:.1%} | {took / alone:.2f} |")
    print(f"| all | | {whole / alone:.2f} |\n\nratio to bare spaCy {alone / whole:.2f}")


if __name__ == "__main__":
    main()
