"""Running totals held against the tolls known: what does not add up is noted on the incident, never mended."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from detente.incidents.views import View
from detente.records import FACTUAL, Count, Event, Incident

_CHECKED = frozenset({"killed", "injured", "detained", "attacks"})
_PERIOD = 3  # days: a longer stretch of dates is a period, not a happening's day


def is_own_total(event: Event, count: Count) -> bool:
    """True for "the toll of Sunday's attack has climbed to 54": a total of this happening alone."""
    days = event.date
    told = days is not None and days.start is not None and days.end is not None
    return count.cumulative and count.kind != "attacks" and told and (days.end - days.start).days < _PERIOD  # type: ignore[union-attr,operator]


@dataclass(frozen=True, slots=True)
class _Total:
    """One running total, with the mention that states it."""

    count: Count
    item: View
    since: date | None

    @property
    def reported(self) -> date:
        return self.item.event.reported or date.max

    def words(self) -> str:
        high = (
            ""
            if self.count.high == self.count.low
            else " or more"
            if self.count.high is None
            else f"-{self.count.high}"
        )
        since = f" since {self.since}" if self.since else ""
        return f"{self.count.low}{high} {self.count.kind}{since} ({self.item.event.outlet or self.item.event.article})"


def _scopes(places: Iterable[str | None], parties: Iterable[str]) -> set[str]:
    return {f"in {each}" for each in places if each} | {f"of {each.split('.')[0]}" for each in parties}


def _scope(item: View) -> set[str]:
    place = item.place
    return _scopes([place.country if place else None], item.actors | item.recipients)


class _Known:
    """The attacks known, by scope and day."""

    def __init__(self, incidents: Sequence[Incident]) -> None:
        self._days: dict[str, list[tuple[date, int]]] = defaultdict(list)
        self._all = incidents
        for number, each in enumerate(incidents):
            if each.act == "ASSAULT" and each.modality in FACTUAL and each.date and each.date.start and each.date.end:
                if (each.date.end - each.date.start).days > _PERIOD or any(
                    "counted as none" in line for line in each.why
                ):
                    continue  # a stretch of days, or a sum of several attacks
                for scope in _scopes([each.place.country if each.place else None], (*each.actors, *each.recipients)):
                    self._days[scope].append((each.date.start, number))
        for held in self._days.values():
            held.sort()

    def between(self, scopes: set[str], since: date, until: date) -> list[Incident]:
        """Attacks of every given scope that began in the period and were known at its end."""
        found: list[set[int]] = []
        for scope in scopes:
            held = self._days.get(scope, [])
            found.append(
                {n for _, n in held[bisect_left(held, (since, -1)) : bisect_right(held, (until, len(self._all)))]}
            )
        numbers = set.intersection(*found) if found else set()
        return [self._all[n] for n in sorted(numbers) if (self._all[n].known or date.max) <= until]


def _bounds(incidents: Sequence[Incident], kind: str) -> tuple[int, int | None]:
    """Least and most that the tolls of these incidents can come to; None = no upper bound."""
    if kind == "attacks":
        return len(incidents), len(incidents)
    low, high = 0, 0
    open_end = False
    for each in incidents:
        tolls = [toll for toll in each.tolls if toll.kind == kind]
        low += min((toll.low for toll in tolls), default=0)
        open_end = open_end or any(toll.high is None for toll in tolls)
        high += max((toll.high or toll.low for toll in tolls), default=0)
    return low, None if open_end else high


def _against_known(total: _Total, known: _Known) -> str | None:
    """What speaks against a total over a period, from the tolls of the attacks known in it."""
    if total.since is None or not _scope(total.item):
        return None
    low, high = _bounds(known.between(_scope(total.item), total.since, total.reported), total.count.kind)
    if total.count.high is not None and total.count.high < low:
        return f"the total of {total.words()} is less than the {low} of the incidents known by then"
    if high is not None and total.count.low > high:
        return f"of the total of {total.words()} the incidents known by then explain {high}"
    return None


def _against_last(total: _Total, earlier: Sequence[_Total]) -> str | None:
    """What speaks against "three more bring it to 12": the last total of the same kind and scope, plus three, is not 12."""
    own = [c for c in total.item.event.counts if c.kind == total.count.kind and not c.cumulative]
    last = next((each for each in reversed(earlier) if each.count.kind == total.count.kind
                 and _scope(each.item) & _scope(total.item) and each.reported < total.reported), None)  # fmt: skip
    if last is None or last.count.high is None or total.count.high is None:
        return None
    more = sum(c.low for c in own), None if any(c.high is None for c in own) else sum(c.high or 0 for c in own)
    if total.count.high < last.count.low:
        return f"the total of {total.words()} is less than {last.words()} on {last.reported}"
    if own and more[1] is not None and not last.count.low + more[0] <= total.count.high <= last.count.high + more[1]:
        return f"the total of {total.words()} is not {last.words()} on {last.reported} and {more[0]} more"
    return None


def _against_own(total: _Total, incident: Incident) -> str | None:
    """What speaks against a happening's own new total: a higher figure already on record."""
    most = max((toll for toll in incident.tolls if toll.kind == total.count.kind and toll.reported
                and toll.reported < total.reported), key=lambda toll: toll.low, default=None)  # fmt: skip
    if most is None or total.count.high is None or total.count.high >= most.low:
        return None
    return f"the toll of {total.words()} is less than {most.low} ({most.speaker or 'a report'}, {most.reported})"


def _totals_of(event: Event) -> list[Count]:
    return (
        [each for each in event.counts if each.cumulative and each.kind in _CHECKED]
        if event.modality in FACTUAL
        else []
    )


def states_total(event: Event) -> bool:
    """True if a mention states a running total that can be held against what is known."""
    return bool(_totals_of(event))


def note_totals(incidents: Sequence[Incident], views: Iterable[View]) -> list[Incident]:
    """The incidents, with "contradiction: …" added to `why` where a running total does not fit the tolls known.

    `views`: the mentions that state one (`states_total`).
    """
    stated = [(item, count) for item in views for count in _totals_of(item.event)]
    if not stated:
        return list(incidents)
    known = _Known(incidents)
    incident_of = {event: each for each in incidents for event in each.events}
    notes: dict[str, list[str]] = defaultdict(list)
    earlier: list[_Total] = []
    for item, count in sorted(stated, key=lambda each: (each[0].event.reported or date.max, each[0].event.id)):
        own = is_own_total(item.event, count)
        period = item.span_days > _PERIOD and item.date is not None
        total = _Total(count, item, item.date.start if period and item.date else None)
        incident = incident_of[item.event.id]
        found = (
            [_against_own(total, incident)] if own else [_against_known(total, known), _against_last(total, earlier)]
        )
        notes[incident.id] += [f"contradiction: {each}" for each in found if each]
        earlier += [] if own else [total]
    return [
        replace(each, why=(*each.why, *dict.fromkeys(notes[each.id]))) if notes.get(each.id) else each
        for each in incidents
    ]
