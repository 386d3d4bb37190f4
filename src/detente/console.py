"""What commands say beside their output: progress, quarantined items and summaries, all on standard error."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from detente import __version__, logs
from detente.records import Quarantined
from detente.whole import write_whole

T = TypeVar("T")
PARTLY = 4
_log = logging.getLogger("detente")


def say(text: str, **told: Any) -> None:
    """Tell the user something; `told` goes into JSON lines only."""
    _log.info("%s", text, extra={"told": told})


def warn(text: str, **told: Any) -> None:
    """Tell the user that something is not as it should be."""
    _log.warning("%s", text, extra={"told": told})


def fail(text: str, **told: Any) -> None:
    """Tell the user why a command ends without what it was asked for."""
    _log.error("%s", text, extra={"told": told})


def _shown() -> bool:
    """Bars and spinners are for people at a terminal."""
    return sys.stderr.isatty() and not logs.how.json and not logs.how.verbose


def progress(items: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """The items, with a bar on the terminal (on standard error, never in the output)."""
    if not _shown():  # a bar that is not shown starts a thread all the same
        yield from items
        return
    columns = (SpinnerColumn(), TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield from bar.track(items, total=total)


@contextmanager
def status(what: str) -> Iterator[None]:
    """A spinner on the terminal while something without steps goes on; a line of its time with --verbose."""
    over = logs.timed(_log, what)
    if _shown():
        with Console(stderr=True).status(what):
            yield
    else:
        yield
    over()


def mention(quarantined: list[Quarantined]) -> None:
    """Name the first ten quarantined items; with --verbose or as JSON, all."""
    most = len(quarantined) if logs.how.json or logs.how.verbose else 10
    for item in quarantined[:most]:
        warn(f"quarantined {item.origin}: {item.reason}", event="quarantined", origin=item.origin, reason=item.reason)
    if len(quarantined) > most:
        warn(f"… and {len(quarantined) - most} more quarantined items")


# ------------------------------------------------------------------------------------------- the run
@dataclass(slots=True)
class Run:
    """What this process was asked to do, and what became of it so far."""

    command: str = ""
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    counts: dict[str, int] = field(default_factory=dict)
    more: dict[str, int] = field(default_factory=dict)  # in words: "exact copies"
    summary: Path | None = None

    def seconds(self) -> float:
        """Since it was started."""
        return (datetime.now(UTC) - self.started).total_seconds()

    def told(self) -> dict[str, Any]:
        """The counts as data; words become names: `exact_copies`."""
        named = {words.replace(" ", "_"): n for words, n in self.more.items()}
        return {"command": self.command, **self.counts, **named, "seconds": round(self.seconds(), 3)}

    def __str__(self) -> str:
        counts = ", ".join(f"{name} {n}" for name, n in self.counts.items())
        more = ", ".join(f"{n} {words}" for words, n in self.more.items())
        return "; ".join(part for part in (counts, more, f"{self.seconds():.1f} s") if part)


run = Run()  # of this process: a command line is one command


def begin() -> None:
    """A run starts: nothing is known of it yet."""
    run.command, run.started, run.counts, run.more, run.summary = "", datetime.now(UTC), {}, {}, None
    logs.as_environment_says()


def count(
    *, read: int = 0, coded: int = 0, quarantined: int = 0, gaps: int = 0, more: Mapping[str, int] | None = None
) -> None:
    """Add to what the run has done: items read, articles coded, items set aside, stretches in which a source was not heard."""
    for name, n in (("read", read), ("coded", coded), ("quarantined", quarantined), ("gaps", gaps)):
        run.counts[name] = run.counts.get(name, 0) + n
    for words, n in (more or {}).items():
        run.more[words] = run.more.get(words, 0) + n


def summarise() -> None:
    """The run's counts in one line."""
    say(str(run), event="summary", **run.told())


def close(quarantined: list[Quarantined], **counts: Any) -> None:
    """Name what was quarantined and print the run's summary (see `count`); exit code 4 when items were quarantined."""
    mention(quarantined)
    count(quarantined=len(quarantined), **counts)
    summarise()
    if quarantined:
        raise typer.Exit(PARTLY)


def end(status: int, why: str = "") -> None:
    """The run is over: leave its summary in the file that --summary named, whatever became of it."""
    if run.summary is None:
        return
    made = {
        "command": run.command, "version": __version__, "started": run.started.isoformat(timespec="seconds"),
        "ended": datetime.now(UTC).isoformat(timespec="seconds"), "exit_code": status, "error": why or None, **run.told(),
    }  # fmt: skip
    write_whole(run.summary, (json.dumps(made, indent=1, ensure_ascii=False) + "\n").encode())


def use(name: str, value: Any) -> None:
    """What one of the options of every command says: `verbose`, `log_format` or `summary`."""
    if name == "verbose":
        logs.how.verbose = True
    elif name == "log_format":
        logs.how.json = value == "json"
    else:
        run.summary = Path(value)
    logs.set_up()
