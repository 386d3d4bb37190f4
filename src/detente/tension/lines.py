"""Evidence lines: what speaks for and against each explanation of a calm, and on whose word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from detente.incidents.build import speaker
from detente.records import FACTUAL, Article, Event, EvidenceLine, Incident
from detente.tension.sides import Watch, day_of, direction, perpetrators

PEACE, ARMING, OUTSIDE, DEAF = "de-escalation", "preparation", "outside cause", "coverage loss"
EXPLANATIONS = (PEACE, ARMING, OUTSIDE, DEAF)
WEIGHTS = {"on record": 1.0, "unnamed": 0.5, "interested party": 0.5}
_CAUSE = re.compile(
    r"\b(?:covid(?:-19)?|corona ?virus|virus|pandemic|epidemic|outbreak|quarantine|lockdown|"
    r"sandstorms?|floods?|flooding|blizzard|monsoon|snowfall|holiday|pilgrimage|ramadan|eid|elections?)\b",
    re.IGNORECASE,
)
_TALK = {"CONSULT", "AGREE", "CONCEDE", "COOPERATE", "SUPPORT"}
_ENDS_ARMS = {"ceasefire", "disarm"}


def weight(incident: Incident, events: Mapping[str, Event], articles: Mapping[str, Article],
           party_outlets: Mapping[str, bool]) -> str:  # fmt: skip
    """On whose word: the best-placed mention decides ("on record" before "unnamed" before "interested party")."""
    found = set()
    for number in incident.events:
        event = events.get(number)
        if event is None:
            continue
        outlet = articles[event.article].outlet if event.article in articles else event.outlet
        links = event.attribution
        if any(link.party or link.stance == "claims" for link in links) or party_outlets.get((outlet or "").casefold()):
            found.add("interested party")
        elif any(link.anonymous or (link.source is None and link.hedge) for link in links):
            found.add("unnamed")
        else:
            found.add("on record")
    return next((each for each in WEIGHTS if each in found), "on record")


def _marks(incident: Incident, watch: Watch) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Consistent and inconsistent explanations for one incident, None if it says nothing about the calm."""
    on = day_of(incident) or incident.known
    doers = perpetrators(incident)
    outside = any(_CAUSE.search(span.quote) for span in incident.evidence)
    if incident.modality == "negated" and incident.act == "ASSAULT":
        if any(toll.kind in ("killed", "injured") for toll in incident.tolls):
            return None  # "no casualties" says nothing of whether there was an attack
        return ((PEACE, ARMING, OUTSIDE), (DEAF,)) if any("absence" in each for each in incident.why) else None
    ours = watch.a(doers, on) or watch.b(doers, on)
    if not ours and not direction(incident, watch):
        return None
    if incident.type == "THREATEN":
        return (ARMING,), (PEACE,)
    if outside and incident.act in {"RETREAT", "MOBILIZE"} | _TALK:
        return (OUTSIDE,), ()
    if incident.act == "MOBILIZE" and incident.modality in FACTUAL | {"planned"}:
        done = incident.modality in FACTUAL
        return (ARMING,), (PEACE, OUTSIDE) if done else (PEACE,)
    if incident.act == "ASSAULT" and incident.modality == "planned":
        return (ARMING,), (PEACE,)
    named = {*doers, *incident.recipients}
    both = watch.a(named, on) and watch.b(named, on)
    if incident.act == "RETREAT" and incident.modality in FACTUAL | {"planned"}:
        lays_down = bool(_ENDS_ARMS & set(incident.modes)) or (both and "release" in incident.modes)
        return (PEACE,), (ARMING,) if lays_down else ()
    if incident.type in _TALK and incident.modality in FACTUAL | {"planned", "conditional"}:
        return (PEACE,), (ARMING,) if both else ()
    return None


def _here(incident: Incident, watch: Watch) -> bool:
    """True unless a deed plainly happened outside the theatre's countries."""
    theatre, place = watch.theatre, incident.place
    if theatre is None or place is None or place.country is None or incident.act in _TALK | {"THREATEN"}:
        return True
    countries = set(theatre.countries) or {each.country for each in theatre.places if each.country}
    return place.country in countries or not countries


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B}" if day else "day not known"


def speakers(incident: Incident, events: Mapping[str, Event]) -> str:
    """Who is on record for it, the commonest speaker first; empty where the reports state it themselves."""
    counted: dict[str, int] = defaultdict(int)
    for number in incident.events:
        event = events.get(number)
        if event is not None and event.attribution:
            counted[speaker(event.attribution[0], event)] += 1
    return min(counted, key=lambda name: (-counted[name], name)) if counted else ""


def evidence_lines(incidents: Iterable[Incident], watch: Watch, start: date, as_of: date, *,
                   events: Mapping[str, Event], articles: Mapping[str, Article]) -> list[EvidenceLine]:  # fmt: skip
    """Lines from every typed incident between `start` and `as_of` that bears on the calm, oldest first."""
    theatre = watch.theatre
    party = {each.name.casefold(): each.party for each in theatre.outlets} if theatre else {}
    found = []
    for incident in incidents:
        day = day_of(incident) or incident.known
        if day is None or not start <= day <= as_of or incident.retracted or not _here(incident, watch):
            continue
        marks = _marks(incident, watch)
        if marks is None:
            continue
        who = speakers(incident, events)
        text = f"{incident.title}, {_day(day)}" + (
            f" (according to {who})" if who and who not in incident.title else ""
        )
        held = weight(incident, events, articles, party)
        found.append((day, incident.id, EvidenceLine(text, incident.evidence[:2], held, *marks, incident.id)))
    return [line for _, _, line in sorted(found, key=lambda item: item[:2])]


def balance(lines: Sequence[EvidenceLine]) -> dict[str, tuple[float, float]]:
    """Per explanation: weighted evidence for it and against it."""
    return {
        name: (
            sum(WEIGHTS.get(line.weight, 0.5) for line in lines if name in line.consistent),
            sum(WEIGHTS.get(line.weight, 0.5) for line in lines if name in line.inconsistent),
        )
        for name in EXPLANATIONS
    }


def least_contradicted(lines: Sequence[EvidenceLine]) -> str | None:
    """The explanation with the least against it (then the most for it), among those a telling line speaks for."""
    telling = [line for line in lines if len(line.consistent) < len(EXPLANATIONS) - 1]
    scored = {name: both for name, both in balance(telling).items() if both[0] > 0}
    if not scored:
        return None
    return min(scored, key=lambda name: (scored[name][1], -scored[name][0], EXPLANATIONS.index(name)))
