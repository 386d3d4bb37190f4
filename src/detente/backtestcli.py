"""The command of the backtest: the outlook measured on archives, on files of own records, or on a ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from detente.console import count, summarise
from detente.ledgercli import HeldBy, LedgerRead, from_ledger
from detente.options import TheatreName, as_day, gathered
from detente.records import InputError
from detente.whole import write_whole

if TYPE_CHECKING:
    from detente.outlook.backtest import Scores
    from detente.outlook.cases import Cases


def backtest(
    sources: Annotated[list[str] | None, typer.Argument(help="Event streams (.csv, .csv.gz), or what 'code' or 'merge' wrote; none with --ledger.", show_default=False)] = None,
    theatre: TheatreName = None, ledger: LedgerRead = None, held: HeldBy = None,
    split: Annotated[str | None, typer.Option(help="First day of the test (YYYY-MM-DD). Default: when 60 % of the time is over.")] = None,
    end: Annotated[str | None, typer.Option(help="Last day on which outcomes count. Default: the last day on record.")] = None,
    days: Annotated[list[int] | None, typer.Option("--days", help="Horizon in days: 7, 30 or 90; may be repeated.", show_default="all three")] = None,
    output: Annotated[str | None, typer.Option("--output", "-o", help="The report, one self-contained .html.")] = None,
    as_json: Annotated[str | None, typer.Option("--json", help="The same figures as .json.")] = None,
) -> None:  # fmt: skip
    """Measure the outlook on a record of the past, beside the simple models that it has to beat.

    Examples: detente backtest events.csv.gz --split 2015-01-01 -o backtest.html --json backtest.json
              detente backtest --ledger news.sqlite --theatre iraq-2020 -o backtest.html
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
    if not sources and not ledger:
        raise InputError("give event streams or files of records, or --ledger")
    own = from_ledger(ledger, None, held, sources) if ledger else None
    streams, given, last = _streams(sources or [], theatre, own), as_day(split, "--split"), as_day(end, "--end")
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
    count(read=sum(len(s.day) for s, _ in streams), more={"forecast days": len(cases), "streams": len(streams)})
    summarise()


def _streams(sources: list[str], theatre: str | None, own: Any) -> list[tuple[Any, Cases]]:
    from detente.outlook.features import build
    from detente.outlook.streams import read_stream

    tables = [s for s in sources if s.endswith((".csv", ".csv.gz"))]
    missing = next((s for s in tables if not Path(s).is_file()), None)
    if missing:
        raise InputError(f"{missing}: no such file")
    found = [read_stream(Path(s)) for s in tables]
    records = [s for s in sources if s not in tables]
    if own is not None or records:
        found.append(_own_records(own if own is not None else gathered(records), theatre))
    built = [(s, build(s)) for s in found]
    empty = next((s.name for s, cases in built if not len(cases)), None)
    if empty:
        raise InputError(
            f"{empty}: no lull in it (3 attack-days within 90 days, then 14 days of calm), nothing to test"
        )
    return built


def _own_records(dossier: Any, theatre: str | None) -> Any:
    """Own records as a stream that reaches to the last day covered, not to the last event."""
    from detente.assessing import heard_days, roll_up
    from detente.outlook.incident_stream import stream_of_incidents
    from detente.pipeline import incidents_of, load_theatre

    place = load_theatre(theatre) if theatre else None
    dossier.tell(place)
    rolls_up = roll_up(place)
    incidents = dossier.incidents or incidents_of(dossier, rolls_up)
    return stream_of_incidents(place.id if place else "records", incidents, place, rolls_up, heard_days(dossier))


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
