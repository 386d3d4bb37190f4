"""Tripwires over time: armed when spoken; moved only by later incidents or by their own clock."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from detente.incidents.views import label
from detente.records import FACTUAL, Incident, Mention, Move, Span, Tripwire, TripwireState
from detente.tension.overtaken import fate
from detente.tension.sides import RollsUp, Watch, acting, day_of, is_attack, is_backed, is_id, perpetrators

_HARM = re.compile(
    r"\b(?:attack|strike|struck|hit|harm|hurt|kill|die|dies|died|dead|death|fire|fired|bomb|shell|assault|"
    r"injure|injured|wound|target|retaliat|retaliates?|shot|lost)(?:s|ed|ing|es)?\b",
    re.IGNORECASE,
)
_COST = re.compile(
    r"\b(?:impos|slap|fac|tighten|add|renew)\w*\s+(?:[\w-]+\s+){0,4}?(?:sanctions?|embargo|blockade)\b|"
    r"\bas (?:an? )?(?:hostile|enem(?:y|ies))\b|\bpunish\w*\b",
    re.IGNORECASE,
)  # what harms without arms; sanctions "lifted" or "eased" are no cost
_DEATH = re.compile(r"\b(?:kill|die|dead|death|lives)(?:s|d|ed|ing)?\b", re.IGNORECASE)
_HEARD = re.compile(r"\b(?:word|intelligence|indications?|signs?|evidence|learns?|suspects?)\b", re.IGNORECASE)
_PROXIES = re.compile(r"\b(?:prox(?:y|ies)|militias?|factions?)\b", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:will|would|shall|to) be \w+", re.IGNORECASE)
_BY_FORCE = re.compile(
    r"\b(?:pre-?emptive|military|decisive|punitive|defensive|further|armed) (?:action|strikes?|response|measures)\b|\bretaliat\w+|"
    r"\brespond (?:decisively|forcefully|in kind|militarily)\b",
    re.IGNORECASE,
)
_WORDS_ONLY = frozenset({"ACCUSE", "REQUEST", "REJECT", "CONSULT", "SUPPORT", "THREATEN"})
_SPARES = re.compile(r"\b(?:not|no|never|nobody|spared?|refrain|hold(?:s|ing)? (?:its|their) fire)\b", re.IGNORECASE)
_LAYS_DOWN = frozenset({"ceasefire", "disarm"})
_ANSWER = 14  # days in which a tripped threat is carried out, or counts as withheld


def later(incidents: Sequence[Incident], after: date, as_of: date) -> list[tuple[date, Incident]]:
    found = [
        (day, each)
        for each in incidents
        if (day := day_of(each)) and after <= day <= as_of and (each.known is None or each.known <= as_of)
        and each.modality in FACTUAL and not each.retracted and each.type == each.act
        and (each.type != "ASSAULT" or is_attack(each))
    ]  # fmt: skip
    return sorted(found, key=lambda item: (item[0], item[1].known or as_of, item[1].id))


class Deeds:
    """What was done, in order, found by who did it or suffered it: a tripwire looks at its holder's side alone."""

    def __init__(self, incidents: Sequence[Incident], as_of: date, rolls_up: RollsUp) -> None:
        self._rolls_up = rolls_up
        self._all = later(incidents, date.min, as_of)
        self._days = [day for day, _ in self._all]
        self._by_name: dict[str, list[int]] = {}
        for at, (_, each) in enumerate(self._all):
            for name in {*each.actors, *each.claimed, *each.blamed, *each.recipients}:
                self._by_name.setdefault(name, []).append(at)
        self._of: dict[str, list[int]] = {}

    def since(self, start: date, parties: Parties) -> Iterator[tuple[date, Incident]]:
        """Deeds of the holder's side and against it, from a day on; whoever belongs to it on any day is taken in."""
        holder = parties.holder
        if holder is None:
            return
        if holder not in self._of:
            names = [name for name in self._by_name if parties.same(name, (holder,), None)]
            self._of[holder] = sorted({at for name in names for at in self._by_name[name]})
        mine = self._of[holder]
        for at in mine[bisect_left(mine, bisect_left(self._days, start)) :]:
            yield self._all[at]


def _answerable(holder: Mention) -> str:
    """Who the holder speaks for: an office of a state speaks for the state, whose soldiers are struck and strike."""
    return holder.country if holder.sector == "GOV" and holder.country and holder.actor else label(holder)


