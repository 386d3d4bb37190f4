"""A coded row told as an event: its evidence is the row itself, written out word for word as a short article."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from detente.records import Actor, Article, CodedRow, Count, Event, Interval, Mention, Place, Span
from detente.reference.actors import load
from detente.reference.actors.given import named

_TOLD: dict[str, tuple[str, ...]] = {  # what an event is read from, in this order; the first of them is the deed
    "acled": ("event_type", "sub_event_type", "actor1", "actor2", "assoc_actor_1", "assoc_actor_2", "fatalities",
              "location", "admin1", "country", "event_date", "time_precision", "geo_precision"),
    "gdelt": ("EventCode", "Actor1Name", "Actor2Name", "ActionGeo_FullName", "Day", "SQLDATE"),
    "icews": ("Event Text", "CAMEO Code", "Source Name", "Target Name", "City", "Province", "Country", "Event Date"),
    "ngec": ("event_text", "event_type", "event_mode", "date", "date_resolved"),
    "polecat": ("Event Type", "Event Mode", "Actor Name", "Recipient Name", "Placename", "City", "Province", "Country",
                "Event Date"),
    "ucdp": ("type_of_violence", "side_a", "side_b", "best", "low", "high", "where_coordinates", "adm_1", "country",
             "date_start", "date_end", "date_prec", "where_prec", "event_clarity"),
}  # fmt: skip
_OWN_WORDS = {"acled": "notes", "ucdp": "source_headline"}
_LISTED = frozenset({"acled", "ucdp"})
CODER = "row:"


def is_row(event: Event) -> bool:
    """Whether an event was told from a coded row."""
    return event.coder.startswith(CODER)


def lists_once(event: Event) -> bool:
    """Whether its data set holds one row a happening, so that two of its rows are never one."""
    return event.coder.removeprefix(CODER) in _LISTED and is_row(event)


class _Page:
    """The row's columns written out, with where each value stands."""

    def __init__(self, row: CodedRow):
        self.row, self.text, self.at = row, "", dict[str, tuple[int, int]]()
        told = _TOLD[row.format]
        raw = {self._name(name): value for name, value in row.raw.items()}
        given = [(name, _flat(raw[self._name(name)])) for name in told if self._name(name) in raw]
        for name, value in given:
            if value:
                self._put(name, value, "; " if self.text else "")
        self.end = len(self.text)
        words = _OWN_WORDS.get(row.format)
        if words and (value := _flat(raw.get(words))):
            self._put(words, value, "\n\n")

    @staticmethod
    def _name(name: str) -> str:
        return name.strip().lower().replace(" ", "_")

    def _put(self, name: str, value: str, before: str) -> None:
        self.text += f"{before}{name}: "
        self.at[self._name(name)] = (len(self.text), len(self.text) + len(value))
        self.text += value

    def span(self, *names: str) -> Span | None:
        """Where the value of the first of these columns stands."""
        for name in names:
            if found := self.at.get(self._name(name)):
                return Span(self.row.id, *found, self.text[found[0] : found[1]])
        return None

    def find(self, words: str) -> Span | None:
        """Where these words first stand among the columns told."""
        start = self.text.find(words, 0, self.end) if words else -1
        return Span(self.row.id, start, start + len(words), words) if start >= 0 else None

    def whole(self) -> Span:
        """All columns told."""
        return Span(self.row.id, 0, self.end, self.text[: self.end])


def _flat(value: Any) -> str:
    text = value if isinstance(value, str) else "" if value is None else json.dumps(value, ensure_ascii=False)
    return " ".join(text.split())


class Teller:
    """Tells rows as articles and events; `actors` are a theatre's own, put over the packaged ones."""

    def __init__(self, actors: Iterable[Actor] = ()):
        index = load(tuple(actors))
        self._named = lru_cache(maxsize=65_536)(lambda each, on, country: named(each, index, on, country))

    def tell(self, row: CodedRow) -> Iterator[Article | Event]:
        """The row as an article, and as an event where its code has a PLOVER counterpart."""
        page = _Page(row)
        known = row.known.date() if row.known else None
        extra = {"row": row.format, "origin": row.story or row.id}
        yield Article(id=row.id, text=page.text or row.id, title=f"row {row.id}", outlet=row.dataset, published=known,
                      language="en", url=row.url, extra=extra)  # fmt: skip
        if row.type and page.end:
            yield self._event(row, page)

    def _event(self, row: CodedRow, page: _Page) -> Event:
        actors, recipients = (self._parties(each, row, page) for each in (row.actors, row.recipients))
        both = not row.directed and bool(actors and recipients)
        return Event(
            id=f"{row.id}-e1",
            article=row.id,
            type=row.type or "",
            act=row.act or row.type or "",
            modality=row.modality,
            trigger=page.span(*_TOLD[row.format]) or page.whole(),
            evidence=page.whole(),
            modes=row.modes,
            contexts=row.contexts,
            actors=(*actors, *recipients) if both else actors,
            recipients=(*actors, *recipients) if both else recipients,
            reciprocal=both,
            date=_dated(row.date, page),
            place=_placed(row.place, page),
            counts=_counts(row, page),
            reported=row.known.date() if row.known else None,
            outlet=row.dataset,
            coder=f"{CODER}{row.format}",
            why=(f"{row.dataset}: {row.coded_as}", *row.notes),
        )

    def _parties(self, given: tuple[Mention, ...], row: CodedRow, page: _Page) -> tuple[Mention, ...]:
        on = row.date.start if row.date else None
        country = row.place.country if row.place else None
        found = (self._named(each, on, country) for each in given)
        return tuple(_placed_mention(each, page) for each in found)


def _placed_mention(mention: Mention, page: _Page) -> Mention:
    span = page.find(mention.text)
    return Mention(
        mention.text, span, mention.actor, mention.country, mention.sector, mention.name, None, mention.plural
    )


def _dated(when: Interval | None, page: _Page) -> Interval | None:
    span = page.find(when.text) if when and when.text else None
    return Interval(when.start, when.end, when.precision, when.text, span) if when else None


def _placed(where: Place | None, page: _Page) -> Place | None:
    if where is None:
        return None
    return Place(where.name, where.precision, where.lat, where.lon, where.country, where.admin1, where.id,
                 page.find(where.name), where.radius_km)  # fmt: skip


def _counts(row: CodedRow, page: _Page) -> tuple[Count, ...]:
    """The dead as a range, where the row has any; a row that sums up several happenings says so."""
    found = []
    figures = [each for each in (row.fatalities_low, row.fatalities_best, row.fatalities_high) if each is not None]
    if figures and max(figures) > 0:
        found.append(Count("killed", min(figures), max(figures), page.span("best", "fatalities") or page.whole()))
    if row.summary:
        found.append(Count("attacks", 2, None, page.span("event_clarity") or page.whole()))
    return tuple(found)
