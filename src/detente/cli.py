"""The command line: one verb per arrow of the way through, plus demo, explain and doctor."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text
from typer.main import get_command_name

from detente import __version__, console, exchange
from detente.backtestcli import backtest
from detente.briefcli import brief, demo, track
from detente.codecli import code, explain, merge, read
from detente.common import Verbs
from detente.deskcli import desk_app
from detente.keepcli import ledger_app
from detente.ledgercli import add, archive, watch
from detente.lookups import actors_app, codebook_app, places_app
from detente.outlookcli import outlook
from detente.records import DetenteError
from detente.traincli import train, train_ear

app = typer.Typer(
    name="detente",
    cls=Verbs,
    help="Reads the news and answers one question: is this calm peace, or a pause to reload?\n\n"
    "Each verb takes what the one before it wrote, so they can be piped:\n\n"
    "  detente read news/ | detente code - | detente merge - | detente track - --theatre iraq-2020\n\n"
    "Exit codes: 0 done; 1 something failed; 2 the input cannot be used; 3 this machine lacks something; "
    "4 done, but some items were quarantined.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
_COLLECTED = 100_000  # new objects between looks for cycles: records hold none, and looking takes a fifth of a big read
app.add_typer(actors_app, name="actors")
app.add_typer(places_app, name="places")
app.add_typer(codebook_app, name="codebook")
app.command()(train)
app.command("train-ear")(train_ear)
exchange.register(app)
app.command()(outlook)
app.command()(backtest)
app.add_typer(ledger_app, name="ledger")
app.add_typer(desk_app, name="desk")
for _verb in (add, watch, archive, read, code, merge, track, brief, explain):
    app.command()(_verb)


def _told(wanted: bool) -> None:
    if wanted:
        version()
        raise typer.Exit


@app.callback()
def _options(
    wanted: Annotated[
        bool, typer.Option("--version", callback=_told, is_eager=True, help="Print the version.")
    ] = False,
) -> None: ...


@app.command()
def doctor() -> None:
    """Check Python, packages, models (sha256), gazetteer, reference data, disk and database; say how to mend."""
    from detente.doctor import run

    table = Table(box=None, padding=(0, 1))
    checks = run()
    for check in checks:
        table.add_row(
            Text("ok" if check.ok else "WRONG", style="green" if check.ok else "bold red"),
            check.name,
            Text(check.found),
        )
        if not check.ok:
            table.add_row("", "", Text(f"to mend: {check.mend}", style="yellow"))
    Console().print(table)
    if not all(check.ok for check in checks):
        raise typer.Exit(3)


app.command()(demo)


@app.command()
def version() -> None:
    """Print the version."""
    print(__version__)


def alone(words: Sequence[str]) -> typer.Typer:
    """The command line with nothing but the verb it begins with: to build all of them takes a tenth of a second."""
    first, mine = next(iter(words), ""), copy(app)
    named = (
        (each.name or get_command_name(getattr(each.callback, "__name__", "")), each)
        for each in app.registered_commands
    )
    mine.registered_commands = [each for name, each in named if name == first]
    mine.registered_groups = [each for each in app.registered_groups if each.name == first]
    return mine if mine.registered_commands or mine.registered_groups else app


def main(argv: list[str] | None = None, run: Callable[..., Any] | None = None) -> None:
    """Entry point: one line for every error a user can mend, its exit code, and the run's summary if it is asked for."""
    try:
        with _said_once():
            status, why = _ran(argv, run or alone(sys.argv[1:] if argv is None else argv))
    except Exception as error:  # a fault of ours: told with its traceback, and in the summary all the same
        console.end(1, f"{type(error).__name__}: {error}")
        raise
    if why:
        console.fail(f"detente: {why}", exit_code=status)
    try:
        console.end(status, why)
    except (DetenteError, OSError) as error:
        console.fail(f"detente: the summary could not be written: {error}")
        status = status or 1
    if status:
        sys.exit(status)


@contextlib.contextmanager
def _said_once() -> Iterator[None]:
    """With no memory left Python says so of every generator that it clears up; we say it once."""
    usual = sys.unraisablehook
    sys.unraisablehook = lambda found: None if isinstance(found.exc_value, MemoryError) else usual(found)
    try:
        yield
    finally:
        sys.unraisablehook = usual


_NO_ROOM = ("without exception set", "can't start new thread")


def _ran(argv: list[str] | None, run: Callable[..., Any]) -> tuple[int, str]:
    """Run a command: its exit code, and what went wrong if it is something that a user can mend."""
    gc.set_threshold(_COLLECTED)
    try:
        console.begin()
        with contextlib.suppress(BrokenPipeError):
            run(args=argv)
    except SystemExit as ended:
        return (ended.code, "") if isinstance(ended.code, int) else (int(ended.code is not None), str(ended.code or ""))
    except DetenteError as error:
        return error.exit_code, str(error)
    except (MemoryError, RuntimeError, SystemError) as error:
        # with no memory left for the exception itself, or for a thread, CPython says it otherwise
        if not isinstance(error, MemoryError) and not any(each in str(error) for each in _NO_ROOM):
            raise
        return 3, "out of memory; what was written before stands. Give less at a time, or more memory"
    except ImportError as error:
        return 3, f"a package cannot be loaded ({error}): too little memory, or run 'detente doctor'"
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return 1, f"{where}{error.strerror or error}"
    return 0, ""


if __name__ == "__main__":
    main()
