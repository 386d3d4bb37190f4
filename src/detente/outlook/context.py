"""What happens around a dyad: its actors elsewhere, its place, its relatives, the whole stream."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from detente.outlook.cases import VIOLENCE
from detente.outlook.history import EMPTY, count, decayed
from detente.outlook.streams import Stream, grouped, root

AROUND = (7, 30, 90, 365)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Sorted day numbers of a stream's events, by actor, by actor's root, by pair of roots and by place."""

    attacks_of: dict[str, np.ndarray]
    strikes_by: dict[str, np.ndarray]
    events_of: dict[str, np.ndarray]
    root_attacks: dict[str, np.ndarray]
    kin_attacks: dict[str, np.ndarray]
    place_attacks: dict[str, np.ndarray]
    place_events: dict[str, np.ndarray]
    all_attacks: np.ndarray
    unit_places: dict[str, tuple[np.ndarray, np.ndarray]]


def kin(unit: str) -> str:
    """The pair of roots of a unit: the same two sides, anywhere."""
    return " | ".join(sorted(root(side) for side in unit.split(" | ", 1)))


def _merged(*parts: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    joined: defaultdict[str, list[np.ndarray]] = defaultdict(list)
    for part in parts:
        for key, days in part.items():
            joined[key].append(days)
    return {key: np.sort(np.concatenate(days)) for key, days in joined.items()}


def survey(stream: Stream) -> Surroundings:
    """Indexes a stream once for all its units."""
    v = stream.cls == VIOLENCE
    day, vday = stream.day, stream.day[v]
    by, on = grouped(stream.source[v], vday), grouped(stream.target[v], vday)
    roots = {a: root(a) for a in set(stream.source.tolist()) | set(stream.target.tolist())}
    first = np.array([roots[a] for a in stream.source[v]], dtype=object)
    second = np.array([roots[a] for a in stream.target[v]], dtype=object)
    kins = {u: kin(u) for u in set(stream.unit[v].tolist())}
    kin_key = np.array([kins[u] for u in stream.unit[v]], dtype=object)
    index = grouped(stream.unit[v], np.arange(int(v.sum())))
    place = stream.place[v]
    placed = {u: (vday[i][place[i] != ""], place[i][place[i] != ""]) for u, i in index.items()}
    return Surroundings(
        _merged(by, on), by, _merged(grouped(stream.source, day), grouped(stream.target, day)),
        _merged(grouped(first, vday), grouped(second, vday)), grouped(kin_key, vday),
        grouped(place, vday), grouped(stream.place, day), vday, placed,
    )  # fmt: skip


def _places(s: Surroundings, unit: str, last: np.ndarray) -> np.ndarray:
    days, names = s.unit_places.get(unit, (EMPTY, np.array([], dtype=object)))
    at = np.searchsorted(days, last, "right") - 1
    return np.array([names[i] if i >= 0 else "" for i in at], dtype=object)


def place_features(
    s: Surroundings, unit: str, own: np.ndarray, t: np.ndarray, last: np.ndarray
) -> dict[str, np.ndarray]:
    """Violence and reporting in the place of the unit's newest attack, its own attacks left out."""
    out = {f"place_{w}": np.zeros(len(t)) for w in AROUND}
    out |= {f"place_all_{w}": np.zeros(len(t)) for w in (30, 365)}
    where = _places(s, unit, last)
    for name in set(where.tolist()) - {""}:
        at = where == name
        days, events = s.place_attacks.get(name, EMPTY), s.place_events.get(name, EMPTY)
        for w in AROUND:
            out[f"place_{w}"][at] = np.maximum(count(days, t[at] - w, t[at]) - count(own, t[at] - w, t[at]), 0)
        for w in (30, 365):
            out[f"place_all_{w}"][at] = count(events, t[at] - w, t[at])
    out["place_trend"] = np.log((out["place_30"] + 0.5) / (out["place_365"] / 12 + 0.5))
    return out


def actor_features(s: Surroundings, unit: str, own: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
    """What the two sides do elsewhere: the busier and the quieter one, as parties and as attackers."""
    sides = unit.split(" | ", 1)
    out: dict[str, np.ndarray] = {}
    for w in AROUND:
        mine = count(own, t - w, t)
        pair = [count(s.attacks_of.get(a, EMPTY), t - w, t) - mine for a in sides]
        out[f"other_max_{w}"], out[f"other_min_{w}"] = np.maximum(*pair), np.minimum(*pair)
        strikes = [count(s.strikes_by.get(a, EMPTY), t - w, t) for a in sides]
        out[f"strikes_{w}"] = np.maximum(*strikes)
        roots = [count(s.root_attacks.get(root(a), EMPTY), t - w, t) - mine for a in sides]
        out[f"root_max_{w}"], out[f"root_min_{w}"] = np.maximum(*roots), np.minimum(*roots)
        out[f"kin_{w}"] = count(s.kin_attacks.get(kin(unit), EMPTY), t - w, t) - mine
    for w in (30, 365):
        pair = [count(s.events_of.get(a, EMPTY), t - w, t) for a in sides]
        out[f"seen_max_{w}"], out[f"seen_min_{w}"] = np.maximum(*pair), np.minimum(*pair)
    for k in ("other_max", "other_min", "root_max", "kin"):
        out[f"{k}_trend"] = np.log((out[f"{k}_30"] + 0.5) / (out[f"{k}_365"] / 12 + 0.5))
    out["seen_trend"] = np.log((out["seen_min_30"] + 0.5) / (out["seen_min_365"] / 12 + 0.5))
    return out


def stream_features(s: Surroundings, t: np.ndarray, first: int) -> dict[str, np.ndarray]:
    """Violence in the whole stream, against its own past year."""
    year = (decayed(s.all_attacks, t, 365) + 1) / (365 * (1 - np.exp(-np.maximum(t - first, 1) / 365)))
    return {
        "all_7": np.log((count(s.all_attacks, t - 7, t) / 7 + 0.05) / (year + 0.05)),
        "all_30": np.log((count(s.all_attacks, t - 30, t) / 30 + 0.05) / (year + 0.05)),
        "all_90": np.log((count(s.all_attacks, t - 90, t) / 90 + 0.05) / (year + 0.05)),
    }
