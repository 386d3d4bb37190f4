"""Batches through an engine: as many at a time as it has workers for, and none lost when a worker dies."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from detente.bulk.engines import Engine, Work, gone
from detente.records import DetenteError, SetupError

_log = logging.getLogger(__name__)
_AHEAD = 2  # batches a worker: one in hand, one waiting
_LEAST = 4  # items of the smallest batch at the end
_HOPELESS = 20  # items in a row that kill their worker: then it is the machine, not the items


class Sliced(Protocol):
    """A batch: an Arrow table, or anything else that can be counted and cut."""

    def __len__(self) -> int: ...

    def slice(self, offset: int = 0, length: int | None = None) -> Any: ...


B = TypeVar("B", bound=Sliced)


@dataclass(frozen=True, slots=True)
class Lost:
    """Why a single item could not be worked on: what killed its worker, or what it raised."""

    reason: str


def dwindling(batches: Iterable[B], engine: Engine) -> Iterator[B]:
    """The same batches, but the last ones ever smaller, so that several workers have done at about the same time.

    Some batches are read ahead to know where the end is. A tail of whole batches costs two workers a quarter of the time on
    little work, since one waits for the other's last.
    """
    held: deque[B] = deque()
    for batch in batches:
        held.append(batch)
        while len(held) > (_AHEAD * engine.workers if engine.workers > 1 else 0):  # one worker waits for no other
            yield held.popleft()
    left, workers = sum(map(len, held)), engine.workers
    while held:
        batch, size = held.popleft(), max(_LEAST, left // (2 * workers))
        if len(batch) > size:
            held.appendleft(batch.slice(size))
            batch = batch.slice(0, size)
        left -= len(batch)
        yield batch


def run(engine: Engine, work: Work, batches: Iterable[B]) -> Iterator[tuple[B, Any | Lost]]:
    """Each batch with its result, in the order they finish.

    Work that fails, or kills its worker, is tried again alone and in halves, until the single item that does it is
    found; that one comes with Lost. An error of ours (a missing model) ends the run: no item is to blame for it.
    """
    flying: dict[Future[Any], B] = {}
    rescue = _Rescue(engine, work)
    for batch in dwindling(batches, engine):
        flying[engine.submit(work, batch)] = batch
        while len(flying) >= _AHEAD * engine.workers:
            yield from _landed(flying, rescue)
    while flying:
        yield from _landed(flying, rescue)


def _landed(flying: dict[Future[Any], B], rescue: _Rescue) -> Iterator[tuple[B, Any | Lost]]:
    done, _ = wait(flying, return_when=FIRST_COMPLETED)
    errors = {each: error for each in done if (error := _error(each)) is not None}
    failed = [flying[each] for each in errors]
    for each in done:
        batch = flying.pop(each)
        if _error(each) is None:
            yield batch, each.result()
    if not failed:
        return
    first = next(iter(errors.values()))
    # the death of one worker may take what others had in hand along: all that is in the air is waited for first
    for each, batch in list(flying.items()):
        del flying[each]
        if _error(each) is None:
            yield batch, each.result()
        else:
            failed.append(batch)
    rescue.fit = False
    _log.warning(
        "work on %d items failed (%s): each batch is tried again alone, then in halves",
        sum(map(len, failed)),
        "a worker was killed: out of memory?" if _killed(first) else _why(first),
    )
    for batch in failed:
        yield from rescue.of(batch)


def _error(future: Future[Any]) -> BaseException | None:
    """What a future failed with; raised here if it is no item's fault."""
    try:
        error = future.exception()
    except CancelledError as cancelled:  # nobody here does that: Dask does, when its scheduler is gone
        raise gone("the cluster", CancelledError("its work was called off")) from cancelled
    if isinstance(error, (DetenteError, ImportError)):
        raise error
    return error


class _Rescue:
    """Works on one batch at a time, so that it is known which one kills its worker."""

    def __init__(self, engine: Engine, work: Work) -> None:
        self._engine, self._work = engine, work
        self._in_a_row = 0
        self.fit = True  # whether nothing failed since the workers were started

    def of(self, batch: B) -> Iterator[tuple[B, Any | Lost]]:
        """The results of a batch, in as few pieces as can be worked on."""
        _log.debug("%d items again, alone", len(batch))
        doubtful = self.fit and len(batch) == 1  # a worker may have died of something else meanwhile: asked twice
        tried = self._tried(batch)
        if doubtful and _error(tried) is not None:
            tried = self._tried(batch)
        error = _error(tried)
        if error is None:
            self._in_a_row = 0
            yield batch, tried.result()
        elif len(batch) > 1:
            half = len(batch) // 2
            yield from self.of(batch.slice(0, half))
            yield from self.of(batch.slice(half))
        else:
            self._in_a_row += 1
            if self._in_a_row >= _HOPELESS:
                raise SetupError(
                    f"every item fails, whatever it is ({_why(error)}): is Detente, in this version, installed where the "
                    "workers run, and is there memory enough?"
                )
            yield batch, Lost(_why(error))

    def _tried(self, batch: Any) -> Future[Any]:
        """The batch tried by workers that are started anew only where need be: each has a model to load."""
        if not self.fit:
            self._engine.renew()
        tried = self._engine.submit(self._work, batch)
        self.fit = _error(tried) is None
        return tried


def _why(error: BaseException) -> str:
    if _killed(error):
        return "the worker was killed while working on this item alone (out of memory?)"
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]


def _killed(error: BaseException) -> bool:
    return type(error).__name__ in ("BrokenProcessPool", "KilledWorker", "WorkerCrashedError", "OutOfMemoryError")
