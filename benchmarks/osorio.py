"""Full extraction from raw sentences against several human coders: who, what class, whom, or nothing.

    python benchmarks/osorio.py --in DIR

DIR holds one table a coding round (sentences, and per coder: spans of Source-n, Action-n, Target-n, a quad class of
action n, and whether the sentence is relevant). A coder's event counts where it has a quad class 1-4, a source and a
target; statements (class 0) do not. An event of ours is right where class, actor and recipient (any shared word)
agree with one of a coder's. Reported: F1 against each coder (mean), against the coder nearest to us, and, as a
measure of what is possible, of the coders against one another; false alarms on sentences that no coder finds relevant.
"""

from __future__ import annotations

import argparse
import ast
import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import predictions
from detente.events.coder import Coder
from detente.reading import raw_offset, read_text

Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Deed:
    """One event as a coder or we see it."""

    quad: int
    actors: tuple[Offsets, ...]
    recipients: tuple[Offsets, ...]


def read(folder: Path) -> dict[str, tuple[dict[str, list[Deed]], bool]]:
    """Per sentence the coders' events, and whether anybody found it relevant; later versions of a round replace earlier."""
    out: dict[str, tuple[dict[str, list[Deed]], bool]] = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                text = row["sentences"].strip()
                coders = sorted({k.rsplit("_", 1)[1] for k in row if k.startswith("entities_") and row[k]})
                relevant = any(row.get(f"1_Relevant_{c}") == "True" for c in coders)
                told = {c: _deeds(row, c) for c in coders if row.get(f"1_Relevant_{c}") in ("True", "False")}
                out[text] = ({c: deeds for c, deeds in told.items() if deeds is not None}, relevant)
    return out


def _deeds(row: dict[str, str], coder: str) -> list[Deed] | None:
    """A coder's events, or None where events were marked without classes."""
    spans: dict[str, list[Offsets]] = defaultdict(list)
    for name, words, start in ast.literal_eval(row[f"entities_{coder}"] or "[]"):
        spans[name].append((start, start + len(words)))
    classes = {n: row.get(f"Action{n}-PentaClass_{coder}") or "" for n in "1234"}
    if spans and not any(classes.values()):
        return None
    return [
        Deed(int(classes[n][0]), tuple(spans[f"Source-{n}"]), tuple(spans[f"Target-{n}"]))
        for n in "1234"
        if classes[n][:1] in set("1234") and spans[f"Source-{n}"] and spans[f"Target-{n}"]
    ]


def matched(ours: Sequence[Deed], theirs: Sequence[Deed]) -> int:
    """How many events agree, one to one."""
    left, hits = list(theirs), 0
    for deed in ours:
        same = next(
            (
                d
                for d in left
                if d.quad == deed.quad and _touch(d.actors, deed.actors) and _touch(d.recipients, deed.recipients)
            ),
            None,
        )
        if same is not None:
            left.remove(same)
            hits += 1
    return hits


def _touch(a: Sequence[Offsets], b: Sequence[Offsets]) -> bool:
    return any(s < e2 and s2 < e for s, e in a for s2, e2 in b)


def f1(pairs: Sequence[tuple[Sequence[Deed], Sequence[Deed]]]) -> float:
    """Micro F1 in percent of (said, gold) pairs."""
    hits = sum(matched(a, b) for a, b in pairs)
    return 200 * hits / max(1, sum(len(a) + len(b) for a, b in pairs))


def main() -> None:
    """Code every sentence and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--in", dest="source", type=Path, required=True)
    args = parser.parse_args()
    gold = read(args.source)
    coder = Coder()
    said = {text: _ours(coder, text) for text in gold}
    by_coder: dict[str, list[tuple[list[Deed], list[Deed]]]] = defaultdict(list)
    nearest, humans = [], defaultdict(list)
    for text, (told, _) in gold.items():
        ours = [d for d in said[text] if d.actors and d.recipients]
        for name, deeds in told.items():
            by_coder[name].append((ours, deeds))
        if told:
            nearest.append((ours, max(told.values(), key=lambda deeds: matched(ours, deeds) * 2 - len(deeds))))
        for a, b in permutations(sorted(told), 2):
            humans[a, b].append((told[a], told[b]))
    quiet = [text for text, (told, relevant) in gold.items() if told and not relevant]
    alarms = sum(bool(said[text]) for text in quiet)
    print(f"sentences                      {len(gold)}")
    print(
        f"both parties and class, F1     {sum(map(f1, by_coder.values())) / len(by_coder):.1f}  (mean over {len(by_coder)} coders)"
    )
    print(f"  against the nearest coder    {f1(nearest):.1f}")
    print(f"  coders among themselves      {sum(map(f1, humans.values())) / len(humans):.1f}")
    print(f"false alarms, nothing relevant {alarms} of {len(quiet)}")


def _ours(coder: Coder, text: str) -> list[Deed]:
    article = read_text(text, id="s")

    def at(position: int) -> int:
        found = raw_offset(article, position)
        return position if found is None else found

    def spans(mentions) -> tuple[Offsets, ...]:
        return tuple((at(m.span.start), at(m.span.end - 1) + 1) for m in mentions if m.span is not None)

    return [Deed(predictions.quad(e.type), spans(e.actors), spans(e.recipients)) for e in coder.code(article).events]


if __name__ == "__main__":
    main()
