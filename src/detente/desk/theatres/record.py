"""The forecast record: what was said, what happened, and whether that beat the base rate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Min

from detente.assessing import heard_days, target_days
from detente.desk.theatres.state import State
from detente.outlook.forecasts import resolve
from detente.outlook.record import Tally, hit, public_record
from detente.outlook.rules import read_rule
from detente.records import Forecast, InputError
from detente.store.codec import topic, unpack
from detente.store.models import Entry
from detente.store.read import marked, newest

MOST = 1_000  # the newest of them


@dataclass(frozen=True, slots=True)
class Said:
    """One frozen forecast."""

    forecast: Forecast
    dyad: str  # its name
    until: date
    hit: bool | None  # nearer to the outcome than the base rate; None while open
    late: date | None  # the day it was computed, where that was more than two days after the day it stands on


def record(state: State) -> tuple[list[Said], tuple[Tally, ...]]:
    """Frozen forecasts of the theatre's dyads, newest first, judged by their own rules on what is known; tallies by horizon."""
    if state.known is None:
        return [], ()
    names = {each.id: each.name for each in state.theatre.dyads}
    about = {topic("dyad", each) for each in names}
    rows = newest("default", "Forecast", state.known.as_of, None).filter(
        body__isnull=False, id__in=marked("default", about, None)
    )
    every = [unpack(row.kind, row.body, row.blob) for row in rows.reverse()[:MOST]]
    computed = dict(
        Entry.objects.filter(kind="Forecast", key__in=[each.id for each in every])
        .order_by().values("key").annotate(first=Min("recorded_at")).values_list("key", "first")
    )  # fmt: skip
    judged = [_judged(each, state) for each in every if each.dyad in names]
    made = []
    for each in judged:
        first = computed[each.id].date()
        late = first if first - each.made > timedelta(days=2) else None
        made.append(Said(each, names[each.dyad], _until(each), hit(each), late))
    made.sort(key=lambda one: (one.forecast.made, one.forecast.dyad, -one.forecast.horizon), reverse=True)
    over = [
        each for each in judged if _until(each) <= state.known.as_of
    ]  # an early "yes" alone would flatter the tally
    return made, public_record(over)


def _until(each: Forecast) -> date:
    return each.made + timedelta(days=each.horizon)


def _judged(each: Forecast, state: State) -> Forecast:
    """With its outcome, where what is known decides it; what lies before the part that was read stays as it was."""
    view = state.view(each.dyad)
    if each.resolved is not None or view is None or state.known is None:
        return each
    if state.known.since is not None and each.made < state.known.since:
        return each
    try:
        rule = read_rule(each.rule)
    except InputError:
        return each  # a rule of another version
    dossier = view.found.dossier
    attacks = target_days(state.theatre, view.dyad, dossier, state.known.as_of, rule.definition)
    return resolve(each, attacks, heard_days(dossier), state.known.as_of)
