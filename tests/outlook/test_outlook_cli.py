"""The outlook's commands: forecasts are frozen, resolve by their own rule, and a backtest leaves a page and figures."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from detente.files import read_records
from detente.outlook.streams import CLASSES, to_date
from detente.records import Forecast
from detente.store import open_ledger

STRIKE = "Rockets struck the Taji base north of Baghdad on {day}, killing two American soldiers, the coalition said."
QUIET = "The prime minister met the American ambassador in Baghdad on {day}, his office said."
DAYS = {
    "2020-01-06": ("Sunday", STRIKE), "2020-01-20": ("Sunday", STRIKE), "2020-02-03": ("Sunday", STRIKE),
    "2020-02-17": ("Sunday", STRIKE), "2020-02-24": ("Sunday", QUIET), "2020-03-02": ("Sunday", QUIET), "2020-03-09": ("Sunday", QUIET),
    "2020-03-16": ("Sunday", QUIET), "2020-03-23": ("Sunday", STRIKE), "2020-04-20": ("Sunday", QUIET),
}  # fmt: skip


@pytest.fixture
def coded(tmp_path, monkeypatch, detente) -> str:
    """Ten invented reports of half a year, coded for the bundled theatre."""
    monkeypatch.chdir(tmp_path)
    reports = [
        {"id": day, "title": "News", "published": day, "outlet": "Example Wire", "text": text.format(day=weekday)}
        for day, (weekday, text) in DAYS.items()
    ]
    Path("reports.jsonl").write_text("".join(json.dumps(r) + "\n" for r in reports), encoding="utf-8")
    assert detente("code", "reports.jsonl", "--theatre", "iraq-2020", "-o", "coded.jsonl")[0] == 0
    return "coded.jsonl"


def test_a_forecast_is_made_frozen_and_scored(coded, detente):
    status, shown, _ = detente(
        "outlook", coded, "--dyad", "us-factions", "--as-of", "2020-03-10", "--record", "f.jsonl"
    )
    assert status == 0 and "base rate" in shown and "direction=b-to-a" not in shown and "resolves: yes if" in shown
    made = list(read_records("f.jsonl", Forecast))
    assert [f.horizon for f in made] == [7, 30, 90] and all(f.resolved is None for f in made)

    assert detente("outlook", coded, "--as-of", "2020-03-10", "--record", "f.jsonl", "--yardstick", "phia")[0] == 0
    assert [f for f in read_records("f.jsonl", Forecast) if f.dyad == "us-factions"] == made, "frozen is frozen"

    status, shown, _ = detente("outlook", coded, "--as-of", "2020-04-20", "--record", "f.jsonl", "--score")
    assert status == 0 and "happened" in shown and "Brier" in shown
    scored = {f.horizon: f.resolved for f in read_records("f.jsonl", Forecast) if f.dyad == "us-factions"}
    assert scored == {7: False, 30: True, 90: True}


def test_a_ledger_freezes_resolves_and_backtests(coded, detente):
    """The same day and reports as above, frozen in a ledger: what was said stands, only the outcome is added."""
    assert detente("add", "reports.jsonl", "--ledger", "l.sqlite", "--theatre", "iraq-2020")[0] == 0
    on = ("outlook", "--ledger", "l.sqlite", "--dyad", "us-factions", "--as-of")
    assert detente(*on, "2020-03-10")[0] == 0
    with open_ledger("l.sqlite", create=False) as book:
        made = {f.id: f for f in book.read(Forecast, as_of=None)}
    assert sorted(f.horizon for f in made.values()) == [7, 30, 90]

    assert detente(*on, "2020-03-10", "--yardstick", "phia", "-o", "dyad.html")[0] == 0
    assert "within 90 days" in Path("dyad.html").read_text("utf-8")
    status, shown, _ = detente(*on, "2020-04-20", "--score")
    assert status == 0 and "did not happen" in shown
    with open_ledger("l.sqlite", create=False) as book:
        scored = {f.id: f for f in book.read(Forecast, as_of=None) if f.made.isoformat() == "2020-03-10"}
        earlier = {f.id: f for f in book.read(Forecast, as_of=date(2020, 3, 11))}
    assert earlier == made, "on the day after, nobody knew the outcome"
    assert {k: replace(f, resolved=None) for k, f in scored.items()} == made, "frozen is frozen"
    assert sorted((f.horizon, f.resolved) for f in scored.values()) == [(7, False), (30, True), (90, True)]
    status, _, err = detente("backtest", "--ledger", "l.sqlite", "--theatre", "iraq-2020")
    assert status == 2 and "can be scored" in " ".join(err.split()), "the same refusal as for the file"


def test_what_is_known_later_does_not_reach_an_earlier_forecast(coded, detente):
    """The same command on the same day, once with and once without the later reports."""
    lines = Path(coded).read_text("utf-8").splitlines()
    early = [line for line in lines if '"2020-04-20"' not in line and '"2020-03-23"' not in line]
    assert len(early) < len(lines)
    Path("early.jsonl").write_text("\n".join(early) + "\n", encoding="utf-8")
    for source, record in ((coded, "a.jsonl"), ("early.jsonl", "b.jsonl")):
        detente("outlook", source, "--dyad", "us-factions", "--as-of", "2020-03-10", "--record", record)
    assert Path("a.jsonl").read_bytes() == Path("b.jsonl").read_bytes()


def test_no_forecast_without_a_lull(coded, detente):
    status, shown, _ = detente("outlook", coded, "--dyad", "us-factions", "--as-of", "2020-03-24")
    assert status == 0 and "no forecast: the state is" in shown


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("outlook", "coded.jsonl", "--yardstick", "gut"), "unknown yardstick 'gut'"),
        (("outlook", "coded.jsonl", "--score"), "--score needs --record FILE or --ledger"),
        (("outlook", "coded.jsonl", "-o", "a.pdf"), "a.pdf: give a name that ends in .html, .svg, .png"),
        (("backtest",), "give event streams or files of records, or --ledger"),
        (("backtest", "nowhere.csv"), "nowhere.csv: no such file"),
        (("backtest", "coded.jsonl", "--theatre", "iraq-2020"), "0 forecast days before"),
        (("backtest", "coded.jsonl", "--days", "5"), "--days 5: the outlook is made for 7, 30, 90 days"),
    ],
)
def test_bad_input_ends_with_2_and_says_what(coded, detente, arguments, told):
    status, _, err = detente(*arguments)
    assert status == 2 and told in " ".join(err.split())


def test_a_backtest_of_a_stream_leaves_a_page_and_figures(stream, detente, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with open("own.csv", "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file)
        table.writerow(("date", "source", "target", "country", "cls"))
        for i in range(len(stream.day)):
            when, cls = to_date(stream.day[i]), CLASSES[stream.cls[i]]
            table.writerow((when, stream.source[i], stream.target[i], stream.place[i], cls))
    status, _, err = detente("backtest", "own.csv", "--days", "30", "--split", "1990-01-01")
    assert status == 2 and "0 forecast days before 1990-01-01" in " ".join(err.split())
    status, shown, _ = detente("backtest", "own.csv", "--days", "30", "-o", "b.html", "--json", "b.json")
    assert status == 0 and "outlook" in shown and "gamma-Poisson" in shown
    told = json.loads(Path("b.json").read_text("utf-8"))
    ours = told["scores"]["30"]["outlook"]
    assert {"brier", "skill", "skill_first", "log_score", "auc", "ece", "reliability", "by_unit"} <= set(ours)
    page = Path("b.html").read_text("utf-8")
    assert "<script" not in page and "http" not in page and page.count("<svg") == 2
    assert "DAL | DAL/ARM" in page
