"""What an article has named so far: parties with their place in the sentence, kind, number and country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from detente.events.scene import Scene
from detente.events.syntax import PASSIVE_SUBJECTS, SUBJECTS, phrase
from detente.events.tokens import Token
from detente.events.where import Located
from detente.records import Actor
from detente.reference.actors.matching import Hit

GROUP_NOUNS = frozenset(
    (
        "militia group faction movement organisation organization outfit front party bloc alliance coalition insurgency"
    ).split()
)
FORCE_NOUNS = frozenset("troop force soldier army navy military unit fighter gunner jet warplane".split())
STATES = ("state", "demonym", "capital")
SUBJECT, OBJECT, OTHER, INSIDE = 3, 2, 1, 0  # how much a name stands out by its place in the sentence


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
        doc.text[start:end], scene.offset + start, scene.offset + end, kind,
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
