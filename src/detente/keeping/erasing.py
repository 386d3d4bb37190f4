"""Erasing an article: the ledger forgets its words, and incidents are told again without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detente.assessing import RollsUp
from detente.keeping.merging import merge_again
from detente.records import Article, Decision

if TYPE_CHECKING:
    from detente.store.ledger import Ledger


def erase_article(ledger: Ledger, article: str, *, who: str, why: str, rolls_up: RollsUp | None = None) -> Decision:
    """Erase an article and all that quotes it, then merge the other reports of the same happenings again."""
    first = min((each.known_at for each in ledger.history(Article, article)), default=None)
    made = ledger.erase(article, who=who, why=why)
    merge_again(ledger, rolls_up, since=first)
    return made
