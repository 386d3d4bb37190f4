"""Threats and promises, each once however often it is retold; how often each holder carried one out; how near they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from detente.incidents.views import label
from detente.records import Dyad, Event, Incident, Nearness, Span, TrackRecord, Tripwire
from detente.tension.sides import RollsUp, day_of, is_attack
from detente.tension.tripwires import Parties, asks_death, checkable, trips

OPEN = ("tripped", "armed")
_WORD = re.compile(r"\w+")
_STOP = frozenset(
    "a an the of to in on at and or if that this it its they their will would be by with for from".split()
)
_ALIKE = 0.6  # shared words, of the shorter telling
_FIGURE = re.compile(r"(?<![\d.,])[1-9]\d{1,3}(?![\d.,]*\d|:|%| %| (?:days?|hours?|weeks?|months?)\b)")  # 52, 122
_REMEMBERED = 14  # days within which a figure named twice is one threat's
_RETOLD = 3  # days within which a second promise of one holder is the first, retold
_CLOSE = 400  # characters between two tripwires that one passage of a report tells
BACK = 180  # days before the threat in which a like case is looked for
_FURTHEST = {"executed": 0, "withdrawn": 1, "withheld": 2, "expired": 3, "tripped": 4, "armed": 5}


@dataclass(frozen=True, slots=True)
class Threat:
    """One threat or promise: the tripwire that tells it best, and every tripwire that tells it."""

    wire: Tripwire
    told: tuple[Tripwire, ...]

    @property
    def is_open(self) -> bool:
        """True while it hangs over the two sides."""
        return self.wire.state in OPEN

    @property
    def reported(self) -> date | None:
        """The first day any report told it."""
        return min((each.reported for each in self.told if each.reported), default=None)


def holder_key(wire: Tripwire, dyad: Dyad | None) -> str | None:
    """Who answers for it: an office or organ of a state that is a side stands as that state; None if not stated."""
    if wire.holder is None:
        return None
    whole = dyad is not None and wire.holder.country in (*dyad.a, *dyad.b)
    return wire.holder.country if whole else label(wire.holder)


def _terms(span: Span) -> set[str]:
    return {word for word in _WORD.findall(span.quote.casefold()) if word not in _STOP}


def _one_figure(one: Tripwire, other: Tripwire, told: Mapping[str, str]) -> bool:
    """True if both name one telling figure within days ("52 targets", "52 places"): the threat, retold."""
    if not one.reported or not other.reported or abs((one.reported - other.reported).days) > _REMEMBERED:
        return False
    left, right = (
        {n for n in _FIGURE.findall(told.get(each.id, each.span.quote)) if n != "100"} for each in (one, other)
    )
    return bool(left & right)


def _same(one: Tripwire, other: Tripwire, keys: Mapping[str, str | None], told: Mapping[str, str]) -> bool:
    """True if two tripwires are one threat told twice; `keys`: who answers for each."""
    holders = keys[one.id], keys[other.id]
    if one.direction != other.direction or (None not in holders and holders[0] != holders[1]):
        return False
    if one.article == other.article and abs(one.span.start - other.span.start) < _CLOSE:
        return True
    if one.direction == "rewards" and None not in holders and one.reported and other.reported:
        # a promise is retold in other words within days; two threats in a week are two
        return abs((one.reported - other.reported).days) <= _RETOLD
    if None not in holders and _one_figure(one, other, told):
        return True
    left, right = (_terms(each.condition) | _terms(each.consequence) for each in (one, other))
    return len(left & right) >= _ALIKE * max(1, min(len(left), len(right)))


def _best(group: Sequence[Tripwire]) -> Tripwire:
    """The telling to show: one that has moved furthest, then one that names a deed, then the first."""
    return min(group, key=lambda wire: (_FURTHEST[wire.state], wire.vague, wire.holder is None))


def threats(
    tripwires: Iterable[Tripwire], dyad: Dyad | None, as_of: date, events: Mapping[str, Event] | None = None
) -> list[Threat]:
    """Each threat or promise once: open before closed, the newest first.

    With the mentions (`events` by id), a threat retold in other words is known again by a figure in its sentence.
    """
    groups: list[list[Tripwire]] = []
    known, tripwires = events or {}, list(tripwires)
    told = {each.id: known[each.event].evidence.quote for each in tripwires if each.event and each.event in known}
    keys = {each.id: holder_key(each, dyad) for each in tripwires}
    for wire in sorted(tripwires, key=lambda each: (each.reported or as_of, each.id)):
        home = next((group for group in groups if any(_same(wire, each, keys, told) for each in group)), None)
        if home is None:
            groups.append([wire])
        else:
            home.append(wire)
    made = [Threat(_best(group), tuple(group)) for group in groups]
    return sorted(made, key=lambda one: (not one.is_open, -(one.reported or as_of).toordinal(), one.wire.id))


def track_records(found: Iterable[Threat], dyad: Dyad | None) -> tuple[TrackRecord, ...]:
    """Per holder what became of its threats (promises are left out), the holder with most threats first."""
    by_holder: dict[str | None, list[Threat]] = {}
    for each in found:
        if each.wire.direction == "punishes":
            by_holder.setdefault(holder_key(each.wire, dyad), []).append(each)

    def count(mine: list[Threat], *states: str) -> int:
        return sum(each.wire.state in states for each in mine)

    made = [
        TrackRecord(
            holder, len(mine), count(mine, "executed"), count(mine, "withheld"), count(mine, "expired"),
            count(mine, "withdrawn"), count(mine, *OPEN), tuple(each.wire.id for each in mine),
        )
        for holder, mine in by_holder.items()
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda each: (-each.threats, each.holder is None, each.holder or "")))


def nearness(
    threat: Threat, incidents: Sequence[Incident], *, as_of: date, rolls_up: RollsUp, sufferer: str | None = None
) -> Nearness:
    """How close an open threat is to its condition: days left, the last like case before it, near cases since.

    `sufferer` is whose harm the condition names where the holder is not stated ("if any more Americans are killed").
    """
    wire, start = threat.wire, threat.reported or as_of
    limit = wire.deadline.end if wire.deadline and wire.deadline.end and wire.deadline.end >= as_of else None
    left = (limit - as_of).days if limit else None
    if wire.direction == "rewards" or not checkable(wire) or wire.negated_condition:
        return Nearness(wire.id, left, checkable=wire.negated_condition and left is not None)
    if wire.holder is None and sufferer is None:
        return Nearness(wire.id, left, checkable=False)
    parties = Parties(wire, rolls_up)
    parties.holder = parties.holder or sufferer
    attacks = [(day, each) for each in incidents if is_attack(each) and (day := day_of(each)) and day <= as_of]
    attacks = [item for item in attacks if item[1].known is None or item[1].known <= as_of]
    like = [(d, i) for d, i in attacks if start - timedelta(days=BACK) <= d < start and trips(wire, i, d, parties)]
    met = max((day for day, _ in like), default=None)
    short = [
        (day, each)
        for day, each in attacks
        if asks_death(wire) and day >= start and parties.hits_holder(each, day) and not trips(wire, each, day, parties)
    ]
    return Nearness(
        wire.id, left, met, tuple(each.id for day, each in like if day == met),
        tuple(each.id for _, each in sorted(short, key=lambda item: (item[0], item[1].id))),
    )  # fmt: skip
