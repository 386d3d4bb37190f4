"""The deeds of an article once the judge was heard: which stand, each told once, and who is done to."""

from __future__ import annotations

from collections.abc import Sequence

from detente.events.arbiter import arbitrate
from detente.events.explain import Trace
from detente.events.opinion import Readings
from detente.events.roles import Candidate
from detente.events.samedeed import fold
from detente.events.scene import Scene
from detente.events.weighing import weigh


def deeds(
    scenes: Sequence[Scene], found: Sequence[Sequence[Candidate]], readings: Sequence[Readings],
    traces: Sequence[Trace | None],
) -> list[list[Candidate]]:  # fmt: skip
    """The deeds of each paragraph of an article; traces, where given, are told what was proposed and dropped.

    Trees and arbiter are asked once for the whole article, which takes half the time of a call a paragraph.
    """
    dropped = [trace.dropped if trace is not None else None for trace in traces]
    kept = weigh(list(zip(scenes, found, readings, dropped, strict=True)))
    for own, trace in zip(kept, traces, strict=True):
        if trace is not None:
            trace.proposed += [f"'{c.token.text}' by {c.frame.source}" for c in own]
    out = [fold(own) for own in kept]
    arbitrate(list(zip(scenes, out, strict=True)))
    return out
