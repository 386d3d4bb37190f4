"""Where: the place of the event itself, not of the story.

First what hangs on the deed ('in Baghdad', 'near the border'), then the place it was done to, then the
nearest place of the sentence; a country only when nothing finer is said. Who acts is no place ('Baku denied'), nor
is where a shot came from. Where a reader takes deeds to be that no place was given for, `setting` says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from detente.events.tokens import Doc, Token
from detente.events.tokens import Span as DocSpan
from detente.records import VERBAL_CONFLICT, VERBAL_COOPERATION, Place, Span

LOCATING = frozenset(
    (
        "in at near outside inside around on over off across along from into to within above between toward "
        "towards against of by above alongside throughout past opposite facing through beside behind beyond beneath below under via"
    ).split()
)
# Deeds done at a distance: 'from' names where they start, not where they are.
FIRING = frozenset(
    (
        "fire shoot launch shell shelling rocket missile mortar barrage salvo bombardment lob hurl strike attack drone "
        "artillery gunfire"
    ).split()
)
# Those whose 'from' names where somebody or something set out.
SENDING = frozenset("send move deploy dispatch fly airlift ship ferry bring rush transfer redeploy come".split())
_PARTS = frozenset({"compound", "nmod", "amod", "poss", "appos"})
FINENESS = {"site": 0, "settlement": 1, "district": 2, "province": 3, "region": 4, "country": 5, "unmatched": 6}


@dataclass(frozen=True, slots=True)
class Located:
    """A resolved toponym with its offsets in the article."""

    place: Place
    start: int
    end: int


def located(article: str, text: str, toponyms: Sequence[object], places: Sequence[Place]) -> list[Located]:
    """Toponyms and their places as one list, spans carrying the article's id."""
    out = []
    for toponym, place in zip(toponyms, places, strict=True):
        start, end = toponym.start, toponym.end  # type: ignore[attr-defined]
        out.append(Located(replace(place, span=Span(article, start, end, text[start:end])), start, end))
    return out


def place_for(
    doc: Doc, offset: int, trigger: Token, recipients: Sequence[Token], places: Sequence[Located], spoken: bool = False
) -> Place | None:
    """The place of the event at `trigger`, or None when its sentence names none; `spoken`: it is done with words alone."""
    sent = trigger.sent
    low, high = offset + sent.start_char, offset + sent.end_char
    here = [
        p
        for p in places
        if (low <= p.start < high and p.place.precision != "unmatched")
        or (low <= p.start < high and p.place.lat is None)
    ]
    if not here:
        return None
    ranked = []
    for item in here:
        span = doc.char_span(item.start - offset, item.end - offset, alignment_mode="expand")
        if span is None or _in_compound(doc, span):
            continue
        if (spoken and not _spoken_at(span.root)) or _of_another(trigger, span.root):
            continue
        if item.place.lat is None and span.root.dep_ in _PARTS:
            continue  # 'Bantu militia leaders'
        distance = _distance(trigger, span.root, recipients, item.place.precision == "country", spoken)
        if spoken and _opens(span):
            distance = 0  # 'In Geneva, diplomats said …'
        if distance is not None and not (spoken and distance >= _ELSEWHERE):
            borderless = item.place.country is None  # a front line or a sea says less than the town beside it
            fineness = 5 if borderless else FINENESS[item.place.precision]
            ranked.append((distance, fineness, abs(item.start - offset - trigger.idx), item.place))
    if not ranked:
        return None
    ranked.sort(key=lambda r: r[:3])
    best = ranked[0]
    # 'in Baghdad, Iraq' / 'at a base in Anbar': the finest among the equally near
    close = [r for r in ranked if r[0] <= best[0] + 1]
    return min(close, key=lambda r: (r[1] >= 5, r[0], r[1], r[2]))[3]


def _opens(span: DocSpan) -> bool:
    """Whether a sentence begins with 'In' or 'At' and this place."""
    sent = span.root.sent
    return span.start == sent.start + 1 and sent[0].lower_ in ("in", "at")


