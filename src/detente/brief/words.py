"""House style in words: British dates, small numbers spelled out, lists, quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from detente.records import Sentence, Span

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number(n: int) -> str:
    """Numbers up to ten in words, the rest in figures."""
    return _SMALL[n] if 0 <= n <= 10 else f"{n:,}"


def plural(n: int, one: str, many: str | None = None) -> str:
    """ "one attack", "three attacks", "no attacks"."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def day(when: date | None, year: bool = False) -> str:
    """ "26 March", with the year where asked; "an unknown day" for None."""
    if when is None:
        return "an unknown day"
    return f"{when.day} {when:%B}" + (f" {when.year}" if year else "")


def capital(text: str) -> str:
    """The text with its first letter in upper case, the rest untouched."""
    return text[:1].upper() + text[1:]


def in_prose(name: str) -> str:
    """A name inside a sentence: "United States and coalition" -> "the US and coalition"."""
    if name.casefold().startswith("the "):
        return name
    for full, short in (("United States", "US"), ("United Kingdom", "UK"), ("United Nations", "UN")):
        if name.startswith(full):
            return f"the {short}{name.removeprefix(full)}"
    return name if name[:1].isupper() else f"the {name}"  # "commander of the Guard" is an office


def listed(items: Sequence[str], word: str = "and") -> str:
    """ "a, b and c"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {word} {items[-1]}" if items else ""


def quoted(span: Span, limit: int = 160) -> str:
    """The exact words in quotation marks, cut at a word where they are too long."""
    text = " ".join(span.quote.split())
    if len(text) > limit:
        text = text[:limit].rsplit(" ", 1)[0] + " …"
    return f"“{plain(text)}”"


def plain(text: str) -> str:
    """Inner double quotation marks made single where they pair, dropped where the cut left one alone."""
    paired = re.sub('[“"]([^“”"]+)[”"]', r"‘\1’", text)
    return re.sub('[“”"]', "", paired).strip()


def spans(groups: Iterable[Iterable[Span]], limit: int = 8) -> tuple[Span, ...]:
    """The first few different spans of several groups, order kept."""
    return tuple(dict.fromkeys(span for group in groups for span in group))[:limit]


def said(text: str, evidence: Iterable[Span] = (), computed: str | None = None) -> Sentence:
    """A sentence with its support."""
    return Sentence(text, tuple(evidence), computed)
