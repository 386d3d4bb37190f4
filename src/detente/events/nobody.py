"""Nobody named says so: 'is rumoured to have', 'suspected of having', 'there is talk that', 'rumour has it'."""

from __future__ import annotations

from collections.abc import Iterator

from detente.events.complements import has_that
from detente.events.cuewords import CUES
from detente.events.phrases import Draft, below, child, noun_phrase, subtree
from detente.events.syntax import with_lemma
from detente.events.tokens import Doc, Token

_SAID_TO = frozenset(["rumour", "rumor", "deem"])
_CHARGED = frozenset(["suspect", "accuse"])
RUMOURS = frozenset("rumour rumor whisper gossip hearsay grapevine".split())
GOSSIP = RUMOURS | {"talk"}


def nobody(doc: Doc) -> Iterator[Draft]:
    """One draft without a source for each such phrase that `speech` does not read off a cue verb."""
    for token in with_lemma(doc, _SAID_TO | _CHARGED):
        if token.tag_ not in ("VBN", "VBD") or child(token, "agent") is not None:
            continue
        if token.lemma_ in _CHARGED and (charge := _charge(token)):
            yield _draft(token, charge)
        elif token.lemma_.lower() in _SAID_TO and (tale := _said_to(token)):
            yield _draft(token, tale)
    for token in with_lemma(doc, GOSSIP):
        if token.pos_ == "NOUN" and token.dep_ == "attr" and _there(token):
            yield _draft(
                token,
                {
                    i
                    for c in (*token.children, *token.head.children)
                    if c.pos_ in ("VERB", "AUX") and has_that(c)
                    for i in subtree(c)
                },
            )


def _draft(token: Token, content: set[int]) -> Draft:
    return Draft({token.i}, set(), content - {token.i}, "doubts", token.text, takes_quote=False)


def _charge(token: Token) -> set[int]:
    """'are suspected of having tipped off', 'a diver suspected of sabotaging': what they are suspected of."""
    if token.tag_ != "VBN" or (token.dep_ not in ("acl", "relcl") and child(token, "auxpass") is None):
        return set()
    return {
        i
        for p in token.children
        if p.lower_ == "of"
        for g in p.children
        if g.tag_ == "VBG" or g.pos_ == "VERB"
        for i in subtree(g)
    }


def _said_to(token: Token) -> set[int]:
    """'is rumoured to have stopped buying': the infinitive and its subject."""
    if token.lemma_.lower() in CUES.verbs or child(token, "auxpass") is None:
        return set()  # `speech` reads those
    subject = child(token, "nsubjpass")
    return below(token, ("xcomp",)) | (noun_phrase(subject) if subject is not None else set())


def _there(noun: Token) -> bool:
    return any(c.dep_ == "expl" for c in noun.head.children)