def _in_compound(doc: Doc, span: DocSpan) -> bool:
    """Part of 'Iran-backed' or 'pro-Iran': no place."""
    after = doc[span.end] if span.end < len(doc) else None
    before = doc[span.start - 1] if span.start > 0 else None
    tight = after is not None and after.text in ("-", "‑") and not doc[span.end - 1].whitespace_
    return tight or (before is not None and before.text == "-" and not before.whitespace_)


def _distance(trigger: Token, word: Token, recipients: Sequence[Token], country: bool, spoken: bool) -> int | None:
    """How near a place word hangs to the deed: 0 on it, 1 in whom it was done to, 3 in its clause, 6 elsewhere.

    None where it is no place at all: who acts ('Baku denied that ...').
    """
    if word.head.lower_ == "from" and trigger.lemma_.lower() in SENDING:
        return None  # 'sent two lorries from Dnipro': where they set out
    for target in recipients:
        if country and word == target and word.dep_ == "nsubj":
            return None  # of two sides that meet, the one who hosts is no place
        if word == target or target in word.ancestors:
            whose = country and word.dep_ in ("compound", "amod", "poss") and word.head == target
            return _WHOSE if whose else 1  # 'a US contractor': whose they are, for want of where it was
    if not country:
        word = _noun_of(word)
    if word.dep_ == "nsubj" and word.head.pos_ in ("VERB", "AUX") and word.head != trigger:
        return None if country or word.pos_ == "PROPN" else 9
    holder = _holder(trigger)
    head, steps, through_prep, origin = word, 0, False, False
    while head not in (trigger, holder) and head.head != head and steps < 8:
        if head.dep_ == "prep" and head.lower_ in _REASONS and head.head in (trigger, holder) and steps > 1:
            return None  # 'sentenced for the killings in Prijedor': where the reason is
        if head.dep_ == "pobj" and head.head.lower_ in LOCATING:
            through_prep, origin = True, origin or head.head.lower_ == "from"
        if head.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in head.children):
            return None  # 'no meeting if Tikrit was struck': where the condition is, not the deed
        if head.dep_ in ("relcl", "ccomp", "advcl", "conj") and head.pos_ == "VERB" and not _meanwhile(head):
            apart = spoken and head.dep_ != "conj" and not head.is_ancestor(trigger)
            return 6 if through_prep and not apart else _ELSEWHERE
        if spoken and head.dep_ in ("xcomp", "pcomp") and not head.is_ancestor(trigger):
            return _ELSEWHERE  # 'accused it of killing five near Gimbi', 'agreed to reopen the Bender bridge': where it is to be done, not where they agreed
        if head.dep_ in ("nsubj", "poss") and head.head.pos_ == "VERB" and head.head not in (trigger, holder):
            away = (
                country or word.dep_ == "poss" or (_is_told(trigger, head.head) and head.lemma_.lower() not in _LOCALS)
            )
            return None if away else 9  # "Kigali's spokesman denied"; "people of Kirkuk said" are there
        head, steps = head.head, steps + 1
    if head not in (trigger, holder):
        if trigger.dep_ == "acl" and trigger.tag_ == "VBN" and trigger.head.dep_ == "pobj":
            return None  # 'stormed the embassy after a march for fighters killed on Sunday'
        return 5 if through_prep else 8
    if origin and trigger.lemma_.lower() in FIRING:
        return None if country else 9  # where it was fired from, for want of where it fell
    if word.dep_ in ("nsubj", "compound", "amod", "poss"):
        return 7
    return int(head != trigger) if through_prep and steps <= 2 else 3


def _is_told(trigger: Token, verb: Token) -> bool:
    """'Exiles in Almaty say that a student died': the deed is what the verb says."""
    return any(t.dep_ == "ccomp" and t.head == verb for t in (trigger, *trigger.ancestors))


