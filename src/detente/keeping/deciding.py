"""What people decided in a ledger: which of it is in force, and how far back it reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from detente.incidents.decide import UNDO
from detente.incidents.review import Thing, agreed, is_grouping, is_review, target_of
from detente.records import Article, Decision, Event, Link, Tripwire

if TYPE_CHECKING:
    from detente.store.ledger import Ledger

_KINDS: dict[str, type[Event] | type[Link] | type[Tripwire]] = {"Event": Event, "Link": Link, "Tripwire": Tripwire}


def reviews(ledger: Ledger, held: date | datetime | None = None) -> list[Decision]:
    """Every verdict, merge, split and undo of the ledger, in force or not."""
    every = ledger.read(Decision, as_of=None, held=held)
    return [each for each in every if is_review(each) or is_grouping(each) or each.what == UNDO]


def named(decisions: Iterable[Decision]) -> dict[str, set[str]]:
    """Keys of the events, ties and tripwires that decisions are about, by kind."""
    found: dict[str, set[str]] = {kind: set() for kind in _KINDS}
    for each in decisions:
        if is_review(each):
            kind, key = each.target.split(" ", 1)
            found[kind].add(key)
        elif is_grouping(each):
            found["Event"].update(each.target.split())
    return found


def things_of(ledger: Ledger, decisions: Iterable[Decision], held: date | datetime | None = None) -> dict[str, Thing]:
    """What the decisions are about, as coded, by its target."""
    found: dict[str, Thing] = {}
    for kind, keys in named(decisions).items():
        for thing in ledger.read(_KINDS[kind], as_of=None, held=held, keys=keys) if keys else ():
            found[target_of(thing)] = thing
    return found


def articles_of(ledger: Ledger, things: Iterable[Thing]) -> dict[str, Article]:
    """The articles that hold them."""
    return {each.id: each for each in ledger.read(Article, as_of=None, keys={thing.article for thing in things})}


def in_force(ledger: Ledger, *, held: date | datetime | None = None,
             articles: Mapping[str, Article] | None = None) -> list[Decision]:  # fmt: skip
    """The decisions that stand: not taken back, and of two people where ethics ask for two."""
    made = reviews(ledger, held)
    if not made:
        return []
    things = things_of(ledger, made, held)
    return agreed(made, things, articles_of(ledger, things.values()) if articles is None else articles)


def reach(ledger: Ledger, after: int) -> tuple[datetime | None, int]:
    """The moment from which decisions recorded after entry number `after` change incidents, and the last number."""
    when, last = ledger.changes(Decision, after)
    if when is None:
        return None, last
    new = list(ledger.read(Decision, as_of=None, since=when))
    undone = {each.target for each in new if each.what == UNDO}
    earlier = list(ledger.read(Decision, as_of=None, keys=undone)) if undone else []
    keys = named([*new, *earlier])["Event"]
    moments = [known for known, _ in ledger.timed(Event, as_of=None, keys=keys)] if keys else []
    return min(moments, default=None), last
