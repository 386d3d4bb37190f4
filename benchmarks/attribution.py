"""Attribution benchmark: writes source, cue and content of every relation, in the scorer's format.

usage: attribution.py --in X.jsonl --out P.jsonl [--by ear|rules] [--model DIR] [--gold G.jsonl --scorer score_attribution.py]
Reads {id, text} per line. `ear` reads the text with the learned heads, without a parse; `rules` are the coder's, which
know reports only, no hopes or support.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from detente.events.attribution import attributions
from detente.events.ear import Ear
from detente.events.language import load_model

Row = dict[str, Any]


def by_ear(articles: list[Row], model: Path | None) -> Iterator[Row]:
    """One prediction an article, by the learned heads."""
    ear = Ear(model)
    for article in articles:
        rows = [{"source": v.source, "cue": [v.cue], "content": v.content} for v in ear.voices(article["text"])]
        yield {"id": article["id"], "attributions": rows}


def by_rules(articles: list[Row]) -> Iterator[Row]:
    """One prediction an article, by the coder's rules over the parse."""
    docs = load_model().pipe(((a["text"], a["id"]) for a in articles), as_tuples=True, batch_size=16)
    for doc, ident in docs:
        rows = [
            {"source": [s.source] if s.source else [], "cue": [s.cue] if s.cue else [], "content": s.content}
            for s in attributions(doc)
        ]
        yield {"id": ident, "attributions": rows}


def main() -> None:
    """Read --in, write --out, score where gold is given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--in", dest="source", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--by", choices=("ear", "rules"), default="ear")
    parser.add_argument("--model", type=Path, help="folder of another model")
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--scorer", type=Path, help="score_attribution.py")
    args = parser.parse_args()
    with args.source.open(encoding="utf8") as lines:
        articles = [json.loads(line) for line in lines if line.strip()]
    start = time.process_time()
    rows = [*by_ear(articles, args.model)] if args.by == "ear" else [*by_rules(articles)]
    seconds = time.process_time() - start
    args.out.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    print(f"{len(rows)} articles, {len(rows) / seconds:.1f} per CPU second", file=sys.stderr)
    if args.gold and args.scorer:
        subprocess.run([sys.executable, str(args.scorer), str(args.gold), str(args.out)], check=True)


if __name__ == "__main__":
    main()
