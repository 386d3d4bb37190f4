"""The commands that look names up: which one wins, in words and as JSON; what a theatre file changes."""

from __future__ import annotations

import json

import pytest

THEATRE = """
id = "valley"
name = "Valley"

[[dyad]]
id = "one-two"
name = "One and two"
a = ["IRQ"]
b = ["valley.river-guard"]

[[actor]]
id = "valley.river-guard"
name = "River Guard"
kind = "group"
country = "IRQ"
sector = "PRM"
names = ["Asaib Ahl al-Haq"]

[[actor]]
id = "iraq.pmf"
name = "Mobilisers"

[[place]]
id = "valley.hill-402"
name = "Hill 402"
spellings = ["Paris"]
lat = 35.1
lon = 44.2
precision = "site"
country = "IRQ"
"""


@pytest.fixture
def valley(tmp_path):
    (tmp_path / "theatre.toml").write_text(THEATRE, "utf-8")
    return str(tmp_path)


def test_an_actor_is_described_in_words(detente):
    out = detente("actors", "find", "Ketaeb Hezballah")[1]
    assert "Kataib Hezbollah (iraq.kataib-hezbollah), group, country IRQ, sector PRM" in out
    assert "because: " in out and "member of iraq.pmf since 2014-06-15" in out and "backed by irn.irgc-qf" in out


def test_an_actor_as_json(detente):
    row = json.loads(detente("actors", "find", "Boutros Pizza of Iraq's army", "--json", "--country", "IRQ")[1])
    assert row["text"].startswith("Boutros") and row["why"]
    row = json.loads(detente("actors", "find", "Tehran", "--json")[1])
    assert (row["actor"], row["kind"]) == ("IRN.GOV", "capital")
    assert json.loads(detente("actors", "find", "Iran", "--json")[1])["wikidata"] == "Q794"


def test_a_theatre_adds_an_actor_and_takes_over_a_spelling(valley, detente):
    theatre = ("--theatre", valley, "--json")
    assert json.loads(detente("actors", "find", "River Guard", *theatre)[1])["actor"] == "valley.river-guard"
    assert json.loads(detente("actors", "find", "Asaib Ahl al-Haq", *theatre)[1])["actor"] == "valley.river-guard"
    assert json.loads(detente("actors", "find", "the Mobilisers", *theatre)[1])["actor"] == "iraq.pmf"
    assert json.loads(detente("actors", "find", "Hashd al-Shaabi", *theatre)[1])["actor"] == "iraq.pmf"
    packaged = json.loads(detente("actors", "find", "Asaib Ahl al-Haq", "--json")[1])
    assert packaged["actor"] != "valley.river-guard"


def test_a_theatre_adds_a_place_and_takes_over_a_name(valley, detente):
    first = json.loads(detente("places", "find", "Hill 402", "--theatre", valley, "--json")[1].splitlines()[0])
    assert (first["country"], first["lat"]) == ("IRQ", 35.1)
    assert json.loads(detente("places", "find", "Paris", "--theatre", valley, "--json")[1])["name"] == "Hill 402"


def test_the_first_place_says_why_it_is_first(detente):
    lines = detente("places", "find", "Tripoli")[1].splitlines()
    assert "LBY" in lines[0] and "first because" in lines[0] and "first" not in lines[1]


def test_provisional_actors_with_first_sight_and_count(tmp_path, detente):
    news = tmp_path / "news.txt"
    news.write_text(
        "The Black Falcon Brigade shelled the depot in Kirkuk.\n\nIraqi troops attacked the Black Falcon Brigade.\n",
        "utf-8",
    )
    coded = tmp_path / "coded.jsonl"
    detente("read", news, "--published", "2020-04-21", "-o", tmp_path / "articles.jsonl")
    detente("code", tmp_path / "articles.jsonl", "-o", coded)
    row = json.loads(detente("actors", "new", coded, "--json")[1])
    assert row["actor"] == "provisional.black-falcon-brigade"
    assert row["times"] == 2 and row["first_seen"] == "2020-04-21" and "Black Falcon" in row["evidence"]
    assert "2 times in all" in detente("actors", "new", coded)[1]


def test_a_name_that_is_nothing_ends_with_1(detente):
    status, out, _ = detente("actors", "find", "Zzzz")
    assert status == 1 and out.startswith("Zzzz: ")
    assert detente("places", "find", "Qwxzvbkyj")[:2] == (1, "")
