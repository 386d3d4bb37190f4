"""What a person decides about incidents: merge, split, undo. Pure functions on Decisions, re-applied at any time.

A decision names event mentions, never incident numbers, so it still holds when later reports have joined:

    merge incidents    target: one event of each incident that is to be one
    split incident     target: the events that leave their incident together
    undo               target: the id of the decision taken back (also of an undo)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from detente.incidents.build import Reports, build
from detente.incidents.match import RollsUp, no_roll_up
from detente.incidents.merge import in_order
from detente.incidents.origins import Credits, origins
from detente.incidents.totals import note_totals
from detente.incidents.views import view
from detente.incidents.where import locate
from detente.records import Article, Decision, Event, Incident, InputError

MERGE, SPLIT, UNDO = "merge incidents", "split incident", "undo"


def _decision(what: str, target: str, who: str, when: datetime, why: str) -> Decision:
    if not who.strip() or not why.strip():
        raise InputError(f"a decision to {what} needs who decides and why")
    key = sha256("\n".join((what, target, who, when.isoformat(), why)).encode()).hexdigest()[:12]
    return Decision(f"d-{key}", when, who, what, target, why)


def merge_decision(incidents: Sequence[Incident], who: str, when: datetime, why: str) -> Decision:
    """Decide that these incidents are one happening; InputError for fewer than two."""
    if len({each.id for each in incidents}) < 2:
        raise InputError("name at least two incidents to merge")
    return _decision(MERGE, " ".join(sorted(each.events[0] for each in incidents)), who, when, why)


def split_decision(incident: Incident, events: Iterable[str], who: str, when: datetime, why: str) -> Decision:
    """Decide that some of an incident's events are another happening; InputError unless some stay and some leave."""
    leave = set(events)
    if not leave or not leave < set(incident.events):
        raise InputError(f"name some, but not all, of the events of {incident.id}: {', '.join(incident.events)}")
    return _decision(SPLIT, " ".join(sorted(leave)), who, when, why)


def undo_decision(decision: Decision, who: str, when: datetime, why: str) -> Decision:
    """Take a decision back; taking back an undo restores what it undid."""
    return _decision(UNDO, decision.id, who, when, why)


def in_force(decisions: Iterable[Decision]) -> list[Decision]:
    """Decisions about incidents that stand, oldest first; an undo works on what was decided before it."""
    ordered = sorted({each.id: each for each in decisions}.values(), key=lambda each: (each.when.isoformat(), each.id))
    undone: set[str] = set()
    for each in reversed(ordered):
        if each.what == UNDO and each.id not in undone:
            undone.add(each.target)
    return [each for each in ordered if each.what in (MERGE, SPLIT) and each.id not in undone]


def _regroup(incidents: Sequence[Incident], standing: Sequence[Decision]) -> tuple[dict[str, set[str]], dict[str, list[Decision]]]:  # fmt: skip
    """Groups of events after the decisions, and the decisions that made each group that changed."""
    groups = {each.id: set(each.events) for each in incidents}
    home = {event: each.id for each in incidents for event in each.events}
    made: dict[str, list[Decision]] = {}
    for decision in standing:
        named = {event for event in decision.target.split() if event in home}
        homes = sorted({home[event] for event in named})
        if decision.what == MERGE and len(homes) > 1:
            into, *others = homes
            for other in others:
                groups[into] |= groups.pop(other)
                made.setdefault(into, []).extend(made.pop(other, []))
        elif decision.what == SPLIT and any(groups[each] - named for each in homes):
            into = decision.id
            groups[into] = named
            for each in homes:
                groups[each] -= named
                made.setdefault(each, []).append(decision)
        else:
            continue  # its events are not known here, or are already as decided
        made.setdefault(into, []).append(decision)
        home |= dict.fromkeys(groups[into], into)
    return {key: held for key, held in groups.items() if held}, made


def _said(decision: Decision) -> str:
    return f"by {decision.who} on {decision.when:%Y-%m-%d}: {decision.why}"


def apply_decisions(incidents: Sequence[Incident], decisions: Iterable[Decision], *, events: Sequence[Event],
                    articles: Mapping[str, Article], rolls_up: RollsUp | None = None) -> list[Incident]:  # fmt: skip
    """The incidents as people decided; those that no standing decision touches come back as they were.

    `incidents` must be what `merge` made of `events`. Decisions whose events are not known yet have no effect.
    """
    groups, made = _regroup(incidents, in_force(decisions))
    if not made:
        return list(incidents)
    rolls_up = rolls_up or no_roll_up
    spots = locate(events, articles)
    views = {event.id: view(event, spots[event.id]) for event in events}
    told = {event.article: articles[event.article] for event in events if event.article in articles}
    reports = Reports(told, origins(told), Credits(told))
    by_id = {each.id: each for each in incidents}
    joined = {line.split(":")[0].removeprefix("joined "): line.removeprefix("joined ")
              for each in incidents for line in each.why if line.startswith("joined ")}  # fmt: skip
    kept = [by_id[key] for key in groups if key not in made]
    for key in sorted(made.keys() & groups.keys()):
        reasons = [joined[event] for event in sorted(groups[key]) if event in joined]
        reasons += [_said(each) for each in made[key] if each.what == MERGE]
        against = [f"split {_said(each)}" for each in made[key] if each.what == SPLIT]
        kept.append(build([views[event] for event in sorted(groups[key])], reasons, against, reports, rolls_up))
    bare = [
        replace(each, why=tuple(line for line in each.why if not line.startswith("contradiction: "))) for each in kept
    ]
    return in_order(note_totals(bare, views.values()))
