"""What a ledger knew on a day, as a dossier: the same thing a file of records gives."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from detente.dossier import Dossier
from detente.keeping.deciding import in_force
from detente.records import Article, Coded, Event, Gap, Heard, Incident, Link, Tripwire
from detente.tension import Calendar, calendar, gaps

if TYPE_CHECKING:
    from detente.store.ledger import Ledger


def dossier_of(ledger: Ledger, *, as_of: date | datetime | None, held: date | datetime | None = None) -> Dossier:
    """Everything known by `as_of`, of one state of the ledger even while others write to it.

    What people decided about the reading of these reports is part of it, whenever they decided it: it is about words that
    were known by then. `held` leaves out decisions that the ledger did not hold yet.
    """
    held = held or ledger.last_recorded()
    found = Dossier()
    for kind in (Article, Coded, Event, Tripwire, Link, Incident, Gap, Heard):
        for record in ledger.read(kind, as_of=as_of, held=held):
            found.add(record)
    found.decisions = in_force(ledger, held=held, articles=found.articles)
    return found


def coverage_of(ledger: Ledger, *, as_of: date | None = None, days: int = 56) -> Calendar:
    """The calendar of what was listened to, for the last `days` days known by `as_of` (None: by now).

    A week without a report from anybody is a gap, as it is in a brief, unless a source answered in it.
    """
    heard = list(ledger.read(Heard, as_of=as_of))
    lost = list(ledger.read(Gap, as_of=as_of))
    articles = [each for each in ledger.read(Article, as_of=as_of) if each.published is not None]
    today = ledger.now().date()  # days after it were noted by a clock that was wrong
    last = [*(each.published for each in articles if each.published), *(one.day for one in heard)]
    until = as_of or max((day for day in last if day <= today), default=today)
    whole = calendar(articles, heard, [*lost, *gaps(articles, until=until)], until=until)
    return Calendar(max(whole.start, until - timedelta(days=days - 1)), until, whole.rows)
