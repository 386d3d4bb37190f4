"""Commands that look things up: actors, places, the codebook."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from detente.console import say
from detente.options import Sources, TheatreName, as_day, gathered
from detente.records import Actor, Affiliation, Event
from detente.reference.actors.resolution import Resolution

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line instead of words.")]

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
    as_json: AsJson = False,
) -> None:
    """Show which actor a name stands for, the candidates, and why one wins.

    Example: detente actors find "Ketaeb Hezballah"
    """
    from detente.pipeline import load_theatre
    from detente.reference.actors import load

    index = load(tuple(load_theatre(theatre).actors) if theatre else ())
    day = as_day(on, "--on")
    found = index.resolve(name, on=day, country=country)
    actor = index.get(found.actor) if found.actor else None
    if as_json:
        _print_json({"text": name, **asdict(found), "wikidata": actor.wikidata if actor else None})
    else:
        print(f"{name}: {_described(found, actor)}")
        print(f"  because: {found.why}")
        if actor is not None:
            for tie in actor.affiliations:
                print(f"  {_TIES[tie.kind]} {tie.to}{_term(tie)}")
        rest = [c for c in found.candidates[:8] if c[0] != found.actor]
        for candidate, score, why in rest:
            print(f"  not {candidate} ({score:.2f}): {why}")
    if found.actor is None and not found.candidates:
        raise typer.Exit(1)


def _described(found: Resolution, actor: Actor | None) -> str:
    """'Kataib Hezbollah (iraq.kataib-hezbollah), group, country IRQ, sector PRM'."""
    parts = [
        f"{found.name or (actor.name if actor else None) or 'no listed name'} ({found.actor or 'no actor'})",
        found.kind,
    ]
    parts.append(f"country {found.country or 'unknown'}")
    parts.append(f"sector {found.sector or 'none'}")
    if actor is not None and actor.wikidata:
        parts.append(f"Wikidata {actor.wikidata}")
    if found.provisional:
        parts.append("provisional: waits for a person's decision (detente actors new)")
    return ", ".join(parts)


_TIES = {
    "member": "member of", "part": "part of", "parent": "under", "office": "office of", "ally": "ally of",
    "backed": "backed by", "aligned": "aligned with",
}  # fmt: skip


def _term(tie: Affiliation) -> str:
    since, until = (f" since {tie.start}" if tie.start else ""), (f" until {tie.end}" if tie.end else "")
    return f"{since}{until}" + (f"; {tie.source}" if tie.source else "")


@actors_app.command("new")
def new_actors(sources: Sources, as_json: AsJson = False) -> None:
    """List groups that are in no reference data yet, with where they were first named.

    Takes what 'code' wrote. Example: detente actors new coded.jsonl
    """
    rows = _unlisted(gathered(sources).events)
    for row in rows:
        if as_json:
            _print_json(row)
        else:
            print(
                f"{row['actor']} · '{row['text']}' · first named {row['first_seen'] or 'undated'} in {row['article']}, "
                f"{row['times']} time{'s' if row['times'] > 1 else ''} in all: {row['evidence'][:160]}"
            )
    say(f"{len(rows)} provisional actors")


def _unlisted(events: Iterable[Event]) -> list[dict[str, Any]]:
    """One row per provisional actor, the earliest named first."""
    rows: dict[str, dict[str, Any]] = {}
    for event in sorted(events, key=lambda e: (e.reported is None, str(e.reported))):
        for mention in (*event.actors, *event.recipients):
            if mention.actor and mention.actor.startswith("provisional."):
                row = rows.setdefault(mention.actor, {
                    "actor": mention.actor, "text": mention.text, "country": mention.country, "times": 0,
                    "first_seen": str(event.reported) if event.reported else None, "article": event.article,
                    "evidence": event.evidence.quote,
                })  # fmt: skip
                row["times"] += 1
    return list(rows.values())


@places_app.command("find")
def find_place(
    name: Annotated[str, typer.Argument(help="A place name.", show_default=False)],
    theatre: TheatreName = None,
    as_json: AsJson = False,
) -> None:
    """Show the places a name may mean, the likeliest first, and why.

    Example: detente places find Tripoli
    """
    from detente.pipeline import load_theatre, theatre_gazetteer

    found = theatre_gazetteer(load_theatre(theatre) if theatre else None).lookup(name)
    for candidate in found[:12]:
        place = candidate.place
        if as_json:
            _print_json(
                {"text": name, "score": candidate.score, "why": candidate.why, **asdict(replace(place, span=None))}
            )
            continue
        where = "no point" if place.lat is None else f"{place.lat:.3f}, {place.lon:.3f}"
        print(
            f"{candidate.score:6.2f}  {place.name}  {place.precision}  {place.country or '?'} {place.admin1 or ''}  {where}  {', '.join(candidate.why)}"
        )
    if not found:
        say(f"no place called {name!r} is known; a theatre file can add it (docs/how-to/extend-places.md)")
        raise typer.Exit(1)


def _print_json(row: dict[str, Any]) -> None:
    print(json.dumps(row, ensure_ascii=False, default=str))


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
    say(f"{errors} errors, {len(problems) - errors} warnings")
    if errors:
        raise typer.Exit(1)
