"""Words that tell no news: proverbs, titles of plays and books, what a constitution lets somebody do."""

from __future__ import annotations

from detente.events.once import once
from detente.events.syntax import children, words_of
from detente.events.tokens import Token

_SAYINGS = frozenset("proverb saying adage maxim joke riddle rhyme".split())
_RUNNING = frozenset("run go say hold have put warn teach".split())
_WORKS = frozenset(
    "play film movie novel song opera musical documentary comedy ballad poem painting memoir exhibition series thriller".split()
)
_COPIES = frozenset(
    "model replica diorama re-enactment reenactment mural tapestry painting opera novel ballad poem simulation".split()
)
_RULES = frozenset("constitution law charter statute treaty code".split())
_ALLOWING = frozenset("may must shall can".split())
_CLOSING, _OPENING = frozenset("”\"’'»"), frozenset("“\"‘'«")


@once
def told_of(token: Token) -> str:
    """What kind of words a deed stands in, or an empty string where it is told as news."""
    return _saying(token) or _title(token) or _rule(token) or _shown(token)


def _saying(token: Token) -> str:
    """'A general without boots attacks on Sundays, goes a saying'."""
    sent = token.sent
    if _SAYINGS.isdisjoint(words_of(token.doc)[1][sent.start : sent.end]):
        return ""
    for word in sent:
        if word.lemma_.lower() in _SAYINGS and word.head.lemma_ in _RUNNING and word.head.tag_ in ("VBZ", "NNS"):
            return word.lemma_.lower()
    return ""


def _title(token: Token) -> str:
    """'“Siege of a Lighthouse”, a novel about two keepers': a title in quotation marks, and what it is the title of."""
    doc, last = token.doc, token.sent.end
    close = next((i for i in range(token.i + 1, min(last, token.i + 8)) if doc[i].text in _CLOSING), None)
    if close is None or not any(doc[i].text in _OPENING for i in range(max(token.sent.start, token.i - 8), token.i)):
        return ""
    after = list(doc[close + 1 : min(last, close + 7)])
    if len(after) < 3 or after[0].text != "," or after[1].lower_ not in ("a", "an", "the", "his", "her", "their"):
        return ""
    return next((t.lemma_.lower() for t in after[2:] if t.lemma_.lower() in _WORKS), "")


def _shown(token: Token) -> str:
    """'a scale model of the battle': what is shown is no news."""
    shown = token.pos_ == "NOUN" and token.dep_ == "pobj" and token.head.lower_ in ("of", "about")
    what = token.head.head.lemma_.lower() if shown else ""
    return what if what in _COPIES else ""


def _rule(token: Token) -> str:
    """'Under the constitution the president may dissolve parliament'."""
    first = token.doc[token.sent.start]
    named = first.lower_ in ("under", "by") and any(o.lemma_.lower() in _RULES for o in children(first, "pobj"))
    if not named:
        return ""
    verb = token
    while verb.dep_ in ("conj", "dobj", "xcomp") and verb.head != verb:
        verb = verb.head
    return "rule of law" if any(c.lower_ in _ALLOWING for c in children(verb, "aux")) else ""
