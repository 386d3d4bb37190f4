"""Headline and standfirst: what the calm or the violence amounts to, and the reason, first of all."""

from __future__ import annotations

from datetime import date, timedelta

from detente.brief import board
from detente.brief.case import Case
from detente.brief.parts import lower
from detente.brief.words import capital, day, number, plural, said
from detente.records import EvidenceLine, Incident, Lull, Sentence
from detente.tension.lines import ARMING
from detente.tension.sides import day_of, direction, is_attack, perpetrators
from detente.tension.tolls import dead

_WINDOW = 14
_PAUSED = 7  # days without an attack that are the news, short of a lull
_FRESH = 3  # days after an attack for which it is the news


def _where(case: Case) -> str:
    """ " in Iraq": from the section, else the theatre's name, left out where a side's name already says it."""
    if case.theatre is None:
        return ""
    place = (case.theatre.section.removesuffix("News").strip() or case.theatre.name).split(",")[0]
    ends = {*case.dyad.a, *case.dyad.b} if case.dyad else set()
    if ends & set(case.theatre.countries):  # "between Arland and Borland": where is said
        return ""
    said_already = any(place and place.casefold() in side.casefold() for side in case.sides)
    return f" in {place}" if place and not said_already else ""


def _between_sides(case: Case) -> str:
    return f"between {' and '.join(case.short_sides)}{_where(case)}"


def resumed(lull: Lull, minimum: int) -> int | None:
    """Length in days of the calm that has just ended, None if none has (or more than that has happened)."""
    if lull.state not in ("active", "de-escalating") or not lull.past_gaps or lull.days is None:
        return None
    return lull.past_gaps[-1] if lull.past_gaps[-1] >= minimum and lull.days < minimum else None


def _arming(case: Case) -> list[EvidenceLine]:
    return [line for line in case.lull.lines if ARMING in line.consistent and len(line.consistent) == 1]


def _window(case: Case, back: int = 0) -> list[tuple[date, Incident]]:
    """Attacks between the two sides in 14 days that end `back` days before the brief's day, oldest first."""
    end = case.as_of - timedelta(days=back)
    found = [
        (on, each)
        for each in case.incidents
        if (on := day_of(each)) and 0 <= (end - on).days < _WINDOW and is_attack(each) and direction(each, case.watch)
    ]
    return sorted(found, key=lambda item: (item[0], item[1].id))


def _both_ways(case: Case) -> bool:
    return len({direction(each, case.watch) for _, each in _window(case)}) == 2


def _attacks(case: Case) -> str:
    """ "Attacks between A and B", or on what they hit where no report names or blames anybody for any of them."""
    recent = [each for _, each in _window(case)]
    known = any((*perpetrators(each), *each.blamed) for each in recent)
    if known or not recent or case.definition.direction != "b-to-a":
        return f"Attacks {_between_sides(case)}"
    target = case.definition.target_class
    where = _where(case)
    return f"Attacks on {target}{where if where.strip().casefold() not in target.casefold() else ''}"


def _violent(case: Case) -> str:
    a, b = case.short_sides
    fresh = case.lull.days is not None and case.lull.days <= _FRESH
    days = {on for on, _ in _window(case)}
    quiet = (case.as_of - max(days)).days if days else 0
    if quiet >= _PAUSED:
        return f"No attack {_between_sides(case)} for {plural(quiet, 'day')}"
    if case.lull.state == "escalating" and _both_ways(case):
        deadly = "deadly " if any(dead(each) for _, each in _window(case)) else ""
        if quiet > _FRESH:
            return f"{capital(a)} and {b} traded {deadly}attacks{_where(case)}; none for {plural(quiet, 'day')}"
        return f"{capital(a)} and {b} trade {deadly}attacks{_where(case)}"
    if case.lull.state == "escalating":
        return f"{_attacks(case)} {'mount' if fresh else 'mounted, then paused'}"
    if case.lull.state == "de-escalating":
        return f"{_attacks(case)} thin out"
    if len(days) == 1 and not fresh:
        return f"A single attack in two weeks {_between_sides(case)}"
    return f"{_attacks(case)} {'continue' if days else 'pause'}"


def headline(case: Case) -> Sentence:
    """The state in one line; what was not heard comes before any calm."""
    lull, pair = case.lull, _between_sides(case)
    last = case.incident(lull.last)
    proof = case.cite([last.evidence], 2) if last else ()
    reason = f"state '{lull.state}' on {lull.as_of}, by the lull definition"
    ended = resumed(lull, case.definition.minimum_days)
    if lull.gaps and lull.state in ("lull", "quiet", "unknown"):
        text = f"Coverage was lost: whether it is calm {pair} is not known"
        if lull.state == "lull":
            text = f"Calm reported {pair}, with {plural(_deaf_days(lull), 'day')} unheard"
    elif lull.state == "lull":
        held = bool(_arming(case) or board.open_threats(case))
        text = f"Tension {pair} has eased" + (", for now" if held else "")
    elif ended is not None and (lull.days or 0) <= _FRESH:
        text = f"Calm {pair} ends after {plural(ended, 'day')}"
    elif ended is not None:
        text = f"Calm {pair} broken once in {plural(ended + (lull.days or 0), 'day')}"
    elif lull.state == "quiet":
        text = f"No attack {pair} for {plural(lull.days, 'day')}" if lull.days else f"No attack on record {pair}"
    elif lull.state == "unknown":
        text = f"Too little is known of attacks {pair}"
    else:
        text = _violent(case)
    return said(text, proof, reason)


