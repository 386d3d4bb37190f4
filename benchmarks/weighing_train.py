"""Fits the trees that choose deeds and their types (`events/weighing.py`), and the confidence of what they choose.

    python benchmarks/weighing_train.py --set DIR [--set DIR …] --bench DIR [--count DIR …] [--quiet FILE] [--but N] --out DIR

A set holds sentences.jsonl and articles (input, gold) in the challenge's scheme; `--quiet` adds the part `look` of the everyday
sentences, in which nothing is told. In sets given as `--count` (those that the judge learned from) it is first counted how often
each word and frame told which deed (`events/counted.py`); without them the shipped counts are used. Every fifth of the texts is judged by trees fitted on the rest; `--but N` writes those
trees, so that the whole coder can be measured on fifth N with trees that have not seen it. The confidence
(`events/confidence.py`) is fitted on what the trees chose in fifths they had not seen; how well it is calibrated is printed:
fitted on four of the fifths, measured on the other. Needs lightgbm and scikit-learn.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import lightgbm
import numpy as np
from sklearn.linear_model import LogisticRegression

import predictions
from arbiter_train import PLAN as USUAL
from arbiter_train import _texts, _written, arrays
from detente.events import telling
from detente.events.coder import Coder
from detente.events.confidence import features
from detente.events.counted import Counted, frame_key, word_key
from detente.events.pieces import paragraphs
from detente.events.telling import Features, of_deed, of_type, of_word, options
from detente.events.trees import logit
from detente.events.weighing import ALONE, DEED, proposals
from detente.reading import read_text
from detente.records import Article
from detente.reference.codebook.read import Frame

FOLDS = 5
PLAN = USUAL | {"colsample_bytree": 0.3}  # many features say nearly the same
QUIET = 3.0  # words of texts that tell nothing count three times: they are few, and a false alarm costs trust


@dataclass
class Word:
    """A proposed word: its features, those of its possible types, and the gold deed that it tells, if any."""

    group: int
    start: int
    word: Features
    ways: dict[str, Features]
    listed: bool  # does a frame of the codebook fit?
    near: frozenset[tuple[int, int]]  # paragraph and token of its head, and of that one's
    here: tuple[int, int]
    name: str  # as its uses are counted
    fits: list[Frame]
    gold: dict[str, Any] | None = None
    plain: Features = field(default_factory=dict)  # what the confidence sees beside the odds
    deed: bool | None = False  # None: not learned from
    quiet: bool = False  # of a text that tells nothing


def words(coder: Coder, article: Article, gold: list[dict[str, Any]], score: Any, group: int) -> list[Word]:
    """The proposed words of one text with the gold deeds they tell."""
    pieces = list(paragraphs(article))
    draft = coder._draft(article, pieces, coder._parsed(text for _, text in pieces), None)
    at, known = predictions.back(article), [score.norm(event) for event in gold]
    made: list[Word] = []
    for scene, found, readings in zip(draft.scenes, draft.found, coder._readings([draft])[0], strict=True):
        held = {c.token.i for c in found}
        for proposal in proposals(scene, found, readings):
            token = proposal.token
            start, end = at(scene.offset + token.idx), at(scene.offset + token.idx + len(token) - 1) + 1
            ways = {t: of_type(scene, proposal, t) for t in options(proposal)}
            near = frozenset((scene.offset, t.i) for t in (token.head, token.head.head))
            word = Word(
                group, start, of_word(scene, proposal, held), ways, bool(proposal.fits), near, (scene.offset, token.i),
                word_key(token.lemma_, token.pos_ in ("VERB", "AUX")), [c.frame for c in proposal.fits],
            )  # fmt: skip
            word.plain = features(proposal.candidate)
            told = [g for g in known if any(score.ov((start, end), span) for span in (g["T"], *g["alt"]))]
            word.gold = min(told, key=lambda g: g["opt"], default=None)
            made.append(word)
    _elsewhere(made, known)
    _label(made)
    for word in made:
        word.quiet = all(g["opt"] for g in known)
    return made


def _elsewhere(made: list[Word], known: list[dict[str, Any]]) -> None:
    """A deed whose own words nobody proposes may be told by another word of the acceptable type: the scorer takes it."""
    for g in known:
        if g["opt"] or any(w.gold is g for w in made):
            continue
        near = [w for w in made if w.gold is None and likeliest(w) in g["ok"] and abs(w.start - g["T"][0]) < 150]
        if near:
            min(near, key=lambda w: abs(w.start - g["T"][0])).gold = g


def likeliest(word: Word) -> str:
    """The type of the first frame, or the judge's."""
    return next(
        (t for t, f in word.ways.items() if f.get("first")), max(word.ways, key=lambda t: word.ways[t]["judge"])
    )


