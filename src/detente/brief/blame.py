"""Claims, blame and denials, side by side: who is held to have done it, and on whose word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from detente.brief.case import Case
from detente.brief.parts import lower
from detente.brief.words import day, in_prose, listed, quoted, said
from detente.incidents.views import distance_km
from detente.records import Block, Incident, Sentence, Span, Statement
from detente.tension.quoting import inside
from detente.tension.sides import day_of, direction, is_attack, is_id

_BACK = 30  # days
_MOST = 5
_FORTNIGHT = 14  # days in which a claim or denial without a day is of an attack before it
_NEAR = 30.0  # km between a base and the town it is told by
_VERBS = {"claims": "claimed by", "blames": "laid at the door of", "denies": "denied by"}


def _who(case: Case, key: str, incident: Incident) -> str:
    return in_prose(case.party(key, incident))


def _speakers(case: Case, statements: list[Statement]) -> str:
    """The speakers, each once, however their names are spelled."""
    found: dict[object, str] = {}
    for each in statements:
        ids = frozenset(name for one in case.index.find(each.speaker) if (name := one.actor or one.country))
        found.setdefault(ids or each.speaker.casefold(), inside(each.speaker))
    names = list(found.values())
    bare = [name for name in names if any(name != other and name.split()[-1] in other.split() for other in names)]
    return listed([name for name in names if name not in bare or len(names) == len(bare)][:2])


def _line(case: Case, on: date, incident: Incident) -> Sentence | None:
    """ "11 March, rockets hit Camp Taji: laid at the door of Kataib Hezbollah by the US; denied by its spokesman"."""
    told = {stance: [s for s in incident.statements if s.stance == stance] for stance in _VERBS}
    parts: list[str] = []
    proof: list[Span] = [each.evidence for mine in told.values() for each in mine[:2]]
    claimed = [name for name in incident.claimed if is_id(name)]
    if not claimed and incident.claimed:
        parts.append("claimed by a group that the sentence cited does not name")
    if claimed:
        parts.append(f"claimed by {listed([_who(case, each, incident) for each in claimed[:2]])}")
    blamed = [name for name in incident.blamed if is_id(name)]
    if blamed:
        by = f", by {_speakers(case, told['blames'])}" if told["blames"] else ""
        parts.append(f"laid at the door of {listed([_who(case, each, incident) for each in blamed[:2]])}{by}")
    if told["denies"]:
        parts.append(f"denied by {_speakers(case, told['denies'])}")
    if not parts:
        return None
    assumed = incident.known and any(each.startswith("date assumed") for each in incident.why)
    when = f"Reported {day(incident.known)}" if assumed else day(on)
    return said(
        f"{when}, {lower(incident.title)}: {'; '.join(parts)}.",
        case.cite([proof or incident.evidence]),
        "statements side by side",
    )


def _accusations(case: Case, most: int = 2) -> list[tuple[date, int, str, Sentence]]:
    """One side's blame of the other that names no single attack, in the reports' own words."""
    found = []
    for each in case.incidents:
        on = each.known
        if each.type != "ACCUSE" or each.modality not in ("happened", "ongoing") or not on or each.retracted:
            continue
        across = (case.watch.a(each.actors, on) and case.watch.b(each.recipients, on)) or (
            case.watch.b(each.actors, on) and case.watch.a(each.recipients, on)
        )
        if across and on > case.as_of - timedelta(days=_BACK):
            outlet = (
                case.articles[each.evidence[0].article].outlet if each.evidence[0].article in case.articles else None
            )
            text = f"{day(on)}: {quoted(each.evidence[0], 200)}{f' ({outlet})' if outlet else ''}."
            found.append((on, each.origins, each.id, said(text, case.cite([each.evidence], 1))))
    return sorted(found, key=lambda item: item[:3], reverse=True)[:most]


def _attacks(case: Case) -> list[tuple[date, Incident]]:
    """Attacks of the last 30 days that are the two sides' matter."""
    found = []
    for each in case.incidents:
        on = day_of(each)
        between = direction(each, case.watch) or any(
            case.watch.a((name,), on) or case.watch.b((name,), on) for name in (*each.blamed, *each.claimed)
        )
        if each.type == each.act == "ASSAULT" and on and on > case.as_of - timedelta(days=_BACK) and between:
            found.append((on, each))
    return found


def _home(case: Case, on: date, incident: Incident, attacks: list[tuple[date, Incident]]) -> Incident | None:
    """The attack that a claim or a denial told on its own is about: same day or, undated, the best told of the fortnight before.

    It must lie where the statement says, a base near the town it is told by included.
    """
    undated = any(each.startswith("date assumed") for each in incident.why)
    told = incident.known or on
    near = [
        (each.origins, day, each.id, each)
        for day, each in attacks
        if each.id != incident.id and is_attack(each)
        and (0 <= (told - day).days <= _FORTNIGHT if undated else day == on)
        and _one_place(each, incident)
    ]  # fmt: skip
    return max(near, key=lambda item: item[:3])[3] if near else None


def _one_place(one: Incident, other: Incident) -> bool:
    if one.place is None or other.place is None:
        return False
    gap = distance_km(one.place, other.place)
    fine = {"site", "settlement", "district"}
    return one.place.name == other.place.name or (
        gap is not None and gap <= _NEAR and {one.place.precision, other.place.precision} <= fine
        and one.place.precision != other.place.precision
    )  # fmt: skip


def _gathered(case: Case) -> list[tuple[date, Incident]]:
    """The attacks, each with what was claimed, blamed or denied of it in reports that told nothing else of it."""
    attacks = _attacks(case)
    homes = {each.id: each for _, each in attacks}
    for on, each in attacks:
        if is_attack(each):
            continue
        home = _home(case, on, each, attacks)
        if home is None:
            continue
        kept = homes[home.id]
        homes[home.id] = replace(
            kept, statements=tuple(dict.fromkeys((*kept.statements, *each.statements))),
            claimed=tuple(dict.fromkeys((*kept.claimed, *each.claimed))),
            blamed=tuple(dict.fromkeys((*kept.blamed, *each.blamed))),
        )  # fmt: skip
        del homes[each.id]
    return [(on, homes[each.id]) for on, each in attacks if each.id in homes]


def block(case: Case) -> Block | None:
    """What each side says of the attacks of the last 30 days; nothing where nobody claimed, blamed or denied."""
    found = []
    for on, each in _gathered(case):
        line = _line(case, on, each)
        if line is not None:
            found.append((on, each.origins, each.id, line))
    newest = sorted([*found, *_accusations(case)], key=lambda item: item[:3], reverse=True)[:_MOST]
    return Block("Claims, blame and denials", "list", tuple(line for *_, line in newest)) if newest else None
