"""A map as SVG: where the happenings of a dyad were, as closely as reports say and no closer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from math import cos, hypot, radians
from statistics import median

from detente.desk.atlas import Box, Country, Ring, neighbourhood
from detente.records import Incident, Place, Series
from detente.tension.sides import day_of

Placed = tuple[Incident, bool]  # a happening, and whether it is an attack
WIDTH, HEIGHT = 720, 480
_WINDOW = 90  # days before the day of the map
_KM = 111.2  # kilometres a degree of latitude
_AREAS = {"district": 25.0, "province": 80.0}  # radius in km where the place itself gives none
_FAR = 12.0  # degrees of latitude from the middle beyond which a happening is only counted
_LEAST = 5.0  # degrees of latitude shown at least
APART = 11.0  # pixels between points; nearer ones are one mark
_NAMED = 2600.0  # square pixels from which a country carries its name


@dataclass(frozen=True, slots=True)
class Told:
    """One happening of the map's list."""

    day: date
    title: str
    place: str
    precision: str
    incident: str
    attack: bool


def happenings(series: Series, incidents: Iterable[Incident]) -> tuple[list[Placed], int]:
    """The counted happenings of the last 90 days that can be placed, each with whether it is an attack; how many cannot."""
    start = series.as_of - timedelta(days=_WINDOW)
    days = [day for day in series.days if day.day > start]
    attacks = {number for day in days for line in day.lines if line.line == "acts" for number in line.incidents}
    counted = {number for day in days for number in day.incidents}
    mine = [each for each in incidents if each.id in counted]
    placed = together([(each, each.id in attacks) for each in mine if drawable(each.place)])
    return sorted(placed, key=lambda item: (day_of(item[0]) or start, item[0].id)), len(mine) - len(placed)


def together(placed: list[Placed]) -> list[Placed]:
    """The same without what lies so far from the rest that the map would show half the world."""
    points = [(each.place.lat, each.place.lon) for each, _ in placed if each.place]
    if not points:
        return []
    lat, lon = (median(value for value in axis if value is not None) for axis in zip(*points, strict=True))
    return [
        item for item in placed
        if item[0].place and abs((item[0].place.lat or 0) - lat) <= _FAR and abs((item[0].place.lon or 0) - lon) <= _FAR * 1.6
    ]  # fmt: skip


def drawable(place: Place | None) -> bool:
    """A country or a large region is never a point."""
    return place is not None and place.lat is not None and place.precision in ("site", "settlement", *_AREAS)


def told(placed: Iterable[Placed]) -> list[Told]:
    """The map in words, oldest first."""
    found = []
    for each, attack in placed:
        on = day_of(each)
        if each.place is not None and on is not None:
            found.append(Told(on, each.title, each.place.name, each.place.precision, each.id, attack))
    return found


class View:
    """Degrees to pixels: equirectangular, true in the middle."""

    def __init__(self, places: Sequence[Place]) -> None:
        lats = [each.lat for each in places if each.lat is not None]
        lons = [each.lon for each in places if each.lon is not None]
        lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
        self.squeeze = max(0.2, cos(radians(lat)))
        tall = max(
            _LEAST, (max(lats) - min(lats)) * 1.35, (max(lons) - min(lons)) * 1.35 * self.squeeze * HEIGHT / WIDTH
        )
        wide = tall * WIDTH / HEIGHT / self.squeeze
        self.box = Box(lon - wide / 2, lat - tall / 2, lon + wide / 2, lat + tall / 2)
        self.degree = HEIGHT / tall  # pixels a degree of latitude

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a point stands."""
        return (lon - self.box.west) * self.squeeze * self.degree, (self.box.north - lat) * self.degree


def draw(placed: Sequence[Placed], label: str) -> str:
    """One SVG element, "" where nothing can be placed; `label` says what it is to who does not see it."""
    places = [each.place for each, _ in placed if each.place is not None]
    if not places:
        return ""
    view = View(places)
    return framed([ground(view), *_marks(placed, view)], label)


def ground(view: View) -> str:
    """Countries with their names, for marks to lie on."""
    shapes = list(neighbourhood(view.box))
    return "".join([_land(each, view) for each in shapes] + [_named(each, view) for each in shapes])


def framed(body: Iterable[str], label: str) -> str:
    """The whole SVG element."""
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(label)}" class="plan" '
        f'xmlns="http://www.w3.org/2000/svg"><rect width="{WIDTH}" height="{HEIGHT}" class="sea"/>{"".join(body)}</svg>'
    )


def _pixels(ring: Ring, view: View) -> Ring:
    """A ring in pixels, without points that nobody could tell from the one before."""
    out: Ring = []
    for lon, lat in ring:
        x, y = view.at(lon, lat)
        point = (round(x, 1), round(y, 1))
        if not out or abs(out[-1][0] - point[0]) + abs(out[-1][1] - point[1]) > 1.0:
            out.append(point)
    return out


def _land(country: Country, view: View) -> str:
    paths = ("M" + "L".join(f"{x:g} {y:g}" for x, y in _pixels(ring, view)) + "Z" for ring in country.rings)
    return f'<path d="{"".join(paths)}" class="land"><title>{escape(country.name)}</title></path>'


def _named(country: Country, view: View) -> str:
    """The country's name in the middle of its largest piece, if there is room for it."""
    area, x, y = max(_middle(_pixels(ring, view)) for ring in country.rings)
    inside = 0.06 * WIDTH < x < 0.94 * WIDTH and 0.06 * HEIGHT < y < 0.94 * HEIGHT
    if area < _NAMED or not inside:
        return ""
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="middle" class="country">{escape(country.name)}</text>'


