"""Nothing is published that no exact words, no stated computation and no person stands behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from detente.records import Article, Brief, Sentence

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_JUDGED = re.compile(r"\b(?:may|could|might)\b")  # lower case only: "May" is a month
_LIKELY = re.compile(
    r"\b(?:remote chance|(?:very |highly |almost )?(?:un)?likely|probabl[ey]|improbable|even chance|"
    r"almost (?:certain|no chance)|realistic possibility|nearly certain)\b",
    re.IGNORECASE,
)
_CONFIDENCE = re.compile(r"\bconfiden(?:ce|t)\b", re.IGNORECASE)


def sentences(brief: Brief) -> Iterator[Sentence]:
    """Every sentence of the brief, in reading order, table cells included."""
    yield brief.headline
    yield brief.standfirst
    for block in brief.blocks:
        yield from block.sentences
        for row in block.rows:
            yield from row


def unsupported(brief: Brief, articles: Mapping[str, Article]) -> list[str]:
    """What stands in the way of publishing: unsupported sentences, and quotations not found in their article."""
    wrong = []
    for each in sentences(brief):
        if not each.text.strip():
            continue
        if not each.evidence and not (each.computed or "").strip() and not each.editorial:
            wrong.append(f"nothing supports: {each.text}")
        for span in each.evidence:
            article = articles.get(span.article)
            if article is None:
                wrong.append(f"the article {span.article} is not at hand: {each.text}")
            elif not span.quote or article.text[span.start : span.end] != span.quote:
                wrong.append(f"the quotation does not stand in {span.article} at {span.start}: {each.text}")
    return wrong


def lint(brief: Brief) -> list[str]:
    """Judgements worded against the yardstick: may, could or might; a likelihood and a confidence in one sentence."""
    wrong = []
    for each in sentences(brief):
        own = _QUOTED.sub("", each.text)
        if found := _JUDGED.search(own):
            wrong.append(f"'{found.group()}' is no judgement: {each.text}")
        if _LIKELY.search(own) and _CONFIDENCE.search(own):
            wrong.append(f"likelihood and confidence in one sentence: {each.text}")
    return wrong
