"""Tables: columns with their meaning, written as CSV, Parquet or a data dictionary."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

Kind = Literal["string", "integer", "number", "boolean", "date"]
Cell = Any  # str, int, float, bool, date, None, or a tuple of str


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what it holds, and its HXL tag. Several values stand in one cell, parted by ';'."""

    name: str
    kind: Kind
    about: str
    tag: str = ""
    many: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A named table; rows hold one value a column."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def cell(value: Cell) -> str:
    """A value as CSV holds it: ISO days, true and false, lists parted by ';', nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (tuple, list)):
        return ";".join(str(each).replace(";", ",") for each in value)
    return value.isoformat() if isinstance(value, date) else str(value)


def csv_bytes(names: Sequence[str], rows: Iterable[Sequence[Cell]], tags: Sequence[str] | None = None) -> bytes:
    """UTF-8 CSV with a header row, a row of HXL tags where given, and line feeds."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    if tags is not None:
        writer.writerow(tags)
    for row in rows:
        writer.writerow([cell(each) for each in row])
    return out.getvalue().encode("utf-8", "replace")


def as_csv(table: Table) -> bytes:
    """The table as CSV."""
    return csv_bytes([each.name for each in table.columns], table.rows)


def as_parquet(table: Table) -> bytes:
    """The table as Parquet, lists as lists."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}  # fmt: skip
    fields = [pa.field(c.name, pa.list_(types[c.kind]) if c.many else types[c.kind], metadata={"about": c.about}) for c in table.columns]  # fmt: skip
    columns = [[list(row[n]) if c.many else row[n] for row in table.rows] for n, c in enumerate(table.columns)]
    arrays = [pa.array(values, type=each.type) for values, each in zip(columns, fields, strict=True)]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), out, compression="zstd")
    return out.getvalue()


def dictionary(tables: Iterable[Table]) -> bytes:
    """The data dictionary: table, column, type and meaning, as CSV."""
    rows = [
        (table.name, each.name, f"list of {each.kind}" if each.many else each.kind, each.about)
        for table in tables
        for each in table.columns
    ]
    return csv_bytes(("table", "column", "type", "meaning"), rows)


def json_bytes(data: Any) -> bytes:
    """JSON with a fixed layout: two spaces, keys as given, UTF-8."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")