def _middle(ring: Ring) -> tuple[float, float, float]:
    """Area and centre of a ring in pixels."""
    twice = cx = cy = 0.0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        twice, cx, cy = twice + cross, cx + (x1 + x2) * cross, cy + (y1 + y2) * cross
    return (abs(twice) / 2, cx / (3 * twice), cy / (3 * twice)) if twice else (0.0, 0.0, 0.0)


def _marks(placed: Sequence[Placed], view: View) -> list[str]:
    """Areas first, so that points lie on them; points that would cover each other are one mark."""
    areas: dict[tuple[float, float], list[Placed]] = {}
    spots: list[tuple[float, float, list[Placed]]] = []
    for item in placed:
        place = item[0].place
        if place is None or place.lat is None or place.lon is None:
            continue
        x, y = view.at(place.lon, place.lat)
        if place.precision in _AREAS:
            areas.setdefault((x, y), []).append(item)
            continue
        near = next((group for a, b, group in spots if hypot(a - x, b - y) < APART), None)
        if near is None:
            spots.append((x, y, [item]))
        else:
            near.append(item)
    wide = sorted(areas.items(), key=lambda each: -_radius(each[1], view))
    return [_mark(x, y, group, view) for (x, y), group in wide] + [_mark(x, y, group, view) for x, y, group in spots]


def _mark(x: float, y: float, group: Sequence[Placed], view: View) -> str:
    places = dict.fromkeys(f"{each.place.name} ({each.place.precision})" for each, _ in group if each.place)
    area = group[0][0].place is not None and group[0][0].place.precision in _AREAS
    kind = ("area" if area else "spot") + (" attack" if any(attack for _, attack in group) else "")
    lines = [", ".join(places), *(f"{day_of(each)}: {each.title}" for each, _ in group[:6])]
    lines += [f"and {len(group) - 6} more"] if len(group) > 6 else []
    tip = f"<title>{escape(chr(10).join(lines))}</title>"
    number = f'<text x="{x:.1f}" y="{y + 3.5:.1f}" text-anchor="middle" class="many">{len(group)}</text>'
    circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_radius(group, view):.1f}">{tip}</circle>'
    return f'<g class="{kind}">{circle}{number if len(group) > 1 else ""}</g>'


def _radius(group: Sequence[Placed], view: View) -> float:
    return radius(group[0][0].place, len(group) > 1, view)


def radius(place: Place | None, several: bool, view: View) -> float:
    """Pixels: an area as large as it is; a point large enough to be seen, larger where only the town is known."""
    if is_area(place):
        return max(14.0, (place.radius_km or _AREAS[place.precision]) / _KM * view.degree)  # type: ignore[union-attr]
    return 8.0 if several or (place is not None and place.precision != "site") else 5.0


def is_area(place: Place | None) -> bool:
    """Whether no more than a district or a province is known."""
    return place is not None and place.precision in _AREAS
