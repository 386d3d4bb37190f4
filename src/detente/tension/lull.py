"""Is this calm a lull? How long, how unusual, what explains it, what it hangs on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from detente.records import FACTUAL, Dyad, Event, EvidenceLine, Gap, Incident, Link, Lull, Tripwire
from detente.reference.theatre import LullDefinition, Theatre
from detente.tension.calendar import ALL, Calendar
from detente.tension.coverage import gaps, silent_days
from detente.tension.lines import ARMING, DEAF, OUTSIDE, PEACE, evidence_lines, least_contradicted
from detente.tension.pauses import past_gaps, pause_of, survival
from detente.tension.reporting import Received, Reporting, reporting_of
from detente.tension.sides import RollsUp, Watch, day_of, direction, is_attack, perpetrators, why_not
from detente.tension.signposts import signposts
from detente.tension.tolls import dead, sober
from detente.tension.tripwires import concerns

WINDOW = 14  # days: the recent past that tells escalating from active
_ACTIVE = 60  # days before a pause in which attacks must have come for it to be a pause
LEAD = 10  # days before the last attack from which evidence is gathered
LONGEST = 120  # days of evidence, however long the calm
_MISSES = 8
NEAR_DAYS = 21  # days before the last attack from which attacks left out are shown


def window(last: date | None, as_of: date, minimum: int) -> tuple[date, date]:
    """The days from which a calm's evidence (as first told) and its attacks (as they happened) are read, or earlier ones.

    `last`: the day of the last attack that counts; `minimum`: days that make a pause a calm. Without a calm the evidence of
    the recent past is all that is read.
    """
    start = as_of - timedelta(days=WINDOW)
    if last and (as_of - last).days >= minimum:
        start = min(start, last - timedelta(days=LEAD))
    near = (last or as_of) - timedelta(days=NEAR_DAYS)
    return max(start, as_of - timedelta(days=LONGEST)), min(near, as_of - timedelta(days=2 * WINDOW))


def _known(incidents: Iterable[Incident], as_of: date) -> list[Incident]:
    return [
        each
        for each in incidents
        if (each.known is None or each.known <= as_of) and ((day := day_of(each)) is None or day <= as_of)
    ]


def _violent(known: Sequence[Incident], watch: Watch, start: date, end: date) -> list[Incident]:
    return [
        each
        for each in known
        if is_attack(each) and direction(each, watch) and (day := day_of(each)) and start <= day <= end
    ]


def _state(days: Sequence[date], known: Sequence[Incident], watch: Watch, minimum: int, as_of: date,
           heard: int | None, first: date | None) -> str:  # fmt: skip
    """A pause is a lull only where somebody listened to as much of it as the definition asks."""
    if not days:
        return "unknown" if heard is None else "quiet"
    pause = (as_of - days[-1]).days
    if heard is not None and heard < minimum <= pause:
        return "unknown"
    if pause >= minimum:
        recent = [day for day in days if (days[-1] - day).days <= _ACTIVE]
        return "lull" if len(recent) >= 2 else "quiet"
    fresh = len(days) > 1 and (days[-1] - days[-2]).days >= minimum and pause <= WINDOW // 2
    phase = _phase(known, watch, as_of, first)
    return "active" if fresh and phase == "de-escalating" else phase  # an attack that ends a calm eases nothing


def _phase(known: Sequence[Incident], watch: Watch, as_of: date, first: date | None) -> str:
    """The last 14 days against the 14 before, by days with attacks; "active" where the earlier ones were not heard."""
    turn = as_of - timedelta(days=WINDOW)
    recent = _violent(known, watch, turn + timedelta(days=1), as_of)
    before = _violent(known, watch, turn - timedelta(days=WINDOW - 1), turn)
    if first is None or first > turn - timedelta(days=WINDOW // 2):
        return "active"
    now, then = len({day_of(each) for each in recent}), len({day_of(each) for each in before})
    deadlier = sum(map(dead, recent)) > sum(map(dead, before))
    both = len({direction(each, watch) for each in recent}) == 2
    if now >= then + 2 or (deadlier and (both or (now > then and now > 2))):
        return "escalating"
    return "de-escalating" if 2 * now <= then and not any(map(dead, recent)) else "active"


def _coverage_line(heard: Reporting, found: Sequence[Gap], since: date, as_of: date,
                   listened: Calendar | None) -> EvidenceLine:  # fmt: skip
    reporting = [day for day in heard.days if since < day <= as_of]
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
    return EvidenceLine(f"{text}; no silence longer than usual for these sources", (), "on record", (PEACE, ARMING, OUTSIDE),
                        (DEAF,))  # fmt: skip


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
    start = (since or as_of) - timedelta(days=NEAR_DAYS)
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
              definition: LullDefinition | None, *, as_of: date, articles: Received,
              theatre: Theatre | None, rolls_up: RollsUp, events: Sequence[Event] = (),
              listened: Calendar | None = None, attacks: Iterable[date] | None = None) -> Lull:  # fmt: skip
    """Read the dyad's state on `as_of` from what was known then.

    `lines` set evidence beside four explanations; `reading` is the one least contradicted. `events`
    (the mentions behind the incidents) say on whose word each line rests. Past gaps are in days, oldest first.
    `listened` is the coverage calendar, where one is kept: sources lost during the calm are told. `attacks`: the days of
    all attacks that count, where somebody has them already; of the incidents only those since `window` are then read.
    """
    definition = definition or LullDefinition()
    watch = Watch(dyad, rolls_up, theatre)
    heard = reporting_of(articles, as_of)
    known = [sober(each, heard.outlets, theatre, rolls_up) for each in _known(incidents, as_of)]
    found = gaps(heard, theatre.coverage if theatre else None, until=as_of)
    counted = [each for each in known if why_not(each, watch, definition) is None]
    days = sorted({day for each in counted if (day := day_of(each))} if attacks is None else set(attacks))
    silences = [gap for gap in found if gap.source == ALL]
    pause = pause_of(days, as_of, silences)
    heard_days = pause.heard if pause else (0 if heard.days or heard.undated else None)
    first = min(heard.days, default=None)
    state = _state(days, known, watch, definition.minimum_days, as_of, heard_days, first)
    since = days[-1] if days else None
    last = max(
        (each for each in counted if day_of(each) == since),
        key=lambda each: (each.place is not None and each.place.precision == "site", each.origins, each.id),
        default=None,
    )
    past = past_gaps(days)
    start = (
        (since - timedelta(days=LEAD))
        if since and state in ("lull", "quiet", "unknown")
        else as_of - timedelta(days=WINDOW)
    )
    start = max(start, as_of - timedelta(days=LONGEST))
    promises = frozenset(each.event for each in tripwires if each.direction == "rewards" and each.event)
    by_id = {each.id: each for each in events}
    told = articles if isinstance(articles, Mapping) else {}  # counts name no outlets: the mentions do
    lines = evidence_lines(known, watch, start, as_of, events=by_id, articles=told, promises=promises)
    calm = state in ("lull", "quiet", "unknown")
    if since and since < as_of and (calm or state == "de-escalating"):
        lines.append(_coverage_line(heard, found, since, as_of, listened))
    open_ones = _open(tripwires, watch, as_of)
    return Lull(
        dyad=dyad.id, as_of=as_of, state=state,  # type: ignore[arg-type]
        last=last.id if last else None, since=since, days=pause.days if pause else None,
        longer_than=pause.longer_than if pause else None,
        past_gaps=past,
        reading=least_contradicted(lines) if calm else None,
        lines=tuple(lines),
        signposts=signposts(known, open_ones, as_of),
        tripwires=tuple(each.id for each in open_ones),
        near_misses=_near_misses(known, watch, definition, since, as_of),
        gaps=(*(gap for gap in silences if gap.end >= (since or start)),
              *(listened.lost(since + timedelta(days=1), as_of) if listened and since and since < as_of else ())),
        heard=pause.heard if pause else None,
        surprise=pause.surprise if pause else None,
        survival=survival(past),
    )  # fmt: skip
