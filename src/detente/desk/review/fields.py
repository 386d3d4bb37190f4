"""The form that corrects a mention, as plain data: groups of fields, as coded or as they were just sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _

from detente.desk.review.correcting import COUNTS, DATE_PRECISIONS, PLACE_PRECISIONS, STANCES, Fields
from detente.records import MODALITIES, TYPES, Event, Mention
from detente.reference.codebook.read import Codebook
from detente.reference.gazetteer.resolve import Candidate

ACTORS_LIST = "known-actors"  # id of the datalist


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `choices` of a select, `on` of a box, `wrong` what is wrong with what was sent."""

    kind: Literal["select", "text", "date", "check", "radio"]
    name: str
    label: str
    value: str = ""
    choices: Sequence[str] = ()
    on: bool = False
    wrong: str = ""
    listed: str = ""
    key: str = ""  # which key leads here
    words: str = ""  # of the report, shown before the field


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together; `code` is what the template knows the group by."""

    code: str
    label: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """Makes fields out of the event, or of what was just sent."""

    event: Event
    given: Fields
    wrong: Mapping[str, str]
    codebook: Codebook
    offered: Sequence[Candidate] = ()

    def groups(self) -> list[Group]:
        """All of them, in the order of the page."""
        return [
            Group("what", _("What"), tuple(self._what())),
            Group("actors", _("Actors"), tuple(self._parties("actors", self.event.actors, "l"))),
            Group("recipients", _("Recipients"), tuple(self._parties("recipients", self.event.recipients, ""))),
            *([Group("voices", _("Whose word"), tuple(self._stances()))] if self.event.attribution else []),
            Group("when", _("When"), tuple(self._when())),
            Group("where", _("Where"), tuple(self._where())),
            Group("counts", _("Figures"), tuple(self._counts())),
        ]

    def _sent(self, name: str, saved: str | None) -> str:
        return self.given.get(name, saved or "")

    def _text(self, name: str, label: str, saved: str | None, **more: Any) -> Field:
        kind = more.pop("kind", "text")
        return Field(kind, name, label, self._sent(name, saved), wrong=self.wrong.get(name, ""), **more)

    def _select(self, name: str, label: str, saved: str, choices: Sequence[str], **more: Any) -> Field:
        return Field(
            "select", name, label, self._sent(name, saved), choices, wrong=self.wrong.get(name, ""), **more
        )  # fmt: skip

    def _check(self, name: str, label: str, saved: bool, value: str = "on") -> Field:
        ticked = value in self.given.getlist(name) if "sent" in self.given else saved
        return Field("check", name, label, value, on=ticked)

    def _what(self) -> Iterator[Field]:
        event = self.event
        yield self._select("type", _("Type"), event.type, TYPES)
        yield self._select("act", _("Underlying deed"), event.act, TYPES)
        yield self._select("modality", _("Did it happen?"), event.modality, MODALITIES)
        known = self.codebook.types.get(self._sent("type", event.type))
        for mode in sorted({*(known.modes if known else ()), *event.modes}):
            yield self._check("mode", mode, mode in event.modes, mode)
        yield self._check("reciprocal", _("both sides did it"), event.reciprocal)
        yield self._check("absence", _("an absence is told"), event.absence)

    def _parties(self, role: str, held: tuple[Mention, ...], key: str) -> Iterator[Field]:
        for n, each in enumerate(held):
            first = key if n == 0 else ""
            yield self._text(f"{role}{n}", _("is"), each.actor or "", listed=ACTORS_LIST, words=each.text, key=first)
            yield self._check(f"{role}{n}-drop", _("take out"), False)
        yield self._text(f"{role}-words", _("Add: exact words of the report"), "", key="" if held else key)
        yield self._text(f"{role}-new", _("who that is: id or name"), "", listed=ACTORS_LIST)

    def _stances(self) -> Iterator[Field]:
        for n, each in enumerate(self.event.attribution):
            words = each.source.text if each.source else "?"
            yield self._select(f"stance{n}", _("says so as one who"), each.stance, (*STANCES, "none"), words=words)

    def _when(self) -> Iterator[Field]:
        when = self.event.date
        start, end = (when.start, when.end) if when else (None, None)
        yield self._text("start", _("First day"), start.isoformat() if start else "", kind="date")
        yield self._text("end", _("Last day"), end.isoformat() if end else "", kind="date")
        precisions = [each for each in DATE_PRECISIONS if each != "unresolved"]
        held = when.precision if when and when.precision in precisions else "day"
        yield self._select("precision", _("Known to the"), held, precisions)

    def _where(self) -> Iterator[Field]:
        where = self.event.place
        yield self._text("place", _("Place"), where.name if where else "", key="p")
        for each in self.offered:
            place, number = each.place, each.place.id or ""
            label = ", ".join(filter(None, (place.name, place.admin1, place.country))) + f" ({place.precision})"
            yield Field("radio", "place-id", label, number, on=self.given.get("place-id") == number)
        point = where if where and where.lat is not None else None
        yield self._text("lat", _("Latitude"), f"{point.lat:.4f}" if point else "")
        yield self._text("lon", _("Longitude"), f"{point.lon:.4f}" if point else "")
        yield self._select(
            "place-precision", _("Known to the"), where.precision if where else "settlement", PLACE_PRECISIONS
        )

    def _counts(self) -> Iterator[Field]:
        for n, each in enumerate(self.event.counts):
            words = each.span.quote if each.span else ""
            yield self._select(f"count{n}-kind", _("Kind"), each.kind, COUNTS, words=words)
            yield self._text(f"count{n}-low", _("at least"), str(each.low))
            yield self._text(
                f"count{n}-high", _("at most (empty: or more)"), "" if each.high is None else str(each.high)
            )
            yield self._check(f"count{n}-drop", _("take out"), False)
        yield self._select("count-new-kind", _("Add: kind"), "killed", COUNTS)
        yield self._text("count-new-low", _("at least"), "")
        yield self._text("count-new-high", _("at most (empty: or more)"), "")
