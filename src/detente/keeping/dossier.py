"""What a ledger knew on a day, as a dossier: the same thing a file of records gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from detente.pipeline import Dossier
from detente.records import Article, Coded, Event, Incident, Link, Tripwire

if TYPE_CHECKING:
    from detente.store.ledger import Ledger


def dossier_of(ledger: Ledger, *, as_of: date | datetime | None, held: date | datetime | None = None) -> Dossier:
    """Everything known by `as_of`, of one state of the ledger even while others write to it."""
    held = held or ledger.last_recorded()
    found = Dossier()
    for kind in (Article, Coded, Event, Tripwire, Link, Incident):
        for record in ledger.read(kind, as_of=as_of, held=held):
            found.add(record)
    return found
