"""Varied copies of a training sentence whose label cannot have changed: other names, other framing, fewer words."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from detente.train.sets import Item, Span

OPENINGS = (
    "{city} - ", "{city} (Own correspondent) -- ", "{city}, {day} - ", "On {day}, ", "Late on {day}, ", "Meanwhile, ",
    "Good evening. ", "And now to our main story: ", "Breaking: ", "Update: ", "In {month}, ", "According to local media, ",
    "In the {decade}s, ", "Officials said that ", "Our correspondent reports that ", "Also on {day}: ", "UPDATE 2 - ",
)  # fmt: skip
CLOSINGS = (
    ", officials said.", ", according to a statement.", ", the report said.", " on {day}.", " in {month}.",
    ", state media reported on {day}.", ", witnesses told our reporter.", " (more)", ", sources said.",
)  # fmt: skip
CITIES = ("LIMA", "NAIROBI", "Tbilisi", "JAKARTA", "Algiers", "KYIV", "Manila", "Bogota", "TASHKENT", "Dakar", "Oslo")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "March", "April", "June", "August", "October", "December", "late 2011", "May 1998", "mid-2022")
_DROPPABLE = re.compile(r"\b(?:the|a|an|has|have|had)\s+", re.IGNORECASE)
_NAME = re.compile(r"^(?:[Tt]he )?(?:[A-Z][\w.'-]*|of|and|the|al|de)(?: (?:[A-Z][\w.'-]*|of|and|the|al|de)){0,4}$")


def names(items: Sequence[Item]) -> tuple[str, ...]:
    """Every party that reads like a name, to be put in another's place."""
    found = {item.text[s:e] for item in items for s, e in (item.actor or (0, 0), item.recipient or (0, 0)) if s < e}
    return tuple(sorted(name for name in found if is_name(name)))


def is_name(text: str) -> bool:
    """Whether a party is told by name ('the Kenyan army'), so that another name can stand for it."""
    return bool(_NAME.match(text)) and any(word[0].isupper() for word in text.split()[-1:])


def vary(item: Item, pool: Sequence[str], rng: random.Random) -> Item:
    """One varied copy; the label stays true whatever is drawn."""
    for role, chance in (("actor", 0.4), ("recipient", 0.3)):
        span: Span | None = getattr(item, role)
        if span and pool and rng.random() < chance and is_name(item.text[span[0] : span[1]]):
            item = _replaced(item, span, rng.choice(pool))
    if rng.random() < 0.15:
        item = _framed(item, rng)
    if rng.random() < 0.15:
        item = _headline(item)
    return item


def _replaced(item: Item, span: Span, new: str) -> Item:
    """`new` in the place of `span`; both parties' offsets follow."""
    start, end = span
    text = item.text[:start] + new + item.text[end:]
    grown = len(new) - (end - start)

    def moved(other: Span | None) -> Span | None:
        if other is None or other[1] <= start:
            return other
        if other == span:
            return start, start + len(new)
        if other[0] >= end:
            return other[0] + grown, other[1] + grown
        return None if other[0] >= start else (other[0], max(other[1] + grown, start + len(new)))

    return replace(item, text=text, actor=moved(item.actor), recipient=moved(item.recipient))


def _filled(form: str, rng: random.Random) -> str:
    return form.format(
        city=rng.choice(CITIES), day=rng.choice(DAYS), month=rng.choice(MONTHS), decade=rng.randrange(1950, 2020, 10)
    )


def _framed(item: Item, rng: random.Random) -> Item:
    if rng.random() < 0.5:
        return _replaced(item, (0, 0), _filled(rng.choice(OPENINGS), rng))
    end = len(item.text.rstrip(" ."))
    if any(span and span[1] > end for span in (item.actor, item.recipient)):
        return item
    return replace(item, text=item.text[:end] + _filled(rng.choice(CLOSINGS), rng))


def _headline(item: Item) -> Item:
    """Without articles and auxiliaries outside the parties, as headlines are."""
    for found in reversed(list(_DROPPABLE.finditer(item.text))):
        if all(
            span is None or found.end() <= span[0] or found.start() >= span[1] for span in (item.actor, item.recipient)
        ):
            item = _replaced(item, found.span(), "")
    return item
