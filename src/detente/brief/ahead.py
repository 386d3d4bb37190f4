"""What lies ahead, kept apart from what has happened: forecasts, dated plans, what would change the reading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from detente.brief.board import near, open_threats, points_back, rows, words
from detente.brief.case import Case
from detente.brief.tracktext import base_words, dashed
from detente.brief.words import capital, day, in_prose, listed, number, plural, said
from detente.records import FACTUAL, Block, Forecast, Incident, Sentence
from detente.tension.lines import ARMING, PEACE, telling
from detente.tension.sides import day_of, is_id
from detente.tension.signposts import would_change
from detente.tension.threats import Threat

_TALK = {"CONSULT", "AGREE"}
_LOOKS_AHEAD = re.compile(
    r"\b(?:prepar\w+|ahead of|before|upcoming|due to|planned|scheduled|next|later this)\b", re.IGNORECASE
)
_NAMES = {"coverage loss": "the view that we stopped hearing"}


def _opening(text: str) -> str:
    """'very likely …' as the start of a sentence."""
    return f"There is a {text}" if text.startswith(("roughly", "remote", "realistic")) else f"It is {text}"


_RANGE = re.compile(r"(\d+)-(\d+) %")
_MAIN = 30  # days: the horizon told in full
_EDGE = 2  # percentage points from the end of a band within which a reader is told so


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _at_the_edge(forecast: Forecast) -> str:
    """ ", at the upper edge of that band", where a point or two more would be another word."""
    band = _RANGE.search(forecast.words)
    if band is None:
        return ""
    low, high = int(band[1]), int(band[2])
    ends = (("lower", abs(100 * forecast.probability - low)), ("upper", abs(100 * forecast.probability - high)))
    name, gap = min(ends, key=lambda end: end[1])
    return f", at the {name} edge of that band" if gap <= _EDGE else ""


def _frozen(forecast: Forecast) -> str:
    return f"{forecast.model}; frozen {forecast.made}; resolves by {forecast.rule}"


def _forecast(main: Forecast) -> Sentence:
    """The forecast in full: words with their band, what was computed, base rate, and when it resolves."""
    text = (
        f"{_opening(dashed(main.words))} (computed {_percent(main.probability)}{_at_the_edge(main)}; "
        f"model range {100 * main.low:.0f}–{_percent(main.high)}; base rate "
        f"{_percent(main.base_rate)}). It resolves on such an attack, of the target class and proof "
        f"given above, from {day(main.made + timedelta(days=1))} to {day(main.made + timedelta(days=main.horizon))}."
    )
    return said(text, (), _frozen(main))


def _other_horizons(others: Sequence[Forecast]) -> list[Sentence]:
    """Nearer and further, in one sentence: "within seven days unlikely (20–45 %), computed 31 %"."""
    told = [
        f"within {plural(each.horizon, 'day')} {dashed(each.words).split(' that ')[0]}, computed {_percent(each.probability)}, "
        f"base rate {_percent(each.base_rate)}"
        for each in sorted(others, key=lambda one: one.horizon)
    ]
    return [said(f"By the same model: {'; '.join(told)}.", (), " | ".join(map(_frozen, others)))] if told else []


def outlook(case: Case) -> Block:
    """Frozen forecasts with range and base rate; without one, why there is none; then the plain record."""
    out = []
    made = [each for each in case.forecasts if each.made <= case.as_of]
    if made:
        main = next((each for each in made if each.horizon == _MAIN), made[0])
        out = [_forecast(main), *_other_horizons([each for each in made if each is not main])]
        if why := base_words(case.lull):
            out.append(said(why, (), "the typical pause of the shipped model, and gaps in days of this record"))
    if not out:
        why = "no forecast was given" if case.lull.state == "lull" else "only lulls were backtested"
        least = case.definition.minimum_days
        reason = f": the model was tested on pauses of {plural(least, 'day')} or more, and this is none"
        if case.lull.since and (case.lull.days or 0) >= least:
            reason = ": the model was tested on pauses that end a run of attacks, and too few came before this one"
        out.append(said(f"No forecast is made{'' if case.lull.state == 'lull' else reason}.", (), why))
    days, past = case.lull.days, case.lull.past_gaps
    if days is not None and case.lull.state in ("lull", "quiet") and past:
        longer = [gap for gap in past if gap >= days]
        ended = sum(gap <= days + 30 for gap in longer)
        text = "No earlier pause on this record lasted as long, so the record itself says nothing of what follows."
        if len(longer) == 1:
            text = (
                f"One earlier pause lasted {plural(days, 'day')} or more; it "
                f"{'ended' if ended else 'did not end'} within the next 30 days."
            )
        elif longer:
            text = (
                f"Of {plural(len(longer), 'earlier pause')} that lasted {plural(days, 'day')} or more, "
                f"{number(ended) if ended else 'none'} ended within the next 30 days."
            )
        out.append(said(text, (), f"gaps in days: {', '.join(map(str, past))}"))
    return Block("Outlook", "text", tuple(out))


def _taken_place(plan: Incident, case: Case) -> bool:
    """True if a meeting like the planned one has been reported since, within the planned days."""
    if plan.act not in _TALK or plan.date is None:
        return False
    meant = _states(plan, case)
    return any(
        each.type in _TALK and each.modality in FACTUAL and (on := day_of(each) or _told_of_past(each)) is not None
        and (plan.date.start or on) <= on <= case.as_of and (each.known or on) > (plan.known or on)
        and (case.dyad is None or bool(case.watch.told(each)) or bool(meant & _states(each, case)))
        for each in case.incidents
    )  # fmt: skip


def _told_of_past(meeting: Incident) -> date | None:
    """The day an undated meeting was first reported, unless a sentence only looks ahead to it."""
    return None if any(_LOOKS_AHEAD.search(span.quote) for span in meeting.evidence) else meeting.known


def _states(incident: Incident, case: Case) -> set[str]:
    """Countries that take part, as far as the reports name them, the theatre's own among them."""
    named = (*incident.actors, *incident.recipients)
    return {known.country or name for name in named if (known := case.index.get(name))} | {
        name.split(".")[0] for name in named if is_id(name) and name[:3].isupper()
    }


