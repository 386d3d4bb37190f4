"""Commands that take other people's data in and give ours away: import and export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from detente.console import close, say, warn
from detente.files import write_bundle, write_records
from detente.options import Output, Sources, TheatreName, as_day, gathered
from detente.records import CodedRow, InputError, Quarantined
from detente.whole import write_whole

Files = Annotated[list[str], typer.Argument(help="Exported files: .csv, .tab, .tsv, .jsonl, plain, .gz or .zip.", show_default=False)]  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add this module's commands to the command line."""
    app.command("import")(import_rows)
    app.command("export")(export)


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
    write_whole(path, "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape"))


def _terms(made: Any) -> None:
    for name in made.formats:
        _terms_of(name)


def _terms_of(name: str) -> None:
    from detente.sources.coded import FORMATS

    each = FORMATS[name]
    (warn if name == "acled" else say)(f"{each.label} ({each.licence}): {each.terms}")


def _close(made: Any, bad: list[Quarantined]) -> None:
    if made.unknown:
        warn(f"{made.unknown} rows do not say since when they were known and will be left out of track and brief: "
             "import with --known-at or --hindsight")  # fmt: skip
    more = {f"{made.formats[name].label} rows": n for name, n in sorted(made.read.items())}
    more |= {"elsewhere": made.elsewhere, "exact copies": made.copies, "older versions": made.older}
    close(bad, read=sum(made.read.values()), more={words: n for words, n in more.items() if n})


def export(
    sources: Sources,
    to: Annotated[str, typer.Option(help="plover, incidents, acled, ucdp, geojson, hxl, annotations, prov, package or cap.")],
    output: Annotated[str, typer.Option("--output", "-o", help="File to write (its ending chooses .jsonl, .csv, .parquet, …); a folder for a package.")],
    theatre: TheatreName = None,
    incident: Annotated[str | None, typer.Option(help="cap: the incident to tell of.")] = None,
    status: Annotated[str, typer.Option(help="cap: Test, Exercise, Draft or Actual.")] = "Test",
    scope: Annotated[str, typer.Option(help="cap: Restricted or Public.")] = "Restricted",
    sender: Annotated[str, typer.Option(help="cap: who sends it, for example a domain of yours.")] = "detente.invalid",
    references: Annotated[str, typer.Option(help="cap: earlier messages this one updates or cancels, as sender,identifier,sent.")] = "",
    title: Annotated[str, typer.Option(help="package: its title.")] = "Coded events",
    author: Annotated[str, typer.Option(help="package: who made the data set.")] = "Author not named",
    licence: Annotated[str, typer.Option(help="package: CC-BY-4.0, CC0-1.0, ODC-BY-1.0 or ODbL-1.0.")] = "CC-BY-4.0",
) -> None:  # fmt: skip
    """Write what 'code', 'merge' or 'import' made in somebody else's format, or as a data package to give away.

    Example: detente export merged.jsonl --to geojson -o incidents.geojson
    """
    from detente.export import About, Alert, write
    from detente.export.write import check

    target = Path(output)
    check(to, target.suffix)
    given = _material(sources, theatre)
    how = Alert(status, scope, sender, references)
    made = write(given, to, target.suffix, incident=incident, how=how, about=About(title, author, licence))
    for name, body in made.files.items():
        place = target / name if to == "package" else target.with_name(f"{target.stem}.{name}") if name else target
        write_whole(place, body)
        say(f"wrote {place} ({len(body):,} bytes)")
    for reason, n in made.left_out.items():
        warn(f"left out: {reason} ({n})")
    for each in sorted({str(a.extra["row"]) for a in given.articles.values() if "row" in a.extra}):
        _terms_of(each)


def _material(sources: list[str], theatre: str | None) -> Any:
    from hashlib import sha256

    from detente import __version__
    from detente.assessing import roll_up
    from detente.export import Input, material
    from detente.pipeline import incidents_of, load_theatre
    from detente.reference.actors import load

    place = load_theatre(theatre) if theatre else None
    dossier = gathered(sources, place)
    incidents = dossier.incidents or incidents_of(dossier, roll_up(place))
    files = [Path(each) for each in sources if Path(each).is_file()]
    inputs = [Input(each.name, sha256(each.read_bytes()).hexdigest()) for each in files]
    index = load(tuple(place.actors) if place else ())
    return material(dossier.articles, dossier.events, incidents, f"detente {__version__}", inputs, index)
