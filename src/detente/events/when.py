"""When: temporal expressions in a parsed text as intervals of days, and the one that dates an event.

Tense decides between the last and the next such day; the day of publication is the only reference. Without
it, full dates resolve and everything relative stays "unresolved" with no days at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from detente.events.datecalc import resolve
from detente.events.datewords import Words, find_words
from detente.events.daymath import Days, shifted
from detente.events.deadlines import deadline
from detente.events.numbers import read_number
from detente.events.phrases import verb_above
from detente.events.tense import AHEAD_WORDS, governor_of, looks_ahead, still
from detente.events.tokens import Doc, Token
from detente.events.tokens import Span as Words_
from detente.records import Interval, Span

__all__ = ["date_for", "deadline", "find_dates"]

_OTHER_TIME = {"before", "since", "if", "unless", "until", "though", "although"}
# words for what people do about a deed afterwards: "anger at the bombing" and "its account of the strike" have their own day
_AFTERWARDS = frozenset(
    "account anger outrage fury grief response reaction reply retaliation revenge retribution protest inquiry probe "
    "investigation anniversary toll tally react respond condemn denounce protest avenge mourn bury commemorate investigate "
    "deplore hand".split()
)


def find_dates(doc: Doc, published: date | None) -> list[Interval]:
    """Every temporal expression of the text with its span (article ""), resolved against `published`."""
    found: list[Interval] = []
    anchor: date | None = None
    for words in find_words(doc.text):
        span = doc.char_span(words.start, words.end, alignment_mode="expand")
        if span is None or _is_false(words, span):
            continue
        interval = _interval(words, doc.text, published, looks_ahead(governor_of(span.root), words), anchor, span)
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
        if (
            root is None
            or root.sent != event.sent
            or (_lead(doc, interval) in ("until", "till", "to") and not _when_clause(event, root))
        ):
            continue
        if (after := _after_clause(doc, event, interval, intervals)) is not None:
            return after
        step = _distance(event, root)
        if step is None and not told_afterwards(event) and _beside(event, root):
            step = 6
        if step is not None:
            unknown = interval.start is None and published is not None
            ranked.append((step + 3 * unknown, abs(root.i - event.i), interval))
    if not ranked:
        return None
    return _reread(doc, min(ranked, key=lambda r: r[:2])[2], event, published, future)


# -------------------------------------------------------------------------------------------- finding
def _interval(
    words: Words, text: str, published: date | None, future: bool, anchor: date | None, span: Words_ | None = None
) -> Interval | None:
    quote = text[words.start : words.end]
    if words.kind == "for" and span is not None and not still(governor_of(span.root)):
        return None  # "met for three hours", "jailed for ten years": a length, not a time
    days = resolve(words, published, future, anchor)
    where = Span("", words.start, words.end, quote)
    if days is None:
        return Interval(None, None, "unresolved", quote, where)
    first, last, precision = days
    return Interval(first, last, precision, quote, where)


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
    if span is None:
        return None
    return (
        next((c for c in span.root.children if c.dep_ == "pobj"), span.root) if span.root.dep_ == "prep" else span.root
    )


# ------------------------------------------------------------------------------------------ attaching
def _distance(event: Token, root: Token) -> int | None:
    """How far the expression at `root` is from the event, in clauses; None where another clause owns it."""
    governor = governor_of(root)
    if _when_clause(event, root):
        return 0
    if (
        root.dep_ in ("compound", "nmod", "poss")
        and root.i
        and root.nbor(-1).dep_ == "prep"
        and root.ent_type_ == "DATE"
    ):
        governor = verb_above(root.nbor(-1))  # "on Tuesday Kenya's parliament": the day is no part of the name
    elif root.dep_ in ("nummod", "compound", "amod") and root.head.ent_type_ not in ("DATE", "TIME"):
        return 0 if root.head == event else None  # "the 2021 understanding"
    if governor == event or (event == governor.head and governor.dep_ in ("prep", "pobj", "dobj", "nsubj")):
        return 0
    chain = list(_clause_heads(event))
    if governor in chain:
        return 1 + chain.index(governor)
    for up in governor.ancestors:
        if up == event and not _crosses(governor, event):
            return 2
    return None


def _when_clause(event: Token, root: Token) -> bool:
    """'since 4 July, when the pylon was mined': the clause is about that very day."""
    verb = verb_above(event)
    return any(c.lower_ in ("when", "whereupon") and 0 < c.i - root.i <= 3 for c in verb.children)


def _beside(event: Token, root: Token) -> bool:
    """Nothing but names and nouns between the two: the parser lost the tie ("in 2019 mines maimed five")."""
    first, last = sorted((event.i, root.i))
    between = event.doc[first + 1 : last]
    return len(between) < 8 and not any(
        t.pos_ in ("VERB", "AUX", "SCONJ") or t.text in (",", ";", ":") for t in between
    )


def _lead(doc: Doc, interval: Interval) -> str | None:
    root = _root(doc, interval)
    if interval.span is None or root is None:
        return None
    at = doc.char_span(interval.span.start, interval.span.end, alignment_mode="expand")
    return doc[at.start - 1].lower_ if at is not None and at.start > 0 else None


def _after_clause(doc: Doc, event: Token, interval: Interval, intervals: Sequence[Interval]) -> Interval | None:
    """'freed on Thursday, two months after their capture': the taking lies six weeks before the freeing."""
    span = interval.span
    words = (
        next((w for w in find_words(doc.text) if span and w.start == span.start), None)
        if "after" in interval.text
        else None
    )
    if words is None or words.kind != "shift" or span is None or event.idx < span.end:
        return None
    between = [t for t in doc if span.end <= t.idx < event.idx]
    n = read_number(words.parts["n"])
    if n is None or len(between) > 8 or any(t.pos_ == "VERB" or t.text in (",", ";") for t in between):
        return None
    dated = [i for i in intervals if i.span and i.precision == "day" and i.span.end <= span.start and i.start]
    if (
        not dated
        or dated[-1].start is None
        or doc.text[dated[-1].span.end if dated[-1].span else 0 : span.start].count(". ")
    ):
        return None
    days = shifted(dated[-1].start, -n, words.parts["u"])
    return days and Interval(*days, interval.text, span)


def _crosses(low: Token, top: Token) -> bool:
    """Is there a clause border between `low` and its ancestor `top`?"""
    token = low
    while token != top:
        if (
            token.dep_ in ("ccomp", "relcl", "parataxis", "csubj")
            or (
                token.dep_ == "acl" and token.pos_ == "VERB" and top.pos_ == "VERB"  # 'freed two men taken in May'
            )
            or (token.dep_ in ("advcl", "conj") and token.pos_ == "VERB")
        ):
            return True
        token = token.head
    return False


def told_afterwards(event: Token) -> bool:
    """Is the deed a noun that somebody speaks of or acts upon later: "its account of the strike", "anger at the raid"?"""
    above = [*islice((t for t in event.ancestors if t.pos_ in ("NOUN", "VERB")), 2)]
    lead = event.left_edge.i
    if event.dep_ == "pobj" and lead > 1:  # whatever the parser hangs "at the bombing" on, "anger" stands before it
        above.append(event.doc[lead - 2])
    return event.pos_ == "NOUN" and any(t.lemma_.lower() in _AFTERWARDS for t in above)


def _clause_heads(event: Token) -> Iterator[Token]:
    """The words above the event whose time is also its own, nearest first."""
    token = event
    if told_afterwards(event):
        return
    while token.head != token:
        head = token.head
        if token.dep_ in ("relcl", "ccomp", "parataxis", "csubj", "acl"):
            return
        if token.dep_ == "xcomp" and head.lemma_.lower() in AHEAD_WORDS | {"refuse", "order", "ask", "urge"}:
            return
        if token.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _OTHER_TIME for c in token.children):
            return
        yield head
        token = head


def _reread(doc: Doc, interval: Interval, event: Token, published: date | None, future: bool) -> Interval:
    """The interval again with the event's own tense; 'since 9 May, when …' dates the clause to 9 May itself."""
    span, root = interval.span, _root(doc, interval)
    words = next((w for w in find_words(doc.text) if span and w.start == span.start), None)
    if words is not None and words.kind == "shift" and interval.start is None and root is not None and root.i < event.i:
        days = _after_deed(words, published)  # "A year after rebels took the port, …": the taking lies a year back
        return interval if days is None else Interval(*days, interval.text, span)
    if words is None or words.kind in ("shift", "sameday"):
        return interval
    if root is not None and _when_clause(event, root):
        words = replace(words, lead=None)
    ahead = root is not None and _appointed(root)
    # "promised on Friday to pay": what was promised lies ahead, the promise does not
    verb = governor_of(root) if root is not None else None
    done = verb is not None and root is not None and verb.tag_ == "VBD" and (verb == event or root.i < event.i)
    days = resolve(words, published, (future and not done) or ahead)
    return interval if days is None else Interval(*days, interval.text, span)


def _after_deed(words: Words, published: date | None) -> Days | None:
    n = read_number(words.parts.get("n", "")) or 1
    if words.parts.get("dir") != "after" or published is None:
        return None
    return shifted(published, -n, words.parts["u"])


def is_anothers(doc: Doc, interval: Interval, event: Token) -> bool:
    """'rescued the pupils abducted on Monday': the day hangs on words that only describe somebody."""
    root = _root(doc, interval)
    governor = governor_of(root) if root is not None else None
    if governor is None or governor.dep_ != "acl" or governor == event:
        return False
    return governor.head.dep_ in ("dobj", "pobj") and event in governor.ancestors


def _appointed(root: Token) -> bool:
    """'the meeting planned for 2 June', 'talks due in June': the day of an appointment lies ahead."""
    return any(t.lower_ in _APPOINTED for t in (governor_of(root), *islice(root.ancestors, 3)))


_APPOINTED = frozenset("planned scheduled due slated set expected fixed pencilled booked billed".split())
