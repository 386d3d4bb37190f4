"""How a deed stands, all told: by its own words, by what kind of deed it is, by what its speakers make of it."""

from __future__ import annotations

from dataclasses import replace

from detente.events.attribution import chain_at
from detente.events.modality import Verdict, judge
from detente.events.opinion import stands
from detente.events.paragraph import Paragraph
from detente.events.roles import Candidate
from detente.events.rumours import rumoured
from detente.events.tokens import Token

PLANNING = frozenset({"plan", "draft", "draw", "devise", "plot", "review", "weigh", "discuss", "finalise", "finalize"})
# verbs of a frame that only announce or prepare its deed
PROPOSING = {
    "MOBILIZE": frozenset({"announce", "schedule"}), "PROTEST": frozenset({"call", "announce", "plan", "schedule"}),
    "SANCTION": frozenset({"prepare", "draw", "draft", "propose", "consider", "weigh", "plan"}),
    "CONSULT": frozenset({"schedule", "arrange", "plan", "announce", "pencil"}),
}  # fmt: skip
PLANNED = frozenset({"plan", "schedule", "announce", "call"})
HEDGED_SPEAKERS = frozenset({"doubts"})


def verdict_of(par: Paragraph, candidate: Candidate) -> Verdict:
    """How a candidate stands: by its own words, by what kind of deed it is, by its speakers' stance."""
    verdict = _by_words(par, candidate)
    settled = _by_kind(par, candidate, verdict)
    if settled is not None:
        return settled
    return _disowned(par, candidate, stands(candidate, _by_speakers(par, candidate, verdict)))


def _by_words(par: Paragraph, candidate: Candidate) -> Verdict:
    """By the words around the deed; 'No rockets were fired': the folded noun may carry the negation."""
    verdict = judge(candidate.token, par.consequences, par.conditions)
    if any(n.startswith("act=") for n in candidate.notes):
        return verdict  # 'cancelled talks': the noun's cancellation is the verb's deed
    for other in candidate.also:
        more = judge(other, par.consequences, par.conditions)
        if (
            verdict.modality == "happened"
            and other.pos_ in ("NOUN", "PROPN")  # 'wounded two but killed no one' stays true
            and more.modality in ("negated", "uncertain", "denied")
            and other.head == candidate.token
        ):
            verdict = more
    return verdict


def _by_kind(par: Paragraph, candidate: Candidate, verdict: Verdict) -> Verdict | None:
    """What the kind of deed settles, whoever tells it: a promise lies ahead, silent guns do not fire; else None."""
    token, frame, told = candidate.token, candidate.frame, verdict.modality in ("happened", "ongoing")
    if "not" in frame.dependents and verdict.modality == "negated":
        return Verdict("happened", (*verdict.rules, "saying no is the deed"), verdict.operator)
    if frame.type in DEALT_IN and told and _talked_over(token):
        return Verdict("planned", (*verdict.rules, "what is negotiated lies ahead"), None)
    if frame.type == "MOBILIZE" and token.lemma_ in PLANNING and told:
        return Verdict("planned", (*verdict.rules, "a campaign on paper"), None)
    if frame.pos == "adjective" and frame.type == "ASSAULT" and told:
        return Verdict("negated", (*verdict.rules, "guns that are silent"), None, absence=True)
    if token.dep_ == "relcl" and token.head.pos_ == "NOUN" and token.lemma_ in PLANNED:
        whole = judge(token.head, par.consequences, par.conditions)
        if whole.modality == "negated":  # 'a march that veterans had planned was called off'
            return whole
    if frame.type == "ASSAULT" and _attempted(verdict):
        return Verdict("happened", (*verdict.rules, "an attack that failed is one"), None)
    promised = frame.type == "AGREE" or (frame.type == "CONCEDE" and token.lemma_ in ("promise", "pledge", "vow"))
    if promised and _binds(token) and verdict.modality == "happened":
        return Verdict("planned", (*verdict.rules, "what is promised lies ahead"), None, finite=True)
    if token.lemma_ in PROPOSING.get(frame.type, ()) and told:
        return Verdict("planned", (*verdict.rules, f"'{token.lemma_}' puts it in the future"), None, finite=True)
    return None


