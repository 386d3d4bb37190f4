"""Reads the actors' data files: plain TOML tables in, actors and their spellings out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from importlib.resources import files
from typing import Any, Literal

from detente.records import Actor, Affiliation, ConfigError, Holder
from detente.reference.parsed import parsed

HitKind = Literal[
    "state", "demonym", "organ", "office", "person", "group", "coalition", "organisation", "capital", "role",
]  # fmt: skip
Case = Literal["exact", "name", "any"]
_HIT_KIND: dict[str, HitKind] = {
    "state": "state", "organ": "organ", "office": "office", "organisation": "organisation", "group": "group",
    "party": "group", "provisional": "group", "coalition": "coalition", "people": "demonym", "role": "role",
}  # fmt: skip
# The sectors that are the state itself; the others only live in its country.
STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
SECTOR_NAMES = {
    "GOV": "government", "MIL": "military", "COP": "police", "JUD": "courts", "LEG": "parliament",
    "SPY": "intelligence service", "OPP": "opposition", "PRM": "militias", "REB": "rebels", "CIV": "civilians",
    "UAF": "armed men", "UNK": "unidentified people", "PTY": "parties", "REL": "religious community",
    "JRN": "journalists", "MED": "health workers", "EDU": "educators and researchers", "BUS": "businesses",
    "LAB": "workers", "AGR": "farmers", "CRM": "criminals", "REF": "refugees", "NGO": "aid organisations",
    "IGO": "international organisation", "SOC": "civil society", "ELI": "former officials",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write an actor, and when it may be read so.

    `case`: "exact" = letter for letter; "name" = capitals where the spelling has them; "any".
    With `when_country` or `needs_words` it counts only beside one of these countries or words;
    beside one of `unless_words` it never does.
    """

    text: str
    actor: str
    kind: HitKind
    case: Case = "name"
    when_country: frozenset[str] = frozenset()
    needs_words: frozenset[str] = frozenset()
    unless_words: frozenset[str] = frozenset()
    native: bool = False
    holder: str = ""  # the holder whose name this is

    @property
    def ruled(self) -> bool:
        """Whether it needs context."""
        return bool(self.when_country or self.needs_words)

    @property
    def plain(self) -> bool:
        """Whether it can be read anywhere: no rule, and no person."""
        return not (self.when_country or self.needs_words or self.unless_words or self.kind == "person")


@dataclass(frozen=True, slots=True)
class Role:
    """A generic noun for people who act: 'troops', 'lawmakers'.

    `weak` ones take the sector of a word before them ('rebel troops'); `local` ones belong to the
    country the report speaks of; `office` is the office the word names within a state; `national` is the
    sector it has when a state is named with it ('Russian peacekeepers').
    """

    name: str
    sector: str | None
    plural: bool = False
    weak: bool = False
    local: bool = True
    office: str | None = None
    national: str | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """How names are written; see data/wording.toml."""

    families: dict[str, tuple[str, ...]] = field(default_factory=dict)  # a word -> its other spellings
    heads: frozenset[str] = frozenset()
    title_acronyms: frozenset[str] = frozenset()
    group_words: frozenset[str] = frozenset()
    neutral_words: frozenset[str] = frozenset()
    before_surnames: frozenset[str] = frozenset()
    arms: frozenset[str] = frozenset()
    namesakes: frozenset[str] = frozenset()
    given_states: frozenset[str] = frozenset()
    forms_of_state: dict[str, frozenset[str]] = field(default_factory=dict)  # "kingdom" -> the states that are one


