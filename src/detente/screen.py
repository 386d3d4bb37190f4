"""What the terminal shows: sparklines, tables of states and the head of a brief."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from detente.assessing import Assessment, outlook_of
from detente.brief.tracktext import (
    TURNS,
    base_words,
    dashed,
    ranking,
    record_words,
    state_words,
    surprise_words,
    watch_for,
)
from detente.incidents.noted import REVIEWED
from detente.outlook import HORIZONS
from detente.records import Brief, Day, Forecast, Mention
from detente.reference.actors import ActorIndex
from detente.reference.actors import load as load_actors
from detente.tension import normalised, track_records
from detente.tension.threats import holder_key
from detente.tracking import how_near, own_threats

BARS = " ▁▂▃▄▅▆▇█"
LINES = (("attacks", "acts"), ("threats", "threats"), ("posture", "posture"), ("withdrawals", "withdrawal"),
         ("cooperation", "cooperation"), ("reports", "reports"))  # fmt: skip


def sparkline(values: Sequence[float]) -> str:
    """One character a value, scaled to the largest; zero is blank."""
    top = max(values, default=0)
    if top <= 0:
        return " " * len(values)
    return "".join(BARS[0] if v <= 0 else BARS[max(1, round(v / top * (len(BARS) - 1)))] for v in values)


def weekly(days: Sequence[Day], name: str) -> list[int]:
    """Sums of one line of the series over weeks that end on the last day."""
    if not days:
        return []
    end = days[-1].day
    sums: dict[int, int] = {}
    for day in days:
        week = (end - day.day).days // 7
        sums[week] = sums.get(week, 0) + getattr(day, name)
    return [sums.get(week, 0) for week in range(max(sums), -1, -1)]


def chance_bar(forecast: Forecast, width: int = 14) -> str:
    """0 to 100 % as one line of text: the range as a bar, the chance as a dot, the base rate as a tick."""
    at = lambda p: min(width - 1, int(p * width))  # noqa: E731
    cells = ["·"] * width
    cells[at(forecast.low) : at(forecast.high) + 1] = ["━"] * (at(forecast.high) - at(forecast.low) + 1)
    cells[at(forecast.base_rate)] = "┿" if cells[at(forecast.base_rate)] == "━" else "╎"
    cells[at(forecast.probability)] = "●"
    return "".join(cells)


def _inset(told: str, by: int = 2, style: str = "dim") -> Padding:
    """A line that keeps its indent where it wraps."""
    return Padding(Text(told, style=style), (0, 0, 0, by))


def show_forecasts(console: Console, found: Assessment, made: Sequence[Forecast]) -> None:
    """The attacks so far by week, then a row per horizon; why there is none where none was made."""
    values = weekly(found.series.days, "acts")
    if any(values):
        console.print(Text(f"  attacks by week: {sparkline(values)}"))
    if not made:
        console.print(Text(f"  no forecast: the state is '{found.lull.state}', and only lulls were backtested"))
        return
    table = Table(box=None, padding=(0, 1), header_style="dim")
    for name in ("within", "chance", "range"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("0 %      100 %", no_wrap=True)
    table.add_column("base", justify="right", no_wrap=True)
    table.add_column("in words", no_wrap=True)
    for f in made:
        table.add_row(f"{f.horizon} days", f"{f.probability:.0%}", f"{100 * f.low:.0f}–{f.high:.0%}", chance_bar(f),
                      f"{f.base_rate:.0%}", dashed(f.words.partition(" that ")[0]))  # fmt: skip
    console.print(table)
    event = made[0].words.partition(" that ")[2].partition(" comes within ")[0]
    for told in (f"● chance that {event} comes, ━ its range, ╎ base rate", base_words(found.lull)):
        if told:
            console.print(_inset(told))


def show_track(console: Console, found: Assessment) -> None:
    """Weekly sparklines, the state and the tripwire board of a dyad."""
    lull, days = found.lull, found.series.days
    console.print(Text(f"{found.dyad.name}", style="bold"))
    console.print(f"as known on {found.as_of}")
    if days:
        weeks = len(weekly(days, "acts"))
        since = days[-1].day - timedelta(days=7 * weeks - 1)
        table = Table(box=None, padding=(0, 1), show_header=True, header_style="dim")
        table.add_column("by week", style="bold")
        table.add_column(f"{since} … {days[-1].day}")
        table.add_column("total", justify="right")
        for label, name in LINES:
            values = weekly(days, name)
            table.add_row(label, sparkline(values), str(sum(values)))
        if any(
            day.sources for day in days
        ):  # a calendar of coverage is kept: show what the counts would be with all of it
            even = [value or 0.0 for value in normalised(days, "acts")]
            values = weekly([replace(day, acts=value) for day, value in zip(days, even, strict=True)], "acts")  # type: ignore[arg-type]
            table.add_row("attacks, at even coverage", sparkline(values), f"{sum(even):.0f}")
            table.add_row("sources heard", sparkline(weekly(days, "sources")), str(max(day.sources for day in days)))
        console.print(table)
    state, rare = state_words(lull), surprise_words(lull)
    console.print(Text(f"{state[:1].lower()}{state[1:]}{f'; {rare}' if rare else ''}"))
    if checked := found.counts.get("reviewed"):
        console.print(f"{REVIEWED}: {checked} of {found.counts['mentions']} mentions")
    if lull.state in ("lull", "quiet", "unknown") and lull.lines:
        console.print(Text(f"least contradicted reading: {lull.reading or 'none, too few lines'}"))
        for each in ranking(lull.lines):
            console.print(Text(f"  {each}", style="dim"))
    for change in found.series.changes[-4:]:
        turn = f"days with {TURNS.get(change.line, change.line)}, {change.before:g} → {change.after:g} a month"
        console.print(f"change from {change.day}: {turn}", style="dim")
    for gap in lull.gaps:
        console.print(f"not listening: {gap.source} {gap.start} … {gap.end} ({gap.reason})", style="yellow")
    if lull.state == "lull":
        console.print(Text("outlook", style="bold"))
        show_forecasts(console, found, outlook_of(found.theatre, found, horizons=HORIZONS))
    show_tripwires(console, found)
    if watched := watch_for(lull):
        console.print(Text("to watch", style="bold"))
    for each in watched:
        console.print(_inset(each, 1))


def called(holder: str | None, mention: Mention | None, index: ActorIndex) -> str:
    """A holder's name in a sentence ("the United States"): from reference data, else as the report has it."""
    if holder is None:
        return "a holder not stated"
    known = index.get(holder)
    name = known.name if known else (mention.name or mention.text) if mention else holder
    return f"the {name}" if name.startswith("United ") else name


