"""Who speaks by a verb: its subject, its agent, or what its clause hangs on."""

from __future__ import annotations

from detente.events.asides import ADDRESSING, NOMINAL, after_verb
from detente.events.complements import is_clause, next_saying
from detente.events.cuewords import CUES
from detente.events.phrases import FINITE, below, child, noun_phrase, sentence_of, subtree
from detente.events.tokens import Doc, Token

_WAYS = frozenset(
    "telephone phone radio letter email e-mail text message video videolink satellite fax post".split()
)  # 'said by telephone'
TIMES = frozenset(
    "morning noon afternoon evening night midnight dawn dusk day week month year then".split()
)  # 'reported by evening'


def speaker(token: Token) -> set[int]:
    """The tokens of the speaker: subject, by-agent, or what a participle or relative clause hangs on."""
    agent = agent_of(token)
    who = (
        [g for g in agent.children if g.dep_ == "pobj" and g.lemma_.lower() not in _WAYS | TIMES]
        if agent is not None
        else []
    )
    if who:
        done = {i for g in who for p in g.children if child(p, "pcomp") for i in subtree(p)}  # 'by Dakar of burning'
        return {i for g in who for i in noun_phrase(g)} - done
    subject = child(token, "nsubj", "csubj")
    if subject is not None:
        if subject.tag_ in ("WP", "WDT"):
            return noun_phrase(token.head) if token.dep_ == "relcl" else set()
        line = sentence_of(token)
        if subject.i not in line:
            return _line_start(token, line)
        return noun_phrase(subject) if subject.pos_ in (*NOMINAL, "ADV") else set()
    if token.dep_ == "conj" and token.head.dep_ == "ccomp" and token.i in next_saying(token.head, token.head.head):
        return speaker(token.head.head)
    if token.dep_ == "conj" and token.tag_ in FINITE and token.head.tag_ == "VB" and (told := _told_above(token)):
        return told
    if token.dep_ == "acl" and is_clause(token):
        return noun_phrase(token.head)
    if token.dep_ in ("xcomp", "conj", "advcl") and token.head != token:
        return _of_head(token.head)
    name = child(token, "compound")
    if name is not None and name.i == token.i - 1 and token.pos_ == "VERB":
        return below(token, ("compound", "det"))  # 'The Baloch Falcons boast of …', parsed as one name
    if token.dep_ == "acl" and token.tag_ == "VBG":
        return noun_phrase(token.head)
    if (
        token.dep_ in ("acl", "relcl")
        and token.tag_ == "VB"
        and token.head.lemma_ in ("pain", "reason", "cause", "ground")
    ):
        above = next((t for t in token.head.ancestors if t.pos_ in ("VERB", "AUX")), token)
        return speaker(above) if above is not token else set()  # 'was at pains to stress', 'has reason to think'
    if token.dep_ == "pcomp" and token.head.head != token.head:
        above = token.head.head
        thing = child(above, "dobj")
        return noun_phrase(thing) if thing is not None and above.lemma_ in ("cite", "quote") else _of_head(above)
    return after_verb(token, sentence_of(token)) if token.lemma_ not in ADDRESSING else set()


def agent_of(token: Token) -> Token | None:
    """The 'by' of a passive; in 'recorded 41 raids by the army' the parser may hang it on a verb that has its subject."""
    agent = child(token, "agent")
    return None if agent is not None and token.tag_ != "VBN" and child(token, "nsubj") is not None else agent


def _told_above(token: Token) -> set[int]:
    """'said a fire was to blame and denied that …', with 'denied' hung on the infinitive: who said is who denied."""
    above = next((t for t in token.ancestors if t.lemma_.lower() in CUES.verbs and child(t, "nsubj")), None)
    return speaker(above) if above is not None and above.tag_ in FINITE else set()


def _line_start(token: Token, line: range) -> set[int]:
    """The noun phrase just before a verb whose subject the parser sought on an earlier line."""
    at = token.i - 1
    while at in line and token.doc[at].pos_ in ("AUX", "ADV", "PART"):
        at -= 1
    return noun_phrase(token.doc[at]) & set(line) if at in line and token.doc[at].pos_ in NOMINAL else set()


def _of_head(token: Token) -> set[int]:
    passive = child(token, "nsubjpass")
    return noun_phrase(passive) if passive is not None else speaker(token)


def cue_tokens(token: Token) -> set[int]:
    """The verb with its particle, auxiliaries and negation close by."""
    return {token.i} | {
        c.i for c in token.children if c.dep_ in ("prt", "neg", "aux", "auxpass") and abs(c.i - token.i) <= 3
    }


# 'about twenty officials'; but 'in June' says nothing
_SOME = frozenset("about around over under some more up at".split())


def may_speak(doc: Doc, source: set[int]) -> bool:
    """Not 'in June', 'last year', 'whose leaders', 'hounded by street', which misread verbs of speech are given."""
    first, words = doc[min(source)], [doc[i] for i in source]
    if first.pos_ == "ADP":
        return first.lower_ in _SOME
    if first.tag_ in ("WP$", "WDT") or (first.tag_ == "VBN" and first.dep_ not in ("amod", "compound")):
        return False
    return not any(t.lemma_.lower() in TIMES and t.head.i not in source for t in words) and any(
        t.pos_ not in ("ADJ", "ADV") for t in words
    )
