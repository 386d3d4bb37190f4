"""Records as plain data and back: the one place that knows how each field type is written."""

from __future__ import annotations

import base64
import dataclasses
import types
import typing
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Literal, TypeVar, Union

R = TypeVar("R")
_SENTENCE = 400  # characters: longer texts are seldom said twice


@cache
def hints_of(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


@cache
def _fields(kind: Any) -> tuple[str, ...] | None:
    return tuple(f.name for f in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else None


def to_plain(value: Any) -> Any:
    """A record (or a part of one) as JSON-ready data."""
    kind = type(value)
    if value is None or kind is str or kind is int or kind is bool or kind is float:  # most of what there is
        return value
    names = _fields(kind)  # type: ignore[arg-type]  # a class is hashable
    if names is not None:
        return {name: to_plain(getattr(value, name)) for name in names}
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, (tuple, list)):
        return [to_plain(item) for item in value]
    return value


def from_plain(kind: type[R], data: Any) -> R:
    """The record that `data` describes.

    Raises ValueError with the dotted field name and what was wrong; unknown fields are refused, since
    silently dropping them would lose data.
    """
    return _record(kind, data, "")


def _record(kind: Any, data: Any, where: str) -> Any:
    if not isinstance(data, dict):
        raise ValueError(f"{where or kind.__name__}: expected an object, found {type(data).__name__}")
    hints = hints_of(kind)
    unknown = sorted(set(data) - set(hints))
    if unknown:
        raise ValueError(f"{where + '.' if where else ''}{unknown[0]}: not a field of {kind.__name__}")
    values = {
        name: _value(hint, data[name], f"{where}.{name}" if where else name)
        for name, hint in hints.items()
        if name in data
    }
    missing = [
        f.name
        for f in dataclasses.fields(kind)
        if f.name not in values and f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    ]
    if missing:
        raise ValueError(f"{where + '.' if where else ''}{missing[0]}: missing")
    return kind(**values)


def _value(hint: Any, data: Any, where: str) -> Any:
    origin = typing.get_origin(hint)
    if origin in (Union, types.UnionType):
        if data is None:
            return None
        return _value(next(a for a in typing.get_args(hint) if a is not type(None)), data, where)
    if origin is tuple:
        args = typing.get_args(hint)
        if not isinstance(data, (list, tuple)):
            raise ValueError(f"{where}: expected a list, found {type(data).__name__}")
        inner = args if args[-1] is not Ellipsis else (args[0],) * len(data)
        return tuple(_value(a, item, f"{where}[{i}]") for i, (a, item) in enumerate(zip(inner, data, strict=True)))
    if origin is Literal:
        known = typing.get_args(hint)
        if data not in known:
            raise ValueError(f"{where}: {data!r} is none of {', '.join(map(str, known))}")
        return known[known.index(data)]
    if dataclasses.is_dataclass(hint):
        return _record(hint, data, where)
    return _scalar(hint, data, where)


# an event says its report's id, its sentence and its day a dozen times over: read once, they are half of what it takes
@lru_cache(maxsize=50_000)
def _once(text: str) -> str:
    return text


@lru_cache(maxsize=10_000)
def _day(text: str) -> date:
    return date.fromisoformat(text)


def _scalar(hint: Any, data: Any, where: str) -> Any:
    if hint is str and isinstance(data, str):
        return _once(data) if len(data) <= _SENTENCE else data
    try:
        if hint is datetime:
            return datetime.fromisoformat(data)
        if hint is date:
            return _day(data)
        if hint is bytes:
            return base64.b64decode(data, validate=True)
    except (ValueError, TypeError) as error:
        raise ValueError(f"{where}: {data!r} is not a {hint.__name__}") from error
    if hint is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if hint in (str, int, float, bool, dict) and (
        not isinstance(data, hint) or (hint is int and isinstance(data, bool))
    ):
        raise ValueError(f"{where}: expected {hint.__name__}, found {type(data).__name__}")
    return data
