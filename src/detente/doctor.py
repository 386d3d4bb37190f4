"""Checks that this machine has what Detente needs, and says how to mend what it lacks."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import platform
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from detente import shipped
from detente.records import SetupError

LEAST_PYTHON = (3, 11)
LEAST_FREE = 500 * 1024**2  # bytes: gazetteer, a day's output and room to rename into place


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is well, what was found, how to mend it."""

    name: str
    ok: bool
    found: str
    mend: str = ""


def run() -> list[Check]:
    """Every check, in the order a person would mend them."""
    return [check for part in PARTS for check in part()]


def _python() -> Iterator[Check]:
    found = platform.python_version()
    least = ".".join(map(str, LEAST_PYTHON))
    yield Check(
        "Python", sys.version_info >= LEAST_PYTHON, found, f"install Python {least} or newer and make a new environment"
    )


def _packages() -> Iterator[Check]:
    broken = []
    for line in importlib.metadata.requires("detente") or []:
        if "extra ==" in line:
            continue
        name = line.split(";")[0].strip()
        bare = name.replace("(", " ").split()[0]
        for sign in "<>=!~":
            bare = bare.split(sign)[0]
        try:
            importlib.metadata.version(bare)
        except importlib.metadata.PackageNotFoundError:
            broken.append(bare)
    yield Check(
        "packages",
        not broken,
        "all installed" if not broken else f"missing: {', '.join(broken)}",
        "pip install detente",
    )


def _pinned() -> Iterator[Check]:
    """The files of other packages that results depend on: the parser's weights, the places."""
    for name, wanted in shipped.manifest()["packages"].items():
        spec = importlib.util.find_spec(name)
        mend = f"pip install --force-reinstall {name.replace('_', '-')}"
        if spec is None or spec.origin is None:
            yield Check(f"package {name}", False, "not installed", mend)
            continue
        root = Path(spec.origin).parent
        bad = [path for path, digest in wanted["sha256"].items() if shipped.sha256(root / path) != digest]
        found = f"{len(wanted['sha256'])} files as pinned" if not bad else f"changed or missing: {', '.join(bad)}"
        yield Check(f"package {name}", not bad, found, mend)


def _shipped() -> Iterator[Check]:
    """Models, data and vendored scripts against shipped.json; in an installed wheel, every file against pip's record."""
    mend, known = "pip install --force-reinstall --no-deps detente", len(shipped.manifest()["files"])
    bad = shipped.changed()
    found = f"{known} models, data files and scripts as pinned" if not bad else f"changed or missing: {', '.join(bad)}"
    yield Check("shipped files", not bad, found, mend)
    wrong = shipped.installed()
    if wrong is None:
        yield Check("installed files", True, "a checkout: pip keeps no record of its files")
    else:
        odd = list(wrong)
        found = "as pip recorded them" if not odd else f"changed or missing: {', '.join(odd[:5])} ({len(odd)} in all)"
        yield Check("installed files", not odd, found, mend)


def _gazetteer() -> Iterator[Check]:
    from detente.reference.gazetteer import open_gazetteer

    try:
        found = open_gazetteer(())
        hits = len(found.lookup("Baghdad"))
        yield Check(
            "gazetteer",
            hits > 0,
            f"version {found.version}, {hits} candidates for Baghdad",
            "delete the cache folder and run again",
        )
    except (OSError, sqlite3.DatabaseError, SetupError) as error:
        yield Check("gazetteer", False, str(error), "make room or set DETENTE_CACHE to a folder that can be written")


def _reference() -> Iterator[Check]:
    from detente.records import ConfigError
    from detente.reference.actors import load as load_actors
    from detente.reference.codebook.read import load as load_codebook

    try:
        book = load_codebook()
        frames = sum(len(entry.frames) for entry in book.types.values())
        yield Check(
            "codebook",
            len(book.types) == 16,
            f"{len(book.types)} types, {frames} frames, version {book.version}",
            "reinstall detente",
        )
        load_actors(())
        yield Check("actors", True, "loaded")
    except ConfigError as error:
        yield Check("reference data", False, str(error), "correct the file it names")


def _disk() -> Iterator[Check]:
    for label, folder in (("disk here", Path.cwd()), ("temporary files", Path(tempfile.gettempdir()))):
        free = shutil.disk_usage(folder).free
        writable = os.access(folder, os.W_OK)
        found = f"{free / 1024**3:.1f} GB free" + ("" if writable else ", not writable")
        yield Check(label, free >= LEAST_FREE and writable, found, "free some space, or write elsewhere with -o")


def _database() -> Iterator[Check]:
    # the ledger needs SQLite's write-ahead log
    try:
        with tempfile.TemporaryDirectory() as folder:
            connection = sqlite3.connect(Path(folder) / "probe.sqlite")
            mode = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
            connection.close()
        yield Check(
            "database",
            mode == "wal",
            f"SQLite {sqlite3.sqlite_version}, journal {mode}",
            "use a local disk, not a network folder",
        )
    except (OSError, sqlite3.Error) as error:
        yield Check("database", False, str(error), "use a local disk with room")


PARTS: tuple[Callable[[], Iterator[Check]], ...] = (
    _python,
    _packages,
    _pinned,
    _shipped,
    _gazetteer,
    _reference,
    _disk,
    _database,
)
