"""Measures who is meant in the run of an article: `python benchmarks/grounding.py [--wrong] [--part read|count]`.

`benchmarks/data/grounding.txt` holds articles of our own with marked words: 'the army', 'its forces', 'both sides',
pronouns. Each is asked for with what the coder remembers at that point; right is the labelled actor, or one of several
that may stand, or nobody where the label is '-'. Half of the articles were read while rules were made.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from detente.events.coder import Coder
from detente.events.mentions import mentions
from detente.events.pieces import paragraphs
from detente.reading.article import read_text

SET = Path(__file__).parent / "data" / "grounding.txt"
_MARK = re.compile(r"\[([^\]|]+)\|([^\]]+)\]")


@dataclass(frozen=True)
class Marked:
    """An article with marks: (start, end in the raw text, label)."""

    name: str
    part: str
    published: date
    text: str
    marks: tuple[tuple[int, int, str], ...]


def articles(path: Path = SET) -> Iterator[Marked]:
    """The file's articles, their marks taken out of the text."""
    for block in re.split(r"^= ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        head, _, body = block.partition("\n")
        part, name, day = head.split()
        text, marks, last = "", [], 0
        for m in _MARK.finditer(body):
            text += body[last : m.start()]
            marks.append((len(text), len(text) + len(m[1]), m[2]))
            text, last = text + m[1], m.end()
        yield Marked(name, part, date.fromisoformat(day), (text + body[last:]).strip() + "\n", tuple(marks))


def asked(coder: Coder, marked: Marked) -> Iterator[tuple[str, str, str]]:
    """(words, label, answer) of each mark that stands in the article as read."""
    article = read_text(marked.text, id=marked.name, published=marked.published)
    pieces = list(paragraphs(article))
    scenes = [coder.scene(coder.sentence(coder.nlp(text)), start) for start, text in pieces]
    memory = coder.memory(article, scenes, *coder.places(article, scenes))
    at = 0
    todo = []
    for start, end, label in marked.marks:
        words, before = marked.text[start:end], marked.text[max(0, start - 12) : start]
        found = article.text.find(before + words, at)  # a dateline may have been taken off before it
        at = found + len(before) if found >= 0 else article.text.index(words, at)
        todo.append((at, words, label))
    for scene in scenes:
        memory.remember(scene)
        for start, words, label in todo:
            low = start - scene.offset
            if 0 <= low < len(scene.doc.text):
                span = scene.doc.char_span(low, low + len(words), alignment_mode="expand")
                found = mentions(scene, span.root, memory)
                yield words, label, "+".join(sorted(m.actor or "-" for m in found))


def right(label: str, answer: str) -> bool:
    """Whether an answer is one of those that may stand."""
    return answer in {"+".join(sorted(each.split("+"))) for each in label.split("/")}


def main() -> None:
    """Prints the share that is right, by part of the set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("read", "count"))
    parser.add_argument("--wrong", action="store_true", help="list wrong answers (of the part that may be read)")
    args = parser.parse_args()
    coder = Coder(judge=False)
    for part in ("read", "count"):
        if args.part not in (None, part):
            continue
        hits = total = wrongly = 0
        for marked in articles():
            if marked.part != part:
                continue
            for words, label, answer in asked(coder, marked):
                ok = right(label, answer)
                hits, total = hits + ok, total + 1
                wrongly += not ok and answer != "-"
                if args.wrong and part == "read" and not ok:
                    print(f"{marked.name}: '{words}' is {label}, read as {answer}")
        print(f"{part}: {hits} of {total} right ({100 * hits / total:.1f} %), {wrongly} another actor")


if __name__ == "__main__":
    main()
