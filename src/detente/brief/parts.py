"""Where things stand and what came lately: the opening parts of a brief."""

from __future__ import annotations

from datetime import date, timedelta

from detente.brief.board import rows
from detente.brief.case import Case
from detente.brief.words import capital, day, number, plural, said
from detente.records import Block, Change, Incident, Sentence
from detente.tension.lines import here, only_hurt, told_again
from detente.tension.quoting import inside, points_back, told_on
from detente.tension.sides import acting, day_of, direction, is_attack, named_host, perpetrators
from detente.tension.tolls import dead

_TURNED = 35  # days for which a change of rate is news
_ENOUGH = 8  # earlier gaps from which it is told how unusual a pause is


def standing(case: Case) -> Block:
    """Where things stand: the last attack, the days before it, how unusual the pause is."""
    lull, out = case.lull, []
    last = case.incident(lull.last)
    if lull.gaps:
        out.append(_deaf(case))
    if last and lull.since:
        reports = plural(len(last.reports), "report")
        origins = plural(last.origins, "independent origin")
        out.append(
            said(
                f"Last attack that counts: {lower(last.title)}, {day(lull.since)} ({reports}, {origins}).",
                case.cite([last.evidence]),
                "latest incident under the definition",
            )
        )
        out += _before(case, lull.since)
        out += _absences(case) if lull.state in ("lull", "quiet") else []
    else:
        out.append(said("No attack that counts here is on record.", (), "no incident meets the definition"))
    if lull.past_gaps and lull.heard is not None and lull.state in ("lull", "quiet"):
        out.append(_unusual(case))
    out += _turns(case)
    return Block("Where things stand", "text", tuple(out))


def _unusual(case: Case) -> Sentence:
    """The pause against the dyad's own earlier gaps; a short record is said to be one."""
    lull, past = case.lull, case.lull.past_gaps
    heard, n = lull.heard or 0, len(past)
    shorter = sum(gap < heard for gap in past)
    of = "the only earlier gap" if n == 1 else "both earlier gaps" if n == 2 else f"all {number(n)} earlier gaps"
    if shorter < n or n == 1:
        of = f"{number(shorter) if shorter else 'none'} of the {number(n)} earlier gaps" if n > 1 else of
    text = f"The pause is {'no longer' if n == 1 and not shorter else 'longer'} than {of} between attack days on record"
    if n >= _ENOUGH and lull.surprise is not None:
        text += f"; a gap as long is to be expected about once in {round(1 / lull.surprise)}"
    elif n < _ENOUGH:
        text += "; the record is too short to say how unusual that is"
    return said(text + ".", (), f"gaps in days: {', '.join(map(str, past))}")


_LINE_NAMES = {"acts": "Days with attacks", "threats": "Days with threats", "posture": "Days with deployments or drills",
               "withdrawal": "Days with withdrawals"}  # fmt: skip


