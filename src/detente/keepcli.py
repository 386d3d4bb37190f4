"""Commands that look after a ledger: `detente ledger …`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from detente.console import say
from detente.ledgercli import LedgerPlace
from detente.options import TheatreName, as_day

ledger_app = typer.Typer(
    help="Look after a ledger: check, back up, restore, erase; its gaps, coverage and decisions.", no_args_is_help=True
)
AsKnown = Annotated[
    str | None, typer.Option("--as-of", help="As known on this day (YYYY-MM-DD). Default: all there is.")
]


def _open(place: str | None, create: bool = False) -> Any:
    from detente.store import open_ledger

    return open_ledger(place, create=create)


@ledger_app.command()
def check(ledger: LedgerPlace = None) -> None:
    """Read every entry of a ledger and report what is damaged or out of order; exit code 1 if anything is.

    Example: detente ledger check --ledger news.sqlite
    """
    from detente.store.upkeep import problems

    with _open(ledger) as book:
        found = 0
        for line in problems(book):
            found += 1
            print(line)
        held = ", ".join(f"{n} {kind}" for kind, n in book.counts(as_of=None).items()) or "nothing"
        say(f"{found} problems; it holds {held}; {len(book.erased(as_of=None))} erased")
    if found:
        raise typer.Exit(1)


@ledger_app.command()
def backup(
    target: Annotated[Path, typer.Argument(help="A new file: the backup is a SQLite ledger of its own.")],
    ledger: LedgerPlace = None,
) -> None:
    """Copy a ledger into one file, while others may go on writing to it.

    Example: detente ledger backup backups/monday.sqlite --ledger news.sqlite
    """
    from detente.store import upkeep

    with _open(ledger) as book:
        say(f"{upkeep.backup(book, target)} entries in {target}")


@ledger_app.command()
def restore(
    source: Annotated[Path, typer.Argument(help="A backup, or any SQLite ledger.")], ledger: LedgerPlace = None
) -> None:
    """Fill a new ledger, a file or a database in PostgreSQL, from a backup.

    Example: detente ledger restore backups/monday.sqlite --ledger postgresql://me@localhost/news
    """
    from detente.store import upkeep

    with _open(ledger, create=True) as book:
        say(f"{upkeep.restore(source, book)} entries restored")


@ledger_app.command()
def erase(
    article: Annotated[str, typer.Argument(help="Id of the article.")],
    who: Annotated[str, typer.Option(help="Who decided it.")],
    why: Annotated[str, typer.Option(help="On what ground, for the log: 'court order 17'.")],
    ledger: LedgerPlace = None, theatre: TheatreName = None,
) -> None:  # fmt: skip
    """Erase an article's text, its page and all that quotes it, on legal request; the log keeps who, when and why.

    Example: detente ledger erase a-1f00 --who 'Ada Ro' --why 'court order 17' --ledger news.sqlite
    """
    from detente.assessing import roll_up
    from detente.keeping import erase_article
    from detente.pipeline import load_theatre

    with _open(ledger) as book:
        made = erase_article(
            book, article, who=who, why=why, rolls_up=roll_up(load_theatre(theatre) if theatre else None)
        )
        gone = [each for each in book.erased(as_of=None) if each.erased_at == made.when]
        say(f"erased {len(gone)} records; noted as decision {made.id}. Backups made before still hold them.")


@ledger_app.command()
def gaps(ledger: LedgerPlace = None, as_of: AsKnown = None) -> None:
    """List the stretches in which a source was not heard.

    Example: detente ledger gaps --ledger news.sqlite --as-of 2020-04-21
    """
    from detente.records import Gap

    with _open(ledger) as book:
        for gap in sorted(book.read(Gap, as_of=as_day(as_of, "--as-of")), key=lambda each: (each.start, each.source)):
            print(f"{gap.start} … {gap.end}  {gap.source}: {gap.reason}")


@ledger_app.command()
def decisions(ledger: LedgerPlace = None, as_of: AsKnown = None) -> None:
    """List what people decided: when, who, what, on what, why.

    Example: detente ledger decisions --ledger news.sqlite
    """
    from detente.records import Decision

    with _open(ledger) as book:
        for each in book.read(Decision, as_of=as_day(as_of, "--as-of")):
            print(f"{each.when:%Y-%m-%d %H:%M} UTC  {each.who}: {each.what} {each.target} ({each.why})")


@ledger_app.command()
def training(
    folder: Annotated[Path, typer.Argument(help="Folder for pairs.jsonl and deeds.jsonl.")], ledger: LedgerPlace = None
) -> None:
    """Write what people accepted, corrected and rejected as examples that 'detente train' reads.

    Example: detente ledger training reviewed/ --ledger news.sqlite, then
    detente train --out my-model/ --set reviewed/pairs.jsonl='own work'
    """
    from detente.export.training import training as examples
    from detente.keeping.deciding import articles_of, in_force, things_of
    from detente.records import Event
    from detente.whole import write_whole

    with _open(ledger) as book:
        made = in_force(book)
        things = things_of(book, made)
        events = [each for each in things.values() if isinstance(each, Event)]
        found = examples(events, made, articles_of(book, events))
    folder.mkdir(parents=True, exist_ok=True)
    for name, body in found.files().items():
        write_whole(folder / name, body)
    say(f"{len(found.pairs)} pairs and {len(found.deeds)} deeds in {folder}")


@ledger_app.command()
def agreement(ledger: LedgerPlace = None) -> None:
    """How far reviewers agree about mentions, field by field, and how often they kept what the machine had.

    Alpha is Krippendorff's, nominal. Example: detente ledger agreement --ledger news.sqlite
    """
    from detente.incidents.agreement import agreement as figures
    from detente.keeping.deciding import articles_of, reviews, things_of
    from detente.records import Event

    with _open(ledger) as book:
        made = reviews(book)
        events = {key: each for key, each in things_of(book, made).items() if isinstance(each, Event)}
        found = figures(made, events, articles_of(book, events.values()))
    print(f"{'field':12}{'seen by two':>12}{'agree':>8}{'alpha':>8}{'machine kept':>15}")
    for each in found:
        share = "—" if each.percent is None else f"{each.percent:.0%}"
        value = "—" if each.alpha is None else f"{each.alpha:.2f}"
        print(f"{each.field:12}{each.mentions:>12}{share:>8}{value:>8}{f'{each.kept}/{each.looks}':>15}")


@ledger_app.command()
def coverage(
    ledger: LedgerPlace = None, as_of: AsKnown = None,
    days: Annotated[int, typer.Option(min=1, help="How many days to show.")] = 56,
) -> None:  # fmt: skip
    """Show day by day what was listened to: reports, silence, failure, and where a source was added.

    Example: detente ledger coverage --ledger news.sqlite --as-of 2020-04-21 --days 28
    """
    from detente.keeping import coverage_of

    with _open(ledger) as book:
        calendar = coverage_of(book, as_of=as_day(as_of, "--as-of"), days=days)
    width = max((len(row.source) for row in calendar.rows), default=0)
    print(f"{'':{width}}  {calendar.start} … {calendar.end}")
    for row in calendar.rows:
        number = sum(row.reports.values())
        told = f"{number} report{'' if number == 1 else 's'} since {row.first}"
        print(f"{row.source:{width}}  {row.strip(calendar.start, calendar.end)}  {told}")
    print("▪ reports   · heard, nothing new   ! failed or silent   (blank) not listened to")
