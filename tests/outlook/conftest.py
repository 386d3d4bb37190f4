"""A small invented stream: four pairs of actors with bursts, pauses, words and neighbours."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from detente.outlook.cases import Cases
from detente.outlook.features import build
from detente.outlook.streams import Stream, stream_of, to_date

START = 12000
PAIRS = (("ARK", "BOR", "Old Town"), ("ARK", "CEN", "Old Town"), ("DAL/ARM", "DAL", "Hills"), ("BOR", "DAL", ""))


def invented(days: int = 1500, seed: int = 3) -> Stream:
    """Violence comes in bursts that end and resume; words and visits in between."""
    rng, rows = np.random.default_rng(seed), []
    for a, b, place in PAIRS:
        rate = 0.2
        for d in range(days):
            if rng.random() < 0.03:
                rate = float(rng.choice([0.004, 0.03, 0.4]))
            when = to_date(START) + timedelta(days=d)
            if rng.random() < rate:
                rows.append((when, a, b, place, "VK"))
            if rng.random() < 0.1:
                rows.append((when, b, a, place, str(rng.choice(["VC", "TH", "VP", "MOB", "CF", "NE"]))))
    return stream_of("invented", rows)


@pytest.fixture(scope="session")
def stream() -> Stream:
    return invented()


@pytest.fixture(scope="session")
def cases(stream: Stream) -> Cases:
    return build(stream)
