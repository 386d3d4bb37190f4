"""What several commands share: their arguments, and how days and files of records are taken."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from detente.console import mention
from detente.records import NEWEST, OLDEST, InputError

Sources = Annotated[
    list[str],
    typer.Argument(
        help="Files (.html, .txt, .jsonl, .parquet, .warc), folders, datasets, globs, or '-' for standard input.",
        show_default=False,
    ),
]
Output = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        help="Where to write: .jsonl (everything, for the next verb), .parquet (this verb's records as a table), '-' for standard output.",
    ),
]
Published = Annotated[
    str | None,
    typer.Option(
        help="Publication date (YYYY-MM-DD) for items that carry none. Without one, nothing is dated against today."
    ),
]
TheatreName = Annotated[
    str | None,
    typer.Option("--theatre", "-t", help="A theatre: bundled name (iraq-2020, caucasus-2022), folder or theatre.toml."),
]
AsOf = Annotated[
    str | None,
    typer.Option(help="Use only what was published by this day (YYYY-MM-DD). Default: the last report's day."),
]
CodebookFolder = Annotated[
    Path | None,
    typer.Option("--codebook", help="Folder of another codebook; its model/ folder, if any, is its judge."),
]
ModelFolder = Annotated[
    Path | None, typer.Option("--model", help="Folder of another judge, as 'detente train' wrote it.")
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="How many processes work at a time (on this machine).")]
EngineName = Annotated[str, typer.Option("--engine", help="Where the work is done: processes, dask or ray.")]
Address = Annotated[
    str | None, typer.Option(help="Address of a cluster that is already there (dask: tcp://host:8786, ray: auto).")
]
DyadName = Annotated[
    str | None,
    typer.Option(help="Id of the dyad in the theatre (default: its first), or two sides: 'Iraq|IS'."),
]


def as_day(text: str | None, option: str) -> date | None:
    """A day given as YYYY-MM-DD; InputError names the option."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{option} {text}: write the day as YYYY-MM-DD, for example 2020-04-21") from error
    if not OLDEST <= day <= NEWEST:
        raise InputError(f"{option} {text}: write a day of the years {OLDEST.year} to {NEWEST.year}")
    return day


def merged_of(sources: list[str] | None) -> Path | None:
    """The merged dataset that is given, if one is; InputError where other things are given beside it."""
    from detente.dataset import kind_of_folder

    found = [each for each in sources or [] if kind_of_folder(each) == "Merged"]
    if found and len(sources or []) > 1:
        raise InputError(f"{found[0]} is a merged dataset: give it alone")
    return Path(found[0]) if found else None


def gathered(sources: list[str], theatre: Any = None) -> Any:
    """Everything the given files hold, as a Dossier; coded rows are told with the theatre's actors.

    InputError where articles were not coded yet.
    """
    from detente.dossier import Dossier
    from detente.pipeline import gather
    from detente.sources import Tally

    tally, dossier = Tally(), Dossier()
    for item in gather(sources, tally=tally):
        dossier.add(item)
    mention(tally.quarantined)
    if dossier.articles and not dossier.coded and not dossier.rows:
        raise InputError("these are articles that were not coded yet: run 'detente code' on them first")
    return dossier.tell(theatre)
