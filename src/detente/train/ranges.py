"""What range of numbers goes into each product of a net, so that the exported one can round them to bytes once and for all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from detente.events.encoder import Encoded
from detente.train.graph import Range, steps
from detente.train.model import Net, Rounding

READ = 500  # texts that are looked at
DRAWN = 4_000  # numbers of each that are kept
CUTS = np.linspace(0.3, 1.0, 15)  # shares of the extremes that are tried
SAME = ("key", "value")  # given what the query is given

Floats = NDArray[np.float32]


@torch.no_grad()
def ranges(net: Net, inputs: Sequence[Encoded], *, cut: bool = True, seed: int = 1) -> dict[str, Range]:
    """By linear map, the range whose bytes have the least squared error on what is put into it; all of it unless `cut`."""
    draw = np.random.default_rng(seed)
    seen: dict[str, list[Floats]] = {}
    ends: dict[str, Range] = {}

    def watching(name: str) -> Any:
        def look(_: nn.Module, given: tuple[torch.Tensor]) -> None:
            flat = given[0].numpy().ravel()
            low, high = ends.get(name, (0.0, 0.0))
            ends[name] = min(low, float(flat.min())), max(high, float(flat.max()))
            seen.setdefault(name, []).append(flat[draw.integers(0, len(flat), DRAWN)])

        return look

    net.eval()
    hooks = [
        part.register_forward_pre_hook(watching(name))
        for name, part in net.named_modules()
        if isinstance(part, Rounding) and name.rpartition(".")[2] not in SAME
    ]
    for n in draw.permutation(len(inputs))[:READ]:
        ids = torch.tensor([inputs[n].ids])
        net.encode(ids, torch.ones_like(ids))
    for hook in hooks:
        hook.remove()
    if not cut:
        return ends
    return {name: best(np.concatenate(numbers)[::4], *ends[name]) for name, numbers in seen.items()}


def best(numbers: Floats, low: float, high: float) -> Range:
    """Of ranges within [low, high] the one that rounds these numbers to bytes with the least squared error."""
    tried = [(float(low * below), float(high * above)) for below, above in product(CUTS, CUTS)]
    return min(tried, key=lambda span: error(numbers, *span))


def error(numbers: Floats, low: float, high: float) -> float:
    """Mean squared difference between numbers and what their bytes over [low, high] stand for."""
    step, nought = steps(low, high)
    back = (np.clip(np.rint(numbers / step) + nought, 0, 255) - nought) * step
    return float(np.square(back - numbers, dtype=np.float64).mean())
