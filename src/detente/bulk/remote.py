"""Stores that fsspec reaches (s3://, gs:// and others): what lies there, a copy of it, and what to do when it cannot be had."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Any

from detente.records import InputError, SetupError, in_a_line
from detente.sources.files import kind_by_name

_KEYS = {
    "s3": "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE; AWS_ENDPOINT_URL where the store is not Amazon's",
    "gs": "GOOGLE_APPLICATION_CREDENTIALS, the name of a file with a key, or run 'gcloud auth application-default login'",
}
_KEYS |= {"s3a": _KEYS["s3"], "gcs": _KEYS["gs"]}
_TALKATIVE = ("gcsfs", "s3fs", "aiobotocore", "botocore", "google.auth", "asyncio")


class Unread(InputError):
    """One of many files cannot be had now; a later run may have it."""


def listed(address: str, passed: list[Path]) -> list[str]:
    """The files at an address: itself, all below a folder that a reader takes (others to `passed`), or what a glob matches.

    InputError where there is none, or where the store does not say.
    """
    system, path = _store(address)
    try:
        if any(mark in path for mark in "*?["):
            found = sorted(system.glob(path))
        else:  # `info`, since `isdir` says no where nobody answers
            found = _below(system, path, passed) if system.info(path)["type"] == "directory" else [path]
    except FileNotFoundError:
        found = []
    except Exception as error:  # each store has errors of its own
        raise InputError(f"{address} cannot be listed: {in_a_line(error)}: {_to_do(address)}") from error
    if not found:
        raise InputError(f"nothing is found at {address}: check the name of the bucket or machine, and the path")
    return [system.unstrip_protocol(each) for each in found]


def _below(system: Any, path: str, passed: list[Path]) -> list[str]:
    every = sorted(system.find(path))
    passed += [Path(each) for each in every if kind_by_name(Path(each).name) is None]
    return [each for each in every if kind_by_name(Path(each).name) is not None]


def fetch(address: str, local: Path) -> None:
    """Copy a file of a store to this machine; Unread where it cannot be had."""
    system, path = _store(address)
    try:
        with system.open(path, "rb") as source, open(local, "wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
    except Exception as error:  # each store has errors of its own
        raise Unread(f"{address} cannot be fetched: {in_a_line(error)}") from error


def _store(address: str) -> tuple[Any, str]:
    """The store of an address, and the path in it; SetupError where its package is missing."""
    for name in _TALKATIVE:  # we say in a line what they tell in fifty
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        from fsspec.core import url_to_fs

        return url_to_fs(address)
    except ImportError as error:
        raise SetupError(f"{address} needs a package for its store: pip install 'detente[remote]' ({error})") from error
    except ValueError as error:
        raise InputError(f"{address}: {error}") from error
    except Exception as error:  # some ask at once whether anybody is there
        raise InputError(f"{address} cannot be reached: {in_a_line(error)}: {_to_do(address)}") from error


def _to_do(address: str) -> str:
    kind = address.split("://", 1)[0]
    keys = f" (set {_KEYS[kind]})" if kind in _KEYS else ""
    return f"check the address, the network, and your keys for it{keys}"
