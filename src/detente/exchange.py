"""Commands that take other people's data in and give ours away: import and export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from detente.files import write_bundle, write_records
from detente.options import Output, as_day
from detente.records import CodedRow, InputError, Quarantined

quiet = Console(stderr=True, soft_wrap=True)
PARTLY = 4
Files = Annotated[list[str], typer.Argument(help="Exported files: .csv, .tab, .tsv, .jsonl, plain, .gz or .zip.", show_default=False)]  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add this module's commands to the command line."""
    app.command("import")(import_rows)


def import_rows(
    files: Files, output: Output = "-",
    format: Annotated[str | None, typer.Option(help="acled, gdelt, icews, ngec, polecat or ucdp. Default: told from the columns.")] = None,
    known_at: Annotated[str | None, typer.Option(help="The day the files were published (YYYY-MM-DD): no row was known before.")] = None,
    hindsight: Annotated[bool, typer.Option("--hindsight", help="Take every row as known on the day its event was over. Marked in everything made of it.")] = False,
    country: Annotated[list[str] | None, typer.Option(help="Keep only rows placed in this country (ISO 3166-1 alpha-3); may be repeated.")] = None,
    rejects: Annotated[str | None, typer.Option(help="Write rows that were set aside to this file as they came, to mend and import again.")] = None,
) -> None:  # fmt: skip
    """Read somebody else's coded data (UCDP GED, GDELT, ICEWS, POLECAT, NGEC, ACLED) into rows for track and brief.

    Example: detente import GEDEvent_v25_1.csv --country IRQ -o rows.jsonl
    """
    from detente.sources.coded import Import

    if known_at and hindsight:
        raise InputError("--known-at and --hindsight exclude each other")
    made = Import(format, as_day(known_at, "--known-at"), hindsight, _countries(country or []))
    bad: list[Quarantined] = []
    rows = made.rows(files)
    if output.endswith(".parquet"):
        write_records(output, CodedRow, (each for each in _kept(rows, bad) if isinstance(each, CodedRow)))
    else:
        write_bundle(output, _kept(rows, bad))
    if rejects:
        _write_rejects(Path(rejects), made)
    _terms(made)
    _close(made, bad)


def _countries(given: Iterable[str]) -> frozenset[str]:
    from detente.sources.coded.where import iso3

    for each in given:
        if iso3(each) != each:
            raise InputError(f"--country {each}: write an ISO 3166-1 alpha-3 code such as IRQ")
    return frozenset(given)


def _kept(rows: Iterable[Any], bad: list[Quarantined]) -> Iterator[Any]:
    for each in rows:
        if isinstance(each, Quarantined):
            bad.append(each)
        yield each


def _write_rejects(path: Path, made: Any) -> None:
    """The rows set aside, word for word, each file's under its own header row."""
    lines: list[str] = []
    last = None
    for file, source in made.rejects:
        if file != last and file in made.headers:
            lines.append(made.headers[file])
        last = file
        lines.append(source)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", errors="surrogateescape")


def _terms(made: Any) -> None:
    for each in made.formats.values():
        style = "bold yellow" if each.name == "acled" else ""
        quiet.print(Text(f"{each.label} ({each.licence}): {each.terms}", style=style))


def _close(made: Any, bad: list[Quarantined]) -> None:
    for item in bad[:10]:
        quiet.print(Text(f"quarantined {item.origin}: {item.reason}", style="yellow"))
    if len(bad) > 10:
        quiet.print(f"… and {len(bad) - 10} more quarantined rows")
    said = [f"{n} {made.formats[name].label} rows" for name, n in sorted(made.read.items())] or ["no rows"]
    for n, words in ((made.elsewhere, "elsewhere"), (made.copies, "exact copies"), (made.older, "older versions"), (len(bad), "quarantined")):  # fmt: skip
        said += [f"{n} {words}"] if n else []
    quiet.print(Text(", ".join(said)))
    if made.unknown:
        quiet.print(Text(f"{made.unknown} rows do not say since when they were known and will be left out of track and brief: "
                         "import with --known-at or --hindsight", style="yellow"))  # fmt: skip
    if bad:
        raise typer.Exit(PARTLY)
