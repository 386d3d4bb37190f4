"""Files that gzip packed, read as what they hold."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

GZIP = b"\x1f\x8b"
CUT = (EOFError, gzip.BadGzipFile, zlib.error)  # what reading raises where a packed file is damaged or cut off


@contextmanager
def unpacked(path: str | Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked where its first ones are gzip's, whatever it is called. Reading may raise one of CUT."""
    with open(path, "rb") as stream:
        if stream.peek(len(GZIP))[: len(GZIP)] != GZIP:  # a look that takes nothing: a pipe cannot be wound back
            yield stream
            return
        with gzip.GzipFile(fileobj=stream) as inside:
            yield cast(IO[bytes], inside)


def bare(path: str | Path) -> Path:
    """The path without the ending that a packed file has."""
    given = Path(path)
    return given.with_suffix("") if given.suffix.lower() == ".gz" else given
