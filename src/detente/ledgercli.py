"""Commands that fill a ledger (add, watch, archive), and how others stand on a day of it."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated, Any

import typer

from detente.console import close, count, mention, progress, say, summarise, warn
from detente.options import Published, Sources, TheatreName, as_day
from detente.records import InputError, Page

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


def add(
    sources: Sources, ledger: LedgerPlace = None, theatre: TheatreName = None, published: Published = None,
    known: Annotated[str | None, typer.Option(help="When all of it became known (YYYY-MM-DD), where publication dates do not say.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Code anew what this coder has coded already, for example with another theatre.")] = False,
) -> None:  # fmt: skip
    """Take sources into a ledger: read, code, merge and store.

    Repeat it as you like: what is held is not coded or stored again, and a run that was killed goes on where it was.
    Example: detente add news/ --ledger news.sqlite --theatre iraq-2020
    """
    from detente.assessing import roll_up
    from detente.keeping import ingest
    from detente.pipeline import load_theatre, theatre_coder
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
        say(f"kept out, erased on legal request: {name}")
    close(done.quarantined, **done.counts())


def from_ledger(place: str, as_of: str | None, held: str | None, sources: list[str] | None) -> Any:
    """What a ledger knew on a day, as a Dossier; InputError where there is no such ledger, or files were given too."""
    from detente.keeping import dossier_of
    from detente.store import open_ledger

    if sources:
        raise InputError(f"give files or --ledger, not both (found {sources[0]} beside --ledger {place})")
    with open_ledger(place, create=False) as book:
        return dossier_of(book, as_of=as_day(as_of, "--as-of"), held=as_day(held, "--held"))


def watch(
    feeds: Annotated[list[str] | None, typer.Argument(help="OPML files and addresses of feeds; default: the theatre's.", show_default=False)] = None,
    ledger: LedgerPlace = None, theatre: TheatreName = None,
    once: Annotated[bool, typer.Option("--once", help="Ask every feed that is due once and end: for cron.")] = False,
    every: Annotated[int, typer.Option(min=1, help="Minutes between two looks at one feed.")] = 30,
    pause: Annotated[float, typer.Option(min=0, help="Seconds between two requests to one host.")] = 2.0,
    metrics: Annotated[str | None, typer.Option(help="Prometheus metrics: a port on this machine (9464), ADDRESS:PORT, or a file that ends in .prom.")] = None,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Also ask servers of private networks and of this machine.")] = False,
) -> None:  # fmt: skip
    """Listen to feeds (RSS, Atom, JSON Feed): new reports go into the ledger, silence and failure are noted as gaps.

    Example: detente watch feeds.opml --ledger news.sqlite --theatre iraq-2020 --once
    """
    from detente.assessing import roll_up
    from detente.keeping.ingest import Intake
    from detente.keeping.measures import Measures
    from detente.keeping.watch import Watcher
    from detente.pipeline import load_theatre, theatre_coder
    from detente.sources.feeds import feed_addresses
    from detente.sources.fetch import Fetcher
    from detente.store import open_ledger

    place = load_theatre(theatre) if theatre else None
    own = [each if "://" in each else str(place.folder / each) for each in place.feeds] if place else []
    asked = feed_addresses(feeds or own)
    measures = Measures(metrics) if metrics else None
    coder, fetcher = theatre_coder(place), Fetcher(pause=pause, allow_private=allow_private)
    signal.signal(signal.SIGTERM, _stop)
    with open_ledger(ledger) as book:
        while True:
            begun = time.monotonic()
            intake = Intake(book, coder)
            silent = place.coverage.silent_days if place else 7
            watcher = Watcher(book, intake, fetcher, every=timedelta(minutes=every), silent_days=silent, now=book.now)
            done = watcher.round(asked)
            report = intake.close(roll_up(place))
            if measures:
                measures.round(done, report, watcher.states(asked), time.monotonic() - begun, book.now())
            _tell(done, report, once)
            if once:
                return
            time.sleep(max(1.0, (watcher.next_due(asked) - book.now()).total_seconds()))


def _tell(done: Any, report: Any, once: bool) -> None:
    """The lines of a round; for a process that goes on, the round alone, and the summary counts all of them."""
    for line in done.lines:
        warn(line)
    counts = report.counts()
    counts["gaps"] += done.gaps
    counts["more"] = {"feeds asked": done.asked, "unchanged": done.unchanged, "failed": done.failed} | counts["more"]
    if once:
        close(report.quarantined, **counts)
        return
    mention(report.quarantined)
    count(quarantined=len(report.quarantined), **counts)
    if done.asked:
        told = {words.replace(" ", "_"): n for words, n in counts["more"].items()}
        told |= {
            "read": report.read,
            "coded": report.articles,
            "quarantined": len(report.quarantined),
            "gaps": counts["gaps"],
        }
        say(
            "round: " + ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in told.items() if n),
            event="round",
            **told,
        )


def _stop(*_: Any) -> None:
    """SIGTERM, as service managers send it: what is half done is not kept, and the run is summed up."""
    summarise()
    raise SystemExit(0)


def archive(
    files: Annotated[list[str] | None, typer.Argument(help="WARC files (.warc, .warc.gz) to take in.", show_default=False)] = None,
    ledger: LedgerPlace = None, theatre: TheatreName = None,
    output: Annotated[str | None, typer.Option("--output", "-o", help="Write the ledger's pages, as received, to this WARC file (.warc or .warc.gz).")] = None,
) -> None:  # fmt: skip
    """Take pages from web archives (WARC) into a ledger, or write the ledger's pages to one.

    A page is known from the moment it was archived. Examples: detente archive crawl.warc.gz --ledger news.sqlite
    and detente archive -o pages.warc.gz --ledger news.sqlite
    """
    from detente.assessing import roll_up
    from detente.keeping.ingest import Intake
    from detente.pipeline import load_theatre, theatre_coder
    from detente.sources.warc import read_warc, write_warc
    from detente.store import open_ledger

    if bool(files) == bool(output):
        raise InputError("give WARC files to take in, or -o FILE to write one")
    if output:
        if not output.endswith((".warc", ".warc.gz")):
            raise InputError(f"{output}: give a name that ends in .warc or .warc.gz")
        with open_ledger(ledger, create=False) as book:
            say(f"{write_warc(output, book.read(Page, as_of=None))} pages in {output}")
        return
    place = load_theatre(theatre) if theatre else None
    with open_ledger(ledger) as book:
        intake = Intake(book, theatre_coder(place))
        for file in files or []:
            intake.pages(progress(read_warc(file), "reading"))
        report = intake.close(roll_up(place))
    close(report.quarantined, **report.counts())
