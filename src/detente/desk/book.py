"""The ledger and the theatres of this site, as views take them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

from detente.pipeline import load_theatre
from detente.reference.theatre import Theatre

if TYPE_CHECKING:
    from detente.store.ledger import Ledger


def ledger() -> Ledger:
    """The ledger in the site's own database; migrations are the server's start's business, not a request's."""
    from detente.store.ledger import Ledger

    return Ledger("default")


@cache
def theatres() -> dict[str, Theatre]:
    """The theatres this desk watches, by id, in the order they were named."""
    found = [load_theatre(name) for name in settings.DESK.theatres]
    return {each.id: each for each in found}
