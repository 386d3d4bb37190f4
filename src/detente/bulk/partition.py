"""The end of a run: finished batches in any order become files by date, the same whatever the batches were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from detente.bulk.parts import clear_parts, noted_counts, parts_of, summed, write_manifest
from detente.dataset import CODED, UNDATED, tables
from detente.whole import replacing

ROWS = 20_000  # of one file, and held in memory at a time
_WRITERS = 4  # files written at a time: the workers are done by then
_GROUP = 1_000  # rows of a row group
_TOGETHER = 50  # batches read at a time
Chunk = tuple[str, int, pa.Table]  # date, number, rows of a file
_ID = ["key", "origin", "day", "article.id"]


def finish(folder: Path, manifest: dict[str, Any], inputs: list[dict[str, Any]]) -> dict[str, Any]:
    """Write the run's batches as files by date and the manifest that names them; a kill on the way loses nothing."""
    parts = parts_of(folder)
    if parts:
        run = manifest["runs"] + 1
        index = _ordered(_ids(parts), _known(folder, manifest))
        made = [each for group in _groups(_chunks(index)) for each in _written(folder, run, parts, group)]
        batches = [*manifest["batches"], *({"part": each.stem, "run": run, **noted_counts(each)} for each in parts)]
        manifest = {
            **manifest,
            "runs": run,
            "counts": summed(batches),
            "batches": batches,
            "files": sorted([*manifest["files"], *made], key=lambda each: each["path"]),
        }
    manifest = {**manifest, "state": "complete", "inputs": [*manifest["inputs"], *inputs]}
    write_manifest(folder, manifest)
    clear_parts(folder)
    return manifest


def _ids(files: list[Path]) -> pa.Table:
    """Key, origin, day and article id of every row, with its file's number and its place there."""
    pieces = []
    for number, file in enumerate(files):
        at = 0
        for piece in tables(file, _ID, 50_000):
            flat = {
                "key": piece["key"], "origin": piece["origin"], "day": piece["day"],
                "id": pc.struct_field(piece["article"].combine_chunks(), "id"),
                "file": pa.array([number] * len(piece), pa.int32()),
                "row": pa.array(range(at, at + len(piece)), pa.int64()),
            }  # fmt: skip
            pieces.append(pa.table(flat))
            at += len(piece)
    return pa.concat_tables(pieces)


def _known(folder: Path, manifest: dict[str, Any]) -> pa.Array:
    """Ids of the articles of earlier runs."""
    files = [folder / each["path"] for each in manifest["files"]]
    return _ids(files)["id"].drop_null().combine_chunks() if files else pa.array([], pa.string())


def _ordered(index: pa.Table, known: pa.Array) -> pa.Table:
    """The rows by day and id; `again` marks a second article under an id that is taken already.

    The first of several, by origin, keeps the id: an order that does not depend on who was faster.
    """
    index = index.sort_by([("id", "ascending"), ("origin", "ascending"), ("key", "ascending")])
    ids = index["id"].combine_chunks()
    before = pa.concat_arrays([pa.array([None], ids.type), ids.slice(0, len(ids) - 1)])
    same = pc.fill_null(pc.equal(ids, before), False)
    held = pc.and_(pc.is_valid(ids), pc.is_in(ids, value_set=known))
    again = pc.or_(same, held)
    day = pc.if_else(again, pa.scalar(None, pa.date32()), index["day"])
    index = index.set_column(index.column_names.index("day"), "day", day).append_column("again", again)
    return index.sort_by(
        [
            ("day", "ascending"),
            ("again", "ascending"),
            ("id", "ascending"),
            ("origin", "ascending"),
            ("key", "ascending"),
        ]
    )


def _chunks(index: pa.Table) -> Iterator[Chunk]:
    """(date, number, rows) of each file to write."""
    days = index["day"].to_pylist()
    start = 0
    for at in range(1, len(days) + 1):
        if at == len(days) or days[at] != days[start]:
            name = days[start].isoformat() if days[start] else UNDATED
            for number, low in enumerate(range(start, at, ROWS)):
                yield name, number, index.slice(low, min(ROWS, at - low))
            start = at


def _groups(chunks: Iterable[Chunk]) -> Iterator[list[Chunk]]:
    """Files that are written together: as many as there is memory for, since each batch is read once for all of them.

    A batch holds many days: read once for each day, a year's archive would be read 365 times.
    """
    group: list[Chunk] = []
    for chunk in chunks:
        if sum(len(rows) for *_, rows in group) + len(chunk[2]) > ROWS and group:
            yield group
            group = []
        group.append(chunk)
    if group:
        yield group


def _written(folder: Path, run: int, parts: list[Path], group: list[Chunk]) -> list[dict[str, Any]]:
    """Write the files of a group; each with its rows and hash."""
    whole, at, made = _gathered(parts, pa.concat_tables([rows for *_, rows in group])), 0, []
    with ThreadPoolExecutor(_WRITERS) as pool:
        for day, number, rows in group:
            table = _refused(whole.slice(at, len(rows)), rows["again"].combine_chunks())
            made.append(pool.submit(_file, folder, f"date={day}/run-{run}-{number:05}.parquet", table))
            at += len(rows)
    return [each.result() for each in made]


def _file(folder: Path, name: str, table: pa.Table) -> dict[str, Any]:
    path = folder / name
    with replacing(path) as partial:
        pq.write_table(
            table.replace_schema_metadata(CODED.metadata),
            partial,
            compression="zstd",
            row_group_size=_GROUP,
            write_page_checksum=True,
        )
        digest = sha256(partial.read_bytes()).hexdigest()
    return {"path": name, "rows": len(table), "sha256": digest}


def _gathered(parts: list[Path], rows: pa.Table) -> pa.Table:
    """The rows themselves, in the order asked for.

    Batches are read _TOGETHER at a time: a table of few rows and 300 columns takes longer to pick from, and more memory, than
    its rows are worth.
    """
    rows = rows.append_column("order", pa.array(range(len(rows)), pa.int64()))
    numbers = pc.unique(rows["file"]).to_pylist()
    pieces, order = [], []
    for low in range(0, len(numbers), _TOGETHER):
        block = numbers[low : low + _TOGETHER]
        mine = rows.filter(pc.is_in(rows["file"], value_set=pa.array(block, pa.int32())))
        read = [pq.ParquetFile(parts[number]).read().replace_schema_metadata(None) for number in block]
        begin = dict(zip(block, accumulate((len(table) for table in read), initial=0), strict=False))
        at = [begin[file] + row for file, row in zip(mine["file"].to_pylist(), mine["row"].to_pylist(), strict=True)]
        pieces.append(pa.concat_tables(read).combine_chunks().take(pa.array(at)).combine_chunks())
        order += mine["order"].to_pylist()
    back = pc.sort_indices(pa.array(order))
    return pa.concat_tables(pieces).take(back).combine_chunks()


def _refused(table: pa.Table, again: pa.Array) -> pa.Table:
    """Second articles under one id are quarantined."""
    if not pc.any(again).as_py():
        return table
    rows = table.to_pylist()
    for row, taken in zip(rows, again.to_pylist(), strict=True):
        if taken:
            why = f"id '{row['article']['id']}' was already used by another item"
            row["quarantined"] = {"origin": row["origin"], "reason": why, "excerpt": row["article"]["text"][:200]}
            row["article"] = row["coded"] = row["day"] = None
    return pa.Table.from_pylist(rows, schema=CODED)
