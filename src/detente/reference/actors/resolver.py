"""Resolves mentions: names first, then likeness, then roles with their country, then new groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from detente.records import Actor
from detente.reference.actors.bodies import Bodies
from detente.reference.actors.matching import Matcher
from detente.reference.actors.mention import Day, Mention, Piece, Reader
from detente.reference.actors.persons import People, Tenure, in_office
from detente.reference.actors.resolution import ARMED, NAMED, STATES, Resolution
from detente.reference.actors.tables import Spelling, Tables
from detente.reference.actors.unknown import GroupNames, Near, called_unknown, core, slug

_REMEMBERED = 100_000  # resolutions kept in memory
# People who are not the group they are named with: 'Boko Haram victims'.
_APART = frozenset({"CIV", "REF", "JRN", "MED", "EDU", "AGR", "LAB", "BUS", "REL"})


class Resolver:
    """Resolves mentions against the tables; results are remembered."""

    def __init__(self, tables: Tables, matcher: Matcher, get: Callable[[str], Actor | None]):
        self._get = get
        self._reader = Reader(matcher, GroupNames(tables.wording))
        self._bodies = Bodies(tables, get)
        self._people = People(tables.actors.values(), tables.died)
        self._near = Near(tables.spellings)
        self._always: dict[tuple[str, str | None], Resolution] = {}
        self._dated: dict[tuple[str, str | None, date | None], Resolution] = {}

    def resolve(self, text: str, on: date | None, country: str | None) -> Resolution:
        """What `text` stands for; never raises, whatever the text."""
        known = self._always.get((text, country)) or self._dated.get((text, country, on))
        if known is not None:
            return known
        if len(self._always) + len(self._dated) > _REMEMBERED:
            self._always.clear()
            self._dated.clear()
        day = Day(on)
        found = self._resolve(text, day, country)
        if day.asked:
            self._dated[(text, country, on)] = found
        else:
            self._always[(text, country)] = found
        return found

    def _resolve(self, text: str, day: Day, country: str | None) -> Resolution:
        mention = self._reader.read(text, day, country)
        steps = (
            self._named, self._unknown_group, self._similar, self._titled, self._bodies.resolve, self._new_group,
        )  # fmt: skip
        for step in steps:
            found = step(mention)
            if found is not None:
                return found
        why = "its reading needs context that is not given" if mention.unread else "no known name, role or country"
        lost = tuple((r.actor, 0.3, "needs context") for m in mention.unread for r in m.readings)
        return Resolution(None, None, None, core(mention.text) or None, "unknown", why, lost)

    def _named(self, m: Mention) -> Resolution | None:
        person = m.first(frozenset({"person"}), ("head", "of", "other"))
        if person is not None and self._whole_name(m, person):
            tenures = self._people.of(r.holder for r in person.match.readings if r.kind == "person")
            found = self._person(m, tenures, person.reading.holder, "name")
            return found if found.actor else self._by_title(m) or found
        role = self._bodies.role(m)
        piece = m.first(NAMED, ("head",), last=True)
        if piece is None and (role is None or role.weak or role.sector in ARMED | {"GOV", "PTY", "OPP", "IGO"}):
            piece = m.first(NAMED, ("of",))
        if piece is None:
            return None
        actor = self._get(piece.reading.actor)
        if actor is None:
            return None
        if role and role.sector in _APART and piece.reading.kind == "group":
            country = actor.country or m.country
            return self._bodies.generic(country, role.sector, f"'{role.name}' beside {actor.id}: not the group itself")
        others = tuple((r.actor, 0.5, "same spelling") for r in piece.match.readings if r.actor != actor.id)
        kind = piece.reading.kind
        return Resolution(actor.id, actor.country, actor.sector, actor.name, kind, f"spelling '{piece.reading.text}'",
                          ((actor.id, 1.0, "spelling"), *others))  # fmt: skip

    def _whole_name(self, m: Mention, piece: Piece) -> bool:
        """A surname with a stranger's first name before it is a stranger."""
        written = m.text[piece.match.start : piece.match.end]
        if " " in written:
            return True
        before = m.text[: piece.match.start].split()
        known = {w for p in m.pieces if p is not piece for w in m.text[p.match.start : p.match.end].split()}
        after = m.text[piece.match.end :][:2]
        stranger = bool(before) and before[-1][0].isupper() and before[-1] not in known and not before[-1].endswith(".")
        return not stranger and not (after[:1] == " " and after[1:].isupper())

    def _person(self, m: Mention, tenures: Sequence[Tenure], name: str, how: str) -> Resolution:
        on = m.day.ask()
        valid = in_office(tenures, on, m.country)
        listed = tuple((t.office.id, 1.0 if t in valid else 0.3, t.holder.name) for t in tenures)
        countries = {t.office.country for t in tenures}
        if valid and (
            len({t.holder.name for t in valid}) == 1 or len({t.office.id for t in valid}) == 1 or how == "title"
        ):
            office = valid[0].office
            held = f"{valid[0].holder.name} held {office.id}" + (f" on {on}" if on else "; no day given")
            return Resolution(office.id, office.country, office.sector, valid[0].holder.name, "person", held, listed)
        country = next(iter(countries)) if len(countries) == 1 else None
        why = "several holders of that name" if valid else f"held no listed office on {on}"
        return Resolution(None, country, None if valid else "ELI", name, "person", why, listed)

    def _by_title(self, m: Mention) -> Resolution | None:
        """'Iranian general X', no longer in a listed office: the body that the title words name."""
        body = self._bodies.resolve(m)
        return body if body and body.kind == "organ" and m.first(STATES, ("head",)) else None

    def _titled(self, m: Mention) -> Resolution | None:
        """'Prime Minister Khan': a common surname behind an office's title."""
        role = self._bodies.role(m)
        rest = m.text[: m.head_end].split()
        if role is None or role.office is None or not rest or not rest[-1][0].isupper():
            return None
        place, _ = self._bodies.country(m, role)
        tenures = self._people.titled(role.office, place, rest[-1]) or self._people.titled(role.office, None, rest[-1])
        valid = in_office(tenures, m.day.ask(), place)
        if len({(t.office.id, t.holder.name) for t in valid}) != 1:
            return None
        return self._person(m, valid, valid[0].holder.name, "title")

    def _similar(self, m: Mention) -> Resolution | None:
        if not m.strange:
            return None
        name = core(m.without(frozenset({"demonym", "state", "role"})))
        options = self._near.candidates(name) if name else []
        explicit = m.first(STATES, ("head",))
        if explicit is not None:
            own = explicit.reading.actor[:3]
            options = [o for o in options if self._country_of(o[1]) in (None, own)]
        options = [o for o in options if not o[1].when_country or m.country in o[1].when_country]
        if not options:
            return None
        score, best = options[0]
        rivals = [o for o in options if o[1].actor != best.actor and score - o[0] < 0.05]
        listed = tuple((s.actor, round(r, 2), f"like '{s.text}'") for r, s in options[:5])
        if best.kind == "person":
            found = self._person(m, self._people.of((best.holder,)), best.holder, "likeness")
            return replace(found, why=f"'{name}' like '{best.text}'; {found.why}")
        if rivals and not (best.ruled and m.country in best.when_country):
            return Resolution(None, None, None, name, "unknown", "as like one known name as another", listed)
        actor = self._get(best.actor)
        if actor is None:
            return None
        why = f"same consonants as '{best.text}', {score:.0%} alike"
        return Resolution(actor.id, actor.country, actor.sector, actor.name, best.kind, why, listed)

    def _country_of(self, entry: Spelling) -> str | None:
        actor = self._get(entry.actor)
        return actor.country if actor else None

    def _unknown_group(self, m: Mention) -> Resolution | None:
        if not called_unknown(m.text):
            return None
        name = core(m.text)
        plain = m.text.removeprefix("the ").removeprefix("The ")
        return self._provisional(m, name if m.groups.like(name) else plain, "UAF", "called unknown in the text")

    def _new_group(self, m: Mention) -> Resolution | None:
        name = m.left()
        if not m.groups.like(name):
            return None
        return self._provisional(m, name, m.groups.sector(name), "reads as a group's name, not listed")

    def _provisional(self, m: Mention, name: str, sector: str, why: str) -> Resolution:
        actor = f"provisional.{slug(name)}"
        piece = m.first(STATES, ("head", "of", "in"))
        country = piece.reading.actor[:3] if piece and not piece.reading.actor.startswith("people.") else m.country
        return Resolution(actor, country, sector, name, "provisional", why, ((actor, 0.5, why),), True)
