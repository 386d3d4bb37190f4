"""One dyad, day by day: acts and threats on separate lines, each number with its incidents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate

from detente.records import (
    FACTUAL,
    MATERIAL_COOPERATION,
    SCORES,
    VERBAL_COOPERATION,
    Day,
    Dyad,
    Gap,
    Incident,
    LineCount,
    Series,
)
from detente.reference.theatre import Theatre
from detente.tension.calendar import Calendar
from detente.tension.changes import changes
from detente.tension.reporting import Received, reporting_of
from detente.tension.sides import RollsUp, Watch, acting, day_of, direction, is_attack, is_id, perpetrators

Placed = Mapping[date, Sequence[LineCount]]  # the lines of days on which there was something
LINES = ("acts", "threats", "posture", "withdrawal", "cooperation")
_BEFORE = 31  # days before the first report from which happenings are drawn; older ones are background
_WINDOW = 28  # days over which coverage is measured
_LEAST, _MOST = 0.25, 4.0  # coverage further from the usual is held at these: a handful of reports proves little


def line_of(incident: Incident, watch: Watch) -> str | None:
    """The line of the chart an incident belongs to, None when it is not this dyad's or did not happen."""
    on = day_of(incident)
    if on is None or incident.retracted or any(each.startswith("sums up several") for each in incident.why):
        return None
    doers = perpetrators(incident)
    of_a, of_b = watch.a(acting(doers), on), watch.b(acting(doers), on)
    if incident.type == "THREATEN":
        against = watch.b(incident.recipients, on) if of_a else watch.a(incident.recipients, on)
        return "threats" if (of_a or of_b) and (against or not incident.recipients) else None
    if incident.modality not in FACTUAL or incident.type != incident.act:
        told = incident.modality in FACTUAL | {"planned"} and incident.type in VERBAL_COOPERATION
        return "cooperation" if told and _with_other(incident, watch) else None
    if incident.type == "ASSAULT":
        return "acts" if is_attack(incident) and direction(incident, watch) else None
    if not (of_a or of_b):
        return None
    if incident.type == "MOBILIZE":
        return "posture"
    if incident.type == "RETREAT":
        return "withdrawal"
    kind = incident.type in VERBAL_COOPERATION | MATERIAL_COOPERATION
    return "cooperation" if kind and _with_other(incident, watch) else None


def _with_other(incident: Incident, watch: Watch) -> bool:
    """True for a step of one side towards the other, or towards nobody known: deals with third states are theirs."""
    on = day_of(incident)
    doers, others = perpetrators(incident), [each for each in incident.recipients if is_id(each)]
    a, b = watch.a(doers, on), watch.b(doers, on)
    if a and b:
        return True
    return (a and (not others or watch.b(others, on))) or (b and (not others or watch.a(others, on)))


def lines_by_day(incidents: Iterable[Incident], watch: Watch, as_of: date) -> Placed:
    """Per day the dyad's lines with the incidents on them, of what was known by `as_of`."""
    placed: dict[date, dict[str, list[Incident]]] = defaultdict(lambda: defaultdict(list))
    for each in sorted(incidents, key=lambda each: each.id):
        day = day_of(each)
        if day and day <= as_of and (each.known is None or each.known <= as_of) and (line := line_of(each, watch)):
            placed[day][line].append(each)
    return {day: [_counted(name, mine) for name, mine in found.items()] for day, found in placed.items()}


def _counted(line: str, mine: Sequence[Incident]) -> LineCount:
    score = sum(SCORES.get(each.type, 0.0) for each in mine)
    return LineCount(line, len(mine), round(score, 4), tuple(each.id for each in mine))


def _day(day: date, placed: Iterable[LineCount], reports: int, exposure: float) -> Day:
    lines = tuple(sorted(placed, key=lambda each: LINES.index(each.line)))
    return Day(
        day,
        **{each.line: each.count for each in lines},  # type: ignore[arg-type]
        conflict_score=round(sum(min(0.0, each.score) for each in lines), 4),
        cooperation_score=round(sum(max(0.0, each.score) for each in lines), 4),
        reports=reports,
        incidents=tuple(number for each in lines for number in each.incidents),
        lines=lines,
        exposure=exposure,
    )


def exposures(reports: Sequence[int]) -> list[float]:
    """Per day the reports of the last 28 days over what was usual up to that day (so the future never counts)."""
    summed = [0, *accumulate(reports)]
    out = []
    for n in range(1, len(summed)):
        span = min(n, _WINDOW)
        usual = summed[n] / n * span
        recent = summed[n] - summed[n - span]
        out.append(round(min(_MOST, max(_LEAST, recent / usual)), 3) if usual else 1.0)
    return out


def series(incidents: Sequence[Incident], dyad: Dyad, *, as_of: date, articles: Received,
           gaps: Sequence[Gap] = (), rolls_up: RollsUp, theatre: Theatre | None = None,
           listened: Calendar | None = None, placed: Placed | None = None) -> Series:  # fmt: skip
    """Count per day what was known by `as_of`, from about the first report's day on.

    With the theatre, an attack on a site that hosts side a counts even where no victim is named. `listened` says
    how many sources were listened to on each day. `placed`: the lines by day, where somebody has counted them already.
    """
    counted = reporting_of(articles, as_of).days
    if placed is None:
        placed = lines_by_day(incidents, Watch(dyad, rolls_up, theatre), as_of)
    first = min(counted) - timedelta(days=_BEFORE) if counted else date.min
    starts = [*counted, *(day for day in placed if day >= first)]
    if not starts:
        return Series(dyad.id, as_of, (), tuple(gaps))
    start = min(starts)
    days = [start + timedelta(days=n) for n in range((as_of - start).days + 1)]
    heard = [counted.get(day, 0) for day in days]
    # before the first report nothing was read: those days tell of the past as remembered, at usual coverage
    lead = next((n for n, each in enumerate(heard) if each), len(heard))
    shares = [1.0] * lead + exposures(heard[lead:])
    made = tuple(
        replace(_day(day, placed.get(day, ()), n, share), sources=listened.listening(day) if listened else 0)
        for day, n, share in zip(days, heard, shares, strict=True)
    )
    line_up = Series(dyad.id, as_of, made, tuple(gaps))
    return replace(line_up, changes=changes(line_up))
