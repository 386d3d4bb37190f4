"""The board of a theatre's tripwires: each threat or promise once, what moved it, and how close it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from detente.brief.board import near, rows, voice, words
from detente.brief.case import Case
from detente.brief.words import capital
from detente.desk.theatres.saying import WIRES
from detente.desk.theatres.state import State, View
from detente.incidents.views import label
from detente.records import Incident, Nearness, Tripwire
from detente.tension.threats import Threat, holder_key, track_records

MOST = 60  # rows of one shelf


@dataclass(frozen=True, slots=True)
class Row:
    """One threat or promise as the board shows it."""

    wire: Tripwire
    dyads: tuple[str, ...]  # ids
    holder: str
    actor: str | None  # id of an actor with a page
    condition: str
    consequence: str
    voice: str
    reported: date | None
    tellings: int
    near: Nearness | None  # while it is open
    like: Incident | None  # the last happening that would have met it
    told: Incident | None  # the incident of the report that tells it
    is_open: bool

    @property
    def state(self) -> str:
        """Its state in the reader's language."""
        return str(WIRES[self.wire.state])

    @property
    def tone(self) -> str:
        """Class of its tag."""
        return {"tripped": "bad", "executed": "bad"}.get(self.wire.state, "" if self.is_open else "over")

    def closeness(self) -> list[str]:
        """How close it is, in sentences; the like case before it is a link of its own."""
        found, said = self.near, list[str]()
        if found is None:
            return said
        if found.days_left is not None:
            left = ngettext("%(n)s day left until its deadline", "%(n)s days left until its deadline", found.days_left)
            said.append(left % {"n": found.days_left} if found.days_left else _("its deadline is today"))
        if not found.checkable:
            said.append(_("no rule can check whether its condition is met"))
        elif self.wire.direction == "punishes" and not self.wire.negated_condition:
            if found.met is None:
                said.append(_("no case on record before it would have met it"))
            since = ngettext(
                "%(n)s attack since then fell short of it",
                "%(n)s attacks since then fell short of it",
                len(found.since),
            )
            said += [since % {"n": len(found.since)}] if found.since else []
        return said


def board(state: State, views: Iterable[View]) -> tuple[list[Row], list[Row]]:
    """Open rows, the closest first, and settled ones, the newest first; a threat that touches two dyads stands once."""
    found: dict[str, Row] = {}
    home: dict[str, str] = {}  # every telling -> the one that stands for it
    for view in views:
        for threat in rows(view.case):
            first = next((home[each.id] for each in threat.told if each.id in home), threat.wire.id)
            home |= {each.id: first for each in threat.told}
            known = found.get(first)
            if known is None:
                found[threat.wire.id] = _row(threat, view, state)
            else:
                found[first] = replace(
                    known, dyads=(*known.dyads, view.dyad.id), near=_nearer(known.near, near(threat, view.case))
                )
    every = list(found.values())
    still = sorted((each for each in every if each.is_open), key=_rank)
    over = sorted(
        (each for each in every if not each.is_open),
        key=lambda each: each.wire.moves[-1].on if each.wire.moves else date.min,
    )
    return still, over[::-1]


def _nearer(one: Nearness | None, other: Nearness) -> Nearness | None:
    if one is None:
        return None
    return other if (other.checkable, other.met or date.min) > (one.checkable, one.met or date.min) else one


def _rank(row: Row) -> tuple[Any, ...]:
    """Tripped first, then by the deadline, then what attacks have come near to, then the newest."""
    found = row.near
    left = found.days_left if found and found.days_left is not None else 10_000
    tries = len(found.since) if found else 0
    return (row.wire.state != "tripped", left, -tries, -(row.reported or date.min).toordinal(), row.wire.id)


def _row(threat: Threat, view: View, state: State) -> Row:
    wire, case = threat.wire, view.case
    close = near(threat, case) if threat.is_open else None
    return Row(
        wire=wire, dyads=(view.dyad.id,), holder=capital(case.holder(wire.holder)) if wire.holder else "",
        actor=_page(wire, case), condition=words(wire.condition), consequence=words(wire.consequence),
        voice=capital(voice(wire, case)), reported=threat.reported, tellings=len({each.article for each in threat.told}),
        near=close, like=case.incident(close.like[0]) if close and close.like else None,
        told=state.of_event.get(wire.event or ""), is_open=threat.is_open,
    )  # fmt: skip


def _page(wire: Tripwire, case: Case) -> str | None:
    """Whose page the holder's name leads to: the state's where its office or organ spoke."""
    if wire.holder is None:
        return None
    for key in (holder_key(wire, case.dyad), label(wire.holder)):
        if key and case.index.get(key):
            return key
    return None


def counts(found: Iterable[Row]) -> list[tuple[str, str, int]]:
    """State, its word, how many: in the order a threat goes through them."""
    number: Counter[str] = Counter(each.wire.state for each in found)
    return [(state, str(word), number[state]) for state, word in WIRES.items() if number[state]]


def records(views: Iterable[View]) -> list[tuple[View, list[dict[str, Any]]]]:
    """For each dyad what became of the threats of each holder: the base rate against which a new one is read."""
    made = []
    for view in views:
        found = [
            {"holder": (view.case.called(each.holder) or each.holder) if each.holder else "", "record": each}
            for each in track_records(rows(view.case), view.dyad)
        ]
        if found:
            made.append((view, found))
    return made
