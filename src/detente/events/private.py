"""Deeds between private persons and firms: a crime that is tried, a lawsuit of companies, a sports team."""

from __future__ import annotations

from collections.abc import Iterable

from detente.events.fitting import is_armed
from detente.events.roles import Candidate
from detente.events.scene import Scene, kept
from detente.events.tokens import Token

# who has no part in politics unless the text says more
_ANYONE = frozenset(
    "man woman boy girl teenager youth person people suspect defendant couple pensioner clerk accountant pharmacist dentist "
    "student driver waiter chairman shareholder creditor he she him her it".split()
)
_CRIMES = frozenset(
    "murder slaying homicide manslaughter robbery burglary stabbing theft rape arson fraud shoplifting larceny carjacking".split()
)
_TRIED = frozenset(
    "charge convict jury guilty suspect plead sentence trial defendant detective sheriff authority".split()
)
_TELLING = frozenset("say tell add report state allege announce".split())
_FIRMS = frozenset("corp corp. inc inc. ltd ltd. plc gmbh takeover shareholder subsidiary merger buyout".split())
_LEGAL = ("ACCUSE", "SANCTION", "ASSAULT", "COERCE")
_OF_FIRMS = ("ACCUSE", "REJECT", "PROTEST", "RETREAT", "AGREE", "REQUEST")


def private(scene: Scene, candidate: Candidate) -> str:
    """Which private field a deed belongs to, or an empty string."""
    parties = [*candidate.actors, *candidate.recipients]
    if any(_team(t) for t in candidate.actors):
        return "a team"
    lemmas = _lemmas(scene, scene.doc[candidate.token.sent.start])
    if not all(_anyone(scene, t) for t in parties):
        return ""
    legal = candidate.frame.type in _LEGAL and bool(lemmas & _CRIMES) and bool(lemmas & _TRIED)
    if legal and not _politics(scene, candidate.token):
        return "a crime between private persons"
    firms = candidate.frame.type in _OF_FIRMS and len(lemmas & _FIRMS) > (0 if parties else 1)
    return "a quarrel of firms" if firms else ""


def _politics(scene: Scene, token: Token) -> bool:
    """Does anybody of politics or arms stand in its sentence, but for who tells it?"""
    nouns = [t for t in token.sent if t.pos_ in ("NOUN", "PROPN")]
    others = [t for t in nouns if not (t.dep_ == "nsubj" and t.head.lemma_ in _TELLING)]
    return any(
        (scene.hit(t) is not None and scene.named(t)) or is_armed(scene, t) or scene.is_a(t, "official", "envoy")
        for t in others
    )


def _anyone(scene: Scene, token: Token) -> bool:
    """Nobody whom the text gives a name, a people, an office or arms."""
    beside: Iterable[Token] = (
        token,
        *(c for c in token.children if c.dep_ in ("amod", "compound", "poss", "nmod", "appos")),
    )
    return token.lemma_.lower() in _ANYONE and not any(scene.named(t) or is_armed(scene, t) for t in beside)


def _team(token: Token) -> bool:
    """'Team Singapore': climbers or athletes, not the state."""
    return any(t.text == "Team" for t in token.subtree if t.i <= token.i and t.pos_ == "PROPN")


@kept
def _lemmas(scene: Scene, first: Token) -> frozenset[str]:
    """The lemmas of the sentence that begins with a token."""
    sent = first.sent
    return frozenset((*scene.lemmas[sent.start : sent.end], *scene.lows[sent.start : sent.end]))
