"""What a dyad's relatives do right now, who strikes first inside it, and how its earlier forecasts turned out.

Relatives are the other dyads of either side, or of either side's root ("Iraq/ARM" is of "Iraq"). Nothing here
looks past the forecast day: an outcome counts from the day on which its 30 days are over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from detente.outlook.cases import VIOLENCE, Cases, attack_days
from detente.outlook.context import kin
from detente.outlook.history import EMPTY, decayed
from detente.outlook.models import EDGES
from detente.outlook.streams import Stream, grouped, root

LONG_AGO = 10_000  # days: never
ACTIVE, REMEMBERED = 14, 365  # days since a relative's last attack in which it is fighting; in which it counts
RESOLVED, FADING, USUAL = 30, 180.0, 0.3  # days to an outcome; half-life scale; about the share that resumes


def _ages(days: np.ndarray, t: np.ndarray) -> np.ndarray:
    """Days since the newest of the sorted `days` on each day t."""
    at = np.searchsorted(days, t, "right") - 1
    return np.where(at >= 0, t - days[np.maximum(at, 0)], LONG_AGO)


class Kindred:
    """The attack-days of a stream's dyads, indexed by side and by root once for all of them."""

    def __init__(self, stream: Stream) -> None:
        self.days = attack_days(stream)
        violent = stream.cls == VIOLENCE
        unit = stream.unit[violent]
        self.strikes = grouped(unit, stream.day[violent])
        self.strikers = grouped(unit, stream.source[violent])
        self.members: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for each in self.days:
            for side in each.split(" | ", 1):
                self.members["side", side].add(each)
                self.members["root", root(side)].add(each)

    def _relatives(self, unit: str, key: tuple[str, str], t: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        others = [self.days[u] for u in sorted(self.members[key]) if u != unit]
        if not others:
            return np.full(len(t), LONG_AGO), np.zeros(len(t)), np.zeros(len(t))
        ages = np.array([_ages(days, t) for days in others])
        return ages.min(0), (ages <= ACTIVE).sum(0), (ages <= REMEMBERED).sum(0)

    def features(self, unit: str, t: np.ndarray) -> dict[str, np.ndarray]:
        """How lately and how widely the relatives fight, and how one-sided the dyad's own violence is."""
        out: dict[str, np.ndarray] = {}
        sides = unit.split(" | ", 1)
        for kind, keys in (("side", sides), ("root", [root(s) for s in sides])):
            (near_a, now_a, year_a), (near_b, now_b, year_b) = (self._relatives(unit, (kind, k), t) for k in keys)
            out[f"kindred_{kind}_near"], out[f"kindred_{kind}_far"] = (
                np.minimum(near_a, near_b),
                np.maximum(near_a, near_b),
            )
            out[f"kindred_{kind}_active"] = now_a + now_b
            out[f"kindred_{kind}_share"] = (now_a + now_b + 1) / (year_a + year_b + 3)
        days = self.strikes.get(unit, EMPTY)
        by_first = (self.strikers[unit] == sides[0]).astype(float) if len(days) else EMPTY
        whole, first = decayed(days, t, 365), decayed(days, t, 365, by_first)
        out["kindred_both_strike"] = np.minimum(first, whole - first) / (whole + 0.5)
        return out


def outcome_features(cases: Cases) -> dict[str, np.ndarray]:
    """How forecasts that have resolved turned out: in the stream, the dyad, its kin, at this length of pause."""
    kins = np.array([kin(u) for u in cases.unit], dtype=object)
    lengths = np.digitize(cases.since, EDGES[[0, 2, 5, 7]])
    return {
        "record_all": _turned_out(cases, np.zeros(len(cases)), 20.0),
        "record_unit": _turned_out(cases, cases.unit, 6.0),
        "record_kin": _turned_out(cases, kins, 6.0),
        "record_since": _turned_out(cases, lengths, 20.0),
    }


def _turned_out(cases: Cases, keys: np.ndarray | Sequence[str], prior: float) -> np.ndarray:
    """Share of resumed lulls above the usual one among resolved cases of the same key, drawn to 0 by `prior`."""
    y, found = cases.label(RESOLVED), np.zeros(len(cases))
    for mine in grouped(np.asarray(keys), np.arange(len(cases))).values():
        mine = mine[np.argsort(cases.t[mine], kind="stable")]
        done = mine[y[mine] >= 0]
        if len(done):
            over = cases.t[done] + RESOLVED
            n = decayed(over, cases.t[mine], FADING)
            resumed = decayed(over, cases.t[mine], FADING, y[done])
            found[mine] = (resumed - USUAL * n) / (n + prior)
    return found
