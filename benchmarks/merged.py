"""`track` for one dyad of a merged dataset of any size: invented incidents, written as 'detente merge' writes them.

    python benchmarks/merged.py --mentions 10000000 --folder /tmp/merged [--runs 3]

Three mentions an incident, as in scale.py: ten million mentions are 3.3 million incidents. 300 states and groups, pairs drawn by a
power law, ten years, two reports a mention's day known up to a fortnight later; one incident in 40 holds a tripwire, which is open if it is one of the last
hundredth: a condition like theirs is met within days. The rows
are made by DuckDB, since the coder and the merge would take days; the index, the records with their mentions, tripwires,
reports and the manifest are in the layout that `detente.merged` reads (of the records the last 400 days: older months are not opened), and the command that is timed is the real one, in a
process of its own, start included.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from detente.dataset import MANIFEST
from detente.files import write_bundle
from detente.merged.kinds import KINDS
from detente.merged.layout import INDEX, KIND, LAYOUT, RECORDS, TRIPWIRES, world_of
from detente.records import SCHEMA_VERSION

START, DAYS, MENTIONS = "2016-01-01", 3650, 3
WORDS = "Troops of one side fired shells at a post of the other near a town in the valley on the day before the report."
TYPES = "['ASSAULT', 'ASSAULT', 'ASSAULT', 'THREATEN', 'MOBILIZE', 'CONSULT', 'AGREE', 'RETREAT', 'ACCUSE', 'PROTEST']"


def actors() -> list[str]:
    """300 ids of the packaged actors: states first, then groups."""
    from detente.reference.actors import load

    every = sorted(each.id for each in load().actors() if each.kind in ("state", "group", "organ"))
    states = [each for each in every if len(each) == 3][:100]
    return [*states, *[each for each in every if len(each) != 3][:200]]


def made(db: Any, folder: Path, incidents: int) -> None:
    """All tables of a merged dataset with so many incidents."""
    names = actors()
    db.execute(
        "CREATE TABLE names AS SELECT row_number() OVER () - 1 AS n, name FROM (SELECT unnest(?) AS name)", [names]
    )
    db.execute("SELECT setseed(0.5)")
    size = len(names)
    db.execute(f"""
    CREATE TABLE drawn AS SELECT i, 'i-' || lpad(to_hex(i), 12, '0') AS id, {TYPES}[1 + CAST(floor(random() * 10) AS INTEGER)] AS type,
      DATE '{START}' + CAST(i * {DAYS} // {incidents} AS INTEGER) AS day, CAST(floor({size} * pow(random(), 2.5)) AS INTEGER) AS one,
      CAST(floor({size} * pow(random(), 2.5)) AS INTEGER) AS other, random() AS chance, CAST(floor(random() * 14) AS INTEGER) AS late,
      CAST(floor(random() * 3) AS INTEGER) AS dead
    FROM range({incidents}) AS t(i)""")
    db.execute("""
    CREATE TABLE happened AS SELECT d.*, CASE WHEN chance < 0.1 THEN [] ELSE [a.name] END AS actors, [b.name] AS recipients,
      day + late AS known, greatest(day, least(day, day + late)) AS told
    FROM drawn d JOIN names a ON a.n = d.one JOIN names b ON b.n = d.other ORDER BY i""")
    span = f"{{'article': 'r' || i, 'start': 0, 'end': 100, 'quote': '{WORDS}'}}"
    place = "{'name': 'Town ' || (i % 5000), 'precision': 'settlement', 'lat': (i % 120) - 60.0, 'lon': (i % 340) - 170.0, 'country': 'XYZ', 'admin1': NULL, 'id': 't:' || (i % 5000), 'radius_km': NULL}"
    common = f"""id, type, type AS act, 'happened' AS modality, day AS start, day AS "end", 'day' AS precision, {place} AS place,
      actors, recipients, []::VARCHAR[] AS blamed, []::VARCHAR[] AS claimed, 2 AS origins, ['firearms'] AS modes,
      CASE WHEN dead > 0 AND type = 'ASSAULT' THEN [{{'low': dead, 'high': dead, 'article': 'r' || i, 'outlet': 'Outlet ' || (i % 200)}}] ELSE [] END AS killed,
      false AS disputed, false AS retracted, known, 'A deed of one side against the other' AS title, []::VARCHAR[] AS why,
      [{span}] AS told_by, []::VARCHAR[] AS words"""
    db.execute("""CREATE TABLE kinds AS SELECT row_number() OVER (ORDER BY type, actors, recipients) - 1 AS kind, type, actors, recipients
      FROM (SELECT DISTINCT type, actors, recipients FROM happened)""")
    options = "FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 8192"
    columns = ", ".join(f'"{each}"' for each in KINDS.names)
    db.execute(f"""COPY (SELECT {columns} FROM (SELECT unnest(list_distinct(list_concat(actors, recipients))) AS party, kind, type, type AS act,
      'happened' AS modality, false AS retracted, false AS summed, false AS assumed, actors AS doers, len(actors) = 0 AS nobody, recipients,
      true AS struck, true AS known, 'XYZ' AS country, NULL::VARCHAR AS site, false AS precise, []::VARCHAR[] AS hosts, ['firearms'] AS modes,
      true AS corroborated, {place.replace("i % ", "kind % ")} AS place, recipients AS aimed, []::VARCHAR[] AS words FROM kinds
      ORDER BY party, kind)) TO '{folder}/kinds.parquet' ({options})""")
    index = f"""SELECT unnest(list_distinct(list_concat(actors, recipients))) AS party, known AS since, NULL::DATE AS until, day, told, kind,
      actors AS doers, []::VARCHAR[] AS sites, len(actors) = 0 AS nobody, {common} FROM happened JOIN kinds USING (type, actors, recipients) ORDER BY party, day, id, since"""
    columns = ", ".join(f'"{each}"' for each in INDEX.names)
    db.execute(f"COPY (SELECT {columns} FROM ({index})) TO '{folder}/index.parquet' ({options})")
    interval = "{'start': day, 'end': day, 'precision': 'day', 'text': 'that day', 'span': NULL}"
    whole = place[:-1] + ", 'span': NULL}"
    print("index", flush=True)
    # the first row of real records gives the types; the rest is cast to them
    types = {each.name: _sql(each.type) for each in RECORDS}
    incident = f"""{{'id': id, 'type': type, 'act': type, 'modality': 'happened', 'date': {interval}, 'place': {whole}, 'actors': actors,
      'recipients': recipients, 'blamed': [], 'claimed': [], 'events': ['e' || (3 * i), 'e' || (3 * i + 1), 'e' || (3 * i + 2)],
      'reports': ['r' || i, 's' || i], 'origins': 2, 'modes': ['firearms'], 'tolls': [], 'statements': [], 'disputed': false,
      'retracted': false, 'evidence': [{span}], 'known': known, 'title': 'A deed of one side against the other', 'why': [], 'version': 2}}"""
    who = "list_transform(%s, lambda x: {'text': 'troops', 'span': %s, 'actor': x, 'country': NULL, 'sector': NULL, 'name': NULL, 'antecedent': NULL, 'plural': true})"
    event = f"""list_transform([0, 1, 2], lambda k: {{'id': 'e' || (3 * i + k), 'article': 'r' || i, 'type': type, 'act': type, 'modality': 'happened',
      'trigger': {span}, 'evidence': {span}, 'modes': ['firearms'], 'contexts': [], 'actors': {who % ("actors", span)},
      'recipients': {who % ("recipients", span)}, 'reciprocal': false, 'attribution': [], 'condition': NULL, 'date': {interval},
      'place': {whole}, 'counts': [], 'absence': false, 'confidence': 0.8, 'reported': known, 'outlet': 'Outlet ' || (i % 200),
      'coder': 'invented', 'why': [], 'inferred_date': NULL}})"""
    db.execute(f"""COPY (SELECT strftime(told, '%Y-%m') AS month, told, id, known AS since, NULL::DATE AS until,
      CAST({incident} AS {types["incident"]}) AS incident, CAST({event} AS {types["mentions"]}) AS mentions
      FROM happened WHERE day >= DATE '{START}' + {DAYS - 400}) TO '{folder}/records' ({options}, PARTITION_BY (month))""")
    print("records", flush=True)
    db.execute(
        f"COPY (SELECT party, count(*) AS rows FROM '{folder}/index.parquet' GROUP BY 1 ORDER BY 1) TO '{folder}/parties.parquet' ({options})"
    )
    db.execute(
        f"COPY (SELECT 'Outlet ' || (i % 200) AS outlet, known AS day, count(*) * 2 AS reports FROM happened GROUP BY ALL ORDER BY day, outlet) TO '{folder}/reports.parquet' ({options})"
    )
    wire, mention = (_sql(TRIPWIRES.field(each).type) for each in ("tripwire", "mention"))
    db.execute(f"""COPY (SELECT actors[1] AS party, known AS since, NULL::DATE AS until, 't-' || i AS id, false AS promise, recipients AS aimed, CAST({{'id': 't-' || i, 'article': 'r' || i,
      'condition': {{'article': 'r' || i, 'start': 0, 'end': 30, 'quote': 'if its troops are attacked again'}},
      'consequence': {{'article': 'r' || i, 'start': 31, 'end': 60, 'quote': 'it will strike back'}}, 'span': {span},
      'holder': ({who % ("actors", span)})[1], 'against': {who % ("recipients", span)}, 'deadline': NULL, 'direction': 'punishes',
      'negated_condition': false, 'vague': false, 'act': 'ASSAULT', 'attribution': [], 'event': NULL, 'reported': known, 'state': CASE WHEN i < {incidents} * 0.99 THEN 'withheld' ELSE 'armed' END,
      'moves': []}} AS {wire}) AS tripwire, CAST(NULL AS {mention}) AS mention FROM happened WHERE i % 40 = 0 AND len(actors) > 0 ORDER BY party, id, since) TO '{folder}/tripwires.parquet' ({options})""")
    last = db.execute("SELECT max(known) FROM happened").fetchone()[0]
    write_bundle(folder / "listening.jsonl", ())
    counts = {
        "as_of": last.isoformat(),
        "articles": 2 * incidents,
        "mentions": MENTIONS * incidents,
        "reviewed": 0,
        "incidents": incidents,
    }
    manifest = {
        "detente": {"kind": KIND, "schema": SCHEMA_VERSION, "layout": LAYOUT}, "state": "complete", "stands": [counts], "files": [],
        "made": {"theatre": "", "world": world_of(None), "inputs": "invented", "days": [last.isoformat()]}, "rows_end": None,
    }  # fmt: skip
    (folder / MANIFEST).write_text(json.dumps(manifest), "utf-8")


def _sql(kind: pa.DataType) -> str:
    """DuckDB's name for an Arrow type."""
    if pa.types.is_struct(kind):
        return "STRUCT(" + ", ".join(f'"{each.name}" {_sql(each.type)}' for each in kind) + ")"
    if pa.types.is_list(kind):
        return _sql(kind.value_type) + "[]"
    names = {
        pa.string(): "VARCHAR",
        pa.int64(): "BIGINT",
        pa.float64(): "DOUBLE",
        pa.bool_(): "BOOLEAN",
        pa.date32(): "DATE",
    }
    return names[kind]


def timed(folder: Path, dyad: str, more: list[str]) -> tuple[float, float, str]:
    """`detente track` for a dyad in a process of its own: seconds by the clock, CPU seconds, its line of state."""
    compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as installed
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    command = [sys.executable, "-m", "detente.cli", "track", str(folder), "--dyad", dyad, *more]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env=compiled)
    took, after = time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return took, used, next(line for line in run.stdout.splitlines() if line.startswith("state"))


