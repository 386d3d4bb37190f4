"""Trains the ear: an encoder of its own that reads who says what, from one set with sources, cues and contents."""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import torch
from tokenizers import Tokenizer

from detente.events.ear import ROOM as READ
from detente.events.ear import Cuts, Ear, Hearing, voices
from detente.events.encoder import Encoded, lined, plain
from detente.records import MODALITIES, ConfigError
from detente.train import export
from detente.train.loop import Plan, Say, train
from detente.train.model import Shape, start
from detente.train.sets import LABELS, source
from detente.train.tasks import Accounts, pieces
from detente.train.told import Account, Voice, accounts, articles

ROOM = 2_000  # word pieces of a batch, about
KEPT = 20  # one article of so many is held back: cuts are chosen and scores taken on it
HEADS = ("cue_", "voice.")
CUES = (0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
ENTERS = (0.0, 0.5, 1.0, 1.5, 2.5)

Spans = set[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked for: where to write, the set with its licence, the encoder's weights, how long."""

    out: Path
    accounts: tuple[Path, str]
    encoder: Path
    steps: int = 2_200
    more: int = 250
    rate: float = 3e-4
    seed: int = 1
    half: bool = True


def held_back(name: str) -> bool:
    """Whether an article is kept for choosing and scoring; by its name, so that no article stands on both sides."""
    return zlib.crc32(name.encode()) % KEPT == 7


def run(options: Options, say: Say) -> None:
    """Train on all but one article in KEPT, then a little with the export's rounding; export, choose cuts, note scores.

    ConfigError where the set is not there, or no article is held back or left to learn from.
    """
    torch.set_num_threads(1)  # the same sums in the same order on every machine
    tokenizer = Tokenizer.from_file(str(options.encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    path, licence = options.accounts
    if not path.is_file():
        raise ConfigError(f"{path}: no such file")
    given = accounts(path)
    seen = [part for part in given if not held_back(part.group)]
    kept = [article for article in articles(path) if held_back(article.group)]
    if not seen or not kept:
        raise ConfigError(f"{path}: too few articles to learn from and to hold some back")
    say(f"{len(seen)} pieces of articles to learn from, {len(kept)} articles held back")
    net = start(Shape(len(LABELS), len(MODALITIES)), options.encoder / "model.safetensors")
    task = {"accounts": (Accounts(seen, tokenizer, random.Random(options.seed), 0.03, ROOM), 1)}
    plan = Plan(options.steps, options.rate, average=0.995, seed=options.seed, half=options.half)
    net = train(net, task, plan, say)
    if options.more:
        later = Plan(options.more, options.rate / 4, average=0.99, rounded=True, seed=options.seed, half=options.half)
        net = train(net, task, later, say)
    export.write(
        net, options.out, options.encoder / "tokenizer.json", asdict(Cuts()), shown(seen, tokenizer), HEADS, cut=False
    )
    scores = choose(options.out, [(a.text, a.voices) for a in kept], say)
    sources = [source(path.name, len(given), path.read_bytes(), licence)]
    how = asdict(plan) | {"more": options.more, "held back": f"{len(kept)} articles"}
    export.manifest(options.out, sources, {"held back": scores}, how, datetime.now(UTC).date().isoformat())


def shown(parts: Sequence[Account], tokenizer: Tokenizer) -> list[Encoded]:
    """Texts as the ear reads them, for the ranges of the exported encoder."""
    return [plain(lined(part.text, pieces(tokenizer, part.text)), READ + 2) for part in parts]


def choose(folder: Path, kept: Sequence[tuple[str, Sequence[Voice]]], say: Say) -> dict[str, float]:
    """Put the cuts with the best mean F1 on these articles into the folder's labels.json; their scores."""
    ear = Ear(folder)
    heard = [(ear.hear(text), gold) for text, gold in kept]
    best, scores = Cuts(), score(heard, Cuts())
    for cut in CUES:
        best, scores = _better(heard, Cuts(cut, best.enter), best, scores)
    for enter in product(ENTERS, ENTERS):
        best, scores = _better(heard, Cuts(best.cue, enter), best, scores)
    labels = folder / "labels.json"
    labels.write_text(json.dumps(asdict(best), indent=1) + "\n", encoding="utf-8")
    say(f"held back: {best} {scores}")
    return scores


def _better(
    heard: Sequence[tuple[Hearing, Sequence[Voice]]], tried: Cuts, best: Cuts, scores: dict[str, float]
) -> tuple[Cuts, dict[str, float]]:
    new = score(heard, tried)
    return (tried, new) if sum(new.values()) > sum(scores.values()) else (best, scores)


def score(heard: Sequence[tuple[Hearing, Sequence[Voice]]], cuts: Cuts) -> dict[str, float]:
    """F1 in percent: of cues that share a character with one of the set's, and of exact spans of sources, cues, contents.

    Spans are counted once a text, unlinked (as Wang et al. 2022 count).
    """
    counts: dict[str, list[int]] = {kind: [0, 0, 0] for kind in ("met", "source", "cue", "content")}
    for hearing, gold in heard:
        said = voices(hearing, cuts)
        found: dict[str, Spans] = {
            "source": {s for v in said for s in v.source}, "cue": {v.cue for v in said},
            "content": {s for v in said for s in v.content},
        }  # fmt: skip
        for kind, spans in found.items():
            right = {s for v in gold for s in getattr(v, kind)}
            _count(counts[kind], len(right & spans), len(right), len(spans))
        cues = [v.cue for v in gold if v.cue]
        met = [any(s < b and a < e for a, b in found["cue"] for s, e in cue) for cue in cues]
        _count(counts["met"], sum(met), len(met), len(found["cue"]))
    return {kind: round(200 * both / max(1, a + b), 1) for kind, (both, a, b) in counts.items()}


def _count(total: list[int], *found: int) -> None:
    for n, size in enumerate(found):
        total[n] += size
