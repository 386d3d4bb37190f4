"""The TOML files of a folder of reference data, parsed; kept as JSON in the cache, since reading TOML is slow."""

from __future__ import annotations

import json
import os
import tomllib
from contextlib import suppress
from datetime import date
from hashlib import sha256
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from platformdirs import user_cache_dir

from detente.records import ConfigError, SetupError
from detente.whole import write_whole

_DAY = "~day"  # the key under which JSON holds a date


def parsed(folder: Traversable, kept: str) -> dict[str, dict[str, Any]]:
    """What each .toml file of the folder holds, by name; ConfigError names the one that cannot be read.

    `kept`: the name of the copy in the cache. A copy is of these very bytes; where none can be read or written, none is.
    """
    found = sorted((each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda each: each.name)
    texts = {each.name: each.read_bytes() for each in found}
    digest = sha256(b"".join(part for name, text in texts.items() for part in (name.encode(), b"\0", text)))
    cache = Path(os.environ.get("DETENTE_CACHE") or user_cache_dir("detente"))
    copy = cache / f"{kept}-{digest.hexdigest()[:16]}.json"
    with suppress(OSError, ValueError):
        return json.loads(copy.read_text("utf-8"), object_hook=_dated)
    made = {name: _read(name, text) for name, text in texts.items()}
    with suppress(OSError, TypeError, SetupError):
        write_whole(copy, json.dumps(made, default=_undated).encode())
    return made


def _read(name: str, text: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(text.decode("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}: {error}") from error


def _undated(value: Any) -> dict[str, str]:
    if type(value) is date:
        return {_DAY: value.isoformat()}
    raise TypeError(f"{value!r} has no place in JSON")


def _dated(table: dict[str, Any]) -> Any:
    return date.fromisoformat(table[_DAY]) if _DAY in table else table
