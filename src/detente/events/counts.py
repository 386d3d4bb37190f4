"""How many: counts in a parsed text, and what they count; `countsof` says which event each belongs to.

A count hangs on one token: the verb or noun that says what befell the people or things counted
("killed", "wounded", "dead", "attacks"). Ages, dates, money, shares and measures are no counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

from detente.events.datewords import find_words
from detente.events.fates import HURT, KILL, WORDS, Kind, judge, up_conjuncts, verb_kind
from detente.events.numbers import RANGE, read_range
from detente.events.tokens import Doc, Token
from detente.records import Count, Span

_NO_PERSON = WORDS["beasts"] | WORDS["not_one"]
_PLACES = {"GPE", "LOC", "FAC", "ORG", "NORP"}
_SKIP_ENTITIES = {"MONEY", "PERCENT", "QUANTITY", "ORDINAL"}
_TOTAL = re.compile(
    r"\b(?:toll|so far|to date|in total|altogether|a total of|total number|running|has (?:now )?(?:climbed|risen|grown)"
    r"|over the (?:past|last)|in the (?:past|last) (?:\w+ )?(?:years?|months?|weeks?|decades?))\b",
    re.I,
)
_MEASURE = re.compile(
    r"^[ -]?(?:%|percent|per cent|km|kilomet|mile|met(?:re|er)|feet|foot|degree|tons?\b|tonnes?|kg|years?\b|year-old|"
    r"months?\b|weeks?\b|days?\b|hours?\b|minutes?\b|seconds?\b|am\b|pm\b|a\.m|p\.m|GMT|dollars|euros|pounds|[-–]year|th\b|st\b|nd\b|rd\b)",
    re.I,
)
_MONEY_BEFORE = re.compile(
    r"(?:[$€£¥]|\b(?:Rs|US\$|USD|EUR|No|Phase|Resolution|Article|Channel|Flight|aged?|age)\.?)\s?$"
)
_AGE = re.compile(r"^,\s*\d{1,3}(?=[,.;:)\"”’]|$)")
_ORDINAL = re.compile(r"\b(\d{1,4})(?:st|nd|rd|th)\b")
_SUBSET = re.compile(r"^ of (?:them|whom|these|those|the \w+)", re.I)


@dataclass(frozen=True, slots=True)
class _Found:
    """A number in the text, the word counted, and the word that says what befell it."""

    kind: Kind
    low: int
    high: int | None
    start: int
    end: int
    noun: Token
    anchor: Token


def find_counts(doc: Doc) -> list[tuple[Count, int]]:
    """Every count of people, rounds, attacks and the like, with the index of the token it hangs on."""
    found = [*_numbers(doc), *_singles(doc), *_nones(doc), *_ordinals(doc)]
    return [_count(doc, f) for f in _summed(_distinct(found))]


# ------------------------------------------------------------------------------------------ finding
def _numbers(doc: Doc) -> Iterator[_Found]:
    times = [(w.start, w.end) for w in find_words(doc.text)]
    for match in RANGE.finditer(doc.text):
        if any(a < match.end() and match.start() < b for a, b in times):
            continue
        numbers = read_range(match)
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        if numbers is None or span is None or _is_no_count(doc, match, span[-1]):
            continue
        number = next((t for t in span if t.tag_ == "CD"), span[-1]) if span.root.dep_ == "prep" else span.root
        noun = _noun(number, set(span))
        kind, anchor = judge(noun)
        if _SUBSET.match(doc.text[match.end() :]) and kind in ("other", "troops"):
            continue
        yield _Found(kind, *numbers, match.start(), match.end(), noun, anchor)


def _is_no_count(doc: Doc, match: re.Match[str], last: Token) -> bool:
    """Dates, ages, money, measures, ordinals and numbers that are part of a name."""
    text = doc.text
    if last.ent_type_ in _SKIP_ENTITIES and not _befallen(last):
        return True
    if _MEASURE.match(text[match.end() :]) or _MONEY_BEFORE.search(text[: match.start()]):
        return True
    digits = match.group()
    if digits.isdigit() and (text[match.end() : match.end() + 1] == "-" or _AGE.match(text[match.start() - 2 :])):
        return True
    if re.fullmatch(r"(?:19|20)\d\d", digits) and last.dep_ in ("pobj", "npadvmod", "ROOT"):
        return True
    return last.ent_type_ not in ("", "CARDINAL") and last.pos_ == "PROPN"


def _befallen(number: Token) -> bool:
    """A tagger slip: a number that plainly counts the killed is no date."""
    return number.head.lemma_.lower() in KILL | HURT and number.dep_ in ("dobj", "nsubjpass")


def _noun(number: Token, inside: set[Token]) -> Token:
    """The word counted: "dozens of rockets" counts rockets, "wounded four" counts nothing but "four"."""
    token = number
    while (
        token.dep_ in ("nummod", "quantmod", "compound", "det", "predet", "amod", "advmod") and token.head.i > token.i
    ):
        token = token.head
        if token.pos_ in ("NOUN", "PROPN"):
            break
    if token in inside:
        for of in (c for c in token.children if c.lower_ == "of"):
            return next((c for c in of.children if c.dep_ == "pobj"), token)
    return token


def _singles(doc: Doc) -> Iterator[_Found]:
    """'a shepherd was killed', 'killed the mayor', 'a Briton': one person, said without a number."""
    for noun in doc:
        if (
            noun.ent_type_ in _PLACES
            or noun.tag_ not in ("NN", "NNP")
            or noun.lemma_.lower() in _NO_PERSON
            or noun.dep_ == "compound"
        ):
            continue
        if any(c.dep_ == "nummod" or c.lower_ in ("no", "some", "any", "every", "each", "more") for c in noun.children):
            continue
        if any(c.dep_ == "prep" and c.lower_ == "of" and c.i == noun.i + 1 for c in noun.children) and noun.lower_ in (
            "number",
            "dozen",
        ):
            continue
        head = up_conjuncts(noun)
        kind = verb_kind(head.head, head.dep_)
        fallen = next((c for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN" and c.lemma_ in KILL), None)
        if fallen is not None and kind is None and not noun.ent_type_:
            left = min((c.left_edge.i for c in noun.lefts), default=noun.i)
            yield _Found("killed", 1, 1, doc[left].idx, noun.idx + len(noun), noun, fallen)
        if kind in ("killed", "injured") and head.head.lemma_ != "burn" and not RANGE.fullmatch(noun.text):
            left = min((c.left_edge.i for c in noun.lefts), default=noun.i)
            yield _Found(kind, 1, 1, doc[left].idx, noun.idx + len(noun), noun, head.head)


_NONE = re.compile(
    r"\b(?P<who>no[- ]one|nobody|none)\b[^.;]{0,30}?\b(?P<fate>hurt|injured|wounded|killed|died|harmed)\b"
    r"|\b(?:no|without|any) (?:reported )?(?P<noun>casualties|injuries|deaths|fatalities|loss of life|victims)\b",
    re.I,
)


def _nones(doc: Doc) -> Iterator[_Found]:
    """'no one was hurt', 'no casualties', 'without casualties': an explicit zero."""
    for match in _NONE.finditer(doc.text):
        if match.group().lower().startswith("any ") and not re.search(
            r"\b(?:not|no|nor)\b", doc.text[max(0, match.start() - 60) : match.start()]
        ):
            continue
        word = (match["fate"] or match["noun"]).lower()
        at = match.start("fate") if match["fate"] else match.start("noun")
        token = next((t for t in doc if t.idx <= at < t.idx + len(t)), None)
        if token is None:
            continue
        if word in ("killed", "died", "deaths", "fatalities", "loss of life", "casualties", "victims"):
            yield _Found("killed", 0, 0, match.start(), match.end(), token, token)
        if word in ("hurt", "injured", "wounded", "harmed", "injuries", "casualties", "victims"):
            yield _Found("injured", 0, 0, match.start(), match.end(), token, token)


def _ordinals(doc: Doc) -> Iterator[_Found]:
    """'the 24th attack': the running number of attacks."""
    for match in _ORDINAL.finditer(doc.text):
        span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
        noun = _noun(span.root, set(span)) if span is not None else None
        if noun is not None and noun.lemma_.lower() in WORDS["attacks"]:
            n = int(match[1])
            yield _Found("attacks", n, n, match.start(), match.end(), noun, noun)


# ----------------------------------------------------------------------------------------- joining
def _distinct(found: list[_Found]) -> list[_Found]:
    """One finding per counted word: the first (a number before a bare 'a')."""
    seen: dict[tuple[int, str], _Found] = {}
    for f in found:
        seen.setdefault((f.noun.i, f.kind), f)
    return sorted(seen.values(), key=lambda f: f.start)


def _summed(found: list[_Found]) -> list[_Found]:
    """Joined nouns under one fate are one count: 'two Americans and a Briton were killed' is three."""
    out: list[_Found] = []
    for f in found:
        at = next((n for n, held in enumerate(out) if _joined(held, f)), None)
        if at is None:
            out.append(f)
            continue
        held = out[at]
        high = None if held.high is None or f.high is None else held.high + f.high
        out[at] = replace(held, low=held.low + f.low, high=high, end=f.end)
    return out


def _joined(a: _Found, b: _Found) -> bool:
    fates = ("killed", "injured", "detained")
    return a.kind == b.kind and a.kind in fates and a.anchor == b.anchor and b.noun in a.noun.conjuncts


def _count(doc: Doc, f: _Found) -> tuple[Count, int]:
    quote = doc.text[f.start : f.end]
    count = Count(cast(Kind, f.kind), f.low, f.high, Span("", f.start, f.end, quote), cumulative=_is_total(doc, f))
    return count, f.anchor.i


def _is_total(doc: Doc, f: _Found) -> bool:
    """A running total: a toll, an ordinal, 'so far', or a perfect tense with 'since'."""
    sent = doc[f.anchor.i].sent
    if re.match(r"\d+(?:st|nd|rd|th)", doc.text[f.start : f.end]) or (f.anchor.lower_ == "toll"):
        return True
    verb = next((t for t in (f.anchor, *f.anchor.ancestors) if t.pos_ in ("VERB", "AUX")), None)
    perfect = verb is not None and any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    if perfect and any(t.lower_ == "since" for t in sent):
        return True
    return (perfect or f.kind == "killed") and bool(_TOTAL.search(sent.text))
