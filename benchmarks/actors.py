"""Measures who is who: `python benchmarks/actors.py [--set FILE] [--wrong]`.

The set is our own: invented sentences, one mention each, labelled by hand with the actor's id, country and
sector, across theatres. `resolve` is given the mention, the report's country and date; `find` is given the
sentence and the report's country, and must hit the actor or its state (named kinds only). The last lines give load time and speed.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from datetime import date
from pathlib import Path

from detente.reference.actors import ActorIndex, Resolution, load

SET = Path(__file__).parent / "data" / "actors.jsonl"
NAMED = frozenset({"spelling", "lookalike", "organisation"})
WORDS = 400
FILLER = (
    " The road had been closed since the morning and shops along it stayed shut. Smoke could be seen from the hills for"
    " much of the day. It was not clear how many had been hurt."
)


def right(row: dict, found: Resolution) -> tuple[bool, bool, bool]:
    """Whether actor, country and sector are as labelled; any provisional actor counts as 'provisional'."""
    actor = "provisional" if found.provisional else found.actor
    return actor == row["actor"], found.country == row["country"], found.sector == row["sector"]


def found_in_text(row: dict, index: ActorIndex) -> bool:
    """Whether `find` hits the labelled actor at the mention, or nothing where nothing is there."""
    start, end = row["start"], row["start"] + len(row["mention"])
    state = index.get(row["context"] or "")
    text = row["text"] + (f" The report is about {state.name}." if state else "")
    hits = {h.actor for h in index.find(text) if h.start < end and start < h.end and h.kind != "role"}
    wanted = row["actor"] and {row["actor"], row["actor"].split(".")[0]}
    return not hits.isdisjoint(wanted) if wanted else not hits


def speed(rows: list[dict], index: ActorIndex) -> float:
    """Articles of 400 words per CPU second at the density of news (a quarter of the sentences name actors)."""
    words = " ".join(r["text"] + FILLER for r in rows).split()
    articles = [" ".join(words[i : i + WORDS]) for i in range(0, len(words) - WORDS, 25)]
    started = time.process_time()
    for number, text in enumerate(articles):
        for hit in index.find(text):
            first = text.rfind(" ", 0, max(0, hit.start - 6)) + 1
            index.resolve(text[first : hit.end], on=date(2020, 1, 1 + number % 28), country="IRQ")
    return len(articles) / (time.process_time() - started)


def main() -> None:
    """Prints accuracy by kind, then load time and speed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", type=Path, default=SET)
    parser.add_argument("--wrong", action="store_true", help="list every wrong answer")
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.set.read_text(encoding="utf-8").splitlines()]
    started = time.process_time()
    index = load()
    loading = time.process_time() - started
    scores: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    finds: list[bool] = []
    for row in rows:
        found = index.resolve(row["mention"], on=date.fromisoformat(row["date"]), country=row["context"])
        marks = right(row, found)
        scores[row["kind"]].append(marks)
        scores[f"batch {row['batch']}"].append(marks)
        scores["all"].append(marks)
        hit = found_in_text(row, index) if row["kind"] in NAMED else True
        if row["kind"] in NAMED:
            finds.append(hit)
        if args.wrong and not (all(marks) and hit):
            print(f"{row['id']} {row['mention']!r}: {row['actor']} {row['country']} {row['sector']} | got "
                  f"{found.actor} {found.country} {found.sector} | {'' if hit else 'not found in text | '}{found.why}")  # fmt: skip
    print(f"{'kind':14}{'n':>5}{'actor':>8}{'country':>9}{'sector':>8}{'all three':>11}")
    for kind, marks_of in sorted(scores.items(), key=lambda p: (p[0] == "all", p[0].startswith("batch"), p[0])):
        shares = [sum(m[i] for m in marks_of) / len(marks_of) for i in range(3)]
        whole = sum(all(m) for m in marks_of) / len(marks_of)
        print(f"{kind:14}{len(marks_of):>5}{shares[0]:>8.1%}{shares[1]:>9.1%}{shares[2]:>8.1%}{whole:>11.1%}")
    print(f"find: {sum(finds)}/{len(finds)} named mentions hit in running text ({sum(finds) / len(finds):.1%})")
    print(f"load {loading:.2f} CPU s; find and resolve {speed(rows, index):.0f} articles of {WORDS} words per CPU s")


if __name__ == "__main__":
    main()
