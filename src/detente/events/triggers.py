"""Candidates: words that the codebook's frames recognise as a deed, with the nouns in its roles.

High recall and no judgement yet: whether it happened is `modality`'s work, what it is to be called under
PLOVER's rules is `plover`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Token

from detente.events import syntax
from detente.events.modality import operators
from detente.events.scene import Scene
from detente.reference.codebook.read import Codebook, Frame

THING_WORDS = frozenset(
    {"person", "people", "official", "city", "soldier", "government", "country", "everyone", "leader"}
)
TOPICS = ("sport", "market", "weather", "disease", "art", "accident")
VIOLENT = frozenset(
    "shelling bombing bombardment fighting clash airstrike raid ambush massacre killing gunfire bloodshed retaliation "
    "reprisal gunbattle firefight skirmish insurgency kidnapping abduction assassination bloodletting".split()
)
MOVED = frozenset(
    "withdraw redeploy reposition deploy move pull send station mass evacuate mobilise mobilize call put bring relocate".split()
)
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


@dataclass(frozen=True, slots=True)
class _Lists:
    dependents: frozenset[str]
    not_dependents: frozenset[str]
    subject: frozenset[str]
    object: frozenset[str]
    not_subject: frozenset[str]
    not_object: frozenset[str]


_LISTS: dict[tuple[str, str], _Lists] = {}


def _lists(frame: Frame, codebook: Codebook) -> _Lists:
    key = (codebook.version, frame.source)
    if key not in _LISTS:
        _LISTS[key] = _Lists(
            codebook.expand(frame.dependents), codebook.expand(frame.not_dependents), codebook.expand(frame.subject),
            codebook.expand(frame.object), codebook.expand(frame.not_subject), codebook.expand(frame.not_object),
        )  # fmt: skip
    return _LISTS[key]


def candidates(scene: Scene, dropped: list[str] | None = None) -> list[Candidate]:
    """All candidates of a paragraph in text order; `dropped` collects reasons for `explain`."""
    found: list[Candidate] = []
    taken: set[int] = set()
    for token in scene.doc:
        if token.i in taken or not _may_trigger(scene, token):
            continue
        candidate, why = _match(scene, token)
        if candidate is not None:
            found.append(candidate)
            taken.update(range(candidate.start, candidate.end))
        elif why and dropped is not None:
            dropped.append(f"'{token.text}': {why}")
    return found


def _may_trigger(scene: Scene, token: Token) -> bool:
    if token.is_punct or token.is_space or token.like_num:
        return False
    # a word inside a proper name is no deed: Popular Mobilization Forces, Desert Strike
    named = scene.hit(token)
    if named is not None and named.kind != "person":
        return False
    if token.ent_type_ in ("ORG", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT") and token.pos_ == "PROPN":
        return token.lower_ == token.text
    if (token.pos_ == "PROPN" and token.ent_type_ in ("DATE", "TIME")) or _is_month(token):
        return False
    if token.lemma_ == "stop" and any(c.lower_ == "short" for c in token.children):
        return False  # 'stopped short of breaking relations'
    return not (token.dep_ == "amod" and token.pos_ in ("VERB", "ADJ"))


def _is_month(token: Token) -> bool:
    """'March' beside a number, or after 'in', 'since', 'until' with no article."""
    if token.text not in ("March", "May"):
        return False
    doc, i = token.doc, token.i
    beside = [doc[j] for j in (i - 1, i + 1) if 0 <= j < len(doc)]
    return any(t.like_num for t in beside) or (
        i > 0 and doc[i - 1].lower_ in ("in", "since", "until", "by", "of", "last", "early", "late")
    )


def _match(scene: Scene, token: Token) -> tuple[Candidate | None, str]:
    """The candidate of the first frame that fits, or None and why the last one tried did not."""
    why = ""
    for attempt in (_as_verb, _as_noun, _as_adjective):
        for candidate, reason in attempt(scene, token):
            if candidate:
                return candidate, ""
            why = reason
    return None, why


def _as_verb(scene: Scene, token: Token) -> Iterator[tuple[Candidate | None, str]]:
    if token.pos_ in ("VERB", "AUX") or (token.pos_ in ("ADJ", "NOUN") and token.tag_ in ("VBN", "VBG", "VBD", "VB")):
        for frame in scene.codebook.verbs_by_head.get(token.lemma_.lower(), ()):
            for words in frame.lemmas:
                end = _verb_words(token, words)
                if end is not None:
                    yield _verb(scene, token, end, frame)


def _as_noun(scene: Scene, token: Token) -> Iterator[tuple[Candidate | None, str]]:
    noun = token.pos_ in ("NOUN", "PROPN")
    if not (noun or (token.pos_ in ("ADJ", "ADV", "ADP") and token.dep_ not in ("prt", "prep"))):
        return
    lemma, by_head = token.lemma_.lower(), scene.codebook.nouns_by_head
    frames = by_head.get(lemma) or by_head.get(lemma.rsplit("-", 1)[-1]) or by_head.get(token.lower_, ())
    for frame in frames:
        for words in frame.lemmas:
            start = _noun_words(token, words)
            if start is not None and (" " in words or noun):
                yield _noun(scene, token, start, frame)


def _as_adjective(scene: Scene, token: Token) -> Iterator[tuple[Candidate | None, str]]:
    if token.pos_ in ("ADJ", "ADV", "VERB") and token.dep_ in _PREDICATIVE:
        for frame in scene.codebook.adjectives.get(token.lemma_.lower(), ()):
            yield _verb(scene, token, token.i + 1, frame)


_PREDICATIVE = frozenset("acomp ROOT conj ccomp oprd advcl amod relcl".split())


def _verb_words(token: Token, words: str) -> int | None:
    """End of the trigger when `words` ("blow up") stand at this verb; None when they do not."""
    first, *rest = words.split()
    if token.lemma_.lower() != first:
        return None
    end = token.i + 1
    for word in rest:
        match = next(
            (c for c in token.subtree if c.i > token.i and word in (c.lower_, c.lemma_.lower()) and c.i - token.i < 7
             and (c.head == token or c.head.head == token)),
            None,
        )  # fmt: skip
        if match is None:
            return None
        if match.i == end or (match.i == end + 1 and token.doc[end].text == "-"):
            end = match.i + 1
    return end


def _noun_words(token: Token, words: str) -> int | None:
    """Start of the trigger when `words` ("rocket attack") end at this noun; hyphens count as spaces."""
    if "-" in token.lemma_ and words in (token.lemma_.lower().replace("-", " "), token.lemma_.lower().replace("-", "")):
        return token.i
    position = token.i
    for word in reversed(words.split()):
        while position >= 0 and token.doc[position].text in ("-", "–"):
            position -= 1
        if position < 0 or word not in (token.doc[position].lemma_.lower(), token.doc[position].lower_):
            return None
        position -= 1
    return position + 1


def _around(token: Token) -> set[str]:
    """Lemmas that depend on a trigger: objects, particles, complements, objects of its prepositions."""
    out: set[str] = set()
    for child in token.children:
        if child.dep_ in ("xcomp", "ccomp"):
            out |= {c.lower_ for c in child.children if c.dep_ in ("aux", "mark")}  # 'to', 'that'
        if child.dep_ in ("nsubj", "punct", "aux", "auxpass", "mark", "advcl", "ccomp", "relcl", "conj", "cc"):
            continue
        out |= {child.lemma_.lower(), child.lower_}
        inner = list(child.children)
        if child.dep_ != "prep":
            inner += [o for p in child.children if p.dep_ == "prep" for o in p.children if o.dep_ == "pobj"]
        if child.dep_ == "prep":
            inner += [g for c in child.children if c.dep_ in ("pobj", "pcomp") for g in (*c.children, *c.conjuncts)]
        else:
            inner += child.conjuncts
        out |= {c.lemma_.lower() for c in inner if c.dep_ not in ("relcl", "acl", "punct")}
    return out


def _fits(scene: Scene, token: Token | None, wanted: frozenset[str]) -> bool:
    if token is None:
        return False
    if token.lemma_.lower() in wanted or token.lower_ in wanted:
        return True
    open_class = bool(wanted & THING_WORDS)
    if open_class and (token.pos_ in ("PROPN", "PRON", "NUM") or scene.political(token)):
        return True
    return any(c.lemma_.lower() in wanted for c in token.conjuncts)


def _constraints(scene: Scene, token: Token, frame: Frame, doer: Token | None, done_to: Token | None) -> str:
    """Why the frame does not fit, or an empty string."""
    want = _lists(frame, scene.codebook)
    around = _around(token) if want.dependents or want.not_dependents else set()
    if (
        want.dependents
        and not around & want.dependents
        and not (done_to is not None and _fits(scene, done_to, want.dependents))
    ):
        return f"{frame.source} wants one of {', '.join(frame.dependents)}"
    if want.not_dependents & around:
        return f"{frame.source} is excluded by '{min(want.not_dependents & around)}'"
    if frame.prepositions and not any(
        c.lower_ in frame.prepositions
        for c in token.children
        if c.dep_ in ("prep", "prt", "agent", "dative", "advmod", "mark")
    ):
        return f"{frame.source} wants {'/'.join(frame.prepositions)}"
    if want.subject and not _fits(scene, doer, want.subject):
        return f"{frame.source} wants another subject"
    if want.object and not _fits(scene, done_to, want.object):
        return f"{frame.source} wants another object"
    if doer is not None and doer.lemma_.lower() in want.not_subject and not scene.named(doer):
        return f"{frame.source} is excluded by its subject '{doer.text}'"
    if (
        done_to is not None
        and done_to.lemma_.lower() in want.not_object
        and not scene.named(done_to)
        and not _parties_of(scene, done_to, [])
    ):
        return f"{frame.source} is excluded by its object '{done_to.text}'"
    return ""


def _verb(scene: Scene, verb: Token, end: int, frame: Frame) -> tuple[Candidate | None, str]:
    doer, done_to = syntax.logical_subject(verb), syntax.logical_object(verb)
    if done_to is None and end - verb.i > 1:  # 'fired on the migrants'
        done_to = next(iter(syntax.prep_objects(verb, verb.doc[end - 1].lower_)), None)
    why = _constraints(scene, verb, frame, doer, done_to)
    if why:
        return None, why
    candidate = Candidate(verb, verb.i, end, frame)
    candidate.actors = _roles(scene, frame.actor, doer, done_to, verb)
    moved = frame.type in ("MOBILIZE", "RETREAT") and verb.lemma_ in MOVED and syntax.is_passive(verb)
    if (
        moved
        and not candidate.actors
        and done_to is not None
        and scene.is_a(done_to, "armed")
        and not scene.is_a(done_to, "captive")
    ):
        candidate.actors, done_to = [done_to], None  # 'the troops were redeployed': the troops move
    candidate.recipients = _within(
        scene, _roles(scene, frame.recipient, doer, done_to, verb, candidate.actors), candidate.actors
    )
    if not candidate.recipients and done_to is not None and frame.recipient:
        candidate.recipients = _parties_of(
            scene, done_to, candidate.actors
        )  # 'eased the curbs on X', 'signed a pact with X'
    parties = syntax.noun_agents(doer, "between") if doer is not None and not candidate.actors else []
    if parties:  # 'the truce between X and Y held'
        candidate.actors = [t for p in parties for t in syntax.with_conjuncts(p) if _can_act(scene, t)]
    return _settled(scene, candidate)


def _roles(
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
            heads = _owners(done_to)
        elif place == "clause":
            heads = [
                s for c in syntax.children(verb, "ccomp", "xcomp") if (s := syntax.subject(c)) is not None and s != doer
            ]
        elif place == "object":
            heads = [done_to] if done_to is not None else syntax.children(verb, "dative")
        else:
            heads = syntax.prep_objects(verb, place) + (syntax.agents(verb) if place == "by" else [])
        found = [t for h in heads for t in syntax.with_conjuncts(h) if _can_act(scene, t)]
        found = [t for t in found if not_these is None or t not in not_these]
        if found:
            return found
    return []


def _owners(thing: Token | None) -> list[Token]:
    """Whose demand, claim or talks it is: 'dismissed Bogotá's claim', 'ignored an appeal by the church'."""
    if thing is None:
        return []
    return syntax.children(thing, "poss") or syntax.prep_objects(thing, "from", "by", "of", "with")


