"""A dataset: what 'detente code' makes of a big archive, as a folder of Parquet files partitioned by date.

    DATASET/
      manifest.json                 versions, inputs with hashes, counts per batch, the files below
      parts/<key>.parquet           finished batches of a run that is not over yet; gone afterwards
      date=2020-03-12/run-1-00000.parquet
      date=__HIVE_DEFAULT_PARTITION__/run-1-00000.parquet      no day known, or nothing could be coded

Every file has the columns of CODED, one row for each item read; see docs/reference/dataset.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from detente.arrow import arrow_fields, arrow_row, from_arrow
from detente.plain import from_plain
from detente.records import SCHEMA_VERSION, Article, Coded, FileFormatError, InputError, Page, Quarantined, in_a_line

MANIFEST = "manifest.json"
PARTS = "parts"
KIND = "Dataset"
LAYOUT = 1
UNDATED = "__HIVE_DEFAULT_PARTITION__"  # as Hive, Arrow, DuckDB and Spark name the partition of nothing
_HEADER = {b"detente": json.dumps({"kind": KIND, "schema": SCHEMA_VERSION, "layout": LAYOUT}).encode()}

# what goes into code_batch: an item is a page as received, or an article already read
ITEMS = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),  # 32 hex digits of the item's hash
        pa.field("origin", pa.string(), nullable=False),  # file and line
        pa.field("page", pa.struct(arrow_fields(Page))),
        pa.field("article", pa.struct(arrow_fields(Article))),
    ],
    metadata=_HEADER,
)
# what comes out, in the same order: the article and all that was found in it, or why there is nothing
CODED = pa.schema(
    [
        pa.field("key", pa.string(), nullable=False),
        pa.field("origin", pa.string(), nullable=False),
        pa.field("day", pa.date32()),  # the article's day of publication
        pa.field("article", pa.struct(arrow_fields(Article))),
        pa.field("coded", pa.struct(arrow_fields(Coded))),
        pa.field("quarantined", pa.struct(arrow_fields(Quarantined))),
    ],
    metadata=_HEADER,
)


def item_row(key: str, origin: str, item: Page | Article) -> dict[str, Any]:
    """A row of ITEMS; InputError where Parquet cannot hold the text."""
    made = arrow_row(item)
    page = isinstance(item, Page)
    return {"key": key, "origin": origin, "page": made if page else None, "article": None if page else made}


def coded_row(key: str, origin: str, article: Article | None, found: Coded | Quarantined) -> dict[str, Any]:
    """A row of CODED; InputError where Parquet cannot hold the text."""
    bad = isinstance(found, Quarantined)
    return {
        "key": key,
        "origin": origin,
        "day": article.published if article else None,
        "article": arrow_row(article) if article else None,
        "coded": None if bad else arrow_row(found),
        "quarantined": arrow_row(found) if bad else None,
    }


def record(kind: type, data: Any) -> Any:
    """A record from a cell of a table."""
    return from_plain(kind, from_arrow(kind, data))


def records_of(row: dict[str, Any]) -> Iterator[Any]:
    """The records of one row of CODED, as a bundle would hold them: the article, then what was found in it."""
    if row["article"] is not None:
        yield record(Article, row["article"])
    if row["quarantined"] is not None:
        yield record(Quarantined, row["quarantined"])
    if row["coded"] is not None:
        found = record(Coded, row["coded"])
        made = (*found.events, *found.tripwires, *found.links)
        yield from made or (found,)


def kind_of_folder(path: str | Path) -> str | None:
    """What the manifest of a folder says it is: "Dataset", "Merged"; None for any other path."""
    try:
        return str(json.loads((Path(path) / MANIFEST).read_text("utf-8"))["detente"]["kind"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_dataset(path: str | Path) -> bool:
    """Whether a path is a dataset, one of its day folders, or one of its files."""
    place = Path(path)
    if place.is_dir():
        return (place / MANIFEST).is_file() or (place.name.startswith("date=") and any(place.glob("run-*.parquet")))
    return place.suffix == ".parquet" and place.is_file() and _kind(place) == KIND


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a dataset; FileFormatError where it is damaged or newer than this version."""
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_text("utf-8"))
        about = found["detente"]
        if about["kind"] == "Merged":
            raise InputError(f"{folder} is a merged dataset: 'track' and 'outlook' read it, this command does not")
        schema, layout = int(about["schema"]), int(about["layout"])
    except (ValueError, KeyError, TypeError) as error:
        raise FileFormatError(str(path), f"is no manifest of a dataset ({error})") from error
    if schema > SCHEMA_VERSION or layout > LAYOUT:
        raise FileFormatError(str(path), f"schema {schema}, layout {layout} is newer than this version reads")
    return found


def files_of(path: str | Path) -> list[Path]:
    """The finished files of a dataset, a day folder or a single file, by day; InputError for an unfinished dataset."""
    place = Path(path)
    if not place.is_dir():
        return [place]
    if not (place / MANIFEST).is_file():
        return sorted(place.glob("run-*.parquet"))
    manifest = read_manifest(place)
    if manifest["state"] != "complete":
        raise InputError(f"{place} is not finished: run the same 'detente code' again, it goes on where it was")
    named = [place / each["path"] for each in manifest["files"]]
    for each in named:
        if not each.resolve().is_relative_to(place.resolve()):  # a dataset from elsewhere may say anything
            raise FileFormatError(str(place / MANIFEST), f"names a file outside its folder: {each}")
    return named


def read_dataset(path: str | Path, until: date | None = None) -> Iterator[Any]:
    """Every record of a dataset, one of its days or files; `until` leaves out what was published later."""
    for file in files_of(path):
        for table in tables(file):
            for row in table.to_pylist():
                if until is None or (row["day"] is not None and row["day"] <= until):
                    yield from records_of(row)


def tables(file: Path, columns: list[str] | None = None, rows: int = 500) -> Iterator[pa.Table]:
    """A file of a dataset in pieces; FileFormatError names a damaged one."""
    try:
        source = pq.ParquetFile(file, page_checksum_verification=True)
        for batch in source.iter_batches(batch_size=rows, columns=columns):
            yield pa.Table.from_batches([batch])
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise FileFormatError(str(file), f"damaged Parquet file ({in_a_line(error, 120)})") from error


def _kind(file: Path) -> str | None:
    try:
        raw = (pq.read_schema(file).metadata or {}).get(b"detente")
        return json.loads(raw).get("kind") if raw else None
    except (OSError, ValueError):
        return None
