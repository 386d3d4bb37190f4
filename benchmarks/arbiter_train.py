"""Fits the trees that choose a deed's recipients (`events/arbiter.py`), and shows by cross-validation what they are worth.

    python benchmarks/arbiter_train.py --set DIR [--set DIR …] --bench DIR [--held-back FOLD=MODEL …] [--out FILE]

A set holds sentences.jsonl and articles (input, gold) in the challenge's scheme. `--held-back 4=DIR` adds the codebook's
fifth 4 as read by a net that has not learned from it (`detente train --more 0` leaves out fifth 4). Every fifth of the
sets' texts is judged by trees fitted on the rest; `--but N` writes those trees, so that the whole coder can be measured on
fifth N with trees that have not seen it. Needs lightgbm.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

import articles
import predictions
from codebook import fold as fifth
from detente.events.arbiter import Features, described, least, nouns, part, weighable
from detente.events.coder import Coder
from detente.events.judge import Judge
from detente.events.pieces import paragraphs
from detente.events.roles import Candidate
from detente.events.samedeed import fold
from detente.events.scene import Scene
from detente.events.syntax import phrase
from detente.events.weighing import weighed
from detente.reading import read_text
from detente.records import Article
from detente.reference.codebook.read import load

PLAN = {
    "n_estimators": 200, "num_leaves": 8, "learning_rate": 0.05, "min_child_samples": 12, "reg_lambda": 3.0,
    "colsample_bytree": 0.6, "subsample": 0.8, "subsample_freq": 1, "random_state": 3, "n_jobs": 1, "verbose": -1,
    "deterministic": True,
}  # fmt: skip


@dataclass
class Deed:
    """One deed found that the gold names: its nouns' features, labels (None: not learned from), the rules' choice."""

    type: str
    group: int | None  # the fifth of the sets it belongs to; None: of the codebook, only learned from
    made: list[Features]
    labels: list[bool | None]
    right: list[bool]  # whether choosing the noun would be right by the scorer
    chosen: list[bool]
    gold: int
    hits: list[set[int]] = field(default_factory=list)  # of each noun the gold recipients it names


def main() -> None:
    """Read, show the cross-validation, fit on all, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", dest="sets", type=Path, action="append", required=True)
    parser.add_argument("--bench", required=True, help="folder of the scorers")
    parser.add_argument("--held-back", action="append", default=[], metavar="FOLD=MODEL")
    parser.add_argument("--but", type=int, help="fit without this fifth of the sets' texts (crc32 of the id, modulo 5)")
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    sys.path.insert(0, args.bench)
    score = importlib.import_module("scorelib")
    deeds: list[Deed] = []
    coder = Coder()
    for folder in args.sets:
        for article, gold in _texts(folder):
            deeds += _deeds(coder, article, gold, score, zlib.crc32(article.id.encode()) % 5)
    for given in args.held_back:
        number, _, model = given.partition("=")
        coder = Coder(judge=Judge(model))
        for article, gold in _examples(int(number)):
            deeds += _deeds(coder, article, gold, score, None)
    names = sorted({name for deed in deeds for f in deed.made for name in f})
    _show(deeds, names)
    model = _fit([d for d in deeds if args.but is None or d.group != args.but], names)
    if args.out:
        args.out.write_text(_written(model, names), encoding="utf-8")


def _texts(folder: Path) -> Iterator[tuple[Article, list[dict[str, Any]]]]:
    for line in (folder / "sentences.jsonl").read_text("utf-8").splitlines():
        if line.strip():
            item = json.loads(line)
            yield read_text(item["text"], id=str(item["id"])), item["events"]
    for path in sorted((folder / "articles" / "input").glob("*.json")):
        yield articles._read(path), json.loads((folder / "articles" / "gold" / path.name).read_text("utf-8"))["events"]


def _examples(number: int) -> Iterator[tuple[Article, list[dict[str, Any]]]]:
    for name, entry in load().types.items():
        for n, example in enumerate(entry.examples):
            if not example.positive or fifth(example.text) != number:
                continue
            spans: dict[str, list[dict[str, Any]]] = {role: [] for role in "ATR"}
            for role, start, end in example.marks:
                spans[role].append({"text": example.text[start:end], "start": start, "end": end})
            gold = {"type": example.type, "trigger": spans["T"][0], "actors": spans["A"], "recipients": spans["R"]}
            yield read_text(example.text, id=f"{name}-{n}"), [gold]


def _found(coder: Coder, article: Article) -> Iterator[tuple[Scene, list[Candidate]]]:
    """The deeds of each paragraph as the coder puts them to the arbiter."""
    pieces = list(paragraphs(article))
    draft = coder._draft(article, pieces, coder._parsed(text for _, text in pieces), None)
    for scene, proposed, opinion in zip(draft.scenes, draft.found, coder._readings([draft])[0], strict=True):
        yield scene, fold(weighed(scene, proposed, opinion, None))


def _deeds(coder: Coder, article: Article, gold: list[dict[str, Any]], score: Any, group: int | None) -> list[Deed]:
    """The deeds of a text that its gold tells, in the trigger's words, with two sides."""
    at = predictions.back(article)
    known = [score.norm(event) for event in gold]
    out = []
    for scene, found in _found(coder, article):

        def span(start: int, end: int, scene: Scene = scene) -> tuple[int, int]:
            return at(scene.offset + start), at(scene.offset + end - 1) + 1

        for candidate in filter(weighable, found):
            here = span(candidate.token.idx, candidate.token.idx + len(candidate.token))
            told = [g for g in known if any(score.ov(here, t) for t in (g["T"], *g["alt"]))]
            if told and not told[0]["rec"]:
                named = nouns(scene, candidate)
                recipients = [x for x in told[0]["R"] if score.txt(x)]
                out.append(_deed(scene, candidate, named, found, recipients, span, score, group))
    return out