def _deaf_days(lull: Lull) -> int:
    return (lull.days or 0) - (lull.heard if lull.heard is not None else lull.days or 0)


def _sides_arming(case: Case) -> str:
    lines = _arming(case)
    found = [case.incident(line.incident) for line in lines]
    doers = [name for each in found if each for name in (*each.actors, *each.claimed, *each.blamed)]
    a, b = case.watch.a(doers, case.as_of), case.watch.b(doers, case.as_of)
    if a and b:
        return "moves and threats that fit preparation are reported on both sides"
    side = case.sides[0] if a else case.sides[1] if b else None
    return f"moves and threats that fit preparation are reported{f' from {side}' if side else ''}"


def _calm(case: Case) -> Sentence:
    lull, last = case.lull, case.incident(case.lull.last)
    unheard = ""
    if lull.gaps:
        gap = lull.gaps[-1]
        unheard = f"Nothing at all was heard from {day(gap.start)} to {day(gap.end)}, so silence is no proof of calm. "
    text = (
        f"{unheard}No attack on {case.definition.target_class} has been reported since {day(lull.since)}, "
        f"{plural(lull.days or 0, 'day')}"
    )
    arming = _arming(case)
    open_rows = [row for row in board.rows(case) if row.is_open]
    if arming:
        text += f"; {_sides_arming(case)}"
    if open_rows:
        text += f"{' and' if arming else ';'} {plural(len(open_rows), 'tripwire')} {'is' if len(open_rows) == 1 else 'are'} open"
    proof = case.cite([last.evidence[:2] if last else (), *(line.spans[:1] for line in reversed(arming))])
    return said(text + ".", proof, "days from the last attack that counts; evidence lines; rows of the tripwire board")


def _resumed(case: Case, ended: int) -> Sentence:
    lull, last = case.lull, case.incident(case.lull.last)
    before = (lull.since or case.as_of) - timedelta(days=ended)
    since = lull.days or 0
    tail = f"; none has followed in the {plural(since, 'day')} since" if since > _FRESH else ""
    text = (
        f"{capital(lower(last.title)) if last else 'An attack'} on {day(lull.since)}: the first attack on {case.definition.target_class} "
        f"reported since {day(before)}, {plural(ended, 'day')} earlier{tail}."
    )
    return said(text, case.cite([last.evidence] if last else []), "gap between attack days")


def _compared(case: Case, now: int, then: int) -> str:
    """ "on five days of the last 14, against two of the 14 before", unless those were not heard."""
    first = min((each.published for each in case.articles.values() if each.published), default=case.as_of)
    text = f"on {plural(now, 'day')} of the last {_WINDOW}"
    if first > case.as_of - timedelta(days=2 * _WINDOW - 1):
        return f"{text}, as far as reports go back ({day(first)})"
    return f"{text}, against {number(then) if then else 'none'} of the {_WINDOW} before"


def _most_told(case: Case, recent: list[tuple[date, Incident]]) -> tuple[date, Incident]:
    """The best-told attack of the day and direction that most reports tell of, however they were merged."""
    by_day: dict[tuple[date, str | None], list[Incident]] = {}
    for on, each in recent:
        by_day.setdefault((on, direction(each, case.watch)), []).append(each)
    most = max(by_day, key=lambda key: (len({r for each in by_day[key] for r in each.reports}), key[0]))
    return most[0], max(by_day[most], key=lambda each: (len(each.reports), each.origins, _site(each), each.id))


def _violence(case: Case) -> Sentence:
    recent = _window(case)
    if not recent:
        return said(f"No attack between the two sides is on record in the last {_WINDOW} days.", (), "incidents by day")
    days, earlier = ({on for on, _ in found} for found in (recent, _window(case, _WINDOW)))
    worst = max(recent, key=lambda item: (dead(item[1]), len(item[1].reports), _site(item[1]), item[0]))
    week = [item for item in recent if (case.as_of - item[0]).days < 7]
    told = _most_told(case, week or recent)
    chosen = worst if dead(worst[1]) else told
    text = f"Attacks{' in both directions' if _both_ways(case) else ''} {_compared(case, len(days), len(earlier))}"
    which = "" if len(recent) == 1 else ". The deadliest" if dead(chosen[1]) else "; among them"
    text += f"{which}: {lower(chosen[1].title)}, {day(chosen[0])}"
    if told[0] != chosen[0]:
        newest = "this week" if len({item[0] for item in week}) == 1 else "the most reported"
        text += f"; {newest}{' this week' if week and newest != 'this week' else ''}: {lower(told[1].title)}, {day(told[0])}"
    proof = [chosen[1].evidence[:1], told[1].evidence[:1], *(each.evidence[:1] for _, each in reversed(recent))]
    return said(text + ".", case.cite(proof), "incidents between the two sides, by day")


def _site(incident: Incident) -> bool:
    return incident.place is not None and incident.place.precision == "site"


def standfirst(case: Case) -> Sentence:
    """The bold reason line: how long and since what, or how often and how bad."""
    lull = case.lull
    if lull.state in ("lull", "quiet", "unknown") and lull.since:
        return _calm(case)
    if lull.since is None:
        text = f"No attack on {case.definition.target_class} is on record up to {day(case.as_of, year=True)}."
        return said(text, (), "no incident meets the definition")
    ended = resumed(lull, case.definition.minimum_days)
    return _violence(case) if ended is None else _resumed(case, ended)