DEALT_IN = frozenset({"RETREAT", "CONCEDE", "COOPERATE", "AID"})
_TALKS = frozenset("talk negotiation discussion consultation progress protocol contact haggling bargaining".split())


def _talked_over(noun: Token) -> bool:
    """'held talks on the release of prisoners', 'signed a protocol on the withdrawal'."""
    prep = noun.head
    if noun.pos_ != "NOUN" or noun.dep_ != "pobj" or prep.lower_ not in ("on", "about", "over", "for", "towards"):
        return False
    return any(t.lemma_.lower() in _TALKS for t in (prep.head, *(c for c in prep.head.children if c.dep_ == "dobj")))


def _by_speakers(par: Paragraph, candidate: Candidate, verdict: Verdict) -> Verdict:
    """What those who tell it make of it: one who denies it, one who doubts it, an account that nobody could check."""
    if verdict.modality not in ("happened", "ongoing", "uncertain"):
        return verdict
    if verdict.modality != "uncertain" and (word := rumoured(candidate.token)) is not None:
        return Verdict("uncertain", (*verdict.rules, f"'{word.text}': a rumour"), verdict.operator, firm=True)
    start, end = candidate.token.idx, candidate.token.idx + len(candidate.token)
    for said in chain_at(par.said, start, end):
        if said.cue is not None and said.cue[0] <= start < said.cue[1]:
            continue  # the deed's own verb
        if said.stance == "denies":
            verdict = Verdict("denied", (*verdict.rules, "its speaker denies it"), verdict.operator, verdict.absence)
        elif verdict.modality == "uncertain":
            continue
        elif said.source is not None and _unchecked(candidate.token):
            verdict = Verdict("uncertain", (*verdict.rules, "an account that nobody could check"), verdict.operator)
        elif said.stance in HEDGED_SPEAKERS and candidate.token.pos_ in ("VERB", "AUX"):
            verdict = Verdict("uncertain", (*verdict.rules, "its speaker doubts it"), verdict.operator)
    return verdict


_ACCOUNTS = frozenset("account claim report version statement allegation testimony story assertion".split())
_CHECKING = frozenset("verify check confirm corroborate substantiate authenticate".split())


def _unchecked(token: Token) -> bool:
    """'…, but her account could not be checked', in the same sentence."""
    for verb in token.sent:
        if verb.lemma_ in _CHECKING and verb.tag_ == "VBN" and any(c.dep_ == "neg" for c in verb.children):
            subjects = [c for c in verb.children if c.dep_ == "nsubjpass"]
            if any(s.lemma_.lower() in _ACCOUNTS for s in subjects):
                return True
    return False


def _attempted(verdict: Verdict) -> bool:
    """'tried to kill the governor': told in the past, without a 'not'."""
    word = verdict.operator
    tried = verdict.modality == "hypothetical" and word is not None and word.lemma_ in ("try", "attempt")
    return (
        tried and word is not None and word.tag_ in ("VBD", "VBN") and not any(c.dep_ == "neg" for c in word.children)
    )


def _binds(verb: Token) -> bool:
    """'promised Manila ten boats', 'agreed to patrol the lake': the word is given, the deed lies ahead."""
    if verb.pos_ != "VERB" or verb.lemma_ not in ("promise", "pledge", "agree", "consent", "undertake", "vow"):
        return False
    given = verb.lemma_ in ("promise", "pledge", "vow") and any(c.dep_ == "dobj" for c in verb.children)
    return given or any(c.dep_ == "xcomp" and any(a.lower_ == "to" for a in c.children) for c in verb.children)


def _disowned(par: Paragraph, candidate: Candidate, verdict: Verdict) -> Verdict:
    """'We did not shell the camp,' the general said: a named source's own 'not' is a denial."""
    word = verdict.operator
    if verdict.modality != "negated" or verdict.finite or verdict.absence or word is None:
        return verdict
    if word.dep_ != "neg" and not (word.lemma_ == "threaten" and any(c.dep_ == "neg" for c in word.children)):
        return verdict
    start, end = candidate.token.idx, candidate.token.idx + len(candidate.token)
    if not any(s.source is not None and s.stance in ("asserts", "claims") for s in chain_at(par.said, start, end)):
        return verdict
    return replace(verdict, modality="denied", rules=(*verdict.rules, "said by a source"))