def _deed(
    scene: Scene, candidate: Candidate, named: list[Any], found: list[Candidate], gold: list[Any], span: Any, score: Any,
    group: int | None,
) -> Deed:  # fmt: skip
    deed = Deed(candidate.frame.type, group, described(scene, candidate, named, found), [], [], [], len(gold))
    heads = [noun for noun in named if _heads(noun, gold, span, score)]
    for noun in named:
        first, last = phrase(noun)
        start, end = scene.doc[first].idx, scene.doc[last - 1].idx + len(scene.doc[last - 1])
        low, high = span(start, end)
        mine = {"text": scene.doc.text[start:end], "start": low, "end": high}
        hits = {n for n, x in enumerate(gold) if score.same(mine, x)}
        chosen = noun in candidate.recipients
        if noun in heads:
            label: bool | None = True
        elif any(part(noun, other) for other in heads):
            label = False
        else:  # another name of the same party is neither right nor wrong, unless the rules chose it
            label = True if hits and chosen else None if hits else False
        deed.labels.append(label)
        deed.hits.append(hits)
        deed.right.append(bool(hits))
        deed.chosen.append(chosen)
    return deed


def _heads(noun: Any, gold: list[Any], span: Any, score: Any) -> bool:
    """Is the noun in a marked recipient, and what governs it outside?"""
    own = span(noun.idx, noun.idx + len(noun))
    over = span(noun.head.idx, noun.head.idx + len(noun.head)) if noun.head != noun else None
    return any(score.ov(own, score.sp(x)) and not score.ov(over, score.sp(x)) for x in gold)


def arrays(rows: list[Features], names: list[str]) -> np.ndarray:
    """Rows of features as a matrix with a column for each of `names`."""
    column = {name: n for n, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for n, row in enumerate(rows):
        for name, value in row.items():
            if name in column:
                x[n, column[name]] = value
    return x


def _arrays(deeds: list[Deed], names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    labels = [label for deed in deeds for label in deed.labels]
    return (
        arrays([f for deed in deeds for f in deed.made], names),
        np.array([-1 if label is None else int(label) for label in labels]),
    )


def _fit(deeds: list[Deed], names: list[str]) -> lightgbm.LGBMClassifier:
    x, y = _arrays(deeds, names)
    return lightgbm.LGBMClassifier(**PLAN).fit(x[y >= 0], y[y >= 0])


def _show(deeds: list[Deed], names: list[str]) -> None:
    """Recipients of the sets' deeds by the rules and by trees that learned from the other four fifths."""
    judged: list[tuple[Deed, list[float]]] = []
    for group in range(5):
        held = [d for d in deeds if d.group == group and d.made]
        model = _fit([d for d in deeds if d.group != group], names)
        odds = iter(model.predict_proba(_arrays(held, names)[0])[:, 1])
        judged += [(d, [float(next(odds)) for _ in d.made]) for d in held]
    print(f"{len(deeds)} deeds, {sum(len(d.made) for d in deeds)} nouns; {len(judged)} deeds of the sets")
    print("rules           ", _f1([(d, d.chosen) for d, _ in judged]))
    print(
        "trees           ",
        _f1([(d, [o >= least(d.type, c) for o, c in zip(odds, d.chosen, strict=True)]) for d, odds in judged]),
    )
    for cut in (0.2, 0.25, 0.3, 0.35, 0.4):
        print(f"from {cut:.2f} alike ", _f1([(d, [o >= cut for o in odds]) for d, odds in judged]))


def _f1(made: list[tuple[Deed, list[bool]]]) -> str:
    said = sum(sum(chosen) for _, chosen in made)
    right = sum(sum(c and r for c, r in zip(chosen, d.right, strict=True)) for d, chosen in made)
    found = sum(len(set().union(*(h for h, c in zip(d.hits, chosen, strict=True) if c))) for d, chosen in made)
    precision, recall = right / max(1, said), found / max(1, sum(d.gold for d, _ in made))
    return f"precision {precision:.1%}  recall {recall:.1%}  F1 {2 * precision * recall / max(1e-9, precision + recall):.1%}"


def _written(model: lightgbm.LGBMClassifier, names: list[str]) -> str:
    """The trees as `events/trees.py` reads them, a tree a line."""
    trees = []
    for tree in model.booster_.dump_model()["tree_info"]:
        nodes: list[list[float]] = []
        _flat(tree["tree_structure"], nodes)
        trees.append(json.dumps(nodes, separators=(",", ":")))
    return '{"features":' + json.dumps(names) + ',\n"trees":[\n' + ",\n".join(trees) + "\n]}\n"


def _flat(node: dict[str, Any], nodes: list[list[float]]) -> int:
    here = len(nodes)
    nodes.append([])
    if "leaf_value" in node:
        nodes[here] = [round(float(node["leaf_value"]), 5)]
    else:
        left, right = _flat(node["left_child"], nodes), _flat(node["right_child"], nodes)
        nodes[here] = [node["split_feature"], round(float(node["threshold"]), 4), left, right]
    return here


if __name__ == "__main__":
    main()