def _within(scene: Scene, heads: list[Token], not_these: list[Token]) -> list[Token]:
    """A thing done to stands for the party it belongs to: 'hit targets inside Iran', 'froze its assets'."""
    if not heads or any(scene.political(t) for t in heads):
        return heads
    return _parties_of(scene, heads[0], not_these) or heads


def _parties_of(scene: Scene, thing: Token, not_these: list[Token]) -> list[Token]:
    """Named parties that hang on a noun: its owner, its demonym, the object of its 'on', 'with', 'against'."""
    near = [c for c in thing.children if c.dep_ == "poss"]
    near += syntax.prep_objects(thing, "on", "with", "against", "to", "inside", "of", "from", "between", "across", "in")
    near += [c for c in thing.children if c.dep_ in ("amod", "compound", "nmod") and scene.hit(c) is not None]
    found = [t for n in near for t in syntax.with_conjuncts(n) if scene.named(t) and t not in not_these]
    return found if all(_can_act(scene, t) for t in found) else []


def _can_act(scene: Scene, token: Token) -> bool:
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


def _noun(scene: Scene, noun: Token, start: int, frame: Frame) -> tuple[Candidate | None, str]:
    end_of = noun.i + 1
    qualifies = noun.dep_ == "compound" and noun.head.pos_ in ("NOUN", "PROPN") and noun.head.i > noun.i
    if qualifies and noun.head.lemma_.lower() not in {*operators().nouns, *_EVENT_CARRIERS}:
        return None, f"only qualifies '{noun.head.text}'"
    noun = noun.doc[start : noun.i + 1].root  # 'exchange of fire' hangs on 'exchange'
    end = max(end_of, noun.i + 1)
    verb = syntax.carrier(noun)
    why = _constraints(scene, noun, frame, None, None) if not (frame.subject or frame.object) else ""
    if why and verb is not None:
        why = _constraints(scene, verb, frame, None, None)
    if why:
        return None, why
    candidate = Candidate(noun, start, end, frame, carrier=verb)
    candidate.actors = _noun_roles(scene, noun, frame.actor, [], "actor", frame.type)
    candidate.recipients = _noun_roles(scene, noun, frame.recipient, candidate.actors, "recipient")
    if verb is not None:
        _carried_roles(scene, candidate, verb)
    return _settled(scene, candidate)