@dataclass(slots=True)
class Tables:
    """All reference data about actors, as read."""

    actors: dict[str, Actor] = field(default_factory=dict)
    spellings: list[Spelling] = field(default_factory=list)
    roles: dict[str, Role] = field(default_factory=dict)  # by noun, lower case
    masks: tuple[str, ...] = ()  # phrases that hold an actor's name and are no actor
    adjectives: dict[str, str] = field(default_factory=dict)  # ISO3 -> "Iraqi"
    people: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)  # people id -> country -> body
    proxies: dict[tuple[str, str], str] = field(default_factory=dict)  # (backer, country) -> whom it backs there
    died: set[tuple[str, str]] = field(default_factory=set)  # (office, holder): died in office, never a former official
    wording: Wording = field(default_factory=Wording)


def _acronym(text: str) -> bool:
    return text.isupper() and sum(c.isalpha() for c in text) <= 6 and " " not in text


def spelling(entry: str | dict[str, Any], actor: str, kind: HitKind, case: Case | None = None) -> Spelling:
    """A Spelling from a data entry: a plain string, or a table with `text` and its context rule."""
    table: dict[str, Any] = {"text": entry} if isinstance(entry, str) else entry
    text = table["text"]
    return Spelling(
        text, actor, kind,
        table.get("case") or case or ("exact" if _acronym(text) else "name"),
        frozenset(table.get("when_country", ())),
        frozenset(w.lower() for w in table.get("needs_words", ())),
        frozenset(w.lower() for w in table.get("unless_words", ())),
    )  # fmt: skip


def _affiliations(row: dict[str, Any]) -> tuple[Affiliation, ...]:
    ties: Iterable[dict[str, Any]] = row.get("affiliations", ())
    return tuple(Affiliation(t["to"], t["kind"], t.get("start"), t.get("end"), t.get("source", "")) for t in ties)


def _text(entry: str | dict[str, Any]) -> str:
    return entry if isinstance(entry, str) else str(entry["text"])


def _actor(key: str, row: dict[str, Any], tables: Tables, sector: str | None) -> None:
    kind = row.get("kind", "group")
    entries = [row["name"], *row.get("names", ())] if not row.get("unspoken") else list(row.get("names", ()))
    native = row.get("native", ())
    tables.actors[key] = Actor(
        key, row["name"], kind, tuple(dict.fromkeys([*map(_text, entries), *native])),
        row.get("country"), row.get("sector", sector), row.get("wikidata"),
        _affiliations(row), (), None, row.get("note", ""),
    )  # fmt: skip
    tables.spellings += [spelling(e, key, _HIT_KIND[kind]) for e in entries]
    tables.spellings += [Spelling(n, key, _HIT_KIND[kind], native=True) for n in native]
    for backer in row.get("proxy_of", ()):
        tables.proxies[(backer, row["country"])] = key
    if "speaks_for" in row:
        tables.people[key] = row["speaks_for"]


def _state(iso3: str, row: dict[str, Any], tables: Tables) -> None:
    names = [{"text": row["name"], **row.get("rule", {})}, *row.get("names", ())]
    every = [*map(_text, names), *row.get("native", ())]
    tables.actors[iso3] = Actor(iso3, row["name"], "state", tuple(every), iso3, None, row.get("wikidata"))
    tables.spellings += [spelling(n, iso3, "state") for n in names]
    tables.spellings += [Spelling(n, iso3, "state", native=True) for n in row.get("native", ())]
    tables.spellings += [spelling(n, iso3, "demonym") for n in (*row.get("adjectives", ()), *row.get("people", ()))]
    tables.spellings += [spelling(n, f"{iso3}.GOV", "capital") for n in row.get("capitals", ())]
    if row.get("adjectives"):
        tables.adjectives[iso3] = _text(row["adjectives"][0])


def _roles(data: dict[str, Any], tables: Tables) -> None:
    for row in data["role"]:
        for nouns in row["nouns"]:
            forms = nouns.split("|")
            for place, noun in enumerate(forms):
                tables.roles[noun] = Role(
                    forms[0], row.get("sector"), place > 0 or bool(row.get("plural")), bool(row.get("weak")),
                    row.get("local", True), row.get("office"), row.get("national"),
                )  # fmt: skip
                tables.spellings.append(Spelling(noun, f"role.{noun}", "role", "any"))
    tables.masks = tuple(data.get("masks", ()))


