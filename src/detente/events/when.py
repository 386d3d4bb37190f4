"""When: temporal expressions in a parsed text as intervals of days, and the one that dates an event.

Tense decides between the last and the next such day; the day of publication is the only reference. Without
it, full dates resolve and everything relative stays "unresolved" with no days at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Words_

from detente.events.datewords import Words, find_words, resolve
from detente.records import Interval, Span

_AHEAD_WORDS = set(
    [
        "due",
        "set",
        "plan",
        "plans",
        "planned",
        "plan",
        "schedule",
        "scheduled",
        "slate",
        "slated",
        "expect",
        "expected",
        "intend",
        "prepare",
        "agree",
        "promise",
        "vow",
        "threaten",
        "hope",
        "offer",
        "pledge",
        "propose",
        "poise",
        "bound",
        "ready",
        "want",
        "decide",
        "call",
        "invite",
    ]
)
_AHEAD_AUX = {"will", "'ll", "’ll", "shall", "wo", "may", "might", "could", "can", "would", "should", "must"}
_CLAUSES = {"ccomp", "relcl", "advcl", "csubj", "parataxis", "acl"}
_PHRASE = {
    "pobj", "prep", "npadvmod", "nummod", "compound", "amod", "advmod", "nmod", "pcomp", "det", "poss", "tmod", "appos",
    "quantmod", "punct", "case", "dep", "attr", "mark", "dobj", "agent",
}  # fmt: skip
_UNRESOLVED = "unresolved"


def find_dates(doc: Doc, published: date | None) -> list[Interval]:
    """Every temporal expression of the text with its span (article ""), resolved against `published`."""
    found: list[Interval] = []
    anchor: date | None = None
    for words in find_words(doc.text):
        span = doc.char_span(words.start, words.end, alignment_mode="expand")
        if span is None or _is_false(words, span):
            continue
        interval = _interval(words, doc.text, published, _looks_ahead(_governor(span.root), words), anchor, span)
        if interval is None:
            continue
        found.append(interval)
        if interval.precision == "day" and words.kind not in ("within", "past"):
            anchor = interval.start
    return found


def date_for(
    doc: Doc, token_index: int, intervals: Sequence[Interval], *, published: date | None, future: bool
) -> Interval | None:
    """The interval that dates the event at `token_index`, or None where the text does not say.

    First what hangs on the event's own clause or noun phrase, then what its head clause says, then the
    nearest in the sentence that no other clause owns. `future` re-reads bare weekdays and months.
    """
    event = doc[token_index]
    ranked: list[tuple[int, int, Interval]] = []
    for interval in intervals:
        root = _root(doc, interval)
        if root is None or root.sent != event.sent:
            continue
        step = _distance(event, root, interval)
        if step is not None:
            known = 0 if interval.start is not None or published is None else 3
            ranked.append((step + known, abs(root.i - event.i), interval))
    if not ranked:
        return None
    best = min(ranked, key=lambda r: r[:2])[2]
    return _reread(doc, best, event, intervals, published, future)


def deadline(doc: Doc, start: int, end: int, published: date | None) -> Interval | None:
    """The time limit named within text[start:end]: 'within a week', 'by dusk', '48 hours', 'before the snow'."""
    text = doc.text[start:end]
    for match in _LIMIT.finditer(text):
        at, stop = start + match.start(), start + match.end()
        words = next((w for w in find_words(doc.text) if w.start < stop and at < w.end and w.end <= end + 1), None)
        span = Span("", at, max(stop, words.end if words else stop), "")
        span = replace(span, quote=doc.text[span.start : span.end])
        days = _limit_days(match, words, published)
        if days is None:
            return Interval(None, None, _UNRESOLVED, span.quote, span)
        return Interval(days[0], days[1], "day" if days[0] == days[1] else "range", span.quote, span)
    return None


# -------------------------------------------------------------------------------------------- finding
def _interval(
    words: Words, text: str, published: date | None, future: bool, anchor: date | None, span: Words_ | None = None
) -> Interval | None:
    quote = text[words.start : words.end]
    if words.kind == "for" and span is not None and not _still(_governor(span.root)):
        return None  # "met for three hours", "jailed for ten years": a length, not a time
    days = resolve(words, published, future, anchor)
    where = Span("", words.start, words.end, quote)
    if days is None:
        return Interval(None, None, _UNRESOLVED, quote, where)
    return Interval(*days, quote, where)


def _is_false(words: Words, span: Words_) -> bool:
    """Months that are names or verbs, years that are numbers, 'march' and 'may'."""
    token = span[-1]
    if words.kind in ("month", "monthday") and token.lower_ in ("march", "may") and len(span) == 1:
        return token.tag_ in ("MD", "VB") or token.ent_type_ in ("PERSON", "GPE", "ORG")
    return words.kind == "weekday" and span.root.ent_type_ == "PERSON"


def _root(doc: Doc, interval: Interval) -> Token | None:
    if interval.span is None:
        return None
    span = doc.char_span(interval.span.start, interval.span.end, alignment_mode="expand")
    return None if span is None else span.root


def _governor(token: Token) -> Token:
    """The verb or noun whose time the expression at `token` tells."""
    while token.head != token and token.dep_ in _PHRASE:
        token = token.head
        if token.pos_ in ("VERB", "AUX") or (
            token.pos_ in ("NOUN", "PROPN") and token.ent_type_ not in ("DATE", "TIME")
        ):
            return token
    return token


def _looks_ahead(governor: Token, words: Words) -> bool:
    """Does the clause around the expression look ahead: will, is due to, plans to, to + verb, until, by?"""
    if words.lead in ("by", "until", "till") and not _is_past(governor):
        return True
    token = governor
    for _ in range(4):
        if _verb_ahead(token):
            return True
        if token.head == token or token.dep_ in ("ccomp", "relcl", "ROOT") or (token.tag_ == "VBD"):
            break
        token = token.head
    return any(t.lower_ in ("planned", "scheduled", "due", "expected", "slated") for t in governor.children)


def _verb_ahead(token: Token) -> bool:
    if token.lower_ in ("planned", "scheduled", "due", "slated", "expected", "plans"):
        return True
    for child in token.children:
        if child.dep_ == "aux" and child.lower_ in _AHEAD_AUX:
            return not any(c.lower_ == "have" for c in token.children)
        if child.dep_ == "aux" and child.lower_ == "to" and token.dep_ in ("xcomp", "acl", "advcl", "ccomp"):
            return token.head.lemma_.lower() in _AHEAD_WORDS | {"be"} or token.dep_ == "acl"
        if child.dep_ == "aux" and child.lower_ == "to" and token.dep_ == "ROOT":
            return True
    return token.tag_ == "VBG" and any(c.lower_ in ("is", "are") for c in token.children) and token.lemma_ == "go"


def _is_past(token: Token) -> bool:
    return token.tag_ == "VBD" or any(c.dep_ in ("aux", "auxpass") and c.tag_ == "VBD" for c in token.children)


def _still(token: Token) -> bool:
    """Present perfect or present: 'has held for five weeks', 'no rockets for three weeks'."""
    while token.pos_ not in ("VERB", "AUX") and token.head != token:
        token = token.head
    if any(c.dep_ in ("aux", "auxpass") and c.lower_ in ("has", "have", "'ve", "had") for c in token.children):
        return True
    return token.tag_ in ("VBZ", "VBP") and token.lemma_ != "say"


# ------------------------------------------------------------------------------------------ attaching
def _distance(event: Token, root: Token, interval: Interval) -> int | None:
    """How far the expression at `root` is from the event, in clauses; None where another clause owns it."""
    governor = _governor(root)
    if governor == event or (event in (governor.head,) and governor.dep_ in ("prep", "pobj", "dobj", "nsubj")):
        return 0
    chain = list(_clause_heads(event))
    if governor in chain:
        return 1 + chain.index(governor)
    # a noun or participle below the event's clause: "the bombing on Sunday, which wounded six"
    for up in governor.ancestors:
        if up == event and not _crosses(governor, event):
            return 2
    if event.dep_ in ("relcl", "acl") and event.head in (governor, *governor.children):
        return 3
    return None


def _crosses(low: Token, top: Token) -> bool:
    """Is there a clause border between `low` and its ancestor `top`?"""
    token = low
    while token != top:
        if token.dep_ in ("ccomp", "relcl", "parataxis", "csubj") or (
            token.dep_ in ("advcl", "conj") and token.pos_ == "VERB"
        ):
            return True
        token = token.head
    return False


def _clause_heads(event: Token) -> Iterator[Token]:
    """The words above the event whose time is also its own, nearest first."""
    token = event
    while token.head != token:
        head = token.head
        if token.dep_ in ("relcl", "ccomp", "parataxis", "csubj") or (token.dep_ == "acl" and token.tag_ != "VBN"):
            return
        if token.dep_ == "xcomp" and head.lemma_.lower() in _AHEAD_WORDS | {"refuse", "order", "ask", "urge"}:
            return
        if token.dep_ == "advcl" and any(
            c.dep_ == "mark" and c.lower_ in ("after", "before", "since", "if", "unless", "until")
            for c in token.children
        ):
            return
        yield head
        token = head


def _reread(
    doc: Doc, interval: Interval, event: Token, intervals: Sequence[Interval], published: date | None, future: bool
) -> Interval:
    """The interval again with the event's own tense, and shifted for 'a day after …' clauses."""
    span = interval.span
    if span is None:
        return interval
    words = next((w for w in find_words(doc.text) if w.start == span.start), None)
    if words is None or words.kind in ("shift", "sameday"):
        return interval
    return _interval(words, doc.text, published, future, None) or interval


