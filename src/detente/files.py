"""Records to JSONL and Parquet and back, without loss.

Every file says its kind and schema version: JSONL in a first line
`{"detente": {"kind": "Event", "schema": 1}}`, Parquet in its key-value metadata. Files are written
whole or not at all (`detente.whole`).
"""

from __future__ import annotations

import dataclasses
import io
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar

from detente import records
from detente.arrow import arrow_fields, arrow_row, from_arrow
from detente.packed import CUT, bare, unpacked
from detente.plain import from_plain, to_plain
from detente.records import FAULTS, SCHEMA_VERSION, FileFormatError, InputError, in_a_line
from detente.whole import replacing

R = TypeVar("R")
KINDS: dict[str, type] = {
    name: value for name, value in vars(records).items() if isinstance(value, type) and dataclasses.is_dataclass(value)
}
STDIO = "-"


# ------------------------------------------------------------------------------------------------ writing
def write_records(path: str | Path, kind: type[R], items: Iterable[R]) -> int:
    """Write records to `path` (.jsonl or .parquet by its ending, '-' for standard output); return how many.

    Raises InputError for another ending, and SetupError for a full or read-only disk (what stood under
    `path` stands there still).
    """
    if str(path) == STDIO:
        return _write_jsonl(sys.stdout, kind, items)
    target = Path(path)
    _check_ending(target)
    with replacing(target) as partial:
        if target.suffix == ".parquet":
            return _write_parquet(partial, kind, items)
        with open(partial, "w", encoding="utf-8", newline="\n") as stream:
            return _write_jsonl(stream, kind, items)


def _check_ending(path: Path) -> None:
    if path.suffix not in (".jsonl", ".parquet"):
        raise InputError(f"{path}: give a name that ends in .jsonl or .parquet (or '-' for standard input and output)")


def _write_jsonl(stream: IO[str], kind: type, items: Iterable[Any]) -> int:
    stream.write(json.dumps({"detente": {"kind": kind.__name__, "schema": SCHEMA_VERSION}}) + "\n")
    count = 0
    for item in items:
        # ASCII escapes keep lone surrogates and line separators intact on every platform
        stream.write(json.dumps(to_plain(item), ensure_ascii=True, separators=(",", ":")) + "\n")
        count += 1
    return count


def _write_parquet(path: Path, kind: type, items: Iterable[Any]) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    meta = {b"detente": json.dumps({"kind": kind.__name__, "schema": SCHEMA_VERSION}).encode()}
    schema = pa.schema(arrow_fields(kind), metadata=meta)
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd", write_page_checksum=True) as writer:
        for batch in _batches(items, 2000):
            rows = [arrow_row(item) for item in batch]
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            count += len(rows)
    return count


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


# ------------------------------------------------------------------------------------------------ reading
def read_records(path: str | Path, kind: type[R]) -> Iterator[R]:
    """Read records of one kind from .jsonl (.jsonl.gz too), .parquet or '-' (JSONL on standard input).

    Raises FileFormatError naming file, line and field for a damaged, foreign or newer file, and
    InputError when there is no such file.
    """
    if str(path) == STDIO:
        yield from _read_jsonl(sys.stdin, "standard input", kind)
        return
    source = Path(path)
    _check_ending(bare(source))
    if not source.is_file():
        raise InputError(f"{source}: no such file")
    if source.suffix == ".parquet":
        yield from _read_parquet(source, kind)
    else:
        with _lines(source) as stream:
            yield from _read_jsonl(stream, str(source), kind)


@contextmanager
def _lines(path: Path) -> Iterator[IO[str]]:
    """The text of a file, packed or not; FileFormatError where a packed one is damaged."""
    try:
        with unpacked(path) as raw, io.TextIOWrapper(raw, encoding="utf-8", errors="surrogateescape") as stream:
            yield stream
    except CUT as error:
        raise FileFormatError(str(path), f"damaged: {in_a_line(error, 120)}") from error


def _damaged(path: str, error: Exception, line: int | None = None) -> FileFormatError:
    if isinstance(error, json.JSONDecodeError):
        return FileFormatError(path, f"damaged: {error.msg} at column {error.colno}", line)
    told = "nested too deeply" if isinstance(error, RecursionError) else in_a_line(error, 120)
    return FileFormatError(path, f"damaged: {told}", line)


def _check_header(path: str, header: Any, kind: type, line: int | None) -> None:
    about = header.get("detente") if isinstance(header, dict) else None
    if not isinstance(about, dict) or "kind" not in about:
        raise FileFormatError(path, "this is not a file of Detente records (its header is missing)", line, "detente")
    if about["kind"] != kind.__name__:
        raise FileFormatError(path, f"holds {about['kind']} records, {kind.__name__} expected", line, "kind")
    schema = about.get("schema")
    if not isinstance(schema, int) or schema < 1:
        raise FileFormatError(path, f"schema version {schema!r} is not a number", line, "schema")
    if schema > SCHEMA_VERSION:
        raise FileFormatError(
            path, f"schema {schema} is newer than this version reads ({SCHEMA_VERSION}); update detente", line, "schema"
        )


