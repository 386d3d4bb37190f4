"""Sentences of everyday life in which no party acts: a household, a play, a sports team, a private crime, weather, the market."""

from __future__ import annotations

from functools import cache

from detente.events import syntax
from detente.events.fitting import is_armed
from detente.events.once import once
from detente.events.private import private
from detente.events.roles import Candidate
from detente.events.sayings import told_of
from detente.events.scene import Scene, kept
from detente.events.syntax import children
from detente.events.tokens import Token
from detente.reference.codebook.read import Codebook

TOPICS = ("sport", "market", "weather", "disease", "art", "accident")


def off_topic(scene: Scene, candidate: Candidate) -> str:
    """The everyday field a sentence belongs to, where no named party or armed body acts."""
    for doer in candidate.actors:
        if any(
            scene.is_a(t, "weather", "disease", "animal")
            for t in (doer, *(() if is_armed(scene, doer) else syntax.children(doer, "compound", "nmod")))
        ):
            return f"'{doer.text}'"
    if candidate.frame.type in ("ASSAULT", "COERCE", "THREATEN", "ACCUSE") and _at_home(scene, candidate):
        return "a household"
    if stage := _staged(candidate.token) or told_of(candidate.token):
        return f"a {stage}"
    if why := private(scene, candidate):
        return why
    acts = any(scene.named(t) or scene.is_a(t, "official") or is_armed(scene, t) for t in candidate.actors)
    armed, mundane, topics = _sentence(scene, scene.doc[candidate.token.sent.start])
    if armed:
        return ""
    own = {candidate.token.lemma_.lower()}
    if everyday := mundane - own:
        return f"everyday life ({min(everyday)})"
    crowd = candidate.frame.type in ("PROTEST", "CONCEDE") and any(scene.is_a(t, "citizens") for t in candidate.actors)
    if crowd or (acts and candidate.frame.type != "ASSAULT"):
        return ""
    for topic, found in topics.items():
        words = found - own
        if len(words) >= (
            1 if topic in ("weather", "disease") and candidate.frame.type == "ASSAULT" and not acts else 2
        ):
            return f"{topic} ({', '.join(sorted(words)[:3])})"
    return ""


# who lives together: what they do to each other is no politics, whatever PLOVER's verbs say
KIN = frozenset(
    "wife husband boyfriend girlfriend fiance fiancee fiancé fiancée ex-wife ex-husband ex-boyfriend ex-girlfriend mother father "
    "stepfather stepmother mother-in-law father-in-law brother-in-law son-in-law roommate flatmate lover spouse "
    "grandmother grandfather nephew cousin classmate".split()
)
_NEAR = frozenset("brother sister son daughter uncle aunt stepson stepdaughter".split())  # of a private person
_ANYONE = frozenset(
    "man woman boy girl teenager youth pensioner farmer student driver he she him her himself herself".split()
)


def _at_home(scene: Scene, candidate: Candidate) -> bool:
    """'was stabbed by her boyfriend', 'a man killed his wife': private persons on both sides, one of them kin."""

    def kin(t: Token) -> bool:
        return t.lemma_.lower() in KIN and not scene.named(t) and not any(is_armed(scene, c) for c in t.children)

    doers, others = candidate.actors, candidate.recipients
    if any(kin(t) for t in doers):
        return not any(is_armed(scene, t) or scene.is_a(t, "official") for t in others)
    sent = candidate.token.sent
    if not KIN.isdisjoint(scene.lemmas[sent.start : sent.end]) and any(kin(t) and _strikes(t) for t in sent):
        # 'stabbed by her lover after police did not arrest him'
        return not any(scene.named(t) or is_armed(scene, t) for t in others)
    private = bool(doers) and all(t.lemma_.lower() in _ANYONE and not scene.named(t) for t in doers)
    near = _NEAR if all(t.pos_ == "NOUN" for t in doers) else frozenset[str]()  # 'he' may be a king
    return private and any(kin(t) or t.lemma_.lower() in near for t in others)


_BLOWS = frozenset("stab shoot kill beat strangle murder attack punch poison bludgeon assault slap".split())


def _strikes(noun: Token) -> bool:
    """Does this noun do the beating?"""
    verb = noun.head.head if noun.head.dep_ == "agent" else noun.head
    return verb.lemma_ in _BLOWS and (noun.dep_ == "nsubj" or noun.head.dep_ == "agent")


# what plays deeds: 'In the film, rebels hang the king', 'In the second act …', 'In the war game, …'
_STAGES = frozenset(
    "film movie novel opera musical play thriller sequel sitcom videogame fable ballad wargame simulation".split()
)
_PLAYED = frozenset("war video board tabletop staff command computer".split())
_COUNTED = frozenset("first second third fourth fifth last final opening closing".split())


@once
def _staged(token: Token) -> str:
    """The play, film or game that a sentence opens with, or an empty string."""
    for prep in token.sent[:2]:
        if prep.lower_ not in ("in", "during") or prep.dep_ != "prep" or prep.i > token.i:
            continue
        for noun in children(prep, "pobj"):
            before = {c.lower_ for c in noun.children if c.dep_ in ("amod", "compound", "nmod")}
            word = noun.lemma_.lower()
            known = any(c.lower_ in ("the", "a", "this", "his", "her", "their", "whose") for c in noun.children)
            played = word in ("game", "exercise", "scenario") and before & _PLAYED
            if known and (word in _STAGES or played or (word in ("act", "scene", "chapter") and before & _COUNTED)):
                return noun.text
    return ""


@kept
def _sentence(scene: Scene, first: Token) -> tuple[bool, frozenset[str], dict[str, frozenset[str]]]:
    """Whether anybody armed stands in the sentence that begins with a token; else its words of everyday life, and of each topic."""
    sent, book = first.sent, scene.codebook
    if any(is_armed(scene, t) for t in sent):
        return True, frozenset(), {}
    lemmas = frozenset(scene.lemmas[sent.start : sent.end])
    topics = {topic: words for topic in TOPICS if (words := lemmas & _topic_words(book, topic))}
    return False, lemmas & book.classes.get("mundane", frozenset()), topics


_COMMON = frozenset(
    ("shot run set oil gold dollar share demand book play game show fire gas truck car bus train fall company").split()
)


@cache
def _words(members: frozenset[str]) -> frozenset[str]:
    return members - _COMMON


def _topic_words(codebook: Codebook, topic: str) -> frozenset[str]:
    return _words(codebook.classes.get(topic, frozenset()))
