"""The state of a dyad in short lines, the same on the page, under the drawing and in the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from detente.outlook import read_rule
from detente.outlook.usual import WINDOW, compared, of_gaps, usual
from detente.records import EvidenceLine, Forecast, InputError, Lull, Nearness, TrackRecord
from detente.tension.lines import ENOUGH, EXPLANATIONS, ranked, telling
from detente.tension.signposts import would_change

FARES = "moves when reports tell how it went"
_CALM = ("lull", "quiet", "unknown")
TURNS = {"acts": "attacks", "threats": "threats", "posture": "deployments or drills", "withdrawal": "withdrawals"}
_RANGE = re.compile(r"(\d+)-(\d+) %")


def dashed(words: str) -> str:
    """Probability words with a dash between the ends of their band, as figures are printed elsewhere."""
    return _RANGE.sub("\\1–\\2 %", words)


def state_words(lull: Lull) -> str:
    """The state in one line: "lull, 26 days since 2020-03-26; longer than all 18 earlier gaps"."""
    text = f"State: {lull.state}"
    if lull.since is not None:
        text += f"; last attack that counts {lull.since}, {lull.days} days ago"
    if lull.heard is not None and lull.days is not None and lull.heard < lull.days:
        text += f", of which {lull.heard} were heard"
    if lull.past_gaps and lull.heard is not None and lull.state in ("lull", "quiet"):
        shorter, n = sum(g < lull.heard for g in lull.past_gaps), len(lull.past_gaps)
        text += f"; longer than {'all' if shorter == n and n > 1 else f'{shorter} of'} {n} earlier gap{'s' * (n > 1)}"
    return text


def surprise_words(lull: Lull) -> str:
    """ "a gap as long is to be expected about once in 20", "" where nothing is paused or the record is empty."""
    if lull.surprise is None or lull.state not in _CALM or not lull.past_gaps:
        return ""
    return f"a gap as long is to be expected about once in {round(1 / lull.surprise)}"


def rule_words(forecast: Forecast) -> str:
    """How a forecast is judged, for a reader: which days count. The machine's own rule where it cannot be read."""
    try:
        rule = read_rule(forecast.rule)
    except InputError:
        return forecast.rule
    n = "an attack" if rule.at_least == 1 else f"{rule.at_least} attacks"
    return f"yes if {n} that counts here is reported of {rule.after + timedelta(days=1)} to {rule.until}; else no"


def resolves_words(made: Sequence[Forecast]) -> str:
    """How forecasts of one day are judged, all horizons in one line; the rules themselves where they cannot be read."""
    try:
        rules = [read_rule(each.rule) for each in made]
    except InputError:
        return "; ".join(each.rule for each in made)
    last = [str(each.until) for each in sorted(rules, key=lambda rule: rule.until)]
    ends = last[0] if len(last) == 1 else f"{', '.join(last[:-1])} or {last[-1]}"
    return f"yes if an attack that counts here is reported of {rules[0].after + timedelta(days=1)} to {ends}; else no"


def base_words(lull: Lull) -> str:
    """Why the chance stands off the base rate: the pause at hand beside the usual one of those learned from."""
    if lull.days is None or not lull.past_gaps:
        return ""
    mine, other = of_gaps(lull.days, lull.past_gaps), usual()
    speaks = compared(mine, other)
    return (
        f"The base rate is of all pauses that the model learned from, typically {other.days} days old and after attacks on "
        f"{other.busy} of {WINDOW} days. This one is {mine.days} days old, after attacks on {mine.busy} of {WINDOW}"
        f"{f': {speaks}' if speaks else ''}."
    )


def ranking(lines: Sequence[EvidenceLine]) -> list[str]:
    """Explanations by what speaks against them: "preparation: 1 against, 10 for"; then those too thin to rank."""
    able = [line for line in lines if telling(line) or line.incident is None]
    order = [name for name, *_ in ranked(lines)]
    told = []
    for name in (*order, *(each for each in EXPLANATIONS if each not in order)):
        pro = sum(name in line.consistent and telling(line) for line in able)
        con = sum(name in line.inconsistent for line in able)
        rest = "" if name in order else "; too thin to rank" if 0 < pro < ENOUGH else "; nothing for it"
        told.append(f"{name}: {con} against, {pro} for{rest}")
    return told


def near_words(found: Nearness) -> str:
    """How close an open threat is: "2 days left", "last met before it 2020-03-11; 1 attack since fell short of it"."""
    parts = [] if found.days_left is None else [f"{found.days_left} day{'s' * (found.days_left != 1)} left"]
    if not found.checkable:
        return "; ".join([*parts, "no rule can check it"])
    if found.met:
        parts.append(f"last met before it {found.met}")
    elif found.days_left is None:
        parts.append("no like case on record before it")
    if found.since:
        n = len(found.since)
        parts.append(f"{n} attack{'s' * (n > 1)} since fell short of it")
    return "; ".join(parts)


def record_words(record: TrackRecord) -> str:
    """ "9 (2 executed, 4 withheld, 3 open)"."""
    fates = ((record.executed, "executed"), (record.withheld, "withheld"), (record.expired, "expired"),
             (record.withdrawn, "withdrawn"), (record.open, "open"))  # fmt: skip
    return f"{record.threats} ({', '.join(f'{n} {fate}' for n, fate in fates if n)})"


def watch_for(lull: Lull) -> list[str]:
    """Signposts: dated plans and deadlines, then the reports that would speak for another explanation."""
    found = list(lull.signposts)
    if lull.state in _CALM and lull.since:
        backed = {name for line in lull.lines if telling(line) for name in line.consistent}
        kinds: Iterable[tuple[str, tuple[str, ...]]] = would_change(lull.reading).items()
        found += [f"towards {name}: {'; or '.join(each)}" for name, each in kinds if name in backed or not backed]
    return found
