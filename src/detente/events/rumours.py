"""Hearsay that has no speaker: 'it is understood', 'rumour has it', 'goes the whisper'."""

from __future__ import annotations

from detente.events.nobody import RUMOURS
from detente.events.tokens import Token

_HEARD = frozenset("understand think believe say tell hear report rumour rumor suppose suspect fear whisper".split())
_SEEMING = frozenset({"appear", "seem"})
_SPREADING = frozenset("have sweep go run fly circulate spread reach".split())


def rumoured(deed: Token) -> Token | None:
    """The word that makes a mere rumour of a deed in the same clause (a semicolon parts), or None."""
    doc, sent = deed.doc, deed.sent
    low = next((i + 1 for i in range(deed.i, sent.start - 1, -1) if doc[i].text == ";"), sent.start)
    high = next((i for i in range(deed.i, sent.end) if doc[i].text == ";"), sent.end)
    words = [t for t in doc[low:high] if t != deed]
    return next((t for t in words if _spread(t) or (_aside(t) and _reaches(t, deed))), None)


def _reaches(aside: Token, deed: Token) -> bool:
    """'dined and, it is thought, quarrelled': only what follows is thought."""
    comma = next(i for i in range(aside.i, 0, -1) if aside.doc[i].text == ",")
    return deed.i > aside.i or aside.doc[comma - 1].tag_ != "CC"


def _aside(word: Token) -> bool:
    """'…, it is thought, …', '…, it appears.': between commas, so that nothing hangs on it."""
    doc, at = word.doc, word.i
    if word.lemma_ in _SEEMING and word.tag_ in ("VBZ", "VBD"):
        start = at - 1
    elif word.lemma_ in _HEARD and word.tag_ == "VBN" and doc[at - 1].lower_ in ("is", "was"):
        start = at - 2
    else:
        return False
    shut = at + 1 >= len(doc) or doc[at + 1].text in (",", ".", ";", "—", "–")
    return start > word.sent.start and doc[start].lower_ == "it" and doc[start - 1].text == "," and shut


def _spread(word: Token) -> bool:
    """'Rumour has it that …', 'rumours swept the capital that …', '…, goes the whisper in the bazaar, …'."""
    return (
        word.lemma_.lower() in RUMOURS
        and word.head.lemma_ in _SPREADING
        and word.head.pos_ in ("VERB", "AUX")
        and word.dep_ in ("nsubj", "dobj", "attr", "npadvmod")
        and not any(c.dep_ == "neg" for c in word.head.children)
    )
