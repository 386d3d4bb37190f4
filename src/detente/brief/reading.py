"""Competing explanations of a calm, and the board of tripwires and ties."""

from __future__ import annotations

from collections.abc import Sequence

from detente.brief.case import Case, unique_wires
from detente.brief.words import capital, day, number, plural, quoted, said, spans
from detente.incidents.title import name_of
from detente.incidents.views import label
from detente.records import Block, EvidenceLine, Sentence, Tripwire
from detente.tension.lines import EXPLANATIONS, WEIGHTS

_NAMES = {
    "de-escalation": "De-escalation",
    "preparation": "Preparation",
    "outside cause": "Outside cause",
    "coverage loss": "We stopped hearing",
}


def _cell(lines: Sequence[EvidenceLine]) -> Sentence:
    if not lines:
        return said("nothing reported", (), "no evidence line")
    ranked = sorted(enumerate(lines), key=lambda item: (-WEIGHTS.get(item[1].weight, 0.5), -item[0]))[:4]
    kept = [lines[at] for at, _ in sorted(ranked)]
    more = f"; and {number(len(lines) - len(kept))} more" if len(lines) > len(kept) else ""
    text = "; ".join(f"{line.text}{'' if line.weight == 'on record' else f' [{line.weight}]'}" for line in kept)
    return said(text + more, spans((line.spans[:1] for line in kept), 8), "evidence lines of the lull")


def telling(line: EvidenceLine) -> bool:
    """False for a line that fits nearly every explanation, which tells them apart by nothing."""
    return len(line.consistent) < len(EXPLANATIONS) - 1


def explanations(case: Case) -> Block | None:
    """Competing explanations side by side, then the one least contradicted and its weakness."""
    lines = case.lull.lines
    if case.lull.state not in ("lull", "quiet", "de-escalating") or not lines:
        return None
    rows = []
    for name in EXPLANATIONS:
        pro = [line for line in lines if name in line.consistent and telling(line)]
        con = [line for line in lines if name in line.inconsistent]
        weak = sum(line.weight != "on record" for line in con)
        verdict = f"{number(len(con))} inconsistent" + (f", {number(weak)} of them weakly sourced" if weak else "")
        rows.append(
            (
                said(_NAMES[name], (), "explanations compared"),
                _cell(pro),
                _cell(con),
                said(verdict, (), "count of inconsistent lines"),
            )
        )
    header = ("explanation", "speaks for it", "speaks against it", "balance")
    return Block("Is it peace, or a pause to reload?", "table", _reading(case), header, tuple(rows))


def _reading(case: Case) -> tuple[Sentence, ...]:
    reading = case.lull.reading
    if reading is None:
        return ()
    pro = [line for line in case.lull.lines if reading in line.consistent and telling(line)]
    con = [line for line in case.lull.lines if reading in line.inconsistent]
    weak = [line for line in pro if line.weight != "on record"]
    how = "lines of evidence compared by what contradicts them"
    out = [
        said(
            f"{_NAMES[reading]} is the explanation least contradicted: {plural(len(con), 'line')} against it, "
            f"{number(len(pro))} for it.",
            spans((line.spans[:1] for line in pro), 4),
            how,
        )
    ]
    if weak and pro:
        part = "All" if len(weak) == len(pro) else capital(number(len(weak)))
        out.append(said(f"{part} of the lines for it rest on unnamed or interested speakers.", (), how))
    else:
        out.append(said("Its weakness: deeds are reported, intentions are not.", (), how))
    return tuple(out)


def _wire_row(case: Case, wire: Tripwire) -> tuple[Sentence, ...]:
    holder = name_of(wire.holder) if wire.holder else "not named"
    event = case.events.get(wire.event or "")
    chain = wire.attribution or (event.attribution if event else ())
    source = chain[0].source.text if chain and chain[0].source else None
    outlet = case.articles[wire.article].outlet if wire.article in case.articles else None
    by = f"{source or outlet or 'the report'}" + (", unnamed" if chain and chain[0].anonymous else "")
    if wire.reported:
        by += f", {day(wire.reported)}"
    last = wire.moves[-1] if wire.moves else None
    state = wire.state + (" (promise)" if wire.direction == "rewards" else "") + (", vague" if wire.vague else "")
    if last and last.state != "armed":
        state += f" {day(last.on)}: {last.because}"
    unless = "unless " if wire.negated_condition and "unless" not in wire.condition.quote.casefold() else ""
    moved = last.evidence if last else ()
    return (
        said(capital(holder), (wire.span,)),
        said(unless + quoted(wire.condition), (wire.condition,)),
        said(quoted(wire.consequence), (wire.consequence,)),
        said(by, (wire.span,)),
        said(state, moved or (wire.span,), "tripwire rules"),
    )


def board(case: Case, most: int = 14) -> Block | None:
    """The tripwire board: open ones first, then the newest of the rest."""
    wires = unique_wires(case)
    if not wires:
        return None
    order = {"tripped": 0, "armed": 1}
    shown = sorted(wires, key=lambda wire: (order.get(wire.state, 2), -(wire.reported or case.as_of).toordinal()))[
        :most
    ]
    threats = [wire for wire in wires if wire.direction == "punishes"]
    done = [wire for wire in threats if any(move.state == "executed" for move in wire.moves)]
    notes = [
        said(
            f"Of {plural(len(threats), 'conditional threat')} on record here, {number(len(done)) if done else 'none'} "
            f"{'were' if len(done) > 1 else 'was'} carried out.",
            (),
            "tripwire states",
        )
    ]
    rows = tuple(_wire_row(case, wire) for wire in shown)
    return Block(
        "Tripwires",
        "table",
        tuple(notes if threats else ()),
        ("holder", "if", "then", "said by", f"state on {day(case.as_of)}"),
        rows,
    )


def who(case: Case, most: int = 8) -> Block | None:
    """Ties between actors, as statements with their speaker and standard of proof."""
    out: dict[tuple, Sentence] = {}
    words = {
        "front": "is said to be a front of",
        "backed": "is said to be backed by",
        "aligned": "is said to be aligned with",
        "member": "is said to belong to",
        "ally": "is said to be an ally of",
        "splinter": "is said to have split from",
        "renamed": "is said to be a new name of",
        "same": "is said to be the same as",
        "wing": "is said to be a wing of",
    }
    order = ("front", "same", "renamed", "splinter", "wing", "backed", "aligned", "ally", "member")
    for link in sorted(case.links, key=lambda each: (order.index(each.kind), each.reported or case.as_of, each.id)):
        ends = [label(each) for each in (link.subject, link.object)]
        ours = case.watch.a(ends, link.reported) or case.watch.b(ends, link.reported)
        plain = link.kind == "member" and not link.attribution  # known from reference data, not a statement
        if (link.reported and link.reported > case.as_of) or plain or not (ours or case.dyad is None):
            continue
        one, other = name_of(link.subject), name_of(link.object)
        chain = link.attribution[0] if link.attribution else None
        source = chain.source.text if chain and chain.source else "an unnamed source" if chain else "the report itself"
        text = f"{capital(one)} {words[link.kind]} {other}, by {source} (standard of proof: {link.proof})."
        out.setdefault((one.casefold(), link.kind, other.casefold()), said(text, (link.evidence,)))
    return Block("Who is who", "list", tuple(out.values())[:most]) if out else None
