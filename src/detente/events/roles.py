"""Who does it and to whom: the nouns that stand in the roles a frame names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from detente.events import carriers, syntax
from detente.events.judge import Reading
from detente.events.scene import Scene, kept
from detente.events.tokens import Token
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
    parties: list[str] = field(default_factory=list)  # whom the arbiter added or dropped, and why
    reading: Reading | None = None  # what the learned judge says of the trigger, where it was asked
    odds: tuple[float, float] | None = None  # that it tells a deed, and one of this type, weighed
    called: str = ""  # what it was weighed as, where its frame's type is the deed threatened or promised
    others: Iterable[Candidate] = field(default=(), compare=False, repr=False)  # of further frames that fit, found once


def roles(
    scene: Scene,
    where: Iterable[str],
    doer: Token | None,
    done_to: Token | None,
    verb: Token,
    not_these: list[Token] | None = None,
) -> list[Token]:
    first: list[Token] = []
    for place in where:
        if place == "subject":
            heads = [doer] if doer is not None else syntax.agents(verb)
        elif place == "dative":
            heads = syntax.children(verb, "dative") or syntax.handed_to(verb)
        elif place == "owner":
            heads = owners(done_to)
        elif place == "clause":
            heads = [
                s for c in syntax.children(verb, "ccomp", "xcomp") if (s := syntax.subject(c)) is not None and s != doer
            ]
        elif place == "object":
            heads = [done_to] if done_to is not None else syntax.children(verb, "dative")
        else:
            # 'fell by the bridge': after an active verb 'by' says where
            heads = syntax.agents(verb) if place == "by" else syntax.prep_objects(verb, place)
        found = [t for h in heads for t in acting(scene, h) if not_these is None or t not in not_these]
        if found and (not first or (place in ("object", "dative") and any(scene.party(t) for t in found))):
            first = found
        if any(scene.party(t) or t.pos_ == "PRON" for t in first):
            break
    return first


def owners(thing: Token | None) -> list[Token]:
    """Whose demand, claim or talks it is: 'dismissed Bogotá's claim', 'ignored an appeal by the church'."""
    if thing is None:
        return []
    return syntax.children(thing, "poss") or syntax.prep_objects(thing, "from", "by", "of", "with")


def within(scene: Scene, heads: list[Token], not_these: list[Token]) -> list[Token]:
    """A thing done to stands for the party it belongs to: 'hit targets inside Iran', 'froze its assets'."""
    shared = [t for h in heads[:1] for t in syntax.prep_objects(h, "with") if scene.party(t) and not scene.party(h)]
    if shared and heads[0].lemma_.lower() in _SHARED:
        return shared  # 'closed two crossings with Belarus'
    if not heads or any(scene.political(t) for t in heads):
        return heads
    return parties_of(scene, heads[0], not_these) or heads


_SHARED = frozenset("border crossing frontier gate bridge link ferry tie airspace pipeline railway".split())


def parties_of(scene: Scene, thing: Token, not_these: list[Token]) -> list[Token]:
    """Named parties that hang on a noun: its owner, its demonym, the object of its 'on', 'with', 'against'."""
    near = [c for c in thing.children if c.dep_ == "poss"]
    near += syntax.prep_objects(thing, "on", "with", "against", "to", "inside", "of", "from", "between", "across", "in")
    near += [c for c in thing.children if c.dep_ in ("amod", "compound", "nmod") and scene.hit(c) is not None]
    found = [t for n in near for t in syntax.with_conjuncts(n) if scene.party(t) and t not in not_these]
    return found if all(can_act(scene, t) for t in found) else []


# types done to people and bodies only: 'withdrew its notice', 'moved a squadron' name nobody it is done to
PERSONAL_TYPES = frozenset({"CONCEDE", "RETREAT", "SANCTION", "THREATEN", "MOBILIZE"})


# nouns of deeds done to people: the place beside them is where, not whom: 'a single killing in Juba'
BODILY = frozenset(
    "killing bloodshed kidnapping abduction ambush massacre murder violence fighting clash gunfight gunbattle firefight "
    "skirmish riot beating stabbing shooting execution beheading lynching".split()
)


_SITES = ("in", "at", "on", "near", "around", "outside", "along")
OWN = ("its", "his", "her", "their", "our")


