"""Keeping a ledger: taking sources in, listening to feeds, standing on a day.

ingest(ledger, sources, …)       read, code, merge and store; safe to repeat, safe to interrupt
dossier_of(ledger, as_of=…)      what was known then, as the rest of Detente takes it
"""

from detente.keeping.dossier import dossier_of
from detente.keeping.ingest import Report, ingest

__all__ = ["Report", "dossier_of", "ingest"]
