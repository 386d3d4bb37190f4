"""Fine-tuning: weighted sampling, two tasks in turn, averaged weights."""

from __future__ import annotations

import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import cycle

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from detente.events.judge import LONGEST, SCALE, Encoded, Piece, batches, mark, padded, point
from detente.train.augment import names, vary
from detente.train.model import LAYERS, Net
from detente.train.sets import LABELS, Deed, Item

FACTS = ("happened", "not", "uncertain")
MASKED = 103  # BERT's [MASK] piece
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how hard to train; steps are batches of `batch` pairs."""

    steps: int = 600
    batch: int = 24
    rate: float = 2e-4  # of the heads; the encoder's layers take less the deeper they lie
    decay: float = 0.85
    smoothing: float = 0.08
    masked: float = 0.05
    average: float = 0.99
    facts_batch: int = 16  # sentences of the factuality set in each step; 0 leaves the head untrained
    facts_weight: float = 1.0
    rounded: bool = False  # with the rounding of the exported model
    seed: int = 1


def pieces(tokenizer: Tokenizer, text: str) -> list[Piece]:
    """Word pieces of a text with their offsets."""
    found = tokenizer.encode(text, add_special_tokens=False)
    return [(i, *span) for i, span in zip(found.ids, found.offsets, strict=True)]


def tensors(inputs: Sequence[Encoded]) -> tuple[Tensor, Tensor, Tensor]:
    """ids, mask, points of a batch."""
    made = padded(inputs)
    return torch.from_numpy(made["ids"]), torch.from_numpy(made["mask"]), torch.from_numpy(made["points"])


def train(net: Net, tokenizer: Tokenizer, items: Sequence[Item], deeds: Sequence[Deed], plan: Plan, say: Say) -> Net:
    """The net with averaged weights after `plan.steps` steps on pairs and, in the same steps, on deeds."""
    torch.manual_seed(plan.seed)
    rng = random.Random(plan.seed)
    net.train()
    net.round(plan.rounded)
    net.words.weight.requires_grad_(False)
    optimiser = torch.optim.AdamW(_groups(net, plan), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _warm(step, plan.steps))
    averaged = deepcopy(net)
    draws = _draws(items, plan, rng, tokenizer)
    facts = _fact_draws(deeds, plan, rng, tokenizer) if deeds and plan.facts_batch else None
    begun, running = time.time(), 0.0
    for step in range(plan.steps):
        loss = _type_loss(net, next(draws), plan)
        if facts is not None:
            loss = loss + plan.facts_weight * _fact_loss(net, next(facts))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        _average(averaged, net, min(plan.average, (step + 1) / (step + 10)))
        running += float(loss.detach())
        if (step + 1) % 50 == 0:
            say(f"step {step + 1}/{plan.steps}  loss {running / 50:.3f}  {time.time() - begun:.0f} s")
            running = 0.0
    averaged.round(False)
    return averaged.eval()


def _warm(step: int, steps: int) -> float:
    rise = max(1, steps // 12)
    return min((step + 1) / rise, max(0.02, (steps - step) / max(1, steps - rise)))


def _groups(net: Net, plan: Plan) -> list[dict[str, object]]:
    """Parameters with their rates: heads in full, each layer below at `decay` of the one above, half for the encoder."""
    by_rate: dict[float, list[Tensor]] = defaultdict(list)
    for name, value in net.named_parameters():
        if not value.requires_grad:
            continue
        if name.startswith("layers."):
            depth = LAYERS - 1 - int(name.split(".")[1])
            by_rate[plan.rate * 0.5 * plan.decay**depth].append(value)
        elif name.startswith(("type_", "fact_", "marks")):
            by_rate[plan.rate * 2].append(value)
        else:
            by_rate[plan.rate * 0.5 * plan.decay**LAYERS].append(value)
    return [{"params": values, "lr": rate} for rate, values in by_rate.items()]


@torch.no_grad()
def _average(averaged: Net, net: Net, keep: float) -> None:
    for mean, value in zip(averaged.parameters(), net.parameters(), strict=True):
        if value.requires_grad:
            mean.lerp_(value, 1.0 - keep)


# ------------------------------------------------------------------------------------------------ pairs
Batch = tuple[tuple[Tensor, Tensor, Tensor], Tensor]


def _draws(items: Sequence[Item], plan: Plan, rng: random.Random, tokenizer: Tokenizer) -> Iterator[Batch]:
    """Batches for ever, rare types drawn more often (by the square root of how rare they are)."""
    pool = names(items)
    count = Counter[tuple[str, ...]]()
    for item in items:
        count[item.allowed] += item.weight  # type: ignore[assignment]
    odds = [item.weight / count[item.allowed] ** 0.5 for item in items]
    while True:
        chosen = sorted(rng.choices(items, odds, k=plan.batch * 4), key=lambda item: len(item.text))
        parts = [chosen[low : low + plan.batch] for low in range(0, len(chosen), plan.batch)]
        rng.shuffle(parts)
        for part in parts:
            inputs = [_noised(encode(tokenizer, vary(item, pool, rng)), plan.masked, rng) for item in part]
            yield tensors(inputs), allowed(part)


def encode(tokenizer: Tokenizer, item: Item) -> Encoded:
    """A training item as the judge will see it."""
    return mark(pieces(tokenizer, item.text), item.actor, item.recipient)


def allowed(items: Sequence[Item]) -> Tensor:
    """(n, labels) true where an item's label may be."""
    return torch.tensor([[label in item.allowed for label in LABELS] for item in items])


