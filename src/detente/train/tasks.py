"""What the net learns at once: types of marked pairs, factuality, deeds with their parties, accounts with their voices.

Each task draws its own batches for ever and gives the loss of the next one.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from typing import Protocol, TypeVar

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from detente.events.encoder import LONGEST, Encoded, Piece, lined, mark, plain, point
from detente.events.judge import SCALE
from detente.records import MODALITIES
from detente.reference.codebook.read import NONE
from detente.train.augment import names, vary
from detente.train.model import Net
from detente.train.sets import LABELS, Deed, Item
from detente.train.told import UNKNOWN, Account, Told, cue_tags, parts, shares, words

FACTS = ("happened", "not", "uncertain")
PAD, MASKED = 0, 103  # BERT's [PAD] and [MASK] pieces
PIECES = 1_300  # word pieces of a batch of texts, about
MARKED = 950  # and of one of texts with marked deeds, of which there are most
QUIET = 0.35  # weight of a word that is no deed beside one that is


T = TypeVar("T")


class Task(Protocol):
    """One thing to learn."""

    def loss(self, net: Net) -> Tensor:
        """The loss of the next batch."""
        ...


def pieces(tokenizer: Tokenizer, text: str) -> list[Piece]:
    """Word pieces of a text with their offsets."""
    found = tokenizer.encode(text, add_special_tokens=False)
    return [(i, *span) for i, span in zip(found.ids, found.offsets, strict=True)]


def tensors(inputs: Sequence[Encoded]) -> tuple[Tensor, Tensor, Tensor]:
    """ids and mask (n, length), padded to the longest, and points (n, POINTS) of a batch."""
    each = [torch.tensor(item.ids) for item in inputs]
    ids = nn.utils.rnn.pad_sequence(each, batch_first=True, padding_value=PAD)
    mask = nn.utils.rnn.pad_sequence([torch.ones_like(row) for row in each], batch_first=True)
    return ids, mask, torch.tensor([item.points for item in inputs])


def encode(tokenizer: Tokenizer, item: Item) -> Encoded:
    """A marked pair as the judge will see it."""
    return mark(pieces(tokenizer, item.text), item.actor, item.recipient)


def allowed(items: Sequence[Item]) -> Tensor:
    """(n, labels) true where an item's label may be."""
    return torch.tensor([[label in item.allowed for label in LABELS] for item in items])


def _noised(encoded: Encoded, chance: float, rng: random.Random) -> Encoded:
    ids = tuple(MASKED if i > 5 and i not in (101, 102) and rng.random() < chance else i for i in encoded.ids)
    return Encoded(ids, encoded.points)


# ------------------------------------------------------------------------------------------------ marked pairs
class Pairs:
    """Types of marked pairs; rare types drawn more often (by the square root of how rare they are)."""

    def __init__(
        self, items: Sequence[Item], tokenizer: Tokenizer, rng: random.Random, batch: int, masked: float, soft: float
    ) -> None:
        self._items, self._tokenizer, self._rng = items, tokenizer, rng
        self._batch, self._masked, self._soft = batch, masked, soft
        self._draws = self._drawn()

    def _drawn(self) -> Iterator[list[Item]]:
        pool, count = names(self._items), Counter[tuple[str, ...]]()
        for item in self._items:
            count[item.allowed] += item.weight  # type: ignore[assignment]
        odds = [item.weight / count[item.allowed] ** 0.5 for item in self._items]
        while True:
            chosen = sorted(self._rng.choices(self._items, odds, k=self._batch * 4), key=lambda item: len(item.text))
            parts = [chosen[low : low + self._batch] for low in range(0, len(chosen), self._batch)]
            self._rng.shuffle(parts)
            for part in parts:
                yield [vary(item, pool, self._rng) for item in part]

    def loss(self, net: Net) -> Tensor:
        """Cross-entropy in which every allowed label counts as right, smoothed."""
        items = next(self._draws)
        inputs = [_noised(encode(self._tokenizer, item), self._masked, self._rng) for item in items]
        ids, mask, points = tensors(inputs)
        x, mean = net.encode(ids, mask)
        logs = functional.log_softmax(net.types(x, mean, points), dim=-1)
        right = torch.logsumexp(logs.masked_fill(~allowed(items), -1e4), dim=-1)
        return -((1 - self._soft) * right + self._soft * logs.mean(-1)).mean()


