"""Where: the place of the event itself, not of the story.

First what hangs on the deed ('in Baghdad', 'near the border'), then the place it was done to, then the
nearest place of the sentence; a country only when nothing finer is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from detente.records import Place, Span

LOCATING = frozenset(
    (
        "in at near outside inside around on over off across along from into to within above between toward "
        "towards against of by"
    ).split()
)
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
    doc: Doc, offset: int, trigger: Token, recipients: Sequence[Token], places: Sequence[Located]
) -> Place | None:
    """The place of the event at `trigger`, or None when its sentence names none."""
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
        distance = _distance(trigger, span.root, recipients)
        if distance is not None:
            ranked.append(
                (distance, FINENESS[item.place.precision], abs(item.start - offset - trigger.idx), item.place)
            )
    if not ranked:
        return None
    ranked.sort(key=lambda r: r[:3])
    best = ranked[0]
    # 'in Baghdad, Iraq' / 'at a base in Anbar': the finest among the equally near
    close = [r for r in ranked if r[0] <= best[0] + 1]
    return min(close, key=lambda r: (r[1] >= 5, r[0], r[1], r[2]))[3]


def _in_compound(doc: Doc, span: DocSpan) -> bool:
    """Part of 'Iran-backed' or 'pro-Iran': no place."""
    after = doc[span.end] if span.end < len(doc) else None
    before = doc[span.start - 1] if span.start > 0 else None
    tight = after is not None and after.text in ("-", "‑") and not doc[span.end - 1].whitespace_
    return tight or (before is not None and before.text == "-" and not before.whitespace_)


def _distance(trigger: Token, word: Token, recipients: Sequence[Token]) -> int | None:
    """How near a place word hangs to the deed: 0 on it, 1 in whom it was done to, 3 in its clause, 6 elsewhere."""
    for target in recipients:
        if word == target or target in word.ancestors:
            return 1 if not (word.dep_ in ("compound", "amod", "poss") and word.head == target) else 4
    head, steps, through_prep = word, 0, False
    while head != trigger and head.head != head and steps < 8:
        through_prep = through_prep or (head.dep_ == "pobj" and head.head.lower_ in LOCATING)
        if head.dep_ in ("relcl", "ccomp", "advcl", "conj") and head.pos_ == "VERB":
            return 6 if through_prep else 8
        if head.dep_ in ("nsubj", "poss") and head.head.pos_ == "VERB" and head.head != trigger:
            return 9
        head, steps = head.head, steps + 1
    if head == trigger:
        if word.dep_ in ("nsubj", "compound", "amod", "poss"):
            return 7
        return 0 if through_prep and steps <= 2 else 3
    return 5 if through_prep else 8
