"""Does a clause look ahead, back, or at what still holds? Read off auxiliaries, tenses and words like 'due'."""

from __future__ import annotations

from detente.events.datewords import Words
from detente.events.tokens import Token

AHEAD_WORDS = frozenset(
    (
        "due set plan plans planned schedule scheduled slate slated expect expected intend prepare agree "
        "promise vow threaten hope offer pledge propose poise bound ready want decide call invite"
    ).split()
)

_AHEAD_AUX = {"will", "'ll", "’ll", "shall", "wo", "may", "might", "could", "can", "would", "should", "must"}

_PHRASE = {
    "pobj", "prep", "npadvmod", "nummod", "compound", "amod", "advmod", "nmod", "pcomp", "det", "poss", "tmod", "appos",
    "quantmod", "punct", "case", "dep", "attr", "mark", "dobj", "agent",
}  # fmt: skip

_SCHEDULED = frozenset(
    "apply begin start run open end expire take meet arrive leave visit host come travel return hold vote".split()
)


def governor_of(token: Token) -> Token:
    """The verb or noun whose time the expression at `token` tells."""
    while token.head != token and token.dep_ in _PHRASE:
        token = token.head
        if token.pos_ in ("VERB", "AUX") or (
            token.pos_ in ("NOUN", "PROPN") and token.ent_type_ not in ("DATE", "TIME")
        ):
            return token
    return token


def looks_ahead(governor: Token, words: Words) -> bool:
    """Does the clause around the expression look ahead: will, is due to, plans to, to + verb, until, by?"""
    if words.lead in ("by", "until", "till") and not _is_past(governor):
        return True
    token = governor
    if words.lead == "of":
        return False
    if token.tag_ in ("VBZ", "VBP") and token.lemma_ in _SCHEDULED and not any(c.dep_ == "aux" for c in token.children):
        return True
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
    if token.tag_ == "VB" and token.dep_ == "ROOT" and not any(c.dep_ in ("nsubj", "aux") for c in token.children):
        return True  # an order: "Leave within 48 hours"
    for child in token.children:
        if child.dep_ == "aux" and child.lower_ in _AHEAD_AUX:
            return not any(c.lower_ == "have" for c in token.children)
        if child.dep_ == "aux" and child.lower_ == "to" and token.dep_ in ("xcomp", "acl", "advcl", "ccomp"):
            return token.head.lemma_.lower() in AHEAD_WORDS | {"be"} or token.dep_ == "acl"
        if child.dep_ == "aux" and child.lower_ == "to" and token.dep_ == "ROOT":
            return True
    return token.tag_ == "VBG" and any(c.lower_ in ("is", "are") for c in token.children) and token.lemma_ == "go"


def _is_past(token: Token) -> bool:
    return token.tag_ == "VBD" or any(c.dep_ in ("aux", "auxpass") and c.tag_ == "VBD" for c in token.children)


def still(token: Token) -> bool:
    """Present perfect or present: 'has held for five weeks', 'no rockets for three weeks'."""
    while token.pos_ not in ("VERB", "AUX") and token.head != token:
        token = token.head
    if any(c.dep_ in ("aux", "auxpass") and c.lower_ in ("has", "have", "'ve", "had") for c in token.children):
        return True
    return token.tag_ in ("VBZ", "VBP") and token.lemma_ != "say"
