"""Fine-tuning: a step of each task in turn, averaged weights; and reading with a trained net."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

import torch
from torch import Tensor

from detente.events.encoder import Encoded
from detente.train.model import LAYERS, Net
from detente.train.sets import LABELS
from detente.train.tasks import Task, tensors

Say = Callable[[str], None]
HEADS = 3.0  # how much faster the heads learn than the rate of the plan


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how hard to train: a step is one batch of each task that is due."""

    steps: int = 600
    rate: float = 2.5e-4  # the heads take HEADS times it, the encoder's layers half and less the deeper they lie
    decay: float = 0.85
    average: float = 0.99
    rounded: bool = False  # with the rounding of the exported model
    seed: int = 1
    warm: float = 0.08  # share of the steps in which the rate rises
    least: float = 0.02  # what the rate falls to
    half: bool = False  # products of matrices in bfloat16: twice as fast where the processor has them


def train(net: Net, tasks: Mapping[str, tuple[Task, int]], plan: Plan, say: Say) -> Net:
    """The net with averaged weights after `plan.steps` steps; each task learns in every n-th step, n given beside it."""
    torch.manual_seed(plan.seed)
    net.train()
    net.round(plan.rounded)
    net.words.weight.requires_grad_(False)
    optimiser = torch.optim.AdamW(_groups(net, plan), weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _warm(step, plan))
    averaged = deepcopy(net)
    begun, running = time.time(), defaultdict[str, list[float]](list)
    for step in range(plan.steps):
        optimiser.zero_grad()
        for name, (task, every) in tasks.items():
            if step % every == 0:
                with torch.autocast("cpu", torch.bfloat16, enabled=plan.half):
                    loss = task.loss(net)
                loss.backward()
                running[name].append(float(loss.detach()))
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        _average(averaged, net, min(plan.average, (step + 1) / (step + 10)))
        if (step + 1) % 50 == 0:
            seen = "  ".join(f"{name} {sum(losses) / len(losses):.3f}" for name, losses in running.items())
            say(f"step {step + 1}/{plan.steps}  {seen}  {time.time() - begun:.0f} s")
            running.clear()
    averaged.round(False)
    return averaged.eval()


def _warm(step: int, plan: Plan) -> float:
    rise = max(1, int(plan.steps * plan.warm))
    return min((step + 1) / rise, max(plan.least, (plan.steps - step) / max(1, plan.steps - rise)))


def _groups(net: Net, plan: Plan) -> list[dict[str, object]]:
    """Parameters with their rates: heads in full, each layer below at `decay` of the one above, half for the encoder."""
    by_rate: dict[float, list[Tensor]] = defaultdict(list)
    for name, value in net.named_parameters():
        if not value.requires_grad:
            continue
        if name.startswith("layers."):
            depth = LAYERS - 1 - int(name.split(".")[1])
            by_rate[plan.rate * 0.5 * plan.decay**depth].append(value)
        elif name.startswith(("places", "norm")):
            by_rate[plan.rate * 0.5 * plan.decay**LAYERS].append(value)
        else:
            by_rate[plan.rate * HEADS].append(value)
    return [{"params": values, "lr": rate} for rate, values in by_rate.items()]


@torch.no_grad()
def _average(averaged: Net, net: Net, keep: float) -> None:
    for mean, value in zip(averaged.parameters(), net.parameters(), strict=True):
        if value.requires_grad:
            mean.lerp_(value, 1.0 - keep)


# ------------------------------------------------------------------------------------------------ reading
@torch.no_grad()
def predict(net: Net, inputs: Sequence[Encoded]) -> tuple[Tensor, Tensor]:
    """Type logits (n, labels) and factuality (n, 4) of each input."""
    types, facts = torch.zeros(len(inputs), len(LABELS)), torch.zeros(len(inputs), 4)
    net.eval()
    order = sorted(range(len(inputs)), key=lambda i: len(inputs[i].ids))
    for low in range(0, len(order), 32):
        rows = order[low : low + 32]
        ids, mask, points = tensors([inputs[i] for i in rows])
        x, mean = net.encode(ids, mask)
        types[rows] = net.types(x, mean, points)
        facts[rows] = net.facts(x, mean, torch.arange(len(rows)), points[:, 2])
    return types, facts
