"""What is not known, and who the sources are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from detente.brief.board import rows, words
from detente.brief.case import Case
from detente.brief.parts import lower
from detente.brief.words import day, in_prose, listed, said
from detente.incidents.build import speaker
from detente.incidents.naming import sited
from detente.records import Block, Incident, Sentence, Span
from detente.reference.actors import ActorIndex
from detente.tension.sides import day_of, direction, is_id, perpetrators
from detente.tension.tolls import clear


def unknowns(case: Case) -> Block | None:
    """What is not known: who fired, how many died, what rests on one origin."""
    attacks = [(on, each) for on, each in case.counted() if on >= (case.lull.since or case.as_of) - timedelta(days=30)]
    blamed = _blamed(case, attacks)
    nameless = [(on, each) for on, each in attacks if not any(map(is_id, perpetrators(each))) and on not in blamed]
    out = []
    if nameless:
        out.append(
            said(
                f"Who was behind the attacks {_sites(nameless)} is not established.",
                case.cite(each.evidence[:1] for _, each in reversed(nameless[-6:])),
                "no actor is named in the reports",
            )
        )
    for on, (names, proof) in sorted(blamed.items())[-2:]:
        text = f"For {day(on)}, {listed(names)} {'is' if len(names) == 1 else 'are'} blamed by others; no proof is reported."
        out.append(said(text, case.cite([proof])))
    out += _differing(case, attacks)
    for on, each in attacks[-8:]:
        if each.disputed:
            out.append(
                said(
                    f"Responsibility for the attack of {day(on)} ({lower(each.title.split('; ')[0])}) is disputed.",
                    case.cite([[s.evidence for s in each.statements]]),
                )
            )
    out += _boasts(case)
    out += _lone(case)
    return Block("What we do not know", "list", tuple(out[:8])) if out else None


def _sites(attacks: Sequence[tuple[date, Incident]], most: int = 6) -> str:
    """ "at Camp Taji (11 and 14 March) and Green Zone (2 March)": the newest attacks, by place where one is known."""
    days: dict[str, list[date]] = {}
    for on, each in attacks[-most:]:
        place = each.place if each.place and each.place.precision not in ("country", "region", "unmatched") else None
        held = days.setdefault(place.name if place else "", [])
        held += [on] if on not in held else []
    told = [f"at {sited(place)} ({_dates(held)})" for place, held in days.items() if place]
    placed = {on for place, held in days.items() if place for on in held}
    rest = [on for on in days.get("", []) if on not in placed]
    return listed([*told, *([f"of {_dates(rest)}"] if rest else [])])


def _dates(days: Sequence[date]) -> str:
    """ "26 April, 6 and 9 May"."""
    months: dict[str, list[str]] = {}
    for each in sorted(days):
        months.setdefault(f"{each:%B}", []).append(str(each.day))
    parts = [f"{listed(each)} {month}" for month, each in months.items()]
    return "; ".join(parts) if len(parts) > 1 and any(len(each) > 1 for each in months.values()) else listed(parts)


def _blamed(case: Case, attacks: Sequence[tuple[date, Incident]]) -> dict[date, tuple[list[str], list[Span]]]:
    """Days of attacks nobody is known to have made, on which somebody of the other side is blamed."""
    days = {on for on, each in attacks if not any(map(is_id, (*each.actors, *each.claimed)))}
    found: dict[date, tuple[list[str], list[Span]]] = {}
    for each in case.incidents:
        on = day_of(each)
        theirs = [name for name in each.blamed if is_id(name) and case.watch.b((name,), on)]
        if on in days and theirs and each.act == "ASSAULT":
            names, proof = found.setdefault(on, ([], []))
            names += [name for key in theirs if (name := in_prose(case.party(key, each))) not in names]
            proof += each.evidence[:1]
    return found


def _boasts(case: Case) -> list[Sentence]:
    """Figures of dead that only the paper of the attacker gives."""
    out = []
    for incident, tolls in case.boasts:
        on = day_of(incident)
        toll = next((each for each in tolls if each.kind == "killed" and each.evidence), None)
        recent = on is not None and (case.as_of - on).days <= 30
        if toll is None or not toll.evidence or not recent or not direction(incident, case.watch):
            continue
        outlet = case.articles[toll.evidence.article].outlet or "a paper"
        text = f"Whether {toll.low} died on {day(on)}, as only {outlet} says, which speaks for the attacker."
        out.append(said(text, (toll.evidence,)))
    return out[-2:]


def _lone(case: Case) -> list[Sentence]:
    """Open threats known from one origin's unnamed speaker only."""
    out = []
    for row in rows(case):
        origins = {case.source.get(each.article, each.article) for each in row.told}
        unnamed = any(link.anonymous for each in row.told for link in each.attribution)
        if not row.is_open or len(origins) > 1 or not unnamed:
            continue
        event = case.events.get(row.wire.event or "")
        who = speaker(row.wire.attribution[0], event) if event and row.wire.attribution else "one source"
        text = f"Whether the threat {words(row.wire.consequence, 80)} exists outside the word of {who}."
        out.append(said(text, (row.wire.span,), "one origin, unnamed speaker"))
    return out


_NOUNS = {"killed": "how many died", "injured": "how many were hurt", "rounds": "how many rounds were fired"}


def _differing(case: Case, attacks: Sequence[tuple[date, Incident]]) -> list[Sentence]:
    """Per day and kind, the different figures that reports give, each with its place."""
    out = []
    for on, incident in attacks[-8:]:
        for kind, noun in _NOUNS.items():
            figures = clear([each for each in incident.tolls if each.kind == kind])
            values = sorted({(each.low or each.high or 0, not each.low and bool(each.high)) for each in figures})
            if len(values) > 1:
                place = incident.place.name if incident.place and incident.place.precision == "site" else ""
                where = f" at {sited(place)}" if place else ""
                text = f"For {day(on)}{where}, reports differ on {noun}: {listed([_figure(*v) for v in values], 'or')}."
                out.append(said(text, case.cite([(each.evidence,) for each in figures if each.evidence], copies=True)))
    return list({each.text: each for each in out}.values())


def _figure(number: int, at_most: bool) -> str:
    return f"up to {number}" if at_most else str(number)  # 'as many as 30' says nothing of the least


def _interest(case: Case, name: str, index: ActorIndex) -> str:
    outlet = case.theatre.outlet(name) if case.theatre else None
    if outlet is None:
        return "interest not on file"
    known = [(index.get(each), each) for each in outlet.party_to]
    sides = listed([actor.name if actor else each for actor, each in known])
    flag = f"party: speaks for {sides or 'one side'}" if outlet.party else "not a party"
    return f"{flag}; owner: {outlet.owner}" if outlet.owner else flag


def sources(case: Case, used: Sequence[str]) -> Block:
    """The outlets behind the brief, with the interest each one has."""
    counted: dict[str, int] = {}
    for key in used:
        article = case.articles.get(key)
        name = (article.outlet if article else None) or "outlet not known"
        counted[name] = counted.get(name, 0) + 1
    index, lines = case.index, []
    for name in sorted(counted, key=lambda each: (-counted[each], each)):
        cells = (name, str(counted[name]), _interest(case, name, index))
        lines.append(tuple(said(text, (), "outlet list") for text in cells))
    return Block("Sources", "table", (), ("outlet", "reports cited", "interest"), tuple(lines))
