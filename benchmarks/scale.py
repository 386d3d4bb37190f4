"""Large invented event sets of known incidents, to time the merge and check what it makes of them.

    python benchmarks/scale.py --mentions 1000000 --engine processes --jobs 2
    python benchmarks/scale.py --mentions 300000 --bundle coded.jsonl; detente merge coded.jsonl -o merged/

Mentions have no reports with texts: copies of wire stories, which are looked for in one process, are not in these figures.
With `--bundle` each has a report of its own of some 150 words, and what is timed is the command, reading and writing included.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from detente.bulk.merging import merged_on
from detente.files import write_bundle
from detente.incidents import merge
from detente.records import Article, Event, Interval, Mention, Place, Span

_MODES = ("heavy-weapons", "drone", "aerial", "explosives", "firearms")
_MENTIONS = 3  # of each incident, on average


def generated(size: int, days: int = 730, seed: int = 7) -> tuple[list[Event], dict[str, int]]:
    """`size` events over `days` days, and event id -> its true incident; dyads and places grow with the size."""
    dice = random.Random(seed)
    sides = [Mention(f"side {n}", actor=f"s{n}.army") for n in range(40)]
    places = [
        Place(f"Town {n}", "settlement", dice.uniform(-50, 50), dice.uniform(-170, 170), f"C{n % 90:02}", id=f"t:{n}")
        for n in range(max(200, size // 50))
    ]
    events: list[Event] = []
    truth: dict[str, int] = {}
    for number in range(size // _MENTIONS + 1):
        day = date(2030, 1, 1) + timedelta(days=dice.randrange(days))
        kind = dice.choices(("ASSAULT", "PROTEST", "CONSULT", "MOBILIZE"), (5, 2, 2, 1))[0]
        actor, recipient = dice.sample(sides, 2)
        place, mode = dice.choice(places), dice.choice(_MODES)
        for _ in range(dice.randint(1, 2 * _MENTIONS - 1)):
            key = f"e{len(events)}"
            report = f"r{len(events)}"
            span = Span(report, 0, 6, "struck")
            told = dice.random()
            events.append(
                Event(
                    key, report, kind, kind, "happened", span, span,
                    modes=(mode,) if kind == "ASSAULT" and dice.random() < 0.7 else (),
                    actors=(actor,) if dice.random() < 0.8 else (), recipients=(recipient,) if told < 0.9 else (),
                    date=Interval(day, day, "day", "then") if dice.random() < 0.85 else None,
                    place=place if dice.random() < 0.85 else None, reported=day + timedelta(days=1),
                )
            )  # fmt: skip
            truth[key] = number
    return events[:size], truth


def line(size: int) -> str:
    """One line: events, incidents, CPU seconds, events a CPU second, peak memory, B-cubed precision."""
    events, truth = generated(size)
    start = time.process_time()
    made = merge(events, {})
    took = time.process_time() - start
    pure = sum(
        sum(truth[a] == truth[b] for b in each.events) / len(each.events) for each in made for a in each.events
    ) / len(events)  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (f"{size:8,} events  {len(made):8,} incidents  {took:7.1f} CPU s  {size / took:8,.0f} events/CPU s  "
            f"{peak:6,.0f} MB  B-cubed P {100 * pure:.1f}")  # fmt: skip


def on_engine(size: int, engine: str, jobs: int) -> str:
    """One line: mentions merged by parts on an engine, by the clock and by the CPU of all processes."""
    from throughput import family

    events, _ = generated(size)
    with merged_on(engine, jobs, None, None) as spread:
        begun, used = time.monotonic(), family()
        made = merge(events, {}, spread=spread)
        took, used = time.monotonic() - begun, family() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (f"{engine} {jobs}: {size:,} mentions, {len(made):,} incidents, {took:,.0f} s by the clock, {used:,.0f} CPU s of all "
            f"processes ({size / used:,.0f} mentions/CPU s), {peak:,.0f} MB at most in the first, load {os.getloadavg()[0]:.0f}")  # fmt: skip


def bundle(size: int, path: str) -> None:
    """Write the mentions, each with a report of its own, as 'detente code' would."""
    dice = random.Random(11)
    words = ["".join(dice.choices("aeioulnrst", k=dice.randint(3, 9))) for _ in range(5000)]

    def records() -> Iterator[Any]:
        for each in generated(size)[0]:
            text = "They struck. " + " ".join(dice.choices(words, k=150))
            span = Span(each.article, 5, 11, "struck")
            yield Article(
                each.article, text, published=each.reported, outlet=f"Outlet {dice.randrange(200)}", language="en"
            )
            yield replace(each, trigger=span, evidence=Span(each.article, 0, 100, text[:100]))

    write_bundle(path, records())


def main() -> None:
    """Merge and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=int, default=100_000)
    parser.add_argument("--engine", default="processes")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--bundle", help="only write the mentions with reports to this file")
    args = parser.parse_args()
    if args.bundle:
        bundle(args.mentions, args.bundle)
        return
    print(on_engine(args.mentions, args.engine, args.jobs))


if __name__ == "__main__":
    main()
