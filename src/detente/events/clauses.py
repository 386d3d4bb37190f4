"""One conditional as token ranges, and the steps that every shape of it shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from detente.events.syntax import children
from detente.events.tokens import Doc, Span, Token

SPEECH = frozenset(
    (
        "say tell warn add announce declare state insist stress write report threaten vow caution claim note "
        "argue explain believe think suggest promise pledge reply bellow radio shout message post tweet "
        "confirm"
    ).split()
)
# verbs by which a party binds itself to what follows
COMMISSIVE = frozenset("threaten vow promise pledge offer undertake swear agree propose volunteer".split())
FUTURE = frozenset({"will", "would", "shall", "may", "might", "could", "can", "’ll", "'ll", "’d", "'d", "wo"})
LEADING = frozenset({"only", "long", "so", "as", "for"})


@dataclass(frozen=True, slots=True)
class Conditional:
    """Token ranges [start, end) of condition and consequence, the consequence's head, and how it was told."""

    condition: tuple[int, int]
    consequence: tuple[int, int]
    head: int  # head token of the consequence
    inside: frozenset[int]  # tokens of the condition
    kind: str
    negated: bool = False
    counterfactual: bool = False
    heads: frozenset[int] = frozenset()  # every token of the consequence that hangs on none of its others

    @property
    def tops(self) -> frozenset[int]:
        """Where a deed of the consequence arrives when it climbs towards the root."""
        return self.heads | {self.head}


def from_words(
    kind: str, condition: Sequence[Token], consequence: Sequence[Token], head: Token, negated: bool = False
) -> Conditional | None:
    """A conditional read off the word order: the words of each side, which may stand apart."""
    doc = head.doc
    inside, then = {t.i for t in condition}, {t.i for t in consequence}
    if not inside or not then:
        return None
    start, end = _trim(doc, min(then), max(then))
    if end <= start:
        return None
    heads = frozenset(t.i for t in consequence if t.head.i not in then or t.head == t)
    return Conditional(
        _trim(doc, min(inside), max(inside)), (start, end), head.i, frozenset(inside), kind, negated,
        _counterfactual(head), heads,
    )  # fmt: skip


def make(kind: str, condition: set[int], head: Token, negated: bool = False) -> Conditional | None:
    """A conditional from the tokens of its condition and the head verb of its consequence; None when either is empty."""
    doc = head.doc
    tokens = sorted(t.i for t in head.subtree if t.i not in condition and not _reporting(t, head))
    run = _run_around(tokens, head.i)
    if not run or not condition:
        return None
    first, last = _trim(doc, min(condition), max(condition))
    start, end = _trim(doc, run[0], run[-1])
    if end <= start:
        return None
    unreal = _counterfactual(head) or (kind == "inverted" and doc[min(condition)].lower_ == "had" and modal(head))
    return Conditional((first, last), (start, end), head.i, frozenset(condition), kind, negated, unreal)


def _reporting(token: Token, head: Token) -> bool:
    """Part of a reporting clause parsed below the consequence (', a diplomat said,')."""
    while token != head:
        if token.dep_ in ("parataxis",) or (token.dep_ == "ccomp" and token.head == head and token.lemma_ in SPEECH):
            return True
        token = token.head
    return False


def _run_around(tokens: list[int], head: int) -> list[int]:
    """The unbroken run of tokens that holds the head (breaks of one token, a comma, are bridged)."""
    run: list[int] = []
    for i in tokens:
        if run and i - run[-1] > 2:
            if head in run:
                return run
            run = []
        run.append(i)
    return run if head in run else []


def _trim(doc: Doc, first: int, last: int) -> tuple[int, int]:
    while first > 0 and doc[first - 1].lower_ in LEADING and doc[first].lower_ in ("if", "as", "long", "so", "for"):
        first -= 1  # 'only if', 'so long as'
    while first < last and (doc[first].is_punct or doc[first].lower_ in ("and", "or", "but", "then")):
        first += 1
    while last > first and (doc[last].is_punct or doc[last].is_space or doc[last].dep_ == "cc"):
        last -= 1
    return first, last + 1


def _counterfactual(head: Token) -> bool:
    aux = {c.lower_ for c in children(head, "aux")}
    return bool(aux & {"would", "could", "might", "’d", "'d"}) and "have" in aux


def main_verb(verb: Token) -> Token:
    """The consequence's own verb where the condition was hung on the reporting verb ('…, he said, …')."""
    if verb.lemma_ in SPEECH:
        for inner in children(verb, "ccomp"):
            return inner
        if verb.dep_ == "parataxis":
            return verb.head
    if verb.lemma_ in SPEECH or verb.lemma_ in COMMISSIVE:
        for inner in children(verb, "xcomp"):
            return inner  # 'threatened to strike if …'
    return verb


def without_speech(inside: set[int], verb: Token, sent: Span) -> set[int]:
    """The tokens of a condition without a reporting clause parsed into it; never empty."""
    drop: set[int] = set()
    for t in sent:
        if t.i in inside and t.dep_ == "parataxis" and t.lemma_ in SPEECH:
            drop |= {x.i for x in t.subtree}
    return inside - drop or {verb.i}


def modal(verb: Token) -> bool:
    """Does the verb look ahead by 'will', 'would', 'may' and their kin?"""
    return any(c.lower_ in FUTURE for c in children(verb, "aux"))


def kept_up(doc: Doc, conditional: Conditional) -> bool:
    """'are on strike until …', 'the blockade will stay until …': what goes on already, till its condition is met."""
    if conditional.kind not in ("until", "till"):
        return False
    head = doc[conditional.head]
    if any(t.dep_ == "neg" or t.lower_ in ("no", "not") for t in doc[slice(*conditional.consequence)]):
        return False
    done = head.tag_ == "VBD" or (
        head.tag_ == "VBN" and any(c.lower_ in ("was", "were") for c in children(head, "auxpass"))
    )
    if done and head.dep_ != "xcomp" and not modal(head):
        return True  # 'the water was shut off until the rent is paid'
    return (head.tag_ in ("VBZ", "VBP") and not modal(head)) or head.lemma_ in ("stay", "remain", "continue", "last")
