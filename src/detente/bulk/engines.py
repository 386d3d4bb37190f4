"""Where batches are worked on: this process, several processes, a Dask or a Ray cluster. All hand out futures."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process
from typing import Any, Protocol

from detente.records import DetenteError, InputError, SetupError, in_a_line

_log = logging.getLogger(__name__)
Work = Callable[[Any], Any]
ENGINES = ("processes", "dask", "ray")
_PATIENCE = 20  # seconds that a cluster may take to answer
_NANNY = 60  # seconds that a worker of Dask may take to come back


class Engine(Protocol):
    """What a run needs of an engine."""

    @property
    def workers(self) -> int:
        """How many there are now; on a cluster they come and go."""

    def submit(self, work: Work, batch: Any) -> Future[Any]:
        """Start work on a batch; the future fails if the worker dies."""

    def renew(self) -> None:
        """Make the engine fit to go on after a worker died."""

    def close(self) -> None:
        """Stop the workers that this engine started."""


class Here:
    """This process alone: one thread codes while the inputs are read."""

    workers = 1

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1)

    def submit(self, work: Work, batch: Any) -> Future[Any]:
        return self._pool.submit(work, batch)

    def renew(self) -> None: ...

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


class Processes:
    """Several processes on this machine, started anew (not forked) and ended with this one, even if it is killed."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._pool = self._started()

    def _started(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.workers, get_context("spawn"), _end_with_parent)

    def submit(self, work: Work, batch: Any) -> Future[Any]:
        try:
            return self._pool.submit(work, batch)
        except BrokenProcessPool as error:  # a worker died a moment ago: this batch failed with it, and is tried again
            failed: Future[Any] = Future()
            failed.set_exception(error)
            return failed

    def renew(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._pool = self._started()

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever: it watches for that, and ends."""
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


class Dask:
    """An existing Dask cluster, or one of processes on this machine."""

    def __init__(self, workers: int, address: str | None) -> None:
        try:
            import dask
            from dask.distributed import Client, LocalCluster
        except ImportError as error:
            raise SetupError("Dask is not installed: pip install 'detente[dask]'") from error
        self._cluster: Any = None
        if address is None:
            # what kills its worker is found by us, with no second try by Dask: each try needs a worker started anew
            with dask.config.set({"distributed.scheduler.allowed-failures": 0}):
                self._cluster = LocalCluster(
                    n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=50
                )
        try:
            self._client = Client(self._cluster or address, timeout="20s")
        except (OSError, RuntimeError, TypeError, ValueError) as error:  # nobody there, no certificate, no such address
            raise _unreachable("Dask scheduler", address, error) from error
        for name in ("distributed", "distributed.client", "tornado.application", "asyncio"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # we say in a line what they tell in fifty
        self._pool = self._client.get_executor(pure=False)
        self._started = workers
        if not self._cluster and not self._there():
            _log.warning("the Dask cluster at %s has no workers yet: the work waits for one", address)

    @property
    def workers(self) -> int:
        return self._started if self._cluster else max(1, self._there())

    def _there(self) -> int:
        with _up("Dask"):
            return len(self._client.nthreads())

    def submit(self, work: Work, batch: Any) -> Future[Any]:
        with _up("Dask"):
            return self._pool.submit(work, batch)

    def renew(self) -> None:
        """A dead worker is started anew by its nanny, unless that took too long on a busy machine: then by us."""
        try:
            self._client.wait_for_workers(1, timeout=_NANNY)
        except TimeoutError as error:
            if self._cluster is None:
                raise SetupError(
                    f"no worker of the Dask cluster came back within {_NANNY} s: is it still up?"
                ) from error
            self._cluster.scale(0)
            self._cluster.scale(self.workers)
            self._client.wait_for_workers(1, timeout=4 * _NANNY)

    def close(self) -> None:
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()


class Ray:
    """An existing Ray cluster, or one on this machine."""

    def __init__(self, workers: int, address: str | None) -> None:
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is reported to anybody
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
        os.environ.setdefault("RAY_raylet_start_wait_time_s", "120")  # a busy machine is slow to start it
        try:
            import ray
        except ImportError as error:
            raise SetupError("Ray is not installed: pip install 'detente[ray]'") from error
        _somebody_there(address)
        local: dict[str, Any] = {} if address else {"num_cpus": workers, "include_dashboard": False}
        try:
            ray.init(address=address or "local", log_to_driver=False, logging_level=40, **local)
        except Exception as error:  # a plain one where its node is slow to start
            raise _unreachable("Ray cluster", address, error) from error
        self._ray = ray
        self._made: dict[Work, Any] = {}
        self._started = None if address else workers

    @property
    def workers(self) -> int:
        with _up("Ray"):
            return self._started or max(1, int(self._ray.cluster_resources().get("CPU", 1)))

    def submit(self, work: Work, batch: Any) -> Future[Any]:
        with _up("Ray"):
            if work not in self._made:
                self._made[work] = self._ray.remote(max_retries=0, num_cpus=1)(_called(work))
            return self._made[work].remote(batch).future()

    def renew(self) -> None: ...

    def close(self) -> None:
        self._ray.shutdown()


def _somebody_there(address: str | None) -> None:
    """Ray itself asks an address where nobody is again and again, for many minutes."""
    host, _, port = (address or "").removeprefix("ray://").rpartition(":")
    if not port.isdigit():  # "auto", or none
        return
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE).close()
    except (OSError, OverflowError) as error:
        raise _unreachable("Ray cluster", address, error) from error


def _unreachable(what: str, address: str | None, error: Exception) -> DetenteError:
    told = in_a_line(error)
    if address is None:
        return SetupError(f"no {what} could be started on this machine: {told}")
    return InputError(f"--address {address}: no {what} can be used there ({told})")


def gone(what: str, error: BaseException) -> SetupError:
    """What to say when a cluster ends under a run."""
    return SetupError(
        f"{what} has ended ({in_a_line(error)}). What was finished is kept: start it and run the command again"
    )


@contextmanager
def _up(name: str) -> Iterator[None]:
    """A cluster that answered before and now fails to is no longer there; a fault of ours stays one."""
    try:
        yield
    except Exception as error:
        if not _of_a_cluster(error):
            raise
        raise gone(f"the {name} cluster", error) from error


def _of_a_cluster(error: Exception) -> bool:
    """Whether an error tells of a connection or a client that has ended: each cluster has some of its own beside plain ones."""
    if type(error).__module__.partition(".")[0] in ("dask", "distributed", "grpc", "ray", "tornado"):
        return True
    ended = isinstance(
        error, (OSError, EOFError, CancelledError, RuntimeError)
    )  # OSError: no connection, no answer in time
    return ended and not isinstance(error, (NotImplementedError, RecursionError))


def _called(work: Work) -> Callable[[Any], Any]:
    """Ray takes plain functions only, no partial ones."""

    def call(batch: Any) -> Any:
        return work(batch)

    return call


def open_engine(name: str, workers: int, address: str | None = None) -> Engine:
    """The engine of a name with so many workers; an `address` joins a cluster that is already there."""
    if name not in ENGINES:
        raise InputError(f"--engine {name}: choose one of {', '.join(ENGINES)}")
    if address and name == "processes":
        raise InputError("--address is of a cluster: name it with --engine dask or --engine ray")
    if name == "dask":
        return Dask(workers, address)
    if name == "ray":
        return Ray(workers, address)
    return Processes(workers) if workers > 1 else Here()
