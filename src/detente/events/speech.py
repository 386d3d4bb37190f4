"""Verbs of speech, thought, denial, blame, threat and request: who, and what part of the sentence they bring."""

from __future__ import annotations

from collections.abc import Iterator

from detente.events.asides import EVER, aside
from detente.events.complements import NOBODY, claimed_thing, clause_of, has_that, next_saying, objects_of
from detente.events.cuewords import CUES, Cue
from detente.events.phrases import Draft, below, child, sentence_of, subtree
from detente.events.speaker import agent_of, cue_tokens, speaker
from detente.events.stance import refine
from detente.events.syntax import with_lemma
from detente.events.tokens import Doc, Token


def verbs(doc: Doc) -> Iterator[Draft]:
    """One draft per cue verb that has something to bring."""
    for token in with_lemma(doc, CUES.verbs):
        cue = CUES.verbs[token.lemma_.lower()]
        if token.pos_ not in ("VERB", "AUX", "NOUN") or token.dep_ in ("amod", "compound", "aux"):
            continue
        if token.pos_ == "NOUN" and not (
            token.tag_ == "NNS" and token.lemma_ in ("show", "say", "understand") and _ends(token)
        ):
            continue
        draft = _verb(token, cue)
        if draft is not None and draft.kind != "attitude":
            yield draft


def _ends(token: Token) -> bool:
    """'…, a letter shows.': a verb taken for a noun at the very end."""
    return token.i + 1 < len(token.doc) and token.doc[token.i + 1].text in (".", ",")


def _verb(token: Token, cue: Cue) -> Draft | None:
    if token.tag_ == "VBN" and token.i and token.nbor(-1).lower_ in EVER:
        return None
    if token.lemma_.lower() in _SUPPOSING and child(token, "nsubj", "aux", "mark") is None and token.tag_ == "VB":
        return None
    if token.lemma_ == "find" and _comes_upon(token):
        return None
    if token.lemma_ in ("recall", "remember") and any(c.tag_ == "MD" for c in token.children):
        return None  # 'Readers will recall that …'
    if _headlines_said_to(token):
        return Draft({token.i}, set(), set(sentence_of(token)) - {token.i}, "doubts", token.text, takes_quote=False)
    by = agent_of(token)
    if by is None and child(token, "nsubjpass") is not None:
        return _passive(token)
    if _thought_to_be(token):
        return Draft({token.i}, set(), below(token, ("xcomp",)), "doubts", token.text, takes_quote=False)
    if any(c.lower_ in NOBODY for s in token.children if s.dep_ == "nsubj" for c in s.subtree if c.i <= s.i):
        return None
    if _is_own_knowledge(token) or (token.dep_ == "xcomp" and token.head.lemma_.lower() in CUES.seeming):
        return None
    beside = aside(token) if cue.get("c") else None
    if beside and token.lemma_ == "protest" and not any(t.text in ("”", '"', "''") for t in token.sent):
        beside = None  # 'Police detain deputy, Belgrade protests': a deed of its own
    if token.pos_ == "NOUN" and beside is None:
        return None
    source = beside[0] if beside else speaker(token)
    draft = Draft(cue_tokens(token), source)
    if beside:
        draft.content, draft.stance = beside[1], "asserts" if token.lemma_ in _GATHERED else cue["c"]
    elif by is not None and token.lemma_ == "claim":
        draft.content, draft.stance = claimed_thing(token), "claims"
    elif by is not None and cue.get("o") == "denies" and (tale := _tale_denied(token)):
        draft.content, draft.stance = tale, "denies"
    elif by is not None and source and token.lemma_ in _OF_DEEDS and (deed := _deed_told(token)):
        draft.content, draft.stance = deed, "denies" if token.lemma_ == "deny" else "asserts"
    elif by is not None and token.lemma_.lower() in CUES.passive and (tale := below(token, ("xcomp",))):
        draft.content, draft.stance = tale | _plain_subject(token), cue.get("c", "asserts")
    elif not _complement(token, cue, draft):
        return None
    elif token.lemma_ == "allow" and not any(c.lower_ == "that" for t in token.children for c in t.children):
        draft.content = set()  # 'the bill allows them to seize it'
    return _settle(token, cue, draft)


_SAID_TO = frozenset("think believe assume presume say report allege understand suspect fear".split())


def _thought_to_be(token: Token) -> bool:
    """'Gunmen thought to be loyal to him seized the mill': nobody named thinks so, and only of their loyalty."""
    after = [t.lower_ for t in token.doc[token.i + 1 : token.i + 3]]
    return token.lemma_.lower() in _SAID_TO and after in (["to", "be"], ["to", "have"])


def _comes_upon(token: Token) -> bool:
    """'could find himself indicted', 'found its bridge picketed', 'woke to find guards at the door': no finding of fact."""
    if token.i + 1 < len(token.doc) and token.nbor().lower_.endswith(("self", "selves")):
        return True
    if any(c.lower_ == "to" for c in token.children if c.dep_ == "aux"):
        return True
    clause = child(token, "ccomp")
    return clause is not None and clause.tag_ == "VBN" and child(clause, "aux", "auxpass", "mark") is None


