"""What everybody may read."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Router

from detente.desk.api.parts import between, part_of
from detente.desk.api.schemas import (
    Forecasts,
    Id,
    Incidents,
    LedgerParts,
    Number,
    Parts,
    Problem,
    Stories,
    StoryOut,
    TheatreOut,
    Theatres,
    Tripwires,
)  # fmt: skip
from detente.desk.book import ledger, theatres
from detente.desk.public.describing import absolute
from detente.desk.publishing.models import Story
from detente.records import Dyad, Forecast, Incident, Tripwire
from detente.reference.theatre import Theatre
from detente.store.codec import topic

reading = Router(tags=["read"])
_NONE: dict[int, Any] = dict.fromkeys((400, 422, 429), Problem)
_MISSING = _NONE | {404: Problem}
Key = Annotated[Id, Path()]
Pk = Annotated[Number, Path()]


def theatre_or_404(key: str) -> Theatre:
    """The theatre of that id."""
    if key not in theatres():
        raise Http404
    return theatres()[key]


def dyad_or_404(theatre: str, key: str) -> Dyad:
    """The dyad of that id."""
    for each in theatre_or_404(theatre).dyads:
        if each.id == key:
            return each
    raise Http404


def _theatre(place: Theatre) -> dict[str, Any]:
    return {"id": place.id, "name": place.name, "section": place.section, "dyads": list(place.dyads)}


@reading.get("theatres", response={200: Theatres} | _NONE)
def list_theatres(request: HttpRequest) -> dict[str, Any]:
    """The theatres that this desk watches, with their dyads."""
    return {"items": [_theatre(each) for each in theatres().values()]}


@reading.get("theatres/{theatre}", response={200: TheatreOut} | _MISSING)
def get_theatre(request: HttpRequest, theatre: Key) -> dict[str, Any]:
    """One theatre."""
    return _theatre(theatre_or_404(theatre))


@reading.get("theatres/{theatre}/dyads/{dyad}/incidents", response={200: Incidents} | _MISSING)
def dyad_incidents(request: HttpRequest, theatre: Key, dyad: Key, part: LedgerParts) -> dict[str, Any]:
    """Incidents between the two sides of a dyad."""
    return part_of(Incident, part, between(dyad_or_404(theatre, dyad)))


@reading.get("theatres/{theatre}/dyads/{dyad}/forecasts", response={200: Forecasts} | _MISSING)
def dyad_forecasts(request: HttpRequest, theatre: Key, dyad: Key, part: Parts) -> dict[str, Any]:
    """Forecasts of a dyad, frozen when they were made."""
    wanted = dyad_or_404(theatre, dyad).id
    found = list(ledger().read(Forecast, as_of=part.as_of, about=[topic("dyad", wanted)]))[::-1]
    return {"items": found[part.offset : part.offset + part.limit], "more": len(found) > part.offset + part.limit}


@reading.get("incidents", response={200: Incidents} | _NONE)
def list_incidents(request: HttpRequest, part: LedgerParts) -> dict[str, Any]:
    """Happenings with their reports' exact words."""
    return part_of(Incident, part)


@reading.get("incidents/{key}", response={200: Incident} | _MISSING)
def get_incident(request: HttpRequest, key: Key) -> Incident:
    """One happening, as known now."""
    found = ledger().get(Incident, key, as_of=None)
    if not isinstance(found, Incident):
        raise Http404
    return found


@reading.get("tripwires", response={200: Tripwires} | _NONE)
def list_tripwires(request: HttpRequest, part: LedgerParts) -> dict[str, Any]:
    """Conditional threats and promises."""
    return part_of(Tripwire, part)


@reading.get("stories", response={200: Stories} | _NONE)
def list_stories(request: HttpRequest, part: Parts) -> dict[str, Any]:
    """Published articles; `as_of` keeps those first published by then."""
    found = Story.objects.filter(published__isnull=False, withdrawn_at__isnull=True).order_by("-first_published", "-pk")
    if part.as_of:
        found = found.filter(first_published__date__lte=part.as_of)
    rows = list(found.select_related("published")[part.offset : part.offset + part.limit + 1])
    told = [_story(request, each) for each in rows[: part.limit]]
    return {"items": [each for each in told if each], "more": len(rows) > part.limit}


@reading.get("stories/{number}", response={200: StoryOut} | _MISSING)
def get_story(request: HttpRequest, number: Pk) -> dict[str, Any]:
    """One published article."""
    found = Story.objects.filter(pk=number, published__isnull=False, withdrawn_at__isnull=True).first()
    told = _story(request, found) if found else None
    if told is None:
        raise Http404
    return told


def _story(request: HttpRequest, story: Story) -> dict[str, Any] | None:
    """None where its words were erased on legal request."""
    brief = story.published.brief  # type: ignore[union-attr]
    if brief is None:
        return None
    return {
        "id": story.pk, "url": absolute(request, story.get_absolute_url()), "headline": brief.headline.text,
        "standfirst": brief.standfirst.text, "section": brief.section, "theatre": story.theatre, "dyad": story.dyad,
        "as_of": story.as_of, "published": story.first_published, "corrected": story.last_published,
        "corrections": story.revisions.filter(published_at__isnull=False).exclude(correction="").count(),
    }  # fmt: skip
