"""A theatre out of its `theatre.toml`.

Unknown keys and impossible values raise ConfigError naming file, table and key: a typing slip in a
watch list must never silently watch nothing.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

from detente.records import TYPES, Actor, Affiliation, ConfigError, Dyad, Holder, PlacePrecision
from detente.reference.tables import Table, locate
from detente.reference.theatre import Coverage, Direction, Hosting, LullDefinition, Outlet, Proof, Theatre, TheatrePlace

ActorKind = Literal[
    "state", "organ", "office", "organisation", "group", "coalition", "party", "role", "people", "provisional"
]  # fmt: skip
Tie = Literal["member", "part", "ally", "backed", "aligned", "parent", "office"]


def load_theatre(path: Path | str) -> Theatre:
    """Read a theatre from its file, its folder or a bundled name; ConfigError says what is wrong and where."""
    file = locate(path)
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: {error}") from error
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from error
    return _theatre(Table(data, file.name), file.parent)


def _theatre(table: Table, folder: Path) -> Theatre:
    period = Table(table.take("period", dict, {}), f"{table.where}[period]")
    dyads = tuple(_dyad(row) for row in table.tables("dyad"))
    theatre = Theatre(
        id=table.text("id", required=True),
        name=table.text("name", required=True),
        section=table.text("section", ""),
        dyads=dyads,
        actors=tuple(_actor(row) for row in table.tables("actor")),
        places=tuple(_place(row) for row in table.tables("place")),
        outlets=tuple(_outlet(row) for row in table.tables("outlet")),
        lulls=_lulls(table, dyads),
        coverage=_coverage(Table(table.take("coverage", dict, {}), f"{table.where}[coverage]")),
        languages=table.strings("languages", ("en",)),
        period=(period.day("start"), period.day("end")),
        countries=table.strings("countries"),
        feeds=table.strings("feeds"),
        folder=folder,
    )
    period.done()
    table.done()
    _check_ids(theatre, table.where)
    return theatre


def _check_ids(theatre: Theatre, where: str) -> None:
    for kind, things in (("dyad", theatre.dyads), ("actor", theatre.actors), ("place", theatre.places)):
        ids = [each.id for each in things]
        twice = sorted({each for each in ids if ids.count(each) > 1})
        if twice:
            raise ConfigError(f"{where}: the {kind} '{twice[0]}' stands twice")
    if not theatre.dyads:
        raise ConfigError(f"{where}: a theatre needs at least one [[dyad]]")


def _dyad(row: Table) -> Dyad:
    made = Dyad(
        id=row.text("id", required=True),
        name=row.text("name", required=True),
        a=row.strings("a"),
        b=row.strings("b"),
        a_name=row.text("a_name", ""),
        b_name=row.text("b_name", ""),
    )
    if not made.a or not made.b:
        raise ConfigError(f"{row.where}: both sides need at least one actor id (keys 'a' and 'b')")
    row.done()
    return made


def _actor(row: Table) -> Actor:
    ties = []
    for tie in row.tables("affiliation"):
        kind = tie.choice("kind", Tie, "aligned")
        ties.append(
            Affiliation(tie.text("to", required=True), kind, tie.day("start"), tie.day("end"), tie.text("source", ""))
        )
        tie.done()
    holders = []
    for row_holder in row.tables("holder"):
        name = row_holder.text("name", required=True)
        holders.append(Holder(name, row_holder.day("start"), row_holder.day("end")))
        row_holder.done()
    made = Actor(
        id=row.text("id", required=True),
        name=row.text("name", required=True),
        kind=row.choice("kind", ActorKind, "group"),
        names=row.strings("names"),
        country=row.text("country"),
        sector=row.text("sector"),
        wikidata=row.text("wikidata"),
        affiliations=tuple(ties),
        holders=tuple(holders),
        first_seen=row.day("first_seen"),
        note=row.text("note", ""),
    )
    row.done()
    return made


def _place(row: Table) -> TheatrePlace:
    hosts = []
    for entry in row.take("hosts", list, []):
        if isinstance(entry, str):
            hosts.append(Hosting(entry))
            continue
        host = Table(entry, f"{row.where}.hosts")
        hosts.append(Hosting(host.text("actor", required=True), host.day("start"), host.day("end")))
        host.done()
    made = TheatrePlace(
        id=row.text("id", required=True),
        name=row.text("name", required=True),
        spellings=row.strings("spellings"),
        lat=row.number("lat"),
        lon=row.number("lon"),
        country=row.text("country"),
        admin1=row.text("admin1"),
        precision=row.choice("precision", PlacePrecision, "site"),
        radius_km=row.number("radius_km"),
        hosts=tuple(hosts),
    )
    row.done()
    return made


def _outlet(row: Table) -> Outlet:
    made = Outlet(
        name=row.text("name", required=True),
        kind=row.text("kind", ""),
        country=row.text("country"),
        owner=row.text("owner"),
        party=row.take("party", bool, False),
        party_to=row.strings("party_to"),
        reliability=row.text("reliability", "F"),
        language=row.text("language"),
        note=row.text("note", ""),
    )
    row.done()
    return made


def _lulls(table: Table, dyads: tuple[Dyad, ...]) -> dict[str, LullDefinition]:
    rows, found = Table(table.take("lull", dict, {}), f"{table.where}[lull]"), {}
    for dyad_id in list(rows.left):
        row = Table(rows.take(dyad_id, dict), f"{rows.where}.{dyad_id}")
        if dyad_id not in {each.id for each in dyads}:
            raise ConfigError(f"{rows.where}: '{dyad_id}' is no dyad of this theatre")
        found[dyad_id] = _lull(row)
    return found


def _lull(row: Table) -> LullDefinition:
    made = LullDefinition(
        target_class=row.text("target_class", LullDefinition().target_class),
        acts=row.strings("acts", ("ASSAULT",)),
        modes=row.strings("modes"),
        direction=row.choice("direction", Direction, "b-to-a"),
        proof=row.choice("proof", Proof, "reported"),
        minimum_days=row.take("minimum_days", int, 14),
        unnamed=row.take("unnamed", bool, True),
        note=row.text("note", ""),
    )
    unknown = [act for act in made.acts if act not in TYPES]
    if unknown:
        raise ConfigError(f"{row.where}: 'acts' has {unknown[0]!r}, which is no PLOVER type")
    if made.minimum_days < 1:
        raise ConfigError(f"{row.where}: 'minimum_days' must be 1 or more")
    row.done()
    return made


def _coverage(row: Table) -> Coverage:
    made = Coverage(
        start=row.day("start"),
        end=row.day("end"),
        sources=row.strings("sources"),
        silent_days=row.take("silent_days", int, 7),
        note=row.text("note", ""),
    )
    row.done()
    return made