def _headlines_said_to(token: Token) -> bool:
    """'Border guards said to have opened fire', a headline without its 'are'."""
    after = token.doc[token.i + 1 : token.i + 3]
    infinitive = len(after) == 2 and after[0].lower_ == "to" and after[1].tag_ in ("VB", "VBP")
    bare = (
        (infinitive or (len(after) > 0 and after[0].tag_ == "VBN"))
        and token.lemma_.lower() in CUES.passive
        and child(token, "aux", "auxpass") is None
    )
    line = sentence_of(token)
    return bare and token.i > line.start and token.doc[line.stop - 1].text not in (".", "”", '"', "?", "!")


def _tale_denied(token: Token) -> set[int]:
    """'Reports that … have been dismissed by Minsk', 'the claim to have … was disowned by its leader'."""
    subject = child(token, "nsubjpass")
    known = subject is not None and (
        subject.lemma_.lower() in CUES.nouns or subject.lemma_ in ("report", "rumour", "rumor")
    )
    told = known and subject is not None and any(c.dep_ in ("acl", "ccomp", "relcl") for c in subject.children)
    return subtree(subject) if told and subject is not None else set()


_OF_DEEDS = ("report", "deny")


def _deed_told(token: Token) -> set[int]:
    """'The raid was reported by a Tunisian daily', 'their retreat was denied by a man …': the subject, unless it is asked for or said."""
    thing = child(token, "nsubjpass")
    if thing is None or thing.pos_ != "NOUN" or thing.lemma_.lower() in _SPEECH | _GRANTED or child(token, "neg"):
        return set()
    return _plain_subject(token)


_GRANTED = frozenset("access entry visa bail permission passage permit right service aid parole leave passport".split())
_GATHERED = ("understand", "learn", "hear")  # '…, the Herald understands'
_SUPPOSING = frozenset(["suppose", "guess", "presume", "say"])  # as orders: 'Suppose the court rules against him'


def _is_own_knowledge(token: Token) -> bool:
    """'reported not having seen any fire': the speaker's own knowledge, not another voice."""
    subject = child(token, "nsubj")
    return (
        token.dep_ == "ccomp" and token.lemma_.lower() in CUES.silent and subject is not None and subject.tag_ == "PRP"
    )


_SPEECH = frozenset(
    "call request demand appeal plea apology allegation accusation charge offer proposal invitation ultimatum threat warning criticism".split()
)


def _own_word(token: Token, draft: Draft) -> set[int]:
    """'dismissed a Moldovan call for talks', 'disowned its minister's apology': the call was made, whatever they make of it."""
    thing = child(token, "dobj")
    if draft.stance != "denies" or token.lemma_ == "deny" or thing is None or thing.lemma_.lower() not in _SPEECH:
        return set()
    return (
        {thing.i} | {c.i for c in thing.children if c.i < thing.i}
        if not any(c.lower_ in ("any", "no") for c in thing.children)
        else set()
    )


def _settle(token: Token, cue: Cue, draft: Draft) -> Draft:
    if draft.stance == "attitude":
        draft.stance, draft.kind = "asserts", "attitude"
    draft.takes_quote = bool(cue.get("c")) and token.lemma_.lower() not in CUES.silent
    if draft.stance == "doubts":
        draft.hedge = token.text
    refine(token, cue, draft)
    draft.content -= draft.source | draft.cue | _own_word(token, draft)
    return draft


def _complement(token: Token, cue: Cue, draft: Draft) -> bool:
    """Fill in the clause, infinitive or object; False where the verb can bring nothing at all."""
    if cue.get("c") and (clause := clause_of(token)):
        draft.content, draft.stance = clause, cue["c"]
    elif cue.get("x") and (
        inf := {i for c in token.children if c.dep_ == "xcomp" for i in subtree(c) - next_saying(c, token)}
    ):
        draft.content, draft.stance = inf, cue["x"]
    elif cue.get("o") and (thing := objects_of(token, cue)):
        draft.content, draft.stance = thing, cue["o"]
    elif cue.get("c"):
        draft.stance = cue["c"]
    else:
        return False
    return True


def _plain_subject(token: Token) -> set[int]:
    """The subject without its relative clauses: in 'the emir, who met them, is said to …' nobody doubts the meeting."""
    out = below(token, ("nsubjpass",))
    for i in sorted(out):
        if token.doc[i].dep_ == "relcl":
            out = out - subtree(token.doc[i])
    return out


def _passive(token: Token) -> Draft | None:
    """'X is said to …', 'are feared hijacked', 'it is believed that …': nobody named says so."""
    if token.lemma_ == "tell" and (
        told := {i for c in token.children if c.dep_ == "ccomp" and has_that(c) for i in subtree(c)}
    ):
        return Draft({token.i}, set(), told, takes_quote=False)  # 'Its envoy was told that …'
    if token.lemma_.lower() not in CUES.passive:
        return None
    clause = below(token, ("ccomp",))
    if not clause:
        clause = below(token, ("xcomp", "oprd"))
        clause |= _plain_subject(token) if clause else set()
    kind = "inference" if token.lemma_ == "expect" else "indirect"
    return Draft({token.i}, set(), clause, "doubts", token.text, kind, takes_quote=False) if clause else None
