"""When a deed was: our own short texts with the day of every marked deed (benchmarks/data/dates.txt).

    python benchmarks/dates.py [--show]

Even texts may be read while rules are made, odd ones only measure; --show prints the misses of the even ones. A day is
right within one day of gold's, as in the scorer of the articles; a month or year where gold says no more.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import predictions
from detente.events.coder import Coder
from detente.reading import read_text

TEXTS = Path(__file__).parent / "data" / "dates.txt"
MARK = re.compile(r"\[\[([^|\]]+)\|([^\]]+)\]\]")


def texts() -> Iterator[tuple[str, str, list[tuple[int, int, str]]]]:
    """Day of publication, plain text, and (start, end, date) of each marked deed."""
    lines = [line for line in TEXTS.read_text("utf8").splitlines() if line and not line.startswith("#")]
    for head, marked in zip(lines[::2], lines[1::2], strict=True):
        plain, deeds, last = "", [], 0
        for mark in MARK.finditer(marked):
            plain += marked[last : mark.start()]
            deeds.append((len(plain), len(plain) + len(mark[1]), mark[2]))
            plain += mark[1]
            last = mark.end()
        yield head.removeprefix("@ "), plain + marked[last:], deeds


def same(found: str | None, gold: str) -> bool:
    """Right as the articles' scorer says: within a day, or equal as far as the coarser of the two goes."""
    if gold == "?" or found is None:
        return gold == "?"
    if found.startswith(gold) or gold.startswith(found):
        return True
    return len(found) == len(gold) == 10 and abs((date.fromisoformat(found) - date.fromisoformat(gold)).days) <= 1


def main() -> None:
    """Code every text, compare, print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print the misses of the even texts")
    args = parser.parse_args()
    coder = Coder()
    tally = {0: [0, 0, 0], 1: [0, 0, 0]}  # deeds, found, dated right
    for number, (published, text, deeds) in enumerate(texts()):
        article = read_text(text, id=f"d{number}", title="", published=date.fromisoformat(published), outlet=None)
        coded, at = coder.code(article), predictions.back(article)
        events = predictions.events(coded, at, {})
        for start, end, gold in deeds:
            own = [e for e in events if e["trigger"]["start"] < end and start < e["trigger"]["end"]]
            right = bool(own) and same(own[0]["date"], gold)
            tally[number % 2] = [a + b for a, b in zip(tally[number % 2], (1, bool(own), right), strict=True)]
            if args.show and number % 2 == 0 and not right:
                print(
                    f"{published} {gold} got {own[0]['date'] if own else 'no event'}: {text[:start]}<<{text[start:end]}>>{text[end:]}"
                )
    for part, name in ((0, "even (read)"), (1, "odd (measure only)")):
        deeds_, found, right = tally[part]
        print(f"{name}: {deeds_} deeds, {found} found, {right} dated right, {100 * right / found:.1f} % of those found")


if __name__ == "__main__":
    main()
