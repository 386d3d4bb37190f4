"""Commands on a ledger: add to it, stand on a day of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from detente.console import close, progress, quiet
from detente.options import Published, Sources, TheatreName, as_day
from detente.records import InputError

LedgerPlace = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        help="A ledger: a file, or postgresql://user@host/name. Default: DETENTE_DATABASE, else ledger.sqlite.",
        show_default=False,
    ),
]
LedgerRead = Annotated[
    str | None,
    typer.Option("--ledger", help="Read this ledger (a file, or postgresql://…) instead of files of records."),
]
HeldBy = Annotated[
    str | None,
    typer.Option("--held", help="With --ledger: only what the ledger itself already held on this day (YYYY-MM-DD)."),
]
MaybeSources = Annotated[
    list[str] | None,
    typer.Argument(help="Files of records ('-' for standard input); none with --ledger.", show_default=False),
]
ledger_app = typer.Typer(
    help="Look after a ledger: check, back up, restore, erase, gaps, coverage, decisions.", no_args_is_help=True
)


def add(
    sources: Sources, ledger: LedgerPlace = None, theatre: TheatreName = None, published: Published = None,
    known: Annotated[str | None, typer.Option(help="When all of it became known (YYYY-MM-DD), where publication dates do not say.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Code anew what this coder has coded already, for example with another theatre.")] = False,
) -> None:  # fmt: skip
    """Take sources into a ledger: read, code, merge and store.

    Repeat it as you like: what is held is not coded or stored again, and a run that was killed goes on where it was.
    Example: detente add news/ --ledger news.sqlite --theatre iraq-2020
    """
    from detente.keeping import ingest
    from detente.pipeline import load_theatre, roll_up, theatre_coder
    from detente.store import open_ledger

    place = load_theatre(theatre) if theatre else None
    days = as_day(published, "--published"), as_day(known, "--known")

    def shown(items: Iterable[Any]) -> Iterable[Any]:
        return progress(items, "adding")

    with open_ledger(ledger) as book:
        done = ingest(
            book, sources, theatre_coder(place), published=days[0], known_at=days[1], again=again,
            rolls_up=roll_up(place), through=shown,
        )  # fmt: skip
    for name in done.barred[:10]:
        quiet.print(f"kept out, erased on legal request: {name}")
    close(done.quarantined, str(done))


def from_ledger(place: str, as_of: str | None, held: str | None, sources: list[str] | None) -> Any:
    """What a ledger knew on a day, as a Dossier; InputError where there is no such ledger, or files were given too."""
    from detente.keeping import dossier_of
    from detente.store import open_ledger

    if sources:
        raise InputError(f"give files or --ledger, not both (found {sources[0]} beside --ledger {place})")
    with open_ledger(place, create=False) as book:
        return dossier_of(book, as_of=as_day(as_of, "--as-of"), held=as_day(held, "--held"))