def _turns(case: Case, most: int = 2) -> list[Sentence]:
    """The newest change points of the lines, if they lie in the last weeks or still hold for the present calm."""
    every = case.series.changes if case.series else ()
    start = case.as_of - timedelta(days=_TURNED)
    if case.lull.since and case.lull.state in ("lull", "quiet"):
        start = min(start, case.lull.since - timedelta(days=_TURNED // 2))
    recent = [each for each in every if each.line != "cooperation" and each.day >= start]
    out = []
    for each in recent[-most:]:
        shown = [found for found in map(case.incident, each.incidents[:1]) if found]
        verb = "rose" if each.after > each.before else "fell"
        text = f"{_LINE_NAMES[each.line]} {verb} from {_rate(each.before)} to {_rate(each.after)} a month about {day(each.day)}."
        length = (each.until - each.day).days + 1
        if length < 30 and verb == "rose":  # a rate of a few days told by the month would promise what nobody saw
            n = _days_with(case, each)
            before = f"{_rate(each.before)} a month" if each.before else "none"
            text = f"{_LINE_NAMES[each.line]} rose from {before} to {number(n)} in {plural(length, 'day')} from {day(each.day)}."
        out.append(said(text, case.cite(found.evidence[:1] for found in shown),
                        "change point of the line, by PELT with a Poisson cost, coverage taken into account"))  # fmt: skip
    return out


def _days_with(case: Case, change: Change) -> int:
    """Days of the stretch with anything on the line that changed."""
    days = case.series.days if case.series else ()
    return sum(getattr(each, change.line) > 0 for each in days if change.day <= each.day <= change.until)


def _rate(days_a_month: float) -> str:
    return f"{days_a_month:g}" if days_a_month else "none"


def _absences(case: Case, most: int = 2) -> list[Sentence]:
    """Reports that nothing happened: the newest ones, in their own words."""
    told = [line for line in case.lull.lines if line.incident and "coverage loss" in line.inconsistent]
    out = []
    for line in told[-most:]:
        incident = case.incident(line.incident)
        if incident is None:
            continue
        words, who = case.in_words(incident)
        text = f"{capital(who)}, {day(incident.known)}: {words}." if who else f"{day(incident.known)}: {words}."
        out.append(said(text, case.cite([line.spans], 2)))
    return out


def _deaf(case: Case) -> Sentence:
    gap = case.lull.gaps[-1]
    lost = "Coverage was lost" if gap.source == "all sources" else f"{gap.source} was not heard"
    return said(
        f"{lost} from {day(gap.start)} to {day(gap.end)}: silence then is not evidence of calm.",
        (),
        f"{gap.source}: {gap.reason}",
    )


def _before(case: Case, since: date) -> list[Sentence]:
    start = since - timedelta(days=30)
    phase = [(on, each) for on, each in case.counted() if start <= on < since]
    if not phase:
        return []
    days = len({on for on, _ in phase})
    return [
        said(
            f"In the 30 days before it, attacks that count were reported on {plural(days, 'day')}.",
            case.cite(each.evidence[:1] for _, each in reversed(phase)),
            f"attack days from {start} to {since - timedelta(days=1)}",
        )
    ]


def lower(title: str) -> str:
    """A title inside a sentence, its toll in brackets; one that starts with an acronym stays as it is."""
    what, _, toll = title.partition("; ")
    return (what if what[1:2].isupper() else what[:1].lower() + what[1:]) + (f" ({toll})" if toll else "")


_SHOWN = 10  # entries of the timeline
_WEEK = 7  # days whose news stands before older news
_TELLS = ("ASSAULT", "RETREAT", "MOBILIZE", "THREATEN", "SANCTION", "COERCE", "PROTEST")


def _tells(case: Case, incident: Incident, on: date) -> bool:
    """True for something that one of the two sides did, said or suffered, and that somebody reports as done."""
    if incident.act == incident.type == "ASSAULT" and not is_attack(incident):
        return False
    if not here(incident, case.watch) or (incident.type == "RETREAT" and incident.blamed and not incident.actors):
        return False
    doers = acting(perpetrators(incident))
    ours = direction(incident, case.watch) or case.watch.a(doers, on) or case.watch.b(doers, on)
    done = incident.modality in ("happened", "ongoing") or (
        incident.modality == "planned" and incident.type == incident.act == "MOBILIZE" and bool(incident.actors)
    )
    told = not incident.retracted and not only_hurt(incident) and not told_again(incident)
    told = told and (incident.type == "ASSAULT" or not points_back(incident))
    return bool(ours) and done and told and incident.type in _TELLS


def lately(case: Case) -> Block | None:
    """What happened between the two sides in three weeks, in the reports' words, the newest first.

    Where there is more than fits, attacks of one side on the other stand before the rest, the deadliest first, and the
    week's other news before that of the weeks before.
    """
    start = case.as_of - timedelta(days=21)
    on_the_board = {wire.event for row in rows(case) for wire in row.told}
    recent = [
        (on, each)
        for each in case.incidents
        if (on := day_of(each)) and on >= start and _tells(case, each, on) and not on_the_board & set(each.events)
    ]
    # a day that a report states before one that is only assumed from the day of print
    recent.sort(key=lambda item: (told_on(item[1]) == item[0], item[0], item[1].origins, item[1].id), reverse=True)
    told: dict[tuple, list[Incident]] = {}
    for on, each in recent:
        told.setdefault(_sameness(case, on, each), []).append(each)
    told = _folded(told)
    by_sentence: dict[tuple[str, int], tuple[date, list[Incident]]] = {}
    for (on, *_), alike in told.items():
        # one sentence can carry several deeds; a reader wants it once
        first = alike[0].evidence[0]
        by_sentence.setdefault((first.article, first.start), (told_on(alike[0]) or on, alike))
    kept = sorted(by_sentence.values(), key=lambda item: _rank(case, *item), reverse=True)[:_SHOWN]
    lines = [_line(case, on, alike) for on, alike in sorted(kept, key=lambda item: item[0], reverse=True)]
    return Block("The last three weeks", "list", tuple(lines)) if lines else None


def _rank(case: Case, on: date, alike: list[Incident]) -> tuple:
    between = any(each.type in ("ASSAULT", "PROTEST") and direction(each, case.watch) for each in alike)
    deadly = max(map(dead, alike)) if between else 0
    fresh = (case.as_of - on).days < _WEEK
    return fresh or bool(deadly), between, deadly, on


def _sameness(case: Case, on: date, incident: Incident) -> tuple:
    """What makes two entries one line for a reader: deeds of one day on one site told in two ways."""
    if incident.type == "PROTEST":  # stones, tents and tear gas are one siege
        return on, incident.type, "", direction(incident, case.watch)
    if incident.type not in ("ASSAULT", "RETREAT"):
        return on, incident.id
    site = named_host(incident, case.watch, on)
    place = incident.place.name if incident.place and incident.place.precision == "site" else None
    if incident.type == "RETREAT" and not (site or place):
        return on, incident.id
    return on, incident.type, site.id if site else place, direction(incident, case.watch)


def _folded(told: dict[tuple, list[Incident]]) -> dict[tuple, list[Incident]]:
    """Attacks told without their site taken in by the best-told attack of that day and direction that has one."""
    out = dict(told)
    for key, mine in told.items():
        if len(key) != 4 or key[2] is not None:
            continue
        sited = [
            other for other in told
            if len(other) == 4 and other[2] and other[:2] == key[:2] and key[3] in (None, other[3])
        ]  # fmt: skip
        if key[3] is None and max(map(dead, mine)) > max(
            (dead(each) for other in sited for each in told[other]), default=0
        ):
            continue  # who died is told here alone
        home = max(sited, key=lambda other: sum(len(each.reports) for each in told[other]), default=None)
        if home is not None:
            out[home] = [*out[home], *mine]
            del out[key]
    return out


def _line(case: Case, on: date, alike: list[Incident]) -> Sentence:
    incident = alike[0]
    words, who = case.in_words(incident, 170)
    text = f"{day(on)}: {words}{f' ({who}{_held(incident)})' if who else ''}."
    return said(text, case.cite(each.evidence for each in alike))


def _held(incident: Incident) -> str:
    denier = next((each.speaker for each in incident.statements if each.stance == "denies"), None)
    return f"; denied by {inside(denier)}" if denier else ""