def _label(made: list[Word]) -> None:
    listed = [w for w in made if w.listed and w.gold]
    heads = {w.here for w in listed}
    for w in made:
        if w.gold is None:
            w.deed = False
        elif w.gold["opt"]:
            w.deed = None
        elif not w.listed and (w.near & heads or any(w.here in h.near for h in listed)):
            w.deed = None  # carries a deed that is told beside it
        else:
            w.deed = True


def right(word: Word, type_: str) -> bool | None:
    """Whether this is the deed's type; None for one that the gold lets pass."""
    assert word.gold is not None
    return True if type_ in (word.gold["type"], word.gold["act"]) else None if type_ in word.gold["ok"] else False


def counts(given: Iterable[Word]) -> dict[str, Any]:
    """How often each word, met more than once, and each frame told which deed: what `Counted` takes."""
    words: defaultdict[str, Counter[str]] = defaultdict(Counter)
    uses: Counter[str] = Counter()
    frames: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for w in given:
        if w.gold is not None and w.gold["opt"]:
            continue
        told = {w.gold["type"], w.gold["act"]} if w.gold is not None else set()
        uses[w.name] += 1
        words[w.name].update(told)
        for frame in w.fits:
            frames[frame_key(frame)][0] += frame.type in told
            frames[frame_key(frame)][1] += 1
    met = {name: [n, dict(sorted(words[name].items()))] for name, n in sorted(uses.items()) if n > 1}
    return {"words": met, "frames": dict(sorted(frames.items()))}


def fit(
    rows: list[Features], labels: list[bool], weights: list[float] | None = None
) -> tuple[lightgbm.LGBMClassifier, list[str]]:
    """Trees over the features that occur."""
    names = sorted({name for row in rows for name in row})
    return lightgbm.LGBMClassifier(**PLAN).fit(arrays(rows, names), labels, sample_weight=weights), names


def fit_types(given: list[Word]) -> tuple[lightgbm.LGBMClassifier, list[str]]:
    """From the words that tell a deed whose type is among theirs."""
    rows, labels = [], []
    for w in given:
        if w.gold is not None and not w.gold["opt"] and any(right(w, t) for t in w.ways):
            for t, features in w.ways.items():
                label = right(w, t)
                if label is not None:
                    rows.append(features | w.word)
                    labels.append(label)
    return fit(rows, labels)


def best(model: lightgbm.LGBMClassifier, names: list[str], given: list[Word]) -> list[tuple[str, float]]:
    """The likeliest type of each word, and its odds."""
    odds = iter(model.predict_proba(arrays([f | w.word for w in given for f in w.ways.values()], names))[:, 1])
    return [max(((t, float(next(odds))) for t in w.ways), key=lambda pair: pair[1]) for w in given]


def fit_both(given: list[Word]) -> dict[str, tuple[lightgbm.LGBMClassifier, list[str]]]:
    """Trees for types, and trees for deeds that see the type odds of trees that had not learned from the same text."""
    rows, labels, weights = [], [], []
    for group in sorted({w.group for w in given}):
        held = [w for w in given if w.group == group]
        chosen = best(*fit_types([w for w in given if w.group != group]), held)
        for w, (type_, odds) in zip(held, chosen, strict=True):
            if w.deed is not None:
                rows.append(of_deed(w.word, w.ways[type_], type_, odds))
                labels.append(w.deed)
                weights.append(QUIET if w.quiet else 1.0)
    return {"types": fit_types(given), "deeds": fit(rows, labels, weights)}


def chosen(given: list[Word]) -> Iterator[tuple[int, Features, bool]]:
    """(fifth, features, right in its type) of the deeds that trees find in fifths they had not seen, and of the codebook's own."""
    for group in sorted({w.group for w in given}):
        held = [w for w in given if w.group == group and w.deed is not None]
        both = fit_both([w for w in given if w.group != group])
        ways = best(*both["types"], held)
        rows = [of_deed(w.word, w.ways[t], t, odds) for w, (t, odds) in zip(held, ways, strict=True)]
        deeds = both["deeds"][0].predict_proba(arrays(rows, both["deeds"][1]))[:, 1]
        for w, (type_, likely), odds in zip(held, ways, deeds, strict=True):
            is_right = w.gold is not None and right(w, type_) is not False
            if odds >= (DEED if w.listed else ALONE):
                told = {name: value for name, value in w.plain.items() if name != "unread"}
                yield group, told | {"deed": logit(odds), "type": logit(likely)}, is_right
            if w.listed:
                first = likeliest(w)
                yield group, w.plain, w.gold is not None and right(w, first) is not False


