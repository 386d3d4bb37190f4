"""What befell the people or things counted: killed, injured, detained, or merely there."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Literal

from detente.events.tokens import Token

Kind = Literal["killed", "injured", "rounds", "attacks", "detained", "troops", "other"]

WORDS = {
    k: frozenset(v.split())
    for k, v in tomllib.loads(files("detente.events").joinpath("counts.toml").read_text()).items()
}

KILL, _DIE, HURT, _HOLD, _BEASTS = (WORDS[k] for k in ("kill", "die", "hurt", "hold", "beasts"))
_NOUNS: tuple[tuple[str, Kind], ...] = (
    ("dead", "killed"), ("injured", "injured"), ("rounds", "rounds"), ("attacks", "attacks"), ("troops", "troops"),
)  # fmt: skip


def judge(noun: Token) -> tuple[Kind, Token]:
    """What is counted, and the token that says so."""
    beast = noun.lemma_.lower() in _BEASTS
    fate = None if beast else _fate(noun)
    if fate:
        return fate
    lemma = noun.lemma_.lower()
    for words, kind in _NOUNS:
        if lemma in WORDS[words]:
            return kind, noun
    return "other", noun


def _fate(noun: Token) -> tuple[Kind, Token] | None:
    """Killed, injured or detained: by the verb over the noun, a participle or 'dead' beside it, a toll."""
    for child in noun.children:
        kind = (
            _participle(child)
            if child.dep_ in ("acl", "amod", "relcl", "appos", "advcl") and not _acts(child)
            else None
        )
        if kind:
            return kind, child
    token = up_conjuncts(noun)
    if token.dep_ in ("pobj",) and token.head.lower_ == "of" and token.head.head.pos_ in ("NUM", "NOUN", "PRON"):
        token = up_conjuncts(token.head.head)
    verb, dep = _over(token)
    for doer in (verb, *(c for c in verb.children if c.dep_ == "xcomp" and dep in ("nsubjpass", "nsubj"))):
        passive = any(c.dep_ == "auxpass" for c in doer.children)
        kind = verb_kind(doer, dep if doer == verb else "nsubjpass" if passive else "nsubj")
        if kind:
            return kind, doer
    return _toll(token) or _beside(noun)


def _acts(verb: Token) -> bool:
    """'18 rockets that killed two': the relative clause tells what the counted things did, not what befell them."""
    deps = {c.dep_ for c in verb.children}
    return verb.dep_ == "relcl" and "nsubj" in deps and "auxpass" not in deps


def _over(token: Token) -> tuple[Token, str]:
    """The verb over a counted noun and the noun's part in it, seen through 'between 12 and 20', 'over 40'."""
    verb, dep = token.head, token.dep_
    if dep == "pobj" and verb.lower_ in ("between", "over", "about", "around", "up", "under", "from"):
        passive = any(c.dep_ == "auxpass" for c in verb.head.children)
        after = "dobj" if verb.i > verb.head.i else "nsubjpass" if passive else "nsubj"
        return verb.head, after
    return verb, dep


def up_conjuncts(token: Token) -> Token:
    """The first of the nouns a noun is joined to by 'and', 'or' or commas."""
    while token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN", "NUM", "PRON"):
        token = token.head
    return token


def _participle(token: Token) -> Kind | None:
    lemma = token.lemma_.lower()
    if lemma in ("dead", "slain") or (lemma in KILL and token.tag_ in ("VBN", "VBD")):
        return "killed"
    if lemma in HURT and token.tag_ in ("VBN", "VBD", "JJ"):
        return "injured"
    return "detained" if lemma in _HOLD and token.tag_ == "VBN" else None


def verb_kind(verb: Token, dep: str) -> Kind | None:
    """What a verb does to the people in the role `dep` ('nsubj', 'dobj', 'nsubjpass'); None: nothing counted."""
    lemma, passive = verb.lemma_.lower(), dep == "nsubjpass"
    subject = dep == "nsubj"
    if lemma == "burn" and not any(c.lower_ in ("alive", "death") for c in verb.subtree):
        return None  # houses and taxis burn
    if (lemma in KILL and (dep == "dobj" or passive)) or (lemma in _DIE and subject):
        return "killed"
    if lemma == "shoot" and (passive or dep == "dobj") and any(c.lower_ == "dead" for c in verb.subtree):
        return "killed"
    if lemma in HURT and (dep == "dobj" or passive):
        return "injured"
    if lemma in _HOLD and (dep == "dobj" or passive):
        return "detained"
    return _phrase_kind(verb, dep)


def _phrase_kind(verb: Token, dep: str) -> Kind | None:
    """Verbs whose object names the fate: lost their lives, sustained injuries, embraced martyrdom; left N dead."""
    below = {c.lower_ for c in verb.subtree}
    if dep == "nsubj" and verb.lemma_ in ("lose", "sustain", "suffer", "embrace"):
        if below & {"life", "lives", "martyrdom"}:
            return "killed"
        return "injured" if below & {"injury", "injuries", "wounds"} else None
    if (dep in ("nsubj", "dobj") and verb.lemma_ == "leave") or (dep in ("nsubj", "nsubjpass") and verb.lemma_ == "be"):
        near = {c.lower_ for c in verb.children} | {g.lower_ for c in verb.children for g in c.children}
        if "dead" in near:
            return "killed"
        return "injured" if near & {"wounded", "injured", "hurt"} else None
    return None


def _toll(token: Token) -> tuple[Kind, Token] | None:
    """'the toll rose to 54', 'gave a toll of 19', 'the count of the dead has climbed to 54'."""
    if token.dep_ != "pobj" or token.head.lower_ not in ("to", "at"):
        return None
    for word in token.head.head.subtree:
        if word.lower_ == "toll" or (word.i < token.i and _participle(word) == "killed"):
            return "killed", word
        if word.i < token.i and word.lower_ in ("dead", "deaths", "killed"):
            return "killed", word
        if word.i < token.i and word.lower_ in ("wounded", "injured"):
            return "injured", word
    return None


def _beside(noun: Token) -> tuple[Kind, Token] | None:
    """'12 dead', 'two soldiers wounded': the parser often loses these in headlines and after 'leaving'."""
    doc, at = noun.doc, noun.i + 1
    while at < len(doc) and doc[at].lower_ in ("people", "others", "more", "were", "was", "reported", "left"):
        at += 1
    if at < len(doc) and doc[at].lower_ in ("dead", "killed", "wounded", "injured", "hurt"):
        nxt = doc[at + 1] if at + 1 < len(doc) else None
        if nxt is None or nxt.pos_ not in ("NOUN", "PROPN", "NUM", "DET"):
            return ("killed" if doc[at].lower_ in ("dead", "killed") else "injured"), doc[at]
    return None
