"""The pooled model that ships with Detente, so that a new theatre with little history gets an outlook.

It is a JSON file of coefficients and of cluster centres, each the mean of many cases, scored in plain numpy, beside a
manifest that names the streams it was trained on, up to which day, with size, hash and terms. No row of any stream is in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from detente.outlook.cases import Cases
from detente.outlook.kernel import Kernel
from detente.outlook.models import Model
from detente.outlook.streams import to_day
from detente.records import FileFormatError

FORMAT = 2
FIGURES = ("mean", "spread", "centres", "weights")
SHIPPED, EARLIER = "pooled.json", "pooled-early.json"


@dataclass(frozen=True, slots=True)
class Pretrained:
    """Members by horizon: `full` use all features, `own` only those that a Series can give.

    `until` tells for each training stream the day from which on nothing of it was seen; `base` the
    share of training cases that resumed, `spread` how far a year of a stream not learned from strays from
    what the own-record members say of it (log-odds).
    """

    version: str
    until: Mapping[str, date]
    full: Mapping[int, tuple[Kernel, ...]]
    own: Mapping[int, tuple[Kernel, ...]]
    base: Mapping[int, float]
    spread: Mapping[int, float]

    def fits_before(self, streams: Sequence[str], split: int) -> bool:
        """May it be used on these streams from day `split` on, without having seen any of what follows?"""
        return all(to_day(self.until[s]) <= split for s in streams if s in self.until)


def pack(model: Kernel) -> dict[str, Any]:
    """A member as plain JSON data, figures to six significant digits."""
    return {"names": model.names, **{k: _short(getattr(model, k)) for k in FIGURES}}


def unpack(data: Mapping[str, Any]) -> Kernel:
    """The member that `pack` stored."""
    return Kernel(tuple(data["names"]), *(np.array(data[k], dtype=float) for k in FIGURES))


def _short(values: np.ndarray) -> Any:
    if values.ndim > 1:
        return [_short(row) for row in values]
    return [float(f"{v:.6g}") for v in values]


def to_json(model: Pretrained) -> bytes:
    """The model as JSON; the same model gives the same bytes."""
    data = {
        "format": FORMAT,
        "version": model.version,
        "until": {k: v.isoformat() for k, v in sorted(model.until.items())},
        "base": {str(h): round(b, 4) for h, b in model.base.items()},
        "spread": {str(h): round(b, 4) for h, b in model.spread.items()},
        "full": {str(h): [pack(m) for m in members] for h, members in model.full.items()},
        "own": {str(h): [pack(m) for m in members] for h, members in model.own.items()},
    }
    return json.dumps(data, separators=(",", ":")).encode()


def from_json(raw: bytes, origin: str = SHIPPED) -> Pretrained:
    """Reads what `to_json` wrote; raises FileFormatError for another format."""
    data = json.loads(raw)
    if data.get("format") != FORMAT:
        raise FileFormatError(origin, f"format {data.get('format')!r}, this version reads {FORMAT}", name="format")
    members = {k: {int(h): tuple(unpack(m) for m in ms) for h, ms in data[k].items()} for k in ("full", "own")}
    until = {k: date.fromisoformat(v) for k, v in data["until"].items()}
    base, spread = ({int(h): float(v) for h, v in data[k].items()} for k in ("base", "spread"))
    return Pretrained(data["version"], until, members["full"], members["own"], base, spread)


@cache
def load(name: str = SHIPPED) -> Pretrained:
    """A model that ships with the package, by default the one trained on the most."""
    return from_json(files("detente.outlook.data").joinpath(name).read_bytes(), name)


def shipped() -> tuple[Pretrained, ...]:
    """The models that ship, the newest first; the earlier one leaves more years of its streams as a test."""
    return load(), load(EARLIER)


def manifest(name: str = SHIPPED) -> dict[str, Any]:
    """What a shipped model was trained on, written beside it."""
    listed = files("detente.outlook.data").joinpath(name.replace(".json", ".manifest.json"))
    return json.loads(listed.read_text(encoding="utf-8"))


def score_with(models: Sequence[Model], cases: Cases) -> np.ndarray:
    """Probabilities of several members side by side, one column each."""
    return np.column_stack([m.predict(cases) for m in models])
