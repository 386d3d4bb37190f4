"""The exceptions: all that Detente reports to its user, each with its exit code."""

from __future__ import annotations


class DetenteError(Exception):
    """Anything Detente reports to its user in one sentence."""

    exit_code = 1


class InputError(DetenteError):
    """What was given cannot be read."""

    exit_code = 2


class FileFormatError(InputError):
    """A file of records is damaged, or written by a newer version.

    Names the file, and where they are known the line (from 1) and the field.
    """

    def __init__(self, path: str, why: str, line: int | None = None, name: str | None = None):
        where = path + (f", line {line}" if line is not None else "") + (f", field '{name}'" if name else "")
        super().__init__(f"{where}: {why}")
        self.path, self.line, self.field, self.why = path, line, name, why


class ConfigError(InputError):
    """A theatre file or a codebook says something impossible."""


class SetupError(DetenteError):
    """Something this machine lacks: a model, a package, space on disk."""

    exit_code = 3


def in_a_line(error: BaseException, most: int = 200) -> str:
    """The first line of what an error says, at most so many characters; its kind where it says nothing."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)[:most]


# What one damaged or odd item may fail by: it is quarantined and the rest go on. Anything else ends the run.
FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
)
