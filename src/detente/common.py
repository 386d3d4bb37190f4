"""The options that every command takes, before its name or after it: how to log, and where to leave a summary."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from detente import console

LogFormat = StrEnum("LogFormat", ["text", "json"])


def _take(context: typer.Context, option: typer.CallbackParam, value: Any) -> None:
    """Called for each of them, given or not; the command's name is known by then."""
    names: list[str] = []
    each: Any = context
    while each.parent is not None:
        names.insert(0, each.info_name or "")
        each = each.parent
    console.run.command = max(console.run.command, " ".join(names), key=len)
    if value and not context.resilient_parsing:
        console.use(option.name or "", value)


def _common(
    verbose: Annotated[bool, typer.Option("--verbose", help="Tell each step, with its time.", callback=_take, expose_value=False)] = False,
    log_format: Annotated[LogFormat | None, typer.Option(help="Lines on standard error: text, or json, one object a line.", callback=_take, expose_value=False)] = None,
    summary: Annotated[str | None, typer.Option(metavar="FILE", help="Write what became of the run to this file, as JSON.", callback=_take, expose_value=False)] = None,
) -> None:  # fmt: skip
    """Never run: its options are taken from it."""


_sample = typer.Typer(add_completion=False)
_sample.command()(_common)


class Verbs(TyperGroup):
    """The whole command line; gives each command of it the common options."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        _give(self)


def _give(command: Any) -> None:
    command.params.extend(typer.main.get_command(_sample).params)
    for inner in getattr(command, "commands", {}).values():
        _give(inner)
