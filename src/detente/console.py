"""What commands say beside their output: progress, quarantined items and summaries, all on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from detente.records import Quarantined

quiet = Console(stderr=True, soft_wrap=True)  # a path in a log must not be broken over lines
T = TypeVar("T")
PARTLY = 4


def progress(items: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """The items, with a bar on the terminal (on standard error, never in the output)."""
    columns = (SpinnerColumn(), TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=quiet, transient=True, disable=not sys.stderr.isatty()) as bar:
        yield from bar.track(items, total=total)


def mention(quarantined: list[Quarantined]) -> None:
    """Name the first ten quarantined items."""
    for item in quarantined[:10]:
        quiet.print(Text(f"quarantined {item.origin}: {item.reason}", style="yellow"))
    if len(quarantined) > 10:
        quiet.print(f"… and {len(quarantined) - 10} more quarantined items")


def close(quarantined: list[Quarantined], summary: str) -> None:
    """Print the run's summary; exit code 4 when items were quarantined."""
    mention(quarantined)
    quiet.print(Text(summary))
    if quarantined:
        raise typer.Exit(PARTLY)
