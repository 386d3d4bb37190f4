"""Where things stand, what counts, and what came lately: the opening parts of a brief."""

from __future__ import annotations

from datetime import date, timedelta

from detente.brief.case import Case
from detente.brief.words import day, number, plural, said, spans
from detente.records import Block, Incident, Sentence
from detente.tension.sides import day_of, direction, is_attack, perpetrators


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
                last.evidence[:4],
                "latest incident under the definition",
            )
        )
        out += _before(case, lull.since)
    else:
        out.append(said("No attack that counts here is on record.", (), "no incident meets the definition"))
    if lull.past_gaps and lull.days is not None and lull.state in ("lull", "quiet"):
        shorter = sum(gap < lull.days for gap in lull.past_gaps)
        out.append(
            said(
                f"The pause of {plural(lull.days, 'day')} is longer than {number(shorter)} of the "
                f"{number(len(lull.past_gaps))} earlier gaps between attack days on record.",
                (),
                f"gaps in days: {', '.join(map(str, lull.past_gaps))}",
            )
        )
    return Block("Where things stand", "text", tuple(out))


def _deaf(case: Case) -> Sentence:
    gap = case.lull.gaps[-1]
    return said(
        f"Coverage was lost from {day(gap.start)} to {day(gap.end)}: silence then is not evidence of calm.",
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
            spans((each.evidence[:1] for _, each in phase), 6),
            f"attack days from {start} to {since - timedelta(days=1)}",
        )
    ]


def lower(title: str) -> str:
    return title[:1].lower() + title[1:] if title[:2] not in ("US", "UN", "UK") and not title[:2].isupper() else title


def counts(case: Case) -> Block:
    """What counts here, and what was left out, each with its reason."""
    rule = case.definition
    proof = {
        "reported": "reported by at least one independent origin and not retracted",
        "corroborated": "reported by at least two independent origins and not retracted",
        "claimed": "reported or claimed, and not retracted",
    }[rule.proof]
    out = [
        said(f"Target class: {rule.target_class}.", (), "lull definition of the theatre"),
        said(
            f"Proof: {proof}; a pause counts as a lull from {plural(rule.minimum_days, 'day')}.",
            (),
            "lull definition of the theatre",
        ),
    ]
    for each in map(case.incident, case.lull.near_misses):
        reason = case.why_not(each) if each else None
        if each and reason:
            out.append(said(f"Left out: {lower(each.title)}, {day(day_of(each))} ({reason}).", each.evidence[:2]))
    return Block("What counts here", "text", tuple(out))


def lately(case: Case) -> Block | None:
    """The latest happenings between the two sides, newest first."""
    recent = []
    for each in case.incidents:
        on = day_of(each)
        if each.act == each.type == "ASSAULT" and not is_attack(each):
            continue
        if on is None or on < case.as_of - timedelta(days=21) or each.modality not in ("happened", "ongoing"):
            continue
        ours = (
            direction(each, case.watch) or case.watch.a(perpetrators(each), on) or case.watch.b(perpetrators(each), on)
        )
        if (
            ours
            and each.type in ("ASSAULT", "RETREAT", "MOBILIZE", "THREATEN", "SANCTION", "COERCE")
            and not each.retracted
        ):
            recent.append((on, each))
    recent.sort(key=lambda item: (item[0], item[1].id), reverse=True)
    rows = tuple(said(f"{day(on)}: {each.title}{_held(each)}.", each.evidence[:3]) for on, each in recent[:8])
    return Block("The last three weeks", "list", rows) if rows else None


def _held(incident: Incident) -> str:
    notes = []
    if incident.blamed and not incident.actors:
        notes.append("blame stated")
    if incident.claimed:
        notes.append("claimed")
    denier = next((each.speaker for each in incident.statements if each.stance == "denies"), None)
    if denier:
        notes.append(f"denied by {denier}")
    return f" ({', '.join(notes)})" if notes else ""
