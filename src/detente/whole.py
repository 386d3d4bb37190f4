"""Files written whole or not at all: to a temporary name, forced to the disk, then renamed into place."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from detente.records import SetupError

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_BARRED = {errno.EROFS, errno.EACCES, errno.EPERM}


def write_whole(path: str | Path, body: bytes) -> None:
    """Write a file as a whole, or leave what stood under its name; folders on the way are made."""
    with replacing(path) as partial:
        partial.write_bytes(body)


@contextlib.contextmanager
def replacing(path: str | Path) -> Iterator[Path]:
    """A temporary name beside `path` that takes its place when the block ends well, and is gone otherwise.

    A crash, a kill or a power cut leaves the old file or the new one, never half of one. A link stays a link, a
    device is written to as it is. Raises SetupError for a full disk or a folder that cannot be written.
    """
    target = Path(os.path.realpath(path))
    partial = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        if target.exists() and not target.is_file():
            yield target
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield partial
            if target.exists():
                shutil.copymode(target, partial)
            _to_disk(partial)
            os.replace(partial, target)
            _to_disk(target.parent)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        told = _told(error, target, partial)
        if told is None:
            raise
        raise told from error


def _to_disk(path: Path) -> None:
    """Force a file, or the names in a folder, to the disk; what cannot be forced (a folder on Windows) is let be."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network folders have no such thing
            raise
    finally:
        os.close(handle)


def _told(error: OSError, target: Path, partial: Path) -> SetupError | None:
    """The error in words for its user, None where it is not about writing here."""
    elsewhere = error.filename is not None and Path(error.filename) not in (partial, target, *target.parents)
    if elsewhere or error.errno not in _NO_ROOM | _BARRED:
        return None
    why = os.strerror(error.errno).lower()
    mend = "free some space, or choose another place" if error.errno in _NO_ROOM else "choose a place you may write to"
    return SetupError(f"{target}: {why}; nothing was written under this name: {mend}")