class Parties:
    """Who holds the tripwire and whom it is aimed at, as keys that can be rolled up."""

    def __init__(self, wire: Tripwire, rolls_up: RollsUp):
        self.rolls_up = rolls_up
        self.holder = _answerable(wire.holder) if wire.holder else None
        self.against = tuple(label(each) for each in wire.against)
        self.proxies = bool(_PROXIES.search(wire.condition.quote))  # "Iran or the militias it backs"

    def same(self, name: str, whom: Sequence[str], on: date | None) -> bool:
        """True if `name` and one of `whom` belong together (on=None: on any day), or to one country."""
        return any(
            name == each
            or self.rolls_up(name, (each,), on)
            or self.rolls_up(each, (name,), on)
            or (is_id(name) and is_id(each) and name.split(".")[0] == each.split(".")[0] and name[:1].isupper())
            for each in whom
        )

    def hits_holder(self, incident: Incident, on: date) -> bool:
        """True if the incident struck the holder's side and the holder did not do it."""
        if self.holder is None:
            return False
        struck = any(self.same(each, (self.holder,), on) for each in incident.recipients)
        return struck and not any(self.same(each, (self.holder,), on) for each in perpetrators(incident))

    def done_by_holder(self, incident: Incident, on: date) -> bool:
        """True if the holder did it to those it had named (anybody, where it named none), and did not suffer it itself.

        Reports that contradict each other put one side on both ends of a deed; no threat is carried out on oneself.
        """
        if self.holder is None or not any(self.same(each, (self.holder,), on) for each in perpetrators(incident)):
            return False
        known = [each for each in incident.recipients if is_id(each)]
        if known and all(self.same(each, (self.holder,), on) for each in known):
            return False
        named = [each for each in self.against if is_id(each)]
        if not known or not named or any(self.same(each, named, on) for each in known):
            return True
        return self.proxies and any(is_backed(each, named, on) for each in known)


def _told(state: TripwireState, on: date, incident: Incident, parties: Parties) -> Move:
    """A move with the incident's words; a deed that others only lay at the holder's door says so."""
    own = any(parties.same(each, (parties.holder or "",), on) for each in (*incident.actors, *incident.claimed))
    blamed = not own and state in ("executed", "withdrawn")
    return Move(state, on, incident.title.split("; ")[0] + (" (blamed on it)" if blamed else ""), incident.evidence[:2])


def _within(mention: Mention, span: Span) -> bool:
    where = mention.span
    return where is not None and where.article == span.article and span.start <= where.start < span.end


def righted(wire: Tripwire, rolls_up: RollsUp) -> Tripwire:
    """The tripwire with a holder and a direction that its own words bear out.

    Whoever stands in the condition, or is said to threaten itself or the speaker's side, is not the holder:
    the speaker is. An unnamed speaker telling of a deed in the passive leaves the holder unstated. Harm that
    nothing in the words holds back is no promise; "pre-emptive action" is no matter of words.
    """
    voice = wire.attribution[-1] if wire.attribution else None
    speaker, holder = (voice.source if voice else None), wire.holder
    if speaker and holder and voice and (speaker.actor or speaker.country):
        told = Parties(replace(wire, holder=speaker), rolls_up)
        on = wire.reported or date.min
        same = told.same(label(holder), (label(speaker),), on)
        aimed_back = any(told.same(label(speaker), (label(each),), on) for each in wire.against)
        aimed_at_self = any(told.same(label(holder), (label(each),), on) for each in wire.against)
        if not same and not voice.anonymous and (_within(holder, wire.condition) or aimed_back or aimed_at_self):
            wire = replace(wire, holder=speaker, against=(holder,))
        elif same and voice.anonymous and holder.text == speaker.text and _PASSIVE.search(wire.consequence.quote):
            wire = replace(wire, holder=None)
    words = wire.consequence.quote
    if wire.act in _WORDS_ONLY and _BY_FORCE.search(words):
        wire = replace(wire, act="ASSAULT")
    harm = bool(_HARM.search(words) or _COST.search(words)) and not _SPARES.search(words)
    return replace(wire, direction="punishes") if wire.direction == "rewards" and harm else wire


def checkable(wire: Tripwire) -> bool:
    """True if later incidents can show that the condition is met: harm done to the holder, or a deadline.

    What the holder "learns" or "suspects" only the holder knows.
    """
    if wire.negated_condition:
        return wire.deadline is not None and wire.deadline.end is not None
    return bool(_HARM.search(wire.condition.quote)) and not _HEARD.search(wire.condition.quote)


def asks_death(wire: Tripwire) -> bool:
    """True if nothing less than a death meets the condition."""
    return bool(_DEATH.search(wire.condition.quote))


def deadly(incident: Incident) -> bool:
    """True if at least one speaker reports a death."""
    return any(each.kind == "killed" and (each.high or each.low) > 0 for each in incident.tolls)


def trips(wire: Tripwire, incident: Incident, on: date, parties: Parties) -> bool:
    """True if the incident is the harm that the condition names."""
    if wire.negated_condition or not checkable(wire) or incident.type != "ASSAULT":
        return False
    return parties.hits_holder(incident, on) and (deadly(incident) or not asks_death(wire))


def _executes(wire: Tripwire, incident: Incident, on: date, parties: Parties) -> bool:
    act = wire.act if wire.act not in (None, "THREATEN") else "ASSAULT"
    return incident.act == act and parties.done_by_holder(incident, on)


def _taken_back(wire: Tripwire, incident: Incident, on: date, parties: Parties) -> bool:
    """True if the holder itself laid down what it had threatened with: a truce, a disarmament, an ultimatum lifted."""
    if (
        incident.act != "RETREAT"
        or not _LAYS_DOWN & set(incident.modes)
        or wire.act not in (None, "ASSAULT", "THREATEN")
    ):
        return False
    own = any(parties.same(each, (parties.holder or "",), on) for each in incident.actors)
    known = [each for each in incident.recipients if is_id(each)]
    named = [each for each in parties.against if is_id(each)]
    return own and (not known or not named or any(parties.same(each, named, on) for each in known))


