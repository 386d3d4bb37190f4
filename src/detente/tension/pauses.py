"""Gaps between attack days: how long the present pause is, and how unusual under the dyad's own past."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from detente.records import Gap, Survived
from detente.tension.coverage import silent_days


@dataclass(frozen=True, slots=True)
class Pause:
    """The pause since the last attack day: `days` by the calendar, `heard` of them with somebody listening."""

    days: int
    heard: int
    longer_than: float | None  # share of earlier gaps that were shorter
    surprise: float | None  # chance of a gap at least as long, were it drawn like the earlier ones


def heard_between(start: date, end: date, silences: Iterable[Gap]) -> int:
    """Days after `start` up to `end` on which somebody was listening."""
    if end <= start:
        return 0
    return (end - start).days - silent_days(silences, start + timedelta(days=1), end)


def past_gaps(days: Sequence[date]) -> tuple[int, ...]:
    """Calendar days from each attack day to the next, oldest first."""
    return tuple((later - earlier).days for earlier, later in pairwise(days))


def surprise(past: Sequence[int], pause: int) -> float | None:
    """Rank of the pause among the earlier gaps, itself counted in: 1/(n+1) where none was as long; None without any."""
    return round((1 + sum(gap >= pause for gap in past)) / (1 + len(past)), 4) if past else None


def survival(past: Sequence[int]) -> tuple[Survived, ...]:
    """The share of earlier gaps that lasted at least so many days: all of them ended, so none is censored."""
    return tuple(Survived(each, round(sum(gap >= each for gap in past) / len(past), 4)) for each in sorted(set(past)))


def pause_of(days: Sequence[date], as_of: date, silences: Sequence[Gap]) -> Pause | None:
    """The pause on `as_of` against the gaps before it; None before the first attack.

    Only its heard days are compared, with the earlier gaps as the calendar has them: silence makes nothing unusual.
    """
    if not days:
        return None
    past, heard = past_gaps(days), heard_between(days[-1], as_of, silences)
    longer = round(sum(gap < heard for gap in past) / len(past), 4) if past else None
    return Pause((as_of - days[-1]).days, heard, longer, surprise(past, heard))
