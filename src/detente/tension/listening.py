"""When was the maker of a coded data set listening? From its first row to its last, and not a day longer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from detente.events.rows import is_row
from detente.records import Article, Event, InputError
from detente.reference.theatre import Coverage, Theatre
from detente.sources.coded import longest_silence
from detente.tension.reporting import Received, reporting_of


def last_row(articles: Mapping[str, Article], events: Iterable[Event]) -> date | None:
    """The last day that coded rows tell of; None where there are reports of another kind, or no dated row."""
    if not all("row" in each.extra for each in articles.values()):
        return None
    return max((e.date.end for e in events if is_row(e) and e.date and e.date.end), default=None)


def listening(theatre: Theatre, articles: Mapping[str, Article], events: Iterable[Event], as_of: date) -> Theatre:
    """The theatre with the coverage of coded rows: their makers listened from the first row to the last, then nobody.

    InputError for a day so long after the last row that its silence would be taken for calm.
    """
    return listened_to(theatre, last_row(articles, events), articles, as_of)


def listened_to(theatre: Theatre, last: date | None, reports: Received, as_of: date) -> Theatre:
    """The same, where the last day that rows tell of is known (None: they are no rows)."""
    if last is None:
        return theatre
    if (as_of - last).days > theatre.coverage.silent_days:
        raise InputError(
            f"the coded rows end on {last}: on {as_of} nobody was listening, and that silence is no calm. "
            "Give --as-of, or import the rows with --hindsight if they became known long after their events"
        )
    if theatre.coverage != Coverage():
        return theatre
    days = reporting_of(reports, as_of).days
    return replace(theatre, coverage=Coverage(silent_days=max(Coverage().silent_days, longest_silence(days))))
