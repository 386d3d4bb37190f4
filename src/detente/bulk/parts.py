"""Finished batches on disk, each whole or not there; and the manifest, which says what a dataset is made of."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from detente.dataset import CODED, KIND, LAYOUT, MANIFEST, PARTS, read_manifest, tables
from detente.records import SCHEMA_VERSION, FileFormatError, InputError, SetupError
from detente.whole import replacing, write_whole

_log = logging.getLogger(__name__)

_PASSED = r": (?P<n>\d+) paragraphs passed over$"  # so ends the coder's stamp of an article that triage thinned
_FOUND = ("events", "tripwires", "links")


def counts_of(table: pa.Table) -> dict[str, int]:
    """Items, articles, quarantined items, what was found in the articles of a table of CODED, and paragraphs passed over."""
    coded = table.column("coded").combine_chunks()
    made = {
        "items": len(table),
        "articles": len(table) - table.column("article").null_count,
        "quarantined": len(table) - table.column("quarantined").null_count,
    }
    for name in _FOUND:
        made[name] = pc.sum(pc.list_value_length(pc.struct_field(coded, name))).as_py() or 0
    passed = pc.extract_regex(pc.struct_field(coded, "coder"), _PASSED)
    made["passed"] = pc.sum(pc.cast(pc.struct_field(passed, "n"), pa.int64())).as_py() or 0
    return made


def write_part(folder: Path, table: pa.Table) -> Path:
    """Keep a finished batch; its name comes from the keys of its items, so that the same batch is the same file."""
    name = sha256("".join(table.column("key").to_pylist()).encode()).hexdigest()[:16]
    path = folder / PARTS / f"{name}.parquet"
    noted = {**(table.schema.metadata or {}), b"counts": json.dumps(counts_of(table)).encode()}
    with replacing(path) as partial:
        pq.write_table(table.replace_schema_metadata(noted), partial, compression="zstd", write_page_checksum=True)
    return path


def parts_of(folder: Path) -> list[Path]:
    """The finished batches of the run that is not over."""
    return sorted((folder / PARTS).glob("*.parquet"))


def noted_counts(part: Path) -> dict[str, int]:
    """What a part says it holds."""
    return json.loads((pq.read_schema(part).metadata or {})[b"counts"])


def held_keys(folder: Path, manifest: dict[str, Any]) -> set[bytes]:
    """Keys of everything that is done already."""
    found: set[bytes] = set()
    for file in (folder / each["path"] for each in manifest["files"]):
        found.update(_numbers(tables(file, ["key"], 50_000)))
    for part in parts_of(folder):
        try:
            found.update(_whole(part))  # all columns: a part that is damaged anywhere is of no use
        except FileFormatError as error:
            _log.warning("%s: what was in it is coded anew", error)
            part.unlink()
    return found


def _whole(part: Path) -> list[bytes]:
    """The keys of a part of which every byte was read; FileFormatError where one is not as it was written."""
    pieces = list(tables(part, None, 50_000))
    if any(not piece.schema.equals(CODED) for piece in pieces):  # a column's name is in no checksum
        raise FileFormatError(str(part), "damaged Parquet file (its columns are not those of a batch)")
    return _numbers(pieces)


def _numbers(pieces: Iterable[pa.Table]) -> list[bytes]:
    return [bytes.fromhex(key) for piece in pieces for key in piece["key"].to_pylist()]


def begun(folder: Path, about: dict[str, Any]) -> dict[str, Any]:
    """The manifest of a dataset to write to, made if there is none; InputError where it was made in another way.

    `about` says how it is coded: a text for each thing that may change the results.
    """
    if (folder / MANIFEST).is_file():
        manifest = read_manifest(folder)
        for name, value in about.items():
            if manifest["coder"].get(name) != value:
                raise InputError(
                    f"{folder} was coded with another {name} ({manifest['coder'].get(name)}, not {value}): "
                    "name another folder, or remove this one to code anew"
                )
        if manifest["state"] == "complete":
            clear_parts(folder)
        return manifest
    if folder.exists() and (not folder.is_dir() or any(each.name != LOCK for each in folder.iterdir())):
        raise InputError(f"{folder} holds something else than a dataset: name another folder")
    return {
        "detente": {"kind": KIND, "schema": SCHEMA_VERSION, "layout": LAYOUT}, "state": "coding", "coder": about, "runs": 0,
        "counts": {}, "inputs": [], "batches": [], "files": [],
    }  # fmt: skip


def summed(batches: list[dict[str, Any]]) -> dict[str, int]:
    """The counts of all batches together."""
    names = ("items", "articles", "quarantined", *_FOUND, "passed")
    return {
        name: sum(each.get(name, 0) for each in batches) for name in names
    }  # earlier runs counted nothing as passed


def write_manifest(folder: Path, manifest: dict[str, Any]) -> None:
    """Write the manifest, whole or not at all."""
    write_whole(folder / MANIFEST, (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode())


def clear_parts(folder: Path) -> None:
    """Remove the batches of a run that is over."""
    for each in (folder / PARTS).glob("*"):
        each.unlink()
    with suppress(FileNotFoundError):
        (folder / PARTS).rmdir()


LOCK = ".lock"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a dataset for this run; InputError where another run does. A run that was killed holds nothing.

    SetupError where nothing can be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = open(folder / LOCK, "wb")  # noqa: SIM115  (closed below)
    except OSError as error:
        if isinstance(error, FileExistsError):
            raise InputError(f"{folder} is a file: name a folder") from error
        raise SetupError(f"{folder}: {str(error.strerror).lower()}: choose a place you may write to") from error
    with held as stream:
        try:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:  # no such locks on Windows
            pass
        except OSError as error:
            raise InputError(f"another run is writing to {folder}") from error
        yield
