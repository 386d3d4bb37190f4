"""Whom terms are held over where the deed itself names nobody: who is to act, or who is spoken to."""

from __future__ import annotations

from detente.events.clauses import SPEECH, Conditional
from detente.events.scene import Scene
from detente.events.syntax import children, is_passive, logical_object, logical_subject, prep_objects
from detente.events.tokens import Token

# what happens to somebody rather than what he does
_BEFALLS = frozenset("die bleed fall be become suffer happen perish rain fail arrive come occur run expire".split())
_VAGUE = frozenset(
    "you i we it anyone anybody someone somebody one nobody everyone whoever who that this there".split()
)
_PRESS = frozenset(
    "reporter journalist correspondent radio television tv newspaper paper daily weekly agency channel station broadcaster "
    "press service viewer listener cabinet parliament audience worker aide ally".split()
)
_OTHERS = frozenset("counterpart host guest rival opponent enemy neighbour neighbor captor hall council".split())
_TELLING = SPEECH | frozenset("telegraph order command instruct call telephone phone cable urge address".split())


def addressed(scene: Scene, conditional: Conditional, doers: frozenset[int]) -> list[Token]:
    """The party whose deed is the condition ('unless the junta frees …'), else the one spoken to ('…, he told the bandits').

    `doers` are the tokens of who would carry out the consequence: nobody holds terms over himself.
    """
    limited = _given(scene, conditional)
    if limited is not None and limited.i not in doers:
        return [limited]
    actor = _conditioned(scene, conditional)
    if actor is not None and actor.i not in doers and actor.pos_ != "PRON":
        return [actor]
    told = _told(scene, conditional, doers) if actor is not None or _speaks_to(scene, conditional) else None
    if told is not None:
        return [told]
    if actor is not None and actor.i not in doers:
        return [actor]
    return _struck(scene, conditional, doers) or _second_person(scene, conditional)


def _given(scene: Scene, conditional: Conditional) -> Token | None:
    """Whose deadline it is: 'gave the bandits two days', 'Fiji was given until Monday', 'Minsk has until Friday to …'."""
    if conditional.kind != "deadline":
        return None
    for verb in scene.doc[conditional.head].sent:
        if verb.lemma_ not in ("give", "have") or verb.pos_ not in ("VERB", "AUX"):
            continue
        if verb.lemma_ == "have" or is_passive(verb):
            heads = children(verb, "nsubj", "nsubjpass")
        else:
            heads = children(verb, "dative") or (children(verb, "dobj")[:1] if len(children(verb, "dobj")) > 1 else [])
            heads = heads or [s for c in children(verb, "ccomp") for s in children(c, "nsubj")]
        if heads and scene.political(heads[0]):
            return heads[0]
    return None


def _struck(scene: Scene, conditional: Conditional, doers: frozenset[int]) -> list[Token]:
    """Whom the consequence itself hits: 'would bomb depots inside Chad'."""
    verb = scene.doc[conditional.head]
    done_to = logical_object(verb) if verb.pos_ == "VERB" else None
    if done_to is None or scene.party(done_to):
        return []
    held = [*prep_objects(done_to, "inside", "in", "of", "across"), *children(done_to, "poss")]
    return [t for t in held if scene.named(t) and t.i not in doers]


def _second_person(scene: Scene, conditional: Conditional) -> list[Token]:
    """'… and you will pay', where nobody is named whom it is said to."""
    low, high = _terms(conditional)
    return [t for t in scene.doc[low:high] if t.lower_ == "you"][:1]


def _speaks_to(scene: Scene, conditional: Conditional) -> bool:
    """Terms in the second person, or of a shape that is an order: 'pay or …', 'one more step and …'."""
    low, high = _terms(conditional)
    second = any(t.lower_ in ("you", "your", "yours") for t in scene.doc[low:high])
    return second or conditional.kind in ("or", "and", "no-no", "whoever", "moment")


def _terms(conditional: Conditional) -> tuple[int, int]:
    sides = (conditional.condition, conditional.consequence)
    return min(low for low, _ in sides), max(high for _, high in sides)


def _conditioned(scene: Scene, conditional: Conditional) -> Token | None:
    """Who would meet or break the condition."""
    words = scene.doc[slice(*conditional.condition)]
    if not len(words):
        return None
    verb = words.root
    if verb.pos_ not in ("VERB", "AUX"):  # 'until Asmara hands over …', 'the day the president resigned'
        verb = next(
            (t for t in words if t.pos_ in ("VERB", "AUX") and t.dep_ in ("advcl", "relcl", "ccomp", "pcomp")), verb
        )
    if (
        verb.pos_ not in ("VERB", "AUX")
        or is_passive(verb)
        or (verb.lemma_ in _BEFALLS and not children(verb, "acomp"))
    ):
        return None
    doer = logical_subject(verb)
    if doer is None or doer.i not in conditional.inside or doer.lower_ in _VAGUE or not scene.political(doer):
        return None
    if doer.pos_ == "NOUN" and not scene.party(doer):
        return None
    return None if any(c.lower_ in ("another", "any", "no") for c in children(doer, "det")) else doer


def _told(scene: Scene, conditional: Conditional, doers: frozenset[int]) -> Token | None:
    """Whom the speaker of the terms speaks to, in their sentence or the one before it within a quotation."""
    sent = scene.doc[conditional.head].sent
    low, high = _terms(conditional)
    sents = [sent]
    if sent.start and any(t.is_quote for t in sent) and sent[0].is_quote:
        sents.append(scene.doc[sent.start - 1].sent)
    for here in sents:
        for verb in here:
            if verb.lemma_ in _TELLING and verb.pos_ == "VERB" and not low <= verb.i < high:
                for heard in (*children(verb, "dative", "dobj"), *prep_objects(verb, "to", "at")):
                    if _hears(scene, heard) and heard.i not in doers and not low <= heard.i < high:
                        return heard
    return None


def _hears(scene: Scene, noun: Token) -> bool:
    """A party, not the press and not the speaker's own house."""
    words = {noun.lemma_.lower(), *(c.lemma_.lower() for c in noun.children if c.dep_ in ("compound", "amod"))}
    own = any(c.lower_ in ("its", "his", "her", "their", "this") for c in noun.children) and noun.lemma_ not in _OTHERS
    return (scene.party(noun) or noun.lemma_ in _OTHERS) and not words & _PRESS and not own
