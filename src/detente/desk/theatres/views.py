"""Pages of what is watched: the theatres, a theatre, its dyads."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from detente.brief.figure import figure
from detente.desk.book import theatres
from detente.desk.theatres.actors import sides
from detente.desk.theatres.asking import page, state_of
from detente.desk.theatres.listening import began, calendar_of, deaf, months, strips
from detente.desk.theatres.maps import dated
from detente.desk.theatres.record import record
from detente.desk.theatres.saying import EXPLANATIONS, STATES, WEIGHTS, calm, chance
from detente.desk.theatres.sparkline import sparkline
from detente.desk.theatres.state import State, View, state
from detente.desk.theatres.tripwires import MOST, board, counts, records
from detente.records import Incident
from detente.tension.lines import telling
from detente.tension.tripwires import concerns

DRAWN = 370  # days of the chart
LISTED = 150  # incidents told below the chart
ROWS = 30  # incidents a page


def card(view: View) -> dict[str, Any]:
    """A dyad in a few lines."""
    lull = view.found.lull
    return {
        "view": view, "dyad": view.dyad, "state": STATES[lull.state], "calm": calm(lull), "lull": lull,
        "line": sparkline(view.found), "outlook": [(each, chance(each)) for each in view.forecasts],
        "open": sum(each.state in ("armed", "tripped") for each in view.tripwires),
    }  # fmt: skip


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every theatre of this desk, each dyad in a few lines."""
    told = [(each, found := state(each.id), [card(view) for view in found.views]) for each in theatres().values()]
    return page(request, "overview", told=told)


@require_safe
def theatre_page(request: HttpRequest, theatre: str) -> HttpResponse:
    """One theatre: each dyad in a few lines."""
    found = state_of(request, theatre)
    return page(request, "theatre", found, cards=[card(each) for each in found.views])


@require_safe
def dyad_page(request: HttpRequest, theatre: str, dyad: str) -> HttpResponse:
    """Series, state, explanations, signposts, tripwires and incidents of one dyad."""
    found = state_of(request, theatre)
    if dyad not in {each.id for each in found.theatre.dyads}:
        raise Http404
    view = found.view(dyad)
    if view is None:
        return page(request, "dyad", found, dyad=found.theatre.dyad(dyad))
    lull, about = view.found.lull, view.dyad
    still, over = board(found, [view])
    happened = Paginator(dated(found, dyad)[::-1], ROWS).get_page(request.GET.get("page"))
    definition = found.theatre.lulls.get(dyad)
    return page(
        request, "dyad", found, dyad=about, card=card(view), happened=happened, chart=mark_safe(_chart(found, view)),
        lines=_evidence(view), explanations=list(EXPLANATIONS.values()), reading=EXPLANATIONS.get(lull.reading or ""),
        last=found.taken.get(lull.last or ""), still=still[:10], over=over[:5], definition=definition,
        sides=[(about.a_name, sides(found, about.a)), (about.b_name, sides(found, about.b))],
        changes=view.found.series.changes[-8:],
    )  # fmt: skip


def _chart(found: State, view: View) -> str:
    """The figure of the last year; it escapes all that it takes from reports."""
    series = view.found.series
    drawn = {number for day in series.days[-DRAWN:] for number in day.incidents}
    told = [each for _, each, _ in dated(found, view.dyad.id) if each.id in drawn][-LISTED:]

    def address(incident: Incident) -> str:
        return reverse("theatres:incident", args=[found.theatre.id, incident.id])

    wires = [each for each in view.tripwires if concerns(each, view.case.watch)]
    return figure(series, view.found.lull, wires[-LISTED:], told, view.forecasts, address)


def _evidence(view: View) -> list[dict[str, Any]]:
    """Every line of evidence with how it sits with each explanation, the table that the reading is counted from."""
    lull = view.found.lull
    if lull.state not in ("lull", "quiet", "unknown"):
        return []
    lines = [each for each in lull.lines if telling(each) or each.incident is None]
    return [
        {"line": each, "weight": WEIGHTS.get(each.weight, each.weight),
         "fits": [(name in each.consistent) - (name in each.inconsistent) for name in EXPLANATIONS]}
        for each in lines
    ]  # fmt: skip


@require_safe
def board_page(request: HttpRequest, theatre: str) -> HttpResponse:
    """Every tripwire of the theatre: how close, and what became of those before."""
    found = state_of(request, theatre)
    wanted = request.GET.get("dyad", "")
    views = [each for each in found.views if wanted in ("", each.dyad.id)] or list(found.views)
    still, over = board(found, views)
    return page(
        request, "tripwires", found, still=still[:MOST], over=over[:MOST], hidden=max(0, len(still) - MOST) + max(0, len(over) - MOST),
        counts=counts([*still, *over]), records=records(views), wanted=wanted, names={each.id: each.name for each in found.theatre.dyads},
    )  # fmt: skip


@require_safe
def coverage_page(request: HttpRequest, theatre: str) -> HttpResponse:
    """Which source was heard on which day."""
    found = state_of(request, theatre)
    asked = request.GET.get("days", "")
    days = int(asked) if asked in ("56", "180", "365") else 180
    whole = calendar_of(found)
    if whole is None:
        return page(request, "coverage", found)
    shown, left = strips(whole, days)
    return page(
        request, "coverage", found, strips=shown, left=left, days=days, periods=(56, 180, 365), months=months(whole.end, days),
        began=began(whole, days), deaf=deaf(whole, days), rules=found.theatre.coverage,
    )  # fmt: skip


@require_safe
def record_page(request: HttpRequest, theatre: str) -> HttpResponse:
    """Forecasts, what happened, and whether they beat the base rate."""
    found = state_of(request, theatre)
    said, tallies = record(found)
    shown = Paginator(said, ROWS).get_page(request.GET.get("page"))
    rows = [(each, chance(each.forecast)) for each in shown]
    now = [(each.dyad, [(one, chance(one)) for one in each.forecasts]) for each in found.views if each.forecasts]
    return page(
        request, "record", found, rows=rows, shown=shown, tallies=tallies, now=now, late=any(each.late for each in said)
    )
