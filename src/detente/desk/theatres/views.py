"""Pages of what is watched: theatres, dyads, incidents."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from detente.brief.figure import figure
from detente.brief.track import state_words
from detente.desk.book import theatres
from detente.desk.theatres.state import sparkline, state
from detente.incidents.explain import as_data
from detente.pipeline import Assessment, tracked, write_brief
from detente.records import Event
from detente.tension.series import day_of

REACH = 240  # characters of a report shown on each side of the evidence


def _known(theatre: str) -> tuple[Assessment, ...]:
    if theatre not in theatres():
        raise Http404
    return state(theatre)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The theatres of this desk."""
    return render(request, "theatres/overview.html", {"theatres": theatres().values()})


@require_safe
def theatre_page(request: HttpRequest, theatre: str) -> HttpResponse:
    """Each dyad in a few lines."""
    rows = [
        {"found": each, "headline": write_brief(each.theatre, each).headline.text, "state": state_words(each.lull),
         "line": sparkline(each), "forecasts": tracked(each).forecasts}
        for each in _known(theatre)
    ]  # fmt: skip
    return render(request, "theatres/theatre.html", {"theatre": theatres()[theatre], "rows": rows})


@require_safe
def dyad_page(request: HttpRequest, theatre: str, dyad: str) -> HttpResponse:
    """Series, state, explanations, signposts, tripwires, gaps and incidents of one dyad."""
    found = next((each for each in _known(theatre) if each.dyad.id == dyad), None)
    if found is None:
        raise Http404
    shown = tracked(found)
    counted = {number for day in found.series.days for number in day.incidents}
    mine = [(day_of(each), each) for each in shown.incidents if each.id in counted]
    mine.sort(key=lambda row: (row[0] or found.as_of, row[1].id), reverse=True)
    chart = figure(shown.series, shown.lull, shown.tripwires, shown.incidents, shown.forecasts)
    said: dict[str, Any] = {
        "theatre": theatres()[theatre], "found": found, "shown": shown, "state": state_words(found.lull), "incidents": mine,
        "chart": mark_safe(chart),  # figure() escapes all that it takes from reports
    }  # fmt: skip
    return render(request, "theatres/dyad.html", said)


@require_safe
def incident_page(request: HttpRequest, theatre: str, incident: str) -> HttpResponse:
    """The reports of one incident side by side, its tolls by speaker, and why they are one."""
    for found in _known(theatre):
        known = found.dossier
        one = next((each for each in known.incidents if each.id == incident), None)
        if one is not None:
            events = [each for each in known.events if each.id in one.events]
            reports = [row for each in events if (row := _report(found, each))]
            said = {"theatre": theatres()[theatre], "incident": one, "reports": reports,
                    "why": as_data(one, events, known.articles)}  # fmt: skip
            return render(request, "theatres/incident.html", said)
    raise Http404


def _report(found: Assessment, event: Event) -> dict[str, Any] | None:
    """An article around the words that tell of the event."""
    article = found.dossier.articles.get(event.article)
    if article is None:
        return None
    start, end = event.evidence.start, event.evidence.end
    return {"article": article, "before": article.text[max(0, start - REACH) : start],
            "words": article.text[start:end], "after": article.text[end : end + REACH]}  # fmt: skip
