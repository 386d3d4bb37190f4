"""Commands that look at a dyad and tell of it: track, brief, and demo, which runs the whole way."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from detente.console import count, mention, progress, say, summarise
from detente.files import STDIO, write_records
from detente.ledgercli import HeldBy, LedgerRead, MaybeSources, from_ledger
from detente.options import AsOf, DyadName, Published, TheatreName, as_day, gathered, merged_of
from detente.records import Article, Brief, Day, DetenteError, InputError, Quarantined
from detente.whole import write_whole


def track(
    sources: MaybeSources = None, theatre: TheatreName = None, dyad: DyadName = None, as_of: AsOf = None,
    ledger: LedgerRead = None, held: HeldBy = None,
    output: Annotated[str | None, typer.Option("--output", "-o", help="Also write a picture (.html interactive, .svg, .png) or the daily series (.jsonl, .parquet).")] = None,
) -> None:  # fmt: skip
    """Show a dyad's tension: acts, threats and posture as separate lines, the lull, the open tripwires.

    Takes what 'code' or 'merge' wrote, or a ledger; of a merged dataset only what matters to the dyad is read.
    Example: detente track coded.jsonl --theatre iraq-2020 --as-of 2020-04-21
    """
    from detente.assessing import listened
    from detente.pictures import PICTURES, write_picture
    from detente.pipeline import assess, watched
    from detente.screen import show_track
    from detente.tracking import tracked

    place, dyad = watched(theatre, dyad, default="iraq-2020")
    if ledger is None and (merged := merged_of(sources)):
        from detente.merged.state import assess_merged

        drawn = bool(output) and Path(str(output)).suffix in PICTURES
        found = assess_merged(merged, place, dyad, as_day(as_of, "--as-of"), whole=drawn, named=bool(output))
    else:
        dossier = from_ledger(ledger, as_of, held, sources) if ledger else gathered(sources or [], place)
        found = assess(place, dyad, dossier, _as_of(as_of, listened(dossier)))
    show_track(Console(), found)
    if output and Path(output).suffix in PICTURES:
        write_picture(output, tracked(found))
        say(f"wrote {output}")
    elif output:
        write_records(output, Day, found.series.days)
    _count(found)
    summarise()


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
    from detente.assessing import listened
    from detente.pipeline import assess, is_pair, theatre_reports, watched, write_brief

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
    _count(found)
    summarise()


def demo(
    as_of: Annotated[str, typer.Option(help="The day to stand on (YYYY-MM-DD). Try 2020-03-13, 2020-04-21 and 2020-05-07.")] = "2020-04-21",
    output: Annotated[str, typer.Option("--output", "-o", help="Folder for the brief (brief.md, brief.html).")] = "out/demo",
    dyad: DyadName = None,
) -> None:  # fmt: skip
    """Run the whole way on the bundled theatre, Iraq 2019-2020: read, code, merge, track, brief."""
    from detente.pictures import write_picture
    from detente.pipeline import load_theatre, theatre_reports, write_brief
    from detente.screen import show_head, show_track
    from detente.tracking import tracked

    place, console = load_theatre("iraq-2020"), Console()
    found = _assessment(place, theatre_reports(place), dyad, as_day(as_of, "--as-of"))
    made = write_brief(place, found)
    show_head(console, made)
    show_track(console, found)
    for name in ("brief.md", "brief.html"):
        _publish(made, found.dossier.articles, str(Path(output) / name), found)
    write_picture(Path(output) / "track.html", tracked(found))
    _count(found)
    summarise()


def _count(found: Any) -> None:
    """What the assessment of a dyad rests on, for the run's summary."""
    known = found.counts
    more = {"event mentions": known["mentions"], "incidents": known["incidents"]}
    count(read=known["articles"], gaps=len(found.series.gaps), more=more)


def _assessment(place: Any, sources: list[str], dyad: str | None, as_of: date | None) -> Any:
    from detente.assessing import listened
    from detente.dossier import Dossier
    from detente.pipeline import assess, code_all, gather, theatre_coder
    from detente.sources import Tally

    tally, dossier = Tally(), Dossier()
    for item in gather(sources, tally=tally):
        dossier.add(item)
    dossier.tell(place)
    day = as_of or _as_of(None, listened(dossier))
    refused: list[Quarantined] = []
    known = [a for a in dossier.articles.values() if a.published and a.published <= day and a.id not in dossier.coded]
    if known:
        coder = theatre_coder(place)
        for _, found in code_all(coder, progress(known, "coding", len(known))):
            if isinstance(found, Quarantined):
                refused.append(tally.at(found))
            else:
                dossier.add(found)
    bad = [*tally.quarantined, *refused]
    mention(bad)
    count(coded=len(known) - len(refused), quarantined=len(bad))
    return assess(place, dyad, dossier, day)


def _brief_of_one(sources: list[str], published: date | None, output: str | None) -> None:
    from detente.pipeline import brief_of_article, gather, theatre_coder
    from detente.sources import Tally

    tally = Tally()
    articles = [i for i in gather(sources, published=published, tally=tally) if isinstance(i, Article)]
    mention(tally.quarantined)
    if len(articles) != 1:
        raise InputError(
            f"found {len(articles)} articles; give one, or name a --theatre or a --dyad 'A|B' to brief many"
        )
    found = next(theatre_coder(None).code_many(articles))[1]
    if isinstance(found, Quarantined):
        refused = tally.at(found)
        raise InputError(f"{refused.origin}: {refused.reason}")
    _publish(brief_of_article(articles[0], found), {articles[0].id: articles[0]}, output, None)
    count(read=1, coded=1, quarantined=len(tally.quarantined), more={"event mentions": len(found.events)})
    summarise()


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
        from detente.tracking import tracked

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
    say(f"wrote {path}")


def _as_of(text: str | None, articles: Iterable[Article]) -> date:
    day = as_day(text, "--as-of")
    if day is not None:
        return day
    last = max((a.published for a in articles if a.published), default=None)
    if last is None:
        raise InputError("no report carries a publication date; give --as-of YYYY-MM-DD")
    return last
