"""How far people agree about single mentions, field by field, and how often they kept what the machine had.

Krippendorff's alpha for nominal data with any number of coders and with missing values: K. Krippendorff, "Computing
Krippendorff's Alpha-Reliability" (2011), section C: alpha = 1 - (n - 1) * (sum of o_cc' over c != c') / (sum of n_c * n_c').
Own code: the library on PyPI is under the GPL.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from detente.incidents.review import REJECT, applied, is_review, not_undone
from detente.records import Article, Decision, Event, Mention

VALUES = ("kept", "type", "modality", "actors", "recipients", "date", "place", "killed", "stances")


@dataclass(frozen=True, slots=True)
class Agreement:
    """One field: mentions that two or more people looked at, share of the pairs that agree, alpha (None: nothing varies)."""

    field: str
    mentions: int
    percent: float | None
    alpha: float | None
    kept: int  # first looks that left the machine's value as it was
    looks: int

    @property
    def percent_shown(self) -> int:
        """Per cent of the pairs that agree, as a whole number."""
        return round(100 * (self.percent or 0))


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha, nominal; units with fewer than two values say nothing. None where only one value occurs."""
    coincidences: Counter[tuple[Hashable, Hashable]] = Counter()
    for values in units:
        if len(values) < 2:
            continue
        for n, one in enumerate(values):
            for m, other in enumerate(values):
                if n != m:
                    coincidences[one, other] += 1 / (len(values) - 1)  # type: ignore[assignment]
    totals: Counter[Hashable] = Counter()
    for (one, _), weight in coincidences.items():
        totals[one] += weight
    n = sum(totals.values())
    expected = n * n - sum(each * each for each in totals.values())
    if not expected:
        return None
    observed = sum(weight for (one, other), weight in coincidences.items() if one != other)
    return 1 - (n - 1) * observed / expected


def percent(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Share of the pairs of coders that agree, over all units; None without any pair."""
    pairs = [one == other for values in units for n, one in enumerate(values) for other in values[n + 1 :]]
    return sum(pairs) / len(pairs) if pairs else None


def agreement(
    decisions: Iterable[Decision], events: Mapping[str, Event], articles: Mapping[str, Article]
) -> list[Agreement]:
    """Figures by field from each person's first verdict on each mention: later ones may know of the others."""
    looks: dict[str, dict[str, Decision]] = defaultdict(dict)
    for each in not_undone(decisions):
        if is_review(each) and each.target in events:
            looks[each.target].setdefault(each.who, each)
    told: dict[str, list[list[Hashable]]] = {name: [] for name in VALUES}
    kept: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for target, made in looks.items():
        coded = values_of(events[target])
        found = [_values(events[target], each, articles) for each in made.values()]
        for name in VALUES:
            given = [each[name] for each in found if name in each]
            told[name].append(given)
            seen[name] += len(given)
            kept[name] += sum(value == coded[name] for value in given)
    return [
        Agreement(name, sum(len(each) > 1 for each in units), percent(units), alpha(units), kept[name], seen[name])
        for name, units in told.items()
    ]


def _values(event: Event, decision: Decision, articles: Mapping[str, Article]) -> dict[str, Hashable]:
    """What a person makes of a mention; of a rejected one only that it is rejected."""
    made = None if decision.what == REJECT else applied(event, decision, articles)
    return {"kept": False} if made is None else values_of(made)


def values_of(event: Event) -> dict[str, Hashable]:
    """An event's fields as values to compare."""
    when, where = event.date, event.place
    return {
        "kept": True, "type": event.type, "modality": event.modality,
        "actors": _who(event.actors), "recipients": _who(event.recipients),
        "date": (when.start, when.end) if when else None,
        "place": (where.id or where.name, where.precision) if where else None,
        "killed": tuple(sorted((each.low, each.high or -1) for each in event.counts if each.kind == "killed")),
        "stances": tuple(each.stance for each in event.attribution),
    }  # fmt: skip


def _who(mentions: Iterable[Mention]) -> frozenset[str]:
    return frozenset(each.actor or each.country or each.text.casefold() for each in mentions)
