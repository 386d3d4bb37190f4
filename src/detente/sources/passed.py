"""Files of a folder that no reader takes: named, and what to do so that they are read."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

_log = logging.getLogger(__name__)
_NAMED = 3  # files of a kind; all are told to machines
_TO_DO = {
    "unpack": (".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst", ".7z", ".rar"),
    "save the text as .txt or .html": (".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".mht", ".mhtml", ".eml"),
    "make .jsonl of it, with 'text' in each line, or if it is coded data use 'detente import'": (
        ".csv", ".tsv", ".xls", ".xlsx", ".ods", ".xml",
    ),
    "for a feed use 'detente watch'": (".rss", ".atom", ".opml"),
}  # fmt: skip
_ADVICE = {ending: what for what, endings in _TO_DO.items() for ending in endings}
_ELSE = "if it holds a report give it an ending such as .txt or .html"


def tell(where: str, files: Sequence[Path]) -> None:
    """Say in one line which files at a place are not read, by what there is to do about them."""
    if not files:
        return
    groups: dict[str, list[str]] = {}
    for file in files:
        groups.setdefault(_ADVICE.get(file.suffix.lower(), _ELSE), []).append(file.name)
    told = "; ".join(f"{_some(names)} ({what})" for what, names in groups.items())
    data = {"event": "not read", "origin": where, "files": [str(file) for file in files]}
    _log.warning("not read in %s: %s", where, told, extra={"told": data})


def _some(names: list[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
