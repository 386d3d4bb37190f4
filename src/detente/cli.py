"""The command line: one verb per arrow of the way through, plus demo, explain and doctor."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente import __version__, exchange
from detente.backtestcli import backtest
from detente.briefcli import brief, demo, track
from detente.codecli import code, explain, merge, read
from detente.console import quiet
from detente.deskcli import desk_app
from detente.keepcli import ledger_app
from detente.ledgercli import add, archive, watch
from detente.lookups import actors_app, codebook_app, places_app
from detente.outlookcli import outlook
from detente.records import DetenteError
from detente.traincli import train, train_ear

app = typer.Typer(
    name="detente",
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


def main(argv: list[str] | None = None, run: Callable[..., Any] = app) -> None:
    """Entry point: one line for every error a user can mend, and its exit code."""
    try:
        with contextlib.suppress(BrokenPipeError):
            run(args=argv)
    except DetenteError as error:
        quiet.print(Text(f"detente: {error}", style="red"))
        sys.exit(error.exit_code)
    except (MemoryError, SystemError) as error:
        # CPython with no memory left for the exception itself says "error return without exception set"
        if isinstance(error, SystemError) and "without exception set" not in str(error):
            raise
        quiet.print(
            Text(
                "detente: out of memory; what was written before stands. Give less at a time, or more memory",
                style="red",
            )
        )
        sys.exit(3)
    except ImportError as error:
        told = f"detente: a package cannot be loaded ({error}): too little memory, or run 'detente doctor'"
        quiet.print(Text(told, style="red"))
        sys.exit(3)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        quiet.print(Text(f"detente: {where}{error.strerror or error}", style="red"))
        sys.exit(1)


if __name__ == "__main__":
    main()
