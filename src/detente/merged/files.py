"""Tables that are larger than memory, written in order: rows as they come, sorted by DuckDB, the same bytes every time."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from detente.dataset import PARTS
from detente.whole import replacing

_CHUNK = 2_000  # rows held in memory
_GROUP = 8_192  # rows of a row group: the least that is read
_MEMORY = "2GB"  # what sorting takes before it goes to the disk


class Sorted:
    """A table to be: `add` rows in any order; on leaving it is sorted and written to FOLDER/name."""

    def __init__(self, folder: Path, name: str, schema: pa.Schema, order: str, by: str | None = None) -> None:
        self._folder, self._name, self._schema, self._order, self._by = folder, name, schema, order, by
        self._loose = folder / PARTS / f"{name}.loose"
        self._rows: list[dict[str, Any]] = []

    def __enter__(self) -> Sorted:
        self._loose.parent.mkdir(parents=True, exist_ok=True)
        self._out = pq.ParquetWriter(self._loose, self._schema, compression="zstd")
        return self

    def add(self, row: dict[str, Any]) -> None:
        """One row more."""
        self._rows.append(row)
        if len(self._rows) >= _CHUNK:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._out.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self._flush()
        self._out.close()
        if kind is None:
            self._written()
        self._loose.unlink(missing_ok=True)

    def _written(self) -> None:
        spill = self._folder / PARTS / "spill"
        options = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_GROUP}"
        ordered = f"SELECT * FROM read_parquet({_quoted(self._loose)}) ORDER BY {self._order}"
        with duckdb.connect(config={"memory_limit": _MEMORY, "threads": 1, "temp_directory": str(spill)}) as db:
            if self._by is None:
                with replacing(self._folder / f"{self._name}.parquet") as partial:
                    db.execute(f"COPY ({ordered}) TO {_quoted(partial)} ({options})")
            else:
                target = self._folder / self._name
                shutil.rmtree(target, ignore_errors=True)
                db.execute(f"COPY ({ordered}) TO {_quoted(target)} ({options}, PARTITION_BY ({self._by}))")
        shutil.rmtree(spill, ignore_errors=True)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def digest_of(folder: Path, path: Path) -> dict[str, Any]:
    """A file as the manifest names it: path, rows of a table, sha256."""
    with open(path, "rb") as stream:
        digest = hashlib_file(stream)
    rows = pq.read_metadata(path).num_rows if path.suffix == ".parquet" else None
    return {"path": path.relative_to(folder).as_posix(), "rows": rows, "sha256": digest}


def hashlib_file(stream: Any) -> str:
    """sha256 of an open file."""
    made = sha256()
    while piece := stream.read(1 << 20):
        made.update(piece)
    return made.hexdigest()
