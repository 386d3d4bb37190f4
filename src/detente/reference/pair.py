"""Two sides named on the command line, watched without a theatre file: "Government of Arland | Northern Front"."""

from __future__ import annotations

from dataclasses import replace

from detente.records import Dyad, InputError, Mention
from detente.reference.actors import ActorIndex, load
from detente.reference.actors.given import named
from detente.reference.actors.unknown import slug
from detente.reference.theatre import LullDefinition, Theatre

MARK = "|"


def is_pair(dyad: str | None) -> bool:
    """Whether a --dyad names two sides itself instead of one of a theatre's dyads."""
    return bool(dyad) and MARK in str(dyad)


def pair(text: str, index: ActorIndex) -> Dyad:
    """The dyad of "A | B"; a side may name several actors with ';'. Names and ids are found as in coded rows."""
    halves = [[each.strip() for each in half.split(";") if each.strip()] for half in text.split(MARK)]
    if len(halves) != 2 or not all(halves):
        raise InputError(f"--dyad {text!r}: write two sides with one '{MARK}' between them, for example 'Iraq|IS'")
    a, b = (tuple(_id(name, index) for name in half) for half in halves)
    if set(a) & set(b):
        raise InputError(f"--dyad {text!r}: both sides are the same actor ({', '.join(set(a) & set(b))})")
    a_name, b_name = (
        " and ".join(_called(key, name, index) for key, name in zip(side, half, strict=True))
        for side, half in zip((a, b), halves, strict=True)
    )
    return Dyad(f"{slug(a_name)}--{slug(b_name)}", f"{a_name} – {b_name}", a, b, a_name, b_name)


def _id(name: str, index: ActorIndex) -> str:
    if index.get(name) is not None or name.startswith("provisional."):
        return name
    found = named(Mention(name), index)
    if found.actor is None:
        raise InputError(f"--dyad: {name!r} names nobody in particular")
    return found.actor


def _called(actor: str, given: str, index: ActorIndex) -> str:
    known = index.get(actor)
    return known.name if known else given


def pair_theatre(text: str, theatre: Theatre | None = None) -> Theatre:
    """A theatre that watches just this pair, with the actors and places of another one where it is given.

    Attacks in both directions count: coded rows mostly name two sides, not who attacked whom.
    """
    dyad = pair(text, load(theatre.actors if theatre else ()))
    lull = LullDefinition(target_class="either side", direction="both")
    if theatre is None:
        return Theatre(id="pair", name="", section="", dyads=(dyad,), lulls={dyad.id: lull})
    return replace(theatre, dyads=(dyad, *theatre.dyads), lulls={**theatre.lulls, dyad.id: lull})
