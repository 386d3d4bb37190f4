"""Whose a count is: the event that each count of a parsed text belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from detente.events.fates import HURT, KILL
from detente.events.phrases import verb_above
from detente.events.tokens import Doc, Token
from detente.records import Count

_CLAUSE = {"advcl", "conj", "relcl", "acl", "xcomp", "prep", "pcomp", "pobj", "dobj", "nsubj", "nsubjpass", "ccomp"}
_CLAUSE |= {"agent", "dep", "appos", "oprd", "npadvmod", "attr", "parataxis", "nmod", "compound"}


def counts_for(doc: Doc, event: int, counts: Iterable[tuple[Count, int]]) -> tuple[Count, ...]:
    """The counts that belong to the event at token `event`: its own clause and what hangs on it."""
    token = doc[event]
    sent = token.sent
    return tuple(c for c, at in counts if sent.start <= at < sent.end and _belongs(token, doc[at]))


def left_over(doc: Doc, events: Iterable[int], counts: Iterable[tuple[Count, int]]) -> Iterator[tuple[int, Count]]:
    """Dead and hurt of a sentence without a deed of its own, each with the deed (its token) of the sentence before.

    'Jets bombed the camp. He spoke of twelve to twenty dead.'
    """
    deeds = sorted(events)
    for count, at in counts:
        sent = doc[at].sent
        own = any(sent.start <= event < sent.end for event in deeds)
        if count.kind not in ("killed", "injured") or own or sent.start == 0:
            continue
        before = doc[sent.start - 1].sent
        told = [event for event in deeds if before.start <= event < before.end]
        if told:
            yield told[-1], count


def _belongs(event: Token, at: Token) -> bool:
    """True where `at` is the event, hangs below it, or heads the clause whose noun the event is."""
    if event == at or _reaches(event, at, skip={"ccomp"}):
        return True
    # 'the bombing killed three', 'killed in a raid on the port': the event is a noun of the count's clause.
    nominal = event.pos_ in ("NOUN", "PROPN") or at.pos_ in ("NOUN", "NUM", "ADJ")
    if nominal and _reaches(at, event, skip={"ccomp", "relcl", "conj"}):
        return True
    # 'killed two and wounded four', 'three died when shells hit the port', '… when troops resorted to shelling'
    if at in event.conjuncts:
        return event.lemma_.lower() in KILL | HURT or not _has_subject(
            event
        )  # 'seven died and a corporal was captured'
    verb = verb_above(event)
    if at.tag_ == "VBG" and at.dep_ == "advcl" and verb.dep_ == "ccomp" and at.head == verb.head:
        return True  # 'troops stormed a camp, the general said, killing three': the parser hangs 'killing' on 'said'
    if verb.dep_ not in ("advcl", "relcl") or not _marked(verb, _WHEN):
        return False
    main = verb.head if verb.dep_ == "advcl" else verb_above(verb.head)  # '… on Sunday when a drone struck'
    return main == at or at in main.conjuncts


def _has_doer(relative: Token) -> bool:
    """Does a relative clause have a doer of its own? 'in which 19 died' has none: it is about what it hangs on."""
    own = any(c.dep_ == "nsubj" and c.tag_ not in ("WDT", "WP") for c in relative.children)
    return own and not any(t.lower_ in ("which", "whom") and t.dep_ == "pobj" for t in relative.subtree)


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


_WHEN = {"when", "as", "after", "while"}
_APART = {"after", "before", "since", "if", "unless", "until", "though", "although"}


def _marked(verb: Token, words: set[str]) -> bool:
    return any(c.lower_ in words for c in verb.children if c.dep_ in ("mark", "advmod"))


def _reaches(top: Token, below: Token, skip: set[str]) -> bool:
    """Does the path from `below` up to `top` run over clause and argument edges only, none of them in `skip`?"""
    token = below
    while token != top:
        if token.dep_ in skip or token.dep_ not in _CLAUSE | {"amod", "nummod", "poss"} or token.head == token:
            return False
        if token.dep_ == "advcl" and _marked(token, _APART):
            return False
        if token.dep_ == "prep" and token.lower_ == "since":  # "the first since the fire that killed two"
            return False
        if token.dep_ == "relcl" and _has_doer(token):
            return False  # 'the hospital that jets bombed, killing 23': somebody else's deed
        # a relative clause tells of the event only where it hangs on the event or its object
        if token.dep_ == "relcl" and token.head != top and token.head.dep_ not in ("dobj", "pobj", "attr"):
            return False
        token = token.head
    return True