def bodily(word: Token) -> bool:
    """Is it done to people only? A capital at the start of a sentence keeps the plural: 'Kidnappings'."""
    lemma = word.lemma_.lower()
    return lemma in BODILY or (bool(word.is_sent_start) and lemma.removesuffix("s") in BODILY)


def sided(scene: Scene, candidate: Candidate) -> list[Token]:
    """The recipients, without what can be no side; where none is left, whose it is or whom the deed is aimed at."""
    kept = candidate.recipients
    if candidate.frame.type in PERSONAL_TYPES:
        kept = [t for t in kept if t.pos_ == "PRON" or t.ent_type_ in ("LOC", "FAC") or scene.party(t)]
    if bodily(candidate.token):
        kept = [t for t in kept if t.head.lower_ not in _SITES]
    if candidate.frame.type in ("SANCTION", "MOBILIZE", "RETREAT"):  # 'recalled its ambassador from X': its own
        kept = [t for t in kept if not any(c.dep_ == "poss" and c.lower_ in OWN for c in t.children)]
    if candidate.frame.type in ("PROTEST", "MOBILIZE"):
        kept = [t for t in kept if not (t.ent_type_ == "GPE" and t.head.lower_ in ("in", "at", "on", "around"))]
    if kept and candidate.frame.type in SPOKEN_THINGS and all(_mere_thing(scene, t) for t in kept):
        return parties_of(scene, kept[0], candidate.actors) or aimed_at(scene, candidate) or kept
    if kept or candidate.frame.reciprocal:
        return kept
    if candidate.recipients and (owners_of := parties_of(scene, candidate.recipients[0], candidate.actors)):
        return owners_of
    return aimed_at(scene, candidate)


def _mere_thing(scene: Scene, token: Token) -> bool:
    """What is said or given: a plan, arms, condolences, appreciation."""
    if token.pos_ != "NOUN" or scene.party(token):
        return False
    return scene.is_a(token, *INANIMATE) or token.lemma_.lower().endswith(ABSTRACT)


ABSTRACT = ("tion", "sion", "ment", "ence", "ance", "ness", "ity", "tude", "ism", "thy")


# where the other party may stand when no frame names it, by type: 'camped outside the ministry', 'troops facing Sudan'
AIMED = {
    "PROTEST": (
        "against",
        "outside",
        "at",
        "before",
        "to",
        "front",
        "on",
        "over",
        "from",
        "round",
        "around",
        "beneath",
    ),
    "MOBILIZE": ("against", "facing", "opposite", "towards", "toward"),
    "SANCTION": ("against", "on", "from", "with", "to", "for", "of", "in"),
    "THREATEN": ("against", "to", "at", "on", "over"),
    "CONCEDE": ("to", "for", "of", "with", "against", "on", "over", "from"),
    "RETREAT": ("to",),
    "ASSAULT": ("on", "at", "against", "into", "over", "upon", "beneath", "under"),
    "COERCE": ("against", "on", "of", "from", "over", "to"),
    "AID": ("to", "for"),
    "COOPERATE": ("with", "to"),
    "AGREE": ("to", "with"),
    "SUPPORT": ("to", "for"),
    "CONSULT": ("with", "to"),
    "REQUEST": ("to", "from"),
}
# what is given, said or shown to somebody is no recipient where somebody is named
SPOKEN_THINGS = frozenset({"AID", "AGREE", "CONSULT", "REQUEST", "SUPPORT", "COOPERATE"})
# verbs whose object is whom a deed is for: 'sent cutters to meet the bombers', 'marched to shame the court'
FACING = frozenset(
    "face meet counter deter confront oppose repel shame menace contain resist fight stop warn intimidate watch bar "
    "protest demand press force pressure defy honour punish hold keep".split()
)


def aimed_at(scene: Scene, candidate: Candidate) -> list[Token]:
    """The party a deed is aimed at, where neither its frame nor its object names one."""
    word = candidate.token
    around = [
        word,
        *syntax.children(word, "dobj", "nsubjpass", "attr"),
        *([candidate.carrier] if candidate.carrier else []),
    ]
    for place in AIMED.get(candidate.frame.type, ()):
        for at in around:
            for head in syntax.prep_objects(at, place):
                where = _is_where(place, head) or (bodily(word) and place in _SITES and not scene.is_a(head, "people"))
                found = _side(scene, head, candidate.actors) if not where else []
                if found:
                    return found
    for at in around:
        for found in _sides_of_clauses(scene, candidate, at):
            return found
    return []


