"""The command of the outlook: make forecasts, freeze them in a file or a ledger, draw them, score them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.console import count, say, summarise
from detente.files import read_records, write_records
from detente.ledgercli import HeldBy, LedgerRead, MaybeSources, from_ledger
from detente.options import AsOf, TheatreName, as_day, gathered, merged_of
from detente.records import Forecast, InputError

Record = Annotated[
    str | None,
    typer.Option("--record", help="Frozen forecasts (.jsonl): resolved ones recalibrate, new ones are added."),
]


def outlook(
    sources: MaybeSources = None, theatre: TheatreName = "iraq-2020",
    dyad: Annotated[str | None, typer.Option(help="Id of one dyad of the theatre. Default: all of them.")] = None,
    as_of: AsOf = None, record: Record = None, ledger: LedgerRead = None, held: HeldBy = None,
    score: Annotated[bool, typer.Option("--score", help="Resolve the forecasts of --record or --ledger and print hits and misses.")] = False,
    yardstick: Annotated[str, typer.Option(help="Probability words: icd203 or phia.")] = "icd203",
    output: Annotated[str | None, typer.Option("--output", "-o", help="Also draw the dyad (the theatre's first without --dyad): .html interactive, .svg, .png.")] = None,
) -> None:  # fmt: skip
    """Say how likely an attack is within 7, 30 and 90 days, per dyad; freeze it, and score it when it resolves.

    Takes what 'code' or 'merge' wrote, or a ledger, in which the forecasts are frozen then.

    Examples: detente outlook merged.jsonl --as-of 2020-04-21 --record forecasts.jsonl
              detente outlook --ledger news.sqlite --score
    """
    from detente.outlook.words import bands
    from detente.pictures import PICTURES
    from detente.pipeline import assess, load_theatre, resolve_forecasts

    bands(yardstick)  # an unknown one is refused before anything is computed
    if output and Path(output).suffix not in PICTURES:
        raise InputError(f"{output}: give a name that ends in {', '.join(PICTURES)}")
    if record and ledger:
        raise InputError("give --record or --ledger, not both: forecasts are frozen in one place")
    place = load_theatre(theatre or "iraq-2020")
    frozen = _frozen(record, ledger)
    if ledger is None and (merged := merged_of(sources)):
        if score:
            raise InputError(
                f"--score counts days on which anybody reported: give what 'code' or 'merge' wrote, not {merged}"
            )
        from detente.merged.state import assess_merged

        drawn = bool(output)
        known_on = as_day(as_of, "--as-of")
        found = [assess_merged(merged, place, each, known_on, whole=drawn) for each in _wanted(place, dyad)]
        made = _made(place, found, frozen, yardstick, output)
        _keep(record, ledger, frozen, made, None)
        count(read=found[0].counts["articles"], more={"forecasts": len(made)})
        summarise()
        return
    dossier = from_ledger(ledger, as_of, held, sources) if ledger else gathered(sources or [], place)
    day = as_day(as_of, "--as-of") or _last_report(dossier)
    if score:
        if not record and not ledger:
            raise InputError("--score needs --record FILE or --ledger, the forecasts to score")
        done = resolve_forecasts(place, [f for f in frozen if f.dyad in {d.id for d in place.dyads}], dossier, day)
        _print_record(done)
        _keep(record, ledger, frozen, done, day)
        _count(dossier, {"forecasts": len(done), "resolved": sum(f.resolved is not None for f in done)})
        return
    made = _made(place, (assess(place, each, dossier, day) for each in _wanted(place, dyad)), frozen, yardstick, output)
    if held is None:
        _keep(record, ledger, frozen, made, None)
    _count(dossier, {"forecasts": len(made)})


def _wanted(place: Any, dyad: str | None) -> list[str]:
    """The dyad that is asked for, or all of the theatre."""
    return [dyad] if dyad else [each.id for each in place.dyads]


def _count(dossier: Any, more: dict[str, int]) -> None:
    """The run's summary."""
    count(read=len(dossier.articles), gaps=len(dossier.gaps), more=more)
    summarise()


