"""Merge mentions into incidents: blocked by date, best match first, precision before recall."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from detente.incidents.build import build
from detente.incidents.match import Match, RollsUp, compare, needed, no_roll_up
from detente.incidents.origins import origins
from detente.incidents.views import View, view
from detente.incidents.where import locate
from detente.records import Article, Event, Incident

_MOST = 10  # reasons kept against a merge
_MAX_DAYS = 400  # a date wider than this is no help in finding its happening


@dataclass(slots=True)
class Cluster:
    """Mentions taken to be one happening, with why."""

    views: list[View]
    reasons: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    seen: dict[tuple, View] = field(default_factory=dict)

    def add(self, new: View) -> None:
        """Take in one more mention."""
        self.views.append(new)
        self.seen.setdefault(new.signature, new)


def _days(item: View, slack: int = 1) -> Iterator[date]:
    assert item.date is not None and item.date.start and item.date.end
    day = item.date.start - timedelta(days=slack)
    while day <= item.date.end + timedelta(days=slack):
        yield day
        day += timedelta(days=1)


def _order(item: View) -> tuple:
    event = item.event
    return (min(item.span_days, _MAX_DAYS), item.date is None, item.assumed, event.reported or date.max,
            event.article, event.trigger.start, event.id)  # fmt: skip


class _Blocks:
    """Clusters found again by act, family and day, so that merging is not quadratic."""

    def __init__(self) -> None:
        self.by_day: dict[tuple, list[int]] = defaultdict(list)
        self.by_article: dict[tuple, list[int]] = defaultdict(list)
        self.by_party: dict[tuple, list[int]] = defaultdict(list)

    def register(self, number: int, item: View) -> None:
        """Note where cluster `number` can be found after `item` joined it."""
        kind = (item.event.type, item.event.act, item.family)
        places: list[list[int]] = [self.by_article[*kind, item.event.article]]
        places += [self.by_party[*kind, key] for key in item.actors | item.recipients]
        if item.date is not None and item.span_days <= _MAX_DAYS:
            places += [self.by_day[*kind, day] for day in _days(item, 0)]
        for place in places:
            if not place or place[-1] != number:
                place.append(number)

    def find(self, item: View) -> list[int]:
        """Numbers of the clusters worth comparing with `item`, in order."""
        kind = (item.event.type, item.event.act, item.family)
        found = set(self.by_article.get((*kind, item.event.article), ()))
        if item.date is not None and item.span_days <= _MAX_DAYS:
            for day in _days(item):
                found.update(self.by_day.get((*kind, day), ()))
        elif item.date is None:
            for key in item.actors | item.recipients:
                found.update(self.by_party.get((*kind, key), ()))
        return sorted(found)


def _against_cluster(item: View, cluster: Cluster, rolls_up: RollsUp, source: Mapping[str, str]) -> Match | None:
    """The best match with any member, None as soon as one member speaks against it."""
    best: Match | None = None
    night = any(member.night for member in cluster.seen.values())
    for member in cluster.seen.values():
        copies = source.get(item.event.article, "?") == source.get(member.event.article, "!")
        match = compare(item, member, rolls_up, copies=copies, night=night)
        if not match.ok and len(cluster.against) < _MOST:
            cluster.against.append(f"{item.event.id} kept apart: {', '.join(match.against)}")
        if not match.ok:
            return None
        if match.points >= needed(item, member) and (best is None or match.points > best.points):
            best = match
    return best


def _choose(item: View, clusters: list[Cluster], numbers: list[int], rolls_up: RollsUp,
            source: Mapping[str, str]) -> tuple[int, Match] | None:  # fmt: skip
    found = []
    for number in numbers:
        match = _against_cluster(item, clusters[number], rolls_up, source)
        if match is not None:
            found.append((match.points, number, match))
    found.sort(key=lambda each: (-each[0], each[1]))
    if not found:
        return None
    if len(found) > 1 and found[0][0] == found[1][0] and item.span_days > 3:
        return None  # two happenings fit a vague mention equally well: it joins neither
    return found[0][1], found[0][2]


def merge(events: Sequence[Event], articles: Mapping[str, Article], *,
          rolls_up: RollsUp | None = None) -> list[Incident]:  # fmt: skip
    """Group events into incidents: each event in exactly one, whatever order they come in.

    `rolls_up(actor, sides, on)` says whether an actor belongs to one of `sides` on a day. Planned,
    threatened, negated and imagined events become incidents of that modality, never happenings.
    """
    rolls_up = rolls_up or no_roll_up
    source = origins({event.article: articles[event.article] for event in events if event.article in articles})
    blocks = _Blocks()
    clusters: list[Cluster] = []
    spots = locate(events, articles)
    single = {event.id: event for event in events}.values()
    for item in sorted((view(event, spots[event.id]) for event in single), key=_order):
        choice = _choose(item, clusters, blocks.find(item), rolls_up, source)
        if choice is None:
            clusters.append(Cluster([]))
            number = len(clusters) - 1
        else:
            number = choice[0]
            clusters[number].reasons.append(f"{item.event.id}: {', '.join(choice[1].reasons)}")
        clusters[number].add(item)
        blocks.register(number, item)
    made = [build(each.views, each.reasons, each.against, source, rolls_up) for each in clusters]
    return sorted(made, key=lambda each: (each.date.start if each.date and each.date.start else date.max, each.id))