def _holders(rows: Iterable[dict[str, Any]]) -> tuple[Holder, ...]:
    return tuple(Holder(r["name"], r.get("start"), r.get("end")) for r in rows)


def person_spellings(name: str, also: Iterable[str], short: str | None) -> list[str]:
    """How a holder is written: the full name, other spellings, and the surname unless it is "" (too common)."""
    last = name.rsplit(" ", 1)[-1] if short is None else short
    return [s for s in dict.fromkeys([name, *also, last]) if s]


def _office(key: str, row: dict[str, Any], tables: Tables) -> None:
    country = row.get("country")
    body = row.get("of") or f"{country}.{row.get('sector', 'GOV')}"
    tables.actors[key] = Actor(
        key, row["name"], "office", tuple(map(_text, row.get("names", ()))), country, row.get("sector", "GOV"),
        row.get("wikidata"), (Affiliation(body, "office", source=row.get("source", "")),), _holders(row["holders"]),
        None, row.get("note", ""),
    )  # fmt: skip
    tables.spellings += [spelling(n, key, "office") for n in row.get("names", ())]
    tables.died |= {(key, h["name"]) for h in row["holders"] if h.get("died")}
    for holder in row["holders"]:
        for text in person_spellings(holder["name"], holder.get("also", ()), holder.get("short")):
            tables.spellings.append(Spelling(text, key, "person", holder=holder["name"]))


def read_tables() -> Tables:
    """Every data file of this folder as one Tables; ConfigError names the file that cannot be read."""
    tables = Tables()
    for name, data in parsed(files(__package__).joinpath("data"), "actors").items():
        try:
            if name == "roles.toml":
                _roles(data, tables)
                continue
            if name == "wording.toml":
                families = {w: tuple(family) for family in data.pop("families") for w in family}
                forms = {form: frozenset(states) for form, states in data.pop("forms_of_state").items()}
                tables.wording = Wording(families, forms_of_state=forms, **{k: frozenset(v) for k, v in data.items()})
                continue
            for key, row in data.items():
                if name == "states.toml":
                    _state(key, row, tables)
                elif name == "offices.toml":
                    _office(key, row, tables)
                else:
                    _actor(key, row, tables, None)
        except (KeyError, TypeError) as error:
            raise ConfigError(f"{name}: {error!r} is missing or of the wrong kind") from error
    tables.spellings += _initials(tables)
    titled = [s for s in tables.spellings if s.text in tables.wording.title_acronyms]
    tables.spellings += [replace(s, text=s.text.capitalize(), case="name") for s in titled]
    return tables


def _initials(tables: Tables) -> list[Spelling]:
    """'BRA' for the Bougainville Revolutionary Army in news of its country, where no one else is written so."""
    taken = {s.text.upper() for s in tables.spellings}
    found: dict[tuple[str, str], list[Actor]] = {}
    for actor in tables.actors.values():
        letters = "".join(word[0] for word in actor.name.split() if word[0].isupper())
        if actor.kind in ("group", "party", "coalition") and actor.country and 3 <= len(letters) <= 6:
            found.setdefault((letters, actor.country), []).append(actor)
    return [
        Spelling(letters, who[0].id, _HIT_KIND[who[0].kind], "exact", frozenset({country}))
        for (letters, country), who in found.items()
        if len(who) == 1 and letters.isascii() and letters not in taken and letters.lower() not in _NOT_INITIALS
    ]


_NOT_INITIALS = frozenset("for the was are war oil his her who all can two six ten may its mps".split())


def holds(holder: Holder, on: date | None) -> bool:
    """Whether `holder` was in office on that day; an unknown day (None) fits every holder."""
    return on is None or ((holder.start is None or holder.start <= on) and (holder.end is None or on <= holder.end))
