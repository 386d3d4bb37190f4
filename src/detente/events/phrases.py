"""Drafts of attributions as token sets, and the pieces of a parse they are made of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from detente.events.tokens import Doc, Token

Offsets = tuple[int, int]
_CLAUSES = {"relcl", "advcl", "parataxis", "ccomp"}
FINITE = {"VBD", "VBZ", "VBP", "MD"}


@dataclass(slots=True, eq=False)
class Draft:
    """A relation in the making, as sets of token indices; `within` is the draft that encloses it."""

    cue: set[int]
    source: set[int]
    content: set[int] = field(default_factory=set)
    stance: str = "asserts"
    hedge: str | None = None
    kind: str = "indirect"
    takes_quote: bool = True
    extra: list[Offsets] = field(default_factory=list)
    within: Draft | None = None


def subtree(token: Token) -> set[int]:
    """Indices of a token and everything below it."""
    return {t.i for t in token.subtree}


def below(token: Token, deps: Iterable[str]) -> set[int]:
    """Indices of the subtrees of the children with one of these relations."""
    return {i for c in token.children if c.dep_ in deps for i in subtree(c)}


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of these relations."""
    return next((c for c in token.children if c.dep_ in deps), None)


def verb_above(token: Token) -> Token:
    """The nearest verb above (or at) a token, or the root of its sentence."""
    while token.pos_ not in ("VERB", "AUX") and token.head != token:
        token = token.head
    return token


def noun_phrase(noun: Token) -> set[int]:
    """A noun phrase without its relative clauses, unbroken, within its line."""
    kept = subtree(noun)
    for part in noun.subtree:
        if part.i != noun.i and (part.dep_ in _CLAUSES or (part.dep_ == "acl" and part.i > noun.i)):
            kept -= subtree(part)
    kept.add(noun.i)
    return _run(kept, noun)


def _run(kept: set[int], noun: Token) -> set[int]:
    """The unbroken run around `noun`: a comma may stand inside it, a line break may not."""
    run = {noun.i}
    for step in (1, -1):
        at = noun.i + step
        while at in kept and not noun.doc[at].is_space and not (step > 0 and _set_off(noun.doc, at)):
            run.add(at)
            at += step
    doc = noun.doc
    for edge in (max, min):
        while len(run) > 1 and doc[edge(run)].is_punct and doc[edge(run)].text not in (")", "(", "."):
            run.discard(edge(run))
    return run


def _set_off(doc: Doc, at: int) -> bool:
    """', in a video', ', on Monday': what a comma sets off after a name says how or when, not who."""
    return doc[at].text == "," and at + 1 < len(doc) and doc[at + 1].lower_ in ("in", "on", "via", "during", "through")


def paragraph_of(doc: Doc, index: int) -> range:
    """The token range of the paragraph that holds a token: breaks are tokens with two newlines."""
    return _line(doc, index, 0, len(doc))


def sentence_of(token: Token) -> range:
    """The token range of the sentence, cut at line breaks."""
    sent = token.sent
    return _line(token.doc, token.i, sent.start, sent.end)


def _line(doc: Doc, index: int, low: int, high: int) -> range:
    """The tokens of [low, high) around one, up to the line breaks beside it."""
    breaks = _breaks(doc)
    before, after = bisect_left(breaks, index), bisect_right(breaks, index)
    first = breaks[before - 1] + 1 if before else low
    end = breaks[after] if after < len(breaks) else high
    return range(max(low, first), min(high, end))


def _breaks(doc: Doc) -> list[int]:
    """Where the tokens stand that break a line, found once a text."""
    if _KEY not in doc.user_data:
        doc.user_data[_KEY] = [t.i for t in doc if t.is_space and "\n" in t.text]
    found: list[int] = doc.user_data[_KEY]
    return found


_KEY = "detente-breaks"