def _elsewhere(plan: Incident, case: Case) -> bool:
    """True for a plan of one side towards somebody who is neither of the two sides nor of the theatre's countries."""
    if case.dyad is None or case.watch.told(plan) == "both":
        return False
    on = day_of(plan) or plan.known
    home = set(case.theatre.countries) if case.theatre else set()
    others = [
        name
        for name in filter(is_id, (*plan.actors, *plan.recipients))
        if not case.watch.a((name,), on) and not case.watch.b((name,), on)
    ]
    return any((known.country if (known := case.index.get(name)) else name) not in home for name in others)


def _dated(case: Case) -> list[Sentence]:
    """Plans with a day still ahead; what one side says the other plots against it is no plan."""
    found = []
    for each in case.incidents:
        due = each.date.end if each.date else None
        ours = case.dyad is None or (case.watch.told(each) and not _elsewhere(each, case))
        if each.modality != "planned" or each.act == "ASSAULT" or not due or due <= case.as_of or not ours:
            continue
        if not _taken_place(each, case):
            begun = each.date and each.date.start and each.date.start + (due - each.date.start) / 2 <= case.as_of
            when = f"Due by {day(due)}, and not reported so far" if begun else f"By {day(due)}"
            found.append((due, each.id, said(f"{when}: {case.words(each)}.", case.cite([each.evidence], 2))))
    return [sentence for _, _, sentence in sorted(found, key=lambda item: item[:2])[:4]]


def _rivals(case: Case) -> list[Sentence]:
    """Per rival explanation that something speaks for, and always for peace and for arming, what would favour it."""
    if case.lull.state not in ("lull", "quiet", "unknown") or not case.lull.since:
        return []
    backed = {name for line in case.lull.lines if telling(line) for name in line.consistent} | {PEACE, ARMING}
    found = would_change(case.lull.reading)
    how = "kinds of report that tell the explanations apart"
    return [
        said(f"Towards {_NAMES.get(name, name)}: {'; or '.join(kinds)}.", (), how)
        for name, kinds in found.items()
        if name in backed
    ]


def _could_be_seen(row: Threat, case: Case) -> bool:
    """True for a condition that a report can meet, by rule; the rest is left to a reader."""
    return not row.wire.vague and near(row, case).checkable


def _whose(row: Threat, case: Case) -> str:
    """Whose threat or promise it is, as prose calls them."""
    holder = row.wire.holder
    return in_prose(case.holder(holder)) if holder else "holder not stated"


def change_our_mind(case: Case) -> Block | None:
    """What would move the reading, dated plans, and the conditions that threats and promises hang on."""
    rivals = _rivals(case)
    out = [*rivals, *_dated(case)]
    raising = sorted(
        (row for row in open_threats(case) if not row.wire.negated_condition and not points_back(row.wire)),
        key=lambda row: not _could_be_seen(row, case),
    )
    keeping = [row for row in rows(case) if row.is_open and row.wire.direction == "rewards"]
    for name, chosen in (("Would raise the risk", raising[:3]), ("Holds only as long as it is met", keeping[:2])):
        if chosen:
            quotes = listed([f"{words(row.wire.condition, 90)} ({_whose(row, case)})" for row in chosen])
            out.append(said(capital(f"{name}: {quotes}."), (row.wire.span for row in chosen)))
    return Block("What would change our mind" if rivals else "What to watch", "list", tuple(out)) if out else None
