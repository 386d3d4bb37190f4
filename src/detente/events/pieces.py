"""What of an article is parsed, and how much of several articles at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from detente.records import Article

LONGEST = 4_000  # characters of one paragraph that are parsed at a time; longer ones are cut at spaces
BOOK = 500_000  # characters: a longer text is no report, and would take minutes and gigabytes
TOGETHER = 240  # paragraphs judged together: enough for many sentences of each length
AHEAD = 120_000  # characters read ahead for them
Pieces = list[tuple[int, str]]  # offset and text of the paragraphs of one article
_LINES = re.compile(r"[^\n]+")


def groups(articles: Iterable[tuple[Article, Pieces]]) -> Iterator[list[tuple[Article, Pieces]]]:
    """Articles in groups of about TOGETHER paragraphs, and of no more than AHEAD characters."""
    group: list[tuple[Article, Pieces]] = []
    for article, pieces in articles:
        group.append((article, pieces))
        texts = [text for _, found in group for _, text in found]
        if len(texts) >= TOGETHER or sum(map(len, texts)) >= AHEAD:
            yield group
            group = []
    if group:
        yield group


def pieces_of(article: Article) -> Pieces:
    """The paragraphs of an article; none of a text longer than a book, which is not coded."""
    return list(paragraphs(article)) if len(article.text) <= BOOK else []


def paragraphs(article: Article) -> Iterator[tuple[int, str]]:
    """(offset, text) of each paragraph to parse: datelines left out, over-long lines cut at spaces."""
    datelines = [(z.start, z.end) for z in article.zones if z.kind == "dateline"]
    skip = {(z.start, z.end) for z in article.zones if z.kind == "subhead"}
    for line in _LINES.finditer(article.text):
        start, end = line.start(), line.end()
        for low, high in datelines:
            if low <= start < high:
                start = min(high, end)
                while start < end and article.text[start].isspace():
                    start += 1
        if (start, end) in skip:
            continue
        while start < end:
            stop = end
            if end - start > LONGEST:
                stop = article.text.rfind(" ", start, start + LONGEST)
                stop = start + LONGEST if stop <= start else stop
            if article.text[start:stop].strip():
                yield start, article.text[start:stop]
            start = stop
