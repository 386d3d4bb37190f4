"""Keeping a ledger: taking sources in, listening to feeds, standing on a day.

ingest(ledger, sources, …)       read, code, merge and store; safe to repeat, safe to interrupt
dossier_of(ledger, as_of=…)      what was known then, as the rest of Detente takes it
coverage_of(ledger, as_of=…)     what was listened to, by source and day
erase_article(ledger, id, …)     forget an article on legal request
"""

from detente.keeping.dossier import coverage_of, dossier_of
from detente.keeping.erasing import erase_article
from detente.keeping.ingest import Report, ingest

__all__ = ["Report", "coverage_of", "dossier_of", "erase_article", "ingest"]
