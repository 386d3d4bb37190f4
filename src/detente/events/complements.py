"""What a verb brings: its clause, its objects with their phrases, or the thing that somebody claims."""

from __future__ import annotations

import re

from detente.events.asides import has_object
from detente.events.cuewords import CUES, Cue
from detente.events.phrases import FINITE, below, child, noun_phrase, sentence_of, subtree
from detente.events.tokens import Token

NOBODY = frozenset(["no", "none", "nobody", "neither", "nothing"])
FALSE = re.compile(
    r"\b(?:baseless|unfounded|false|untrue|nonsense|fabricat\w+|lies?|fiction|propaganda|smear|groundless)\b", re.I
)


def clause_of(token: Token) -> set[int]:
    """A complement clause, or 'that …' which the parser hung on the person told."""
    content: set[int] = set()
    if token.dep_ == "acl" and is_clause(token):
        content |= {i for c in token.head.children if has_that(c) and c.i > token.i for i in subtree(c)}
    for part in token.children:
        if part.i > token.i and part.left_edge.lower_ in ("nothing", "little", "something"):
            continue  # 'said nothing, and the army shelled the town'
        marked = any(c.dep_ == "mark" and c.lower_ not in _THAT for c in part.children)
        if part.dep_ == "advcl" and (marked or part.left_edge.lower_ in _WHEN):
            continue  # 'held it until troops stormed the walls'
        if (
            part.dep_ in ("ccomp", "parataxis")
            and part.i < token.i
            and (_closed_off(part, token) or _has_its_own(token))
        ):
            continue
        if (
            part.dep_ == "ccomp"
            or (part.dep_ in ("parataxis", "dep") and part.pos_ in ("VERB", "AUX"))
            or (part.dep_ in ("advcl", "xcomp") and (has_that(part) or part.tag_ in FINITE))
        ):
            content |= subtree(part) - next_saying(part, token)
        elif part.dep_ in ("dobj", "dative", "pobj"):
            content |= {
                i for g in part.children if g.dep_ in ("relcl", "acl", "ccomp") and _told(g, token) for i in subtree(g)
            }
        elif part.dep_ == "agent" and token.lemma_ == "tell":
            content |= {i for g in part.children for c in g.children if _told(c, token) for i in subtree(c)}
        elif part.dep_ == "prep" and part.lower_ in ("of", "about", "to") and (thing := child(part, "pcomp")):
            content |= subtree(thing)
    content = content or _late_clause(token)
    if content or token.dep_ not in ("parataxis", "ccomp") or token.head == token:
        return content
    return subtree(token.head) - subtree(token) if token.dep_ == "parataxis" else set()


def next_saying(clause: Token, verb: Token) -> set[int]:
    """'said it had no part in it and blamed rebels': the second verb of speech is the speaker's own, not what was said."""
    out: set[int] = set()
    for other in clause.conjuncts:
        if _own_news(clause, other):
            out |= subtree(other) | {c.i for c in clause.children if c.dep_ == "cc" and c.i < other.i}
            continue
        cue = CUES.verbs.get(other.lemma_.lower(), {})
        saying = "c" in cue or cue.get("o") in ("blames", "denies")
        if saying and other.tag_ == verb.tag_ and other.tag_ in FINITE and child(other, "nsubj", "aux") is None:
            out |= subtree(other) | {c.i for c in clause.children if c.dep_ == "cc" and c.i < other.i}
    return out


def _own_news(clause: Token, other: Token) -> bool:
    """'said it would go on …, and on Thursday the army freed two men': what is past is no part of what is foretold."""
    subject = child(other, "nsubj", "nsubjpass")
    ahead = any(c.lower_ in ("would", "will") for c in clause.children if c.dep_ == "aux")
    past = other.tag_ == "VBD" and child(other, "aux") is None
    comma = any(t.text == "," for t in other.doc[clause.i : other.i])
    return ahead and past and comma and other.i > clause.i and subject is not None and subject.pos_ != "PRON"


