"""Code whole articles with their furniture: one JSON {id, title, published, outlet, body} a file in --in.

    python benchmarks/articles.py --in DIR --out pred.jsonl [--gold GOLDDIR --bench DIR]

Writes one line an article for score_articles.py; offsets refer to the body as given.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import predictions
from detente.events.coder import Coder
from detente.incidents import merge
from detente.reading import read_text


def main() -> None:
    """Read, code and merge the articles of --in; write --out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--in", dest="source", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--gold")
    parser.add_argument("--bench")
    args = parser.parse_args()
    coder = Coder()
    start = time.process_time()
    articles = [_read(path) for path in sorted(Path(args.source).glob("*.json"))]
    coded = [coder.code(article) for article in articles]
    incidents = merge([e for c in coded for e in c.events], {a.id: a for a in articles})
    incident_of = {event: i.id for i in incidents for event in i.events}
    with open(args.out, "w", encoding="utf-8") as out:
        for article, found in zip(articles, coded, strict=True):
            at = predictions.back(article)
            events = predictions.events(found, at, incident_of)
            wires = [predictions.tripwire(t, at) for t in found.tripwires]
            links = predictions.affiliations(found, at)
            out.write(
                json.dumps({"id": article.id, "events": events, "tripwires": wires, "affiliations": links}) + "\n"
            )
    print(f"{len(articles)} articles in {time.process_time() - start:.1f} CPU s", file=sys.stderr)
    if args.gold and args.bench:
        subprocess.run(
            [sys.executable, f"{args.bench}/score_articles.py", args.gold, args.out, "--by-article"], check=True
        )


def _read(path: Path):  # type: ignore[no-untyped-def]
    item = json.loads(path.read_text("utf-8"))
    published = str(item.get("published") or "")[:10]
    return read_text(
        item["body"], id=item["id"], title=item.get("title") or item.get("headline") or "",
        published=date.fromisoformat(published) if published else None, outlet=item.get("outlet"),
    )  # fmt: skip


if __name__ == "__main__":
    main()
