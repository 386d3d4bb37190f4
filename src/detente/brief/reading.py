"""Competing explanations of a calm, ranked by what speaks against them, and how far to trust the ranking."""

from __future__ import annotations

from collections.abc import Sequence

from detente.brief.case import Case
from detente.brief.words import capital, number, plural, said
from detente.records import Block, EvidenceLine, Sentence
from detente.tension.lines import ENOUGH, EXPLANATIONS, WEIGHTS, ranked, telling

_NAMES = {
    "de-escalation": "De-escalation",
    "preparation": "Preparation",
    "outside cause": "Outside cause",
    "coverage loss": "We stopped hearing",
}
_CELL = 3  # lines shown in a cell
_HOW = "lines of evidence compared by what contradicts them, weighted by on whose word they rest"


def _strongest(lines: Sequence[EvidenceLine]) -> list[EvidenceLine]:
    """On record before unnamed before interested, then by reports, then the newest (lines come oldest first)."""
    order = list(WEIGHTS)
    ranked = sorted(enumerate(lines), key=lambda item: (order.index(item[1].weight), -len(item[1].spans), -item[0]))
    return [line for _, line in ranked[:_CELL]]


def _cell(case: Case, lines: Sequence[EvidenceLine], nothing: str = "nothing reported") -> Sentence:
    if not lines:
        return said(nothing, (), "no evidence line")
    kept = _strongest(lines)
    text = "; ".join(f"{line.text}{'' if line.weight == 'on record' else f' [{line.weight}]'}" for line in kept)
    if rest := len(lines) - len(kept):
        text += f" (the strongest of {plural(len(kept) + rest, 'line')})"
    return said(text, case.cite((line.spans[:1] for line in kept), _CELL), "evidence lines of the lull")


def _same_as(case: Case, con: Sequence[EvidenceLine], name: str) -> Sentence | None:
    """ "the six lines for preparation": evidence that another explanation's cell already shows in full."""
    for other in EXPLANATIONS:
        pro = [line for line in case.lull.lines if other in line.consistent and telling(line)]
        if other != name and con and len(con) > 1 and list(con) == pro:
            text = f"the {number(len(con))} lines that speak for {_NAMES[other].lower()}"
            return said(
                text, case.cite((line.spans[:1] for line in _strongest(con)), _CELL), "evidence lines of the lull"
            )
    return None


def _heard(case: Case) -> tuple[list[EvidenceLine], list[EvidenceLine]]:
    """For lost coverage: silence, and the days on which reports did come; the absences stand further up."""
    own = [line for line in case.lull.lines if line.incident is None]
    return ([line for line in own if "coverage loss" in line.consistent],
            [line for line in own if "coverage loss" in line.inconsistent])  # fmt: skip


def explanations(case: Case) -> Block | None:
    """Competing explanations side by side, then the one least contradicted and its weakness."""
    lines = case.lull.lines
    short = case.lull.state == "de-escalating"  # no lull yet: a table of one line compares nothing
    if case.lull.state not in ("lull", "quiet", "de-escalating") or sum(map(telling, lines)) < (ENOUGH if short else 1):
        return None
    rows = []
    for name in EXPLANATIONS:
        pro = [line for line in lines if name in line.consistent and telling(line)]
        con = [line for line in lines if name in line.inconsistent and telling(line)]
        if name == "coverage loss":
            pro, con = _heard(case)
        rows.append((said(_NAMES[name], (), "explanations compared"), _cell(case, pro), _same_as(case, con, name) or _cell(case, con),
                     said(_verdict(name, pro, con), (), "count of lines")))  # fmt: skip
    header = ("explanation", "speaks for it", "speaks against it", "balance")
    return Block("Is it peace, or a pause to reload?", "table", _reading(case), header, tuple(rows))


def _weak(lines: Sequence[EvidenceLine]) -> list[EvidenceLine]:
    return [line for line in lines if line.weight != "on record"]


def _verdict(name: str, pro: Sequence[EvidenceLine], con: Sequence[EvidenceLine]) -> str:
    if name == "coverage loss" and con and not pro:
        return "not supported"
    if not pro:
        return "nothing for it"
    text = f"{number(len(con)) if con else 'none'} inconsistent"
    if con and len(_weak(con)) == len(con):
        text += ", weakly sourced"
    if len(pro) < ENOUGH and name != "coverage loss":
        text += "; too thin to rank"
    elif len(_weak(pro)) == len(pro):
        text += "; all for it by unnamed or interested speakers"
    return text


def _reading(case: Case) -> tuple[Sentence, ...]:
    reading, days, least = case.lull.reading, case.lull.days, case.definition.minimum_days
    if reading is None and days == 0:
        return (said("The last attack came today: there is no pause to read.", (), "lull definition of the theatre"),)
    if reading is None and days is not None and days < least:
        text = f"{capital(plural(days, 'day'))} without an attack {'is' if days == 1 else 'are'} too few to read: a lull counts from {number(least)}."
        return (said(text, (), "lull definition of the theatre"),)
    if reading is None:
        return (said("No explanation has two lines of evidence for it: none is preferred.", (), _HOW),)
    pro = [line for line in case.lull.lines if reading in line.consistent and telling(line)]
    con = [line for line in case.lull.lines if reading in line.inconsistent and telling(line)]
    against = f"{plural(len(con), 'line')} against it" if con else "nothing reported that contradicts it"
    speaking = number(len(pro)) if con else plural(len(pro), "line")
    out = [said(f"{_NAMES[reading]} is least contradicted: {against}, {speaking} for it.",
                case.cite(line.spans[:1] for line in _strongest(pro)), _HOW)]  # fmt: skip
    weak, why = len(_weak(pro)), []
    if 2 * weak >= len(pro):
        part = "all" if weak == len(pro) else number(weak)
        why.append(f"{part} of the lines for it rest on unnamed or interested speakers")
    if len(pro) < 4:
        why.append("the lines are few")
    order = ranked(case.lull.lines)
    if len(order) > 1 and order[1][2] - order[0][2] < 1:
        why.append("the next explanation is hardly more contradicted")
    level = "low" if why else "moderate"
    reason = "; ".join(why) if why else "deeds are reported, intentions are not"
    out.append(said(f"Confidence in this reading is {level}: {reason}.", (), _HOW))
    return tuple(out)
