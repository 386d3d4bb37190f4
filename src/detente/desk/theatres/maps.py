"""The map of incidents: every place once, drawn as large as it is known, with the days on which something happened there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from math import hypot

from detente.desk.plan import APART, Placed, View, drawable, framed, ground, is_area, radius, together
from detente.desk.theatres.state import State
from detente.records import Incident, Place
from detente.tension.sides import day_of

Dated = tuple[date, Incident, bool]  # its day, the incident, whether it is an attack


@dataclass(slots=True)
class Spot:
    """One mark: a place, or places too near to each other to be told apart."""

    x: float
    y: float
    place: Place
    names: dict[str, None] = field(default_factory=dict)
    days: list[tuple[date, bool]] = field(default_factory=list)


def dated(state: State, dyad: str = "") -> list[Dated]:
    """Incidents that a dyad counts (any dyad, for ""), oldest first, with the day on which each happened."""
    if dyad:
        view = state.view(dyad)
        days = view.found.series.days if view else ()
        counted = {
            number: line.line == "acts" for day in days for line in day.lines for number in line.incidents
        }  # fmt: skip
    else:
        counted = state.counted
    found = [
        (on, each, counted[each.id]) for each in state.dossier.incidents if each.id in counted and (on := day_of(each))
    ]
    return sorted(found, key=lambda item: (item[0], item[1].id))


def placed(found: Sequence[Dated]) -> list[Dated]:
    """Those that reports place closely enough to be drawn, without what lies far off the rest."""
    kept: list[Placed] = together([(each, attack) for _, each, attack in found if drawable(each.place)])
    keys = {each.id for each, _ in kept}
    return [item for item in found if item[1].id in keys]


def draw(found: Sequence[Dated], first: date, start: date, end: date, label: str) -> str:
    """The SVG with what happened from `start` to `end` showing; marks carry their days, counted from `first`, for the slider."""
    places = [each.place for _, each, _ in found if each.place is not None]
    if not places:
        return ""
    view = View(places)
    spots = sorted(_spots(found, view), key=lambda each: -radius(each.place, True, view) if is_area(each.place) else 0)
    return framed([ground(view), *(_mark(each, view, first, start, end) for each in spots)], label)


def _spots(found: Sequence[Dated], view: View) -> list[Spot]:
    spots: list[Spot] = []
    for on, each, attack in found:
        place = each.place
        if place is None or place.lat is None or place.lon is None:
            continue
        x, y = view.at(place.lon, place.lat)
        reach = 0.5 if is_area(place) else APART
        home = next((s for s in spots if is_area(s.place) == is_area(place) and hypot(s.x - x, s.y - y) < reach), None)
        if home is None:
            spots.append(home := Spot(x, y, place))
        home.names[f"{place.name} ({place.precision})"] = None
        home.days.append((on, attack))
    return spots


def _mark(spot: Spot, view: View, first: date, start: date, end: date) -> str:
    shown = [attack for on, attack in spot.days if start <= on <= end]
    kind = ("area" if is_area(spot.place) else "spot") + (" attack" if any(shown) else "")
    days = " ".join(f"{(on - first).days}{'a' if attack else ''}" for on, attack in spot.days)
    size = radius(spot.place, len(spot.names) > 1, view)
    if not is_area(spot.place) and spot.place.precision == "site":
        size = max(size, 6.5)  # room for a number
    hidden = "" if shown else ' display="none"'
    return (
        f'<g class="{kind}" data-days="{days}"{hidden}><circle cx="{spot.x:.1f}" cy="{spot.y:.1f}" r="{size:.1f}">'
        f"<title>{escape(', '.join(spot.names))}</title></circle>"
        f'<text x="{spot.x:.1f}" y="{spot.y + 3.5:.1f}" text-anchor="middle" class="many">{len(shown) if len(shown) > 1 else ""}</text></g>'
    )


def whereabouts(incident: Incident, label: str) -> str:
    """A small map of one incident; "" where its place is a country, a region or unknown."""
    on = day_of(incident) or incident.known or date.min
    if not drawable(incident.place):
        return ""
    return draw([(on, incident, incident.type == "ASSAULT")], on, on, on, label)
