"""Verbs that frame a deed told beside them: one of the two is kept."""

from __future__ import annotations

from collections.abc import Collection

from detente.events.modality import Verdict
from detente.events.roles import Candidate
from detente.events.tokens import Token

# types of verbs that only frame the deed they govern; the deed itself carries the type
FRAMING = frozenset({"THREATEN", "AGREE", "CONCEDE"})


def without_frames(
    judged: list[tuple[Candidate, Verdict]], dropped: list[str] | None
) -> list[tuple[Candidate, Verdict]]:
    """Keep one of a deed and the verb that frames it: 'threatened to strike' the deed, 'urged a halt' the verb."""
    governed = {i: c for c, v in judged if v.modality not in ("happened", "ongoing") for i in v.governors}
    out = []
    told = {c.token.i for c, _ in judged}
    for candidate, verdict in judged:
        if candidate.token.lemma_ == "vote" and any(
            c.dep_ == "xcomp" and c.i in told for c in candidate.token.children
        ):
            continue  # 'voted to ratify': the ratifying is told
        if candidate.frame.type == "REJECT" and _tale_of(candidate.token, told):
            continue  # 'denied a claim that its men had fired': the firing is denied
        inner = governed.get(candidate.token.i)
        frames = candidate.frame.type in FRAMING or (inner is not None and candidate.frame.type == inner.frame.type)
        if inner is None or inner is candidate or not frames:
            out.append((candidate, verdict))
            continue
        if dropped is not None:
            dropped.append(f"'{candidate.token.text}': frames the deed '{inner.token.text}'")
        _lend_roles(inner, candidate)
    swallowed = {
        id(governed[c.token.i])
        for c, _ in out
        if c.token.i in governed and c.frame.type in ("REJECT", "REQUEST") and governed[c.token.i] is not c
    }
    # what is only the aim of another deed ('came to mediate') is not told as done or planned
    swallowed |= {id(c) for c, v in out if v.modality == "hypothetical" and "purpose of another deed" in v.rules}
    return [(c, v) for c, v in out if id(c) not in swallowed]


_TALES = frozenset("claim report rumour rumor charge accusation allegation suggestion story".split())


def _tale_of(verb: Token, told: Collection[int]) -> bool:
    """Whether what a verb rejects is a tale of a deed that is told with it."""
    tales = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass") and c.lemma_.lower() in _TALES]
    clauses = [c for tale in tales for c in tale.children if c.dep_ in ("acl", "ccomp", "relcl")]
    return any(t.i in told for c in clauses for t in c.subtree)


def _lend_roles(inner: Candidate, framing: Candidate) -> None:
    """'Turkey threatened Greece with war': the deed takes the parties its framing verb names."""
    inner.actors = inner.actors or framing.actors
    inner.recipients = inner.recipients or [t for t in framing.recipients if t not in inner.actors]
