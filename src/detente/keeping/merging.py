"""Merging inside a ledger: incidents as they could be told on each day, none of which knows of a later report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from detente.assessing import RollsUp
from detente.incidents import apply_decisions, merge
from detente.incidents.review import is_grouping, reviewed
from detente.keeping.deciding import in_force, reach
from detente.records import Article, Decision, Event, Incident

if TYPE_CHECKING:
    from detente.store.ledger import Ledger

WINDOW = timedelta(days=45)  # events known up to so long before the new ones are merged with them
JOB = "merge"
Told = dict[str, dict[datetime, Incident | None]]  # incident id -> moment -> what was told from then on


def merge_again(ledger: Ledger, rolls_up: RollsUp | None = None, since: datetime | None = None) -> int:
    """Merge the events recorded since the last merge with those of the 45 days before; return versions appended.

    What people decided since then is merged anew as well, from the first report it concerns. `since`: merge what became known from then on, even where nothing new was recorded.
    An incident that has events from before the window brings all of them along. A merge that was interrupted is
    made again by the next one: the bookmark moves only when everything is stored.
    """
    done = ledger.bookmark(JOB)
    changed, last = ledger.changes(Event, done.get("entry", 0))
    decided, decision = reach(ledger, done.get("decision", 0))
    since = min((when for when in (since, changed, decided) if when is not None), default=None)
    if since is None:
        return 0
    known, events = _events(ledger, since - WINDOW)
    stored = list(ledger.read(Incident, as_of=None, since=since - WINDOW))
    for number in sorted({number for each in stored for number in each.events} - events.keys()):
        for when, event in ledger.timed(Event, as_of=None, keys=[number]):
            known[number], events[number] = when, event
    articles = _articles(ledger, {event.article for event in events.values()})
    told: Told = defaultdict(dict)
    work = Merging(articles, in_force(ledger, articles=articles), rolls_up)
    events = {each.id: each for each in reviewed(events.values(), work.decisions, articles)}
    for each in work.merge(list(events.values())):
        _tell(each, events, known, work, told)
    new = _store(ledger, _corrected(ledger, stored, told))
    ledger.set_bookmark(JOB, {"entry": last, "decision": decision})
    return new


@dataclass(frozen=True, slots=True)
class Merging:
    """What every merge of a run shares."""

    articles: Mapping[str, Article]
    decisions: Sequence[Decision]
    rolls_up: RollsUp | None

    def merge(self, events: Sequence[Event]) -> list[Incident]:
        """The incidents of these events, as people decided."""
        made = merge(events, self.articles, rolls_up=self.rolls_up)
        if not any(is_grouping(each) for each in self.decisions):
            return made
        return apply_decisions(made, self.decisions, events=events, articles=self.articles, rolls_up=self.rolls_up)


def _events(ledger: Ledger, since: datetime) -> tuple[dict[str, datetime], dict[str, Event]]:
    found = [(event.id, when, event) for when, event in ledger.timed(Event, as_of=None, since=since)]
    return {number: when for number, when, _ in found}, {number: event for number, _, event in found}


def _articles(ledger: Ledger, wanted: set[str]) -> dict[str, Article]:
    return {each.id: each for each in ledger.read(Article, as_of=None, keys=wanted)}


def _tell(incident: Incident, events: Mapping[str, Event], known: Mapping[str, datetime], work: Merging,
          told: Told) -> None:  # fmt: skip
    """Add to `told` what could be told of the happening whenever one more of its reports became known."""
    moments = sorted({known[number] for number in incident.events})
    before: set[str] = set()
    for version, when in enumerate(moments, 1):
        if when == moments[-1]:
            made: Iterable[Incident] = [incident]
        else:
            made = work.merge([events[n] for n in incident.events if known[n] <= when])
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
