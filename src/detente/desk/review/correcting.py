"""From a submitted form to what a Decision changes: pure functions; only what differs from the coding is kept.

Field names: `type`, `act`, `modality`, `reciprocal`, `absence`, `mode` (several), `contexts`; for the second actor
`actors1` (an id or name) and `actors1-drop`, `actors-words` and `actors-new` for another one, the same for `recipients`;
`stance0`; `start`, `end`, `precision`; `place` (a name), `place-id` (which of that name), `lat`, `lon`, `place-precision`;
`count0-kind`, `count0-low`, `count0-high`, `count0-drop`, and `count-new-…`. A field that was not sent changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, get_args

from django.utils.translation import gettext as _

from detente.plain import hints_of
from detente.records import (
    MODALITIES,
    TYPES,
    Article,
    Count,
    DatePrecision,
    Event,
    Mention,
    Place,
    PlacePrecision,
    Stance,
)
from detente.reference.actors import ActorIndex
from detente.reference.codebook.read import Codebook
from detente.reference.gazetteer.resolve import Candidate

STANCES = get_args(Stance)
DATE_PRECISIONS = get_args(DatePrecision)
PLACE_PRECISIONS = get_args(PlacePrecision)
COUNTS = get_args(hints_of(Count)["kind"])
_CHOICES: dict[str, Sequence[str]] = {"type": TYPES, "act": TYPES, "modality": MODALITIES}
_MOST = 10_000_000  # people or rounds


class Fields(Protocol):
    """A submitted form, as Django's QueryDict is one."""

    def get(self, name: str, default: str = "") -> str:
        """One value."""

    def getlist(self, name: str) -> Sequence[str]:
        """All values."""

    def __contains__(self, name: object) -> bool: ...


