"""Pages of happenings and of who acts: the map, an incident, an actor."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from detente.desk.book import ledger
from detente.desk.theatres.actors import affiliations, doings, members, names, sector, ties, watched
from detente.desk.theatres.asking import page, state_of, whole_number
from detente.desk.theatres.happening import called, reports, statements, tolls, why
from detente.desk.theatres.maps import dated, draw, placed, whereabouts
from detente.desk.theatres.saying import KINDS, MODALITY, PRECISION
from detente.incidents.inferred import inferred_date, inferred_place
from detente.records import Incident
from detente.tension.sides import day_of

SPANS = (7, 30, 90, 365)
LISTED = 60  # incidents below the map


@require_safe
def map_page(request: HttpRequest, theatre: str) -> HttpResponse:
    """Where incidents were within a stretch of days; the same as a list."""
    found = state_of(request, theatre)
    dyad = request.GET.get("dyad", "")
    dyad = dyad if dyad in {each.id for each in found.theatre.dyads} else ""
    every = dated(found, dyad)
    if not every or found.as_of is None:
        return page(request, "map", found, dyad=dyad)
    first, last = every[0][0], found.as_of
    length = (last - first).days
    to = whole_number(request.GET.get("to"), 0, length, length)
    span = whole_number(request.GET.get("span"), 1, 365, 90)
    end = first + timedelta(days=to)
    start = end - timedelta(days=span - 1)
    drawn = placed(every)
    shown = [item for item in every if start <= item[0] <= end]
    on_map = {item[1].id for item in drawn}
    rows = [
        {"day": on, "incident": each, "attack": attack, "precision": PRECISION[each.place.precision] if each.place else "",
         "drawn": each.id in on_map}
        for on, each, attack in shown[::-1][:LISTED]
    ]  # fmt: skip
    label = _("Map of incidents; the list below it tells the same")
    return page(
        request, "map", found, dyad=dyad, dyads=found.theatre.dyads, svg=mark_safe(draw(drawn, first, start, end, label)),
        first=first, start=start, end=end, to=to, length=length, span=span, spans=SPANS, rows=rows, number=len(shown),
        left=max(0, len(shown) - LISTED), unplaced=sum(each.id not in on_map for _on, each, _attack in shown),
    )  # fmt: skip


@require_safe
def incident_page(request: HttpRequest, theatre: str, incident: str) -> HttpResponse:
    """The reports of one incident side by side, its tolls by speaker, and why they are one."""
    found = state_of(request, theatre)
    one = ledger().get(Incident, incident, as_of=found.as_of if "day" in request.GET else None)
    if not isinstance(one, Incident):
        raise Http404
    told, events, articles = reports(found, one)
    place = one.place
    return page(
        request, "incident", found, incident=one, day=day_of(one), modality=MODALITY[one.modality],
        near_day=inferred_date(one, events), near_place=inferred_place(one, events),
        report_key=f"incident/{theatre}/{incident}",
        precision=PRECISION[place.precision] if place else "", svg=mark_safe(whereabouts(one, _("Where it happened"))),
        actors=[called(found, each) for each in one.actors], recipients=[called(found, each) for each in one.recipients],
        blamed=[called(found, each) for each in one.blamed], claimed=[called(found, each) for each in one.claimed],
        reports=told, more=len(one.reports) - len(told), tolls=tolls(one, articles),
        statements=statements(found, one, articles), why=why(found, one, events),
        dyads=[each for each in found.views if any(one.id in day.incidents for day in each.found.series.days)],
    )  # fmt: skip


@require_safe
def actors_page(request: HttpRequest, theatre: str) -> HttpResponse:
    """Who acts in this theatre."""
    found = state_of(request, theatre)
    rows = [(each, KINDS.get(each.kind, each.kind), number) for each, number in watched(found)]
    return page(request, "actors", found, rows=rows)


@require_safe
def actor_page(request: HttpRequest, theatre: str, actor: str) -> HttpResponse:
    """One state, organ, office, organisation or group: its names, its ties, what it did. Never a private person."""
    found = state_of(request, theatre)
    one = found.index.get(actor)
    if one is None:
        raise Http404
    known, more = names(one)
    mine = [each for each in found.theatre.dyads if one.id in (*each.a, *each.b)]
    return page(
        request, "actor", found, actor=one, kind=KINDS.get(one.kind, one.kind), sector=sector(one), names=known, more=more,
        country=found.index.get(one.country) if one.country else None, affiliations=affiliations(found, one),
        members=members(found, one), ties=ties(found, one), doings=doings(found, one), dyads=mine,
    )  # fmt: skip
