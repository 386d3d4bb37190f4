"""The commands of the outlook: make, freeze and score forecasts; backtest on archives or on own records."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.files import read_records, write_records
from detente.options import AsOf, Sources, TheatreName, as_day, gathered
from detente.records import Forecast, InputError
from detente.whole import write_whole

if TYPE_CHECKING:
    from detente.outlook.backtest import Scores
    from detente.outlook.cases import Cases

Record = Annotated[
    str | None,
    typer.Option("--record", help="Frozen forecasts (.jsonl): resolved ones recalibrate, new ones are added."),
]


def outlook(
    sources: Sources, theatre: TheatreName = "iraq-2020",
    dyad: Annotated[str | None, typer.Option(help="Id of one dyad of the theatre. Default: all of them.")] = None,
    as_of: AsOf = None, record: Record = None,
    score: Annotated[bool, typer.Option("--score", help="Resolve the forecasts of --record and print hits and misses.")] = False,
    yardstick: Annotated[str, typer.Option(help="Probability words: icd203 or phia.")] = "icd203",
) -> None:  # fmt: skip
    """Say how likely an attack is within 7, 30 and 90 days, per dyad; freeze it, and score it when it resolves.

    Takes what 'code' or 'merge' wrote.

    Examples: detente outlook merged.jsonl --as-of 2020-04-21 --record forecasts.jsonl
              detente outlook merged.jsonl --record forecasts.jsonl --score
    """
    from detente.outlook.record import merged
    from detente.outlook.words import bands
    from detente.pipeline import load_theatre, resolve_forecasts

    bands(yardstick)  # an unknown one is refused before anything is computed
    dossier, place = gathered(sources), load_theatre(theatre or "iraq-2020")
    day = as_day(as_of, "--as-of") or _last_report(dossier)
    frozen = tuple(read_records(record, Forecast)) if record and Path(record).exists() else ()
    if score:
        if not record:
            raise InputError("--score needs --record FILE, the forecasts to score")
        frozen = resolve_forecasts(place, frozen, dossier, day)
        _print_record(frozen)
        write_records(record, Forecast, frozen)
        return
    made = _made(place, dossier, [dyad] if dyad else [d.id for d in place.dyads], day, frozen, yardstick)
    if record:
        write_records(record, Forecast, merged(frozen, made))


def _made(
    place: Any, dossier: Any, dyads: list[str], day: date, frozen: tuple[Forecast, ...], yardstick: str
) -> list[Forecast]:
    from detente.outlook.cases import HORIZONS
    from detente.pipeline import assess, outlook_of

    made: list[Forecast] = []
    console = Console()
    for each in dyads:
        found = assess(place, each, dossier, day)
        own = [f for f in frozen if f.dyad == each]
        mine = outlook_of(place, found, horizons=HORIZONS, record=own, yardstick=yardstick)
        console.print(Text(f"{found.dyad.name}, as known on {day}", style="bold"))
        if not mine:
            console.print(Text(f"  no forecast: the state is '{found.lull.state}', and only lulls were backtested"))
        else:
            console.print(_forecast_table(mine))
            console.print(
                Text(f"  model {mine[0].model}; {_calibration(own)}\n  resolves by {mine[0].rule}", style="dim")
            )
        made += mine
    return made


def _forecast_table(made: tuple[Forecast, ...]) -> Table:
    table = Table(box=None, padding=(0, 1))
    for name in ("days", "chance", "range", "base rate"):
        table.add_column(name, justify="right")
    table.add_column("in words")
    for f in made:
        table.add_row(
            str(f.horizon), f"{f.probability:.0%}", f"{f.low:.0%}-{f.high:.0%}", f"{f.base_rate:.0%}", f.words
        )
    return table


def _calibration(record: list[Forecast]) -> str:
    from detente.outlook.record import public_record

    tallies = public_record(record)
    if not tallies:
        return "no forecast of this dyad has resolved yet: calibration is that of the training streams"
    told = (f"{t.horizon} days: {t.n} resolved, said {t.said:.0%}, happened {t.happened / t.n:.0%}" for t in tallies)
    return "own record: " + "; ".join(told)


def _print_record(forecasts: tuple[Forecast, ...]) -> None:
    from detente.outlook.record import hit, public_record

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
        console.print(
            f"{t.horizon} days: {t.hits} of {t.n} nearer to the outcome than the base rate; said {t.said:.0%} on average, "
            f"happened {t.happened} times; Brier {t.brier:.3f}, base rate's {t.brier_base:.3f}, skill {t.skill:+.0%}"
        )


def _last_report(dossier: Any) -> date:
    last = max((a.published for a in dossier.articles.values() if a.published), default=None)
    if last is None:
        raise InputError("no report carries a publication date; give --as-of YYYY-MM-DD")
    return last


def backtest(
    sources: Annotated[list[str], typer.Argument(help="Event streams (.csv, .csv.gz), or what 'code' or 'merge' wrote.", show_default=False)],
    theatre: TheatreName = None,
    split: Annotated[str | None, typer.Option(help="First day of the test (YYYY-MM-DD). Default: when 60 % of the time is over.")] = None,
    end: Annotated[str | None, typer.Option(help="Last day on which outcomes count. Default: the last day on record.")] = None,
    days: Annotated[list[int] | None, typer.Option("--days", help="Horizon in days: 7, 30 or 90; may be repeated.", show_default="all three")] = None,
    output: Annotated[str | None, typer.Option("--output", "-o", help="The report, one self-contained .html.")] = None,
    as_json: Annotated[str | None, typer.Option("--json", help="The same figures as .json.")] = None,
) -> None:  # fmt: skip
    """Measure the outlook on a record of the past, beside the simple models that it has to beat.

    Example: detente backtest events.csv.gz --split 2015-01-01 -o backtest.html --json backtest.json
    """
    from detente.outlook.cases import HORIZONS, together
    from detente.outlook.evaluate import as_json as to_json
    from detente.outlook.evaluate import default_split, evaluate
    from detente.outlook.pretrained import shipped
    from detente.outlook.report import report_html
    from detente.outlook.streams import to_date, to_day

    wrong = sorted(set(days or ()) - set(HORIZONS))
    if wrong:
        raise InputError(f"--days {wrong[0]}: the outlook is made for {', '.join(map(str, HORIZONS))} days")
    streams, given, last = _streams(sources, theatre), as_day(split, "--split"), as_day(end, "--end")
    cases = together([built for _, built in streams])
    at = to_day(given) if given else min(default_split(s) for s, _ in streams)
    results = evaluate(cases, at, to_day(last) if last else None, days or HORIZONS, shipped())
    title = f"Backtest: {', '.join(s.name for s, _ in streams)} from {to_date(at)}"
    _print_scores(results)
    if output:
        _save(output, ".html", report_html(results, title))
    if as_json:
        about = {"title": title, "split": to_date(at).isoformat(), "end": end, "models": [p.version for p in shipped()]}
        _save(as_json, ".json", to_json(results, about))


def _streams(sources: list[str], theatre: str | None) -> list[tuple[Any, Cases]]:
    from detente.outlook.features import build
    from detente.outlook.streams import read_stream

    tables = [s for s in sources if s.endswith((".csv", ".csv.gz"))]
    missing = next((s for s in tables if not Path(s).is_file()), None)
    if missing:
        raise InputError(f"{missing}: no such file")
    found = [read_stream(Path(s)) for s in tables]
    records = [s for s in sources if s not in tables]
    if records:
        found.append(_own_records(records, theatre))
    built = [(s, build(s)) for s in found]
    empty = next((s.name for s, cases in built if not len(cases)), None)
    if empty:
        raise InputError(
            f"{empty}: no lull in it (3 attack-days within 90 days, then 14 days of calm), nothing to test"
        )
    return built


def _own_records(sources: list[str], theatre: str | None) -> Any:
    from detente.incidents import merge
    from detente.outlook.incident_stream import stream_of_incidents
    from detente.pipeline import load_theatre, roll_up

    dossier, place = gathered(sources), load_theatre(theatre) if theatre else None
    rolls_up = roll_up(place)
    incidents = dossier.incidents or merge(dossier.events, dossier.articles, rolls_up=rolls_up)
    return stream_of_incidents(place.id if place else "records", incidents, place, rolls_up)


def _print_scores(results: tuple[Scores, ...]) -> None:
    table = Table(box=None, padding=(0, 1))
    for name in ("days", "model", "n", "skill", "90 %", "first", "log", "AUC", "ECE"):
        table.add_column(name, justify="left" if name == "model" else "right")
    for s in sorted(results, key=lambda s: (s.horizon, -s.skill)):
        table.add_row(
            str(s.horizon), s.model, str(s.n), f"{s.skill:.3f}", f"{s.skill_low:.2f} to {s.skill_high:.2f}",
            f"{s.skill_first:.3f}", f"{s.log_score:.3f}", f"{s.auc:.3f}", f"{s.ece:.3f}",
        )  # fmt: skip
    Console().print(table)


def _save(name: str, ending: str, text: str) -> None:
    path = Path(name)
    if path.suffix != ending:
        raise InputError(f"{name}: give a name that ends in {ending}")
    write_whole(path, text.encode())


def register(app: typer.Typer) -> None:
    """Adds both commands to the command line."""
    app.command()(outlook)
    app.command()(backtest)
