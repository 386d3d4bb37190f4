"""What the ledger says of a theatre now: every dyad assessed once per state of the ledger."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from detente.desk.book import ledger, theatres
from detente.desk.publishing.models.revision import erasures
from detente.keeping import dossier_of
from detente.pipeline import Assessment, assess, listened

MOST = 20_000  # events up to which a page is computed while a reader waits


def state(theatre: str) -> tuple[Assessment, ...]:
    """One assessment per dyad, as of the last report; none where nothing is dated or the ledger is too large."""
    book = ledger()
    if book.counts(as_of=None).get("Event", 0) > MOST:
        return ()
    return _state(theatre, book.last_recorded(), erasures())


@lru_cache(maxsize=4)
def _state(theatre: str, recorded: datetime | None, erased: int) -> tuple[Assessment, ...]:
    """The ledger's last moment and its erasures are the key: a change of either computes anew."""
    dossier = dossier_of(ledger(), as_of=None, held=recorded)
    days = [each.published for each in listened(dossier) if each.published]
    place = theatres()[theatre]
    return tuple(assess(place, each.id, dossier, max(days)) for each in place.dyads) if days else ()


def sparkline(found: Assessment, weeks: int = 26) -> str:
    """Points of a polyline in a box of 200 by 40: attacks a week, the newest at the right."""
    totals = [0] * weeks
    for each in found.series.days:
        back = _weeks_back(found.as_of, each.day)
        if 0 <= back < weeks:
            totals[weeks - 1 - back] += each.acts
    top = max(totals) or 1
    return " ".join(f"{n * 200 / (weeks - 1):.1f},{38 - 36 * total / top:.1f}" for n, total in enumerate(totals))


def _weeks_back(now: date, day: date) -> int:
    return (now - day).days // 7
