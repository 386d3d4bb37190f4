"""Daily series and backtests from very many coded events in Parquet, by DuckDB: one row an event, merged or listed once.

    python benchmarks/series.py --events 10000000 --folder /tmp/series

Events are invented: 300 actors, pairs drawn by a power law, ten years, each known up to a fortnight after its day. The files
(some 200 MB for ten million) are removed afterwards. Times are by the clock, with the CPU seconds that this process took
beside them: on a busy machine the clock tells of its neighbours.
"""

from __future__ import annotations

import argparse
import shutil
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb

from detente.outlook.cases import HORIZONS
from detente.outlook.evaluate import default_split, evaluate
from detente.outlook.features import build
from detente.outlook.pretrained import shipped
from detente.outlook.streams import stream_of

START, DAYS, ACTORS = date(2016, 1, 1), 3650, 300
CLASSES = ("VK", "TH", "MOB", "CO", "PR", "VC", "VP", "MP", "CF")
_MAKE = """
COPY (SELECT DATE '{start}' + CAST(i * {days} // {count} AS INTEGER) AS day, day + CAST(random() * 14 AS INTEGER) AS known,
  'A' || lpad(CAST(CAST({actors} * pow(random(), 2.5) AS INTEGER) AS VARCHAR), 3, '0') AS one,
  'A' || lpad(CAST(CAST({actors} * pow(random(), 2.5) AS INTEGER) AS VARCHAR), 3, '0') AS other,
  ['{classes}'][1 + CAST(floor(random() * {kinds}) AS INTEGER)] AS class, 'C' || CAST(random() * 40 AS INTEGER) AS country,
  year(day) AS year FROM range({count}) AS t(i))
TO '{folder}' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (year), OVERWRITE)
"""


def make(db: Any, folder: Path, count: int) -> float:
    """Write the events by year; returns their size in MB."""
    db.execute("SELECT setseed(0.5)")
    db.execute(_MAKE.format(start=START, days=DAYS, count=count, actors=ACTORS, folder=folder, kinds=len(CLASSES),
                            classes="','".join(CLASSES)))  # fmt: skip
    return sum(each.stat().st_size for each in folder.rglob("*.parquet")) / 1e6


def series(db: Any, folder: Path, one: str, other: str, as_of: date) -> list[tuple[date, str, int]]:
    """(day, class, events) of two actors, whoever acted, of what was known on a day."""
    return db.execute(
        f"SELECT day, class, count(*) FROM read_parquet('{folder}/*/*.parquet') WHERE known <= ? "
        "AND ((one = ? AND other = ?) OR (one = ? AND other = ?)) GROUP BY ALL ORDER BY ALL",
        [as_of, one, other, other, one],
    ).fetchall()


def backtest(db: Any, folder: Path, dyads: int, years: int) -> tuple[int, int]:
    """Measure the shipped outlook on the pairs that stand at places 1,000 to 1,000 + `dyads` by their events; events, cases."""
    since = START + timedelta(days=DAYS - 365 * years)
    rows = db.execute(
        f"WITH e AS (SELECT day, one, other, country, class FROM read_parquet('{folder}/*/*.parquet') WHERE day >= ? AND one <> other), "
        "p AS (SELECT least(one, other) AS a, greatest(one, other) AS b FROM e GROUP BY ALL ORDER BY count(*) DESC, a, b LIMIT ? OFFSET 1000) "
        "SELECT e.day, e.one, e.other, e.country, e.class FROM e JOIN p ON least(e.one, e.other) = p.a AND greatest(e.one, e.other) = p.b",
        [since, dyads],
    ).fetchall()
    stream = stream_of("invented", rows)
    cases = build(stream)
    evaluate(cases, default_split(stream), None, HORIZONS, shipped())
    return len(rows), len(cases)


def main() -> None:
    """Make, ask, print, remove."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, required=True)
    args = parser.parse_args()
    if args.folder.exists():
        parser.error(f"{args.folder} is there already")
    try:
        with duckdb.connect(config={"memory_limit": "4GB"}) as db:
            begun = time.monotonic()
            size = make(db, args.folder, args.events)
            print(f"{args.events:,} events, {size:,.0f} MB, made in {time.monotonic() - begun:.0f} s")
            for one, other in (("A000", "A001"), ("A010", "A050"), ("A120", "A200")):
                for as_of in (date(2018, 6, 1), date(2025, 6, 1)):
                    begun, used = time.monotonic(), time.process_time()
                    found = series(db, args.folder, one, other, as_of)
                    took, used = time.monotonic() - begun, time.process_time() - used
                    events = sum(n for *_, n in found)
                    print(
                        f"series of {one} and {other} as of {as_of}: {took:.2f} s (CPU {used:.2f} s), {events:,} events"
                    )
            begun, used = time.monotonic(), time.process_time()
            events, cases = backtest(db, args.folder, 100, 5)
            took, used = time.monotonic() - begun, time.process_time() - used
            print(
                f"backtest of 100 dyads over 5 years: {took:.1f} s (CPU {used:.1f} s), {events:,} events, {cases:,} forecast days"
            )
    finally:
        shutil.rmtree(args.folder, ignore_errors=True)


if __name__ == "__main__":
    main()