# ------------------------------------------------------------------------------------------ deadlines
_LIMIT = re.compile(
    r"\b(?P<within>within|inside|in) (?:the (?:next|coming) )?(?:an? |\w+ |\d+ )(?:hours?|days?|weeks?|months?|years?)\b"
    r"|\b(?P<by>by|before|until|till|no later than|not later than|ahead of) (?!the (?:army|police|government))"
    r"(?=(?:the )?(?:end|start|beginning|dusk|dawn|noon|midnight|night|night-?fall|morning|evening|tomorrow|today|snow|rains?"
    r"|winter|spring|summer|autumn|harvest|election|summit|next|this|Easter|Christmas|Ramadan|Eid|New Year|\d|Mon|Tue|Wed|Thu|Fri|Sat|Sun"
    r"|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))(?:the |next |this )?(?:\w+)(?: of (?:the )?\w+)?"
    r"|\b(?P<span>(?:\d+|an?|two|three|four|five|six|seven|ten|twelve|twenty-four|forty-eight|seventy-two)[ -](?:hours?|days?|weeks?|months?))\b"
    r"(?= (?:to|deadline|ultimatum|notice|in which)|['’]|$|[.,;])",
)  # fmt: skip
_UNIT_DAYS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0}


def _limit_days(match: re.Match[str], words: Words | None, published: date | None) -> tuple[date, date] | None:
    if words is not None and not (match["within"] or match["span"]):
        days = resolve(words, published, True)
        return None if days is None else ((days[1], days[1]) if days[2] != "day" else (days[0], days[1]))
    if published is None:
        return None
    text = match.group()
    if match["by"]:
        today = re.search(r"dusk|dawn|noon|midnight|\bnight|nightfall|morning|evening|today", text)
        return (published, published + timedelta(1)) if today else None
    from detente.events.numbers import read_number

    unit = re.search(r"hour|day|week|month|year", text)
    n = read_number(text)
    if unit is None or n is None:
        return None
    try:
        return published, published + timedelta(-(-n * _UNIT_DAYS[unit[0]] // 1))
    except OverflowError:
        return None
