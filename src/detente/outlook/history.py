"""What a dyad's own record says on a forecast day: attacks, gaps between them, words and moves.

Every function reads sorted day numbers and looks only at days up to and including the forecast day `t`.
The same features come from an event stream and from a Series, so one model serves both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

TAUS = (15, 30, 60, 90, 180, 365, 1000)
WINDOWS = (7, 30, 90, 365)
SPANS = (7, 30, 90)
SIGNALS = ("TH", "MOB", "CO", "PR", "RR", "VC", "COOP", "CF")  # non-violent classes; COOP = verbal + material
EMPTY = np.array([], dtype=int)


@dataclass(frozen=True, slots=True)
class History:
    """One dyad: `attacks` are distinct days with `weights` events each; `signals` repeat a day per event.

    `volume` holds the days of all events (or reports) of the stream, of any dyad; `first` is the first
    day anybody was listening.
    """

    attacks: np.ndarray
    weights: np.ndarray
    signals: Mapping[str, np.ndarray]
    volume: np.ndarray
    first: int


def count(days: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """How many of the sorted `days` fall in (low, high], elementwise."""
    return np.searchsorted(days, high, "right") - np.searchsorted(days, low, "right")


def decayed(days: np.ndarray, t: np.ndarray, tau: float, weights: np.ndarray | None = None) -> np.ndarray:
    """Sum of weight * exp(-(t - day) / tau) over days <= t; `days` sorted."""
    if not len(days):
        return np.zeros(len(t))
    mass = np.ones(len(days)) if weights is None else weights.astype(float)
    fade = np.exp(-np.diff(days, prepend=days[0]) / tau)
    state = np.empty(len(days))
    level = 0.0
    for i, (f, m) in enumerate(zip(fade.tolist(), mass.tolist(), strict=True)):
        level = level * f + m
        state[i] = level
    at = np.searchsorted(days, t, "right") - 1
    return np.where(at >= 0, state[at] * np.exp(-(t - days[at]) / tau), 0.0)


def exposure(first: int, t: np.ndarray, tau: float) -> np.ndarray:
    """Days of listening up to t, faded like `decayed`, so that decayed / exposure is a daily rate."""
    return tau * (1 - np.exp(-np.maximum(t - first, 1) / tau))


def attack_features(h: History, t: np.ndarray, last: np.ndarray) -> dict[str, np.ndarray]:
    """Rates of attack-days, how strong the phase before the lull was, and how long ago."""
    a, since = h.attacks, t - last
    born = max(h.first, int(a[0]) - 30)
    out = {"since": since, "age": t - a[0], "expo": t - born, "attacks": count(a, last * 0 - 10**6, t)}
    for w in (30, 90, 180, 365, 730):
        out[f"att_{w}"] = count(a, t - w, t)
        out[f"phase_{w}"] = count(a, last - w, last)
    for tau in TAUS:
        out[f"dec_{tau}"] = decayed(a, t, tau)
        out[f"rate_{tau}"] = (out[f"dec_{tau}"] + 0.3) / (exposure(born, t, tau) + 60)
    out["events_90"] = decayed(a, t, 90, h.weights)
    out["events_365"] = decayed(a, t, 365, h.weights)
    cum = np.concatenate([[0], np.cumsum(h.weights)])
    upto = np.searchsorted(a, last, "right")
    out["last_events"] = h.weights[upto - 1]
    out["phase_events"] = cum[upto] - cum[np.searchsorted(a, last - 30, "right")]
    for w in (7, 14):
        out[f"phase_{w}"] = count(a, last - w, last)
    for n in (2, 5, 10):
        out[f"pace_{n}"] = last - a[np.maximum(upto - 1 - n, 0)]
    return out


def gap_features(h: History, t: np.ndarray, last: np.ndarray, prior: float = 2.0) -> dict[str, np.ndarray]:
    """How this pause compares with the dyad's own earlier gaps, old gaps fading with two years."""
    a = h.attacks
    gaps, ends = np.diff(a), a[1:]
    names = ("gap_mean", "gap_max", "gap_last", "gap_prev", "gap_sd", "lulls", "lull_mean", "lull_last", "outlived")
    out = {n: np.zeros(len(t)) for n in names + tuple(f"ends_{s}" for s in SPANS) + ("at_risk", "after_lull")}
    for j, (now, was) in enumerate(zip(t.tolist(), last.tolist(), strict=True)):
        n = int(np.searchsorted(ends, was, "right"))
        since, past = now - was, gaps[:n]
        if not n:
            continue
        recent = past[-50:]
        long = past[past > 14]
        weight = np.exp(-(now - ends[:n]) / 730)
        over = past > since
        risk = weight[over].sum()
        out["gap_mean"][j], out["gap_max"][j] = recent.mean(), recent.max()
        out["gap_last"][j], out["gap_prev"][j] = past[-1], past[-2] if n > 1 else 0
        out["gap_sd"][j] = np.log(recent).std()
        out["lulls"][j] = len(long)
        if len(long):
            out["lull_mean"][j], out["lull_last"][j] = np.log(long).mean(), long[-1]
        out["outlived"][j] = ((past > 14) & ~over).sum() / (len(long) + 1)
        out["at_risk"][j] = risk
        for s in SPANS:
            out[f"ends_{s}"][j] = weight[over & (past <= since + s)].sum() - risk * (1 - 0.5 ** (s / 45))
            out[f"ends_{s}"][j] /= risk + prior
        starts = np.flatnonzero(past > 14)
        if len(starts):
            resumed = ends[starts[-1]]
            out["after_lull"][j] = np.searchsorted(a, min(resumed + 30, was), "right") - starts[-1] - 1
    return out


