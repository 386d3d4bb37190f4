"""Is this calm a lull? How long, how unusual, what explains it, what it hangs on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from detente.incidents.title import toll_words
from detente.records import FACTUAL, Article, Dyad, Event, EvidenceLine, Gap, Incident, Link, Lull, Tripwire
from detente.reference.theatre import LullDefinition, Theatre
from detente.tension.calendar import ALL, Calendar
from detente.tension.coverage import gaps, silent_days
from detente.tension.lines import ARMING, DEAF, OUTSIDE, PEACE, evidence_lines, least_contradicted
from detente.tension.sides import RollsUp, Watch, day_of, direction, is_attack, perpetrators, why_not
from detente.tension.tripwires import concerns

_WINDOW = 14  # days: the recent past that tells escalating from active
_ACTIVE = 60  # days before a pause in which attacks must have come for it to be a pause
_LEAD = 10  # days before the last attack from which evidence is gathered
_MISSES = 8
_NEAR_DAYS = 21  # days before the last attack from which attacks left out are shown


def _known(incidents: Iterable[Incident], as_of: date) -> list[Incident]:
    return [
        each
        for each in incidents
        if (each.known is None or each.known <= as_of) and ((day := day_of(each)) is None or day <= as_of)
    ]


def _gaps_between(days: Sequence[date]) -> tuple[int, ...]:
    return tuple((later - earlier).days for earlier, later in pairwise(days))


def _longer_than(past: Sequence[int], pause: int | None) -> float | None:
    return round(sum(gap < pause for gap in past) / len(past), 4) if past and pause is not None else None


def _violent(known: Sequence[Incident], watch: Watch, start: date, end: date) -> list[Incident]:
    return [
        each
        for each in known
        if is_attack(each) and direction(each, watch) and (day := day_of(each)) and start <= day <= end
    ]


def _state(days: Sequence[date], known: Sequence[Incident], watch: Watch, minimum: int, as_of: date,
           heard: bool) -> str:  # fmt: skip
    if not days:
        return "quiet" if heard else "unknown"
    pause = (as_of - days[-1]).days
    if pause >= minimum:
        phase = [day for day in days if (days[-1] - day).days <= _ACTIVE]
        return "lull" if len(phase) >= 2 else "quiet"
    recent = _violent(known, watch, as_of - timedelta(days=_WINDOW - 1), as_of)
    before = _violent(known, watch, as_of - timedelta(days=2 * _WINDOW - 1), as_of - timedelta(days=_WINDOW))
    deadly = any("killed" in toll_words(each) for each in recent)
    both = len({direction(each, watch) for each in recent}) == 2
    many = len(recent) > 2 and len(recent) >= 2 * len(before)
    if len(recent) > max(1, len(before)) and (deadly or both or many):
        return "escalating"
    return "de-escalating" if 2 * len(recent) <= len(before) and not deadly else "active"


def _coverage_line(articles: Mapping[str, Article], found: Sequence[Gap], since: date, as_of: date,
                   listened: Calendar | None) -> EvidenceLine:  # fmt: skip
    reporting = {each.published for each in articles.values() if each.published and since < each.published <= as_of}
    span = (as_of - since).days
    silent = silent_days(found, since, as_of)
    text = f"Reports were received on {len(reporting)} of the {span} days"
    added = [row for row in listened.added() if row.first > since] if listened else []
    if added:
        text += f"; {', '.join(f'{row.source} since {row.first}' for row in added[:3])}: not listened to before"
    if silent:
        return EvidenceLine(f"{text}; nothing was heard for {silent} days", (), "on record", (DEAF,), (PEACE,))
    lost = listened.lost(since + timedelta(days=1), as_of) if listened else ()
    if lost and listened:
        names = ", ".join(f"{gap.source} ({gap.start} to {gap.end})" for gap in lost[:3])
        before = sum(row.first <= since for row in listened.rows)
        text += f"; {len(lost)} of {before} sources were lost while it lasted: {names}"
        return EvidenceLine(text, (), "on record", (DEAF,), (PEACE,) if 2 * len(lost) >= before else ())
    return EvidenceLine(f"{text}; no silence long enough to hide an attack", (), "on record", (PEACE, ARMING, OUTSIDE),
                        (DEAF,))  # fmt: skip


def _signposts(known: Sequence[Incident], open_ones: Sequence[Tripwire], as_of: date) -> tuple[str, ...]:
    said = []
    for each in known:
        ahead = each.date.end if each.date else None
        if each.modality == "planned" and ahead and ahead > as_of:
            said.append(f"{each.title}, due by {ahead.day} {ahead:%B %Y}")
    for wire in open_ones:
        if wire.deadline and wire.deadline.end and wire.deadline.end >= as_of:
            said.append(f"a deadline on {wire.deadline.end.day} {wire.deadline.end:%B %Y}")
    return tuple(dict.fromkeys(said))


_NEAR = frozenset({
    "outside the target class", "claimed, not otherwise reported", "reported by a single origin", "another pair's",
    "retracted by its own source", "not reported as having happened",
})  # fmt: skip


def _close(incident: Incident, watch: Watch, towards_a: bool) -> bool:
    """True if it touches the side that was aimed at, or happened in the country with nobody named."""
    on = day_of(incident)
    doers = perpetrators(incident)
    if towards_a and (watch.a(doers, on) or watch.b(doers, on)):
        return watch.b(doers, on) and not watch.a(doers, on)
    names = (*incident.recipients, *incident.actors, *incident.claimed, *incident.blamed)
    if watch.a(names, on) or watch.host(incident.place, on) is not None or (not towards_a and watch.b(names, on)):
        return True
    home = watch.theatre.countries if watch.theatre else ()
    place = incident.place.country if incident.place else None
    return place in home and not (incident.actors or incident.recipients)


def _near_misses(
    known: Sequence[Incident], watch: Watch, definition: LullDefinition, since: date | None, as_of: date
) -> tuple[str, ...]:
    start = (since or as_of) - timedelta(days=_NEAR_DAYS)
    found = []
    for each in known:
        day = day_of(each)
        if not each.act == each.type == "ASSAULT" or day is None or day < start:
            continue
        told = each.modality in FACTUAL or each.modality == "uncertain" or bool(each.claimed)
        if told and why_not(each, watch, definition) in _NEAR and _close(each, watch, definition.direction == "b-to-a"):
            found.append((day, each.id))
    return tuple(number for _, number in sorted(found)[-_MISSES:])


def _open(tripwires: Sequence[Tripwire], watch: Watch, as_of: date) -> list[Tripwire]:
    return [
        each
        for each in tripwires
        if each.state in ("armed", "tripped") and (each.reported or as_of) <= as_of and concerns(each, watch)
    ]


def find_lull(incidents: Sequence[Incident], tripwires: Sequence[Tripwire], links: Sequence[Link], dyad: Dyad,
              definition: LullDefinition | None, *, as_of: date, articles: Mapping[str, Article],
              theatre: Theatre | None, rolls_up: RollsUp, events: Sequence[Event] = (),
              listened: Calendar | None = None) -> Lull:  # fmt: skip
    """Read the dyad's state on `as_of` from what was known then.

    `lines` set evidence beside four explanations; `reading` is the one least contradicted. `events`
    (the mentions behind the incidents) say on whose word each line rests. Past gaps are in days, oldest first.
    `listened` is the coverage calendar, where one is kept: sources lost during the calm are told.
    """
    definition = definition or LullDefinition()
    watch = Watch(dyad, rolls_up, theatre)
    known = _known(incidents, as_of)
    heard = {key: each for key, each in articles.items() if each.published is None or each.published <= as_of}
    found = gaps(heard, theatre.coverage if theatre else None, until=as_of)
    counted = [each for each in known if why_not(each, watch, definition) is None]
    days = sorted({day for each in counted if (day := day_of(each))})
    state = _state(days, known, watch, definition.minimum_days, as_of, bool(heard))
    since = days[-1] if days else None
    pause = (as_of - since).days if since else None
    last = max(
        (each for each in counted if day_of(each) == since),
        key=lambda each: (each.place is not None and each.place.precision == "site", each.origins, each.id),
        default=None,
    )
    past = _gaps_between(days)
    start = (since - timedelta(days=_LEAD)) if since and state in ("lull", "quiet") else as_of - timedelta(days=_WINDOW)
    start = max(start, as_of - timedelta(days=120))
    lines = evidence_lines(known, watch, start, as_of, events={each.id: each for each in events}, articles=heard)
    if since and state in ("lull", "quiet"):
        lines.append(_coverage_line(heard, found, since, as_of, listened))
    open_ones = _open(tripwires, watch, as_of)
    return Lull(
        dyad=dyad.id, as_of=as_of, state=state,  # type: ignore[arg-type]
        last=last.id if last else None, since=since, days=pause,
        longer_than=_longer_than(past, pause),
        past_gaps=past,
        reading=least_contradicted(lines) if state in ("lull", "quiet") else None,
        lines=tuple(lines),
        signposts=_signposts(known, open_ones, as_of),
        tripwires=tuple(each.id for each in open_ones),
        near_misses=_near_misses(known, watch, definition, since, as_of),
        gaps=(*(gap for gap in found if gap.source == ALL and gap.end >= (since or start)),
              *(listened.lost(since + timedelta(days=1), as_of) if listened and since and since < as_of else ())),
    )  # fmt: skip