@dataclass(slots=True)
class Correction:
    """What a form changes of one event, and what is wrong with it by field name."""

    event: Event
    article: Article | None
    given: Fields
    actors: ActorIndex
    places: Callable[[str], Sequence[Candidate]]
    codebook: Codebook
    wrong: dict[str, str] = field(default_factory=dict)

    def change(self) -> dict[str, Any]:
        """Values that differ from the coding, by `detente.incidents.review.FIELDS`."""
        found: dict[str, Any] = {}
        for name, choices in _CHOICES.items():
            value = self.given.get(name, getattr(self.event, name))
            if value not in choices:
                self.wrong[name] = _("Choose one of the list.")
            elif value != getattr(self.event, name):
                found[name] = value
        if "sent" in self.given:  # boxes that are not ticked are not sent
            found |= self._ticked()
        for role in ("actors", "recipients"):
            if (parties := self._parties(role)) is not None:
                found[role] = parties
        for name, made in (("stances", self._stances()), ("date", self._date()), ("place", self._place()),
                           ("counts", self._counts())):  # fmt: skip
            if made is not _SAME:
                found[name] = made
        return found

    def _ticked(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in ("reciprocal", "absence"):
            if (name in self.given) != getattr(self.event, name):
                found[name] = name in self.given
        known = self.codebook.types.get(self.given.get("type", self.event.type))
        allowed = {*(known.modes if known else ()), *self.event.modes}
        modes = sorted(set(self.given.getlist("mode")) & allowed)
        if modes != sorted(self.event.modes):
            found["modes"] = modes
        return found

    # ------------------------------------------------------------------------------------------- parties
    def _parties(self, role: str) -> list[dict[str, Any]] | None:
        held: tuple[Mention, ...] = getattr(self.event, role)
        out, differs = [], False
        for n, each in enumerate(held):
            name = f"{role}{n}"
            if f"{name}-drop" in self.given:
                differs = True
                continue
            actor = self._actor(name, each.actor)
            differs = differs or actor != each.actor
            out.append(({"start": each.span.start, "end": each.span.end} if each.span else {"n": n}) | {"actor": actor})
        if (added := self._added(role)) is not None:
            out.append(added)
            differs = True
        return out if differs else None

    def _actor(self, name: str, held: str | None) -> str | None:
        """Id of the actor that an id or a name stands for."""
        if name not in self.given:
            return held
        text = self.given.get(name).strip()
        if not text or text == (held or ""):
            return held if text else None
        if self.actors.get(text) is not None:
            return text
        found = self.actors.resolve(text, on=self.event.reported).actor
        if found is None:
            self.wrong[name] = _("No actor of that name or id is known. See 'detente actors find'.")
        return found

    def _added(self, role: str) -> dict[str, Any] | None:
        words, actor = self.given.get(f"{role}-words", "").strip(), self.given.get(f"{role}-new", "").strip()
        if not words:
            if actor:
                self.wrong[f"{role}-words"] = _("Give the exact words of the report that name it.")
            return None
        start = _nearest(words, self.article.text if self.article else "", self.event.trigger.start)
        if start is None:
            self.wrong[f"{role}-words"] = _("These exact words do not stand in the report.")
            return None
        named = self._actor(f"{role}-new", None) if actor else self.actors.resolve(words, on=self.event.reported).actor
        return {"start": start, "end": start + len(words), "actor": named}

    # -------------------------------------------------------------------------------- whose word, when, where
    def _stances(self) -> Any:
        held = [each.stance for each in self.event.attribution]
        given: list[str | None] = []
        for n, each in enumerate(held):
            value = self.given.get(f"stance{n}", each)
            if value not in (*STANCES, "none"):
                self.wrong[f"stance{n}"] = _("Choose one of the list.")
            given.append(None if value == "none" else value)
        return given if given != held else _SAME

    def _date(self) -> Any:
        if "start" not in self.given:
            return _SAME
        held, texts = self.event.date, (self.given.get("start").strip(), self.given.get("end", "").strip())
        if not texts[0]:
            return None if held and held.start else _SAME
        try:
            start = date.fromisoformat(texts[0])
            end = date.fromisoformat(texts[1]) if texts[1] else start
        except ValueError:
            self.wrong["start"] = _("Write days as 2020-03-11.")
            return _SAME
        precision = self.given.get("precision", "day")
        if end < start or precision not in DATE_PRECISIONS:
            self.wrong["start"] = _("The last day cannot lie before the first.")
            return _SAME
        if held and (held.start, held.end, held.precision) == (start, end, precision):
            return _SAME
        return {"start": start.isoformat(), "end": end.isoformat(), "precision": precision}

    def _place(self) -> Any:
        if "place" not in self.given:
            return _SAME
        name, number, held = self.given.get("place").strip(), self.given.get("place-id", ""), self.event.place
        if not name:
            return None if held else _SAME
        point = self._point()
        if held and name == held.name and number in ("", held.id or "") and _near(point, held):
            return self._finer(held)
        if point and held and held.lat is not None and _near(point, held):
            point = None  # the old place's point, left in the form beside a new name
        found = self.places(name)
        chosen = next((each.place for each in found if each.place.id == number), None)
        if chosen is None and len(found) == 1 and not number:
            chosen = found[0].place
        if chosen is not None:
            return _plain(chosen, name=chosen.name) | self._moved(point)
        if point is None:
            self.wrong["place"] = (
                _("Several places are called so: choose one.")
                if found
                else _("No such place is known; give its point.")
            )
            return _SAME
        precision = self.given.get("place-precision", "settlement")
        return {"name": name, "precision": precision, "lat": point[0], "lon": point[1],
                "country": held.country if held else None, "id": None, "admin1": None, "radius_km": None}  # fmt: skip

    def _finer(self, held: Place) -> Any:
        """The same place told more or less closely."""
        precision = self.given.get("place-precision", held.precision)
        if precision not in PLACE_PRECISIONS:
            self.wrong["place-precision"] = _("Choose one of the list.")
            return _SAME
        return _SAME if precision == held.precision else _plain(held, name=held.name) | {"precision": precision}

    def _moved(self, point: tuple[float, float] | None) -> dict[str, Any]:
        return {"lat": point[0], "lon": point[1], "id": None} if point else {}

    def _point(self) -> tuple[float, float] | None:
        lat, lon = self.given.get("lat", "").strip(), self.given.get("lon", "").strip()
        if not lat and not lon:
            return None
        try:
            point = float(lat), float(lon)
        except ValueError:
            self.wrong["lat"] = _("Write degrees as 33.31 and 44.36.")
            return None
        if not (abs(point[0]) <= 90 and abs(point[1]) <= 180):
            self.wrong["lat"] = _("Write degrees as 33.31 and 44.36.")
            return None
        return point

    # ------------------------------------------------------------------------------------------- figures
    def _counts(self) -> Any:
        out, differs = [], False
        for n, each in enumerate(self.event.counts):
            if f"count{n}-drop" in self.given:
                differs = True
                continue
            made = self._count(f"count{n}", each)
            differs = differs or (made["kind"], made["low"], made["high"]) != (each.kind, each.low, each.high)
            out.append({"n": n} | made)
        if self.given.get("count-new-low", "").strip():
            out.append(self._count("count-new", Count("killed", 0, None)))
            differs = True
        return out if differs else _SAME

    def _count(self, name: str, held: Count) -> dict[str, Any]:
        kind = self.given.get(f"{name}-kind", held.kind)
        low = self._number(f"{name}-low", held.low)
        high = self._number(f"{name}-high", held.high) if f"{name}-high" in self.given else held.high
        if kind not in COUNTS or low is None or (high is not None and high < low):
            self.wrong[f"{name}-low"] = _("Give a number, and no smaller one as the highest.")
        return {"kind": kind, "low": low, "high": high}

    def _number(self, name: str, held: int | None) -> int | None:
        text = self.given.get(name, "" if held is None else str(held)).strip()
        if not text:
            return None
        if not (text.isascii() and text.isdecimal() and int(text[:9]) <= _MOST and len(text) < 10):
            self.wrong[name] = _("Give a number, and no smaller one as the highest.")
            return None
        return int(text)


_SAME = object()  # nothing was changed


def _near(point: tuple[float, float] | None, place: Place) -> bool:
    """Whether a point is the place's, to the digits that a form shows."""
    if point is None or place.lat is None or place.lon is None:
        return point is None
    return abs(point[0] - place.lat) < 1e-4 and abs(point[1] - place.lon) < 1e-4


def _nearest(words: str, text: str, near: int) -> int | None:
    """Where the words stand nearest to an offset."""
    at, found = text.find(words), list[int]()
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    return min(found, key=lambda each: abs(each - near), default=None)


def _plain(place: Place, name: str) -> dict[str, Any]:
    kept = ("precision", "lat", "lon", "country", "admin1", "id", "radius_km")
    return {"name": name} | {each: getattr(place, each) for each in kept}
