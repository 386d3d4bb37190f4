"""Roles with their country: 'the army chief', 'Israel's defence minister', 'a Kurdish official'."""

from __future__ import annotations

from collections.abc import Callable

from detente.records import Actor
from detente.reference.actors import phrase
from detente.reference.actors.mention import Mention
from detente.reference.actors.resolution import ARMED, STATES, Resolution, ResolutionKind
from detente.reference.actors.tables import STATE_SECTORS, Role, Tables

_ARMED = Role("armed people", "UAF", plural=True)
_CIVIL = frozenset({"CIV", "AGR", "LAB", "EDU"})
_HEADS = frozenset({"leader", "leadership"})  # of a state: its government


class Bodies:
    """Finds the body that a role and a country make."""

    def __init__(self, tables: Tables, get: Callable[[str], Actor | None]):
        self._tables, self._get = tables, get

    def role(self, m: Mention) -> Role | None:
        """The head's role: the last strong one, else the last; a weak head looks behind 'of' too."""
        head = self._roles(m, "head")
        strong = [r for r in head if not r.weak]
        if strong:
            forces = head[-1].weak and head[-1].sector == "MIL" and strong[-1].sector == "GOV"
            return head[-1] if forces else strong[-1]
        behind = [r for r in self._roles(m, "of") if not r.weak]
        with_sector = [r for r in head if r.sector]
        if behind and not with_sector:
            return behind[0]
        last = with_sector or head or behind
        return last[-1] if last else None

    def _roles(self, m: Mention, tie: str) -> list[Role]:
        here = [p for p in m.pieces if p.reading.kind == "role" and p.tie == tie and not p.leans]
        joined = m.text.find(" and ", here[0].match.end) if here else -1  # of 'soldiers and their allies' the first
        named = [self._tables.roles[p.reading.text] for p in here if joined < 0 or p.match.start < joined]
        civil = all(r.sector in _CIVIL for r in named)
        if civil and tie == "head" and not m.stranger() and phrase.armed(m.text[: m.head_end]):
            return [_ARMED]
        return named

    def country(self, m: Mention, role: Role | None) -> tuple[str | None, str]:
        """The country (or people) of a role and where it was read."""
        for tie, why in (("head", "named with it"), ("of", "named behind it")):
            piece = m.first(STATES, (tie,))
            if piece is not None:
                actor = piece.reading.actor
                return (actor if actor.startswith("people.") else actor[:3]), why
        if role is None or phrase.foreign(m.text):
            return None, ""
        near = m.first(STATES, ("in",))
        if near is not None and role.local and not near.reading.actor.startswith("people."):
            return near.reading.actor[:3], "where it stands"
        if role.local and not m.pointing and m.country and (role.sector or role.office):
            return m.country, "from the report's context"
        return None, ""

    def resolve(self, m: Mention) -> Resolution | None:
        """The body of a role, or the bare state; None where there is neither, or a new group's name instead."""
        role = self.role(m)
        country, where = self.country(m, role)
        if country is not None and country.startswith("people."):
            return self._of_people(m, country, role)
        if role is None:
            return self._bare_state(m, country) if country else self._form_of_state(m)
        if role.national and where.startswith("named"):
            return self.generic(country, role.national, f"role '{role.name}' of {country}, {where}")
        if role.sector is None and role.name in _HEADS and where.startswith("named"):
            return self.generic(country, "GOV", f"role '{role.name}', country {where}")
        if role.sector is None or role.sector in ARMED:
            backed = self._backed(m)
            if backed is not None:
                return backed
        if phrase.former(m.text[: m.head_end]) and role.sector in STATE_SECTORS:
            return Resolution(None, country, "ELI", None, "role", f"out of office; country {where or 'unknown'}")
        office = self._get(f"{country.lower()}.{role.office}") if country and role.office else None
        if office is not None:
            why = f"the office '{role.name}' of {country}, {where}"
            return Resolution(office.id, country, office.sector, office.name, "office", why, ((office.id, 0.9, why),))
        stateless = role.sector not in STATE_SECTORS
        if (stateless or (role.weak and not m.counted)) and m.groups.like(m.left()):
            return None
        if stateless and m.stranger():
            return Resolution(None, country, role.sector, None, "role", "a person, not listed")
        return self.generic(country, role.sector, f"role '{role.name}'" + (f", country {where}" if where else ""))

    def _backed(self, m: Mention) -> Resolution | None:
        """'Iran-backed militias' in a report about Iraq: whom that state backs there."""
        for piece in m.pieces:
            if (
                not piece.leans
                or piece.tie != "head"
                or piece.reading.kind not in STATES
                or phrase.against(m.text, piece.match.start)
            ):
                continue
            backer = piece.reading.actor[:3]
            named = [
                p.reading.actor[:3] for p in m.pieces if p.reading.kind in STATES and not p.leans and p.tie == "head"
            ]
            place = named[0] if named else m.country or ""
            actor = self._get(self._tables.proxies.get((backer, place), ""))
            if actor is not None:
                why = f"backed by {backer} in {place}"
                return Resolution(
                    actor.id, actor.country, actor.sector, actor.name, "group", why, ((actor.id, 0.8, why),)
                )
        return None

    def generic(self, country: str | None, sector: str | None, why: str) -> Resolution:
        """A sector of a country: "IRQ.MIL"; without a country no actor."""
        actor = f"{country}.{sector}" if country and sector else None
        body = self._get(actor) if actor else None
        kind: ResolutionKind = "organ" if body and body.kind == "organ" else "role"
        listed = ((actor, 0.8, why),) if actor else ()
        return Resolution(actor, country, sector, body.name if body else None, kind, why, listed)

    def _bare_state(self, m: Mention, country: str) -> Resolution | None:
        piece = m.first(STATES, ("head",))
        if piece is None or m.groups.like(m.left()):
            return None
        if m.stranger():
            return Resolution(None, country, None, None, "unknown", "a person, not listed")
        state = self._get(country)
        name = state.name if state else None
        kind = piece.reading.kind
        if kind == "capital":
            return Resolution(f"{country}.GOV", country, "GOV", name, kind, f"capital of {country}")
        if self._arms(m.text[piece.match.end : m.head_end]):
            return self.generic(country, "MIL", "its weapons")
        if m.counted and kind == "demonym":
            return self.generic(country, "CIV", "its people, counted")
        why = f"spelling '{piece.reading.text}'"
        return Resolution(country, country, None, name, kind, why, ((country, 1.0, why),))

    def _arms(self, rest: str) -> bool:
        """Whether what follows a state's name is a weapon or its use: 'Pakistani shelling'."""
        words = rest.lower().split()
        return bool(words) and words[-1] in self._tables.wording.arms

    def _form_of_state(self, m: Mention) -> Resolution | None:
        """'The kingdom' in a report about a kingdom."""
        text = m.text.lower().removeprefix("the ")
        if not m.country or m.pointing or m.country not in self._tables.wording.forms_of_state.get(text, ()):
            return None
        state = self._get(m.country)
        why = f"'{text}': the state the report is about"
        name = state.name if state else None
        return Resolution(m.country, m.country, None, name, "state", why, ((m.country, 0.7, why),))

    def _of_people(self, m: Mention, people: str, role: Role | None) -> Resolution:
        """A people acts through the body that speaks or fights for it in that country."""
        bodies = self._tables.people.get(people, {}).get(m.country or "", {})
        sector = role.sector if role else None
        unnamed = role is not None and sector == "UAF" and not role.weak  # 'Druze gunmen': whose, nobody says
        manner = "armed" if sector in ARMED else "civil"
        known = self._get(people)
        name = known.name if known else None
        heads = role is not None and role.name in _HEADS
        body = bodies.get(manner) if (sector in ARMED | STATE_SECTORS or heads) and not unnamed else None
        actor = self._get(body) if body else None
        if actor is not None:
            why = f"{name} in {m.country}, {manner}"
            return Resolution(actor.id, actor.country, actor.sector, actor.name, "group", why, ((actor.id, 0.7, why),))
        country = known.country if known and known.country else m.country if bodies or (role and role.local) else None
        if role is not None and country and sector not in STATE_SECTORS:
            return self.generic(country, sector, f"role '{role.name}' of {name}")
        if role is None:
            return Resolution(people, country, None, name, "demonym", f"people '{name}'")
        return Resolution(None, country, sector, name, "role", f"role '{role.name}' of people '{name}'")
