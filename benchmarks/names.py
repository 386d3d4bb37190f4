"""How fast actors and places are recognised and resolved, beyond parsing.

    python benchmarks/names.py --in texts.jsonl [--texts 200]

Reads {text} a line; each text is parsed first, outside the clock. Prints articles and words a CPU second of what the
coder does with names: actors found in every paragraph, toponyms found with and without the parse, places resolved.
"""

from __future__ import annotations

import argparse
import gc
import json
import time
from itertools import islice
from pathlib import Path

from detente.events.coder import Coder
from detente.events.pieces import paragraphs
from detente.reading import read_text

LONGEST = 3_000  # characters of a text that are read: an article's worth


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--in", dest="source", type=Path, required=True)
    parser.add_argument("--texts", type=int, default=200)
    args = parser.parse_args()
    coder, parsed = Coder(judge=False), []
    with args.source.open(encoding="utf-8") as file:
        for number, line in enumerate(islice(file, args.texts)):
            article = read_text(json.loads(line)["text"][:LONGEST], id=str(number))
            parsed.append((article, [(at, coder.sentence(coder.nlp(text))) for at, text in paragraphs(article)]))
    words = sum(len(article.text.split()) for article, _ in parsed)
    gc.collect()  # what parsing left behind is no part of the work
    start = time.process_time()
    scenes = [(a, [coder.scene(doc, at) for at, doc in docs]) for a, docs in parsed]
    actors = time.process_time() - start
    for article, made in scenes:
        coder.places(article, made)[0]
    both = time.process_time() - start
    print(f"{len(parsed)} articles, {words / len(parsed):.0f} words each")
    print("| what | articles/CPU s | words/CPU s |\n|---|---|---|")
    print(f"| actors | {len(parsed) / actors:,.0f} | {words / actors:,.0f} |")
    print(f"| actors and places | {len(parsed) / both:,.0f} | {words / both:,.0f} |")


if __name__ == "__main__":
    main()