def _until(wire: Tripwire, start: date) -> date | None:
    return wire.deadline.end if wire.deadline and wire.deadline.end and wire.deadline.end >= start else None


def _threat_moves(wire: Tripwire, after: Iterable[tuple[date, Incident]], as_of: date, parties: Parties) -> list[Move]:
    start = wire.reported or as_of
    moves: list[Move] = []
    limit = _until(wire, start)
    tripped: date | None = start if wire.negated_condition and limit else None
    heard = bool(_HEARD.search(wire.condition.quote)) and not wire.negated_condition
    for day, incident in after:
        if limit and day > limit + timedelta(days=2) and not moves:
            break
        if heard and not moves and day <= start + timedelta(days=_ANSWER) and _executes(wire, incident, day, parties):
            return [_told("executed", day, incident, parties)]  # whether it had heard, only the holder knows
        if tripped and day > tripped + timedelta(days=_ANSWER):
            break
        if tripped and _executes(wire, incident, day, parties):
            return [*moves, _told("executed", day, incident, parties)]
        if day > start and _taken_back(wire, incident, day, parties):
            return [*moves, _told("withdrawn", day, incident, parties)]
        if tripped is None and trips(wire, incident, day, parties):
            tripped = day
            moves.append(_told("tripped", day, incident, parties))
    if limit and as_of > limit and not moves:
        moves.append(Move("expired", limit + timedelta(days=1), "the deadline passed and no such act was reported"))
    elif moves and as_of > moves[-1].on + timedelta(days=_ANSWER):
        because = f"no such act was reported in the {_ANSWER} days after it was tripped"
        moves.append(Move("withheld", moves[-1].on + timedelta(days=_ANSWER + 1), because))
    return moves


def _promise_moves(wire: Tripwire, after: Iterable[tuple[date, Incident]], as_of: date, parties: Parties) -> list[Move]:
    for day, incident in after:
        if incident.type == "ASSAULT" and parties.done_by_holder(incident, day):
            return [_told("withdrawn", day, incident, parties)]
    limit = _until(wire, wire.reported or as_of)
    if limit and as_of > limit:
        return [Move("expired", limit + timedelta(days=1), "its date passed")]
    return []


def concerns(wire: Tripwire, watch: Watch) -> bool:
    """True if one side of the dyad holds it and it is aimed at the other, or at nobody who can be told.

    A threat whose holder is not stated is the dyad's if its own words name one of the sides.
    """
    on = wire.reported
    text = f"{wire.condition.quote} | {wire.consequence.quote}"
    if wire.holder is None:
        return watch.named(text, on) != ""
    holder = acting([label(wire.holder)])
    aimed = aimed_at(wire)
    if watch.a(holder, on):
        return not aimed or watch.b(aimed, on) or bool(watch.backers(watch.dyad.b, on) & set(aimed))
    named = [name for each in wire.against if is_id(name := label(each))]
    return watch.b(holder, on) and (not named or watch.a(named, on))


def aimed_at(wire: Tripwire) -> list[str]:
    """Whom it is aimed at, of those who are known: nobody in particular where it speaks of somebody's proxies."""
    if _PROXIES.search(f"{wire.condition.quote} | {wire.consequence.quote}"):
        return []
    return [name for each in wire.against if is_id(name := label(each))]


def tripwire_states(tripwires: Sequence[Tripwire], incidents: Sequence[Incident], *, as_of: date,
                    rolls_up: RollsUp) -> list[Tripwire]:  # fmt: skip
    """Tripwires known by `as_of` with their moves; those reported later are left out.

    A threat with a harm condition is tripped by a later attack on its holder, executed when the holder
    then acts within 14 days, withheld when it does not; a passed deadline expires it. A promise is
    withdrawn when its holder attacks after all; a threat when its holder lays its arms down. One that hangs on how
    somebody fares is overtaken when they succeed; one on what its holder "hears" is executed by the deed alone. A
    condition no rule can check stays armed.
    """
    found = []
    deeds = Deeds(incidents, as_of, rolls_up)
    for wire in (righted(each, rolls_up) for each in tripwires):
        if wire.reported is not None and wire.reported > as_of:
            continue
        start = wire.reported or as_of
        armed = Move("armed", start, "first reported", (wire.span,))
        parties = Parties(wire, rolls_up)
        after = deeds.since(start, parties)
        move = _promise_moves if wire.direction == "rewards" else _threat_moves
        moves = [armed, *move(wire, after, as_of, parties)]
        if len(moves) == 1 and (overtaken := fate(wire, incidents, as_of)):
            moves.append(overtaken)
        state: TripwireState = moves[-1].state
        found.append(replace(wire, state=state, moves=tuple(moves)))
    return sorted(found, key=lambda each: (each.reported or as_of, each.id))
