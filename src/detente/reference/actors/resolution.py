"""What one mention stands for: names first, then likeness, then roles with their country."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from detente.records import Actor
from detente.reference.actors import phrase
from detente.reference.actors.matching import Context, Match, Matcher
from detente.reference.actors.persons import People, Tenure, in_office
from detente.reference.actors.skeleton import fold
from detente.reference.actors.tables import STATE_SECTORS, HitKind, Role, Spelling, Tables
from detente.reference.actors.unknown import Near, called_unknown, core, group_like, sector_of, slug

ResolutionKind = Literal[
    "state", "demonym", "organ", "office", "person", "group", "coalition", "organisation", "capital", "role",
    "provisional", "unknown",
]  # fmt: skip
_NAMED: frozenset[HitKind] = frozenset({"group", "organ", "organisation", "coalition", "office", "person"})
_STATES: frozenset[HitKind] = frozenset({"state", "demonym", "capital"})
_ARMED = frozenset({"MIL", "PRM", "REB", "UAF"})
_REMEMBERED = 100_000  # resolutions kept in memory
# People who are not the group they are named with: 'Boko Haram victims'.
_APART = frozenset({"CIV", "REF", "JRN", "MED", "EDU", "AGR", "LAB", "BUS", "REL"})


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a mention was resolved to, why, and what else it might have been (id, score 0..1, why)."""

    actor: str | None
    country: str | None
    sector: str | None
    name: str | None
    kind: ResolutionKind
    why: str
    candidates: tuple[tuple[str, float, str], ...] = ()
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    match: Match
    reading: Spelling
    tie: str  # the segment's tie to the head
    leans: bool


@dataclass(slots=True)
class _Day:
    """The day asked about, and whether the answer depended on it."""

    on: date | None
    asked: bool = False

    def ask(self) -> date | None:
        self.asked = True
        return self.on


@dataclass(frozen=True, slots=True)
class _Mention:
    """A mention taken apart, with the report's context."""

    text: str
    counted: bool
    pieces: tuple[_Piece, ...]
    day: _Day
    country: str | None  # of the report
    unread: tuple[Match, ...]  # matched, but every reading lacks its context
    head_end: int
    strange: bool  # capitals in the head that no hit explains

    def first(self, kinds: frozenset[HitKind], ties: Sequence[str], last: bool = False) -> _Piece | None:
        found = [p for p in self.pieces if p.reading.kind in kinds and p.tie in ties and not p.leans]
        return (found[-1] if last else found[0]) if found else None


def _blanked(text: str, pieces: Sequence[_Piece]) -> str:
    """The text with every hit struck out."""
    for piece in pieces:
        if piece.match.start < len(text):
            text = text[: piece.match.start] + ";" * (piece.match.end - piece.match.start) + text[piece.match.end :]
    return text.removeprefix("The ")


