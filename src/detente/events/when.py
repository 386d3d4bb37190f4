"""When: temporal expressions in a parsed text as intervals of days, and the one that dates an event.

Tense decides between the last and the next such day; the day of publication is the only reference. Without
it, full dates resolve and everything relative stays "unresolved" with no days at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from detente.events.datecalc import resolve
from detente.events.datewords import Words, find_words
from detente.events.daymath import Days, shifted
from detente.events.dayowner import beside, distance, told_afterwards, when_clause
from detente.events.deadlines import deadline
from detente.events.numbers import read_number
from detente.events.tense import governor_of, looks_ahead, still
from detente.events.tokens import Doc, Token
from detente.events.tokens import Span as Words_
from detente.records import Interval, Span

__all__ = ["date_for", "deadline", "find_dates"]


def find_dates(doc: Doc, published: date | None) -> list[Interval]:
    """Every temporal expression of the text with its span (article ""), resolved against `published`."""
    found: list[Interval] = []
    anchor: date | None = None  # the last day named
    then: date | None = None  # the last day, month or year named
    for words in find_words(doc.text):
        span = doc.char_span(words.start, words.end, alignment_mode="expand")
        if span is None or _is_false(words, span):
            continue
        interval = _interval(
            words,
            doc.text,
            published,
            looks_ahead(governor_of(span.root), words),
            then if _by_month(words) else anchor,
            span,
        )
        if interval is None:
            continue
        found.append(interval)
        if interval.precision in ("day", "month", "year"):
            then = interval.start
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
            or (_lead(doc, interval) in ("until", "till", "to") and not when_clause(event, root))
        ):
            continue
        if (after := _after_clause(doc, event, interval, intervals)) is not None:
            return after
        step = distance(event, root)
        if step is None and not told_afterwards(event) and beside(event, root):
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


def _by_month(words: Words) -> bool:
    """'that July', 'the same month' refer to whatever time was told last, be it a month or a year."""
    return words.kind == "thatmonth" or (words.kind == "sameday" and words.parts["word"].endswith(("month", "year")))


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


def _reread(doc: Doc, interval: Interval, event: Token, published: date | None, future: bool) -> Interval:
    """The interval again with the event's own tense; 'since 9 May, when …' dates the clause to 9 May itself."""
    span, root = interval.span, _root(doc, interval)
    words = next((w for w in find_words(doc.text) if span and w.start == span.start), None)
    if words is not None and words.kind == "shift" and interval.start is None and root is not None and root.i < event.i:
        days = _after_deed(words, published)  # "A year after rebels took the port, …": the taking lies a year back
        return interval if days is None else Interval(*days, interval.text, span)
    if words is None or words.kind in ("shift", "sameday"):
        return interval
    if root is not None and when_clause(event, root):
        words = replace(words, lead=None)
    ahead = root is not None and (_appointed(root) or (words.lead == "from" and looks_ahead(governor_of(root), words)))
    # "promised on Friday to pay": what was promised lies ahead, the promise does not
    verb = governor_of(root) if root is not None else None
    done = verb is not None and root is not None and _is_done(verb) and (verb == event or root.i < event.i)
    days = resolve(words, published, (future and not done) or ahead)
    return interval if days is None else Interval(*days, interval.text, span)


def _is_done(verb: Token) -> bool:
    """Past, or a participle after 'has' or 'had', its own or that of the verb it is joined to."""
    if verb.tag_ == "VBN":
        had = any(c.dep_ == "aux" and c.lemma_.lower() == "have" for c in verb.children)
        told = not any(c.dep_ in ("aux", "auxpass") for c in verb.children) and any(
            c.dep_ == "nsubj" for c in verb.children
        )
        return had or told or (verb.dep_ == "conj" and _is_done(verb.head))
    return verb.tag_ == "VBD"


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
    """'the meeting planned for 2 June', 'talks due in June', 'called a strike for Friday': an appointed day lies ahead."""
    return (root.dep_ == "pobj" and root.head.lower_ == "for" and root.ent_type_ == "DATE") or any(
        t.lower_ in _APPOINTED for t in (governor_of(root), *islice(root.ancestors, 5))
    )


_APPOINTED = frozenset("planned scheduled due slated set expected fixed pencilled booked billed".split())
