"""From a stream to cases with features, none of which looks past its own forecast day."""

from __future__ import annotations

import numpy as np

from detente.outlook.cases import VIOLENCE, Cases, Definition, find_cases
from detente.outlook.context import actor_features, place_features, stream_features, survey
from detente.outlook.history import EMPTY, SIGNALS, History, own_features
from detente.outlook.kindred import Kindred, outcome_features
from detente.outlook.streams import CLASSES, Stream, grouped

MEMBERS = {"COOP": ("VP", "MP")}  # signals made of several classes; the others are a class of the same name


def histories(stream: Stream, units: set[str]) -> dict[str, History]:
    """The own record of each of the named units."""
    chosen = np.array([u in units for u in stream.unit.tolist()])
    unit, day, cls = stream.unit[chosen], stream.day[chosen], stream.cls[chosen]
    by_class = [grouped(unit[cls == c], day[cls == c]) for c in range(len(CLASSES))]
    found = {}
    for name in units:
        attacks, weights = np.unique(by_class[VIOLENCE].get(name, EMPTY), return_counts=True)
        signals = {}
        for s in SIGNALS:
            parts = [by_class[CLASSES.index(c)].get(name, EMPTY) for c in MEMBERS.get(s, (s,))]
            signals[s] = np.sort(np.concatenate(parts))
        found[name] = History(attacks, weights, signals, stream.day, stream.first)
    return found


def own_only(history: History, cases: Cases) -> Cases:
    """Cases of one dyad with the features of its own record."""
    table = own_features(history, cases.t, cases.last)
    return cases.with_x(np.column_stack([np.asarray(v, float) for v in table.values()]), tuple(table))


def build(stream: Stream, rule: Definition | None = None) -> Cases:
    """Every case of a stream with all features, sorted by time, then unit."""
    cases = find_cases(stream, rule)
    own = histories(stream, set(cases.unit.tolist()))
    around, kindred = survey(stream), Kindred(stream)
    x: np.ndarray | None = None
    names: tuple[str, ...] = ()
    for unit, index in grouped(cases.unit, np.arange(len(cases))).items():
        t, last, h = cases.t[index], cases.last[index], own[unit]
        days = np.repeat(h.attacks, h.weights)
        table = {
            **own_features(h, t, last),
            **actor_features(around, unit, days, t),
            **place_features(around, unit, days, t, last),
            **stream_features(around, t, stream.first),
            **kindred.features(unit, t),
        }
        if x is None:
            names = tuple(table)
            x = np.empty((len(cases), len(names)))
        x[index] = np.column_stack(list(table.values()))
    if x is None:
        return cases
    record = outcome_features(cases)
    filled = cases.with_x(np.column_stack([x, *record.values()]), (*names, *record))
    return filled.take(np.lexsort((filled.unit, filled.t)))
