"""`detente train`: fine-tunes the judge; apart from the other commands since torch is imported only here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from detente.console import say
from detente.records import ConfigError, SetupError

Given = Annotated[list[str] | None, typer.Option("--set", help="Labelled pairs, PATH[:WEIGHT]=LICENCE: .tsv with marked_sentence and gold_root or quad, or .jsonl. Repeatable.")]  # fmt: skip


def train(
    out: Annotated[Path, typer.Option("--out", help="Folder for the model.", show_default=False)],
    codebook: Annotated[Path | None, typer.Option(help="Folder of another codebook (default: the one shipped).")] = None,
    sets: Given = None,
    marked: Annotated[list[str] | None, typer.Option(help="Texts of which every deed is marked, PATH[:WEIGHT]=LICENCE: .jsonl in the scheme of benchmarks/data. Repeatable.")] = None,
    deeds: Annotated[str | None, typer.Option(help="Factuality set, PATH=LICENCE: .jsonl with text, start, end, score, coarse.")] = None,
    deeds_test: Annotated[Path | None, typer.Option(help="The same, held back: sets the cut-offs and gives the scores.")] = None,
    accounts: Annotated[str | None, typer.Option(help="Attribution set, PATH=LICENCE: .jsonl with text and attributions.")] = None,
    encoder: Annotated[Path | None, typer.Option(help="Folder with model.safetensors and tokenizer.json (BERT layout).")] = None,
    steps: Annotated[int, typer.Option(help="Batches of each task learned before measuring; 0: none, and nothing is held back.")] = 400,
    more: Annotated[int, typer.Option(help="Batches learned from everything afterwards, with the exported rounding.")] = 160,
    rate: Annotated[float, typer.Option(help="Learning rate of the heads; the encoder's layers take shares of it.")] = 2.5e-4,
    seed: Annotated[int, typer.Option(help="Seed of every draw.")] = 1,
    batch: Annotated[int, typer.Option(help="Marked pairs in a batch.")] = 20,
    accounts_every: Annotated[int, typer.Option(help="Learn attribution in every n-th step.")] = 2,
    deeds_every: Annotated[int, typer.Option(help="Learn factuality in every n-th step.")] = 3,
    begin: Annotated[list[Path] | None, typer.Option(help="Net kept by an earlier run, or a model's folder, to go on from; repeatable: from the mean of several.")] = None,
    keep: Annotated[Path | None, typer.Option(help="Keep the measured net here (and the last one beside it).")] = None,
    alone: Annotated[int, typer.Option(help="Also measure a net trained on the codebook alone for so many batches.")] = 0,
    tests: Annotated[list[Path] | None, typer.Option("--test", help="Labelled pairs that are only measured on, .tsv or .jsonl. Repeatable.")] = None,
    half: Annotated[bool, typer.Option(help="Multiply in bfloat16: twice as fast where the processor can, slower elsewhere.")] = False,
    subject_only: Annotated[bool, typer.Option("--subject-only", help="Learn anew only what tells sentences with a deed from others, in the model that lies in --out (a minute).")] = False,
) -> None:  # fmt: skip
    """Fine-tune the judge on a codebook's examples, and on labelled sets if given.

    About a quarter of an hour on one core for the codebook alone. One fifth of the sentences is held back for the
    scores and the calibration; then the net goes on learning from everything and is exported with its manifest.

    Example: detente train --codebook my-codebook/ --out my-model/
    """
    try:
        from detente.train.run import Options, learn_subject, run
    except ImportError as error:
        raise SetupError(f"training needs the 'train' extra: pip install 'detente[train]' ({error.name})") from error
    if subject_only:
        learn_subject(out, codebook)
        say(f"learned what the sentences of {out} are about anew")
        return
    options = Options(
        out=out, codebook=codebook, sets=[_licensed(given, "--set") for given in sets or []],
        marked=[_licensed(given, "--marked") for given in marked or []],
        deeds=_file(deeds, "--deeds"), deeds_test=deeds_test, accounts=_file(accounts, "--accounts"), encoder=encoder,
        steps=steps, more=more, rate=rate, seed=seed, batch=batch, accounts_every=accounts_every, deeds_every=deeds_every,
        begin=begin or [], keep=keep, alone=alone, tests=tests or [], half=half,
    )  # fmt: skip
    run(options, say)
    say(f"the model lies in {out}; choose it with: detente code --model {out} …")


def train_ear(
    accounts: Annotated[str, typer.Option(help="Attribution set, PATH=LICENCE: .jsonl with id, text, attributions and discard.", show_default=False)],
    out: Annotated[Path, typer.Option("--out", help="Folder for the model.", show_default=False)],
    encoder: Annotated[Path | None, typer.Option(help="Folder with model.safetensors and tokenizer.json (BERT layout).")] = None,
    steps: Annotated[int, typer.Option(help="Batches of 2,000 word pieces to learn.")] = 2_200,
    more: Annotated[int, typer.Option(help="Batches learned afterwards with the exported rounding.")] = 250,
    rate: Annotated[float, typer.Option(help="Learning rate of the heads; the encoder's layers take shares of it.")] = 3e-4,
    seed: Annotated[int, typer.Option(help="Seed of every draw.")] = 1,
    half: Annotated[bool, typer.Option(help="Multiply in bfloat16: twice as fast where the processor can.")] = True,
) -> None:  # fmt: skip
    """Train the ear, which reads who says what, on a set with sources, cues and contents.

    About forty minutes on one core. One article in twenty is held back: the cuts are chosen and the scores taken on it.

    Example: detente train-ear --accounts polnear_train.jsonl="research only" --out my-ear/
    """
    try:
        from detente.train.ear import Options, run
        from detente.train.run import packaged
    except ImportError as error:
        raise SetupError(f"training needs the 'train' extra: pip install 'detente[train]' ({error.name})") from error
    path, licence = _licensed(accounts, "--accounts")
    given = Options(out, (Path(path), licence), encoder or packaged(), steps, more, rate, seed, half)
    run(given, say)
    say(f"the ear lies in {out}")


def _licensed(given: str, option: str) -> tuple[str, str]:
    path, _, licence = given.partition("=")
    if not licence:
        raise ConfigError(f"{option} {given}: say under which licence it is, as PATH=LICENCE")
    return path, licence


def _file(given: str | None, option: str) -> tuple[Path, str] | None:
    if given is None:
        return None
    path, licence = _licensed(given, option)
    return Path(path), licence
