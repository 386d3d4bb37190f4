"""Fits the trees that weigh how a deed stands (`events/leaning.py`), and shows what they are worth on another hand.

    python benchmarks/leaning_train.py --set DIR … --read DIR … --bench DIR [--codebook FOLD] [--but N] [--out FILE]

A set holds sentences.jsonl and articles (input, gold) in the challenge's scheme. Sets on which rules were mended are given as
`--read`: there rules are right more often than on new text, so that they count less. `--codebook 4` adds the examples of
the codebook's fifth 4, on which no rule was tuned. Each set is judged by trees that saw nothing of it, then every fifth of all
texts by trees fitted on the rest; `--but N` leaves out that fifth, so that the whole coder can be measured on it. Needs lightgbm.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import lightgbm
import numpy as np

import predictions
from arbiter_train import _flat, _texts
from codebook import fold as fifth
from detente.events import leaning
from detente.events.arbiter import Features
from detente.events.coder import Coder
from detente.events.leaning import CLASS, CLASSES, features, likeliest
from detente.reading import read_text
from detente.records import Article, Event
from detente.reference.codebook.read import load

PLAN = {
    "objective": "multiclass", "num_class": len(CLASSES), "n_estimators": 100, "num_leaves": 6, "learning_rate": 0.05,
    "min_child_samples": 10, "reg_lambda": 5.0, "colsample_bytree": 0.4, "subsample": 0.8, "subsample_freq": 1,
    "random_state": 3, "n_jobs": 1, "verbose": -1, "deterministic": True,
}  # fmt: skip
NAMES = tuple(CLASSES)
OF_FIVE = {
    "asserted-happened": "told", "future-planned": "ahead", "hypothetical-conditional": "supposed", "denied-negated": "not",
    "uncertain": "open",
}  # fmt: skip
LESS = 0.5  # what a deed of a read set counts


@dataclass
class Deed:
    """One deed found that the gold tells."""

    set: str
    group: int  # fifth of the texts
    made: Features
    rules: str  # class by the rules
    right: frozenset[str]  # classes that the scorer takes; the first is learned
    gold: str
    weight: float = 1.0

    @property
    def label(self) -> int:
        """What is learned: the rules' class, where it is right too."""
        return NAMES.index(self.rules if self.rules in self.right else self.gold)


