"""How this process tells what it does: lines for people by default, one JSON object a line for machines.

Every module logs to `logging.getLogger(__name__)`, whatever else it needs as `extra={"told": {...}}`. Used as a library,
Detente sets nothing up: records go where the program that imports it sends them.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from detente.records import ConfigError

FORMAT, VERBOSE = "DETENTE_LOG_FORMAT", "DETENTE_VERBOSE"  # variables of the environment
FORMATS = ("text", "json")
ROOT = logging.getLogger("detente")


@dataclass(slots=True)
class How:
    """How lines are written by this process."""

    json: bool = False
    verbose: bool = False  # each step is told

    def environment(self) -> dict[str, str]:
        """The same for a process that this one starts."""
        return {FORMAT: FORMATS[self.json], VERBOSE: str(int(self.verbose))}


how = How()


class Lines(logging.Formatter):
    """The bare message; when each step is told (`--verbose`), the moment, the level and the module before it."""

    converter = staticmethod(time.gmtime)  # type: ignore[assignment]

    def format(self, record: logging.LogRecord) -> str:
        told = record.getMessage()
        if how.verbose:
            told = f"{self.formatTime(record, '%H:%M:%S')}Z {record.levelname.lower()} {record.name}: {told}"
        return f"{told}\n{self.formatException(record.exc_info)}" if record.exc_info else told


class JsonLines(logging.Formatter):
    """`time` (UTC), `level`, `logger`, `message`, then what the record was given; `error` is a traceback."""

    converter = staticmethod(time.gmtime)  # type: ignore[assignment]

    def format(self, record: logging.LogRecord) -> str:
        made = {
            "time": f"{self.formatTime(record, '%Y-%m-%dT%H:%M:%S')}.{int(record.msecs):03}Z",
            "level": record.levelname.lower(), "logger": record.name, "message": record.getMessage(),
            **getattr(record, "told", {}),
        }  # fmt: skip
        if record.exc_info:
            made["error"] = self.formatException(record.exc_info)
        return json.dumps(made, ensure_ascii=False, default=str)


class Stderr(logging.Handler):
    """Writes to what is standard error at the moment of writing; colours by level where that is a terminal."""

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        if not how.json and sys.stderr.isatty() and "NO_COLOR" not in os.environ:
            colour = {logging.DEBUG: "2", logging.WARNING: "33", logging.ERROR: "31"}.get(record.levelno)
            line = f"\x1b[{colour}m{line}\x1b[0m" if colour else line
        try:
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()
        except (OSError, ValueError):  # nobody listens any more: a log line is not worth failing for
            pass


def formatter() -> logging.Formatter:
    """What makes a line of a record; the desk gives it to Django's and gunicorn's loggers too."""
    return JsonLines() if how.json else Lines()


def as_environment_says() -> None:
    """Set up by the variables of the environment; ConfigError for a format that does not exist."""
    given = os.environ.get(FORMAT, "") or "text"
    if given not in FORMATS:
        raise ConfigError(f"{FORMAT}={given}: write {' or '.join(FORMATS)}")
    how.json, how.verbose = given == "json", os.environ.get(VERBOSE, "") not in ("", "0")
    set_up()


def set_up() -> None:
    """Send what Detente logs to standard error, in the way that `how` says. May be called again."""
    handler = Stderr()
    handler.setFormatter(formatter())
    ROOT.handlers[:] = [handler]
    ROOT.setLevel(logging.DEBUG if how.verbose else logging.INFO)
    ROOT.propagate = False
    sys.excepthook = _crashed if how.json else sys.__excepthook__


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """An error nobody foresaw is one line too."""
    ROOT.critical("%s: %s", kind.__name__, error, exc_info=(kind, error, trace))


def timed(log: logging.Logger, message: str) -> Callable[[], None]:
    """Start a clock; the function returned logs the message with the seconds it took, at debug level."""
    begun = time.monotonic()

    def over() -> None:
        took = time.monotonic() - begun
        log.debug("%s: %.1f s", message, took, extra={"told": {"seconds": round(took, 3)}})

    return over