def signal_features(h: History, t: np.ndarray, last: np.ndarray) -> dict[str, np.ndarray]:
    """Threats, moves, words and help inside the dyad, and each against its own long-run level."""
    out: dict[str, np.ndarray] = {}
    total = {w: np.zeros(len(t)) for w in WINDOWS}
    for s in SIGNALS:
        days = h.signals.get(s, EMPTY)
        for w in WINDOWS:
            out[f"{s}_{w}"] = count(days, t - w, t)
            total[w] += out[f"{s}_{w}"]
        out[f"{s}_lull"] = count(days, last, t)
        out[f"{s}_trend"] = np.log((decayed(days, t, 20) + 0.5) / 20) - np.log((decayed(days, t, 365) + 1) / 365)
    for w in WINDOWS:
        out[f"words_{w}"] = total[w]
        out[f"share_{w}"] = np.log((total[w] + 1) / (count(h.volume, t - w, t) + 50))
    out["coop_share_90"] = (out["COOP_90"] + 1) / (total[90] + 2)
    out["hostile_trend"] = np.log(out["TH_30"] + out["MOB_30"] + out["VC_30"] + 1) - np.log(
        (out["TH_365"] + out["MOB_365"] + out["VC_365"]) / 12 + 1
    )
    return out


def volume_features(h: History, t: np.ndarray) -> dict[str, np.ndarray]:
    """How much was being reported at all, against the year before: the stream's own density."""
    now, year = count(h.volume, t - 30, t) / 30, count(h.volume, t - 395, t - 30)
    listened = np.clip(t - 30 - h.first, 1, 365)
    return {"volume": np.log((now + 0.5) / (year / listened + 0.5)), "density": np.log(now + 0.1)}


def own_features(h: History, t: np.ndarray, last: np.ndarray) -> dict[str, np.ndarray]:
    """All features of one dyad at forecast days `t` of lulls that began after `last`."""
    return {
        **attack_features(h, t, last),
        **gap_features(h, t, last),
        **signal_features(h, t, last),
        **volume_features(h, t),
    }
