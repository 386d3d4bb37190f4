"""Which words may tell a deed at all: not numbers, dates, parts of names, offices taken over."""

from __future__ import annotations

from detente.events.disguised import squeezed
from detente.events.scene import Scene
from detente.events.tokens import Token


def may_trigger(scene: Scene, token: Token) -> bool:
    """Not a number, a date, a modifier or a word of a name."""
    if token.is_punct or token.is_space or token.like_num:
        return False
    # a word inside a proper name is no deed: Popular Mobilization Forces, Desert Strike
    named = scene.hit(token)
    if named is not None and named.kind != "person":
        return False
    if token.ent_type_ in ("ORG", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT") and token.pos_ == "PROPN":
        return token.lower_ == token.text
    if (token.pos_ == "PROPN" and token.ent_type_ in ("DATE", "TIME")) or _is_month(token):
        return False
    if token.lemma_ == "kick" and any(c.lower_ == "off" for c in token.children):
        return False  # 'kicks off her campaign'
    if token.lemma_ == "take" and any(c.dep_ == "dobj" and c.lower_ == "what" for c in token.children):
        return False  # 'What would it take …?'
    if _takes_office(token):
        return False
    if token.lemma_ == "stop" and any(c.lower_ == "short" for c in token.children):
        return False  # 'stopped short of breaking relations'
    return not (token.dep_ == "amod" and token.pos_ in ("VERB", "ADJ")) or squeezed(token)


# what somebody takes over or takes charge of by being given it
_OFFICES = frozenset(
    "force army navy command brigade battalion regiment division corps unit squadron fleet service agency party movement union "
    "presidency premiership chair chairmanship leadership portfolio job role office duty helm investigation team".split()
)


def _takes_office(token: Token) -> bool:
    """'took over the Quds Force', 'took over as head of the junta', 'took full charge of the base': given, not seized."""
    if token.lemma_ == "charge" and token.dep_ == "dobj":
        return token.head.lemma_ in ("take", "assume", "have")
    if token.lemma_ not in ("take", "assume"):
        return False
    things = [c for c in token.children if c.dep_ == "dobj"]
    if any(t.lemma_ in ("charge", "command") for t in things):
        return True
    over = any(c.lower_ == "over" and c.dep_ == "prt" for c in token.children)
    as_head = any(c.lower_ == "as" and c.dep_ == "prep" for c in token.children) and not things
    return over and (as_head or any(t.lemma_.lower() in _OFFICES for t in things))


def _is_month(token: Token) -> bool:
    """'March' beside a number, or after 'in', 'since', 'until' with no article."""
    if token.text not in ("March", "May"):
        return False
    doc, i = token.doc, token.i
    beside = [doc[j] for j in (i - 1, i + 1) if 0 <= j < len(doc)]
    return any(t.like_num for t in beside) or (
        i > 0 and doc[i - 1].lower_ in ("in", "since", "until", "by", "of", "last", "early", "late")
    )
