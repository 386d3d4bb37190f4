"""Where clusters are looked up: the sorted arrays find what a plain table of days and keys would find."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

from handmade import ARL, CAMP, FORT, FRONT, ONE, RAIDERS, TOWN, TROOPS, event
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.incidents.blocks import CROWD, Blocks, keys_of
from detente.incidents.merge import Cluster
from detente.incidents.views import view
from detente.records import Interval

FIRST = date(2031, 3, 1)


def seen(start=None, length=1, reported=3, **more):
    """A mention that happened `start` days after 1 March, for so many days; None: no day is known."""
    begun = FIRST + timedelta(days=start or 0)
    told = None if start is None else Interval(begun, begun + timedelta(days=length - 1), "range", "then")
    return view(replace(event(ONE, "hit", date=told, **more), reported=FIRST + timedelta(days=reported)))


VIEWS = st.builds(
    seen,
    start=st.none() | st.integers(0, 40), length=st.sampled_from((1, 1, 2, 3, 20, 31, 32, 90, 400, 401)),
    place=st.sampled_from((None, CAMP, FORT, TOWN)), actors=st.sampled_from(((), (ARL,), (FRONT,))),
    recipients=st.sampled_from(((), (TROOPS,), (RAIDERS,))),
)  # fmt: skip
STORIES = st.sampled_from(("a1", "a2", "a3", "a4"))


class Table:
    """The same, plainly: every day and key of every mention, and every key that finds one without its day."""

    def __init__(self):
        self.dated, self.undated, self.stories = defaultdict(set), defaultdict(set), defaultdict(set)

    def _days(self, item, slack=0):
        day = item.date.start - timedelta(days=slack)
        while day <= item.date.end + timedelta(days=slack):
            yield day
            day += timedelta(days=1)

    def _alone(self, item):
        keys = keys_of(item)
        who = sorted(key[1] for key in keys if key[0] == "who")
        return [key for key in keys if key[0] == "at"] + [(a, b) for a in who for b in who if a < b]

    def register(self, number, item, origin):
        self.stories[origin].add(number)
        for key in self._alone(item):
            self.undated[key].add(number)
        if item.date is not None and item.span_days <= 31:
            for day in self._days(item):
                for key in keys_of(item):
                    self.dated[day, key].add(number)

    def find(self, item, origin):
        found = set(self.stories[origin])
        if item.date is not None and item.span_days <= 400:
            found.update(*(self.dated[day, key] for day in self._days(item, 1) for key in keys_of(item)))
        if item.date is None or item.assumed or item.span_days > 31:
            found.update(*(self.undated[key] for key in self._alone(item)))
        return sorted(found)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), VIEWS, STORIES), max_size=25), VIEWS, STORIES)
def test_the_arrays_find_what_a_plain_table_finds(told, item, story):
    blocks, table = Blocks(), Table()
    for number, each, origin in told:
        blocks.register(number, each, origin)
        table.register(number, each, origin)
    assert blocks.find(item, story) == table.find(item, story)
    days = {item.date.start + timedelta(days=n) for n in range(item.span_days)} if item.span_days <= 3 else set()
    near = {number for number, each, _ in told if each.span_days <= 31 and days & set(table._days(each))}
    assert blocks.on_day(item) == sorted(near)


def test_a_crowd_under_one_key_singles_nobody_out():
    blocks, undated = Blocks(), seen(None, modality="planned", actors=(ARL,), recipients=(FRONT,))
    for number in range(CROWD):
        blocks.register(number, seen(number, actors=(ARL,), recipients=(FRONT,)), f"r{number}")
    assert blocks.find(undated, "other") == list(range(CROWD))
    for number in range(CROWD, CROWD + 5):
        blocks.register(number, seen(number, actors=(ARL,), recipients=(FRONT,)), f"r{number}")
    assert blocks.find(undated, "other") == []
    assert blocks.find(seen(7, actors=(ARL,)), "other") == [6, 7, 8], "a day finds it in any crowd"


def test_a_cluster_compares_with_one_mention_of_each_sort():
    cluster, place = Cluster(), {"place": CAMP, "actors": (ARL,)}
    for each in (seen(1, **place), seen(1, **place), seen(2, **place), seen(1, actors=(ARL,))):
        cluster.add(each)
    assert len(cluster.views) == 4 and cluster.seen == [cluster.views[0], cluster.views[2], cluster.views[3]]
    cluster.clear()
    assert not (cluster.views or cluster.seen or cluster.night)