# ------------------------------------------------------------------------------------------------ factuality
class Facts:
    """Sentences of a factuality set with all their deeds, each sentence encoded once."""

    def __init__(self, deeds: Sequence[Deed], tokenizer: Tokenizer, rng: random.Random) -> None:
        self._draws = self._drawn(deeds, tokenizer, rng)

    @staticmethod
    def _drawn(
        deeds: Sequence[Deed], tokenizer: Tokenizer, rng: random.Random
    ) -> Iterator[list[tuple[list[Piece], list[Deed]]]]:
        by_text: dict[str, list[Deed]] = defaultdict(list)
        for deed in deeds:
            by_text[deed.text].append(deed)
        made = {text: found for text in by_text if len(found := pieces(tokenizer, text)) <= LONGEST - 2}
        texts = sorted(made, key=lambda text: (len(made[text]) // 4, rng.random()))
        parts = _filled(texts, lambda text: len(made[text]), PIECES // 4)
        rng.shuffle(parts)
        for part in cycle(parts):
            yield [(made[text], by_text[text]) for text in part]

    def loss(self, net: Net) -> Tensor:
        """Half the distance of the score, half the cross-entropy of the label."""
        rows, at, scores, labels, inputs = [], [], [], [], []
        for row, (made, deeds) in enumerate(next(self._draws)):
            points = [point(made, deed.trigger) for deed in deeds]
            inputs.append(points[0])
            for deed, where in zip(deeds, points, strict=True):
                rows.append(row)
                at.append(where.points[2])
                scores.append(deed.score)
                labels.append(FACTS.index(deed.label))
        ids, mask, _ = tensors(inputs)
        x, mean = net.encode(ids, mask)
        out = net.facts(x, mean, torch.tensor(rows), torch.tensor(at))
        near = functional.smooth_l1_loss(out[:, 0], torch.tensor(scores) / SCALE)
        return 0.5 * near + 0.5 * functional.cross_entropy(out[:, 1:], torch.tensor(labels))


def _filled(texts: Sequence[T], size: Callable[[T], int], room: int) -> list[list[T]]:
    """Texts in groups of about `room` pieces, padding counted."""
    out: list[list[T]] = [[]]
    longest = 0
    for text in texts:
        longest = max(longest, size(text))
        if out[-1] and longest * (len(out[-1]) + 1) > room:
            out.append([])
            longest = size(text)
        out[-1].append(text)
    return out


def _size(item: Told | Account) -> int:
    """Word pieces of a text, about."""
    return len(item.text) // 4 + 4


# ------------------------------------------------------------------------------------------------ deeds
class Deeds:
    """Which words tell a deed, of which type and modality, and which words are its parties."""

    def __init__(self, told: Sequence[Told], tokenizer: Tokenizer, rng: random.Random, masked: float) -> None:
        self._told, self._tokenizer, self._rng, self._masked = told, tokenizer, rng, masked
        self._draws = self._drawn()

    def _drawn(self) -> Iterator[list[Told]]:
        odds = shares(self._told)
        while True:
            chosen = sorted(self._rng.choices(self._told, odds, k=160), key=lambda t: len(t.text))
            parts = _filled(chosen, _size, MARKED)
            self._rng.shuffle(parts)
            yield from parts

    def loss(self, net: Net) -> Tensor:
        """Cross-entropy of deed types over known words, of modality and of parties over deeds."""
        told = next(self._draws)
        split = [pieces(self._tokenizer, t.text) for t in told]
        ids, mask, _ = tensors([_noised(plain(made), self._masked, self._rng) for made in split])
        x, mean = net.encode(ids, mask)
        rows: list[int] = []
        deeds: list[int] = []
        at, types, modes, weights = [], [], [], []
        parties = torch.full((sum(len(t.deeds) for t in told), x.shape[1]), UNKNOWN)
        for row, (t, made) in enumerate(zip(told, split, strict=True)):
            for where, deed in words(made, t):
                if deed is not None:
                    parties[len(deeds)] = torch.tensor(parts(made, deed.actors, deed.recipients, x.shape[1]))
                    deeds.append(len(rows))
                rows.append(row)
                at.append(where)
                types.append(LABELS.index(deed.type if deed else NONE))
                modes.append(MODALITIES.index(deed.modality) if deed else UNKNOWN)  # type: ignore[arg-type]
                weights.append(1.0 if deed else QUIET)
        r, a = torch.tensor(rows), torch.tensor(at)
        out = net.deeds(x, mean, r, a)
        loss = functional.cross_entropy(
            out[:, : len(LABELS)], torch.tensor(types), reduction="none", label_smoothing=0.05
        )
        total = (loss * torch.tensor(weights)).sum() / sum(weights)
        if deeds:
            total = total + 0.7 * functional.cross_entropy(
                out[:, len(LABELS) :], torch.tensor(modes), ignore_index=UNKNOWN
            )
            links = net.role(x, r[deeds], a[deeds])
            total = total + functional.cross_entropy(links.flatten(0, 1), parties[: len(deeds)].flatten())
        return total


# ------------------------------------------------------------------------------------------------ accounts
class Accounts:
    """Which words bring somebody's words, and for each who speaks and what is said."""

    def __init__(
        self, accounts: Sequence[Account], tokenizer: Tokenizer, rng: random.Random, masked: float, room: int = PIECES
    ) -> None:
        self._tokenizer, self._rng, self._masked, self._room = tokenizer, rng, masked, room
        self._draws = self._drawn(accounts)

    def _drawn(self, accounts: Sequence[Account]) -> Iterator[list[Account]]:
        while True:
            order = sorted(accounts, key=lambda a: (len(a.text) // 60, self._rng.random()))
            parts = _filled(order, _size, self._room)
            self._rng.shuffle(parts)
            yield from parts

    def loss(self, net: Net) -> Tensor:
        """Cross-entropy of cues over all pieces, of source and content over the pieces of each cue's text."""
        group = next(self._draws)
        split = [lined(a.text, pieces(self._tokenizer, a.text)) for a in group]
        ids, mask, _ = tensors([_noised(plain(made, 510), self._masked, self._rng) for made in split])
        x, _mean = net.encode(ids, mask)
        tags, rows, at, links = [], [], [], []
        for row, (account, made) in enumerate(zip(group, split, strict=True)):
            tags.append(cue_tags(made, account, x.shape[1]))
            for voice in account.voices:
                where = next(
                    (i for i, (_, s, e) in enumerate(made, 1) if s < voice.cue[0][1] and e > voice.cue[0][0]), 0
                )
                if where:
                    rows.append(row)
                    at.append(where)
                    links.append(parts(made, voice.source, voice.content, x.shape[1]))
        total = functional.cross_entropy(net.cues(x).flatten(0, 2), torch.tensor(tags).flatten(), ignore_index=UNKNOWN)
        if rows:
            found = net.voice(x, torch.tensor(rows), torch.tensor(at))
            total = 3 * total + functional.cross_entropy(found.flatten(0, 1), torch.tensor(links).flatten())
        return total
