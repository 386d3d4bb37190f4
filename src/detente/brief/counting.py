"""What counts here: the definition of an attack that breaks the calm, and what is left out, each with its reason."""

from __future__ import annotations

from detente.brief.board import partial
from detente.brief.case import Case
from detente.brief.words import day, listed, plural, said
from detente.records import Block, Incident, Sentence
from detente.tension.sides import day_of, perpetrators

_CLAIM = 3  # days between two reports of one claim


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
    out += _left_out(case)
    return Block("What counts here", "list", tuple(out))


def _left_out(case: Case, most: int = 4) -> list[Sentence]:
    """The attacks nearest to counting, in the reports' words, each with the reason it does not count."""
    kept: list[tuple[str, list[Incident]]] = []
    for each in map(case.incident, case.lull.near_misses):
        reason = case.why_not(each) if each else None
        if each is None or reason is None:
            continue
        before = kept[-1][1] if kept else []
        if before and reason.startswith("claimed") and _one_claim(before[0], each):
            before.append(each)
        else:
            kept.append((_reason(case, each, reason), [each]))
    out = []
    for about, told in kept[-most:]:
        words = "; ".join(f"{case.words(each)}{partial(each, case)}, {day(day_of(each))}" for each in told)
        proof = case.cite((each.evidence for each in told), 2)
        out.append(said(f"Left out: {words} ({about}).", proof, "lull definition of the theatre"))
    return out


def _one_claim(one: Incident, other: Incident) -> bool:
    """True for two reports of what is claimed by the same group within days: the claim, and what others say of it."""
    a, b = day_of(one), day_of(other)
    return bool(a and b and abs((a - b).days) <= _CLAIM) and set(one.claimed) == set(other.claimed)


def _reason(case: Case, incident: Incident, reason: str) -> str:
    doers = listed([case.party(name, incident) for name in sorted(perpetrators(incident))][:2])
    if reason == "another pair's":
        return f"attributed to {doers}, so not this pair's"
    if reason == "outside the target class":
        if case.definition.direction == "both":
            return "not reported as an attack of one side on the other's sites or people"
        return f"no site or people of {case.sides[0]} reported hit there"
    if reason.startswith("claimed"):
        claimed = listed([case.party(name, incident) for name in incident.claimed][:2])
        return f"claimed by {claimed}, reported by nobody else" if claimed else reason
    return reason
