"""Whose day: how far an expression of time stands from a deed, by the clauses between them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from detente.events.phrases import verb_above
from detente.events.tense import AHEAD_WORDS, governor_of
from detente.events.tokens import Token

_OTHER_TIME = {"before", "since", "if", "unless", "until", "though", "although"}
# words for what people do about a deed afterwards: "anger at the bombing" and "its account of the strike" have their own day
_AFTERWARDS = frozenset(
    "account anger outrage fury grief response reaction reply retaliation revenge retribution protest inquiry probe "
    "investigation anniversary toll tally react respond condemn denounce protest avenge mourn bury commemorate investigate "
    "deplore hand".split()
)


def distance(event: Token, root: Token) -> int | None:
    """How far the expression at `root` is from the event, in clauses; None where another clause owns it."""
    governor = governor_of(root)
    if when_clause(event, root):
        return 0
    if (
        root.dep_ in ("compound", "nmod", "poss")
        and root.i
        and root.nbor(-1).dep_ == "prep"
        and root.ent_type_ == "DATE"
        and not _owned(root)
    ):
        governor = verb_above(root.nbor(-1))  # "on Tuesday Kenya's parliament": the day is no part of the name
    elif _owned(root):  # "at Tuesday's talks they agreed", but not "the toll of Tuesday's raid rose"
        if root.head == event:
            return None if root.i and root.nbor(-1).lower_ == "after" else 0  # what follows it may tell it otherwise
        if root.head.dep_ != "pobj" or root.head.head.lower_ not in ("at", "in", "during", "after", "on"):
            return None
        governor = verb_above(root)
    elif root.dep_ in ("nummod", "compound", "amod") and root.head.ent_type_ not in ("DATE", "TIME"):
        return 0 if root.head == event else None  # "the 2021 understanding"
    if _of_the_charge(event, root, governor):
        return None
    if governor == event or (event == governor.head and governor.dep_ in ("prep", "pobj", "dobj", "nsubj")):
        return 0
    chain = list(_clause_heads(event))
    if governor in chain:
        return 1 + chain.index(governor)
    for up in governor.ancestors:
        if up == event and not _crosses(governor, event):
            return 2
    return None


def _owned(root: Token) -> bool:
    """ "Tuesday's": the day of the noun behind it."""
    return root.dep_ == "poss" and any(c.dep_ == "case" for c in root.children)


def _of_the_charge(event: Token, root: Token, governor: Token) -> bool:
    """'accused it of killing five on Monday', 'denounced the flights in July': the day is of what words are about."""
    if event.lemma_.lower() not in _ABOUT:
        return False
    if governor.head == event and governor.dep_ == "dobj" and root.i > governor.i:
        return True
    charged = [v for c in event.children if c.dep_ == "prep" for v in c.children if v.dep_ == "pcomp" and v.i < root.i]
    return bool(charged) and root.i > event.i


_ABOUT = frozenset(
    "accuse blame charge condemn denounce deplore criticise criticize protest praise suspect thank".split()
)


def when_clause(event: Token, root: Token) -> bool:
    """'since 4 July, when the pylon was mined': the clause is about that very day."""
    verb = verb_above(event)
    return any(c.lower_ in ("when", "whereupon") and 0 < c.i - root.i <= 3 for c in verb.children)


def beside(event: Token, root: Token) -> bool:
    """Nothing but names and nouns between the two: the parser lost the tie ("in 2019 mines maimed five")."""
    if _owned(root):
        return False
    first, last = sorted((event.i, root.i))
    between = event.doc[first + 1 : last]
    return len(between) < 8 and not any(
        t.pos_ in ("VERB", "AUX", "SCONJ") or t.text in (",", ";", ":") for t in between
    )


def _crosses(low: Token, top: Token) -> bool:
    """Is there a clause border between `low` and its ancestor `top`?"""
    token = low
    while token != top:
        if (
            token.dep_ in ("ccomp", "relcl", "parataxis", "csubj")
            or (token.dep_ == "pcomp" and token.head.lower_ == "of")
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
