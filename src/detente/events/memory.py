"""What an article has named so far, and whose army, police or courts it means where it names no country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from spacy.tokens import Token

from detente.events.scene import Scene
from detente.events.syntax import PASSIVE_SUBJECTS, SUBJECTS, phrase, text_of
from detente.events.where import Located
from detente.records import Actor, Place
from detente.reference.actors.matching import Hit

GROUP_NOUNS = frozenset(
    (
        "militia group faction movement organisation organization outfit front party bloc alliance coalition insurgency"
    ).split()
)
FORCE_NOUNS = frozenset("troop force soldier army navy military unit fighter gunner jet warplane".split())
STATES = ("state", "demonym", "capital")
SUBJECT, OBJECT, OTHER, INSIDE = 3, 2, 1, 0  # how much a name stands out by its place in the sentence
# where others than the state meet: 'In Geneva, the government said …'
_VENUES = frozenset("geneva vienna doha oslo jeddah astana havana hague york".split())


class Index(Protocol):
    """The part of the actor index the coder uses."""

    def resolve(self, text: str, *, on: date | None = None, country: str | None = None) -> object:
        """What a text names, with `actor`, `country`, `sector` and `name`; None where nothing is known."""
        ...

    def get(self, actor: str) -> Actor | None:
        """The actor with this id."""
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """A party named earlier in the article."""

    text: str
    start: int  # offset in the article
    end: int
    kind: str
    country: str | None
    sector: str | None
    plural: bool
    rank: int = OTHER
    human: bool = False
    actor: str | None = None
    sentence: int = 0  # offset of its sentence in the article
    lemma: str = ""  # its head noun


@dataclass(slots=True)
class Memory:
    """What has been named so far in one article; `country` is the one it is about, where there is one."""

    article: str
    text: str
    published: date | None
    country: str | None
    index: Index
    places: Sequence[Located] = ()
    known: list[Known] = field(default_factory=list)

    def remember(self, scene: Scene) -> None:
        """Add the names of a paragraph, in text order."""
        seen: set[int] = set()
        for token in scene.doc:
            hit = scene.hit(token)
            entity = token.ent_type_ in ("ORG", "PERSON") and token.ent_iob_ == "B"
            grouped = (
                token.lemma_.lower() in GROUP_NOUNS
                and token.tag_ == "NNS"
                and any(c.dep_ in ("nummod", "amod") for c in token.children)
            )
            if hit is None and not entity and not grouped:
                continue
            if hit is None and scene.is_a(token.head, "military-kit"):
                continue  # 'Iron Dome batteries' is tagged as a body
            head = token
            while head.dep_ in ("compound", "amod", "nmod", "det", "punct") and head.head.pos_ in ("NOUN", "PROPN"):
                head = head.head
            if head.i in seen:
                continue
            seen.add(head.i)
            self.known.append(_entry(scene, head, hit))
        self.known.sort(key=lambda k: k.start)

    def named(self, before: int, fits: Callable[[Known], bool]) -> Known | None:
        """The fitting name that stands out most in the last sentence that has one, before an offset of the article."""
        best: Known | None = None
        for known in reversed(self.known):
            if known.end > before or not fits(known):
                continue
            if best is not None and known.sentence != best.sentence:
                break
            if best is None or known.rank > best.rank:
                best = known
        return best

    def place(self, start: int, end: int) -> str | None:
        """The country of the place named at [start, end) of the article."""
        for each in self.places:
            if each.start < end and start < each.end:
                return each.place.country
        return None

    def sides(self, before: int) -> list[Known]:
        """The two parties that the article has named most before an offset, each by its latest name; fewer where it has."""
        latest: dict[str, Known] = {}
        count: Counter[str] = Counter()
        for known in self.known:
            if known.end <= before and (key := _party(known)) is not None:
                latest[key] = known
                count[key] += 1
        return [latest[key] for key, _ in count.most_common(2)]


def _party(known: Known) -> str | None:
    """A state or a group, whichever of its names stands there; bodies above states are no side."""
    if known.kind in ("group", "coalition") and known.actor:
        return known.actor
    if known.country and (known.kind in STATES or known.sector in ("GOV", "MIL")):
        return known.country
    return None


def _entry(scene: Scene, head: Token, hit: Hit | None) -> Known:
    first, last = phrase(head)
    doc = scene.doc
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    kind = "force" if head.lemma_ in FORCE_NOUNS else hit.kind if hit is not None else head.ent_type_.lower() or "group"
    if head.lemma_.lower() in GROUP_NOUNS and kind == "role":
        kind = "group"  # 'three previously unknown groups' are a party, not an office
    body = hit is not None and hit.kind in ("group", "coalition", "organisation", "organ", *STATES)
    human = not body and (
        kind in ("person", "office")
        or head.ent_type_ == "PERSON"
        or scene.is_a(head, "official", "envoy", "soldier", "person")
        or (kind == "role" and head.pos_ == "PROPN")  # 'President Ruto'
    )
    return Known(
        text_of(doc)[start:end], scene.offset + start, scene.offset + end, kind,
        hit.country if hit else None, hit.sector if hit else None,
        head.tag_ in ("NNS", "NNPS"), _rank(head), human, hit.actor if hit else None,
        scene.offset + head.sent.start_char, head.lemma_.lower(),
    )  # fmt: skip


def _rank(head: Token) -> int:
    """Subjects stand out most, then objects; what only belongs to another noun least."""
    while head.dep_ == "conj" and head.head != head:
        head = head.head
    if head.dep_ in SUBJECTS | PASSIVE_SUBJECTS or head.dep_ == "ROOT":
        return SUBJECT
    if head.dep_ in ("dobj", "dative", "agent") or (head.dep_ == "pobj" and head.head.dep_ == "agent"):
        return OBJECT
    inside = head.dep_ in ("poss", "appos") or (
        head.dep_ == "pobj" and head.head.head.pos_ in ("NOUN", "PROPN") and head.head.lower_ in ("of", "from", "with")
    )
    return INSIDE if inside else OTHER


# ------------------------------------------------------------------------------------------------ whose it is
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
