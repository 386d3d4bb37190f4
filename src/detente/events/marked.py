"""Conditions with a word that opens them ('if', 'as soon as', 'in return for'), read off the word order.

Where the words of one voice begin with the condition, the comma after it parts the two; where they end with it, the
opening words do. The parse (`conditions`) takes what these shapes leave.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.events.clauses import COMMISSIVE, Conditional, from_words, main_verb, modal
from detente.events.phrases import FINITE
from detente.events.stretches import told
from detente.events.syntax import subject, words_of
from detente.events.tokens import Doc, Token
from detente.events.wordorder import Words, clause_head

# opening words -> (kind, does the condition have a verb, may it stand at the end, fires when not met)
_MARKS: dict[tuple[str, ...], tuple[str, bool, bool, bool]] = {
    ("if",): ("if", True, False, False), ("only", "if"): ("if", True, False, False),
    ("unless",): ("unless", True, False, True), ("once",): ("once", True, False, False),
    ("as", "soon", "as"): ("once", True, True, False), ("as", "long", "as"): ("as long as", True, False, False),
    ("so", "long", "as"): ("as long as", True, False, False),
    ("for", "as", "long", "as"): ("as long as", True, False, False),
    ("provided",): ("if", True, False, False), ("providing",): ("if", True, False, False),
    ("provided", "that"): ("if", True, True, False),
    ("on", "condition"): ("if", True, True, False), ("on", "the", "condition"): ("if", True, True, False),
    ("in", "the", "event"): ("if", False, True, False), ("in", "case", "of"): ("if", False, True, False),
    ("in", "return", "for"): ("exchange", False, True, False), ("in", "exchange", "for"): ("exchange", False, True, False),
    ("without",): ("without", False, False, True), ("failing",): ("failing", False, True, True),
    ("should",): ("inverted", True, True, False), ("were",): ("inverted", True, True, False),
    ("had",): ("inverted", True, True, False), ("until",): ("until", True, False, True),
    ("in", "the", "absence", "of"): ("without", False, True, True),
}  # fmt: skip
_LONGEST = max(map(len, _MARKS))


def marked(doc: Doc) -> Iterator[Conditional]:
    """The conditionals of a paragraph whose condition is opened by a known word, at most one a stretch."""
    if _FIRSTS.isdisjoint(words_of(doc)[0]):
        return
    for words in (w for w in told(doc) if len(w) > 3):
        parts = _joined(words)
        items = [_only_then(words) or _before(words)] if len(parts) == 1 else []
        items = items if any(items) else [_after(part) for part in parts]
        yield from (item for item in items if item is not None)


_FIRSTS = frozenset(m[0] for m in _MARKS)


def _mark(words: Words, at: int) -> tuple[str, ...] | None:
    low = [t.lower_ for t in words[at : at + _LONGEST]]
    return next((m for n in range(_LONGEST, 0, -1) if (m := tuple(low[:n])) in _MARKS), None)


def _before(words: Words) -> Conditional | None:
    """'So long as the general rules, not one franc will leave Paris'."""
    mark = _mark(words, 0)
    if mark is None or len(words) < len(mark) + 3:
        return None
    kind, clausal, _, negated = _MARKS[mark]
    if clausal and words[len(mark)].pos_ == "NUM":
        return None  # 'as long as two years'
    if kind == "inverted" and (words[0].head == words[0] or words[1].pos_ in ("VERB", "ADP", "PUNCT")):
        return None
    for comma in (k for k, t in enumerate(words) if t.text == "," and k > len(mark)):
        rest = words[comma + 1 :]
        if rest and rest[0].lower_ == "then":
            rest = rest[1:]
        head = clause_head(rest)
        if head is None or (clausal and comma < len(mark) + 2 and words[len(mark)].tag_ != "VBN"):
            continue
        return from_words(kind, words[:comma], rest, head, negated)
    if not clausal and (bare := _no_comma(words, len(mark))) is not None:
        at, head = bare
        return from_words(kind, words[:at], words[at:], head, negated)
    if kind == "without":
        there = next((k for k, t in enumerate(words) if t.lower_ == "there" and k > 1), None)
        if there is not None and (head := clause_head(words[there:])) is not None:
            return from_words(kind, words[:there], words[there:], head, negated)
    return None


def _no_comma(words: Words, start: int) -> tuple[int, Token] | None:
    """'In return for forty men the rebels would let flour in': where the clause begins, and its verb."""
    auxiliary = next((t for t in words[start:] if t.tag_ == "MD"), None)
    own = subject(auxiliary.head) if auxiliary is not None else None
    if auxiliary is None or own is None or any(t.text == "," for t in words):
        return None
    at = next((k for k, t in enumerate(words) if t.i >= own.left_edge.i), 0)
    return (at, auxiliary.head) if at > start + 1 else None


def _only_then(words: Words) -> Conditional | None:
    """'Only when the last base is shut will the fishermen lift their picket'."""
    if words[0].lower_ != "only" or words[1].lower_ not in ("when", "after", "once", "if"):
        return None
    for k in range(4, len(words) - 2):
        if words[k].tag_ == "MD" and words[k + 1].pos_ in ("NOUN", "PROPN", "PRON", "DET", "NUM", "ADJ"):
            head = next((t for t in words[k + 2 :] if t.tag_ in ("VB", "VBP", "VBN") and t.lemma_ != "be"), None)
            return from_words("once", words[:k], words[k:], head) if head is not None else None
    return None


def _after(words: Words) -> Conditional | None:
    """'Algiers offered to reopen the pipeline on condition that …', '… an amnesty in return for the gunboat'."""
    for at in range(2, len(words) - 2):
        mark = _mark(words, at)
        if mark is None or (mark in _INVERTED and not _inverted(words, at)):
            continue
        kind, clausal, late, negated = _MARKS[mark]
        head = _head(words[:at])
        if head is None or _names(words, at, mark) or not (late or _looks_ahead(head)):
            return None
        if words[at - 1].lower_ in _NO_MARK or (kind == "exchange" and any(t.dep_ == "neg" for t in words[:at])):
            return None
        end = next((k for k in range(at + len(mark), len(words)) if words[k].text == ","), len(words))
        whole = head.dep_ != "conj" and (head.tag_ != "VB" or modal(head))
        first = words[:at] if whole else [t for t in words[:at] if t.i >= head.left_edge.i]
        if clausal and end < at + len(mark) + 2:
            return None
        return from_words(kind, words[at:end], first or words[:at], main_verb(head), negated)
    return None


_INVERTED = frozenset({("should",), ("were",), ("had",)})
_NO_MARK = frozenset("even as what see whether know not ask asked wonder at all".split())
_PLANNING = COMMISSIVE | {"intend", "plan", "mean", "hope", "prepare", "aim", "expect", "want"}


def _looks_ahead(head: Token) -> bool:
    """'would free them if …', 'intends to reopen it once …': not 'left once the siege ended'."""
    governor = head.head if head.dep_ == "xcomp" else head
    return modal(head) or governor.lemma_ in _PLANNING


def _inverted(words: Words, at: int) -> bool:
    """'… should the army advance', '… had the pay not come': the subject stands after the auxiliary."""
    after = [t.lower_ for t in words[at + 1 : at + 9]]
    fresh = words[at + 1].tag_ in ("DT", "PRP", "PRP$", "NNP") and words[at - 1].tag_ not in ("PRP", "WDT", "WP", "EX")
    if words[at].lower_ == "were" and "to" in after and fresh:
        return True
    verb = words[at].head
    own = subject(verb)
    return verb.i > words[at].i and own is not None and words[at].i < own.i < verb.i


def _joined(words: Words) -> list[Words]:
    """The words cut at ', and would …', ', but will …': each part may have a condition of its own."""
    parts, start = [], 0
    for k in range(3, len(words) - 3):
        if (
            words[k].lower_ in ("and", "but")
            and any(t.tag_ == "MD" for t in words[k + 1 : k + 3])
            and words[k - 1].text == ","
        ):
            parts.append(words[start : k - 1])
            start = k + 1
    return [*parts, words[start:]]


def _head(words: Words) -> Token | None:
    """The main verb of the words before a condition: the last of those joined, or what was offered or threatened."""
    inside = {t.i for t in words}
    tops = [t for t in words if t.pos_ in ("VERB", "AUX") and (t.head.i not in inside or t.head == t)]
    if not tops:
        return next((t for t in words if t.tag_ in FINITE), None)
    top = tops[-1]
    later = [c for c in top.conjuncts if c.i in inside and c.i > top.i and c.pos_ == "VERB"]
    top = later[-1] if later else top
    return main_verb(top) if top.lemma_ in COMMISSIVE else top


def _names(words: Words, at: int, mark: tuple[str, ...]) -> bool:
    """'spoke on condition of anonymity', 'on condition that he not be named': no bargain."""
    rest = {t.lower_ for t in words[at + len(mark) : at + len(mark) + 8]}
    return bool(rest & {"anonymity", "anonymous", "named", "identified", "quoted"})
