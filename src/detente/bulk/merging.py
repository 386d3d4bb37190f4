"""Merging on an engine: the parts of a record, which never meet, each by a worker of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from detente.assessing import roll_up
from detente.bulk.engines import Engine, open_engine
from detente.bulk.flow import Lost, run
from detente.incidents.merge import Part, Spread, merge_part
from detente.records import DetenteError, Incident
from detente.reference.theatre import Theatre


@dataclass(frozen=True, slots=True)
class _Whole:
    """A batch that cannot be cut."""

    part: Part

    def __len__(self) -> int:
        return 1

    def slice(self, offset: int = 0, length: int | None = None) -> Any:
        return self


def spread(engine: Engine, theatre: Theatre | None) -> Spread:
    """Merges parts on an engine; what comes out is the same as here. DetenteError where a part kills its worker."""
    work = partial(_merged, theatre=theatre)

    def over(parts: list[Part]) -> Iterator[list[Incident]]:
        # the largest first: begun last, it would be waited for alone
        wholes: Iterable[_Whole] = map(_Whole, sorted(parts, key=lambda part: -len(part.mentions)))
        for whole, result in run(engine, work, wholes):
            if isinstance(result, Lost):
                raise DetenteError(
                    f"{len(whole.part.mentions)} mentions of one kind could not be merged: {result.reason}"
                )
            yield result

    return over


@contextmanager
def merged_on(name: str, workers: int, address: str | None, theatre: Theatre | None) -> Iterator[Spread | None]:
    """Where to merge: None for this process, which is what one worker without a cluster means."""
    if name == "processes" and workers == 1 and not address:
        yield None
        return
    engine = open_engine(name, workers, address)
    try:
        yield spread(engine, theatre)
    finally:
        engine.close()


def _merged(whole: _Whole, theatre: Theatre | None) -> list[Incident]:
    return merge_part(whole.part, roll_up(theatre))
