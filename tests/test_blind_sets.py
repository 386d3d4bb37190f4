"""The blind and practice sets are sound: every span reads as its text, inputs hold the body their gold was marked on."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[1] / "benchmarks" / "data"
BLIND = ["blind", "blind2", "blind3"]
PRACTICE = [f"practice{n}" for n in range(1, 11)]
SETS = [*BLIND, *PRACTICE]
TYPES = set(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST "
    "SANCTION MOBILIZE COERCE ASSAULT".split()
)
MODALITIES = set("happened ongoing planned threatened conditional hypothetical denied negated uncertain".split())


def sentences(name: str) -> list[dict[str, Any]]:
    path = DATA / name / "sentences.jsonl"  # some sets hold articles alone
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def articles(name: str) -> list[dict[str, Any]]:
    paths = sorted((DATA / name / "articles" / "gold").glob("*.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def spans(item: Any) -> Iterator[tuple[str, int, int]]:
    """Every marked span below ITEM as (text, start, end); parties known only by name have none."""
    if isinstance(item, dict):
        text = item["trigger"] if isinstance(item.get("trigger"), str) else item.get("text")
        if text is not None and item.get("start") is not None:
            yield text, item["start"], item["end"]
        for value in item.values():
            yield from spans(value)
    elif isinstance(item, list):
        for value in item:
            yield from spans(value)


@pytest.mark.parametrize("name", SETS)
def test_spans_read_as_their_text(name: str) -> None:
    for document in [*sentences(name), *articles(name)]:
        body = document.get("body") or document["text"]
        marked = list(spans([v for v in document.values() if isinstance(v, dict | list)]))
        assert [m for m in marked if body[m[1] : m[2]] != m[0]] == [], document["id"]


@pytest.mark.parametrize("name", SETS)
def test_codes_are_of_the_scheme_and_ids_are_unique(name: str) -> None:
    documents = [*sentences(name), *articles(name)]
    events = [event for document in documents for event in document["events"]]
    assert len({e["id"] for e in events}) == len(events)
    for event in events:
        root = event.get("root") or event["type"]
        others = event.get("alt_roots", event.get("alt_types"))
        assert {root, event["act"], *others} <= TYPES, event["id"]
        assert event["modality"] in MODALITIES, event["id"]


@pytest.mark.parametrize("name", SETS)
def test_inputs_hold_the_body_of_their_gold_and_no_gold(name: str) -> None:
    for gold in articles(name):
        path = DATA / name / "articles" / "input" / f"{gold['id']}.json"
        given = json.loads(path.read_text(encoding="utf-8"))
        assert set(given) == {"id", "outlet", "published", "headline", "body"}
        assert given["body"] == gold["body"]


def runs_of_six(name: str) -> set[str]:
    """Every six words that stand side by side somewhere in the set NAME, lower case and without marks."""
    found = set()
    for document in [*sentences(name), *articles(name)]:
        words = re.findall(r"\w+", (document.get("body") or document["text"]).lower())
        found |= {" ".join(words[i : i + 6]) for i in range(len(words) - 5)}
    return found


@pytest.mark.parametrize("other", ["blind", "blind2"])
def test_the_held_back_set_shares_no_run_of_six_words(other: str) -> None:
    assert runs_of_six("blind3") & runs_of_six(other) == set()


@pytest.mark.parametrize("name", PRACTICE)
@pytest.mark.parametrize("other", BLIND)
def test_what_is_learned_from_shares_no_run_of_six_words_with_the_blind_sets(name: str, other: str) -> None:
    assert runs_of_six(name) & runs_of_six(other) == set()
