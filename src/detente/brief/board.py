"""The board of tripwires: one row per threat however often it is retold, open ones first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from detente.brief.case import Case
from detente.brief.words import capital, day, number, plural, quoted, said
from detente.incidents.build import speaker
from detente.records import Block, Sentence, Span, Tripwire
from detente.tension.tripwires import concerns

OPEN = ("tripped", "armed")
_LEAD = re.compile(r"^(?:(?:that|if|then|and|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\s+)*", re.IGNORECASE)
_SPEECH = re.compile(
    r"^.{0,120}?\b(?:threaten|warn|vow|promis|pledg|said|declar)\w*\b(?: on \w+)?,? (?=(?:to|that|it|they)\b)",
    re.IGNORECASE | re.DOTALL,
)
_POINTS = re.compile(r"\b(?:it|this|that|so|they)\b", re.IGNORECASE)
_BELIEF = re.compile(
    r"\b(?:said|says|believed?s?|thinks?|thought|warned|wrote|held|told \w+)\b(?: on \w+)? (?:that )?", re.IGNORECASE
)
_WORD = re.compile(r"\w+")
_STOP = frozenset(
    "a an the of to in on at and or if that this it its they their will would be by with for from".split()
)
_ALIKE = 0.6  # shared words, of the shorter telling


@dataclass(frozen=True, slots=True)
class Row:
    """One threat or promise: the tripwire that tells it best, and every tripwire that tells it."""

    wire: Tripwire
    told: tuple[Tripwire, ...]

    @property
    def is_open(self) -> bool:
        """True while it hangs over the two sides."""
        return self.wire.state in OPEN


def _terms(span: Span) -> set[str]:
    return {word for word in _WORD.findall(span.quote.casefold()) if word not in _STOP}


def _same(one: Tripwire, other: Tripwire, case: Case) -> bool:
    """True if two tripwires are one threat told twice."""
    holders = [case.holder(each.holder) if each.holder else None for each in (one, other)]
    if one.direction != other.direction or (None not in holders and holders[0] != holders[1]):
        return False
    if one.article == other.article and abs(one.span.start - other.span.start) < 400:
        return True
    left, right = (_terms(each.condition) | _terms(each.consequence) for each in (one, other))
    return len(left & right) >= _ALIKE * max(1, min(len(left), len(right)))


def _shown(wire: Tripwire, case: Case) -> bool:
    """False for a stump nobody can read, and for a threat whose words are reported of a time long past."""
    if min(len(_WORD.findall(each.quote)) for each in (wire.condition, wire.consequence)) < 3:
        return False
    event = case.events.get(wire.event or "")
    told = event.date.end if event and event.date and event.date.end else None
    return not (told and wire.reported and (wire.reported - told).days > 30)


def rows(case: Case) -> list[Row]:
    """The board's rows: open before closed, the newest first."""
    mine = [
        wire
        for wire in sorted(case.tripwires, key=lambda each: (each.reported or case.as_of, each.id))
        if (case.dyad is None or concerns(wire, case.watch)) and _shown(wire, case)
    ]
    groups: list[list[Tripwire]] = []
    for wire in mine:
        home = next((group for group in groups if any(_same(wire, each, case) for each in group)), None)
        if home is None:
            groups.append([wire])
        else:
            home.append(wire)
    made = [Row(_best(group), tuple(group)) for group in groups]
    return sorted(made, key=lambda row: (not row.is_open, -_reported(row, case).toordinal(), row.wire.id))


def _best(group: Sequence[Tripwire]) -> Tripwire:
    """The telling to show: one that has moved furthest, then one that names a deed, then the first."""
    moved = {"executed": 0, "withdrawn": 1, "withheld": 2, "expired": 3, "tripped": 4, "armed": 5}
    return min(group, key=lambda wire: (moved[wire.state], wire.vague, wire.holder is None))


def _reported(row: Row, case: Case) -> date:
    return min((each.reported for each in row.told if each.reported), default=case.as_of)


def open_threats(case: Case) -> list[Row]:
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


def _voice(wire: Tripwire, case: Case) -> str:
    event = case.events.get(wire.event or "")
    chain = wire.attribution or (event.attribution if event else ())
    outlet = case.articles[wire.article].outlet if wire.article in case.articles else None
    if not chain:
        return outlet or "the report"
    link = chain[0]
    known = case.index.get(link.source.actor) if link.source and link.source.actor else None
    if known is not None and known.kind in ("group", "organisation"):
        name = known.name
    elif event is not None:
        name = speaker(link, event)
    else:
        name = case.name(link.source) if link.source else outlet or "the report"
    return name + (", unnamed" if link.anonymous else "")


def _said_by(row: Row, case: Case) -> str:
    origins = len({case.source.get(each.article, each.article) for each in row.told})
    told = "one origin" if origins == 1 else f"{number(origins)} origins"
    return f"{capital(_voice(row.wire, case))}, {day(_reported(row, case))}; {told}"


def _state(wire: Tripwire, case: Case) -> tuple[str, tuple[Span, ...]]:
    kind = " (promise)" if wire.direction == "rewards" else ""
    last = wire.moves[-1] if wire.moves else None
    if last is None or last.state == "armed":
        return f"armed{kind}{'; names no checkable deed' if wire.vague else ''}", ()
    moved = next((each for each in case.incidents if last.evidence and each.evidence[:2] == last.evidence), None)
    because = f"{case.words(moved)}" if moved else last.because
    return f"{wire.state}{kind} {day(last.on)}: {because}", last.evidence


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


def _row(row: Row, case: Case) -> tuple[Sentence, ...]:
    wire = row.wire
    whole: tuple[Span, ...] = (wire.span,)
    state, moved = _state(wire, case)
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


def _record(all_rows: Sequence[Row], case: Case) -> list[Sentence]:
    threats = [row for row in all_rows if row.wire.direction == "punishes"]
    if not threats:
        return []
    counts = {state: sum(row.wire.state == state for row in threats) for state in ("executed", "withheld", "expired")}
    still = sum(row.is_open for row in threats)
    since = min(_reported(row, case) for row in threats)
    parts = [f"{number(counts['executed']) if counts['executed'] else 'none'} carried out"]
    if lapsed := counts["withheld"] + counts["expired"]:
        parts.append(f"{number(lapsed)} lapsed without the deed")
    parts.append(f"{number(still) if still else 'none'} still open")
    text = f"Of {plural(len(threats), 'conditional threat')} recorded since {day(since)}: {', '.join(parts)}."
    return [said(text, (), "tripwire states")]


def board(case: Case, most: int = 10) -> Block | None:
    """The board as a table, with one line on how often such threats were carried out."""
    found = rows(case)
    if not found:
        return None
    header = ("holder", "if", "then", "said by", f"state on {day(case.as_of)}")
    return Block(
        "Tripwires", "table", tuple(_record(found, case)), header, tuple(_row(row, case) for row in found[:most])
    )
