"""PLOVER's contexts of an article, by the codebook's terms for them."""

from __future__ import annotations

import re
from collections.abc import Collection

from detente.reference.codebook.read import Codebook, Context

_WORDS = re.compile(r"[^\W_]+")  # "pro-democracy" is two words, as in the codebook's terms


def contexts_of(text: str, book: Codebook) -> tuple[str, ...]:
    """PLOVER contexts of an article: those with enough of their terms in it as whole words; longer articles need more."""
    found = _WORDS.findall(text.lower())
    text, least = f" {' '.join(found)} ", 2 + min(2, len(found) // 400)
    single = {*found, *(word[:-1] for word in found if word[-1] == "s")}
    return tuple(name for name, context in book.contexts.items() if _weight(context, text, single) >= least)


def _weight(context: Context, text: str, words: Collection[str]) -> int:
    """How many of a context's terms stand in the text; one inside another is the same word again, a sure one counts twice.

    `text` is its words in order, with a space at both ends; `words` the same, also without their plural's s.
    """
    there = [t for t in {*context.terms, *context.sure} if t in words or (" " in t and _stands(t, text))]
    apart = [t for t in there if not any(t != other and f" {t} " in f" {other} " for other in there)]
    return len(apart) + sum(t in context.sure for t in apart)


def _stands(term: str, text: str) -> bool:
    """A term of several words, or its plural."""
    return f" {term}" in text and (f" {term} " in text or f" {term}s " in text)
