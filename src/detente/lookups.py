"""Commands that look things up: actors, places, the codebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from detente.options import Sources, TheatreName, as_day, gathered

quiet = Console(stderr=True)
actors_app = typer.Typer(
    help="Who is who: look names up, list groups that wait for a decision.", no_args_is_help=True, rich_markup_mode=None
)
places_app = typer.Typer(help="Where is where: look places up.", no_args_is_help=True, rich_markup_mode=None)
codebook_app = typer.Typer(help="The codebook: check it.", no_args_is_help=True, rich_markup_mode=None)


@actors_app.command("find")
def find_actor(
    name: Annotated[str, typer.Argument(help="A name or role as a text has it.", show_default=False)],
    on: Annotated[str | None, typer.Option(help="The day it was written (YYYY-MM-DD): offices change hands.")] = None,
    country: Annotated[
        str | None, typer.Option(help="ISO 3166-1 alpha-3 of the country 'the army' belongs to.")
    ] = None,
    theatre: TheatreName = None,
) -> None:
    """Show which actor a name stands for, the candidates, and why one wins.

    Example: detente actors find "Ketaeb Hezballah"
    """
    from detente.pipeline import load_theatre
    from detente.reference.actors import load

    index = load(tuple(load_theatre(theatre).actors) if theatre else ())
    found = index.resolve(name, on=as_day(on, "--on"), country=country)
    print(
        f"{name}: {found.actor or 'no actor'} · {found.name or ''} · country {found.country or '?'} · sector {found.sector or '?'}"
    )
    print(f"  because {found.why}" + (" (provisional: waits for a decision)" if found.provisional else ""))
    for candidate, score, why in found.candidates[:8]:
        print(f"  {score:5.2f}  {candidate}  {why}")
    if found.actor is None and not found.candidates:
        raise typer.Exit(1)


@actors_app.command("new")
def new_actors(sources: Sources) -> None:
    """List groups that are in no reference data yet, with where they were first named.

    Takes what 'code' wrote. Example: detente actors new coded.jsonl
    """
    dossier = gathered(sources)
    first: dict[str, tuple[Any, Any]] = {}
    for event in sorted(dossier.events, key=lambda e: str(e.reported)):
        for mention in (*event.actors, *event.recipients):
            if mention.actor and mention.actor.startswith("provisional."):
                first.setdefault(mention.actor, (event, mention))
    for actor, (event, mention) in first.items():
        print(
            f"{actor} · '{mention.text}' · first named {event.reported or 'undated'} in {event.article}: {event.evidence.quote[:160]}"
        )
    quiet.print(f"{len(first)} provisional actors")


@places_app.command("find")
def find_place(
    name: Annotated[str, typer.Argument(help="A place name.", show_default=False)], theatre: TheatreName = None
) -> None:
    """Show the places a name may mean, the likeliest first, and why.

    Example: detente places find Tripoli
    """
    from detente.pipeline import load_theatre, theatre_gazetteer

    found = theatre_gazetteer(load_theatre(theatre) if theatre else None).lookup(name)
    for candidate in found[:12]:
        place = candidate.place
        where = "no point" if place.lat is None else f"{place.lat:.3f}, {place.lon:.3f}"
        print(
            f"{candidate.score:6.2f}  {place.name}  {place.precision}  {place.country or '?'} {place.admin1 or ''}  {where}  {', '.join(candidate.why)}"
        )
    if not found:
        quiet.print(f"no place called {name!r} is known; a theatre file can add it (docs/how-to/extend-places.md)")
        raise typer.Exit(1)


@codebook_app.command("check")
def check_codebook(
    folder: Annotated[Path | None, typer.Option(help="Another codebook's folder; default: the one shipped.")] = None,
) -> None:
    """Check a codebook: spans, triggers claimed twice, types without examples, near-copies; report its variety.

    Example: detente codebook check --folder my-codebook
    """
    from detente.reference.codebook.check import check, report
    from detente.reference.codebook.read import load

    book = load(folder)
    problems = check(book)
    for problem in problems:
        print(f"{problem.level:8}{problem.where}: {problem.what}")
    print("\n".join(report(book)))
    errors = sum(problem.level == "error" for problem in problems)
    quiet.print(f"{errors} errors, {len(problems) - errors} warnings")
    if errors:
        raise typer.Exit(1)
