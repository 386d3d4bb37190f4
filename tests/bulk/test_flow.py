"""Batches through engines: everything comes back, whoever dies on the way."""

from concurrent.futures import Future

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.bulk.engines import _up
from detente.bulk.flow import Lost, dwindling, run
from detente.records import SetupError


class Stub:
    """An engine of this process whose workers 'die' on items that are poison, taking others along."""

    def __init__(self, workers=2):
        self.workers, self.renewed = workers, 0

    def submit(self, work, batch):
        done = Future()
        try:
            done.set_result(work(batch))
        except RuntimeError as error:
            done.set_exception(error)
        return done

    def renew(self):
        self.renewed += 1

    def close(self): ...


class Batch(list):
    """A list that is cut as a table is."""

    def slice(self, offset=0, length=None):
        return Batch(self[offset : None if length is None else offset + length])


def doubled(batch):
    """Twice each number; a negative one is poison."""
    if min(batch) < 0:
        raise RuntimeError("dead")
    return [2 * n for n in batch]


@given(st.lists(st.lists(st.integers(-3, 9), min_size=1, max_size=9), max_size=8), st.integers(1, 3))
def test_every_item_comes_back_once_and_only_poison_is_lost(batches, workers):
    good, lost = [], []
    for batch, result in run(Stub(workers), doubled, map(Batch, batches)):
        if isinstance(result, Lost):
            lost += batch
        else:
            assert result == [2 * n for n in batch]
            good += batch
    assert sorted(good + lost) == sorted(n for batch in batches for n in batch)
    assert all(n < 0 for n in lost) and all(n >= 0 for n in good)


def test_workers_are_started_anew_once_for_one_that_was_killed_from_outside(caplog):
    """Each has a model to load: with a renewal for every batch that was in the air, one kill cost a minute."""
    engine, killed = Stub(), []

    def once(batch):
        if not killed and batch[0] == 8:
            killed.append(batch)
            raise RuntimeError("killed")
        return doubled(batch)

    done = [(batch, result) for batch, result in run(engine, once, [Batch([n] * 8) for n in range(20)])]
    assert sum(len(batch) for batch, _ in done) == 160 and not any(isinstance(each, Lost) for _, each in done)
    assert engine.renewed == 1 and "work on 8 items failed (RuntimeError: killed)" in caplog.text


def test_an_item_is_not_blamed_for_a_worker_that_died_of_something_else():
    """A second worker may die, killed from outside, while the batch of the first is tried again."""
    killed = []

    def dying(batch):
        if len(batch) == 2:
            raise RuntimeError("too much at a time")
        if batch == [2] and not killed:
            killed.append(batch)
            raise RuntimeError("killed")
        return doubled(batch)

    done = [result for _, result in run(Stub(1), dying, [Batch([1, 2])])]
    assert done == [[2], [4]] and killed


def test_the_reason_says_what_happened():
    ((_, result),) = run(Stub(), doubled, [Batch([-1])])
    assert result == Lost("RuntimeError: dead")


def test_a_machine_on_which_everything_dies_is_not_blamed_on_the_items():
    with pytest.raises(SetupError, match="whatever it is"):
        list(run(Stub(), doubled, [Batch([-1] * 64)]))


def test_an_error_of_ours_ends_the_run():
    def lacks(_):
        raise SetupError("no model")

    class Passing(Stub):
        def submit(self, work, batch):
            done = Future()
            try:
                work(batch)
            except SetupError as error:
                done.set_exception(error)
            return done

    with pytest.raises(SetupError, match="no model"):
        list(run(Passing(), lacks, [Batch([1])]))


@pytest.mark.parametrize("sizes", [[16] * 7 + [8], [128, 90], [128], [3], []])
@pytest.mark.parametrize("workers", [2, 5])
def test_the_last_batches_are_small_so_that_no_worker_waits_long_for_another(sizes, workers):
    items = iter(range(sum(sizes)))
    batches = [Batch(next(items) for _ in range(size)) for size in sizes]
    cut = list(dwindling(iter(batches), Stub(workers)))
    assert [n for batch in cut for n in batch] == list(range(sum(sizes)))
    free = [0] * workers  # when each worker has done what it has; every 9th item takes five times as long
    for batch in cut:
        free.sort()
        free[0] += sum(5 if n % 9 == 0 else 1 for n in batch)
    assert max(free) - min(free) <= 2 * 4 + 4, "no more than a smallest batch's work"


def test_one_worker_gets_its_batches_as_they_are():
    batches = [Batch([1] * 16), Batch([2] * 9)]
    assert list(dwindling(batches, Stub(1))) == batches


def test_workers_that_come_later_are_used():
    """A cluster may have no workers yet when a run begins."""
    waiting = []

    class Later(Stub):
        def submit(self, work, batch):
            self.workers = 4
            waiting.append(len(waiting))
            return super().submit(work, batch)

    most = 0
    for _ in run(Later(1), doubled, [Batch([n] * 9) for n in range(30)]):
        most = max(most, len(waiting))
        waiting.pop()
    assert most == 8, "two batches a worker"


def test_a_cluster_that_ends_under_a_run_is_told():
    class Ended(Stub):
        def submit(self, work, batch):
            lost = Future()
            lost.cancel()
            lost.set_running_or_notify_cancel()
            return lost

    with pytest.raises(SetupError, match=r"has ended .* run the command again"):
        list(run(Ended(), doubled, [Batch([1])]))


@pytest.mark.parametrize(
    "error", [ConnectionResetError("by peer"), TimeoutError("no answer"), RuntimeError("Client is not running")]
)
def test_a_connection_that_ends_is_a_cluster_that_ended(error):
    with pytest.raises(SetupError, match="the Dask cluster has ended"), _up("Dask"):
        raise error


@pytest.mark.parametrize("error", [TypeError("cannot pickle '_io.FileIO' object"), KeyError("work"), RecursionError()])
def test_a_fault_of_ours_is_not_told_as_the_clusters(error):
    with pytest.raises(type(error)), _up("Dask"):
        raise error