_REASONS = frozenset({"for", "over"})
# who speaks of what happened where they are
_LOCALS = frozenset(
    (
        "resident villager witness people local inhabitant neighbour neighbor farmer elder doctor medic nurse hospital clinic "
        "survivor man woman trader shopkeeper driver police officer soldier commander mayor teacher worker activist"
    ).split()
)
_ELSEWHERE = 8  # steps: in another clause of the sentence
_WHOSE = 9  # steps of a state that is only whose the people are


def _meanwhile(verb: Token) -> bool:
    """'were killed when rockets struck a base in Kirkuk': what happens in one moment happens in one place."""
    return verb.dep_ == "advcl" and any(c.lower_ in ("when", "as", "where") and c.i < verb.i for c in verb.children)


_TOWARDS = frozenset("for to with against of about by than like on over".split())


def _spoken_at(word: Token) -> bool:
    """'voiced support for Manila', 'a message to Kyiv': whom or what words are about is not where they are said."""
    return not (word.dep_ == "pobj" and word.head.lower_ in _TOWARDS and word.head.head.pos_ != "PROPN")


def _of_another(trigger: Token, word: Token) -> bool:
    """'Tunis opened Ras Ajdir, and Italy took in the wounded': the place is of the deed beside, whose doer is another."""
    mine, other = _clause(trigger), _clause(word)
    if mine.dep_ == "pcomp" and mine.head.head == other and mine.head.lower_ in ("for", "of", "from"):
        return True  # 'in Lomé he thanked Ghana for opening the border': where thanks or blame are given
    reason = trigger.dep_ == "pobj" and trigger.head.lower_ in _REASONS and trigger.head.head == other
    if reason and not trigger.is_ancestor(word):
        return True  # 'in Moscow he blamed hotheads for the bloodshed'
    earlier, later = sorted((mine, other), key=lambda t: t.i)
    parted = any(t.text == ";" for t in trigger.doc[earlier.i : later.i])
    if mine == other or not (parted or mine in other.conjuncts):
        return False
    return any(c.dep_ in ("nsubj", "nsubjpass") and (c.pos_ == "PROPN" or c.ent_type_ == "GPE") for c in later.children)


def _clause(token: Token) -> Token:
    """The verb whose clause a word stands in."""
    while token.pos_ not in ("VERB", "AUX") and token.head != token:
        token = token.head
    return token


def opened(place: Place, trigger: Token, doc: Doc, offset: int, home: str | None) -> Place:
    """A border crossing lies in two countries: whoever opens or shuts it does so on his own side."""
    if place.span is None or home is None or place.country in (home, None) or trigger.lemma_.lower() not in _OPENING:
        return place
    span = doc.char_span(place.span.start - offset, place.span.end - offset, alignment_mode="expand")
    if span is None or span[-1].lower_ in _CROSSINGS or doc[min(span.end, len(doc) - 1)].lower_ in _CROSSINGS:
        return replace(place, country=home)
    return place


_OPENING = frozenset("open reopen close shut seal unseal opening reopening closing closure".split())
_CROSSINGS = frozenset("crossing crossings border frontier checkpoint gate bridge".split())


def _noun_of(word: Token) -> Token:
    """The noun a name stands in front of, where that noun is itself somewhere: 'the Tavush stretch', 'El Tarra road'."""
    head = word
    while head.dep_ in _PARTS and head.head.pos_ in ("NOUN", "PROPN") and head.head.i > head.i:
        head = head.head
    return head if head.dep_ == "pobj" and head.head.lower_ in LOCATING else word


def _holder(trigger: Token) -> Token:
    """The verb that carries a deed told by a noun: 'mortar fire killed two in Poonch'."""
    if trigger.pos_ == "NOUN" and trigger.dep_ in ("nsubj", "nsubjpass") and trigger.head.pos_ == "VERB":
        return trigger.head
    return trigger


SPOKEN = VERBAL_COOPERATION | VERBAL_CONFLICT | {"SANCTION"}
# done with words alone; a concession ('reopened the crossing') is more than words, and people consult where they go
STATEMENTS = SPOKEN - {"CONCEDE", "CONSULT", "SANCTION"}