def fit_confidence(given: list[Word]) -> dict[str, float]:
    """The weights of the logistic; prints what is said beside what is right."""
    rows = list(chosen(given))
    names = sorted({name for _, made, _ in rows for name in made})
    x, y, fifth = (
        arrays([made for _, made, _ in rows], names),
        np.array([r for *_, r in rows]),
        np.array([g for g, *_ in rows]),
    )
    said = np.zeros(len(rows))
    for group in set(fifth.tolist()):
        said[fifth == group] = _logistic(x[fifth != group], y[fifth != group]).predict_proba(x[fifth == group])[:, 1]
    read = np.array(["deed" in made for _, made, _ in rows])
    for name, here in (("weighed", read), ("by the codebook alone", ~read)):
        gold, mine = y[here], said[here]
        print(
            f"{name}: {len(gold)} deeds, {gold.mean():.1%} right; Brier {((mine - gold) ** 2).mean():.4f}, constant {gold.mean() * (1 - gold.mean()):.4f}"
        )
        for low in np.arange(0, 1, 0.1):
            bin_ = (mine >= low) & (mine < low + 0.1)
            if bin_.any():
                print(
                    f"  {low:.1f}-{low + 0.1:.1f}: {bin_.sum():4} deeds, said {mine[bin_].mean():.2f}, right {gold[bin_].mean():.2f}"
                )
    return {name: round(float(value), 3) for name, value in zip(names, _logistic(x, y).coef_[0], strict=True)}


def _logistic(x: np.ndarray, y: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=1.0, fit_intercept=False, max_iter=500).fit(x, y)


def quiet(path: Path) -> Iterator[tuple[Article, list[dict[str, Any]]]]:
    """Everyday sentences, which tell nothing."""
    for line in path.read_text("utf-8").splitlines():
        item = json.loads(line)
        if item["part"] == "look":
            yield read_text(item["text"], id=item["id"]), []


def group_of(article: Article) -> int:
    """The fifth of the texts it belongs to."""
    return zlib.crc32(article.id.encode()) % FOLDS


def main() -> None:
    """Read, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", dest="sets", type=Path, action="append", required=True)
    parser.add_argument("--bench", required=True, help="folder of the scorers")
    parser.add_argument("--count", type=Path, action="append", default=[])
    parser.add_argument("--quiet", type=Path)
    parser.add_argument("--but", type=int, help="fit without this fifth of the texts (crc32 of the id, modulo 5)")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    sys.path.insert(0, args.bench)
    score, coder = importlib.import_module("scorelib"), Coder()
    if args.count:
        made = counts(_words(coder, [pair for folder in args.count for pair in _texts(folder)], score))
        lines = (f"{json.dumps(name)}: " + "{\n" + ",\n".join(_lines(table)) + "}" for name, table in made.items())
        (args.out / "counted.json").write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")
        mock.patch.object(telling, "counted", lambda: Counted(**made)).start()
    pairs = [pair for folder in args.sets for pair in _texts(folder)]
    given = list(_words(coder, pairs + list(quiet(args.quiet) if args.quiet else ()), score))
    learned = [w for w in given if args.but is None or w.group != args.but]
    for name, (model, names) in fit_both(learned).items():
        (args.out / f"{name}.json").write_text(_written(model, names), encoding="utf-8")
    weights = json.dumps(fit_confidence(learned), indent=1)
    (args.out / "confidence.json").write_text(weights + "\n", encoding="utf-8")


def _words(coder: Coder, pairs: Iterable[tuple[Article, list[dict[str, Any]]]], score: Any) -> Iterator[Word]:
    for article, gold in pairs:
        yield from words(coder, article, gold, score, group_of(article))


def _lines(table: dict[str, Any]) -> Iterator[str]:
    return (f"{json.dumps(name)}: {json.dumps(value, separators=(',', ':'))}" for name, value in table.items())


if __name__ == "__main__":
    main()
