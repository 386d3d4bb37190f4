"""What the terminal shows: sparklines, tables of states and the head of a brief."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.pipeline import Assessment
from detente.records import Brief, Day
from detente.tension import normalised, threats, track_records
from detente.tension.sides import Watch
from detente.tension.tripwires import concerns

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


def show_track(console: Console, found: Assessment) -> None:
    """Weekly sparklines, the state and the tripwire board of a dyad."""
    lull, days = found.lull, found.series.days
    console.print(Text(f"{found.dyad.name}", style="bold"), Text(f"as known on {found.as_of}"), sep="  ·  ")
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
    state = f"state: {lull.state}"
    if lull.days is not None:
        state += f" · last target-class attack {lull.since} ({lull.days} days ago)"
    if lull.longer_than is not None and lull.past_gaps:
        state += f" · longer than {lull.longer_than:.0%} of {len(lull.past_gaps)} earlier gaps"
    console.print(state)
    if lull.reading:
        console.print(f"least contradicted reading: {lull.reading}")
    for change in found.series.changes[-4:]:
        turn = f"{change.before:g} → {change.after:g} days a month"
        console.print(f"change from {change.day}: {change.line} {turn}", style="dim")
    for gap in lull.gaps:
        console.print(f"not listening: {gap.source} {gap.start} … {gap.end} ({gap.reason})", style="yellow")
    show_tripwires(console, found)


def show_tripwires(console: Console, found: Assessment) -> None:
    """The dyad's threats and promises, each once: open ones, then what became of all, by holder."""
    watch = Watch(found.dyad, found.rolls_up, found.theatre)
    every = threats((w for w in found.tripwires if concerns(w, watch)), found.dyad, found.as_of)
    if not every:
        return
    table = Table(title="open tripwires", title_justify="left", box=None, padding=(0, 1), header_style="dim")
    for name in ("holder", "if", "then", "reported", "state"):
        table.add_column(name, overflow="fold", max_width=46)
    for each in [one for one in every if one.is_open][:12]:
        wire = each.wire
        holder = (wire.holder.name or wire.holder.text) if wire.holder else "not stated"
        table.add_row(Text(holder), Text(wire.condition.quote), Text(wire.consequence.quote), str(each.reported or ""),
                      wire.state)  # fmt: skip
    if table.row_count:
        console.print(table)
    for record in track_records(every, found.dyad):
        console.print(
            Text(
                f"threats of {record.holder or 'a holder not stated'}: {record.threats}, executed {record.executed}, "
                f"withheld {record.withheld}, expired {record.expired}, withdrawn {record.withdrawn}, open {record.open}"
            )
        )


def show_head(console: Console, brief: Brief) -> None:
    """Headline and standfirst."""
    console.print()
    console.print(Text(brief.headline.text, style="bold underline"))
    console.print(Text(brief.standfirst.text, style="bold"))
    console.print()
