"""Merge mentions into incidents: found by blocks, best match first, precision before recall."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain

from detente.incidents.blocks import Blocks
from detente.incidents.build import Reports, build
from detente.incidents.match import Match, RollsUp, compare, needed, no_roll_up
from detente.incidents.origins import Credits, origins
from detente.incidents.totals import note_totals, states_total
from detente.incidents.views import View, family, overlap, place_relation, view
from detente.incidents.where import Where, locate
from detente.records import Article, Event, Incident

_MOST = 10  # reasons kept against a merge
_ONLY = 2.5  # points that do where no other happening of the day is possible
_MAX_DAYS = 400
_NEAR = 3  # days


@dataclass(slots=True)
class Cluster:
    """Mentions taken to be one happening, with why."""

    views: list[View] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)
    seen: list[View] = field(default_factory=list)  # of those that match the same things the first
    night: bool = False  # a mention puts it at night

    def add(self, new: View) -> None:
        """Take in one more mention."""
        self.views.append(new)
        self.night = self.night or new.night
        if not any(each.event.article == new.event.article and each.signature == new.signature for each in self.seen):
            self.seen.append(new)

    def clear(self) -> None:
        """Have no mentions any more: another cluster has them."""
        self.views, self.seen, self.night = [], [], False


@dataclass(frozen=True, slots=True)
class _Rules:
    """What every comparison needs besides the two mentions."""

    rolls_up: RollsUp
    source: Mapping[str, str]

    def origin(self, item: View) -> str:
        return self.source.get(item.event.article, item.event.article)


def _order(item: View) -> tuple:
    event = item.event
    return (min(item.span_days, _MAX_DAYS), item.date is None, item.assumed, event.reported or date.max,
            event.article, event.trigger.start, event.id)  # fmt: skip


def _weigh(item: View, cluster: Cluster, rules: _Rules, least: float | None = None) -> tuple[Match | None, str]:
    """The best match with any member, or what spoke against it; a member against it decides.

    `least` replaces the points usually needed; ("", no match) means too little spoke for it.
    """
    best: Match | None = None
    for member in cluster.seen:
        copies = item.event.article != member.event.article and rules.origin(item) == rules.origin(member)
        match = compare(item, member, rules.rolls_up, copies=copies, night=cluster.night)
        if not match.ok:
            return None, ", ".join(match.against)
        enough = needed(item, member) if least is None else least
        if match.points >= enough and (best is None or match.points > best.points):
            best = match
    return best, ""


def _of_those_days(item: View, cluster: Cluster) -> bool:
    """True if a rejected mention is near enough in time for a reader to wonder about it."""
    first = cluster.views[0]
    return item.date is not None and first.date is not None and overlap(item.date, first.date, _NEAR)


def _choose(item: View, clusters: list[Cluster], numbers: list[int], rules: _Rules) -> tuple[int, Match] | None:
    found = []
    for number in numbers:
        match, against = _weigh(item, clusters[number], rules)
        if match is not None:
            found.append((-match.points, -match.typed, number, match))
        elif against and len(clusters[number].against) < _MOST and _of_those_days(item, clusters[number]):
            clusters[number].against.append(f"{item.event.id} kept apart: {against}")
    found.sort(key=lambda each: each[:3])
    if not found:
        return None
    if len(found) > 1 and found[0][:2] == found[1][:2] and item.span_days > 3:
        return None  # two happenings fit a vague mention equally well: it joins neither
    return found[0][2], found[0][3]


def _group(items: Iterable[View], rules: _Rules) -> tuple[list[Cluster], Blocks]:
    blocks = Blocks()
    clusters: list[Cluster] = []
    for item in items:
        choice = _choose(item, clusters, blocks.find(item, rules.origin(item)), rules)
        if choice is None:
            clusters.append(Cluster())
            number = len(clusters) - 1
        else:
            number = choice[0]
            clusters[number].reasons.append(f"{item.event.id}: {', '.join(choice[1].reasons)}")
        clusters[number].add(item)
        blocks.register(number, item, rules.origin(item))
    return clusters, blocks


def _only_one(cluster: Cluster, numbers: Iterable[int], clusters: list[Cluster], rules: _Rules) -> tuple[int, Match] | None:  # fmt: skip
    """The one other cluster that nothing speaks against, if enough speaks for it."""
    only: tuple[int, list[Match]] | None = None
    for number in numbers:
        other = clusters[number]
        if other is cluster or all(item.span_days > 3 for item in other.views):
            continue
        fits = _fitting(cluster, other, rules)
        if fits is not None and only is not None:
            return None
        only = only if fits is None else (number, fits)
    if only is None or not only[1]:
        return None
    return only[0], max(only[1], key=lambda match: match.points)


def _fitting(cluster: Cluster, other: Cluster, rules: _Rules) -> list[Match] | None:
    """The matches of a cluster's mentions with another one, None as soon as anything speaks against one of them."""
    if any(place_relation(item.place, each.place) == "apart" for item in cluster.seen for each in other.seen):
        return None  # most are of another town, which is sooner seen than all that `compare` asks
    found = []
    for item in cluster.seen:
        match, against = _weigh(item, other, rules, _ONLY)
        if against:
            return None
        if match is not None:
            found.append(match)
    return found


