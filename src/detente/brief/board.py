"""The board of tripwires: one row per threat however often it is retold, open ones first, with how near each is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from detente.brief.case import Case
from detente.brief.tracktext import FARES
from detente.brief.words import capital, day, in_prose, number, plural, quoted, said
from detente.incidents.build import speaker
from detente.records import Block, Incident, Nearness, Sentence, Span, TrackRecord, Tripwire
from detente.tension.overtaken import hangs_on_somebody
from detente.tension.threats import Threat, nearness, threats, track_records
from detente.tension.tripwires import concerns

_LEAD = re.compile(
    r"^(?:(?:us|them|him|her|reporters)\s+(?=(?:that|it|they|he|she|we)\b))?(?:(?:that|if|then|and|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\s+)*",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    r"^.{0,120}?\b(?:threaten|warn|vow|promis|pledg|said|declar)\w*\b(?: on \w+)?,? (?=(?:to|that|it|they)\b)",
    re.IGNORECASE | re.DOTALL,
)
_POINTS = re.compile(r"\b(?:it|this|that|so|they)\b", re.IGNORECASE)
_BELIEF = re.compile(
    r"\b(?:said|says|believed?s?|thinks?|thought|warned|wrote|held|told \w+)\b(?: on \w+)? (?:that )?", re.IGNORECASE
)
_WORD = re.compile(r"\w+")
_RECENT = 45  # days for which a threat that is over stays on the board


def _shown(wire: Tripwire, case: Case) -> bool:
    """False for a stump nobody can read, and for a threat whose words are reported of a time long past."""
    if min(len(_WORD.findall(each.quote)) for each in (wire.condition, wire.consequence)) < 3:
        return False
    event = case.events.get(wire.event or "")
    told = event.date.end if event and event.date and event.date.end else None
    return not (told and wire.reported and (wire.reported - told).days > 30)


def rows(case: Case) -> list[Threat]:
    """Every threat and promise of the dyad: open before closed, the newest first."""
    mine = [wire for wire in case.tripwires if (case.dyad is None or concerns(wire, case.watch)) and _shown(wire, case)]
    return threats(mine, case.dyad, case.as_of, case.events)


def _reported(row: Threat, case: Case) -> date:
    return row.reported or case.as_of


def open_threats(case: Case) -> list[Threat]:
    """Rows of the board still open that threaten rather than promise."""
    return [row for row in rows(case) if row.is_open and row.wire.direction == "punishes"]


def words(span: Span, limit: int = 150) -> str:
    """A span in quotation marks without the "that" or the "threatened on Thursday" before it."""
    text = " ".join(span.quote.split())
    cut = _SPEECH.match(text)
    start = cut.end() if cut and len(_WORD.findall(text[cut.end() :])) >= 3 else 0
    lead = _LEAD.match(text[start:])
    if lead and len(_WORD.findall(text[start + lead.end() :])) >= 3:
        start += lead.end()
    if text[start:].startswith("to ") and start:
        start += 3
    return quoted(Span(span.article, span.start, span.end, text[start:]), limit)


def voice(wire: Tripwire, case: Case) -> str:
    """On whose word it is known: the outermost speaker, else the outlet."""
    event = case.events.get(wire.event or "")
    chain = wire.attribution or (event.attribution if event else ())
    outlet = case.articles[wire.article].outlet if wire.article in case.articles else None
    if not chain:
        threatened = wire.holder if event and event.actors else None
        return f"{case.name(threatened)}, as told by {outlet or 'the report'}" if threatened else outlet or "the report"
    link = chain[0]
    known = case.index.get(link.source.actor) if link.source and link.source.actor else None
    if known is not None and known.kind in ("group", "organisation"):
        name = known.name
    elif event is not None:
        name = speaker(link, event)
    else:
        name = case.name(link.source) if link.source else outlet or "the report"
    return name + (", unnamed" if link.anonymous else "")


def _said_by(row: Threat, case: Case) -> str:
    origins = len({case.source.get(each.article, each.article) for each in row.told})
    told = "one origin" if origins == 1 else f"{number(origins)} origins"
    when = f", {day(_reported(row, case))}" if row.reported or case.dyad else ""
    return f"{capital(voice(row.wire, case))}{when}{f'; {told}' if len(case.articles) > 1 else ''}"


def near(row: Threat, case: Case) -> Nearness:
    """How close an open threat is; where no holder is stated, by the side that its condition names."""
    named = case.watch.named(row.wire.condition.quote, row.reported) if row.wire.holder is None else ""
    side = {"a": case.watch.dyad.a, "b": case.watch.dyad.b}.get(named, ())
    return nearness(row, case.incidents, as_of=case.as_of, rolls_up=case.rolls_up, sufferer=next(iter(side), None))


def _how_near(row: Threat, case: Case) -> tuple[str, tuple[Span, ...]]:
    """ "last met before it on 11 March", "2 days left", and the words that show it."""
    if case.dyad is None or row.wire.direction == "rewards":
        return "", ()
    if hangs_on_somebody(row.wire):
        return FARES, ()
    found, parts = near(row, case), []
    proof: tuple[Span, ...] = ()
    if found.days_left is not None:
        parts.append("its deadline is today" if found.days_left == 0 else f"{plural(found.days_left, 'day')} left")
    if not found.checkable:
        parts.append("no rule can check it")
    elif not row.wire.negated_condition:
        like = [each for each in map(case.incident, found.like) if each]
        proof = case.cite((each.evidence[:1] for each in like), 1)
        parts.append(f"last met before it on {day(found.met)}" if found.met else "no like case on record before it")
        if found.since:
            parts.append(f"{plural(len(found.since), 'attack')} since fell short of it")
    return "; ".join(parts), proof


def _state(row: Threat, case: Case) -> tuple[str, tuple[Span, ...]]:
    wire = row.wire
    kind = " (promise)" if wire.direction == "rewards" else ""
    last = wire.moves[-1] if wire.moves else None
    if last is None or last.state == "armed":
        close, proof = _how_near(row, case)
        rest = "names no checkable deed" if wire.vague and not proof else close
        return f"armed{kind}{f'; {rest}' if rest else ''}", proof
    moved = next((each for each in case.incidents if last.evidence and each.evidence[:2] == last.evidence), None)
    because = f"{case.words(moved)}{partial(moved, case)}" if moved else last.because
    if last.evidence and last.because.startswith("its condition"):
        because = f"{last.because}: {quoted(last.evidence[0])}"
    blamed = " (blamed on it)" if last.because.endswith("(blamed on it)") else ""
    return f"{wire.state}{kind} {day(last.on)}: {because}{blamed}", last.evidence


def partial(incident: Incident, case: Case) -> str:
    """ " (as told by State Gazette, a party)" for what only the paper of a side reports."""
    outlets = {article.outlet for key in incident.reports if (article := case.articles.get(key))}
    if not outlets or not all(map(case.of_a_party, outlets)):
        return ""
    return f" (told only by {sorted(each for each in outlets if each)[0]}, which speaks for a party)"


def points_back(wire: Tripwire) -> bool:
    """True for a condition that says nothing without the sentence before it: "should it come about"."""
    return len(_WORD.findall(wire.condition.quote)) <= 5 and bool(_POINTS.search(wire.condition.quote))


def _context(wire: Tripwire, case: Case) -> Span | None:
    """What stands before a condition that only points back at it ("should it come about")."""
    event = case.events.get(wire.event or "")
    article = case.articles.get(wire.article)
    if event is None or article is None or not points_back(wire):
        return None
    start, end = event.evidence.start, min(wire.condition.start, wire.consequence.start)
    text = article.text[start:end]
    lead = max((found.end() for found in _BELIEF.finditer(text)), default=0)
    quote = re.sub(r"(?:[\s,;:]+(?:and|but|that))*[\s,;:]*$", "", text[lead:])
    return Span(article.id, start + lead, start + lead + len(quote), quote) if len(_WORD.findall(quote)) > 2 else None


def _row(row: Threat, case: Case) -> tuple[Sentence, ...]:
    wire = row.wire
    whole: tuple[Span, ...] = (wire.span,)
    state, moved = _state(row, case)
    unless = "unless " if wire.negated_condition and "unless" not in wire.condition.quote.casefold() else ""
    condition, context = unless + words(wire.condition), _context(wire, case)
    if context:
        condition = f"{quoted(context, 170)}: {condition}"
        whole = (context, wire.span)
    if wire.negated_condition and "unless" in wire.condition.quote.casefold():
        condition = quoted(wire.condition)
    computed = "read from the words of the threat"
    return (
        said(capital(case.holder(wire.holder)) if wire.holder else "Not stated", (), computed),
        said(condition, whole),
        said(words(wire.consequence), (), computed),
        said(_said_by(row, case), case.cite(((each.span,) for each in row.told[1:]), 1), "attribution of the threat"),
        said(state, moved[:1], "tripwire rules"),
    )


def _fate(record: TrackRecord) -> str:
    """ "one of five carried out, two lapsed, two open"."""
    done, lapsed = record.executed, record.withheld + record.expired
    if record.threats == 1:
        fate = "carried out" if done else "lapsed" if lapsed else "taken back" if record.withdrawn else "open"
        return f"one, {fate}"
    parts = [f"{number(done) if done else 'none'} of {number(record.threats)} carried out"]
    parts += [f"{number(n)} {what}" for n, what in ((lapsed, "lapsed"), (record.withdrawn, "taken back"),
                                                    (record.open, "open")) if n]  # fmt: skip
    return ", ".join(parts)


def _record(found: Sequence[Threat], case: Case) -> list[Sentence]:
    """What became of the conditional threats on record, all together and holder by holder."""
    records = track_records(found, case.dyad)
    if not records:
        return []
    menaces = [row for row in found if row.wire.direction == "punishes"]
    done = [row for row in menaces if row.wire.state == "executed"]
    since = day(min(_reported(row, case) for row in menaces))
    if len(menaces) == 1:
        fate = "it is still open" if menaces[0].is_open else _fate(records[0]).removeprefix("one, ")
        fate = fate if menaces[0].is_open else "it lapsed" if fate == "lapsed" else f"it was {fate}"
        text = f"One conditional threat is on record since {since}: {fate}."
        return [said(text, (), "tripwire states")]
    by_holder = "; ".join(f"{_called(each.holder, case)}: {_fate(each)}" for each in records)
    proof = case.cite(row.wire.moves[-1].evidence[:1] for row in done)
    text = f"Of {plural(len(menaces), 'conditional threat')} recorded since {since}, by holder: {by_holder}."
    return [said(text, proof, "tripwire states")]


def _called(holder: str | None, case: Case) -> str:
    if holder is None:
        return "holder not stated"
    named = next((w.holder for w in case.tripwires if w.holder and holder in (w.holder.actor, w.holder.text)), None)
    return in_prose(case.called(holder) or (case.name(named) if named else holder))


def _on_the_board(row: Threat, case: Case) -> bool:
    """False for what was over long before: it counts in the record, and hides what still hangs over the two sides."""
    if row.is_open or case.dyad is None or not row.wire.moves:
        return True
    start = case.as_of - timedelta(days=_RECENT)
    return row.wire.moves[-1].on >= min(start, case.lull.since or start)


def board(case: Case, most: int = 9) -> Block | None:
    """The board as a table, with what became of such threats before."""
    found = rows(case)
    if not found:
        return None
    header = ("holder", "if", "then", "said by", f"state on {day(case.as_of)}")
    shown = [row for row in found if _on_the_board(row, case)][:most]
    return Block("Tripwires", "table", tuple(_record(found, case)), header, tuple(_row(row, case) for row in shown))
