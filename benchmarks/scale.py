"""Large invented event sets of known incidents, to time the merge and check what it makes of them."""

from __future__ import annotations

import random
import resource
import time
from datetime import date, timedelta

from detente.incidents import merge
from detente.records import Event, Interval, Mention, Place, Span

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
