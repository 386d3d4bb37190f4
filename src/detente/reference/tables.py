"""TOML tables read key by key: what nobody asked for is refused, and every error names table and key."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, get_args

from detente.records import ConfigError


class Table:
    """One TOML table read key by key; `done` refuses what nobody asked for."""

    def __init__(self, data: Any, where: str):
        if not isinstance(data, dict):
            raise ConfigError(f"{where}: a table was expected, not {type(data).__name__}")
        self.left, self.where = dict(data), where

    def take(self, key: str, kind: type | tuple[type, ...], default: Any = None, *, required: bool = False) -> Any:
        if key not in self.left:
            if required:
                raise ConfigError(f"{self.where}: the key '{key}' is missing")
            return default
        value = self.left.pop(key)
        wrong_bool = isinstance(value, bool) and kind is not bool
        if wrong_bool or not isinstance(value, kind):
            raise ConfigError(f"{self.where}: '{key}' has the wrong kind of value: {value!r}")
        return value

    def text(self, key: str, default: Any = None, *, required: bool = False) -> Any:
        return self.take(key, str, default, required=required)

    def number(self, key: str) -> float | None:
        value = self.take(key, (int, float))
        return None if value is None else float(value)

    def strings(self, key: str, default: Iterable[str] = ()) -> tuple[str, ...]:
        value = self.take(key, (list, str), list(default))
        values = [value] if isinstance(value, str) else value
        if not all(isinstance(each, str) for each in values):
            raise ConfigError(f"{self.where}: '{key}' must be a list of texts")
        return tuple(values)

    def choice(self, key: str, allowed: Any, default: str) -> Any:
        value = self.text(key, default)
        if value not in get_args(allowed):
            raise ConfigError(f"{self.where}: '{key}' is {value!r}; allowed: {', '.join(get_args(allowed))}")
        return value

    def day(self, key: str) -> date | None:
        """A TOML date or "YYYY", "YYYY-MM", "YYYY-MM-DD"; an empty text means not known."""
        value = self.take(key, (date, str, int))
        if value is None or value == "":
            return None
        if isinstance(value, date):
            return date(value.year, value.month, value.day)
        parts = str(value).split("-")
        try:
            year, month, number = [int(part) for part in (*parts, "1", "1")[:3]]
            if key == "end" and len(parts) < 3:
                return last_day(year, month if len(parts) > 1 else 12)
            return date(year, month, number)
        except ValueError as error:
            raise ConfigError(f"{self.where}: '{key}' is no date: {value!r}") from error

    def tables(self, key: str) -> list[Table]:
        rows = self.take(key, list, [])
        return [Table(row, f"{self.where}[[{key}]] number {n}") for n, row in enumerate(rows, 1)]

    def done(self) -> None:
        if self.left:
            raise ConfigError(f"{self.where}: unknown key '{sorted(self.left)[0]}'")


def last_day(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _folders() -> list[Path]:
    here = Path(__file__).resolve()
    return [here.parents[1] / "theatres", here.parents[3] / "theatres", Path.cwd() / "theatres"]


def locate(path: Path | str) -> Path:
    """The theatre file meant by a file, a folder or a bundled name; ConfigError where there is none."""
    given = Path(path)
    candidates = [given, *(folder / str(path) for folder in _folders())]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
        if (candidate / "theatre.toml").is_file():
            return candidate / "theatre.toml"
    raise ConfigError(f"no theatre at '{path}', and none of that name is bundled")
