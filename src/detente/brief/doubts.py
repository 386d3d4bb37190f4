"""What lies ahead, what is not known, and who the sources are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from detente.brief.case import Case, unique_wires
from detente.brief.parts import lower
from detente.brief.words import capital, day, listed, number, plural, quoted, said, spans
from detente.incidents.build import speaker
from detente.records import Block, Incident, Sentence
from detente.reference.actors import ActorIndex, load
from detente.tension.sides import perpetrators


def watch_for(case: Case) -> Block | None:
    """What to watch: dated plans, and what would raise or lower the risk as far as the reports name it."""
    dated = []
    for each in case.incidents:
        ahead = each.date.end if each.date else None
        if each.modality == "planned" and ahead and ahead > case.as_of:
            dated.append((ahead, each.id, said(f"By {day(ahead)}: {lower(each.title)}.", each.evidence[:2])))
    rows = [sentence for _, _, sentence in sorted(dated, key=lambda item: item[:2])[:6]]
    wires = [wire for wire in reversed(unique_wires(case)) if wire.state == "armed" and not wire.vague]
    raising = [wire for wire in wires if wire.direction == "punishes" and not wire.negated_condition][:3]
    keeping = [wire for wire in wires if wire.direction == "rewards"][:2]
    for name, chosen in (("Would raise the risk", raising), ("Holds only as long as it is met", keeping)):
        if chosen:
            quotes = listed([quoted(wire.condition, 90) for wire in chosen])
            rows.append(said(f"{name}: {quotes}.", (wire.condition for wire in chosen)))
    return Block("What to watch", "list", tuple(rows)) if rows else None


def outlook(case: Case) -> Block:
    """Frozen forecasts with range and base rate; without one, the plain record of earlier pauses."""
    out = []
    for each in case.forecasts:
        if each.made <= case.as_of:
            out.append(
                said(
                    f"{capital(each.words)} ({each.low:.0%} to {each.high:.0%}; computed {each.probability:.0%}): "
                    f"an attack that counts here is reported within {each.horizon} days of {day(each.made)}. "
                    f"Base rate: {each.base_rate:.0%}.",
                    (),
                    f"{each.model}; frozen {each.made}; resolves by {each.rule}",
                )
            )
    if not out:
        out.append(said("No calibrated forecast is made here yet.", (), "no forecast was given"))
    days, past = case.lull.days, case.lull.past_gaps
    if days is not None and case.lull.state in ("lull", "quiet") and past:
        longer = [gap for gap in past if gap >= days]
        ended = sum(gap <= days + 30 for gap in longer)
        text = "No earlier pause on this record lasted as long."
        if longer:
            text = (
                f"Of {plural(len(longer), 'earlier pause')} that lasted {plural(days, 'day')} or more, "
                f"{number(ended)} ended within the next 30 days."
            )
        out.append(said(text, (), f"gaps in days: {', '.join(map(str, past))}"))
    return Block("Outlook", "text", tuple(out))


def unknowns(case: Case) -> Block | None:
    """What is not known: who fired, how many died, what rests on one origin."""
    attacks = [(on, each) for on, each in case.counted() if on >= (case.lull.since or case.as_of) - timedelta(days=30)]
    nameless = [(on, each) for on, each in attacks if not perpetrators(each)]
    out = []
    if nameless:
        days = listed([day(on) for on in sorted({on for on, _ in nameless})[-6:]])
        out.append(
            said(
                f"Who attacked on {days} is not established.",
                spans((each.evidence[:1] for _, each in nameless[-6:]), 6),
                "no actor is named in the reports",
            )
        )
    for on, each in attacks[-8:]:
        out += _differing(on, each)
        if each.disputed:
            out.append(
                said(
                    f"Responsibility for {lower(each.title)} ({day(on)}) is disputed.",
                    tuple(s.evidence for s in each.statements)[:4],
                )
            )
    for wire in unique_wires(case):
        event = case.events.get(wire.event or "")
        home = next((each for each in case.incidents if event and event.id in each.events), None)
        if wire.state == "armed" and home and home.origins == 1 and any(link.anonymous for link in wire.attribution):
            who_says = speaker(wire.attribution[0], event) if event else "one source"
            out.append(
                said(
                    f"Whether the threat {quoted(wire.consequence, 80)} exists outside the word of {who_says}.",
                    (wire.span,),
                    "one origin, unnamed speaker",
                )
            )
    return Block("What we do not know", "list", tuple(out[:8])) if out else None


def _differing(on: date, incident: Incident) -> list[Sentence]:
    out = []
    for kind in ("rounds", "killed", "injured"):
        figures = [each for each in incident.tolls if each.kind == kind]
        values = sorted({each.low for each in figures})
        if len(values) > 1:
            noun = {"rounds": "how many rounds were fired", "killed": "how many died", "injured": "how many were hurt"}[
                kind
            ]
            out.append(
                said(
                    f"For {day(on)}, reports differ on {noun}: {listed([str(each) for each in values], 'or')}.",
                    spans(((each.evidence,) for each in figures if each.evidence), 6),
                )
            )
    return out


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
    index, rows = load(case.theatre.actors if case.theatre else ()), []
    for name in sorted(counted, key=lambda each: (-counted[each], each)):
        cells = (name, str(counted[name]), _interest(case, name, index))
        rows.append(tuple(said(text, (), "outlet list") for text in cells))
    return Block("Sources", "table", (), ("outlet", "reports cited", "interest"), tuple(rows))
