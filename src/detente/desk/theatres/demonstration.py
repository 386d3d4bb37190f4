"""The demo's forecast record: what would have been said each week, computed from what was known on that day and nothing else.

A desk of your own freezes forecasts with `detente outlook --ledger` as time goes by. The demo's months are over, so its
first start goes through them once; every such forecast says on its page that it was computed later.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from detente.desk.book import ledger, theatres
from detente.desk.theatres.state import state
from detente.records import Forecast, InputError

STEP = timedelta(days=7)
LEAST = timedelta(days=56)  # of reports before the first forecast


def freeze_first() -> int:
    """Freeze a forecast a week for every dyad then in a lull, where the demo has none yet; return how many."""
    if not settings.DESK.demo:
        raise InputError("only a demo freezes forecasts of the past")
    book, made = ledger(), 0
    if book.counts(as_of=None).get("Forecast"):
        return 0
    for name in theatres():
        now = state(name)
        days = [each.published for each in now.dossier.articles.values() if each.published]
        day = min(days) + LEAST if days else None
        while day and now.as_of and day < now.as_of:
            found: list[Forecast] = [each for view in state(name, day).views for each in view.forecasts]
            made += book.add(found).new
            day += STEP
    return made
