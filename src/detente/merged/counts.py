"""A dyad's lines by day and the days of its attacks, counted by kinds: the rules are asked once for each, DuckDB counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from detente.merged.kinds import example
from detente.merged.read import Archive
from detente.records import SCORES, LineCount
from detente.reference.actors import load
from detente.reference.theatre import LullDefinition, Theatre
from detente.tension.series import Placed, line_of
from detente.tension.sides import Watch, why_not

# kinds that differ in nothing that matters to this dyad: names of neither side are left out, so are other countries
_ALIKE = """
SELECT list(DISTINCT kind) AS kinds, arg_min(k, kind) AS one FROM {kinds} AS k WHERE party IN (%s)
GROUP BY type, act, modality, retracted, summed, assumed, nobody, struck, known, site, precise, hosts,
  list_sort(list_intersect(doers, ?::VARCHAR[])), list_sort(list_intersect(recipients, ?::VARCHAR[])),
  CASE WHEN list_contains(?::VARCHAR[], country) THEN country END, list_has_any(modes, ?::VARCHAR[]), corroborated AND ?
ORDER BY min(kind)
"""
_COUNTED = """
WITH told AS (SELECT unnest(?) AS kind, unnest(?) AS start, unnest(?) AS until, unnest(?) AS line, unnest(?) AS score, unnest(?) AS counts),
held AS (SELECT DISTINCT id, day, kind FROM {index} WHERE party IN (%s) AND kind IN (SELECT kind FROM told)
  AND day <= ? AND since <= ? AND (until IS NULL OR until > ?))
SELECT day, line, counts, count(*) AS n, {ids} AS ids, sum(score) AS score FROM held JOIN told USING (kind)
WHERE day >= start AND day < told.until GROUP BY ALL
"""


def counted(
    archive: Archive, watch: Watch, theatre: Theatre, both: set[str], parties: Iterable[str], *, named: bool = True
) -> tuple[Placed, tuple[date, ...]]:
    """The lines by day, and the day of each attack that counts, sorted: as known on the archive's day.

    `both`: every name that belongs to a side on any day; `parties`: under what names the dyad's incidents are found.
    `named`: the ids of a line's incidents too, which take longer to read than to count.
    """
    definition, wanted = theatre.lulls.get(watch.dyad.id, LullDefinition()), sorted(parties)
    names, countries = sorted(both), sorted({*watch.dyad.a, *watch.dyad.b})
    proven = definition.proof == "corroborated"
    marks = ", ".join("?" * len(wanted))
    alike = archive.ask(_ALIKE % marks, *wanted, names, names, countries, sorted(definition.modes), proven)
    told = [each for group in alike for each in _told(group, watch, definition, _turns(group["one"], both, theatre))]
    if not told:
        return {}, ()
    columns = [list(each) for each in zip(*told, strict=True)]
    counting = _COUNTED.replace("{ids}", "list(id)" if named else "[]") % marks
    rows = archive.ask(counting, *columns, *wanted, archive.as_of, archive.stand, archive.stand)
    found: dict[date, dict[str, list[Any]]] = {}
    for row in (each for each in rows if each["line"]):
        line = found.setdefault(row["day"], {}).setdefault(row["line"], [0, 0.0])
        line[0] += row["n"]
        line[1] += row["score"]
        line += row["ids"]
    placed = {
        day: [LineCount(name, n, round(score, 4), tuple(sorted(ids))) for name, (n, score, *ids) in lines.items()]
        for day, lines in found.items()
    }
    return placed, tuple(sorted(row["day"] for row in rows if row["counts"] for _ in range(row["n"])))


def _told(
    group: dict[str, Any], watch: Watch, definition: LullDefinition, turns: set[date]
) -> Iterable[tuple[Any, ...]]:
    """What the rules say of kinds that are alike, for each stretch of days on which nobody changes sides."""
    for start, until in pairwise(sorted({date.min, *turns, date.max})):
        one = example(group["one"], start)
        line, counts = line_of(one, watch), why_not(one, watch, definition) is None
        if line or counts:
            yield from ((kind, start, until, line, SCORES.get(one.type, 0.0), counts) for kind in group["kinds"])


def _turns(one: dict[str, Any], both: set[str], theatre: Theatre) -> set[date]:
    """The days on which somebody in an incident, or at a site of it, comes to another side or leaves one."""
    index = load(tuple(theatre.actors))
    found = {day for name in both.intersection([*one["doers"], *one["recipients"]]) for day in index.turns(name)}
    at = {*one["hosts"], one["site"]}
    for host in (host for place in theatre.places if place.id in at for host in place.hosts):
        found |= {
            host.start or date.min,
            host.end + timedelta(days=1) if host.end else date.min,
            *index.turns(host.actor),
        }
    return found
