"""Numbered evidence notes: each different quotation gets one number, in reading order."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from detente.brief.check import sentences
from detente.brief.words import day
from detente.records import Article, Brief, Sentence, Span


@dataclass(frozen=True, slots=True)
class Note:
    """One quotation with its paragraph cut in three: before, the exact words, after."""

    number: int
    span: Span
    article: Article | None
    before: str
    exact: str
    after: str

    @property
    def source(self) -> str:
        """Outlet, date and title as one line."""
        if self.article is None:
            return self.span.article
        parts = [self.article.outlet or "outlet not known"]
        parts.append(day(self.article.published, year=True) if self.article.published else "undated")
        return ", ".join(parts) + (f": {self.article.title}" if self.article.title else "")

    @property
    def link(self) -> str | None:
        """The address, only where it is a web address."""
        url = (self.article.url or "") if self.article else ""
        return url if re.match(r"https?://[^\s\"'<>]+\Z", url) else None


def _paragraph(text: str, span: Span, reach: int = 500) -> tuple[str, str]:
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    return text[max(start, span.start - reach) : span.start], text[span.end : min(end, span.end + reach)]


class Notes:
    """The notes of one brief; `of` gives the numbers behind a sentence."""

    def __init__(self, brief: Brief, articles: Mapping[str, Article]):
        self.all: list[Note] = []
        self._numbers: dict[tuple[str, int, int], int] = {}
        for sentence in sentences(brief):
            for span in sentence.evidence:
                self._add(span, articles)

    def _add(self, span: Span, articles: Mapping[str, Article]) -> None:
        key = (span.article, span.start, span.end)
        if key in self._numbers:
            return
        article = articles.get(span.article)
        before, after = _paragraph(article.text, span) if article else ("", "")
        self._numbers[key] = len(self.all) + 1
        self.all.append(Note(len(self.all) + 1, span, article, before, span.quote, after))

    def of(self, sentence: Sentence) -> list[int]:
        """Note numbers of a sentence, ascending."""
        return sorted({self._numbers[span.article, span.start, span.end] for span in sentence.evidence})
