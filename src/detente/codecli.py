"""Commands from pages to incidents: read, code, merge, and explain, which shows why."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from detente.console import PARTLY, close, count, progress, say, status, summarise, warn
from detente.files import STDIO, write_bundle, write_records
from detente.options import (
    Address,
    CodebookFolder,
    EngineName,
    Jobs,
    ModelFolder,
    Output,
    Published,
    Sources,
    TheatreName,
    as_day,
    gathered,
)
from detente.records import Article, Decision, Event, Incident, InputError, Quarantined


def read(sources: Sources, output: Output = STDIO, published: Published = None) -> None:
    """Read pages into clean articles: title, outlet, date, text without page furniture.

    Example: detente read saved-pages/ --published 2020-04-21 -o articles.jsonl
    """
    from detente.pipeline import gather
    from detente.sources import Tally

    tally = Tally()
    items = (
        i for i in gather(sources, published=as_day(published, "--published"), tally=tally) if isinstance(i, Article)
    )
    _write(output, Article, progress(items, "reading"))
    more = {"articles": tally.read, "exact copies": tally.skipped, **_passed(len(tally.passed))}
    close(tally.quarantined, read=tally.received, more=more)


def _passed(files: int) -> dict[str, int]:
    """For a summary: files of folders that no reader takes; they were named when they were met."""
    return {"files of no kind that is read": files} if files else {}


def code(
    sources: Sources, output: Output = STDIO, theatre: TheatreName = None, published: Published = None,
    codebook: CodebookFolder = None, model: ModelFolder = None, jobs: Jobs = 1, engine: EngineName = "processes",
    address: Address = None,
    batch: Annotated[int, typer.Option(min=1, help="Articles that a worker takes at a time.")] = 128,
    triage: Annotated[bool, typer.Option("--triage", help="Pass over paragraphs that tell no deed before they are parsed: a fifth faster on mixed news, no faster on conflict news. Off since it may lose deeds (none of 1,736 where measured). Each article's record says how many paragraphs were passed over.")] = False,
) -> None:  # fmt: skip
    """Code articles: who did what to whom, when, where, on whose word, and whether it happened.

    Takes articles from 'read', or anything 'read' takes. With a folder as output it makes a dataset, on as many
    workers as you like, and goes on where a run before it was stopped; addresses such as s3://bucket/news/ are then read
    too. Examples: detente code articles.jsonl -o coded.jsonl and detente code crawl/*.warc.gz -o coded/ --jobs 4
    """
    if _is_folder(output):
        recipe = theatre, codebook, model, triage
        _code_archive(sources, Path(output), recipe, (engine, jobs, address), as_day(published, "--published"), batch)
        return
    if jobs > 1 or engine != "processes" or address:
        raise InputError("several workers write a dataset: name a folder with -o, for example -o coded/")
    from detente.events.coder import PASSED
    from detente.pipeline import code_all, gather, load_theatre, theatre_coder, uncoded
    from detente.sources import Tally

    tally, bad = Tally(), []
    coder = theatre_coder(load_theatre(theatre) if theatre else None, codebook, model, triage=triage)
    articles = uncoded(gather(sources, published=as_day(published, "--published"), tally=tally))
    counts = {"articles": 0, "events": 0, "tripwires": 0, "links": 0}

    def flow() -> Iterator[Any]:
        for article, found in code_all(coder, progress(articles, "coding")):
            counts["articles"] += 1
            yield article
            if isinstance(found, Quarantined):
                bad.append(tally.at(found))
                continue
            if found.coder.endswith(PASSED) or not (found.events or found.tripwires or found.links):
                # says that the article was coded though nothing was found in it, or how much of it was passed over
                yield replace(found, events=(), tripwires=(), links=())
            for name in ("events", "tripwires", "links"):
                made = getattr(found, name)
                counts[name] += len(made)
                yield from made

    _write(output, Event, flow())
    coded = counts.pop("articles") - len(bad)
    more = {**counts, "exact copies": tally.skipped, **_passed(len(tally.passed))}
    if triage:
        more[PASSED] = coder.passed
    close([*tally.quarantined, *bad], read=tally.received or coded + len(bad), coded=coded, more=more)


def _code_archive(
    sources: list[str], folder: Path, recipe: tuple[str | None, Path | None, Path | None, bool],
    workers: tuple[str, int, str | None], published: date | None, batch: int,
) -> None:  # fmt: skip
    from detente.bulk import Recipe, code_archive, open_engine
    from detente.events.coder import PASSED
    from detente.pipeline import load_theatre

    name, codebook, model, triage = recipe
    engine = open_engine(*workers)
    try:
        made = code_archive(
            sources, folder, Recipe(load_theatre(name) if name else None, codebook, model, triage), engine,
            published=published, size=batch, through=lambda batches: progress(batches, "coding batches"),
        )  # fmt: skip
    except KeyboardInterrupt:
        warn(f"stopped: batches that were finished are kept in {folder}; run the command again to go on")
        raise
    finally:
        engine.close()
    done = {what: n for what, n in made["counts"].items() if what not in ("items", "articles", "quarantined", "passed")}
    more = {"held already": made["held"], "exact copies": made["copies"], **done, **_passed(made["passed"])}
    if triage:
        more[PASSED] = made["counts"].get("passed", 0)
    say(f"{folder} holds {made['counts'].get('items', 0)} items")
    if made["unread"]:
        more["files not read"] = made["unread"]
        warn(f"{made['unread']} files could not be read: run the command again, it takes them up")
    count(read=made["read"], coded=made["coded"], quarantined=made["refused"], more=more)
    summarise()
    if made["unread"] or made["counts"].get("quarantined"):
        raise typer.Exit(PARTLY)


def merge(
    sources: Sources, output: Output = STDIO, theatre: TheatreName = None, jobs: Jobs = 1,
    engine: EngineName = "processes", address: Address = None,
    decisions: Annotated[str | None, typer.Option(help="A file of Decision records: what people corrected, rejected, merged and split, and what was undone.")] = None,
    as_of: Annotated[list[str] | None, typer.Option("--as-of", help="For a merged dataset: also a day on which it can be stood (YYYY-MM-DD); may be repeated.")] = None,
    every: Annotated[int | None, typer.Option(min=1, help="For a merged dataset: also each so many days back from the last report.")] = None,
) -> None:  # fmt: skip
    """Merge event mentions from many reports into incidents, counting independent origins.

    With a folder as output it makes a merged dataset, of which 'track' and 'outlook' read only what matters to a dyad; a
    run that was stopped goes on. Examples: detente merge coded.jsonl -o incidents.jsonl and
    detente merge coded/ -o merged/ --theatre iraq-2020 --every 30 --jobs 4
    """
    from detente.assessing import roll_up
    from detente.bulk.merging import merged_on
    from detente.files import read_records
    from detente.pipeline import incidents_of, load_theatre

    place = load_theatre(theatre) if theatre else None
    folder = Path(output) if _is_folder(output) else None
    if folder is None and (as_of or every):
        raise InputError("--as-of and --every are for a merged dataset: name a folder with -o, for example -o merged/")
    days = [day for each in as_of or [] if (day := as_day(each, "--as-of"))]
    dossier, rolls_up = gathered(sources, place), roll_up(place)
    dossier.decisions += read_records(decisions, Decision) if decisions else []
    if folder is not None:
        _merge_archive(sources, decisions, dossier, folder, place, (engine, jobs, address), days, every)
        return
    with status("merging"), merged_on(engine, jobs, address, place) as spread:
        dossier.incidents = incidents_of(dossier, rolls_up, spread)
    _write(output, Incident, dossier.records())
    more = {"event mentions": len(dossier.events), "incidents": len(dossier.incidents)}
    close([], read=len(dossier.articles), gaps=len(dossier.gaps), more=more)


def _merge_archive(
    sources: list[str], decisions: str | None, dossier: Any, folder: Path, theatre: Any,
    workers: tuple[str, int, str | None], days: list[date], every: int | None,
) -> None:  # fmt: skip
    from detente.bulk.inputs import digest_of_all
    from detente.bulk.merging import merged_on
    from detente.merged.write import merge_archive

    inputs = digest_of_all([*sources, *([decisions] if decisions else [])])
    with merged_on(*workers, theatre) as spread:
        made = merge_archive(
            dossier, folder, theatre, inputs=inputs, days=days, every=every, spread=spread,
            through=lambda stands: progress(stands, "merging as known on day"),
        )  # fmt: skip
    last = made["stands"][-1]
    say(
        f"{folder} holds {last['incidents']} incidents; it can be read as of {len(made['stands'])} days, the last {last['as_of']}"
    )
    more = {"event mentions": len(dossier.events), "incidents": last["incidents"], "days": len(made["stands"])}
    close([], read=len(dossier.articles), gaps=len(dossier.gaps), more=more)


def explain(
    text: Annotated[list[str] | None, typer.Argument(help="A sentence in quotes, a file, or '-'.", show_default=False)] = None,
    published: Published = None, theatre: TheatreName = None,
    incident: Annotated[str | None, typer.Option(help="Explain why the reports of this incident (id from 'merge') are one; give the merged file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of lines.")] = False,
    codebook: CodebookFolder = None, model: ModelFolder = None,
) -> None:  # fmt: skip
    """Show what the coder proposed, kept and dropped in a text, and why; or why an incident is one.

    Example: detente explain "The army denied that its jets had struck the convoy."
    """
    if incident:
        _explain_incident(text or [], incident, as_json)
        return
    if not text:
        raise InputError("give a sentence in quotes, a file or '-'")
    from detente.events.explain import Trace, as_lines
    from detente.files import to_plain
    from detente.pipeline import load_theatre, theatre_coder

    traces: list[Trace] = []
    coder = theatre_coder(load_theatre(theatre) if theatre else None, codebook, model)
    for article in _texts(text, as_day(published, "--published")):
        coder.code(article, traces)
    if as_json:
        import json

        fields = ("text", "proposed", "dropped", "events", "tripwires", "links")
        print(json.dumps([{name: to_plain(getattr(t, name)) for name in fields} for t in traces], indent=1))
        return
    for trace in traces:
        for line in as_lines(trace):
            print(line)
        print()


def _explain_incident(sources: list[str], wanted: str, as_json: bool) -> None:
    from detente.incidents.explain import as_data, explain

    dossier = gathered(sources)
    incident = next((each for each in dossier.incidents if each.id == wanted), None)
    if incident is None:
        raise InputError(
            f"no incident {wanted} in {', '.join(sources) or 'nothing given'} (ids are in the output of 'detente merge')"
        )
    mine = [e for e in dossier.events if e.id in set(incident.events)]
    if as_json:
        import json

        print(json.dumps(as_data(incident, mine, dossier.articles), indent=1, ensure_ascii=False))
        return
    for line in explain(incident, mine, dossier.articles):
        print(line)


def _texts(given: list[str], published: date | None) -> Iterator[Article]:
    from detente.pipeline import gather
    from detente.reading import read_text

    for n, text in enumerate(given, 1):
        if text == STDIO or os.path.exists(text):  # false, never an error, for text too long to be a name
            yield from (i for i in gather([text], published=published) if isinstance(i, Article))
        else:
            yield read_text(text, id=f"text-{n}", published=published)


def _write(output: str, kind: type, items: Iterable[Any]) -> None:
    """A bundle for .jsonl and '-'; for .parquet only this verb's own kind."""
    if output.endswith(".parquet"):
        write_records(output, kind, (item for item in items if isinstance(item, kind)))
    else:
        write_bundle(output, items)


def _is_folder(output: str) -> bool:
    """Whether an output names a folder, for a dataset; InputError for an address, or a kind of file that is not written."""
    if "://" in output:
        raise InputError(
            f"-o {output}: results are written to this machine only; name a folder or file, then copy it there"
        )
    folder = output != STDIO and not output.endswith((".jsonl", ".parquet"))
    if folder and output.lower().endswith(_FILES) and not Path(output).is_dir():
        raise InputError(
            f"-o {output}: name a file that ends in .jsonl or .parquet, or a folder ({output}/ if it is one)"
        )
    return folder


_FILES = (".json", ".ndjson", ".jsonl", ".gz", ".csv", ".tsv", ".txt", ".html", ".parquet", ".sqlite", ".db", ".zip")