class Recorder:
    """Stands in for `leaning.weighed`: keeps the features of every deed by its first character, and changes nothing."""

    def __init__(self) -> None:
        self.seen: dict[int, tuple[Features, str]] = {}

    def __call__(self, par: Any, judged: Sequence[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
        for candidate, verdict in judged:
            if candidate.reading is not None:
                at = par.scene.offset + par.scene.doc[candidate.start].idx
                self.seen[at] = features(par, candidate, verdict), CLASS[verdict.modality]
        return list(judged)


def main() -> None:
    """Read, show, fit on all, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", dest="sets", type=Path, action="append", default=[])
    parser.add_argument("--read", type=Path, action="append", default=[])
    parser.add_argument("--bench", required=True, help="folder of the scorers")
    parser.add_argument("--codebook", type=int, metavar="FOLD")
    parser.add_argument("--but", type=int, help="fit without this fifth of the texts (crc32 of the id, modulo 5)")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    sys.path.insert(0, args.bench)
    score = importlib.import_module("scorelib")
    coder = Coder()
    deeds = [d for folder in args.sets for d in _deeds(coder, folder, score, 1.0)]
    deeds += [d for folder in args.read for d in _deeds(coder, folder, score, LESS)]
    if args.codebook is not None:
        deeds += _examples(coder, args.codebook, score)
    names = sorted({name for deed in deeds for name in deed.made})
    _show(deeds, names)
    model = fit([d for d in deeds if d.group != args.but], names)
    if args.out:
        args.out.write_text(written(model, names), encoding="utf-8")


def _coded(coder: Coder, article: Article) -> Iterator[tuple[Event, Features, str]]:
    with mock.patch.object(leaning, "weighed", Recorder()) as seen:
        events = coder.code(article).events
    for event in events:
        if event.trigger.start in seen.seen:
            yield event, *seen.seen[event.trigger.start]


def _deeds(coder: Coder, folder: Path, score: Any, weight: float) -> Iterator[Deed]:
    for article, gold in _texts(folder):
        at = predictions.back(article)
        found = list(_coded(coder, article))
        known = [score.norm(event) for event in gold]
        made = [score.norm(predictions.event(event, at)) for event, _, _ in found]
        group = zlib.crc32(article.id.encode()) % 5
        for i, j, _ in score.align(known, made):
            told = (
                known[i]["type"] != known[i]["act"] and made[j]["type"] == known[i]["type"]
            )  # a threat made, a promise given
            gold_class = OF_FIVE[known[i]["mod"]]
            right = frozenset({gold_class, "told"} if told else {gold_class})
            yield Deed(folder.name, group, found[j][1], found[j][2], right, gold_class, weight)


def _examples(coder: Coder, number: int, score: Any) -> Iterator[Deed]:
    for name, entry in load().types.items():
        for n, example in enumerate(entry.examples):
            if not example.positive or example.modality is None or fifth(example.text) != number:
                continue
            triggers = [(start, end) for role, start, end in example.marks if role == "T"]
            found = _coded(coder, read_text(example.text, id=f"{name}-{n}"))
            here = (x for x in found if any(score.ov((x[0].trigger.start, x[0].trigger.end), t) for t in triggers))
            for _, made, rules in list(here)[:1]:
                gold = CLASS[example.modality]
                yield Deed("codebook", zlib.crc32(example.text.encode()) % 5, made, rules, frozenset({gold}), gold)


def _array(deeds: Sequence[Deed], names: Sequence[str]) -> np.ndarray:
    column = {name: n for n, name in enumerate(names)}
    x = np.zeros((len(deeds), len(names)))
    for n, deed in enumerate(deeds):
        for name, value in deed.made.items():
            x[n, column[name]] = value
    return x


def fit(deeds: Sequence[Deed], names: Sequence[str]) -> lightgbm.LGBMClassifier:
    """Trees for five classes."""
    labels, weights = np.array([d.label for d in deeds]), np.array([d.weight for d in deeds])
    return lightgbm.LGBMClassifier(**PLAN).fit(_array(deeds, names), labels, sample_weight=weights)


def _said(model: lightgbm.LGBMClassifier, deeds: Sequence[Deed], names: Sequence[str]) -> Iterator[tuple[Deed, str]]:
    for deed, odds in zip(deeds, model.predict_proba(_array(deeds, names)) if deeds else [], strict=True):
        yield deed, likeliest(dict(zip(NAMES, map(float, odds), strict=True)), deed.rules)


def _show(deeds: Sequence[Deed], names: Sequence[str]) -> None:
    """Each set by rules, by trees that saw other sets alone, and by trees that saw other texts."""
    crossed: list[tuple[Deed, str]] = []
    for group in range(5):
        model = fit([d for d in deeds if d.group != group], names)
        crossed += _said(model, [d for d in deeds if d.group == group], names)
    hands = sorted({d.set for d in deeds})
    for hand in hands:
        own = [d for d in deeds if d.set == hand]
        print(f"{hand:10} rules        {_figures((d, d.rules) for d in own)}")
        if len(hands) > 1:
            other = fit([d for d in deeds if d.set != hand], names)
            print(f"{'':10} other hands  {_figures(_said(other, own, names))}")
        print(f"{'':10} other texts  {_figures((d, said) for d, said in crossed if d.set == hand)}")


def _figures(said: Iterable[tuple[Deed, str]]) -> str:
    pairs = [(d, d.gold if name in d.right else name) for d, name in said]
    counts = Counter((d.gold, name) for d, name in pairs)
    f1 = []
    for name in NAMES:
        both = sum(n for (g, s), n in counts.items() if g == name) + sum(n for (g, s), n in counts.items() if s == name)
        f1.append(200 * counts[name, name] / both if both else 0.0)
    phantoms, unreal = sum(d.gold != "told" == name for d, name in pairs), sum(d.gold != "told" for d, _ in pairs)
    right = sum(d.gold == name for d, name in pairs)
    return f"right {right / len(pairs):.1%} of {len(pairs)}  macro F1 {np.mean(f1):.1f}  told though it is not so {phantoms} of {unreal}"


def written(model: lightgbm.LGBMClassifier, names: Sequence[str]) -> str:
    """The trees of each class as `events/leaning.py` reads them, a tree a line."""
    of: dict[str, list[str]] = {name: [] for name in NAMES}
    for n, tree in enumerate(model.booster_.dump_model()["tree_info"]):
        nodes: list[list[float]] = []
        _flat(tree["tree_structure"], nodes)
        of[NAMES[n % len(NAMES)]].append(json.dumps(nodes, separators=(",", ":")))
    parts = ",\n".join(f'"{name}":[\n' + ",\n".join(trees) + "\n]" for name, trees in of.items())
    return '{"features":' + json.dumps(names) + ',\n"classes":{\n' + parts + "\n}}\n"


if __name__ == "__main__":
    main()