def _late_clause(token: Token) -> set[int]:
    """'alleges, citing a clerk, that …': the clause after something set in between commas."""
    doc, line = token.doc, sentence_of(token)
    if token.i + 2 >= line.stop or doc[token.i + 1].text != ",":
        return set()
    shut = next((i for i in range(token.i + 2, min(token.i + 16, line.stop - 1)) if doc[i].text == ","), None)
    if shut is None or doc[shut + 1].lower_ != "that":
        return set()
    last = line.stop - 1 if doc[line.stop - 1].is_punct else line.stop
    return set(range(shut + 1, last))


_WHEN = frozenset(["when", "while", "where", "once"])
_THAT = frozenset(["that", "whether", "how", "why"])


def has_that(token: Token) -> bool:
    return any(c.lower_ in _THAT and c.dep_ in ("mark", "advmod") for c in token.children)


def _told(clause: Token, verb: Token) -> bool:
    """'told a briefing that Islamabad would …': the clause is what was told, not which briefing."""
    first = clause.left_edge
    return first.lower_ == "that" and verb.lemma_ in (
        "tell",
        "inform",
        "assure",
        "warn",
        "remind",
        "notify",
        "convince",
    )


def _has_its_own(token: Token) -> bool:
    """'Visits have been cut: the wardens now allow ten minutes': with a subject before and an object after it, the verb reports nothing."""
    subject = child(token, "nsubj")
    return subject is not None and subject.i < token.i and has_object(token)


def _closed_off(part: Token, token: Token) -> bool:
    """'The army says nine died; the militants say …': a whole sentence before a semicolon is not theirs."""
    mark = next((t for t in token.doc[part.i : token.i] if t.text == ";"), None)
    return mark is not None and mark.i >= part.right_edge.i


_TELLING = ("of", "for", "on", "as", "about", "at")


def objects_of(token: Token, cue: Cue) -> set[int]:
    """Objects and 'for/of/on …' phrases: 'denied reports of …', 'accused X of …', 'blamed X for …'."""
    things = below(token, ("dobj", "dative"))
    tails: set[int] = set()
    by = [g for c in token.children if c.dep_ == "agent" for g in c.children]  # 'accused by Dakar of burning …'
    for part in (c for t in (token, *by) for c in t.children):
        if part.dep_ == "prep" and part.lower_ in _TELLING and (part.head == token or child(part, "pcomp")):
            tails |= subtree(part)
    as_false = token.lemma_.lower() in CUES.labels and FALSE.search(" ".join(t.text for t in token.subtree))
    if not things and (cue.get("o") == "denies" or as_false):  # 'termed as baseless reports that …'
        return tails
    return things | tails if things or cue.get("o") == "blames" else set()


def claimed_thing(token: Token) -> set[int]:
    """What 'was claimed by' somebody: the subject, or the noun a relative clause hangs on."""
    subject = child(token, "nsubjpass")
    if token.dep_ == "conj" and subject is None:
        subject, token = child(token.head, "nsubjpass", "nsubj"), token.head
    if subject is not None and subject.tag_ not in ("WDT", "WP"):
        return subtree(subject)
    return noun_phrase(token.head) if token.dep_ in ("relcl", "acl") else set()


def is_clause(token: Token) -> bool:
    """'The militia alleged on Wednesday, offering no proof, that …', parsed as a noun with two clauses."""
    return token.head.head == token.head and any(has_that(c) and c.i > token.i for c in token.head.children)


def is_tale(noun: Token) -> bool:
    """'scoffed at accounts of riots', 'at the notion of': what can be told false."""
    return noun.lemma_.lower() in CUES.nouns | {"notion", "idea", "talk"}


def late_tale(token: Token) -> Token | None:
    """'brushed off as bazaar talk *a report that …*', however it is parsed."""
    after = token.doc[token.i + 1 : token.sent.end]
    return next(
        (t for t in after if is_tale(t) and t.pos_ == "NOUN" and child(t, "acl", "ccomp", "relcl") is not None), None
    )