class Resolver:
    """Resolves mentions against the tables; results are remembered."""

    def __init__(self, tables: Tables, matcher: Matcher, get: Callable[[str], Actor | None]):
        self._tables, self._matcher, self._get = tables, matcher, get
        self._people = People(tables.actors.values())
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
        day = _Day(on)
        found = self._resolve(text, day, country)
        if day.asked:
            self._dated[(text, country, on)] = found
        else:
            self._always[(text, country)] = found
        return found

    def _resolve(self, text: str, day: _Day, country: str | None) -> Resolution:
        mention = self._read(text, day, country)
        for step in (self._named, self._unknown_group, self._similar, self._titled, self._body, self._new_group):
            found = step(mention)
            if found is not None:
                return found
        why = "no known name, role or country"
        if mention.unread:
            why = "its reading needs context that is not given"
        lost = tuple((r.actor, 0.3, "needs context") for m in mention.unread for r in m.readings)
        return Resolution(None, None, None, core(mention.text) or None, "unknown", why, lost)

    def _read(self, text: str, day: _Day, country: str | None) -> _Mention:
        bare, counted = phrase.clean(text)
        folded = fold(bare)
        matches = self._matcher.matches(bare, folded)
        context = self._matcher.context(matches, folded, country)
        parts = phrase.segments(bare)
        pieces, unread = [], []
        queue = list(matches)
        while queue:
            match = queue.pop(0)
            reading = self._choose(match, context)
            if reading is None:
                unread.append(match)
                queue[:0] = self._matcher.inside(bare, folded, match)
                continue
            tie = next((s.tie for s in parts if s.start <= match.start < max(s.end, s.start + 1)), "other")
            if match.start < parts[0].end:
                tie = "head"
            pieces.append(_Piece(match, reading, tie, phrase.leans(bare, match.start, match.end)))
        head_end = max(parts[0].end, *(p.match.end for p in pieces if p.tie == "head"), 0)
        strange = any(c.isupper() for c in _blanked(bare[:head_end], pieces))
        return _Mention(bare, counted, tuple(pieces), day, country, tuple(unread), head_end, strange)

    def _choose(self, match: Match, context: Context) -> Spelling | None:
        """In a lone mention a surname counts without its country."""
        if match.plain or all(r.kind == "person" for r in match.readings):
            return match.readings[0]
        return self._matcher.choose(match, context)

    # --------------------------------------------------------------------------------------- names
    def _named(self, m: _Mention) -> Resolution | None:
        person = m.first(frozenset({"person"}), ("head", "of", "other"))
        if person is not None and self._whole_name(m, person):
            tenures = self._people.of(r.holder for r in person.match.readings if r.kind == "person")
            return self._person(m, tenures, person.reading.holder, "name")
        role = self._role(m)
        piece = m.first(_NAMED - {"person"}, ("head",), last=True)
        if piece is None and (role is None or role.weak or role.sector in _ARMED | {"GOV", "PTY", "OPP", "IGO"}):
            piece = m.first(_NAMED - {"person"}, ("of",))
        if piece is None:
            return None
        actor = self._get(piece.reading.actor)
        if actor is None:
            return None
        if role and role.sector in _APART and piece.reading.kind == "group":
            country = actor.country or m.country
            return self._generic(country, role.sector, f"'{role.name}' beside {actor.id}: not the group itself")
        others = tuple((r.actor, 0.5, "same spelling") for r in piece.match.readings if r.actor != actor.id)
        kind = piece.reading.kind
        return Resolution(actor.id, actor.country, actor.sector, actor.name, kind, f"spelling '{piece.reading.text}'",
                          ((actor.id, 1.0, "spelling"), *others))  # fmt: skip

    def _whole_name(self, m: _Mention, piece: _Piece) -> bool:
        """A surname with a stranger's first name before it is a stranger."""
        written = m.text[piece.match.start : piece.match.end]
        if " " in written:
            return True
        before = m.text[: piece.match.start].split()
        known = {w for p in m.pieces if p is not piece for w in m.text[p.match.start : p.match.end].split()}
        after = m.text[piece.match.end :][:2]
        stranger = bool(before) and before[-1][0].isupper() and before[-1] not in known and not before[-1].endswith(".")
        return not stranger and not (after[:1] == " " and after[1:].isupper())

    def _person(self, m: _Mention, tenures: Sequence[Tenure], name: str, how: str) -> Resolution:
        on = m.day.ask()
        valid = in_office(tenures, on, m.country)
        listed = tuple((t.office.id, 1.0 if t in valid else 0.3, t.holder.name) for t in tenures)
        countries = {t.office.country for t in tenures}
        if valid and (len({t.holder.name for t in valid}) == 1 or how == "title"):
            office = valid[0].office
            held = f"{valid[0].holder.name} held {office.id}" + (f" on {on}" if on else "; no day given")
            return Resolution(office.id, office.country, office.sector, valid[0].holder.name, "person", held, listed)
        country = next(iter(countries)) if len(countries) == 1 else None
        why = "several holders of that name" if valid else f"held no listed office on {on}"
        return Resolution(None, country, None if valid else "ELI", name, "person", why, listed)

    def _titled(self, m: _Mention) -> Resolution | None:
        """'Prime Minister Khan': a common surname behind an office's title."""
        role = self._role(m)
        rest = m.text[: m.head_end].split()
        if role is None or role.office is None or not rest or not rest[-1][0].isupper():
            return None
        place, _ = self._country(m, role)
        tenures = self._people.titled(role.office, place, rest[-1]) or self._people.titled(role.office, None, rest[-1])
        valid = in_office(tenures, m.day.ask(), place)
        if len({(t.office.id, t.holder.name) for t in valid}) != 1:
            return None
        return self._person(m, valid, valid[0].holder.name, "title")

    def _similar(self, m: _Mention) -> Resolution | None:
        if not m.strange:
            return None
        name = core(self._without(m, frozenset({"demonym", "state", "role"})))
        options = self._near.candidates(name) if name else []
        explicit = m.first(_STATES, ("head",))
        if explicit is not None:
            own = explicit.reading.actor[:3]
            options = [o for o in options if self._country_of(o[1]) in (None, own)]
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

    def _without(self, m: _Mention, kinds: frozenset[HitKind]) -> str:
        """The head of the mention with hits of these kinds blanked out."""
        text = list(m.text[: m.head_end])
        for piece in m.pieces:
            if piece.reading.kind in kinds and piece.match.start < m.head_end:
                written = m.text[piece.match.start : piece.match.end]
                if piece.reading.kind != "role" or not group_like(core(m.text[: m.head_end])) or written.islower():
                    text[piece.match.start : piece.match.end] = ";" * len(written)
        return "".join(text)

    # --------------------------------------------------------------------------------------- roles
    def _role(self, m: _Mention) -> Role | None:
        """The head's role: the last strong one, else the last; weak heads look behind 'of' too."""

        def roles(ties: tuple[str, ...]) -> list[Role]:
            return [self._tables.roles[p.reading.text] for p in m.pieces if p.reading.kind == "role" and p.tie in ties and not p.leans]  # fmt: skip

        head = roles(("head",))
        strong = [r for r in head if not r.weak]
        if strong:
            return strong[-1]
        behind = [r for r in roles(("of",)) if not r.weak]
        with_sector = [r for r in head if r.sector]
        if behind and not with_sector:
            return behind[0]
        return (with_sector or head or behind or [None])[-1]  # type: ignore[list-item]

    def _country(self, m: _Mention, role: Role | None) -> tuple[str | None, str]:
        """The country of a role and where it was read."""
        for ties, why in ((("head",), "named with it"), (("of",), "named behind it")):
            piece = m.first(_STATES, ties)
            if piece is not None:
                return piece.reading.actor if piece.reading.actor.startswith("people.") else piece.reading.actor[
                    :3
                ], why
        if role is None or phrase.foreign(m.text):
            return None, ""
        near = m.first(_STATES, ("in",))
        if near is not None and not near.reading.actor.startswith("people."):
            return near.reading.actor[:3], "where it stands"
        if role.local and m.country and (role.sector or role.office):
            return m.country, "from the report's context"
        return None, ""

    def _body(self, m: _Mention) -> Resolution | None:
        role = self._role(m)
        country, where = self._country(m, role)
        if role is None and country is None:
            return None
        if country is not None and country.startswith("people."):
            return self._of_people(m, country, role)
        if role is None:
            return self._bare_state(m, country or "")
        if role.actor:
            actor = self._get(role.actor)
            return Resolution(
                role.actor,
                actor and actor.country,
                actor and actor.sector,
                actor and actor.name,
                "role",
                "one actor only",
            )
        sector = role.sector
        if phrase.former(m.text[: m.head_end]) and sector in STATE_SECTORS:
            return Resolution(None, country, "ELI", None, "role", f"out of office; country {where or 'unknown'}")
        if country and role.office and (office := self._get(f"{country.lower()}.{role.office}")):
            why = f"the office '{role.name}' of {country}, {where}"
            return Resolution(office.id, country, office.sector, office.name, "office", why, ((office.id, 0.9, why),))
        if sector not in STATE_SECTORS and self._stranger(m):
            return (
                None
                if group_like(self._left(m))
                else Resolution(None, country, sector, None, "role", "a person, not listed")
            )
        if sector == "UAF" or sector not in STATE_SECTORS:
            if group_like(self._left(m)):
                return None
        elif not m.counted and group_like(self._left(m)) and role.weak:
            return None
        return self._generic(country, sector, f"role '{role.name}'" + (f", country {where}" if where else ""))

    def _generic(self, country: str | None, sector: str | None, why: str) -> Resolution:
        actor = f"{country}.{sector}" if country and sector else None
        body = self._get(actor) if actor else None
        kind: ResolutionKind = "organ" if body and body.kind == "organ" else "role"
        listed = ((actor, 0.8, why),) if actor else ()
        return Resolution(actor, country, sector, body.name if body else None, kind, why, listed)

    def _bare_state(self, m: _Mention, country: str) -> Resolution | None:
        piece = m.first(_STATES, ("head", "of"))
        if piece is None or piece.tie != "head":
            return None
        if self._stranger(m):
            return (
                None
                if group_like(self._left(m))
                else Resolution(None, country, None, None, "unknown", "a person, not listed")
            )
        state = self._get(country)
        name = state.name if state else None
        if piece.reading.kind == "capital":
            return Resolution(f"{country}.GOV", country, "GOV", name, "capital", f"capital of {country}")
        if m.counted and piece.reading.kind == "demonym":
            return self._generic(country, "CIV", "its people, counted")
        return Resolution(
            country,
            country,
            None,
            name,
            piece.reading.kind,
            f"spelling '{piece.reading.text}'",
            ((country, 1.0, "spelling"),),
        )

    def _of_people(self, m: _Mention, people: str, role: Role | None) -> Resolution:
        """A people acts through the body that speaks or fights for it in that country."""
        bodies = self._tables.people.get(people, {}).get(m.country or "", {})
        sector = role.sector if role else None
        manner = "armed" if sector in _ARMED or (role and role.name in ("fighter", "force")) else "civil"
        known = self._get(people)
        name = known.name if known else None
        body = bodies.get(manner) if sector in _ARMED | STATE_SECTORS or manner == "armed" else None
        actor = self._get(body) if body else None
        if actor is not None:
            why = f"{name} in {m.country}, {manner}"
            return Resolution(actor.id, actor.country, actor.sector, actor.name, "group", why, ((actor.id, 0.7, why),))
        if known and known.country is None and not bodies and role and role.local and sector not in STATE_SECTORS:
            return self._generic(m.country, sector, f"role '{role.name}' of {name}, country from the report's context")
        country = m.country if bodies else (known.country if known else None)
        return Resolution(
            None if role else people, country, sector, name, "role" if role else "demonym", f"people '{name}'"
        )

    # ------------------------------------------------------------------------------------- unknown
    def _left(self, m: _Mention) -> str:
        """The capitalised words that no known role or country explains."""
        return core(self._without(m, frozenset({"demonym", "state", "capital"}))) if m.strange else ""

    def _stranger(self, m: _Mention) -> bool:
        """Whether a capitalised name is left that nothing known explains; 'Clan elders' only opens a sentence."""
        if not m.strange:
            return False
        name = core(_blanked(m.text[: m.head_end], m.pieces))
        opens = " " not in name and m.text.startswith(name + " ") and m.text[m.head_end - 1].islower()
        return name[:1].isupper() and name.lower() not in ("the", "") and not opens

    def _unknown_group(self, m: _Mention) -> Resolution | None:
        if not called_unknown(m.text):
            return None
        name = core(m.text)
        plain = m.text.removeprefix("the ").removeprefix("The ")
        return self._provisional(m, name if group_like(name) else plain, "UAF", "called unknown in the text")

    def _new_group(self, m: _Mention) -> Resolution | None:
        name = self._left(m)
        return (
            self._provisional(m, name, sector_of(name), "reads as a group's name, not listed")
            if group_like(name)
            else None
        )

    def _provisional(self, m: _Mention, name: str, sector: str, why: str) -> Resolution:
        actor = f"provisional.{slug(name)}"
        piece = m.first(_STATES, ("head", "of", "in"))
        country = piece.reading.actor[:3] if piece and not piece.reading.actor.startswith("people.") else m.country
        return Resolution(actor, country, sector, name, "provisional", why, ((actor, 0.5, why),), True)
