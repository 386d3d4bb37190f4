"""Role words to actor mentions: their exact phrase, whom a pronoun or 'the militia' stands for, and the actor.

Antecedents are sought in the paragraph and before it, nearest first, by number and kind; inside somebody's
words 'we' is the speaker. Nothing is guessed: without a fitting antecedent the words stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from spacy.tokens import Token

from detente.events.scene import Scene
from detente.events.syntax import logical_subject, phrase, text_of
from detente.records import Mention, Span
from detente.reference.actors.matching import Hit

FIRST = frozenset({"we", "i", "us", "me", "our", "my", "ours"})
SINGULAR = frozenset({"it", "its", "itself"})
PERSON = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
BOUND = frozenset({"them", "him", "it"})
PLURAL = frozenset({"they", "them", "their", "themselves", "these", "those", "both", "all", "each", "some"})
GROUP_NOUNS = frozenset(
    (
        "militia group faction movement organisation organization outfit front party bloc alliance coalition insurgency"
    ).split()
)
FORCE_NOUNS = frozenset("troop force soldier army navy military unit fighter gunner jet warplane".split())
STATE_NOUNS = frozenset(["country", "government", "state", "nation", "regime", "authority", "kingdom", "republic"])


class Resolver(Protocol):
    """The part of the actor index the coder uses."""

    def resolve(self, text: str, *, on: date | None = None, country: str | None = None) -> object:
        """What a text names, with `actor`, `country`, `sector` and `name`; None where nothing is known."""
        ...


@dataclass(frozen=True, slots=True)
class Known:
    """A named party seen earlier in the article."""

    text: str
    start: int  # offset in the article
    end: int
    kind: str
    country: str | None
    sector: str | None
    plural: bool
    subject: bool = False
    human: bool = False
    actor: str | None = None


@dataclass(slots=True)
class Memory:
    """What has been named so far in one article."""

    article: str
    text: str
    published: date | None
    country: str | None
    index: Resolver
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
            self.known.append(self._entry(scene, head, hit))
        self.known.sort(key=lambda k: k.start)

    def _entry(self, scene: Scene, head: Token, hit: Hit | None) -> Known:
        first, last = phrase(head)
        doc = scene.doc
        start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
        kind = (
            "force"
            if head.lemma_ in FORCE_NOUNS
            else hit.kind
            if hit is not None
            else head.ent_type_.lower() or "group"
        )
        if head.lemma_.lower() in GROUP_NOUNS and kind == "role":
            kind = "group"  # 'three previously unknown groups' are a party, not an office
        human = (
            kind in ("person", "office")
            or head.ent_type_ == "PERSON"
            or scene.is_a(head, "official", "envoy", "soldier")
            or (kind == "role" and head.pos_ == "PROPN")  # 'President Ruto'
        )
        return Known(
            text_of(doc)[start:end], scene.offset + start, scene.offset + end, kind,
            hit.country if hit else None, hit.sector if hit else None,
            head.tag_ in ("NNS", "NNPS"), head.dep_ in ("nsubj", "nsubjpass"), human, hit.actor if hit else None,
        )  # fmt: skip


def mention(
    scene: Scene, token: Token, memory: Memory, speaker: Mention | None = None, not_at: Span | None = None
) -> Mention:
    """The actor mention at a role head, resolved as far as the text allows; `not_at` cannot be its antecedent."""
    if not_at is not None:
        memory = replace(memory, known=[k for k in memory.known if not (k.start < not_at.end and not_at.start < k.end)])
    first, last = phrase(token)
    start, end = scene.doc[first].idx, scene.doc[last - 1].idx + len(scene.doc[last - 1])
    span = Span(memory.article, scene.offset + start, scene.offset + end, text_of(scene.doc)[start:end])
    stand_in = _stands_for(scene, token, memory, speaker)
    text, antecedent = span.quote, None
    if isinstance(stand_in, Known):
        text = _owned(scene, token, stand_in)
        antecedent = Span(memory.article, stand_in.start, stand_in.end, memory.text[stand_in.start : stand_in.end])
    elif isinstance(stand_in, Mention):
        text, antecedent = stand_in.name or stand_in.text, stand_in.span
    # a militia or a rebel group is not the home state's own; its army and police are
    country = None if scene.is_a(token, "fighter") or token.lemma_.lower() in GROUP_NOUNS else memory.country
    resolution = memory.index.resolve(_bare(text), on=memory.published, country=country)
    hit = scene.hit(token)
    return Mention(
        text=span.quote,
        span=span,
        actor=getattr(resolution, "actor", None) or (hit.actor if hit is not None and antecedent is None else None),
        country=getattr(resolution, "country", None),
        sector=getattr(resolution, "sector", None),
        name=text if antecedent is not None else getattr(resolution, "name", None),
        antecedent=antecedent,
        plural=token.tag_ in ("NNS", "NNPS") or token.lower_ in PLURAL,
    )


def _unnamed(scene: Scene, token: Token) -> bool:
    """No name stands in this noun phrase; general words ('militia', 'forces') that the actor index knows may."""
    around = [token, *(c for c in token.children if c.dep_ in ("compound", "amod", "poss", "nmod", "appos"))]
    hits = [hit for t in around if (hit := scene.hit(t)) is not None]
    return all(hit.kind == "role" for hit in hits) and not any(
        t.ent_type_ in ("GPE", "NORP", "ORG", "PERSON") and scene.hit(t) is None for t in around
    )


def _owner(scene: Scene, token: Token) -> Token | None:
    """The 'its' of 'its forces'; None where a name says more ('his Somali counterpart')."""
    owner = next((c for c in token.children if c.dep_ == "poss" and c.pos_ == "PRON"), None)
    return owner if owner is not None and _unnamed(scene, token) else None


def _owned(scene: Scene, token: Token, owner: Known) -> str:
    """What to look up: a party's forces are its army ('its forces' -> 'Ethiopia's forces'), all else the party."""
    armed = token.lemma_.lower() in FORCE_NOUNS and _owner(scene, token) is not None
    return f"{owner.text}'s {token.text}" if armed and owner.kind in ("state", "capital", "demonym") else owner.text


def _bare(text: str) -> str:
    return text.strip(" \n\t“”\"'‘’,.;:-–—")


def _whole(scene: Scene, token: Token) -> Known | None:
    """'Three rockets hit the compound, one of them striking a cafeteria': of the rockets named just before."""
    if token.lower_ != "them" or token.head.lower_ != "of":
        return None
    things = [t for t in token.sent if t.i < token.i and t.dep_ == "nsubj" and t.tag_ == "NNS" and scene.hit(t) is None]
    if not things or scene.political(things[-1]):
        return None
    first, last = phrase(things[-1])
    start, end = scene.doc[first].idx, scene.doc[last - 1].idx + len(scene.doc[last - 1])
    quote = text_of(scene.doc)[start:end]
    return Known(quote, scene.offset + start, scene.offset + end, "thing", None, None, True)


def _stands_for(scene: Scene, token: Token, memory: Memory, speaker: Mention | None) -> Known | Mention | None:
    low, here = token.lower_, scene.offset + token.idx
    if low in FIRST and token.text != "US":  # the country in capitals is no pronoun
        return speaker
    owner = _owner(scene, token)
    if owner is not None:
        return _stands_for(scene, owner, memory, speaker)
    if (whole := _whole(scene, token)) is not None:
        return whole
    if low in BOUND or token.dep_ == "dobj":
        memory = _without_doer(scene, token, memory, speaker)
    if low in SINGULAR | {"which", "that"}:
        return _nearest(memory.known, here, lambda k: k.kind not in ("person", "role", "force") and not k.plural)
    if low in PERSON:
        return _nearest(memory.known, here, lambda k: k.human and not k.plural)
    if low in ("those", "these", "all") and any(c.dep_ in ("relcl", "acl") for c in token.children):
        return None  # 'those who shelled the camp': whoever did
    if low in PLURAL and token.pos_ in ("PRON", "DET"):
        return _nearest(
            memory.known,
            here,
            lambda k: k.plural or k.kind in ("group", "force", "coalition", "demonym", "state", "capital"),
        )
    determined = any(c.lower_ in ("the", "those", "these", "that", "this") for c in token.children if c.dep_ == "det")
    if determined and _unnamed(scene, token):
        return _described(token, memory, here)
    return None


def _without_doer(scene: Scene, pronoun: Token, memory: Memory, speaker: Mention | None) -> Memory:
    """'Syria will shell them', 'it disarmed the militia': an object is never the subject of its own clause."""
    verb = next((t for t in pronoun.ancestors if t.pos_ in ("VERB", "AUX")), None)
    doer = logical_subject(verb) if verb is not None else None
    if doer is None or doer == pronoun:
        return memory
    at, hit = scene.offset + doer.idx, scene.hit(doer)
    own = speaker if doer.lower_ in FIRST else None
    parties = {x for x in (getattr(hit, "actor", None), own and own.actor) if x}
    lands = {own.country} if own is not None and own.country else {hit.country} if hit is not None else set()
    kept = [
        k
        for k in memory.known
        if not (k.start <= at < k.end)
        and k.actor not in parties
        and (k.kind == "group" or k.country is None or k.country not in lands)
    ]
    return replace(memory, known=kept)


def _described(token: Token, memory: Memory, here: int) -> Known | None:
    lemma = token.lemma_.lower()
    if lemma in GROUP_NOUNS:
        plural = token.tag_ == "NNS"
        return _nearest(
            memory.known,
            here,
            lambda k: k.kind in ("group", "coalition", "party", "organisation", "org") and k.plural == plural,
        ) or _nearest(memory.known, here, lambda k: k.kind in ("group", "coalition", "party"))
    if lemma in FORCE_NOUNS:
        return _nearest(memory.known, here, lambda k: k.kind == "force" or k.sector in ("MIL", "PRM", "REB"))
    if lemma in STATE_NOUNS:
        return _nearest(memory.known, here, lambda k: k.kind in ("state", "capital"))
    return None


def _nearest(known: Sequence[Known], before: int, fits: object) -> Known | None:
    """The latest fitting name before a position; subjects within the last few win over nearer non-subjects."""
    earlier = [k for k in known if k.end <= before and fits(k)]  # type: ignore[operator]
    if not earlier:
        return None
    near = [k for k in earlier[-3:] if k.subject and before - k.end < 240]
    return near[-1] if near else earlier[-1]
