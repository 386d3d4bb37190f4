"""How likely a coded event is right in its type: a logistic of what the codebook and the judge say of it.

The weights (`data/confidence.json`) were fitted by `benchmarks/confidence_train.py` on codebook sentences that the judge
never learned from: of the events coded at a marked trigger or in a near miss, which have the type they should.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from detente.events.roles import Candidate
from detente.events.trees import logit
from detente.reference.codebook.read import NONE

LEAST, MOST = 0.02, 0.98  # nothing is certain


@cache
def weights() -> Mapping[str, float]:
    """The shipped weights by feature."""
    found: Mapping[str, float] = json.loads(files("detente.events").joinpath("data/confidence.json").read_text("utf-8"))
    return found


def features(candidate: Candidate) -> dict[str, float]:
    """What speaks for a candidate: parties, how much its frame asks for, the judge's odds for its type and against a deed."""
    frame, reading = candidate.frame, candidate.reading
    out = {
        "bias": 1.0,
        "actor": float(bool(candidate.actors)),
        "recipient": float(bool(candidate.recipients) or "reciprocal" in candidate.notes),
        "noun": float(frame.pos == "noun"),
        "asks": min(frame.constraints, 60) / 60,
        "unlisted": float(not frame.lemmas),
        "unread": float(reading is None),
    }
    if reading is not None:
        out["type"] = logit(reading.types.get(frame.type, 0.0))
        out["none"] = logit(reading.types[NONE])
    return out


def confidence(candidate: Candidate) -> float:
    """Probability that the type is right, to two digits."""
    given = weights()
    total = sum(given.get(name, 0.0) * value for name, value in features(candidate).items())
    return round(min(MOST, max(LEAST, 1 / (1 + math.exp(-total)))), 2)
