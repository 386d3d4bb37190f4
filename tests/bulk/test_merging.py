"""Merging by parts on an engine gives what one process gives."""

import random
import sys
from pathlib import Path

import pytest

from detente.bulk.engines import Here, Processes
from detente.bulk.merging import spread
from detente.incidents import merge
from detente.pipeline import incidents_of, load_theatre, roll_up

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from scale import generated


def test_parts_in_any_order_give_the_same_incidents():
    events, _ = generated(600, days=40)
    whole = merge(events, {})

    def shuffled(parts):
        random.Random(4).shuffle(parts)
        return spread(Here(), None)(parts)

    assert merge(events, {}, rolls_up=roll_up(None)) == merge(events, {}, rolls_up=roll_up(None), spread=shuffled)
    assert len(whole) > 100


@pytest.mark.slow
def test_processes_merge_the_bundled_theatre_as_one_does(theatre_dossier):
    place, dossier = load_theatre("iraq-2020"), theatre_dossier
    engine = Processes(2)
    try:
        there = incidents_of(dossier, roll_up(place), spread(engine, place))
    finally:
        engine.close()
    assert there == incidents_of(dossier, roll_up(place)) and len(there) > 100
