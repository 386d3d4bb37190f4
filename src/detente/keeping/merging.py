"""Merging inside a ledger: incidents as they could be told on each day, none of which knows of a later report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from detente.incidents import merge
from detente.pipeline import RollsUp
from detente.records import Article, Event, Incident

if TYPE_CHECKING:
    from detente.store.ledger import Ledger

WINDOW = timedelta(days=45)  # events known up to so long before the new ones are merged with them
JOB = "merge"
Told = dict[str, dict[datetime, Incident | None]]  # incident id -> moment -> what was told from then on


def merge_again(ledger: Ledger, rolls_up: RollsUp | None = None, since: datetime | None = None) -> int:
    """Merge the events recorded since the last merge with those of the 45 days before; return versions appended.

    `since`: merge what became known from then on, even where nothing new was recorded.
    An incident that has events from before the window brings all of them along. A merge that was interrupted is
    made again by the next one: the bookmark moves only when everything is stored.
    """
    changed, last = ledger.changes(Event, ledger.bookmark(JOB).get("entry", 0))
    since = min((when for when in (since, changed) if when is not None), default=None)
    if since is None:
        return 0
    known, events = _events(ledger, since - WINDOW)
    stored = list(ledger.read(Incident, as_of=None, since=since - WINDOW))
    for number in sorted({number for each in stored for number in each.events} - events.keys()):
        for when, event in ledger.timed(Event, as_of=None, keys=[number]):
            known[number], events[number] = when, event
    articles = _articles(ledger, {event.article for event in events.values()})
    told: Told = defaultdict(dict)
    for each in merge(list(events.values()), articles, rolls_up=rolls_up):
        _tell(each, events, known, articles, rolls_up, told)
    new = _store(ledger, _corrected(ledger, stored, told))
    ledger.set_bookmark(JOB, {"entry": last})
    return new


def _events(ledger: Ledger, since: datetime) -> tuple[dict[str, datetime], dict[str, Event]]:
    found = [(event.id, when, event) for when, event in ledger.timed(Event, as_of=None, since=since)]
    return {number: when for number, when, _ in found}, {number: event for number, _, event in found}


def _articles(ledger: Ledger, wanted: set[str]) -> dict[str, Article]:
    return {each.id: each for each in ledger.read(Article, as_of=None, keys=wanted)}


def _tell(incident: Incident, events: Mapping[str, Event], known: Mapping[str, datetime],
          articles: Mapping[str, Article], rolls_up: RollsUp | None, told: Told) -> None:  # fmt: skip
    """Add to `told` what could be told of the happening whenever one more of its reports became known."""
    moments = sorted({known[number] for number in incident.events})
    before: set[str] = set()
    for version, when in enumerate(moments, 1):
        if when == moments[-1]:
            made: Iterable[Incident] = [incident]
        else:
            made = merge([events[n] for n in incident.events if known[n] <= when], articles, rolls_up=rolls_up)
        now = {each.id: replace(each, version=version) for each in made}
        for number, each in now.items():
            told[number][when] = each
        for number in before - now.keys():
            told[number][when] = None
        before = set(now)


def _corrected(ledger: Ledger, stored: Iterable[Incident], told: Told) -> Told:
    """`told`, with every moment at which the ledger says something else of these incidents set right as well."""
    for number in {each.id for each in stored} | told.keys():
        right = told[number]
        for version in ledger.history(Incident, number):
            if version.state != "erased" and version.known_at not in right:
                earlier = max((when for when in right if when <= version.known_at), default=None)
                right[version.known_at] = right[earlier] if earlier else None
    return told


def _store(ledger: Ledger, told: Told) -> int:
    """Append it moment by moment; what the ledger already says is not repeated."""
    moments: dict[datetime, dict[str, Incident | None]] = defaultdict(dict)
    for number, versions in told.items():
        for when, incident in versions.items():
            moments[when][number] = incident
    new = 0
    for when, each in sorted(moments.items()):
        standing = [incident for incident in each.values() if incident is not None]
        gone = [(Incident, number) for number, incident in each.items() if incident is None]
        new += ledger.together(standing, gone, known_at=when).new
    return new
