"""How likely a coded event is right in its type: a logistic of the odds at which it was weighed.

The weights (`data/confidence.json`) are fitted by `benchmarks/weighing_train.py`: of the deeds found in texts that neither the
judge nor the trees had learned from, which the gold tells with their type.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from detente.events.roles import Candidate
from detente.events.trees import logit

LEAST, MOST = 0.02, 0.98  # nothing is certain


@cache
def weights() -> Mapping[str, float]:
    """The shipped weights by feature."""
    found: Mapping[str, float] = json.loads(files("detente.events").joinpath("data/confidence.json").read_text("utf-8"))
    return found


def features(candidate: Candidate) -> dict[str, float]:
    """What speaks for a candidate: parties, what kind of word it is, and the odds that it tells a deed and has this type."""
    out = {
        "bias": 1.0,
        "actor": float(bool(candidate.actors)),
        "recipient": float(bool(candidate.recipients) or "reciprocal" in candidate.notes),
        "noun": float(candidate.frame.pos == "noun"),
        "unlisted": float(not candidate.frame.lemmas),
    }
    if candidate.odds is None:
        return out | {"unread": 1.0}
    deed, type_ = candidate.odds
    return out | {"deed": logit(deed), "type": logit(type_)}


def confidence(candidate: Candidate) -> float:
    """Probability that the type is right, to two digits."""
    given = weights()
    total = sum(given.get(name, 0.0) * value for name, value in features(candidate).items())
    return round(min(MOST, max(LEAST, 1 / (1 + math.exp(-total)))), 2)
