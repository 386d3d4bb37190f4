"""Records as Arrow's types and rows and back: what Parquet files and batches of work hold."""

from __future__ import annotations

import base64
import dataclasses
import json
import re
import types
import typing
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, Union

from detente.plain import hints_of
from detente.records import InputError

_LONE = re.compile("[\ud800-\udfff]")


def arrow_fields(kind: type) -> list[Any]:
    """The columns of a kind of records; records inside records are structs."""
    import pyarrow as pa

    return [pa.field(name, arrow_type(hint)) for name, hint in hints_of(kind).items()]


def arrow_type(hint: Any) -> Any:
    """Arrow's type for a field of a record."""
    import pyarrow as pa

    origin = typing.get_origin(hint)
    if origin in (Union, types.UnionType):
        return arrow_type(next(a for a in typing.get_args(hint) if a is not type(None)))
    if origin is tuple:
        return pa.list_(arrow_type(typing.get_args(hint)[0]))
    if origin is Literal:
        return pa.string()
    if dataclasses.is_dataclass(hint):
        return pa.struct(arrow_fields(hint))  # type: ignore[arg-type]
    # str and dict travel as JSON-escaped text where needed; datetimes as ISO text keep their offset
    return {
        str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), date: pa.date32(),
        datetime: pa.string(), bytes: pa.binary(), dict: pa.string(),
    }[hint]  # fmt: skip


def arrow_row(value: Any) -> Any:
    """A record as Arrow takes it: like to_plain, but dates and bytes stay themselves; InputError for lone surrogates."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: arrow_row(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [arrow_row(item) for item in value]
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=True)
    if isinstance(value, str) and not value.isascii() and _LONE.search(value):
        raise InputError(f"Parquet cannot hold a lone surrogate (in {value[:40]!r}…); write .jsonl instead")
    return value


def from_arrow(hint: Any, value: Any) -> Any:
    """Arrow's rows back to plain data as from_plain expects it."""
    origin = typing.get_origin(hint)
    if value is None:
        return None
    if origin in (Union, types.UnionType):
        return from_arrow(next(a for a in typing.get_args(hint) if a is not type(None)), value)
    if origin is tuple:
        return [from_arrow(typing.get_args(hint)[0], item) for item in value]
    if dataclasses.is_dataclass(hint):
        return {name: from_arrow(h, value[name]) for name, h in hints_of(hint).items() if name in value}  # type: ignore[arg-type]
    if hint is dict:
        return json.loads(value)
    if hint is bytes:
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, date):
        return value.isoformat()
    return value


@cache
def maker(hint: Any) -> Callable[[Any], Any]:
    """Makes a field's value from what stands in a table of our own schema: five times faster than by way of plain data.

    The table's types are trusted, so nothing is checked: only for files that this version has written.
    """
    origin = typing.get_origin(hint)
    if origin in (Union, types.UnionType):
        inner = maker(next(a for a in typing.get_args(hint) if a is not type(None)))
        return inner if inner is _itself else lambda value: None if value is None else inner(value)
    if origin is tuple:
        each = maker(typing.get_args(hint)[0])
        return tuple if each is _itself else lambda value: tuple(map(each, value))
    if dataclasses.is_dataclass(hint):
        kind: Callable[..., Any] = hint  # type: ignore[assignment]
        fields = [(name, maker(h)) for name, h in hints_of(hint).items()]  # type: ignore[arg-type]
        return lambda value: kind(**{name: make(value[name]) for name, make in fields if name in value})
    return {datetime: datetime.fromisoformat, dict: json.loads}.get(hint, _itself)


def _itself(value: Any) -> Any:
    return value
