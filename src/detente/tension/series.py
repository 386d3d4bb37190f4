"""One dyad, day by day: acts and threats on separate lines, each number with its incidents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from detente.records import (
    FACTUAL,
    MATERIAL_COOPERATION,
    SCORES,
    VERBAL_COOPERATION,
    Article,
    Day,
    Dyad,
    Gap,
    Incident,
    Series,
)
from detente.reference.theatre import Theatre
from detente.tension.calendar import Calendar
from detente.tension.sides import RollsUp, Watch, day_of, direction, is_attack, perpetrators

_BEFORE = 31  # days before the first report from which happenings are drawn; older ones are background


def line_of(incident: Incident, watch: Watch) -> str | None:
    """The line of the chart an incident belongs to, None when it is not this dyad's or did not happen."""
    on = day_of(incident)
    if on is None or incident.retracted or any(each.startswith("sums up several") for each in incident.why):
        return None
    doers = perpetrators(incident)
    of_a, of_b = watch.a(doers, on), watch.b(doers, on)
    if incident.type == "THREATEN":
        against = watch.b(incident.recipients, on) if of_a else watch.a(incident.recipients, on)
        return "threats" if (of_a or of_b) and (against or not incident.recipients) else None
    if incident.modality not in FACTUAL or incident.type != incident.act:
        cooperative = incident.type in VERBAL_COOPERATION and (of_a or of_b)
        return "cooperation" if cooperative and incident.modality in FACTUAL | {"planned"} else None
    if incident.type == "ASSAULT":
        return "acts" if is_attack(incident) and direction(incident, watch) else None
    if not (of_a or of_b):
        return None
    if incident.type == "MOBILIZE":
        return "posture"
    if incident.type == "RETREAT":
        return "withdrawal"
    return "cooperation" if incident.type in VERBAL_COOPERATION | MATERIAL_COOPERATION else None


def _add(day: Day, line: str, incident: Incident) -> Day:
    score = SCORES.get(incident.type, 0.0)
    return replace(
        day,
        **{line: getattr(day, line) + 1},
        conflict_score=round(day.conflict_score + min(0.0, score), 4),
        cooperation_score=round(day.cooperation_score + max(0.0, score), 4),
        incidents=(*day.incidents, incident.id),
    )


def series(incidents: Sequence[Incident], dyad: Dyad, *, as_of: date, articles: Mapping[str, Article],
           gaps: Sequence[Gap] = (), rolls_up: RollsUp, theatre: Theatre | None = None,
           listened: Calendar | None = None) -> Series:  # fmt: skip
    """Count per day what was known by `as_of`, from about the first report's day on.

    With the theatre, an attack on a site that hosts side a counts even where no victim is named. `listened` says
    how many sources were listened to on each day.
    """
    watch = Watch(dyad, rolls_up, theatre)
    published = [each.published for each in articles.values() if each.published and each.published <= as_of]
    known = [each for each in incidents if each.known is None or each.known <= as_of]
    lines = [(day, line_of(each, watch), each) for each in known if (day := day_of(each)) and day <= as_of]
    placed = [(day, line, each) for day, line, each in lines if line]
    first = min(published) - timedelta(days=_BEFORE) if published else date.min
    starts = [*published, *(day for day, _, _ in placed if day >= first)]
    if not starts:
        return Series(dyad.id, as_of, (), tuple(gaps))
    start = min(starts)
    reports: dict[date, int] = defaultdict(int)
    for day in published:
        reports[day] += 1
    days = {start + timedelta(days=n): Day(start + timedelta(days=n)) for n in range((as_of - start).days + 1)}
    days = {
        day: replace(each, reports=reports.get(day, 0), sources=listened.listening(day) if listened else 0)
        for day, each in days.items()
    }
    for day, line, each in sorted(placed, key=lambda item: (item[0], item[2].id)):
        if day in days:
            days[day] = _add(days[day], line, each)
    return Series(dyad.id, as_of, tuple(days.values()), tuple(gaps))