def _frozen(record: str | None, ledger: str | None) -> tuple[Forecast, ...]:
    """The forecasts that are frozen already, in the file or in the ledger."""
    from detente.store import open_ledger

    if ledger:
        with open_ledger(ledger, create=False) as book:
            return tuple(book.read(Forecast, as_of=None))
    return tuple(read_records(record, Forecast)) if record and Path(record).exists() else ()


def _keep(
    record: str | None, ledger: str | None, frozen: tuple[Forecast, ...], new: Any, resolved_on: date | None
) -> None:
    """Freeze what is not frozen yet, and the outcomes of what is; what a frozen forecast said never changes."""
    from detente.outlook.record import merged
    from detente.store import open_ledger

    held = {f.id: f for f in frozen}
    told = {f.id: f.resolved for f in new}
    kept = tuple(replace(f, resolved=told.get(f.id, f.resolved)) if resolved_on else f for f in merged(frozen, new))
    if record:
        write_records(record, Forecast, kept)
    elif ledger:
        with open_ledger(ledger, create=False) as book:
            book.add([f for f in kept if held.get(f.id) != f], known_at=resolved_on)


def _made(
    place: Any, every: Iterable[Any], frozen: tuple[Forecast, ...], yardstick: str, output: str | None
) -> list[Forecast]:
    """Forecasts of what was assessed, shown; the first is drawn."""
    from detente.assessing import outlook_of
    from detente.brief.tracktext import resolves_words
    from detente.outlook import HORIZONS
    from detente.pictures import write_picture
    from detente.screen import show_forecasts
    from detente.tracking import tracked

    made: list[Forecast] = []
    console = Console()
    for n, found in enumerate(every):
        own = [f for f in frozen if f.dyad == found.dyad.id]
        mine = outlook_of(place, found, horizons=HORIZONS, record=own, yardstick=yardstick)
        console.print(Text(found.dyad.name, style="bold"))
        console.print(f"  as known on {found.as_of}")
        show_forecasts(console, found, mine)
        if mine:
            for told in (f"resolves: {resolves_words(mine)}", f"model {mine[0].model}; {_calibration(own)}"):
                console.print(Padding(Text(told, style="dim"), (0, 0, 0, 2)))
        if output and n == 0:
            write_picture(output, tracked(found, mine))
            say(f"wrote {output}")
        made += mine
    return made


def _calibration(record: list[Forecast]) -> str:
    from detente.outlook.record import public_record

    tallies = public_record(record)
    if not tallies:
        return "no forecast of this dyad has resolved yet: calibration is that of the training streams"
    told = (f"{t.horizon} days: {t.n} resolved, said {t.said:.0%}, happened {t.happened / t.n:.0%}" for t in tallies)
    return "own record: " + "; ".join(told)


def _print_record(forecasts: tuple[Forecast, ...]) -> None:
    from detente.outlook.record import FEW, hit, public_record

    console = Console()
    listed = Table(box=None, padding=(0, 1))
    for name in ("made", "dyad", "days", "said", "base rate", "outcome", "nearer than the base rate"):
        listed.add_column(name)
    told = {None: "open", True: "hit", False: "miss"}
    for f in forecasts:
        outcome = {None: "open", True: "happened", False: "did not happen"}[f.resolved]
        listed.add_row(
            f.made.isoformat(),
            f.dyad,
            str(f.horizon),
            f"{f.probability:.0%}",
            f"{f.base_rate:.0%}",
            outcome,
            told[hit(f)],
        )
    console.print(listed)
    for t in public_record(forecasts):
        skill = f"skill {t.skill:+.0%}" if t.skill is not None else f"fewer than {FEW}, too few for a skill"
        console.print(
            f"{t.horizon} days: {t.hits} of {t.n} nearer to the outcome than the base rate; said {t.said:.0%} on average, "
            f"happened {t.happened} times; Brier {t.brier:.3f}, base rate's {t.brier_base:.3f}, {skill}"
        )


def _last_report(dossier: Any) -> date:
    last = max((a.published for a in dossier.articles.values() if a.published), default=None)
    if last is None:
        raise InputError("no report carries a publication date; give --as-of YYYY-MM-DD")
    return last
