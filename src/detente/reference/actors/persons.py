"""Names of persons, only as holders of public offices, by date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date

from detente.records import Actor, Holder
from detente.reference.actors.skeleton import fold
from detente.reference.actors.tables import holds


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person's time in one office."""

    office: Actor
    holder: Holder
    died: bool = False  # in office: named later, the person is still that office


class People:
    """Which offices a name stands for."""

    def __init__(self, actors: Iterable[Actor], died: Set[tuple[str, str]]):
        self._by_name: dict[str, list[Tenure]] = defaultdict(list)
        self._by_surname: dict[str, list[Tenure]] = defaultdict(list)
        for office in actors:
            for holder in office.holders:
                tenure = Tenure(office, holder, (office.id, holder.name) in died)
                self._by_name[holder.name].append(tenure)
                self._by_surname[fold(holder.name.rsplit(" ", 1)[-1])].append(tenure)

    def of(self, holders: Iterable[str]) -> list[Tenure]:
        """All tenures of these holders, by the name the data files give them."""
        return [t for name in dict.fromkeys(holders) for t in self._by_name.get(name, ())]

    def titled(self, slug: str | None, country: str | None, surname: str) -> list[Tenure]:
        """Tenures of an office ('prime-minister') by somebody of that surname: 'Prime Minister Khan'."""
        return [
            t
            for t in self._by_surname.get(fold(surname), ())
            if slug and t.office.id.endswith("." + slug) and country in (None, t.office.country)
        ]


def in_office(tenures: Iterable[Tenure], on: date | None, country: str | None) -> list[Tenure]:
    """The tenures that hold on that day; several of them are narrowed by the report's country where that helps."""
    known = list(tenures)
    valid = [t for t in known if holds(t.holder, on)]
    valid = valid or [t for t in known if t.died and on and t.holder.end and on > t.holder.end]
    if len({t.office.id for t in valid}) > 1 and country:
        near = [t for t in valid if t.office.country == country]
        valid = near or valid
    return sorted(valid, key=lambda t: t.holder.start or date.min, reverse=True)
