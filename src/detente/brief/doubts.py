"""What lies ahead, what is not known, and who the sources are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from detente.brief.board import open_threats, points_back, rows, words
from detente.brief.case import Case
from detente.brief.parts import lower
from detente.brief.words import day, listed, number, plural, said
from detente.incidents.build import speaker
from detente.records import Block, Incident, Sentence
from detente.reference.actors import ActorIndex
from detente.tension.sides import perpetrators


def watch_for(case: Case) -> Block | None:
    """What to watch: dated plans, and what would raise or lower the risk as far as the reports name it."""
    dated = []
    for each in case.incidents:
        ahead = each.date.end if each.date else None
        ours = case.dyad is None or case.watch.told(each)
        if each.modality == "planned" and ahead and ahead > case.as_of and ours:
            dated.append((ahead, each.id, said(f"By {day(ahead)}: {case.words(each)}.", case.cite([each.evidence], 2))))
    out = [sentence for _, _, sentence in sorted(dated, key=lambda item: item[:2])[:6]]
    raising = [row.wire for row in open_threats(case) if not row.wire.negated_condition and not points_back(row.wire)][
        :3
    ]
    keeping = [row.wire for row in rows(case) if row.is_open and row.wire.direction == "rewards"][:2]
    for name, chosen in (("Would raise the risk", raising), ("Holds only as long as it is met", keeping)):
        if chosen:
            quotes = listed([words(wire.condition, 90) for wire in chosen])
            out.append(said(f"{name}: {quotes}.", (wire.span for wire in chosen)))
    return Block("What to watch", "list", tuple(out)) if out else None


def _opening(words: str) -> str:
    """'very likely …' as the start of a sentence."""
    return f"There is a {words}" if words.startswith(("roughly", "remote", "realistic")) else f"It is {words}"


def outlook(case: Case) -> Block:
    """Frozen forecasts with range and base rate; without one, the plain record of earlier pauses."""
    out = []
    for each in case.forecasts:
        if each.made <= case.as_of:
            out.append(
                said(
                    f"{_opening(each.words)} (model range {each.low:.0%} to {each.high:.0%}, computed {each.probability:.0%}; "
                    f"base rate over the streams it learned from {each.base_rate:.0%}). It resolves on an attack between "
                    f"the two sides reported by {day(each.made + timedelta(days=each.horizon))}.",
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
                case.cite(each.evidence[:1] for _, each in reversed(nameless[-6:])),
                "no actor is named in the reports",
            )
        )
    out += _differing(case, attacks)
    for on, each in attacks[-8:]:
        if each.disputed:
            out.append(
                said(
                    f"Responsibility for {lower(each.title)} ({day(on)}) is disputed.",
                    case.cite([[s.evidence for s in each.statements]]),
                )
            )
    out += _lone(case)
    return Block("What we do not know", "list", tuple(out[:8])) if out else None


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
            figures = [each for each in incident.tolls if each.kind == kind]
            values = sorted({each.low for each in figures})
            if len(values) > 1:
                place = incident.place.name if incident.place and incident.place.precision == "site" else ""
                where = f" at {place}" if place else ""
                text = f"For {day(on)}{where}, reports differ on {noun}: {listed([str(v) for v in values], 'or')}."
                out.append(said(text, case.cite([(each.evidence,) for each in figures if each.evidence], copies=True)))
    return list({each.text: each for each in out}.values())


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