_EVENT_CARRIERS = frozenset(
    "wave series spate campaign toll site scene victim attempt talk operation incident round".split()
)


def _noun_roles(
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
        found = [t for h in heads for t in syntax.with_conjuncts(h) if _can_act(scene, t) and t not in not_these]
        if found:
            return found
    return []


def _carried_roles(scene: Scene, candidate: Candidate, verb: Token) -> None:
    frame = candidate.frame
    doer = syntax.logical_subject(verb)
    if doer is not None and doer != candidate.token and _can_act(scene, doer) and verb.lemma_ not in syntax.DETACHED:
        side = candidate.recipients if verb.lemma_ in syntax.UNDERGONE else candidate.actors
        if not side:
            side += [t for t in syntax.with_conjuncts(doer) if _can_act(scene, t)]
    if not candidate.recipients and verb.lemma_ not in syntax.UNDERGONE:
        for place in frame.recipient:
            heads = syntax.prep_objects(verb, place) if place not in ("of", "possessor", "compound", "object") else []
            candidate.recipients += [t for h in heads for t in syntax.with_conjuncts(h) if _can_act(scene, t)]


def _settled(scene: Scene, candidate: Candidate) -> tuple[Candidate | None, str]:
    """Check what the frame needs, the topic of the sentence, and reciprocity."""
    needs, acting = candidate.frame.needs, candidate.actors
    if (
        needs in ("either", "recipient", "actor")
        and candidate.frame.type == "ASSAULT"
        and candidate.token.lemma_.lower() in VIOLENT
    ):
        needs = "none"  # 'the shelling has died away' names nobody, yet is about nothing else
    if candidate.frame.type == "ASSAULT" and needs == "either" and _said_absent(candidate.token):
        needs = "none"  # 'there have been no attacks on shipping': an absence report
    actor = any(scene.political(t) for t in acting)
    recipient = any(scene.political(t) for t in candidate.recipients)
    ok = {
        "none": True,
        "either": actor or recipient,
        "actor": actor,
        "recipient": recipient,
        "both": actor and recipient,
    }[needs]
    if not ok:
        return (
            None,
            f"{candidate.frame.source} needs a political {needs if needs != 'either' else 'actor or recipient'}",
        )
    topic = _off_topic(scene, candidate)
    if topic:
        return None, f"the sentence is about {topic}"
    if candidate.frame.reciprocal and not candidate.recipients:
        candidate.notes.append("reciprocal")
    elif candidate.frame.reciprocal:
        candidate.notes.append("reciprocal")
        candidate.actors += [t for t in candidate.recipients if t not in candidate.actors]
        candidate.recipients = []
    return candidate, ""


def _said_absent(noun: Token) -> bool:
    """'there were no attacks': the noun of an existential clause that begins with 'no'."""
    exists = noun.dep_ == "attr" and any(c.dep_ == "expl" for c in noun.head.children)
    return exists and any(c.lower_ == "no" for c in noun.children if c.dep_ == "det")


def _off_topic(scene: Scene, candidate: Candidate) -> str:
    """The everyday field a sentence belongs to, where no named party or armed body acts."""
    for doer in candidate.actors:
        if any(scene.is_a(t, "weather", "disease", "animal") for t in (doer, *doer.children)):
            return f"'{doer.text}'"
    acts = any(scene.named(t) or scene.is_a(t, "official") or _is_armed(scene, t) for t in candidate.actors)
    if acts and candidate.frame.type != "ASSAULT":
        return ""
    if any(_is_armed(scene, t) for t in candidate.token.sent):
        return ""
    lemmas = _sentence_lemmas(candidate.token)
    for topic in TOPICS:
        words = lemmas & _topic_words(scene.codebook, topic)
        if len(words) >= (1 if topic in ("weather", "disease") else 2):
            return f"{topic} ({', '.join(sorted(words)[:3])})"
    return ""


# ranks and bodies that sport, schools and firms have as well
_CIVIL_TOO = frozenset(
    "captain officer major general guard unit division squad force fighter command company side coach private cadet scout".split()
)


def _is_armed(scene: Scene, token: Token) -> bool:
    """A soldier, fighter, police or army, by the reference data or an unambiguous word."""
    hit = scene.hit(token)
    if hit is not None and hit.sector in ("MIL", "REB", "PRM", "UAF", "COP"):
        return token.lemma_.lower() not in _CIVIL_TOO
    return scene.is_a(token, "armed") and token.lemma_.lower() not in _CIVIL_TOO


def _sentence_lemmas(token: Token) -> set[str]:
    return {t.lemma_.lower() for t in token.sent}


_COMMON = frozenset(
    ("shot run set oil gold dollar share demand book play game show fire gas truck car bus train fall company").split()
)


@cache
def _words(version: str, topic: str, members: frozenset[str]) -> frozenset[str]:
    return members - _COMMON


def _topic_words(codebook: Codebook, topic: str) -> frozenset[str]:
    return _words(codebook.version, topic, codebook.classes.get(topic, frozenset()))
