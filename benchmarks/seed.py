"""The seed article: every expected row with hit or miss.

    python benchmarks/seed.py --article article.txt --expected expected.json

A row is a hit when an event stands in its evidence with the type and the modality it names.
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from detente.events.coder import Coder
from detente.reading import read_page
from detente.records import Article, Coded, Span
from detente.sources import make_page

ALLOWED = {
    "asserted": {"happened", "ongoing"}, "historical": {"happened", "ongoing"}, "future": {"planned", "threatened"},
    "negation": {"negated", "denied"}, "hypothetical": {"hypothetical", "uncertain", "conditional"},
    "conditional": {"conditional"},
}  # fmt: skip


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--article", required=True)
    parser.add_argument("--expected", required=True)
    args = parser.parse_args()
    expected = json.loads(Path(args.expected).read_text("utf-8"))
    published = date.fromisoformat(expected["published"])
    page = make_page(Path(args.article).read_bytes(), "text/plain", origin="seed", hints={"published": published})
    article = read_page(page)
    assert isinstance(article, Article)
    coded = Coder().code(article)
    rows = [_event_row(row, article, coded) for row in expected["events"]]
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print(f"events: {sum(r[1] == 'hit' for r in rows)} of {len(rows)}")
    wires = [_tripwire_row(row, article, coded) for row in expected["tripwires"]]
    for row in wires:
        print("| " + " | ".join(row) + " |")
    print(f"tripwires: {sum(r[1] == 'hit' for r in wires)} of {len(wires)}")
    for link in coded.links:
        speaker = link.attribution[0].source.text if link.attribution and link.attribution[0].source else "report"
        name = link.subject.name or link.subject.text
        print(f"link: {name} —{link.kind}→ {link.object.name or link.object.text} ({link.proof}, {speaker})")
    bad = [e for e in coded.events if any(b in e.evidence.quote for b in expected["boilerplate"])]
    spurious = [e for e in coded.events if any(_inside(n, article, e.trigger) for n in expected["not_events"])]
    print(f"from furniture: {len(bad)}; where nothing happened: {[e.trigger.quote for e in spurious]}")
    print(f"read: section {article.section!r}, title {article.title!r}")
    rest = [e for e in coded.events if not any(_inside(r["evidence"], article, e.trigger) for r in expected["events"])]
    print("others:", [(e.type, e.modality, e.trigger.quote) for e in rest])


def _inside(quote: str, article: Article, span: Span) -> bool:
    start = _find(article.text, quote)
    return start >= 0 and span.start < start + len(quote) and start < span.end


def _find(text: str, quote: str) -> int:
    return text.find(quote)


def _event_row(row: dict[str, Any], article: Article, coded: Coded) -> list[str]:
    here = [e for e in coded.events if _inside(row["evidence"], article, e.trigger)]
    types, modalities = set(row["type"].split("|")), ALLOWED[row["modality"]]
    good = [e for e in here if e.type in types and e.modality in modalities]
    best = (good or sorted(here, key=lambda e: e.type not in types) or [None])[0]
    said = "nothing" if best is None else f"{best.type}/{best.act} {best.modality} '{best.trigger.quote}'"
    who = "" if best is None else ", ".join(m.name or m.text for m in best.actors)
    return [row["id"], "hit" if good else "miss", row["type"], row["modality"], said, who]


def _tripwire_row(row: dict[str, Any], article: Article, coded: Coded) -> list[str]:
    hit = [t for t in coded.tripwires if row["condition"] in t.condition.quote or t.condition.quote in row["condition"]]
    said = (
        f"{(hit[0].holder.name or hit[0].holder.text) if hit[0].holder else 'unnamed'}: {hit[0].consequence.quote}"
        if hit
        else "nothing"
    )
    return [row["id"], "hit" if hit else "miss", row["condition"], said]


if __name__ == "__main__":
    main()
