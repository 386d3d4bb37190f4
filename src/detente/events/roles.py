"""Who does it and to whom: the nouns that stand in the roles a frame names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Token

from detente.events import syntax
from detente.events.judge import Reading
from detente.events.scene import Scene
from detente.reference.codebook.read import Frame

INANIMATE = ("weapon", "heavy", "explosive", "talks", "document", "restriction", "rally", "wrong", "money", "proposal")


@dataclass(slots=True)
class Candidate:
    """A deed in a text: its trigger tokens [start, end), frame and role heads."""

    token: Token
    start: int
    end: int
    frame: Frame
    actors: list[Token] = field(default_factory=list)
    recipients: list[Token] = field(default_factory=list)
    carrier: Token | None = None
    also: list[Token] = field(default_factory=list)  # further mentions of the same deed
    notes: list[str] = field(default_factory=list)
    reading: Reading | None = None  # what the learned judge says of the trigger, where it was asked


def roles(
    scene: Scene,
    where: Iterable[str],
    doer: Token | None,
    done_to: Token | None,
    verb: Token,
    not_these: list[Token] | None = None,
) -> list[Token]:
    for place in where:
        if place == "subject":
            heads = [doer] if doer is not None else syntax.agents(verb)
        elif place == "dative":
            heads = syntax.children(verb, "dative")
        elif place == "owner":
            heads = owners(done_to)
        elif place == "clause":
            heads = [
                s for c in syntax.children(verb, "ccomp", "xcomp") if (s := syntax.subject(c)) is not None and s != doer
            ]
        elif place == "object":
            heads = [done_to] if done_to is not None else syntax.children(verb, "dative")
        else:
            heads = syntax.prep_objects(verb, place) + (syntax.agents(verb) if place == "by" else [])
        found = [t for h in heads for t in syntax.with_conjuncts(h) if can_act(scene, t)]
        found = [t for t in found if not_these is None or t not in not_these]
        if found:
            return found
    return []


def owners(thing: Token | None) -> list[Token]:
    """Whose demand, claim or talks it is: 'dismissed Bogotá's claim', 'ignored an appeal by the church'."""
    if thing is None:
        return []
    return syntax.children(thing, "poss") or syntax.prep_objects(thing, "from", "by", "of", "with")


def within(scene: Scene, heads: list[Token], not_these: list[Token]) -> list[Token]:
    """A thing done to stands for the party it belongs to: 'hit targets inside Iran', 'froze its assets'."""
    if not heads or any(scene.political(t) for t in heads):
        return heads
    return parties_of(scene, heads[0], not_these) or heads


def parties_of(scene: Scene, thing: Token, not_these: list[Token]) -> list[Token]:
    """Named parties that hang on a noun: its owner, its demonym, the object of its 'on', 'with', 'against'."""
    near = [c for c in thing.children if c.dep_ == "poss"]
    near += syntax.prep_objects(thing, "on", "with", "against", "to", "inside", "of", "from", "between", "across", "in")
    near += [c for c in thing.children if c.dep_ in ("amod", "compound", "nmod") and scene.hit(c) is not None]
    found = [t for n in near for t in syntax.with_conjuncts(n) if scene.named(t) and t not in not_these]
    return found if all(can_act(scene, t) for t in found) else []


def can_act(scene: Scene, token: Token) -> bool:
    """Not a day, a number of days, a thing or a deed; names and pronouns always may."""
    if token.lower_ in ("nobody", "none", "nothing"):
        return False
    if token.ent_type_ in ("DATE", "TIME", "CARDINAL", "MONEY", "PERCENT", "QUANTITY", "ORDINAL") and not scene.is_a(
        token, "person", "armed"
    ):
        return False
    if token.lower_ in ("it", "which", "that", "this", "there", "what"):
        return token.lower_ in ("it", "which", "that")
    if scene.political(token):
        return True
    return token.pos_ in ("NOUN", "PROPN", "PRON") and not scene.is_a(token, *INANIMATE)


def noun_roles(
    scene: Scene, noun: Token, where: Iterable[str], not_these: list[Token], role: str, candidate_type: str = ""
) -> list[Token]:
    places = (*where, *(("by", "from", "compound") if role == "actor" and where else ()))
    for place in places:
        heads = syntax.noun_agents(noun, place)
        if place == "compound":
            if candidate_type == "CONSULT":  # 'the Geneva talks': a place, not a party
                heads = [
                    h
                    for h in heads
                    if (hit := scene.hit(h)) is not None and hit.kind in ("demonym", "state", "organisation")
                ]
            heads = [h for h in heads if scene.hit(h) is not None or h.ent_type_ in ("GPE", "NORP", "ORG", "PERSON")]
        found = [t for h in heads for t in syntax.with_conjuncts(h) if can_act(scene, t) and t not in not_these]
        if found:
            return found
    return []


def carried_roles(scene: Scene, candidate: Candidate, verb: Token) -> None:
    frame = candidate.frame
    doer = syntax.logical_subject(verb)
    if doer is not None and doer != candidate.token and can_act(scene, doer) and verb.lemma_ not in syntax.DETACHED:
        side = candidate.recipients if verb.lemma_ in syntax.UNDERGONE else candidate.actors
        if not side:
            side += [t for t in syntax.with_conjuncts(doer) if can_act(scene, t)]
    if not candidate.recipients and verb.lemma_ not in syntax.UNDERGONE:
        for place in frame.recipient:
            heads = syntax.prep_objects(verb, place) if place not in ("of", "possessor", "compound", "object") else []
            candidate.recipients += [t for h in heads for t in syntax.with_conjuncts(h) if can_act(scene, t)]
