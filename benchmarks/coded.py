"""Rows a second of every reader of coded exports, of telling rows as events, and the size of what is written.

    python benchmarks/coded.py [--rows 50000] [--folder tests/fixtures/coded]

The rows are those of the invented fixtures, repeated with ids and days of their own. Times are CPU seconds of this
process, without the first load of reference data; sizes are bytes a row of
the input and of rows.jsonl.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from detente.events.rows import Teller
from detente.export import FORMATS, material, write
from detente.files import write_bundle
from detente.incidents.build import build
from detente.incidents.views import view
from detente.records import Article, CodedRow, Event
from detente.sources.coded import Import

FIXTURES = {
    "UCDP GED": "GEDEvent_v31_1.csv",
    "GDELT 2.0": "20310101.export.CSV",
    "ICEWS": "events.2031.tab",
    "POLECAT": "ngecEvents.DV.2031.txt",
    "NGEC": "ngec.jsonl",
    "ACLED": "acled.csv",
}


def enlarged(name: str, folder: Path, count: int, into: Path) -> Path:
    """The fixture's good rows again and again, each with an id of its own."""
    lines = (folder / name).read_text("utf-8-sig").splitlines()
    json_lines, headless = name.endswith(".jsonl"), name.endswith(".CSV")
    head = [] if json_lines or headless else lines[:1]
    made = Import()
    good = [row for row in made.rows([str(folder / name)]) if isinstance(row, CodedRow)]
    body = [lines[int(row.origin.rsplit(":", 1)[1]) - 1] for row in good]
    target = into / name
    with open(target, "w", encoding="utf-8") as stream:
        stream.writelines(f"{line}\n" for line in head)
        for n in range(count):
            stream.write(_with_id(body[n % len(body)], n, json_lines) + "\n")
    return target


def _with_id(line: str, n: int, json_line: bool) -> str:
    if json_line:
        return json.dumps({**json.loads(line), "id": f"n{n}"})
    mark = "\t" if "\t" in line else ","
    return mark.join([str(n + 1_000_000), *line.split(mark)[1:]])


def timed(items: Iterator[object]) -> tuple[list[object], float]:
    """All items, and the CPU seconds that they took."""
    start = time.process_time()
    found = list(items)
    return found, time.process_time() - start


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--folder", type=Path, default=Path("tests/fixtures/coded"))
    args = parser.parse_args()
    print("| format | rows/CPU s read | told/CPU s | input B/row | rows.jsonl B/row |")
    print("|---|---|---|---|---|")
    ucdp: list[object] = []
    with tempfile.TemporaryDirectory() as folder:
        for label, name in FIXTURES.items():
            file = enlarged(name, args.folder, args.rows, Path(folder))
            list(Import().rows([str(args.folder / name)]))  # loads reference data
            rows, reading = timed(iter(Import().rows([str(file)])))
            kept = [row for row in rows if isinstance(row, CodedRow)]
            assert len(kept) == args.rows, f"{label}: {len(kept)} of {args.rows} rows were read"
            teller = Teller()
            told, telling = timed(item for row in kept for item in teller.tell(row))
            out = Path(folder, "rows.jsonl")
            write_bundle(out, kept)
            size = " | ".join(f"{each.stat().st_size / args.rows:,.0f}" for each in (file, out))
            print(f"| {label} | {args.rows / reading:,.0f} | {args.rows / telling:,.0f} | {size} |", flush=True)
            if label == "UCDP GED":
                ucdp = told
    exports(ucdp, args.rows)


def exports(told: list[object], count: int) -> None:
    """Print the table of exports."""
    articles = {each.id: each for each in told if isinstance(each, Article)}
    events = [each for each in told if isinstance(each, Event)]
    incidents = [build([view(each)], [], [], {}, lambda *_: False) for each in events]
    given = material(articles, events, incidents, "benchmark")
    print("\n| export of the UCDP rows | incidents/CPU s | B/incident |\n|---|---|---|")
    for to, (_, endings) in FORMATS.items():
        if to == "cap":  # tells of one incident only
            continue
        start = time.process_time()
        size = sum(len(body) for body in write(given, to, endings[0]).files.values())
        spent = time.process_time() - start
        print(f"| {to} ({endings[0] or 'folder'}) | {count / spent:,.0f} | {size / count:,.0f} |")


if __name__ == "__main__":
    main()