def _read_jsonl(stream: IO[str], path: str, kind: type[R]) -> Iterator[R]:
    number = 0
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _damaged(path, error, number) from error
        if number == 1:
            _check_header(path, data, kind, number)
            continue
        try:
            yield from_plain(kind, data)
        except ValueError as error:
            name, _, why = str(error).partition(": ")
            raise FileFormatError(path, why or str(error), number, name) from error
    if number == 0:
        raise FileFormatError(path, "is empty (not even a header)")


def _read_parquet(path: Path, kind: type[R]) -> Iterator[R]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(path, page_checksum_verification=True)
        raw = (table.schema_arrow.metadata or {}).get(b"detente")
        _check_header(str(path), {"detente": json.loads(raw)} if raw else None, kind, None)
        row = 0
        for batch in table.iter_batches(batch_size=2000):
            for data in batch.to_pylist():
                row += 1
                try:
                    yield from_plain(kind, from_arrow(kind, data))
                except ValueError as error:
                    name, _, why = str(error).partition(": ")
                    raise FileFormatError(str(path), why or str(error), row, name) from error
    except (pa.ArrowException, OSError, *FAULTS) as error:
        raise FileFormatError(str(path), f"damaged Parquet file ({in_a_line(error, 120)})") from error


# ------------------------------------------------------------------------------------- bundles of many kinds
def write_bundle(path: str | Path, items: Iterable[Any]) -> int:
    """Write records of several kinds to one .jsonl file ('-': standard output), one `{"Kind": {...}}` a line.

    This is what flows through a pipe of commands: articles pass along with what was made of them.
    """
    lines = (
        json.dumps({type(item).__name__: to_plain(item)}, ensure_ascii=True, separators=(",", ":")) for item in items
    )
    head = json.dumps({"detente": {"kind": "Bundle", "schema": SCHEMA_VERSION}})
    if str(path) == STDIO:
        return _write_lines(sys.stdout, head, lines)
    target = Path(path)
    if target.suffix != ".jsonl":
        raise InputError(f"{target}: several kinds of records go into one .jsonl file (or '-')")
    with replacing(target) as partial, open(partial, "w", encoding="utf-8", newline="\n") as stream:
        return _write_lines(stream, head, lines)


def _write_lines(stream: IO[str], head: str, lines: Iterable[str]) -> int:
    stream.write(head + "\n")
    count = 0
    for line in lines:
        stream.write(line + "\n")
        count += 1
    return count


def kind_of(path: str | Path) -> str | None:
    """The kind of records a file holds ("Bundle" for several), or None where it is no file of ours."""
    source = Path(path)
    try:
        if source.suffix == ".parquet":
            import pyarrow.parquet as pq

            raw = (pq.read_schema(source).metadata or {}).get(b"detente")
            found = json.loads(raw)["kind"] if raw else None
        else:
            with unpacked(source) as stream:
                found = json.loads(stream.readline(4096).decode("utf-8", "replace"))["detente"]["kind"]
        return found if isinstance(found, str) else None
    except (OSError, *CUT, *FAULTS):
        return None


def read_any(path: str | Path) -> Iterator[Any]:
    """Read every record of a bundle or of a file of one kind ('-': a bundle or one kind on standard input)."""
    if str(path) != STDIO:
        kind = kind_of(path)
        if kind in KINDS:
            yield from read_records(path, KINDS[kind])
            return
        if not Path(path).is_file():
            raise InputError(f"{path}: no such file")
        with _lines(Path(path)) as stream:
            yield from _read_bundle(stream, str(path))
        return
    yield from _read_bundle(sys.stdin, "standard input")


def _read_bundle(stream: IO[str], path: str) -> Iterator[Any]:
    single: type | None = None
    number = 0
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _damaged(path, error, number) from error
        if number == 1:
            about = data.get("detente") if isinstance(data, dict) else None
            single = KINDS.get(str(about.get("kind", ""))) if isinstance(about, dict) else None
            _check_header(path, data, single or _BUNDLE, number)
            continue
        try:
            yield from_plain(single, data) if single else _from_line(data)
        except ValueError as error:
            name, _, why = str(error).partition(": ")
            raise FileFormatError(path, why or str(error), number, name) from error
    if number == 0:
        raise FileFormatError(path, "is empty (not even a header)")


class Bundle:
    """Stands for 'several kinds' in a file's header."""


_BUNDLE = Bundle


def _from_line(data: Any) -> Any:
    if not isinstance(data, dict) or len(data) != 1:
        raise ValueError('kind: expected one {"Kind": {...}} a line')
    name, record = next(iter(data.items()))
    if name not in KINDS:
        raise ValueError(f"{name}: unknown kind of record (written by a newer version?)")
    return from_plain(KINDS[name], record)
