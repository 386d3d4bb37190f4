"""The command line: one verb per arrow of the way through, plus demo, explain and doctor."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente import __version__, exchange
from detente.console import close as _close
from detente.console import mention as _mention
from detente.console import progress as _progress
from detente.console import quiet
from detente.files import STDIO, write_bundle, write_records, write_whole
from detente.keepcli import ledger_app
from detente.ledgercli import HeldBy, LedgerRead, MaybeSources, add, archive, from_ledger, watch
from detente.lookups import actors_app, codebook_app, places_app
from detente.options import (
    AsOf,
    CodebookFolder,
    DyadName,
    ModelFolder,
    Output,
    Published,
    Sources,
    TheatreName,
    as_day,
    gathered,
)
from detente.outlookcli import register as register_outlook
from detente.records import Article, Brief, Coded, Day, Decision, DetenteError, Event, Incident, InputError, Quarantined
from detente.traincli import train

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
exchange.register(app)
register_outlook(app)
app.add_typer(ledger_app, name="ledger")
for _verb in (add, watch, archive):
    app.command()(_verb)


@app.command()
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
    _write(output, Article, _progress(items, "reading"))
    _close(tally.quarantined, str(tally))


@app.command()
def code(
    sources: Sources, output: Output = STDIO, theatre: TheatreName = None, published: Published = None,
    codebook: CodebookFolder = None, model: ModelFolder = None,
) -> None:  # fmt: skip
    """Code articles: who did what to whom, when, where, on whose word, and whether it happened.

    Takes articles from 'read', or anything 'read' takes. Example: detente code articles.jsonl -o coded.jsonl
    """
    from detente.pipeline import code_all, gather, load_theatre, theatre_coder, uncoded
    from detente.sources import Tally

    tally, bad = Tally(), []
    coder = theatre_coder(load_theatre(theatre) if theatre else None, codebook, model)
    articles = uncoded(gather(sources, published=as_day(published, "--published"), tally=tally))
    counts = {"articles": 0, "events": 0, "tripwires": 0, "links": 0}

    def flow() -> Iterator[Any]:
        for article, found in code_all(coder, _progress(articles, "coding")):
            counts["articles"] += 1
            yield article
            if isinstance(found, Quarantined):
                bad.append(found)
                continue
            if not (found.events or found.tripwires or found.links):
                yield found  # says that the article was coded and nothing was found in it
            for name in ("events", "tripwires", "links"):
                made = getattr(found, name)
                counts[name] += len(made)
                yield from made

    _write(output, Event, flow())
    raw = f"{tally}; " if tally.received else ""
    _close([*tally.quarantined, *bad], raw + ", ".join(f"{n} {name}" for name, n in counts.items()))


@app.command()
def merge(
    sources: Sources, output: Output = STDIO, theatre: TheatreName = None,
    decisions: Annotated[str | None, typer.Option(help="A file of Decision records: merges and splits by people, and what was undone.")] = None,
) -> None:  # fmt: skip
    """Merge event mentions from many reports into incidents, counting independent origins.

    Example: detente merge coded.jsonl -o incidents.jsonl
    """
    from detente.files import read_records
    from detente.incidents import apply_decisions
    from detente.pipeline import incidents_of, load_theatre, roll_up

    place = load_theatre(theatre) if theatre else None
    dossier, rolls_up = gathered(sources, place), roll_up(place)
    with quiet.status("merging"):
        dossier.incidents = incidents_of(dossier, rolls_up)
        if decisions:
            dossier.incidents = apply_decisions(
                dossier.incidents, read_records(decisions, Decision),
                events=dossier.events, articles=dossier.articles, rolls_up=rolls_up,
            )  # fmt: skip
    _write(output, Incident, dossier.records())
    _close(
        [],
        f"{len(dossier.events)} event mentions of {len(dossier.articles)} articles are {len(dossier.incidents)} incidents",
    )


@app.command()
def track(
    sources: MaybeSources = None, theatre: TheatreName = None, dyad: DyadName = None, as_of: AsOf = None,
    ledger: LedgerRead = None, held: HeldBy = None,
    output: Annotated[str | None, typer.Option("--output", "-o", help="Also write a picture (.html interactive, .svg, .png) or the daily series (.jsonl, .parquet).")] = None,
) -> None:  # fmt: skip
    """Show a dyad's tension: acts, threats and posture as separate lines, the lull, the open tripwires.

    Takes what 'code' or 'merge' wrote, or a ledger. Example: detente track coded.jsonl --theatre iraq-2020 --as-of 2020-04-21
    """
    from detente.pictures import PICTURES, write_picture
    from detente.pipeline import assess, listened, tracked, watched
    from detente.screen import show_track

    place, dyad = watched(theatre, dyad, default="iraq-2020")
    dossier = from_ledger(ledger, as_of, held, sources) if ledger else gathered(sources or [], place)
    found = assess(place, dyad, dossier, _as_of(as_of, listened(dossier)))
    show_track(Console(), found)
    if output and Path(output).suffix in PICTURES:
        write_picture(output, tracked(found))
        quiet.print(f"wrote {output}")
    elif output:
        write_records(output, Day, found.series.days)


@app.command()
def brief(
    sources: Annotated[list[str] | None, typer.Argument(help="One article, or the reports of a theatre (default: its own).", show_default=False)] = None,
    theatre: TheatreName = None, dyad: DyadName = None, as_of: AsOf = None, published: Published = None,
    output: Annotated[str | None, typer.Option("--output", "-o", help="brief.html (self-contained) or brief.md; default: Markdown on standard output.")] = None,
    ledger: LedgerRead = None, held: HeldBy = None,
) -> None:  # fmt: skip
    """Write the evidence-linked brief of one article, or of a dyad of a theatre.

    Examples: detente brief article.html --published 2020-04-21 -o brief.html
              detente brief --theatre iraq-2020 --as-of 2020-04-21 -o brief.md
    """
    from detente.pipeline import assess, is_pair, listened, theatre_reports, watched, write_brief

    if theatre is None and ledger:
        raise InputError("a ledger holds many articles: name the --theatre to brief")
    if theatre is None and not (sources and is_pair(dyad)):
        _brief_of_one(sources or [], as_day(published, "--published"), output)
        return
    place, dyad = watched(theatre, dyad)
    if ledger:
        dossier = from_ledger(ledger, as_of, held, sources)
        found = assess(place, dyad, dossier, _as_of(as_of, listened(dossier)))
    else:
        found = _assessment(place, sources or theatre_reports(place), dyad, as_day(as_of, "--as-of"))
    _publish(write_brief(place, found), found.dossier.articles, output, found)


@app.command()
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


@app.command()
def demo(
    as_of: Annotated[str, typer.Option(help="The day to stand on (YYYY-MM-DD). Try 2020-03-13, 2020-04-21 and 2020-05-07.")] = "2020-04-21",
    output: Annotated[str, typer.Option("--output", "-o", help="Folder for the brief (brief.md, brief.html).")] = "out/demo",
    dyad: DyadName = None,
) -> None:  # fmt: skip
    """Run the whole way on the bundled theatre, Iraq 2019-2020: read, code, merge, track, brief."""
    from detente.pictures import write_picture
    from detente.pipeline import load_theatre, theatre_reports, tracked, write_brief
    from detente.screen import show_head, show_track

    started = time.monotonic()
    place, console = load_theatre("iraq-2020"), Console()
    found = _assessment(place, theatre_reports(place), dyad, as_day(as_of, "--as-of"))
    made = write_brief(place, found)
    show_head(console, made)
    show_track(console, found)
    for name in ("brief.md", "brief.html"):
        _publish(made, found.dossier.articles, str(Path(output) / name), found)
    write_picture(Path(output) / "track.html", tracked(found))
    known = found.dossier
    quiet.print(f"{len(known.articles)} reports, {len(known.events)} event mentions, {len(known.incidents)} incidents "
                f"in {time.monotonic() - started:.0f} s")  # fmt: skip


@app.command()
def version() -> None:
    """Print the version."""
    print(__version__)


# ------------------------------------------------------------------------------------------------ inside
def _assessment(place: Any, sources: list[str], dyad: str | None, as_of: date | None) -> Any:
    from detente.pipeline import Dossier, assess, code_all, gather, listened, theatre_coder
    from detente.sources import Tally

    tally, dossier = Tally(), Dossier()
    for item in gather(sources, tally=tally):
        dossier.add(item)
    dossier.tell(place)
    day = as_of or _as_of(None, listened(dossier))
    known = [a for a in dossier.articles.values() if a.published and a.published <= day and a.id not in dossier.coded]
    if known:
        coder = theatre_coder(place)
        for _, found in code_all(coder, _progress(known, "coding", len(known))):
            dossier.add(found)
    _mention(tally.quarantined)
    return assess(place, dyad, dossier, day)


def _brief_of_one(sources: list[str], published: date | None, output: str | None) -> None:
    from detente.pipeline import brief_of_article, gather, theatre_coder
    from detente.sources import Tally

    tally = Tally()
    articles = [i for i in gather(sources, published=published, tally=tally) if isinstance(i, Article)]
    _mention(tally.quarantined)
    if len(articles) != 1:
        raise InputError(
            f"found {len(articles)} articles; give one, or name a --theatre or a --dyad 'A|B' to brief many"
        )
    coded: Coded = theatre_coder(None).code(articles[0])
    _publish(brief_of_article(articles[0], coded), {articles[0].id: articles[0]}, output, None)


def _publish(made: Brief, articles: dict[str, Article], output: str | None, found: Any) -> None:
    from detente.brief import to_html, to_markdown, unsupported

    missing = unsupported(made, articles)
    if missing:
        raise DetenteError("this brief has sentences without evidence and is not written:\n" + "\n".join(missing))
    if output is None or output == STDIO:
        print(to_markdown(made, articles))
        return
    path = Path(output)
    if path.suffix not in (".html", ".md"):
        raise InputError(f"{output}: give a name that ends in .html or .md")
    more: dict[str, Any] = {}
    if found is not None:
        from detente.pipeline import tracked

        shown = tracked(found)
        more = {
            "lull": shown.lull,
            "tripwires": shown.tripwires,
            "incidents": shown.incidents,
            "forecasts": shown.forecasts,
        }
    text = (
        to_html(made, articles, found.series if found else None, **more)
        if path.suffix == ".html"
        else to_markdown(made, articles)
    )
    write_whole(path, text.encode())
    quiet.print(f"wrote {path}")


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


def _as_of(text: str | None, articles: Iterable[Article]) -> date:
    day = as_day(text, "--as-of")
    if day is not None:
        return day
    last = max((a.published for a in articles if a.published), default=None)
    if last is None:
        raise InputError("no report carries a publication date; give --as-of YYYY-MM-DD")
    return last


def main(argv: list[str] | None = None, run: Callable[..., Any] = app) -> None:
    """Entry point: one line for every error a user can mend, and its exit code."""
    try:
        with contextlib.suppress(BrokenPipeError):
            run(args=argv)
    except DetenteError as error:
        quiet.print(Text(f"detente: {error}", style="red"))
        sys.exit(error.exit_code)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        quiet.print(Text(f"detente: {where}{error.strerror or error}", style="red"))
        sys.exit(1)


if __name__ == "__main__":
    main()