def _same_days(cluster: Cluster, blocks: Blocks) -> list[int]:
    return sorted({number for item in cluster.seen for number in blocks.on_day(item)})


def _gather_in(clusters: list[Cluster], blocks: Blocks, rules: _Rules) -> list[Cluster]:
    """Join clusters of a known day that can only be one other happening: "Friday's raid", told without its place."""
    for cluster in clusters:
        dated = [item for item in cluster.views if item.date is not None and not item.assumed and item.span_days <= 3]
        if len(dated) != len(cluster.views):
            continue
        choice = _only_one(cluster, _same_days(cluster, blocks), clusters, rules)
        if choice is None:
            continue
        back = _only_one(clusters[choice[0]], _same_days(clusters[choice[0]], blocks), clusters, rules)
        if back is None or clusters[back[0]] is not cluster:
            continue  # the other could just as well be a third
        into = clusters[choice[0]]
        into.reasons += [f"{cluster.views[0].event.id}: {', '.join(choice[1].reasons)}, and no other happening fits"]
        into.reasons += cluster.reasons
        into.against += cluster.against[: max(0, _MOST - len(into.against))]
        for item in cluster.views:
            into.add(item)
        cluster.clear()
    return [cluster for cluster in clusters if cluster.views]


@dataclass(frozen=True, slots=True)
class Part:
    """The mentions of one kind (type, deed, family of modalities), each with where it happened, and what is known of their reports.

    Mentions of two kinds never become one incident and never stand in each other's way, so parts can be merged apart. What a
    matcher sees of a mention is five times its size: it is worked out when the part is merged, and gone afterwards.
    """

    mentions: tuple[tuple[Event, Where], ...]
    reports: Reports


def parts_of(mentions: Iterable[tuple[Event, Where]], reports: Reports) -> list[Part]:
    """All mentions by kind, the largest part first."""
    kinds: dict[tuple[str, str, str], list[tuple[Event, Where]]] = defaultdict(list)
    for event, where in mentions:
        kinds[event.type, event.act, family(event)].append((event, where))
    wholes = sorted(kinds.values(), key=lambda mine: -len(mine))
    return [Part(tuple(mine), reports.of(event.article for event, _ in mine)) for mine in wholes]


def merge_part(part: Part, rolls_up: RollsUp) -> list[Incident]:
    """The incidents of one part."""
    rolls_up = lru_cache(maxsize=50_000)(rolls_up)
    rules = _Rules(rolls_up, part.reports.source)
    items = sorted((view(*each) for each in part.mentions), key=_order)
    clusters = _gather_in(*_group(items, rules), rules)
    del items
    clusters.reverse()
    made = []
    while clusters:  # each is gone when its incident is made: the two together would be the most of all
        each = clusters.pop()
        made.append(build(each.views, each.reasons, each.against, part.reports, rolls_up))
    return made


Spread = Callable[[list[Part]], Iterable[list[Incident]]]


def merge(events: Sequence[Event], articles: Mapping[str, Article], *, rolls_up: RollsUp | None = None,
          spread: Spread | None = None) -> list[Incident]:  # fmt: skip
    """Group events into incidents: each event in exactly one, whatever order they come in.

    `rolls_up(actor, sides, on)` says whether an actor belongs to one of `sides` on a day. Planned,
    threatened, negated and imagined events become incidents of that modality, never happenings.
    `spread` merges the parts elsewhere (in other processes) instead of here, in any order.
    """
    told = {event.article: articles[event.article] for event in events if event.article in articles}
    parts = parts_of(_placed(events, articles), Reports(told, origins(told), Credits(told)))
    made = spread(parts) if spread else (merge_part(each, rolls_up or no_roll_up) for each in parts)
    totals = [view(*each) for part in parts for each in part.mentions if states_total(each[0])]
    return in_order(note_totals(in_order(chain.from_iterable(made)), totals))


def _placed(events: Iterable[Event], articles: Mapping[str, Article]) -> Iterator[tuple[Event, Where]]:
    """Each mention once, with where it happened."""
    single = {event.id: event for event in events}
    spots = locate(single.values(), articles)
    yield from ((event, spots[key]) for key, event in single.items())


def in_order(incidents: Iterable[Incident]) -> list[Incident]:
    """Incidents by day, those of no known day last."""
    return sorted(incidents, key=lambda each: (each.date.start if each.date and each.date.start else date.max, each.id))
