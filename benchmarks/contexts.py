"""What an article is about: our own short articles with PLOVER's contexts (benchmarks/data/contexts.txt).

    python benchmarks/contexts.py [--show]

Even texts may be read while terms are chosen, odd ones only measure; --show prints the misses of the even ones. Then the
codebook's own paragraphs: of how many the context is found, and how many near misses are taken for it.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from detente.events.contexts import contexts_of
from detente.reference.codebook.read import Codebook, load

TEXTS = Path(__file__).parent / "data" / "contexts.txt"


def texts() -> Iterator[tuple[frozenset[str], str]]:
    """The contexts and the text of each article."""
    lines = [line for line in TEXTS.read_text("utf8").splitlines() if line and not line.startswith("#")]
    for head, text in zip(lines[::2], lines[1::2], strict=True):
        yield frozenset(name.strip() for name in head.removeprefix("@ ").split(",")), text


def main() -> None:
    """Compare and print one line a half."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print the misses of the even texts")
    args = parser.parse_args()
    book = load()
    tally = [[0, 0, 0], [0, 0, 0]]  # right, found, gold
    for number, (gold, text) in enumerate(texts()):
        if unknown := gold - set(book.contexts):
            raise SystemExit(f"text {number}: no context {', '.join(sorted(unknown))} in the codebook")
        found = set(contexts_of(text, book))
        both = (len(gold & found), len(found), len(gold))
        tally[number % 2] = [a + b for a, b in zip(tally[number % 2], both, strict=True)]
        if args.show and number % 2 == 0 and found != gold:
            print(f"missed {sorted(gold - found)}, too many {sorted(found - gold)}: {text}")
    for part, name in ((0, "even (read)"), (1, "odd (measure only)")):
        right, found_, gold_ = tally[part]
        precision, recall = right / max(found_, 1), right / gold_
        f1 = 200 * right / (found_ + gold_)
        print(f"{name}: P {100 * precision:.1f} R {100 * recall:.1f} F1 {f1:.1f} ({gold_} contexts)")
    print(own(book, args.show))


def own(book: Codebook, show: bool) -> str:
    """One line on the codebook's own paragraphs; `show` prints those that are misread."""
    right, seen = Counter[bool](), Counter[bool]()
    for context in book.contexts.values():
        for paragraph in context.paragraphs:
            has = context.name in contexts_of(paragraph.text, book)
            seen[paragraph.positive] += 1
            right[paragraph.positive] += has == paragraph.positive
            if show and has != paragraph.positive:
                print(f"{context.name} {'missed' if paragraph.positive else 'falsely found'}: {paragraph.text}")
    return f"codebook: {right[True]} of {seen[True]} examples found, {seen[False] - right[False]} of {seen[False]} near misses taken for it"


if __name__ == "__main__":
    main()
