"""Stand-ins for code_batch that fail in known ways; workers import them by name."""

import os
import resource
import signal
import time
from pathlib import Path

import pyarrow as pa

from detente.dataset import CODED, coded_row, record
from detente.reading import read_page
from detente.records import Article, Coded, Page


def plain(table):
    """Reads and codes nothing."""
    rows = []
    for item in table.to_pylist():
        article = record(Article, item["article"]) if item["article"] else read_page(record(Page, item["page"]))
        rows.append(coded_row(item["key"], item["origin"], article, Coded(article.id, coder="stand-in")))
    return pa.Table.from_pylist(rows, schema=CODED)


def _poisoned(table):
    return any(b"POISON" in (item["page"] or {"body": b""})["body"] for item in table.to_pylist())


def killed(table):
    """Dies as under the OOM killer when POISON is among the items."""
    if _poisoned(table):
        os.kill(os.getpid(), signal.SIGKILL)
    return plain(table)


def raises(table):
    """Fails in a way that nobody foresaw when POISON is among the items."""
    if _poisoned(table):
        raise ZeroDivisionError("an odd text")
    return plain(table)


def dies(_):
    """Always dies."""
    os.kill(os.getpid(), signal.SIGKILL)


def hungry(table):
    """Needs far more memory for POISON than this process may have."""
    if _poisoned(table):
        held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + 64 * 1024**2, resource.RLIM_INFINITY))
        try:
            bytearray(10 * 1024**3)
        finally:
            resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return plain(table)


def slow(table):
    """Takes a moment for each item."""
    time.sleep(0.02 * len(table))
    return plain(table)
