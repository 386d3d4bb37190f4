"""Conditions on how somebody fares ("should the premier-designate fail"): met or overtaken by what is reported later."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from detente.records import FACTUAL, Incident, Move, Span, Tripwire

_FAILING = re.compile(
    r"\b(?:fails?|failed|loses?|falls? short|(?:is|are|be|being) (?:rejected|voted down|unseated|defeated|toppled)|"
    r"not (?:succeed|win|be (?:confirmed|elected|approved|re-elected))|(?:does|do|did) not (?:succeed|win))\b",
    re.IGNORECASE,
)
_MADE_IT = re.compile(
    r"\b(?:gave its confidence|(?:won|wins|winning) (?:the |its |a )?(?:vote|confidence|election|ballot|run-?off|second term)|"
    r"sworn in|took office|takes office|into office|(?:was|were|been|is) (?:confirmed|elected|re-elected|approved)|"
    r"confirmed (?:as|to)|(?:approved|endorsed|backed|confirmed) \S+(?: \S+)?'s? (?:cabinet|government))\b",
    re.IGNORECASE,
)
_FELL = re.compile(
    r"\b(?:lost (?:the |a )?(?:vote|confidence|election|ballot)|(?:was|were|been) (?:rejected|voted down|defeated|toppled)|"
    r"(?:gave up|withdrew|abandoned|resigned)|stepped (?:down|aside)|rejected \S+(?: \S+)?'s? (?:cabinet|government))\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b(?:al-|el-)?[A-Z][a-z]{3,}\b")
_OPENERS = frozenset("Should When Unless Until After Once Provided Whether Even Were That".split())


def names(text: str) -> frozenset[str]:
    """Proper names of a condition, without the word that opens it: {"Mustafa", "Kadhimi"}."""
    return frozenset(re.sub(r"^(?:al|el)-", "", each) for each in _NAME.findall(text)) - _OPENERS


def hangs_on_somebody(wire: Tripwire) -> bool:
    """True for a condition that a named person or party fails in what it tries."""
    return bool(_FAILING.search(wire.condition.quote)) and bool(names(wire.condition.quote))


def fate(wire: Tripwire, incidents: Iterable[Incident], as_of: date) -> Move | None:
    """What later reports made of the condition: "expired" where the person made it, "tripped" where not; None so far.

    Only sentences behind incidents that are reported as done count, and only those that name the person.
    """
    if not hangs_on_somebody(wire) or wire.reported is None:
        return None
    meant = names(wire.condition.quote)
    found: list[tuple[date, str, Span]] = []
    for each in incidents:
        if each.known is None or not wire.reported < each.known <= as_of or each.modality not in FACTUAL:
            continue
        for span in each.evidence:
            if not meant & names(span.quote):
                continue
            for state, shape in (("expired", _MADE_IT), ("tripped", _FELL)):
                if shape.search(span.quote):
                    found.append((each.known, state, span))
    if not found:
        return None
    on, state, span = min(found, key=lambda item: (item[0], item[1], item[2].article, item[2].start))
    if state == "expired":
        return Move("expired", on, "its condition can no longer be met", (span,))
    return Move("tripped", on, "its condition was met", (span,))
