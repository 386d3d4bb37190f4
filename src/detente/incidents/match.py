"""Do two mentions tell of one happening? Typed fields decide, and every reason is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz

from detente.incidents.views import View, is_resolved, overlap, place_relation
from detente.incidents.where import BROAD
from detente.records import MATERIAL_CONFLICT, Place

RollsUp = Callable[[str, tuple[str, ...], "date | None"], bool]
_WEAPONS = {
    "aerial": "air", "drone": "air", "heavy-weapons": "fire", "explosives": "bomb", "firearms": "guns",
    "suicide-attack": "bomb", "abduct": "abduct", "crowd-control": "crowd", "primitive": "hand", "beat": "hand",
}  # fmt: skip
_RECENT = 7  # days: how far back an undated report of a deed may look
_COPIED = 3  # days within which a wire sentence is printed again
_NEXT = 300  # characters: how far on a bare sentence may go on telling of a deed
_TELLING = 3  # a figure from which on an equal count tells something
_ALIKE = 88.0  # percent of equal characters from which on two sentences are one
_PLACE_POINTS = {"same": 3.0, "near": 2.0, "wide": 0.5, "unknown": 0.0}


def no_roll_up(actor: str, sides: tuple[str, ...], on: date | None) -> bool:
    """Roll-up without an actor index: an id belongs to itself and to its prefixes ("USA.MIL" to "USA")."""
    return any(actor == side or actor.startswith(side + ".") for side in sides)


@dataclass(frozen=True, slots=True)
class Match:
    """The verdict on two mentions: `points` only counts while `against` is empty."""

    points: float = 0.0
    reasons: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    typed: float = 0.0  # of the points, those that come from who, where, when and how

    @property
    def ok(self) -> bool:
        """True if nothing speaks against it."""
        return not self.against


@dataclass(slots=True)
class _Tally:
    points: float = 0.0
    reasons: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)

    def add(self, points: float, reason: str) -> None:
        self.points += points
        self.reasons.append(reason)


def parties(one: frozenset[str], other: frozenset[str], on: date | None, rolls_up: RollsUp) -> str:
    """ "same" (one belongs to the other), "unknown" or "differ" for two sets of actor keys."""
    if not one or not other:
        return "unknown"
    if one & other:
        return "same"
    ids = [[key for key in keys if is_resolved(key)] for keys in (one, other)]
    for left in ids[0]:
        for right in ids[1]:
            if rolls_up(left, (right,), on) or rolls_up(right, (left,), on):
                return "same"
    return "differ" if ids[0] and ids[1] else "unknown"


def _late(one: View, other: View) -> bool:
    """True if a day that was only assumed from the report lies up to a week after the other's stated day."""
    for assumed, said in ((one, other), (other, one)):
        if not assumed.assumed or said.assumed or assumed.date is None or said.date is None:
            continue
        assert assumed.date.start and said.date.end
        if 0 < (assumed.date.start - said.date.end).days <= _RECENT:
            return True
    return False


def undated(one: View, other: View) -> bool:
    """True if the days of two mentions say nothing about each other."""
    return one.date is None or other.date is None or (_late(one, other) and not overlap(one.date, other.date))


def _told_before(one: View, other: View) -> bool:
    """True if one of two deeds done was printed before the day that the other's report states."""
    for told, dated in ((one, other), (other, one)):
        day = dated.date.start if dated.date and not dated.assumed and dated.span_days <= 3 else None
        if day and told.event.reported and told.event.reported < day and told.family == "factual":
            return True
    return False


def _when(one: View, other: View, relation: str, night: bool, tally: _Tally) -> None:
    if _told_before(one, other):
        tally.against.append("one was printed before the day of the other")
    elif one.date is None or other.date is None:
        tally.reasons.append("a date is not known")
    elif overlap(one.date, other.date):
        exact = max(one.span_days, other.span_days) <= 3
        tally.add(1.0 if exact else 0.0, "same day" if exact else "dates fit")
    elif night and relation == "same" and overlap(one.date, other.date, 1) and not _another(one, other):
        tally.add(0.5, "one night, printed with two dates")
    elif _late(one, other):
        tally.reasons.append("a report of the days after, which gives no date")
    else:
        tally.against.append(f"dates differ ({one.date.start} and {other.date.start})")


_ANOTHER = re.compile(
    r"\b(?:second|third|fourth|fifth|another) (?:straight |consecutive )?(?:night|evening|day)\b|\b(?:nights?|days?) (?:in a row|running)\b",
    re.IGNORECASE,
)


def _another(one: View, other: View) -> bool:
    """True where one of them says that it is not the night before's: "for the second night in succession"."""
    return any(_ANOTHER.search(item.event.evidence.quote) for item in (one, other))


def _where(one: View, other: View, relation: str, tally: _Tally) -> None:
    if relation == "apart":
        tally.against.append("places differ")
    elif one.event.article != other.event.article and (_filed_at(one, other.place) or _filed_at(other, one.place)):
        tally.add(1.5, "one is reported from the place of the other")
    else:
        tally.add(_PLACE_POINTS[relation], {"same": "same place", "near": "one place within the other"}.get(
            relation, "place not known closely"))  # fmt: skip


