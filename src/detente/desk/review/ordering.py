"""What comes first: what matters, and what the machine doubts. Pure functions; every reason is shown to the analyst."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from detente.incidents.review import sensitive
from detente.records import FACTUAL, Event, Link, Mention, Tripwire
from detente.reference.theatre import LullDefinition
from detente.tension.sides import Watch

REASONS = {
    "dyad": _("between the two sides"),
    "side": _("concerns one side"),
    "deaths": _("deaths"),
    "blame": _("somebody is blamed"),
    "tie": _("a tie that accuses"),
    "tripwire": _("part of a tripwire"),
    "attack": _("an attack that ends a calm"),
    "lull": _("falls into the calm, or began it"),
    "doubt": _("the machine doubts it"),
    "reader": _("a reader says it is wrong"),
    "grouping": _("changes which reports are one"),
}
WEIGHTS = {"dyad": 3.0, "side": 1.0, "deaths": 2.0, "blame": 1.5, "tie": 2.0, "tripwire": 2.0, "attack": 1.5, "lull": 2.0,
           "reader": 6.0, "grouping": 5.0}  # fmt: skip
DOUBT = 2.0  # times (1 - confidence)
DOUBTFUL = 0.6  # confidence below which the doubt is named
BEFORE = timedelta(days=7)  # attacks so long before the last one are looked at for the calm as well


@dataclass(frozen=True, slots=True)
class Sight:
    """A dyad that the desk watches, with the first day of its calm (None: there is none, or it is not known)."""

    name: str  # "theatre/dyad"
    watch: Watch
    definition: LullDefinition
    calm: date | None = None


@dataclass(slots=True)
class Weight:
    """How much a thing matters, and why."""

    priority: float = 0.0
    reasons: list[str] = field(default_factory=list)
    dyad: str = ""

    def add(self, reason: str) -> None:
        """Count one more reason."""
        self.priority += WEIGHTS[reason]
        self.reasons.append(reason)


def weigh(thing: Event | Link | Tripwire, sights: Sequence[Sight], tripping: frozenset[str] = frozenset()) -> Weight:
    """`tripping`: ids of the events that are the consequence of a tripwire."""
    found = _sides(thing, sights)
    if (why := sensitive(thing)) is not None:
        found.add(why)
    if isinstance(thing, Tripwire) or (isinstance(thing, Event) and thing.id in tripping):
        found.add("tripwire")
    if isinstance(thing, Event):
        if (sight := next((each for each in sights if _attack(thing, each)), None)) is not None:
            found.add("attack")
            start = thing.date.start if thing.date else thing.reported
            if sight.calm is not None and start is not None and start >= sight.calm - BEFORE:
                found.add("lull")
        found.priority += DOUBT * (1 - thing.confidence)
        if thing.confidence < DOUBTFUL:
            found.reasons.append("doubt")
    return found


def _sides(thing: Event | Link | Tripwire, sights: Sequence[Sight]) -> Weight:
    best = Weight()
    for each in sights:
        one, other = _parties(thing)
        on = thing.reported
        first, second = (
            each.watch.a(one, on) or each.watch.a(other, on),
            each.watch.b(one, on) or each.watch.b(other, on),
        )
        first = first or (isinstance(thing, Event) and each.watch.host(thing.place, on) is not None)
        made = Weight(dyad=each.name if first or second else "")
        if first or second:
            made.add("dyad" if first and second else "side")
        best = made if made.priority > best.priority else best
    return best


def _parties(thing: Event | Link | Tripwire) -> tuple[list[str], list[str]]:
    if isinstance(thing, Event):
        return _ids(thing.actors), _ids(thing.recipients)
    if isinstance(thing, Link):
        return _ids([thing.subject]), _ids([thing.object])
    return _ids([thing.holder] if thing.holder else []), _ids(thing.against)


def _ids(mentions: Iterable[Mention]) -> list[str]:
    return [name for each in mentions if (name := each.actor or each.country)]


def _attack(event: Event, sight: Sight) -> bool:
    """Whether it would end the calm if it is right: a deed of the lull's definition against the side it protects."""
    if event.act not in sight.definition.acts or event.modality not in FACTUAL | {"uncertain", "denied"}:
        return False
    watch, on = sight.watch, event.reported
    doers, hit = _ids(event.actors), _ids(event.recipients)
    on_a = watch.a(hit, on) or watch.host(event.place, on) is not None
    on_b = watch.b(hit, on)
    both = sight.definition.direction
    return (both in ("b-to-a", "both") and on_a and not watch.a(doers, on)) or (
        both in ("a-to-b", "both") and on_b and not watch.b(doers, on)
    )
