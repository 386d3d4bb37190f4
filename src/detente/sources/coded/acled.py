"""ACLED rows (columns before and since 2023): the user's own licensed file; actor 1 and 2 carry no direction."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from detente.records import CodedRow, DatePrecision, Interval, Mention, Place, PlacePrecision
from detente.sources.coded.cells import Row, code, count, day, needed, parts, text, unix_time
from detente.sources.coded.cells import point as at
from detente.sources.coded.where import NEAR_KM, place

_DATES: dict[int, DatePrecision] = {1: "day", 2: "week", 3: "month"}
_PLACES: dict[int, PlacePrecision] = {1: "settlement", 2: "district", 3: "province"}
_BY_SUB: dict[str, tuple[str | None, tuple[str, ...]]] = {
    "air/drone strike": ("ASSAULT", ()),
    "suicide bomb": ("ASSAULT", ("suicide-attack",)),
    "shelling/artillery/missile attack": ("ASSAULT", ("heavy-weapons",)),
    "remote explosive/landmine/ied": ("ASSAULT", ("explosives",)),
    "grenade": ("ASSAULT", ("explosives",)),
    "chemical weapon": ("ASSAULT", ("unconventional",)),
    "sexual violence": ("ASSAULT", ("sexual",)),
    "abduction/forced disappearance": ("ASSAULT", ("abduct",)),
    "violent demonstration": ("PROTEST", ("riot",)),
    "mob violence": ("ASSAULT", ()),
    "agreement": ("AGREE", ()),
    "arrests": ("COERCE", ("arrest",)),
    "headquarters or base established": ("MOBILIZE", ()),
    "looting/property destruction": ("ASSAULT", ("destroy",)),
}
_BY_TYPE: dict[str, tuple[str | None, tuple[str, ...]]] = {
    "battles": ("ASSAULT", ("sideAB",)),
    "explosions/remote violence": ("ASSAULT", ()),
    "violence against civilians": ("ASSAULT", ()),
    "protests": ("PROTEST", ("demo",)),
    "riots": ("PROTEST", ("riot",)),
    "strategic developments": (None, ()),
}
_OLD_TYPES = {
    "remote violence": "explosions/remote violence",
    "strategic development": "strategic developments",
    "riots/protests": "protests",
}
_CIVILIANS = frozenset({"civilians", "7"})


def read(row: Row, raw: dict[str, Any], origin: str, dataset: str) -> CodedRow:
    """One row; ValueError where id, day, type or time of the last edit cannot be read."""
    kind, sub = needed(row, "event_type"), text(row, "sub_event_type")
    word = _OLD_TYPES.get(kind.casefold(), kind.casefold())
    if word not in _BY_TYPE:
        raise ValueError(f"column 'event_type': {kind[:40]!r} is no ACLED event type")
    type_, modes = _BY_SUB.get(sub.casefold()) or _BY_TYPE[word]
    edited = unix_time(needed(row, "timestamp"))
    if edited is None:
        raise ValueError(f"column 'timestamp': {row['timestamp'][:40]!r} is no time")
    dead = count(row, "fatalities")
    actors, recipients, directed = _sides(row)
    return CodedRow(
        id=f"acled:{needed(row, 'event_id_cnty')}",
        format="acled",
        dataset=dataset,
        raw=raw,
        origin=origin,
        known=edited,
        known_by="timestamp",
        date=_when(row),
        coded_as=f"{kind} / {sub}" if sub else kind,
        type=type_,
        act=type_,
        modes=modes,
        actors=actors,
        recipients=recipients,
        directed=directed,
        place=_where(row),
        fatalities_low=dead,
        fatalities_best=dead,
        fatalities_high=dead,
        sources=text(row, "source"),
        text=text(row, "notes"),
        notes=() if type_ else ("no PLOVER counterpart of this sub-event type",),
    )


def _sides(row: Row) -> tuple[tuple[Mention, ...], tuple[Mention, ...], bool]:
    """Both sides, and whether the row says who did it: only where one side alone is civilians, or there is one side."""
    one, other = ([Mention(name)] if (name := text(row, f"actor{n}")) else [] for n in (1, 2))
    civil = [text(row, f"inter{n}").casefold() in _CIVILIANS for n in (1, 2)]
    one += [Mention(name) for name in parts(text(row, "assoc_actor_1")) if not civil[0]]
    other += [Mention(name) for name in parts(text(row, "assoc_actor_2")) if not civil[1]]
    if civil[0] and not civil[1] and other:
        return tuple(other), tuple(one), True
    return tuple(one), tuple(other), not other or (civil[1] and not civil[0])


def _when(row: Row) -> Interval:
    on = day(row, "event_date")
    precision = _DATES[code(row, "time_precision", range(1, 4)) or 1]
    around = {"day": 0, "week": 3, "month": 15}[precision]
    wide = timedelta(days=around)
    return Interval(on - wide, on + wide, precision, text=text(row, "event_date"))


def _where(row: Row) -> Place | None:
    prec = code(row, "geo_precision", range(1, 4)) or 1
    province, name = text(row, "admin1"), text(row, "location")
    named = province or name if prec == 3 else name
    spot = at(row, "latitude", "longitude")
    return place(named, _PLACES[prec], spot, text(row, "country"), province, radius_km=NEAR_KM if prec == 2 else None)