def _led(word: str, quote: str) -> str:
    """The words of a condition with their "if" before them, where they have no such word of their own."""
    own = quote.split(" ", 1)[0].casefold() in (
        "if",
        "should",
        "unless",
        "once",
        "when",
        "as",
        "so",
        "whoever",
        "until",
    )
    return quote if own else f"{word} {quote}"


def show_tripwires(console: Console, found: Assessment) -> None:
    """The dyad's threats and promises, each once: open ones, then what became of all, by holder."""
    every = own_threats(found)
    if not every:
        return
    index, near = load_actors(tuple(found.theatre.actors)), how_near(found, every)
    still = [one for one in every if one.is_open][:12]
    if still:
        console.print(Text("open tripwires", style="bold"))
    for each in still:
        wire, named = each.wire, holder_key(each.wire, found.dyad)
        holder = called(named, wire.holder, index) if named else "a holder not stated"
        how = f": {close}" if (close := near.get(wire.id)) else " (promise)" if wire.direction == "rewards" else ""
        console.print(_inset(f"{holder}, {each.reported or 'day not known'}; {wire.state}{how}", 1, ""))
        console.print(_inset(f"{_led('if', wire.condition.quote)} → {wire.consequence.quote}", 3, "dim"))
    for record in track_records(every, found.dyad):
        told = (wire for one in every for wire in one.told if wire.holder)
        held = next((wire.holder for wire in told if holder_key(wire, found.dyad) == record.holder), None)
        console.print(Text(f"threats of {called(record.holder, held, index)}: {record_words(record)}"))


def show_head(console: Console, brief: Brief) -> None:
    """Headline and standfirst."""
    console.print()
    console.print(Text(brief.headline.text, style="bold underline"))
    console.print(Text(brief.standfirst.text, style="bold"))
    console.print()
