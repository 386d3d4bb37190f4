"""What an analyst sees of a task: the report with the words that were read, the coding, the incident, the map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from html import escape

from detente.desk.atlas import neighbourhood
from detente.desk.book import ledger, theatres
from detente.desk.plan import HEIGHT, WIDTH, View
from detente.pipeline import theatre_gazetteer
from detente.records import Article, Event, Incident, Link, Place, Span, Tripwire
from detente.reference.actors import ActorIndex
from detente.reference.actors import load as load_actors
from detente.reference.gazetteer import Gazetteer
from detente.reference.gazetteer.resolve import Candidate
from detente.store.codec import pair, topic

REACH = 700  # characters shown on each side of the evidence
NEAR = timedelta(days=3)  # incidents so far apart may be the same
MOST = 12  # incidents offered for a merge, places for a name


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the report; `kind` is "" or what was read there: trigger, actor, recipient, place, date, count, voice."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The report around the evidence."""

    before: tuple[Piece, ...]
    evidence: tuple[Piece, ...]
    after: tuple[Piece, ...]
    cut: tuple[bool, bool]  # whether there is more in front of it, and behind


def excerpt(thing: Event | Link | Tripwire, article: Article) -> Excerpt:
    """The report's words, those that were read marked."""
    marks = sorted(_marks(thing), key=lambda each: (each[0].start, -each[0].end))
    middle = thing.evidence if isinstance(thing, (Event, Link)) else thing.span
    low, high = max(0, middle.start - REACH), min(len(article.text), middle.end + REACH)
    parts = ((low, middle.start), (middle.start, middle.end), (middle.end, high))
    before, inside, after = (tuple(_pieces(article.text, start, end, marks)) for start, end in parts)
    return Excerpt(before, inside, after, (low > 0, high < len(article.text)))


def _marks(thing: Event | Link | Tripwire) -> Iterator[tuple[Span, str]]:
    if isinstance(thing, Event):
        yield thing.trigger, "trigger"
        roles = [(thing.actors, "actor"), (thing.recipients, "recipient")]
        roles.append((tuple(each.source for each in thing.attribution if each.source), "voice"))
        spots: list[tuple[Span | None, str]] = [(each.span, "count") for each in thing.counts]
        spots += [
            (thing.place.span if thing.place else None, "place"),
            (thing.date.span if thing.date else None, "date"),
        ]
    elif isinstance(thing, Link):
        roles, spots = [((thing.subject,), "actor"), ((thing.object,), "recipient")], []
    else:
        holder = (thing.holder,) if thing.holder else ()
        roles, spots = [(holder, "actor"), (thing.against, "recipient")], []
        yield thing.condition, "date"
        yield thing.consequence, "trigger"
    for mentions, kind in roles:
        yield from ((each.span, kind) for each in mentions if each.span)
    yield from ((span, kind) for span, kind in spots if span is not None)


def _pieces(text: str, start: int, end: int, marks: Sequence[tuple[Span, str]]) -> Iterator[Piece]:
    """A stretch cut at its marks; of marks that overlap the first stands."""
    at = start
    for span, kind in marks:
        if span.start < at or span.end > end:
            continue
        if span.start > at:
            yield Piece(text[at : span.start])
        yield Piece(text[span.start : span.end], kind)
        at = span.end
    if at < end:
        yield Piece(text[at:end])


# ------------------------------------------------------------------------------------------------ incidents
def incident_of(event: Event) -> Incident | None:
    """The incident that holds the mention, as the ledger tells it."""
    found = ledger().read(Incident, as_of=None, about=[topic("article", event.article)])
    return next((each for each in found if event.id in each.events), None)


def mentions_of(incident: Incident) -> list[Event]:
    """Its mentions, in its order."""
    held = {each.id: each for each in ledger().read(Event, as_of=None, keys=incident.events)}
    return [held[name] for name in incident.events if name in held]


def maybe_same(incident: Incident) -> list[Incident]:
    """Incidents of the same deed and nearly the same days, with a party or the place in common; the nearest first."""
    day = incident.date.start if incident.date and incident.date.start else incident.known
    if day is None:
        return []
    names = {*incident.actors, *incident.blamed, *incident.claimed}
    topics = {pair(one, other) for one in names for other in incident.recipients}
    topics |= {topic("actor", name) for name in (*names, *incident.recipients)}
    topics |= {topic("country", incident.place.country)} if incident.place and incident.place.country else set()
    found = []
    for each in ledger().read(Incident, as_of=None, about=topics, since=day - timedelta(days=30)):
        on = each.date.start if each.date and each.date.start else each.known
        if each.id != incident.id and each.act == incident.act and on is not None and abs(on - day) <= NEAR:
            found.append((abs(on - day), each.place != incident.place, each.id, each))
    return [each for *_, each in sorted(found, key=lambda row: row[:3])[:MOST]]


# ------------------------------------------------------------------------------------------- who and where
@cache
def actor_index() -> ActorIndex:
    """Every actor of the packages and of the desk's theatres."""
    return load_actors(tuple(each for place in theatres().values() for each in place.actors))


def suggestions(event: Event) -> list[tuple[str, str]]:
    """Ids and names an analyst may want: the theatres' own actors, the dyads' sides, who was coded."""
    index = actor_index()
    names = dict.fromkeys(each.actor for each in (*event.actors, *event.recipients) if each.actor)
    for place in theatres().values():
        names |= dict.fromkeys(each.id for each in place.actors)
        names |= dict.fromkeys(name for dyad in place.dyads for name in (*dyad.a, *dyad.b))
    return [(name, found.name) for name in names if (found := index.get(name)) is not None]


@cache
def _gazetteer() -> Gazetteer:
    return theatre_gazetteer(next(iter(theatres().values()), None))


def places(name: str) -> list[Candidate]:
    """The places of a name, the likeliest first."""
    return list(_gazetteer().lookup(name))[:MOST] if name.strip() else []


@dataclass(frozen=True, slots=True)
class Plan:
    """A small map as SVG, and what a script needs to read a click as degrees."""

    svg: str
    west: float
    north: float
    degree: float  # pixels a degree of latitude
    squeeze: float


def plan(chosen: Place | None, offered: Iterable[Place] = ()) -> Plan | None:
    """The place as a dot, or as wide as it is known; places offered as rings. None where there is no point at all."""
    others = [each for each in offered if each.lat is not None]
    points = [*([chosen] if chosen and chosen.lat is not None else []), *others]
    if not points:
        return None
    view = View(points)
    land = "".join(
        '<path d="' + "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in (view.at(*spot) for spot in ring)) + "Z"
                              for ring in country.rings) + f'" class="land"><title>{escape(country.name)}</title></path>'
        for country in neighbourhood(view.box)
    )  # fmt: skip
    dots = "".join(_dot(each, view, "offered") for each in others)
    dots += _dot(chosen, view, "chosen") if chosen and chosen.lat is not None else ""
    svg = (f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" class="plan" aria-hidden="true" xmlns="http://www.w3.org/2000/svg">'
           f'<rect width="{WIDTH}" height="{HEIGHT}" class="sea"/>{land}{dots}</svg>')  # fmt: skip
    return Plan(svg, view.box.west, view.box.north, view.degree, view.squeeze)


def _dot(place: Place, view: View, kind: str) -> str:
    x, y = view.at(place.lon or 0.0, place.lat or 0.0)
    wide = place.precision not in ("site", "settlement")
    radius = max(14.0, (place.radius_km or 40.0) / 111.2 * view.degree) if wide else 7.0
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" class="{kind}"><title>{escape(place.name)}</title></circle>'