def main() -> None:
    """Make, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", action="store_true", help="leave the dataset where it is, and use it if it is there")
    args = parser.parse_args()
    if not args.folder.exists():
        args.folder.mkdir(parents=True)
        begun = time.monotonic()
        with duckdb.connect(str(args.folder / "making.duckdb"), config={"memory_limit": "4GB", "threads": 1}) as db:
            made(db, args.folder, args.mentions // MENTIONS)
        (args.folder / "making.duckdb").unlink()
        print(f"made in {time.monotonic() - begun:.0f} s")
    size = sum(each.stat().st_size for each in args.folder.rglob("*.parquet")) / 1e6
    rows = pq.read_metadata(args.folder / "index.parquet").num_rows
    print(
        f"{args.mentions:,} mentions, {args.mentions // MENTIONS:,} incidents, {rows:,} rows of the index, {size:,.0f} MB"
    )
    names = actors()
    for place, (one, other) in (("busiest", (0, 1)), ("usual", (20, 60)), ("rare", (150, 250))):
        for _ in range(args.runs):
            took, used, told = timed(args.folder, f"{names[one]}|{names[other]}", [])
            load = os.getloadavg()[0]
            print(
                f"{place} pair {names[one]}|{names[other]}: {took:.2f} s by the clock, {used:.2f} s of CPU, load {load:.0f}; {told}",
                flush=True,
            )
    if not args.keep:
        shutil.rmtree(args.folder)


if __name__ == "__main__":
    main()
