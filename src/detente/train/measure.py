"""Scores of a trained net: macro F1 of types, quad classes and conflict or cooperation; temperature; factuality; deeds."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor

from detente.events.encoder import plain
from detente.events.judge import SCALE
from detente.records import MODALITIES
from detente.reference.codebook.read import NONE
from detente.train.model import Net
from detente.train.sets import LABELS, ROOTS, Deed, Item, quad
from detente.train.tasks import FACTS, allowed, pieces, tensors, words
from detente.train.told import Told

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Scores:
    """Macro F1 in percent over the classes that have gold; `none` counts pairs left without a type."""

    pairs: int
    root: float
    quad: float
    binary: float
    none: int


def fold(item: Item | Told) -> int:
    """Which fifth an item belongs to: by its sentence, so that no sentence stands on both sides."""
    return zlib.crc32(item.group.encode()) % 100 * FOLDS // 100


def macro_f1(gold: Sequence[object], said: Sequence[object]) -> float:
    """Unweighted mean F1 over the classes of `gold`, in percent."""
    total = 0.0
    for name in set(gold):
        hits = sum(g == name == s for g, s in zip(gold, said, strict=True))
        total += 2 * hits / (sum(g == name for g in gold) + sum(s == name for s in said))
    return 100 * total / max(1, len(set(gold)))


def score(items: Sequence[Item], logits: Tensor, abstain: float = 0.9) -> Scores:
    """Scores over items that have an event; NONE is said only above `abstain`."""
    kept = [i for i, item in enumerate(items) if NONE not in item.allowed]
    odds = torch.softmax(logits[kept], dim=-1)
    none = odds[:, LABELS.index(NONE)] >= abstain
    summed = _by_root(odds)
    said = [NONE if no else name for no, name in zip(none.tolist(), summed, strict=True)]
    gold = [ROOTS.get(items[i].allowed[0], items[i].allowed[0]) for i in kept]
    quads = [[quad(name) for name in names] for names in (gold, said)]
    return Scores(
        len(kept), round(macro_f1(gold, said), 1), round(macro_f1(*quads), 1),
        round(macro_f1(*([q >= 3 if q else None for q in qs] for qs in quads)), 1), int(none.sum()),
    )  # fmt: skip


def _by_root(odds: Tensor) -> list[str]:
    roots = sorted({ROOTS.get(label, label) for label in LABELS} - {NONE})
    table = torch.tensor([[float(ROOTS.get(label, label) == root) for root in roots] for label in LABELS])
    return [roots[i] for i in (odds @ table).argmax(1).tolist()]


def temperature(items: Sequence[Item], logits: Tensor) -> float:
    """The divisor of logits that makes the held-back labels likeliest: calibrated confidence (Guo et al. 2017)."""
    may = allowed(items)
    choices: list[float] = [0.4 + 0.05 * n for n in range(40)]

    def surprise(divisor: float) -> float:
        logs = torch.log_softmax(logits / divisor, dim=-1)
        return float(-torch.logsumexp(logs.masked_fill(~may, -1e4), dim=-1).mean())

    best: float = min(choices, key=surprise)
    return round(best, 2)


@dataclass(frozen=True, slots=True)
class FactScores:
    """Macro F1 in percent over happened, not and uncertain, Pearson's r of the score, and the biases that were set."""

    deeds: int
    macro_f1: float
    r: float
    bias: dict[str, float]


def facts(deeds: Sequence[Deed], out: Tensor, bias: dict[str, float] | None = None) -> FactScores:
    """Scores of the factuality head; without `bias` the one that is best on these deeds is searched."""
    gold = [deed.label for deed in deeds]

    def said(given: dict[str, float]) -> list[str]:
        shifted = out[:, 1:] + torch.tensor([given[name] for name in FACTS])
        return [FACTS[i] for i in shifted.argmax(1).tolist()]

    tries = [
        {"happened": 0.0, "not": n, "uncertain": u} for n in (-0.2, 0.0, 0.2) for u in (0, 0.2, 0.4, 0.6, 0.8, 1.0)
    ]
    chosen = bias or max(tries, key=lambda given: macro_f1(gold, said(given)))
    both = torch.stack([out[:, 0] * SCALE, torch.tensor([deed.score for deed in deeds])])
    return FactScores(
        len(deeds), round(macro_f1(gold, said(chosen)), 1), round(float(torch.corrcoef(both)[0, 1]), 3), chosen
    )


@dataclass(frozen=True, slots=True)
class ToldScores:
    """Percent of deeds with their type and with their modality right, and of known other words taken for deeds."""

    deeds: int
    type: float
    quad: float
    modality: float
    others: int
    alarms: float


@torch.no_grad()
def told(net: Net, tokenizer: Tokenizer, sentences: Sequence[Told]) -> ToldScores:
    """How the deed head reads words whose type is known."""
    deeds = right = quads = modal = others = alarms = 0
    for sentence in sentences:
        made = pieces(tokenizer, sentence.text)
        ids, mask, _ = tensors([plain(made)])
        known = list(words(made, sentence))
        if not known:
            continue
        x, mean = net.encode(ids, mask)
        at = torch.tensor([where for where, _ in known])
        out = net.deeds(x, mean, torch.zeros_like(at), at)
        for row, (_, deed) in zip(out, known, strict=True):
            said = LABELS[int(row[: len(LABELS)].argmax())]
            if deed is None:
                others += 1
                alarms += said != NONE
                continue
            deeds += 1
            right += said == deed.type
            quads += quad(said) == quad(deed.type)
            modal += MODALITIES[int(row[len(LABELS) :].argmax())] == deed.modality
    share = 100 / max(1, deeds)
    return ToldScores(deeds, round(right * share, 1), round(quads * share, 1), round(modal * share, 1), others,
                      round(100 * alarms / max(1, others), 1))  # fmt: skip