def _filed_at(item: View, place: Place | None) -> bool:
    """True if a mention of no fine place comes from a report filed from, or headed with, `place`."""
    return (
        place is not None
        and place.precision not in BROAD
        and (item.place is None or item.place.precision in BROAD)
        and (place.id or place.name) in item.where.filed
    )


def _who(one: View, other: View, relation: str, rolls_up: RollsUp, tally: _Tally) -> None:
    when = one.date or other.date
    on = when.start if when else None
    actors = parties(one.actors, other.actors, on, rolls_up)
    if actors == "same":
        tally.add(2.0, "same actor")
    elif actors == "differ" and one.actor_sides & other.actor_sides:
        tally.add(1.0, "actors of one country")
    elif actors == "differ" and (one.soft or other.soft) and relation == "same":
        tally.reasons.append("actors differ, but one rests on a claim or on blame")
    elif actors == "differ":
        tally.against.append("actors differ")
    recipients = parties(one.recipients, other.recipients, on, rolls_up)
    if recipients == "same":
        tally.add(2.0, "same recipient")
    elif recipients == "differ" and one.recipient_sides & other.recipient_sides:
        tally.add(1.0, "recipients of one country")
    elif recipients == "differ" and actors == "same" and relation != "same":
        tally.add(-1.5, "recipients differ")
    elif recipients == "differ" and relation != "same":
        tally.against.append("recipients differ")


def _how(one: View, other: View, tally: _Tally) -> None:
    left = {_WEAPONS[mode] for mode in one.event.modes if mode in _WEAPONS}
    right = {_WEAPONS[mode] for mode in other.event.modes if mode in _WEAPONS}
    if set(one.event.modes) & set(other.event.modes):
        tally.add(1.0, "same means")
    elif left and right and not left & right:
        tally.against.append("means differ")
    elif one.event.act != "ASSAULT" and one.event.modes and other.event.modes:
        tally.against.append("kinds of act differ")
    if one.event.article != other.event.article and one.targets & other.targets:
        tally.add(1.0, f"both speak of the same kind of place or thing ({min(one.targets & other.targets)})")
    for kind in ("killed", "rounds", "injured"):
        figures = [
            {c.low for c in v.event.counts if c.kind == kind and not c.cumulative and c.low} for v in (one, other)
        ]
        shared = figures[0] & figures[1]
        if shared:
            tally.add(1.0 if max(shared) >= _TELLING else 0.5, f"same count of {kind}")


def _said_alike(one: View, other: View) -> bool:
    """True if two reports tell it in (nearly) the same sentence."""
    days = (one.event.reported, other.event.reported)
    if days[0] is None or days[1] is None or abs((days[0] - days[1]).days) > _COPIED:
        return False
    left, right = one.event.evidence.quote, other.event.evidence.quote
    return min(len(left), len(right)) >= 40 and fuzz.ratio(left, right, score_cutoff=_ALIKE) > 0


def compare(
    one: View, other: View, rolls_up: RollsUp = no_roll_up, *, copies: bool = False, night: bool = False
) -> Match:
    """Compare two mentions of the same act and family.

    `copies`: their reports are one wire story; `night`: a report of the happening puts it at night.
    """
    tally = _Tally()
    if one.summary != other.summary:
        return Match(against=("one sums up several happenings",))
    relation = place_relation(one.place, other.place)
    _when(one, other, relation, night or one.night or other.night, tally)
    _where(one, other, relation, tally)
    if tally.against:  # most pairs end here, before the costlier roll-up of actors
        return Match(against=tuple(tally.against))
    _who(one, other, relation, rolls_up, tally)
    _how(one, other, tally)
    typed = tally.points
    if one.event.article == other.event.article:
        tally.add(2.0, "same report, and neither place nor date differs")
    elif _said_alike(one, other):
        tally.add(3.0, "the same sentence in both")
    elif copies:
        tally.add(2.0, "copies of one wire story")
    return Match(tally.points, tuple(tally.reasons), tuple(tally.against), typed)


def needed(one: View, other: View) -> float:
    """Points a new mention (`one`) must share with a known one before they are merged: deeds need more than words."""
    if one.event.article == other.event.article:
        if one.event.act != "ASSAULT":
            return 5.0
        if one.event.date is not None:
            return 3.0
        # "Fourteen were hurt." goes on telling of the attack before it; "Arland struck back." need not, and what was
        # told before it with a doer of its own ("hours after planes bombed …") is seldom the same
        if one.actors:
            return 5.5 if not other.actors and one.event.trigger.start < other.event.trigger.start else 4.0
        return 2.0 if 0 <= one.event.trigger.start - other.event.trigger.start <= _NEXT else 3.0
    if undated(one, other):
        return 5.0
    if max(one.span_days, other.span_days) > 3:
        return 4.0
    return 3.5 if one.event.act in MATERIAL_CONFLICT and one.family == "factual" else 3.0
