"""The benchmark's runner writes one forecast per case and horizon from the split on, and for nothing else."""

from __future__ import annotations

import csv
import runpy
import sys
from datetime import date
from pathlib import Path

from detente.outlook.report import _signed
from detente.outlook.streams import CLASSES, to_date, to_day

RUNNER = Path(__file__).parents[2] / "benchmarks" / "outlook.py"


def test_the_runner_covers_every_case_from_the_split_on(stream, cases, tmp_path, monkeypatch):
    given, out = tmp_path / "invented.csv", tmp_path / "p.csv"
    with given.open("w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(("date", "source", "target", "code", "country", "cls"))
        for i in range(len(stream.day)):
            cls = CLASSES[stream.cls[i]]
            table.writerow((to_date(stream.day[i]), stream.source[i], stream.target[i], "", stream.place[i], cls))
    split = to_date(stream.first + 1100).isoformat()
    arguments = [
        "--train",
        str(given),
        "--test",
        str(given),
        "--split",
        split,
        "--out",
        str(out),
        "--horizons",
        "7",
        "30",
    ]
    monkeypatch.setattr(sys, "argv", [str(RUNNER), *arguments])
    runpy.run_path(str(RUNNER), run_name="__main__")
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    due = {(u, int(t)) for u, t in zip(cases.unit, cases.t, strict=True) if t >= to_day(date.fromisoformat(split))}
    written = [(r["unit"], to_day(date.fromisoformat(r["date"])), r["h"]) for r in rows]
    assert len(written) == len(set(written)) == 2 * len(due)
    assert {w[:2] for w in written} == due and {w[2] for w in written} == {"7", "30"}
    assert all(0 < float(r["p"]) < 1 and r["stream"] == "invented" for r in rows)


def test_figures_of_a_report_have_minus_signs_and_no_negative_nought():
    assert [_signed(each) for each in (-0.0004, -0.0512, 0.3)] == ["0.000", "−0.051", "0.300"]
