"""Reading a merged dataset: only the rows of those who can matter, on the day one stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from detente.arrow import maker
from detente.files import read_any
from detente.merged.layout import light, manifest_of, world_of
from detente.records import Event, FileFormatError, Gap, Heard, Incident, InputError, Tripwire, in_a_line
from detente.reference.theatre import Theatre
from detente.tension.reporting import Reporting

_WIDE = 2000  # incidents asked for in one query


class Archive:
    """A merged dataset, open for reading as of one day (None: the last)."""

    def __init__(self, folder: Path, theatre: Theatre | None, as_of: date | None = None) -> None:
        self.folder, self.manifest = folder, manifest_of(folder)
        if self.manifest["made"]["world"] != world_of(theatre):
            raise InputError(
                f"{folder} was merged for the theatre '{self.manifest['made']['theatre'] or 'none'}' as it was then, by "
                "Detente as it was then: name that one with --theatre, or merge again"
            )
        self._db = duckdb.connect(config={"memory_limit": "2GB"})
        self._db.execute("SET parquet_metadata_cache = true")  # the index of ten million mentions has 4 MB of it
        self.stands = [date.fromisoformat(each["as_of"]) for each in self.manifest["stands"]]
        self.as_of = as_of or self.stands[-1]
        self.stand = self._stand()
        self.outlets: dict[str, str | None] = {}  # who published the reports of what was read, by their ids

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def ask(self, query: str, *values: Any) -> list[dict[str, Any]]:
        """The rows of a query; FileFormatError where a file is missing or damaged. {name} stands for a table."""
        tables = {name: self._table(name) for name in ("index", "kinds", "parties", "tripwires", "reports", "records")}
        try:
            found = self._db.execute(query.format(**tables), list(values))
            names = [each[0] for each in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        except duckdb.Error as error:
            raise FileFormatError(str(self.folder), f"damaged merged dataset ({in_a_line(error, 160)})") from error

    def _table(self, name: str) -> str:
        at = str(self.folder / (f"{name}/*/*.parquet" if name == "records" else f"{name}.parquet")).replace("'", "''")
        return (
            f"read_parquet('{at}', hive_partitioning = {str(name == 'records').lower()}, hive_types_autocast = false)"
        )

    def _stand(self) -> date:
        """The day whose merge tells what was known on `as_of`: the last before, if no report came in between."""
        before = max((day for day in self.stands if day <= self.as_of), default=None)
        rows = self.ask("SELECT max(day) AS day FROM {reports} WHERE day <= ?", self.as_of)
        last = rows[0]["day"]
        if last is None:
            raise InputError(f"{self.folder}: nothing was reported by {self.as_of}")
        if before is None or last > before:
            held = ", ".join(str(day) for day in self.stands[-5:])
            raise InputError(
                f"{self.folder} cannot be read as of {self.as_of}: it was merged as known on {held}"
                f"{' and earlier days' * (len(self.stands) > 5)}. Merge again with --as-of {self.as_of}"
            )
        return before

    def counts(self) -> dict[str, int]:
        """Articles, mentions, reviewed mentions and incidents known on the day."""
        at = self.stands.index(self.stand)
        return {name: n for name, n in self.manifest["stands"][at].items() if name != "as_of"}

    def reporting(self, by_outlet: bool) -> Reporting:
        """Reports by day; `by_outlet`: and by outlet, else as of one that is not named."""
        name = "outlet" if by_outlet else "''"
        found: dict[str, dict[date, int]] = {}
        for row in self.ask(
            f"SELECT {name} AS outlet, day, CAST(sum(reports) AS BIGINT) AS reports FROM {{reports}} WHERE day <= ? "
            "GROUP BY ALL ORDER BY day, outlet", self.as_of,
        ):  # fmt: skip
            found.setdefault(row["outlet"], {})[row["day"]] = row["reports"]
        return Reporting(found)

    def listening(self) -> tuple[list[Gap], list[Heard]]:
        """Gaps and answers that were noted."""
        every = list(read_any(self.folder / "listening.jsonl"))
        return [each for each in every if isinstance(each, Gap)], [each for each in every if isinstance(each, Heard)]

    def parties(self) -> list[str]:
        """Every name that incidents are found under."""
        return [row["party"] for row in self.ask("SELECT party FROM {parties} ORDER BY party")]

    def tripwires(self, parties: Iterable[str], against: Iterable[str]) -> tuple[list[Tripwire], list[Event]]:
        """Tripwires held by any of these, each once, in their states on the day of the merge; and the mentions of their deeds.

        Promises, and threats that are aimed at any of `against` or at nobody known.
        """
        names = sorted(parties)
        if not names:
            return [], []
        rows = self.ask(
            f"SELECT id, tripwire, mention FROM {{tripwires}} WHERE party IN {_any(names)} AND since <= ? "
            "AND (until IS NULL OR until > ?) AND (promise OR len(aimed) = 0 OR list_has_any(aimed, ?::VARCHAR[]))",
            *names, self.stand, self.stand, sorted(against),
        )  # fmt: skip
        rows = list({row["id"]: row for row in rows}.values())
        said = {row["mention"]["id"]: row["mention"] for row in rows if row["mention"]}
        wires = [maker(Tripwire)(row["tripwire"]) for row in rows]
        return wires, [maker(Event)(each) for each in said.values()]

    def incidents(self, parties: Iterable[str], where: str = "true", *values: Any) -> list[Incident]:
        """Incidents found under any of these names, each once: see `layout.light` for what they hold."""
        names = sorted(parties)
        if not names:
            return []
        these = f"{{index}} WHERE party IN {_any(names)} AND since <= ? AND (until IS NULL OR until > ?) AND ({where})"
        asked = *names, self.stand, self.stand, *values
        # the first of them is found by a few columns; whole rows before it are then passed over unread
        (first,) = self.ask(f"SELECT CASE WHEN count(*) = count(told) THEN min(told) END AS told FROM {these}", *asked)
        later = f" AND told >= DATE '{first['told']}'" if first["told"] else ""
        rows = self.ask(
            f"SELECT * EXCLUDE (party, since, until, day, told, kind, doers, sites, nobody) FROM {these}{later}", *asked
        )
        rows = list({row["id"]: row for row in rows}.values())
        self.outlets |= {each["article"]: each["outlet"] for row in rows for each in row["killed"] if each["article"]}
        return [light(row) for row in rows]

    def whole(self, ids: Iterable[str], start: date | None = None) -> Iterator[tuple[Incident, list[Event]]]:
        """Whole incidents with their mentions; `start`: they were first told on that day or later, by the archive's day."""
        wanted = sorted(ids)
        for at in range(0, len(wanted), _WIDE):
            rows = self.ask(
                f"SELECT incident, mentions FROM {{records}} WHERE {self._told(start)} AND id IN {_any(wanted[at : at + _WIDE])} "
                "AND since <= ? AND (until IS NULL OR until > ?)", *wanted[at : at + _WIDE], self.stand, self.stand,
            )  # fmt: skip
            for row in rows:
                incident = maker(Incident)(row["incident"])
                mentions = [maker(Event)(each) for each in row["mentions"]]
                self.outlets |= {each.article: each.outlet for each in mentions}
                yield incident, mentions

    def holding(self, ids: Iterable[str], mentions: Iterable[str], start: date) -> set[str]:
        """Which of these incidents, first told from `start` on, hold any of the mentions."""
        wanted, said = sorted(ids), sorted(mentions)
        if not wanted or not said:
            return set()
        rows = self.ask(
            "SELECT id FROM {records} WHERE " + self._told(start) + " AND id IN (SELECT unnest(?)) AND list_has_any(incident.events, ?)",
            wanted, said,
        )  # fmt: skip
        return {row["id"] for row in rows}

    def _told(self, start: date | None) -> str:
        """A condition by which months, and stretches of rows within them, are passed over unread."""
        if start is None:
            return "true"
        return f"month >= '{start:%Y-%m}' AND told BETWEEN DATE '{start}' AND DATE '{self.as_of}'"


def _any(values: Sized) -> str:
    """A list of values for IN: DuckDB looks into it before it reads a row, as it does not into the rows of a query."""
    return f"({', '.join('?' * len(values))})"
