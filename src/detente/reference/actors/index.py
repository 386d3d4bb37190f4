"""The actors' index: find in running text, resolve one mention, and know who belongs to whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache

from detente.records import Actor, Affiliation
from detente.reference.actors.matching import Hit, Matcher
from detente.reference.actors.resolution import Resolution
from detente.reference.actors.resolver import Resolver
from detente.reference.actors.rollup import ancestors, lasting, same_side, turns
from detente.reference.actors.skeleton import fold
from detente.reference.actors.tables import (
    SECTOR_NAMES,
    STATE_SECTORS,
    HitKind,
    Role,
    Spelling,
    Tables,
    read_tables,
    spelling,
)


class ActorIndex:
    """All actors with their spellings; `find` for running text, `resolve` for one mention."""

    def __init__(self, tables: Tables):
        self.tables = tables
        self._actors = tables.actors
        self._lasting: dict[str, frozenset[str] | None] = {}

    @cached_property
    def _matcher(self) -> Matcher:  # made when a text is first read: who belongs to whom can be asked without
        return Matcher(self.tables)

    @cached_property
    def _resolver(self) -> Resolver:
        return Resolver(self.tables, self._matcher, self.get)

    def find(self, text: str) -> list[Hit]:
        """Every actor, demonym, capital and role that `text` names, in order, without overlaps."""
        folded = fold(text)
        matches = self._matcher.matches(text, folded)
        context = self._matcher.context(matches, folded)
        hits = []
        for match in matches:
            reading = self._matcher.read(match, context)
            if reading is not None:
                hits.append(self.hit(match.start, match.end, reading))
                continue
            for part in self._matcher.inside(text, folded, match):
                reading = self._matcher.read(part, context)
                if reading is not None:
                    hits.append(self.hit(part.start, part.end, reading))
        return hits

    def resolve(self, text: str, *, on: date | None = None, country: str | None = None) -> Resolution:
        """What a mention stands for on that day, in a report about that country (ISO3)."""
        return self._resolver.resolve(text, on, country)

    def hit(self, start: int, end: int, reading: Spelling) -> Hit:
        """The Hit that `reading` makes at text[start:end]."""
        if reading.kind == "role":
            role = self.role(reading)
            return Hit(start, end, None, None, role.sector, "role", role.name)
        if reading.kind in ("state", "demonym", "capital") and not reading.actor.startswith("people."):
            iso3 = reading.actor[:3]
            sector = "GOV" if reading.kind == "capital" else None
            return Hit(start, end, reading.actor, iso3, sector, reading.kind, self._actors[iso3].name)
        actor = self._actors[reading.actor]
        name = reading.text if reading.kind == "person" else actor.name
        return Hit(start, end, actor.id, actor.country, actor.sector, reading.kind, name)

    def role(self, reading: Spelling) -> Role:
        """The role behind a role's spelling."""
        return self.tables.roles[reading.text]

    # ------------------------------------------------------------------------------------- knowing
    def get(self, actor: str) -> Actor | None:
        """The actor of that id; organs and generic bodies of a state ("IRQ.MIL", "SYR.REB") always exist."""
        known = self._actors.get(actor)
        if known is not None:
            return known
        iso3, dot, sector = actor.partition(".")
        if not dot or iso3 not in self._actors or not iso3.isupper() or sector not in SECTOR_NAMES:
            return None
        adjective = self.tables.adjectives.get(iso3, self._actors[iso3].name)
        organ = sector in STATE_SECTORS
        ties = (Affiliation(iso3, "part"),) if organ else ()
        name = f"{adjective} {SECTOR_NAMES[sector]}"
        return Actor(actor, name, "organ" if organ else "role", (), iso3, sector, None, ties)

    def ancestors(self, actor: str, on: date | None = None) -> tuple[str, ...]:
        """Everything the actor is part of on that day, nearest first (None: on any day)."""
        return ancestors(actor, on, self.get)

    def turns(self, actor: str) -> frozenset[date]:
        """The days from which on the actor may belong to something else than the day before."""
        return turns(actor, self.get)

    def same_side(self, actor: str, side: Iterable[str], on: date | None = None) -> bool:
        """Whether the actor, or anything it is part of on that day, is one of `side`."""
        if actor not in self._lasting:
            self._lasting[actor] = lasting(actor, self.get)
        known = self._lasting[actor]
        if known is None:
            return same_side(actor, side, on, self.get)
        return any(each in known for each in side)

    def actors(self) -> tuple[Actor, ...]:
        """Every actor of the data files and the theatre."""
        return tuple(self._actors.values())


def _with_theatre(tables: Tables, extra: Iterable[Actor]) -> Tables:
    """The tables with a theatre's actors put over them: same id replaces, same spelling wins."""
    kinds: dict[str, HitKind] = {
        "state": "state", "organ": "organ", "office": "office", "organisation": "organisation",
        "coalition": "coalition", "people": "demonym", "role": "role",
    }  # fmt: skip
    for actor in extra:
        names = {fold(n) for n in (actor.name, *actor.names)}
        if actor.id in tables.actors:
            known = tables.actors[actor.id]
            actor = replace(
                known,
                name=actor.name or known.name,
                names=tuple(dict.fromkeys((*known.names, *actor.names))),
                country=actor.country or known.country,
                sector=actor.sector or known.sector,
                wikidata=actor.wikidata or known.wikidata,
                affiliations=actor.affiliations or known.affiliations,
                holders=actor.holders or known.holders,
                note=actor.note or known.note,
            )
        tables.actors[actor.id] = actor
        kept = [s for s in tables.spellings if s.actor == actor.id or fold(s.text) not in names]
        kind = kinds.get(actor.kind, "group")
        held = {s.text for s in kept if s.actor == actor.id}
        own = [spelling(n, actor.id, kind) for n in dict.fromkeys((actor.name, *actor.names)) if n not in held]
        own += [Spelling(h.name, actor.id, "person", holder=h.name) for h in actor.holders if h.name not in held]
        tables.spellings = (
            own + kept
        )  # of readings that fit alike the first wins: also where only an apostrophe differs
    return tables


@lru_cache(maxsize=1)
def _packaged() -> ActorIndex:
    return ActorIndex(read_tables())


@lru_cache(maxsize=4)
def _extended(extra: tuple[Actor, ...]) -> ActorIndex:
    return ActorIndex(_with_theatre(read_tables(), extra))


def load(theatre_actors: Iterable[Actor] = ()) -> ActorIndex:
    """The index of the packaged actors, with a theatre's own put over them; each is built once."""
    extra = tuple(theatre_actors)
    return _extended(extra) if extra else _packaged()
