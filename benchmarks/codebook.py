"""How the coder reads the codebook's own example sentences: found, named, parties, modality, false alarms.

    python benchmarks/codebook.py [--fold N | --but N] [--type TYPE] [--misses KIND]

The examples are not rules: most sentences were written without looking at the triggers, so they show what the
lexicon lacks. `--fold 4` scores the fifth that is kept out of tuning and training; `--but 4` the other four.
`--misses` prints the sentences of one kind: unseen, type, actor, recipient, modality, alarm.
"""

from __future__ import annotations

import argparse
import zlib
from collections import Counter, defaultdict

from detente.events.coder import Coder
from detente.reading import raw_offset, read_text
from detente.records import Event, Mention
from detente.reference.codebook.read import NONE, Example, load

KINDS = ("unseen", "type", "actor", "recipient", "modality", "alarm")
# what the two sides of a deed may be told as: a planned withdrawal is an announced one
SAME = {frozenset(p) for p in (("happened", "ongoing"), ("planned", "threatened"), ("planned", "conditional"),
                               ("threatened", "conditional"), ("negated", "denied"), ("hypothetical", "uncertain"))}  # fmt: skip


def fold(text: str) -> int:
    """Which fifth a sentence belongs to (as in detente.train.measure)."""
    return zlib.crc32(" ".join(text.lower().split())[:80].encode()) % 100 * 5 // 100


def overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether [start, end) touches one of the spans."""
    return any(s < end and start < e for s, e in spans)


class Sheet:
    """Counts of one run, by type of the example, and the sentences behind each kind of miss."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        self.misses: dict[str, list[str]] = defaultdict(list)

    def add(self, name: str, example: Example, events: list[Event], at) -> None:
        """Compare one example with what was coded."""
        c = self.counts[name]
        if not example.positive:
            if example.type == NONE:
                c["none"] += 1
                if events:
                    c["alarm"] += 1
                    self.misses["alarm"].append(f"{events[0].type} '{events[0].trigger.quote}': {example.text}")
            return
        marks = {role: [(s, e) for r, s, e in example.marks if r == role] for role in "ATR"}
        c["all"] += 1
        hits = [e for e in events if overlaps(marks["T"], at(e.trigger.start), at(e.trigger.end - 1) + 1)]
        hits = hits or [e for e in events if name in (e.type, e.act)]
        if not hits:
            c["unseen"] += 1
            self.misses["unseen"].append(f"{name} '{example.trigger}': {example.text}")
            return
        best = max(hits, key=lambda e: (name in (e.type, e.act), e.modality == example.modality))
        c["seen"] += 1
        if name not in (best.type, best.act):
            self.misses["type"].append(f"{name} read as {best.type}/{best.act} '{best.trigger.quote}': {example.text}")
        else:
            c["type"] += 1
        self._parties(c, "actor", marks["A"], best.actors, example, name, at)
        self._parties(c, "recipient", marks["R"], best.recipients, example, name, at)
        if best.modality == example.modality or frozenset((best.modality, example.modality)) in SAME:
            c["modality"] += 1
        else:
            self.misses["modality"].append(
                f"{example.modality} read as {best.modality} ({'; '.join(best.why[1:])}): '{best.trigger.quote}': {example.text}"
            )

    def _parties(
        self,
        c: Counter[str],
        role: str,
        gold: list[tuple[int, int]],
        said: tuple[Mention, ...],
        example: Example,
        name: str,
        at,
    ) -> None:
        # a pronoun that is resolved to the marked name names it as well
        ways = [
            [(at(s.start), at(s.end - 1) + 1) for s in (m.span, m.antecedent) if s is not None]
            for m in said
            if m.span is not None
        ]
        spans = [span for way in ways for span in way]
        right = sum(any(overlaps(gold, *span) for span in way) for way in ways)
        c[role + "_said"] += len(ways)
        c[role + "_right"] += right
        c[role + "_gold"] += len(gold)
        c[role + "_found"] += sum(overlaps(spans, *span) for span in gold)
        if (gold and not right) or right < len(ways):
            want = " + ".join(example.text[s:e] for s, e in gold) or "nobody"
            self.misses[role].append(
                f"{name} '{example.trigger}' wants [{want}] has [{' + '.join(m.text for m in said)}]: {example.text}"
            )

    def table(self) -> list[str]:
        """One line a type and one for all."""
        total: Counter[str] = Counter()
        for c in self.counts.values():
            total.update(c)
        rows = [f"{'':10} {'n':>5} {'seen':>6} {'type':>6} {'actor':>6} {'recip':>6} {'modal':>6} {'alarms':>9}"]
        for name, c in [*sorted(self.counts.items()), ("all", total)]:
            actor, recipient = (_f1(c, role) for role in ("actor", "recipient"))
            rows.append(
                f"{name:10} {c['all']:5} {_share(c['seen'], c['all'])} {_share(c['type'], c['all'])} {actor:6.1f} "
                f"{recipient:6.1f} {_share(c['modality'], c['seen'])} {c['alarm']:4}/{c['none']:4}"
            )
        return rows


def _share(part: int, whole: int) -> str:
    return f"{100 * part / max(1, whole):6.1f}"


def _f1(c: Counter[str], role: str) -> float:
    precision = c[role + "_right"] / max(1, c[role + "_said"])
    recall = c[role + "_found"] / max(1, c[role + "_gold"])
    return 200 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    """Code every chosen example and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fold", type=int, help="only this fifth (0-4)")
    parser.add_argument("--but", type=int, help="all but this fifth")
    parser.add_argument("--type", help="only examples of this type")
    parser.add_argument("--misses", choices=KINDS, action="append", default=[])
    args = parser.parse_args()
    coder, sheet = Coder(), Sheet()
    for name, entry in load().types.items():
        for number, example in enumerate(entry.examples):
            here = fold(example.text)
            if (args.type and name != args.type) or (args.fold is not None and here != args.fold) or here == args.but:
                continue
            article = read_text(example.text, id=f"{name}-{number}")

            def at(position: int, article=article) -> int:
                found = raw_offset(article, position)
                return position if found is None else found

            sheet.add(name, example, list(coder.code(article).events), at)
    for kind in args.misses:
        print(f"== {kind}: {len(sheet.misses[kind])}")
        print("\n".join(sheet.misses[kind]))
    print("\n".join(sheet.table()))


if __name__ == "__main__":
    main()
