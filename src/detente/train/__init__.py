"""Trains the judge: `python -m detente.train --out DIR [--codebook DIR] [--set PATH LICENCE]… [--deeds PATH LICENCE]`.

Needs the `train` extra. One fifth of the outside sets' pairs (of the codebook's, where there are no others) is held
back for the scores and the calibration; then the net goes on learning from everything and is exported.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from detente.records import DetenteError, SetupError


def main(argv: Sequence[str] | None = None) -> int:
    """Train, measure and export; 0 when the model is written, 2 when something given cannot be used."""
    args = _parser().parse_args(argv)
    try:
        try:
            from detente.train.run import run
        except ImportError as error:
            raise SetupError(
                f"training needs the 'train' extra: pip install 'detente[train]' ({error.name})"
            ) from error
        run(args, lambda line: print(line, file=sys.stderr, flush=True))
    except DetenteError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="detente train", description="Fine-tune the judge on a codebook's examples.")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model")
    parser.add_argument("--codebook", type=Path, help="folder of another codebook (default: the one shipped)")
    parser.add_argument(
        "--set", dest="sets", nargs=2, action="append", default=[], metavar=("PATH[:WEIGHT]", "LICENCE"),
        help="labelled pairs: .tsv with marked_sentence and gold_root or quad, or .jsonl (repeatable)",
    )  # fmt: skip
    parser.add_argument(
        "--deeds", nargs=2, metavar=("PATH", "LICENCE"), help="factuality: .jsonl with text, start, end, score, coarse"
    )
    parser.add_argument("--deeds-test", type=Path, help="the same, held back: sets the cut-offs and gives the scores")
    parser.add_argument("--encoder", type=Path, help="folder with model.safetensors and tokenizer.json (BERT layout)")
    parser.add_argument("--steps", type=int, default=400, help="batches learned before measuring")
    parser.add_argument("--more", type=int, default=120, help="batches learned from everything afterwards")
    parser.add_argument("--batch", type=int, default=20, help="pairs a batch")
    parser.add_argument("--rate", type=float, default=2.5e-4, help="learning rate; layers take shares of it")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--codebook-weight", type=float, default=1.5, help="an example's weight beside other sets'")
    parser.add_argument("--checkpoint", type=Path, help="measured net: read where it exists, else written")
    parser.add_argument(
        "--alone", type=int, default=0, metavar="STEPS", help="measure a net trained on the codebook alone too"
    )
    return parser