def _noised(encoded: Encoded, chance: float, rng: random.Random) -> Encoded:
    ids = tuple(MASKED if i > 4 and i not in (101, 102) and rng.random() < chance else i for i in encoded.ids)
    return Encoded(ids, encoded.points)


def _type_loss(net: Net, batch: Batch, plan: Plan) -> Tensor:
    (ids, mask, points), may = batch
    x, mean = net.encode(ids, mask)
    logs = functional.log_softmax(net.types(x, mean, points), dim=-1)
    right = torch.logsumexp(logs.masked_fill(~may, -1e4), dim=-1)
    return -((1 - plan.smoothing) * right + plan.smoothing * logs.mean(-1)).mean()


# ------------------------------------------------------------------------------------------------ deeds
FactBatch = tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]


def _fact_draws(deeds: Sequence[Deed], plan: Plan, rng: random.Random, tokenizer: Tokenizer) -> Iterator[FactBatch]:
    """Batches of sentences with all their triggers, each sentence encoded once."""
    by_text: dict[str, list[Deed]] = defaultdict(list)
    for deed in deeds:
        by_text[deed.text].append(deed)
    encoded = {
        text: made for text, group in by_text.items() if len(made := pieces(tokenizer, text)) <= LONGEST - 2 and group
    }
    texts = sorted(encoded, key=lambda text: (len(encoded[text]) // 4, rng.random()))
    parts = [texts[low : low + plan.facts_batch] for low in range(0, len(texts), plan.facts_batch)]
    rng.shuffle(parts)
    for part in cycle(parts):
        yield _fact_batch([(encoded[text], by_text[text]) for text in part])


def _fact_batch(group: Sequence[tuple[list[Piece], list[Deed]]]) -> FactBatch:
    rows, triggers, scores, labels, inputs = [], [], [], [], []
    for row, (made, of_text) in enumerate(group):
        points = [point(made, deed.trigger) for deed in of_text]
        inputs.append(points[0])
        for deed, at in zip(of_text, points, strict=True):
            rows.append(row)
            triggers.append(at.points[2])
            scores.append(deed.score)
            labels.append(FACTS.index(deed.label))
    ids, mask, _ = tensors(inputs)
    return ids, mask, torch.tensor(rows), torch.tensor(triggers), torch.tensor(scores), torch.tensor(labels)


def _fact_loss(net: Net, batch: FactBatch) -> Tensor:
    ids, mask, rows, triggers, scores, labels = batch
    x, mean = net.encode(ids, mask)
    out = net.facts(x, mean, rows, triggers)
    return 0.5 * functional.smooth_l1_loss(out[:, 0], scores / SCALE) + 0.5 * functional.cross_entropy(
        out[:, 1:], labels
    )


# ------------------------------------------------------------------------------------------------ reading
@torch.no_grad()
def predict(net: Net, inputs: Sequence[Encoded]) -> tuple[Tensor, Tensor]:
    """Type logits (n, labels) and factuality (n, 4) of each input."""
    types, facts = torch.zeros(len(inputs), len(LABELS)), torch.zeros(len(inputs), 4)
    net.eval()
    for rows in batches(inputs, 32):
        types[rows], facts[rows] = net(*tensors([inputs[i] for i in rows]))
    return types, facts
