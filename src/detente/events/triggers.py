"""Candidates: words that the codebook's frames recognise as a deed, with the nouns in its roles.

High recall and no judgement yet: whether it happened is `modality`'s work, what it is to be called under
PLOVER's rules is `plover`'s.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.events import carriers, syntax
from detente.events.disguised import as_gerund, as_headline, bare_passive, squeezed, stems
from detente.events.eligible import may_trigger
from detente.events.fitting import misfit
from detente.events.operators import operators
from detente.events.roles import (
    Candidate,
    acting,
    carried_roles,
    noun_roles,
    parties_of,
    roles,
    within,
)  # fmt: skip
from detente.events.scene import Scene
from detente.events.settling import settled
from detente.events.tokens import Token
from detente.reference.codebook.read import Codebook, Frame

MOVED = frozenset(
    "withdraw redeploy reposition deploy move pull send station mass evacuate mobilise mobilize call put bring relocate".split()
)


_TELLING = frozenset("VERB AUX NOUN PROPN ADJ ADV ADP".split())  # word classes that frames are about


def candidates(scene: Scene, dropped: list[str] | None = None) -> list[Candidate]:
    """All candidates of a paragraph in text order; `dropped` collects reasons for `explain`."""
    found: list[Candidate] = []
    taken: set[int] = set()
    for token in scene.doc:
        if token.pos_ not in _TELLING or token.i in taken or not may_trigger(scene, token):
            continue
        candidate, why = _match(scene, token)
        if candidate is not None:
            found.append(candidate)
            taken.update(range(candidate.start, candidate.end))
        elif why and dropped is not None:
            dropped.append(f"'{token.text}': {why}")
    return found


def _match(scene: Scene, token: Token) -> tuple[Candidate | None, str]:
    """The candidate of the first frame that fits, or None and why the last one tried did not."""
    why = ""
    tried = _tried(scene, token)
    for candidate, reason in tried:
        if candidate:
            # of 'deaths in custody', found at its last word, the first is weighed
            more = tried if candidate.token is token else _tried(scene, candidate.token)
            candidate.others = (other for other, _ in more if other and other.frame != candidate.frame)
            return candidate, ""
        why = reason
    return None, why


def _tried(scene: Scene, token: Token) -> Iterator[tuple[Candidate | None, str]]:
    """Every way in which a frame may fit a word, the preferred first: the candidate, or None and why it is none."""
    for attempt in (_as_verb, _as_noun, as_gerund, _as_adjective, as_headline):
        yield from attempt(scene, token)


def _as_verb(scene: Scene, token: Token) -> Iterator[tuple[Candidate | None, str]]:
    if squeezed(token):
        return
    if token.pos_ in ("VERB", "AUX") or (token.pos_ in ("ADJ", "NOUN") and token.tag_ in ("VBN", "VBG", "VBD", "VB")):
        index = scene.codebook.verbs_by_head
        lemma = token.lemma_.lower()
        if lemma not in index:  # the lemmatiser makes 'prim' of 'primed' and 'buss' of 'bussed'
            lemma = next((stem for stem in stems(token.lower_) if stem in index), lemma)
        reach = slice(token.i + 1, token.i + REACH)
        near = {*scene.lows[reach], *scene.lemmas[reach]}
        for rest, frame in _ways(scene.codebook, lemma):
            end = _verb_words(token, rest) if near.issuperset(rest) else None
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
            start = _noun_words(scene, token.i, words)
            if start is not None and (" " in words or noun):
                yield _noun(scene, token, start, frame)


def _as_adjective(scene: Scene, token: Token) -> Iterator[tuple[Candidate | None, str]]:
    if token.pos_ in ("ADJ", "ADV", "VERB") and token.dep_ in _PREDICATIVE:
        for frame in scene.codebook.adjectives.get(token.lemma_.lower(), ()):
            yield _verb(scene, token, token.i + 1, frame)


_PREDICATIVE = frozenset("acomp ROOT conj ccomp oprd advcl amod relcl".split())


_PARTICLES = frozenset("in out up down off over".split())
REACH = 14  # words from a verb to the farthest of the words that go with it


Ways = list[tuple[tuple[str, ...], Frame]]
_WAYS: dict[
    str, tuple[tuple[Frame, ...], Ways]
] = {}  # by verb: the frames of the codebook asked last, and what was made of them


def _ways(book: Codebook, lemma: str) -> Ways:
    """What follows the verb `lemma` in the triggers that begin with it, ("up",) of "blow up", each with its frame; in order."""
    frames = book.verbs_by_head.get(lemma, ())
    kept = _WAYS.get(lemma)
    if kept is None or kept[0] is not frames:
        split = [(frame, words.split()) for frame in frames for words in frame.lemmas]
        kept = _WAYS[lemma] = frames, [(tuple(words[1:]), frame) for frame, words in split if words[0] == lemma]
    return kept[1]


def _verb_words(token: Token, rest: tuple[str, ...]) -> int | None:
    """End of the trigger when the words that go with a verb ("up" of "blow up") stand at it; None when they do not."""
    if (
        rest
        and _PARTICLES.issuperset(rest)
        and any(c.dep_ == "prt" and c.lower_ not in (*rest, "back") for c in token.children)
    ):
        return None  # 'turned out in Basra' is not 'turn in'
    end = token.i + 1
    for word in rest:
        match = next(
            (c for c in token.subtree if c.i > token.i and word in (c.lower_, c.lemma_.lower()) and c.i - token.i < REACH
             and token in (c.head, c.head.head, c.head.head.head) and not _dates(c)
             and (word not in ("no", "yes") or c.head == token)),
            None,
        )  # fmt: skip
        if match is None:
            return None
        if match.i == end or (match.i == end + 1 and token.doc[end].text == "-"):
            end = match.i + 1
    return end


def _dates(prep: Token) -> bool:
    """'rounded up on Friday': a preposition that only brings a day is no part of the verb."""
    return (
        prep.dep_ == "prep"
        and prep.lower_ in ("on", "in", "at", "by", "over", "through")
        and any(c.dep_ == "pobj" and c.ent_type_ in ("DATE", "TIME") for c in prep.children)
    )


def _noun_words(scene: Scene, at: int, words: str) -> int | None:
    """Start of the trigger when `words` ("rocket attack") end at this noun; hyphens count as spaces."""
    lows, lemmas = scene.lows, scene.lemmas
    if "-" in lemmas[at] and words in (lemmas[at].replace("-", " "), lemmas[at].replace("-", "")):
        return at
    position = at
    for word in reversed(words.split()):
        while position >= 0 and lows[position] in ("-", "–"):
            position -= 1
        if position < 0 or word not in (lemmas[position], lows[position]):
            return None
        position -= 1
    return position + 1


def _verb(scene: Scene, verb: Token, end: int, frame: Frame) -> tuple[Candidate | None, str]:
    doer, done_to = scene.sides(verb)
    if done_to is None and end - verb.i > 1:  # 'fired on the migrants'
        done_to = next(iter(syntax.prep_objects(verb, verb.doc[end - 1].lower_)), None)
    if done_to is None and doer is not None and bare_passive(verb, frame):
        doer, done_to = None, doer  # 'Synagogue firebombed in Rouen'
    if frame.type in ("ASSAULT", "MOBILIZE") and doer is not None and _brings_relief(doer):
        return None, f"'{doer.text}' brings relief"
    why = misfit(scene, verb, frame, doer, done_to)
    if why:
        return None, why
    candidate = Candidate(verb, verb.i, end, frame)
    candidate.actors = roles(scene, frame.actor, doer, done_to, verb)
    moved = (
        frame.type in ("MOBILIZE", "RETREAT")
        and (verb.lemma_ in MOVED or (frame.wide and frame.type == "MOBILIZE"))
        and syntax.is_passive(verb)
    )
    if (
        moved
        and not candidate.actors
        and done_to is not None
        and scene.is_a(done_to, "armed")
        and not scene.is_a(done_to, "captive")
    ):
        candidate.actors, done_to = [done_to], None  # 'the troops were redeployed': the troops move
    candidate.recipients = within(
        scene, roles(scene, frame.recipient, doer, done_to, verb, candidate.actors), candidate.actors
    )
    if not candidate.recipients and done_to is not None and frame.recipient:
        candidate.recipients = parties_of(
            scene, done_to, candidate.actors
        )  # 'eased the curbs on X', 'signed a pact with X'
    parties = carriers.noun_agents(doer, "between") if doer is not None and not candidate.actors else []
    if parties:  # 'the truce between X and Y held'
        candidate.actors = [t for p in parties for t in acting(scene, p)]
    return settled(scene, candidate)


_WHEELS = frozenset(
    "convoy truck lorry ship plane flight barge caravan column vehicle shipment consignment vessel".split()
)
_RELIEF = frozenset(
    "aid relief humanitarian food flour wheat grain medical wfp unhcr unicef unrwa msf ocha un cross crescent programme".split()
)


def _brings_relief(doer: Token) -> bool:
    """'a WFP convoy', 'forty aid trucks': what they do is no attack and no march."""
    beside = syntax.children(doer, "compound", "nmod", "amod", "poss") if doer.lemma_.lower() in _WHEELS else []
    return any(c.lower_ in _RELIEF for c in beside)


def _noun(scene: Scene, noun: Token, start: int, frame: Frame) -> tuple[Candidate | None, str]:
    end_of = noun.i + 1
    qualifies = noun.dep_ == "compound" and noun.head.pos_ in ("NOUN", "PROPN") and noun.head.i > noun.i
    if qualifies and noun.head.lemma_.lower() not in {*operators().nouns, *_EVENT_CARRIERS}:
        return None, f"only qualifies '{noun.head.text}'"
    noun = noun.doc[start : noun.i + 1].root  # 'exchange of fire' hangs on 'exchange'
    end = max(end_of, noun.i + 1)
    verb = carriers.carrier(noun)
    why = misfit(scene, noun, frame, None, None) if not (frame.subject or frame.object) else ""
    if why and verb is not None:
        why = misfit(scene, verb, frame, None, None)
    if why:
        return None, why
    candidate = Candidate(noun, start, end, frame, carrier=verb)
    candidate.actors = noun_roles(scene, noun, frame.actor, [], "actor", frame.type)
    candidate.recipients = noun_roles(scene, noun, frame.recipient, candidate.actors, "recipient")
    if verb is not None:
        carried_roles(scene, candidate, verb)
    return settled(scene, candidate)


_EVENT_CARRIERS = frozenset(
    "wave series spate campaign toll site scene victim attempt talk operation incident round".split()
)


def as_told(scene: Scene, token: Token, frame: Frame) -> tuple[Candidate | None, str]:
    """The candidate of one word under a frame that lists no words, or why it is none."""
    if token.pos_ == "VERB":
        return _verb(scene, token, token.i + 1, frame)
    return _noun(scene, token, token.i, frame)
