"""What a request asks for: a theatre, a day to look back at, a stretch of days; and the frame that every page has."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from detente.desk.book import theatres
from detente.desk.roles import ANALYST, roles_of
from detente.desk.theatres.state import State, state
from detente.records import OLDEST


def state_of(request: HttpRequest, theatre: str) -> State:
    """The theatre as known now, or on the day asked for; Http404 for one that is not watched."""
    if theatre not in theatres():
        raise Http404
    now = state(theatre)
    day = _day(request.GET.get("day", ""))
    if day is None or now.as_of is None or not OLDEST <= day < now.as_of or not may_look_back(request):
        return now
    return state(theatre, day)


def may_look_back(request: HttpRequest) -> bool:
    """Each day is computed anew, so it is open to analysts, and on the demo to everybody."""
    return settings.DESK.demo or ANALYST in roles_of(request.user)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def whole_number(text: str | None, least: int, most: int, default: int) -> int:
    """A number out of an address, held inside its bounds; anything else is the default."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > 9:
        return default
    return min(most, max(least, int(text)))


def page(request: HttpRequest, name: str, found: State | None = None, **said: Any) -> HttpResponse:
    """A page below /theatres/; `back` keeps the day looked back at in every link."""
    if found is not None:
        now = state(found.theatre.id)
        looking_back = found.as_of != now.as_of
        said |= {
            "theatre": found.theatre, "as_of": found.as_of, "since": found.known.since if found.known else None,
            "looking_back": looking_back, "back": f"?day={found.as_of}" if looking_back else "",
            "newest": now.as_of, "trouble": found.trouble, "may_look_back": may_look_back(request), "here": name,
        }  # fmt: skip
    return render(request, f"theatres/{name}.html", said)
