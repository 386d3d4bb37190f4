"""Whose side an actor is on: dated affiliations followed upwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from detente.records import Actor, Affiliation

# Ties that make one actor a part of another; allies and backers stay actors of their own.
UPWARD = frozenset({"member", "part", "parent", "office"})


def in_force(tie: Affiliation, on: date | None) -> bool:
    """Whether the tie held on that day; an unknown day (None) fits every tie."""
    return on is None or ((tie.start is None or tie.start <= on) and (tie.end is None or on <= tie.end))


def ancestors(actor: str, on: date | None, get: Callable[[str], Actor | None]) -> tuple[str, ...]:
    """Everything `actor` is a part or member of on that day, nearest first, each once."""
    found: dict[str, None] = {}
    queue = [actor]
    while queue:
        here = get(queue.pop(0))
        for tie in here.affiliations if here else ():
            if tie.kind in UPWARD and in_force(tie, on) and tie.to not in found and tie.to != actor:
                found[tie.to] = None
                queue.append(tie.to)
    return tuple(found)


def lasting(actor: str, get: Callable[[str], Actor | None]) -> frozenset[str] | None:
    """The actor and all it is a part of, where that is so on every day; None where any tie has a first or last day."""
    parts = (actor, *ancestors(actor, None, get))
    ties = [tie for each in parts if (known := get(each)) for tie in known.affiliations if tie.kind in UPWARD]
    return None if any(tie.start or tie.end for tie in ties) else frozenset(parts)


def turns(actor: str, get: Callable[[str], Actor | None]) -> frozenset[date]:
    """The days from which on the actor, or what it is a part of, may belong to something else than the day before."""
    parts = (actor, *ancestors(actor, None, get))
    ties = [tie for each in parts if (known := get(each)) for tie in known.affiliations if tie.kind in UPWARD]
    ends = (tie.end + timedelta(days=1) for tie in ties if tie.end)
    return frozenset((*(tie.start for tie in ties if tie.start), *ends))


def same_side(actor: str, side: Iterable[str], on: date | None, get: Callable[[str], Actor | None]) -> bool:
    """Whether `actor`, or anything it is a part of on that day, is one of `side`."""
    ids = frozenset(side)
    return actor in ids or not ids.isdisjoint(ancestors(actor, on, get))
