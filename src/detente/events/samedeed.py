"""One record for one deed: triggers of a sentence that tell the same happening are folded into one.

'Mortar fire killed two soldiers and wounded four', 'ambushed a patrol, killing three', 'held talks' are one
deed each; 'condemned the raid' is two.
"""

from __future__ import annotations

from collections.abc import Sequence

from detente.events.roles import Candidate
from detente.events.tokens import Token

# a verbal refusal swallows the deed it refuses ('cancelled talks' is a REJECT of a CONSULT)
SWALLOWS = {("REJECT", "CONSULT"), ("REJECT", "COOPERATE"), ("REJECT", "AGREE"), ("CONCEDE", "SANCTION"), ("CONCEDE", "COERCE"),
            ("SUPPORT", "AGREE"), ("SANCTION", "AID"), ("COERCE", "SANCTION"), ("CONCEDE", "RETREAT"),
            ("SANCTION", "COOPERATE"), ("SUPPORT", "RETREAT"), ("RETREAT", "MOBILIZE"), ("CONSULT", "AGREE"),
            ("REQUEST", "CONSULT"), ("MOBILIZE", "COOPERATE"), ("COOPERATE", "MOBILIZE")}  # fmt: skip

MAIMING = frozenset("kill wound injure hurt maim".split())  # verbs whose objects are an attack's victims


def fold(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with repeats folded in, in text order."""
    by_token = {i: c for c in found for i in range(c.start, c.end)}
    gone: set[int] = set()
    for later in found:
        keep = _same_as(later, by_token) or _by_the_same(later, found)
        while keep is not None and id(keep) in gone:
            keep = next((c for c in found if later in [by_token.get(t.i) for t in c.also]), None)
        if keep is not None and keep is not later and id(later) not in gone:
            _absorb(keep, later)
            gone.add(id(later))
    return [c for c in found if id(c) not in gone]


def _same_as(candidate: Candidate, by_token: dict[int, Candidate]) -> Candidate | None:
    token, head = candidate.token, candidate.token.head
    if token.pos_ in ("NOUN", "PROPN"):
        return _noun_in_verb(candidate, token, head, by_token)
    governor = by_token.get(head.i) if head != token else None
    weapon = by_token.get(head.head.i) if token.dep_ == "relcl" and head.dep_ == "dobj" else None
    if weapon is not None and weapon.frame.type == candidate.frame.type == "ASSAULT":
        return weapon  # 'planted the mine that destroyed a lorry'
    if governor is None or governor is candidate:
        return None
    same = governor.frame.type == candidate.frame.type == "ASSAULT"
    if token.dep_ == "advcl" and token.tag_ in ("VBG", "VBN") and same:
        return governor
    if token.dep_ == "conj" and same and not _own_subject(token) and not _far_object(candidate, governor):
        return governor
    if (
        token.dep_ in ("relcl", "acl")
        and governor.frame.type == candidate.frame.type
        and head.pos_ in ("NOUN", "PROPN")
    ):
        return governor
    if (
        token.dep_ == "advcl"
        and same
        and any(c.lower_ in ("when", "as", "after") for c in token.children if c.dep_ in ("mark", "advmod"))
    ):
        dies = governor.token.lemma_ in ("die", "injure", "wound", "kill", "hurt", "burn", "perish")
        return governor if dies and not governor.actors else None
    return None


def _by_the_same(candidate: Candidate, found: Sequence[Candidate]) -> Candidate | None:
    """'killed by raiders who mortared the camp': the relative clause of the doer tells the same attack."""
    token = candidate.token
    if token.dep_ != "relcl" or candidate.frame.type != "ASSAULT":
        return None
    for other in found:
        if (
            other is not candidate
            and other.frame.type == "ASSAULT"
            and token.head in other.actors
            and other.token.sent == token.sent
        ):
            return other
    return None


def _noun_in_verb(candidate: Candidate, noun: Token, head: Token, by_token: dict[int, Candidate]) -> Candidate | None:
    """A noun deed that is argument of a verb deed of the same type."""
    verb: Token | None = None
    if noun.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "compound") or noun.dep_ == "conj":
        verb = head
    elif (
        noun.dep_ == "pobj"
        and head.dep_ in ("agent", "prep")
        and head.lower_ in ("by", "in", "with", "during", "from", "of", "for")
    ):
        verb = head.head
    elif noun.dep_ == "pobj" and head.lower_ in ("for", "of", "to") and head.head.dep_ in ("dobj", "nsubjpass"):
        verb = head.head.head  # 'drafting plans for an offensive'
    if verb is None:
        return None
    other = by_token.get(verb.i)
    if other is None or other is candidate:
        return None
    pair = (other.frame.type, candidate.frame.type)
    if pair == ("COERCE", "ASSAULT") and noun.dep_ == "pobj" and head.lower_ in ("in", "during"):
        return other  # 'seized in night raids'
    if pair == ("MOBILIZE", "ASSAULT"):
        return other if noun.dep_ != "conj" else None  # readying for it is not doing it
    if pair[0] == pair[1]:
        return other if noun.dep_ != "conj" or candidate.frame.type == "ASSAULT" else None
    if pair in SWALLOWS and noun.dep_ in ("dobj", "nsubjpass", "pobj", "nsubj"):
        if pair[0] in ("REJECT", "SANCTION", "CONCEDE", "AGREE"):
            other.notes.append(f"act={candidate.frame.type}")
        return other
    return None


def _own_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _far_object(candidate: Candidate, governor: Candidate) -> bool:
    """Joined verbs with objects of their own that are not casualties are two deeds."""
    harm = {"wound", "injure", "kill", "hurt", "maim", "damage", "destroy"}
    return bool(candidate.recipients) and bool(governor.recipients) and candidate.token.lemma_ not in harm


def _absorb(keep: Candidate, other: Candidate) -> None:
    keep.also += [other.token, *other.also]
    keep.actors = [t for t in keep.actors if t != other.token]  # 'US strikes killed five': the strikes are the deed
    keep.actors = keep.actors or [t for t in other.actors if t not in keep.recipients]
    taken = {*keep.actors, *keep.recipients}
    if not keep.recipients:
        keep.recipients = [t for t in other.recipients if t not in taken]
    elif keep.frame.type == "ASSAULT" and other.token.lemma_ in MAIMING and not _own_subject(other.token):
        # 'struck a depot, killing five': what was hit and those whom it cost
        keep.recipients = keep.recipients + [t for t in other.recipients if t not in taken and t.dep_ != "pobj"]
    if not keep.frame.modes and other.frame.modes and other.frame.type == keep.frame.type:
        keep.notes.append("modes=" + ",".join(other.frame.modes))
