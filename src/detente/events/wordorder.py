"""Clauses by word order: orders without a subject, and where a clause with a subject of its own has its verb."""

from __future__ import annotations

from collections.abc import Sequence

from detente.events.tokens import Token

Words = Sequence[Token]
FUTURE = frozenset("will shall would 'll ’ll".split())
_SUFFER = frozenset(
    "lose face suffer die bleed burn starve see risk pay get perish expect answer forfeit drown go be leave watch meet "
    "prepare brace hang rot swim bury reap feel".split()
)
# orders that the tagger takes for nouns or adjectives
_ORDERS = frozenset(
    "hand free release step touch open clear return leave quit stop stay keep pay surrender drop cross fire sink harm shoot sign attack give".split()
)
_SUBJECT_TAGS = frozenset("DT PRP PRP$ NN NNS NNP NNPS JJ JJS JJR CD POS IN PDT VBN VBG EX HYPH RB".split())
_PRONOUNS = frozenset("i we you they he she it there nobody".split())


def is_order(words: Words) -> bool:
    """Do these words begin with a verb in its bare form, and no subject?"""
    if len(words) < 2:
        return False
    first = (
        words[1]
        if words[0].lower_ in ("now", "do", "never", "just", "either") and words[0].i + 1 == words[1].i
        else words[0]
    )
    if first.lower_ in ("not", "n't", "n’t") and len(words) > 2:
        first = words[2]
    taken_for_noun = first.pos_ in ("NOUN", "PROPN", "ADJ") and any(
        c.dep_ in ("dobj", "prt") and c.i > first.i for c in first.children
    )
    after = words[1] if first is words[0] else None
    if first.lower_ in _ORDERS and after is not None and after.pos_ in ("ADP", "DET", "PRON", "ADV"):
        return True
    if (first.tag_ not in ("VB", "VBP") and not taken_for_noun) or first.pos_ == "AUX":
        return False
    return not any(
        c.dep_ in ("nsubj", "nsubjpass", "aux", "mark") and c.i < first.i and c.lower_ != "do" for c in first.children
    )


def suffers(rest: Words) -> Token | None:
    """The bare verb of 'or lose your herds', 'or see your depots burn', 'or be shot'."""
    if rest and rest[0].lower_ in _SUFFER and (len(rest) > 1 or rest[0].lower_ in ("die", "starve", "perish", "burn")):
        return rest[0]
    return None


def clause_head(rest: Words) -> Token | None:
    """The verb of a clause with a subject of its own: 'we shoot', 'your convoy may pass', 'the gate shuts for good'."""
    if len(rest) < 2:
        return None
    if rest[0].lower_ in ("so", "neither", "nor") and len(rest) > 2 and rest[1].lower_ in FUTURE | {"do"}:
        return rest[1]  # 'so will we'
    if rest[0].lower_ in _PRONOUNS and rest[1].pos_ not in ("ADP", "NOUN", "PUNCT"):
        return main(rest, 1)
    for k, token in enumerate(rest):
        if k and (token.tag_ in ("MD", "VBZ", "VBP") or _verb_taken_for_noun(rest, k)):
            return main(rest, k) if any(t.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "VERB") for t in rest[:k]) else None
        if token.tag_ not in _SUBJECT_TAGS:
            return None
    return None


def main(rest: Words, at: int) -> Token:
    """The verb that an auxiliary at `at` belongs to."""
    token = rest[at]
    if token.tag_ == "MD" or token.pos_ == "AUX":
        verb = next((t for t in rest[at + 1 :] if t.tag_ in ("VB", "VBN", "VBG")), None)
        if verb is not None and verb.i - token.i < 6:
            if verb.lemma_ in ("be", "have"):
                return next((t for t in rest if verb.i < t.i <= verb.i + 2 and t.tag_ in ("VBN", "VBG")), verb)
            return verb
    return token


def _verb_taken_for_noun(rest: Words, k: int) -> bool:
    """'the pipeline burns', 'the gate shuts for good': an -s noun after a noun, with nothing or an adverbial behind it."""
    token, before = rest[k], rest[k - 1]
    after = rest[k + 1] if k + 1 < len(rest) else None
    ends = after is None or after.pos_ in ("ADP", "ADV", "PUNCT") or after.tag_ in ("RP", "NNP", "RB")
    return token.tag_ == "NNS" and before.tag_ in ("NN", "NNS", "NNP", "JJ") and token.i == before.i + 1 and ends
