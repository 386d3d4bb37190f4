"""What the learned judge is asked about, and what it says: of the sentences that name a political party or hold a candidate.

Its odds of deeds and types are weighed with the codebook's frames (`weighing`), its odds of parties with the rules'
(`arbiter`); a modality it gives only where no rule spoke.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from detente.events.eligible import may_trigger
from detente.events.judge import Judge, Reading
from detente.events.modality import Verdict
from detente.events.roles import Candidate
from detente.events.scene import Scene
from detente.events.tokens import Span, Token
from detente.events.trees import logit
from detente.records import Modality
from detente.reference.codebook.read import Frame

BESIDE = 1.5  # what the others of a text weigh beside a sentence of its own, where they tell deeds
SURE = 0.9  # odds from which it prevails with another modality than a plain 'happened'
# verbs that only tell that something is told or goes on, and nouns that carry no deed of their own
TELLING = frozenset(
    "say tell add note state report announce be have become seem begin start continue try need know think see include "
    "remain use".split()
)
PLAIN = frozenset(
    "time year day month week man woman people way part thing number place country government president minister "
    "official party group leader member side force army police soldier troop city town village region border "
    "say report note state call make take get go come give put set show lead follow start try need want find use stay "
    "work keep".split()
)
VERB = Frame("", "verb", (), actor=("subject",), recipient=("object", "dative", "against", "on", "with", "to", "at", "from"), source="the judge")  # fmt: skip
NOUN = Frame("", "noun", (), actor=("possessor", "by", "compound"), recipient=("on", "against", "of", "with", "to", "between"), source="the judge")  # fmt: skip

Readings = Mapping[int, Reading]  # by token


def asked(scene: Scene, found: Sequence[Candidate]) -> Iterator[tuple[Span, list[int]]]:
    """The sentences worth asking about, with the tokens asked for."""
    held = {c.token.i for c in found}
    for sent in scene.doc.sents:
        candidates = [i for i in held if sent.start <= i < sent.end]
        if candidates or any(scene.hit(token) is not None for token in sent):
            more = [token.i for token in sent if token.i not in held and _may_tell(scene, token)]
            if candidates or more:
                yield sent, sorted([*candidates, *more])


def _may_tell(scene: Scene, token: Token) -> bool:
    """A content word that could tell a deed."""
    return (
        token.pos_ in ("VERB", "NOUN")
        and token.is_alpha
        and token.lemma_.lower() not in (TELLING if token.pos_ == "VERB" else PLAIN)
        and token.dep_ not in ("compound", "nmod", "npadvmod")
        and token.ent_type_ not in ("DATE", "TIME", "MONEY", "QUANTITY")
        and not scene.is_a(token, "official", "armed", "person", "envoy", "weapon")
        and may_trigger(scene, token)
    )


def read(
    judge: Judge, questions: Sequence[Sequence[tuple[Scene, Sequence[tuple[Span, list[int]]]]]]
) -> list[list[Readings]]:
    """The judge's readings for each scene of each text, by token, in one call for all of them."""
    asked = [[sent for _, sents in scenes for sent in sents] for scenes in questions]
    words = [
        (sent.text, [sent.doc[i].idx - sent.start_char for i in tokens]) for text in asked for sent, tokens in text
    ]
    answers = iter(judge.deeds(words))
    out: list[list[Readings]] = []
    for text, scenes in zip(asked, questions, strict=True):
        company = in_company(list(islice(answers, len(text))))
        out.append([_by_token(sents, company) for _, sents in scenes])
    return out


def _by_token(sents: Sequence[tuple[Span, list[int]]], answers: Iterator[list[Reading]]) -> Readings:
    found: dict[int, Reading] = {}
    for sent, tokens in sents:
        begun = {sent.doc[i].idx - sent.start_char: i for i in tokens}
        found |= {begun[reading.at]: reading for reading in next(answers)}
    return found


def in_company(answers: Sequence[Sequence[Reading]]) -> Iterator[list[Reading]]:
    """The readings of a text's sentences, each weighed with those before it: a quiet line in news of war is still about it."""
    total, asked = 0.0, 0
    for readings in answers:
        own = logit(readings[0].told) if readings else 0.0
        others = max(0.0, total / asked) if asked else 0.0
        told = 1 / (1 + math.exp(-(own + BESIDE * others)))
        yield [Reading(r.at, r.types, r.modalities, r.sides, told) for r in readings]
        total, asked = total + own, asked + bool(readings)


def stands(candidate: Candidate, verdict: Verdict) -> Verdict:
    """The verdict, unless no rule spoke and the judge is sure of another modality."""
    reading = candidate.reading
    if reading is None or verdict.modality != "happened" or verdict.rules or candidate.frame.pos == "noun":
        return verdict
    said = max(reading.modalities, key=lambda name: reading.modalities[name])
    if said in ("happened", "conditional", "threatened") or reading.modalities[said] < SURE:
        return verdict  # a condition or a threat without its words is not believed
    modality: Modality = said  # type: ignore[assignment]
    return Verdict(modality, (f"the judge reads it as {said} ({reading.modalities[said]:.0%})",))