def _is_where(place: str, head: Token) -> bool:
    """'At Terneuzen', 'on Java': where it is, not whom it is aimed at."""
    return place in ("at", "on", "over", "round", "around") and head.ent_type_ in ("GPE", "LOC")


def _sides_of_clauses(scene: Scene, candidate: Candidate, at: Token) -> Iterator[list[Token]]:
    """Parties named by what a deed is for or hangs on: 'to deter Beijing', 'unless the board gives way'."""
    if candidate.frame.type in ("PROTEST", "THREATEN", "MOBILIZE"):
        for clause in syntax.children(at, "advcl"):
            if any(c.lower_ in ("if", "unless", "until") for c in syntax.children(clause, "mark")):
                doer = syntax.subject(clause)
                found = _side(scene, doer, candidate.actors) if doer is not None and doer.pos_ != "PRON" else []
                if found:
                    yield found
    for clause in (c for c in at.children if c.dep_ in ("advcl", "xcomp", "acl", "relcl") and c.lemma_ in FACING):
        done_to = syntax.logical_object(clause)
        heads = [done_to] if done_to is not None else []
        heads += syntax.prep_objects(clause, "against", "at", "from", "outside")
        for head in heads:
            found = _side(scene, head, candidate.actors)
            if found:
                yield found


def _side(scene: Scene, head: Token, not_these: list[Token]) -> list[Token]:
    """The party at a noun: itself where it is one, else whom it belongs to ('the gate of the ministry')."""
    if not can_act(scene, head):
        return []
    if scene.party(head):
        return [t for t in acting(scene, head) if t not in not_these]
    return parties_of(scene, head, not_these)


@kept
def acting(scene: Scene, noun: Token) -> tuple[Token, ...]:
    """What can act of a noun and those that are joined to it."""
    return tuple(t for t in syntax.with_conjuncts(noun) if can_act(scene, t))


@kept
def can_act(scene: Scene, token: Token) -> bool:
    """Not a day, a number of days, a thing or a deed; names and pronouns always may."""
    if token.lower_ in ("nobody", "none", "nothing"):
        return False
    if token.lower_ == "one" and any(c.lower_ == "no" for c in token.children):
        return False
    if token.ent_type_ in ("DATE", "TIME", "CARDINAL", "MONEY", "PERCENT", "QUANTITY", "ORDINAL") and not scene.is_a(
        token, "person", "armed"
    ):
        return False
    if token.lower_ in ("it", "which", "that", "this", "there", "what"):
        return token.lower_ in ("it", "which", "that")
    if token.is_sent_start and scene.hit(token) is None and scene.is_a(token, "explosive", "weapon"):
        return False  # 'Rockets landed': the capital makes a name of it
    if scene.political(token):
        return True
    return token.pos_ in ("NOUN", "PROPN", "PRON") and not scene.is_a(token, *INANIMATE)


def noun_roles(
    scene: Scene, noun: Token, where: Iterable[str], not_these: list[Token], role: str, candidate_type: str = ""
) -> list[Token]:
    places = (*where, *(("by", "from", "compound") if role == "actor" and where else ()))
    for place in places:
        heads = carriers.noun_agents(noun, place)
        if place == "compound":
            if candidate_type == "CONSULT":  # 'the Geneva talks': a place, not a party
                heads = [
                    h
                    for h in heads
                    if (hit := scene.hit(h)) is not None and hit.kind in ("demonym", "state", "organisation")
                ]
            heads = [h for h in heads if scene.hit(h) is not None or h.ent_type_ in ("GPE", "NORP", "ORG", "PERSON")]
        found = [t for h in heads for t in acting(scene, h) if t not in not_these]
        if found:
            return found
    return []


def carried_roles(scene: Scene, candidate: Candidate, verb: Token) -> None:
    frame = candidate.frame
    doer = syntax.logical_subject(verb)
    if doer is not None and doer != candidate.token and can_act(scene, doer) and verb.lemma_ not in carriers.DETACHED:
        side = candidate.recipients if verb.lemma_ in carriers.UNDERGONE else candidate.actors
        if not side:
            side += acting(scene, doer)
    if not candidate.recipients and verb.lemma_ not in carriers.UNDERGONE:
        for place in frame.recipient:
            heads = syntax.prep_objects(verb, place) if place not in ("of", "possessor", "compound", "object") else []
            candidate.recipients += [t for h in heads for t in acting(scene, h)]
