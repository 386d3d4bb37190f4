"""Whose army, police or courts are meant where no country is named: the place's, the doer's, or the article's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from detente.events.memory import OBJECT, STATES, Memory
from detente.events.scene import Scene
from detente.events.syntax import PASSIVE_SUBJECTS, SUBJECTS
from detente.events.tokens import Token
from detente.events.where import Located
from detente.records import Place

# where others than the state meet: 'In Geneva, the government said …'
_VENUES = frozenset("geneva vienna doha oslo jeddah astana havana hague york".split())


def home(text: str, scenes: Sequence[Scene], places: Sequence[Located], filed: Place | None) -> str | None:
    """The country an article is about: the one that its names, its places and where it was filed speak for most clearly.

    The first two paragraphs count twice, a place as two names, where it was filed as three. None where two countries share it.
    """
    votes: Counter[str] = Counter()
    early = scenes[2].offset if len(scenes) > 2 else len(text)
    for scene in scenes:
        for hit in scene.hits:
            if hit.country and hit.kind in (*STATES, "group", "organ", "office"):
                votes[hit.country] += 2 if scene.offset < early else 1
    for each in places:
        if each.place.country and each.place.precision != "country":
            votes[each.place.country] += 4 if each.start < early else 2
    if filed is not None and filed.country:
        votes[filed.country] += 3
    top = votes.most_common(2)
    return top[0][0] if top and (len(top) == 1 or top[0][1] >= 1.4 * top[1][1]) else None


def country_at(scene: Scene, token: Token, memory: Memory) -> str | None:
    """The country of a body that names none: of the place it stands at, of its sentence's front, of whoever acts there,
    of the same body just before; else the article's.
    """
    own = _place_of(scene, token, memory) or _fronted(scene, token, memory)
    if own is not None:
        return own
    people = scene.is_a(token, "people", "citizens")
    if not people:
        found = _acting(scene, token) or _same_body(scene, token, memory)
        if found is not None:
            return found
    found = memory.country or _nearby(scene, token, memory)
    return None if not people and found is not None and found == _opposed(scene, token) else found


def _located(scene: Scene, token: Token, memory: Memory) -> str | None:
    start = scene.offset + token.idx
    found = memory.place(start, start + len(token))
    if found is not None:
        return found
    hit = scene.hit(token)
    return hit.country if hit is not None and hit.kind in STATES else None


def _place_of(scene: Scene, token: Token, memory: Memory) -> str | None:
    """'Police in Srinagar', 'residents of Goris'."""
    for prep in token.children:
        if prep.dep_ == "prep" and prep.lower_ in ("in", "of", "at", "from", "near", "around"):
            for head in prep.children:
                if head.dep_ == "pobj" and (found := _located(scene, head, memory)) is not None:
                    return found
    return None


def _fronted(scene: Scene, token: Token, memory: Memory) -> str | None:
    """'In Washington, the House voted. The speaker said …': until a sentence opens elsewhere."""
    found = None
    for sent in scene.doc.sents:
        if sent.start > token.i:
            break
        first = sent[0]
        if (
            first.dep_ == "prep"
            and first.lower_ in ("in", "at", "near", "outside", "inside")
            and first.head.i > first.i
        ):
            for head in first.children:
                if head.dep_ == "pobj" and head.lower_ not in _VENUES and head.i < token.i:
                    found = _located(scene, head, memory) or found
    return found


def _acting(scene: Scene, token: Token) -> str | None:
    """'Angola sends troops once parliament approves': of the state, office or body that acts in the same sentence.

    What a state does something to is another's ('the US might treat the next cabinet as hostile'); what its
    office-holder addresses is his own ('Petro ordered the military').
    """
    kinds = ("office", "person", "organ", *(STATES if token.dep_ in SUBJECTS | PASSIVE_SUBJECTS else ()))
    return _doer_of(scene, token, kinds)


def _opposed(scene: Scene, token: Token) -> str | None:
    """The state that does something to it: 'the US might treat the next cabinet as hostile' is not of its own."""
    return _doer_of(scene, token, STATES) if token.dep_ in ("dobj", "pobj") else None


def _doer_of(scene: Scene, token: Token, kinds: Sequence[str]) -> str | None:
    """The country of the subject before a word, of its own clause or one around it."""
    for verb in token.ancestors:
        if verb.pos_ not in ("VERB", "AUX"):
            continue
        for doer in verb.children:
            if doer.dep_ in SUBJECTS and doer.i < token.i and doer != token and not doer.is_ancestor(token):
                for word in (doer, *(c for c in doer.children if c.dep_ in ("compound", "amod", "poss", "nmod"))):
                    hit = scene.hit(word)
                    if hit is not None and hit.country and hit.kind in kinds:
                        return hit.country
    return None


def _same_body(scene: Scene, token: Token, memory: Memory) -> str | None:
    """'Sudan's army … the army': of the body of the same name before in the paragraph, or of all those in the article."""
    at, lemma = scene.offset + token.idx, token.lemma_.lower()
    found = memory.named(at, lambda k: k.lemma == lemma and k.country is not None and k.start >= scene.offset)
    if found is not None:
        return found.country
    lands = {k.country for k in memory.known if k.end <= at and k.lemma == lemma and k.country is not None}
    return lands.pop() if len(lands) == 1 else None


def _nearby(scene: Scene, token: Token, memory: Memory) -> str | None:
    """Where nothing says what the article is about: the last place of the sentence or paragraph before or around it."""
    low = scene.offset + token.sent.start_char
    high = scene.offset + token.sent.end_char
    here = [p.place.country for p in memory.places if low <= p.start < high and p.place.country]
    here = here or [p.place.country for p in memory.places if scene.offset <= p.start < low and p.place.country]
    if here:
        return here[-1]
    last = memory.named(low, lambda k: k.country is not None and k.kind in STATES and k.rank >= OBJECT)
    return last.country if last is not None else None
