"""Stand-ins for code_batch that fail in known ways; workers import them by name."""

import os
import signal
import time

import pyarrow as pa

from detente.bulk.batch import quarantined_row
from detente.dataset import CODED, record
from detente.records import Page, Quarantined
from detente.reading import read_page
from detente.dataset import coded_row
from detente.records import Coded


def _rows(table):
    for item in table.to_pylist():
        article = read_page(record(Page, item["page"]))
        yield coded_row(item["key"], item["origin"], article, Coded(article.id, coder="stand-in"))


def plain(table):
    """Reads and codes nothing."""
    return pa.Table.from_pylist(list(_rows(table)), schema=CODED)


def killed(table):
    """Dies as under the OOM killer when POISON is among the items."""
    if any(b"POISON" in item["page"]["body"] for item in table.to_pylist()):
        os.kill(os.getpid(), signal.SIGKILL)
    return plain(table)


def raises(table):
    """Fails in a way that nobody foresaw when POISON is among the items."""
    if any(b"POISON" in item["page"]["body"] for item in table.to_pylist()):
        raise ZeroDivisionError("an odd text")
    return plain(table)


def slow(table):
    """Takes a moment."""
    time.sleep(0.3)
    return plain(table)
