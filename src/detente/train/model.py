"""The encoder (BERT's layout, MiniLM's weights) with the heads that read its vectors, in plain torch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

WIDTH, LAYERS, HEADS, INNER, WORDS, PLACES = 384, 6, 12, 1536, 30522, 512
PAIR = 48  # width of a biaffine score
LINK = 192  # width of the heads that compare pieces
FAR = 64  # pieces: distances beyond are one
PARTS = 5  # outside, first and later piece of the first part (source, actor), of the second (content, recipient)
BIO = 3
SPECIAL = 5  # pieces 1 to 4 mark the parties, 5 a line break


@dataclass(frozen=True, slots=True)
class Shape:
    """How many labels each head has and how much is dropped while training."""

    types: int
    modalities: int
    dropout: float = 0.1


class Rounding(nn.Linear):
    """A linear map that, while `rounded`, computes much as the exported 8-bit one will, so that training can make up for it.

    The range is that of the batch here, fixed there.
    """

    rounded = False

    def forward(self, x: Tensor) -> Tensor:
        """x rounded to 256 steps over its range, weights to 129 steps an output, as in `graph`."""
        if not self.rounded:
            return super().forward(x)
        with torch.no_grad():
            low, high = x.min().clamp(max=0.0), x.max().clamp(min=0.0)
            step = ((high - low) / 255).clamp(min=1e-8)
            zero = torch.round(-low / step).clamp(0, 255).to(torch.int32)
            steps = (self.weight.abs().amax(dim=1) / 64).clamp(min=1e-8)
        x = torch.fake_quantize_per_tensor_affine(x, step, zero, 0, 255)
        zeros = torch.zeros(len(steps), dtype=torch.int32)
        return functional.linear(
            x, torch.fake_quantize_per_channel_affine(self.weight, steps, zeros, 0, -64, 64), self.bias
        )


class Layer(nn.Module):
    """One transformer layer, normalised after each half."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.query, self.key, self.value, self.merge = (Rounding(WIDTH, WIDTH) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down = Rounding(WIDTH, INNER), Rounding(INNER, WIDTH)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """x (n, length, WIDTH), bias (n, 1, 1, length) with large negatives on padding."""
        q, k, v = (
            part(x).view(x.shape[0], -1, HEADS, WIDTH // HEADS).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        # no weights are dropped: drawing that many random numbers costs a fifth of a step
        weights = torch.softmax((q / (WIDTH // HEADS) ** 0.5) @ k.transpose(-1, -2) + bias, dim=-1)
        seen = (weights.to(v.dtype) @ v).transpose(1, 2).reshape(x.shape[0], -1, WIDTH)
        x = self.norm1(x + self.drop(self.merge(seen)))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))


class Linker(nn.Module):
    """What each piece of a text is to a pointed piece: PARTS logits for every (pointed, piece) pair.

    A biaffine score a part (Dozat and Manning 2017), and a sum of both pieces and their distance.
    """

    def __init__(self) -> None:
        super().__init__()
        self.key, self.query = nn.Linear(WIDTH, LINK), nn.Linear(WIDTH, LINK)
        self.left, self.right = nn.Linear(WIDTH, PARTS * PAIR), nn.Linear(WIDTH, PARTS * PAIR)
        self.gap = nn.Embedding(2 * FAR + 1, LINK)
        self.out = nn.Linear(LINK, PARTS)

    def forward(self, x: Tensor, rows: Tensor, at: Tensor) -> Tensor:
        """x (n, length, WIDTH), the row and piece of each of m points; (m, length, PARTS) out."""
        gap = (torch.arange(x.shape[1])[None, :] - at[:, None]).clamp(-FAR, FAR) + FAR
        joined = self.key(x)[rows] + self.query(x[rows, at])[:, None, :] + self.gap(gap)
        left = self.left(x[rows, at]).view(-1, PARTS, PAIR)
        right = self.right(x).view(*x.shape[:2], PARTS, PAIR)[rows]
        return self.out(torch.relu(joined)) + torch.einsum("mpd,mlpd->mlp", left, right) / PAIR**0.5


class Net(nn.Module):
    """An encoder and its heads: types of marked pairs, factuality, deeds, cues, and what belongs to a deed or a cue."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(WORDS, WIDTH), nn.Embedding(PLACES, WIDTH)
        self.marks = nn.Embedding(
            SPECIAL + 1, WIDTH, padding_idx=0
        )  # added to the marker pieces, so that the word table can stay frozen
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape.dropout) for _ in range(LAYERS))
        self.drop = nn.Dropout(shape.dropout)
        self.type_in, self.type_out = nn.Linear(3 * WIDTH, WIDTH), nn.Linear(WIDTH, shape.types)
        self.fact_in, self.fact_out = nn.Linear(2 * WIDTH, WIDTH), nn.Linear(WIDTH, 4)
        self.deed_in, self.deed_out = nn.Linear(2 * WIDTH, WIDTH), nn.Linear(WIDTH, shape.types + shape.modalities)
        self.cue_in, self.cue_out = nn.Linear(WIDTH, LINK), nn.Linear(LINK, 3 * BIO)
        self.voice, self.role = Linker(), Linker()
        with torch.no_grad():
            self.marks.weight[1:].normal_(std=0.02)

    def round(self, on: bool) -> None:
        """Compute the layers with 8-bit rounding, or not."""
        for part in self.modules():
            if isinstance(part, Rounding):
                part.rounded = on

    def encode(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Every piece's vector (n, length, WIDTH) and their mean (n, WIDTH)."""
        place = self.places.weight[: ids.shape[1]]
        mark = self.marks(torch.where(ids <= SPECIAL, ids, torch.zeros_like(ids)))
        x = self.norm(self.words(ids) + place + mark)
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        x = self.drop(x)
        for layer in self.layers:
            x = layer(x, bias)
        weight = mask.to(x.dtype)[:, :, None]
        return x, (x * weight).sum(1) / weight.sum(1)

    def types(self, x: Tensor, mean: Tensor, points: Tensor) -> Tensor:
        """Type logits from the two opening marks and the mean."""
        rows = torch.arange(x.shape[0])
        joined = torch.cat([x[rows, points[:, 0]], x[rows, points[:, 1]], mean], dim=-1)
        return self.type_out(self.drop(torch.tanh(self.type_in(self.drop(joined)))))

    def facts(self, x: Tensor, mean: Tensor, rows: Tensor, triggers: Tensor) -> Tensor:
        """Score and three label logits for triggers, each in row `rows` of the batch."""
        joined = torch.cat([x[rows, triggers], mean[rows]], dim=-1)
        return self.fact_out(self.drop(torch.tanh(self.fact_in(self.drop(joined)))))

    def deeds(self, x: Tensor, mean: Tensor, rows: Tensor, at: Tensor) -> Tensor:
        """Type and modality logits, joined, of the pieces `at` in `rows`."""
        joined = torch.cat([x[rows, at], mean[rows]], dim=-1)
        return self.deed_out(self.drop(torch.tanh(self.deed_in(self.drop(joined)))))

    def cues(self, x: Tensor) -> Tensor:
        """(n, length, 3, BIO) logits of cues, sources and contents: outside, first piece or later piece of one."""
        return self.cue_out(torch.relu(self.cue_in(self.drop(x)))).view(*x.shape[:2], 3, BIO)

    def forward(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """What is exported to ONNX: every piece's vector and their mean; the heads are exported as arrays."""
        return self.encode(ids, mask)


def start(shape: Shape, weights: Path) -> Net:
    """A net whose encoder holds MiniLM's weights (model.safetensors in BERT's naming)."""
    net, old = Net(shape), load_file(weights)
    old = {name.removeprefix("bert."): tensor for name, tensor in old.items()}
    state = net.state_dict()
    state["words.weight"] = old["embeddings.word_embeddings.weight"]
    state["places.weight"] = (
        old["embeddings.position_embeddings.weight"] + old["embeddings.token_type_embeddings.weight"][0]
    )
    names = {"norm": "embeddings.LayerNorm"}
    parts = {
        "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
        "merge": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense",
        "down": "output.dense", "norm2": "output.LayerNorm",
    }  # fmt: skip
    names |= {
        f"layers.{n}.{ours}": f"encoder.layer.{n}.{theirs}" for n in range(LAYERS) for ours, theirs in parts.items()
    }
    for ours, theirs in names.items():
        for kind in ("weight", "bias"):
            state[f"{ours}.{kind}"] = old[f"{theirs}.{kind}"]
    net.load_state_dict(state)
    return net
