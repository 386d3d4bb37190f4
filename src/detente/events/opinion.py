"""The judge's opinion beside the codebook's: it drops words that tell no deed, and finds deeds the codebook lacks.

It is asked about the sentences that name a political party or hold a candidate. What it changes is noted in the trace
and on the candidate; a modality it gives only where no rule spoke. Its parties are not used: filling empty sides with
them lost a point or two of F1.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from detente.events import syntax
from detente.events.cuewords import CUES
from detente.events.fitting import is_armed
from detente.events.judge import Judge, Reading
from detente.events.modality import Verdict
from detente.events.roles import Candidate, bodily
from detente.events.scene import Scene
from detente.events.tokens import Span, Token
from detente.events.triggers import as_told, may_trigger
from detente.records import Modality
from detente.reference.codebook.read import NONE, Frame

# odds from which the judge prevails; chosen on sentences that it never learned from (see docs/explanation/judge.md)
DROP = 0.95  # no deed at all
TOLD = 0.4  # a sentence that tells a deed
BESIDE = 1.5  # what the others of a text weigh beside a sentence of its own, where they tell deeds
CHANGE = 0.85  # another type than the frame's
LESS = 0.2  # less is enough against a wide frame, which asks little of the words around it
ADD = 0.85  # a deed in a word without a frame
KNOWN = 0.4  # a deed in a word whose frames do not fit here
SEEN = 0.9  # and so likely any deed at all
SPEAKS = 0.7  # a deed of a state, or an arrest, that speaks for itself
SURE = 0.9  # another modality than a plain 'happened'
# words that only tell that something is told, or that carry no deed of their own
PLAIN = frozenset(
    "say tell add note state report announce be have do make take get go come become seem appear let keep begin start "
    "continue try want need know think see hear include remain stay live work use find give put set show lead follow "
    "call time year day month week man woman people way part thing number place country government president minister "
    "official party group leader member side force army police soldier troop city town village region border".split()
)
WORDS = ("ACCUSE", "REJECT", "SUPPORT", "CONSULT")  # what a word that brings somebody's words is easily taken for
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
        and token.lemma_.lower() not in PLAIN
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
        own = _logit(readings[0].told) if readings else 0.0
        others = max(0.0, total / asked) if asked else 0.0
        told = 1 / (1 + math.exp(-(own + BESIDE * others)))
        yield [Reading(r.at, r.types, r.modalities, r.sides, told) for r in readings]
        total, asked = total + own, asked + bool(readings)


def _logit(odds: float) -> float:
    kept = min(0.999, max(0.001, odds))
    return math.log(kept / (1 - kept))


def weighed(scene: Scene, found: Sequence[Candidate], readings: Readings, dropped: list[str] | None) -> list[Candidate]:
    """The candidates as they stand after the judge was heard, in text order; `dropped` collects what it undid."""
    notes = dropped if dropped is not None else []
    held = {c.token.i for c in found}
    kept = [c for c in found if _kept(scene, c, readings.get(c.token.i), held, notes)]
    taken = {i for c in found for i in range(c.start, c.end)}
    for i, reading in readings.items():
        if i not in taken and _found(scene, scene.doc[i], reading, held):
            made = _unlisted(scene, scene.doc[i], reading, notes)
            if made is not None:
                kept.append(made)
                held.add(i)
    return sorted(kept, key=lambda c: c.start)


def _found(scene: Scene, token: Token, reading: Reading, held: Collection[int]) -> bool:
    """Is the judge sure enough that this word tells a deed of its own?

    A word that frames know but do not fit here, is more often a deed than one that none knows; but it may only carry
    one that is told beside it ('carried out an attack'), or bring somebody's words ('denied the raid').
    """
    if reading.told < TOLD:
        return False
    known = scene.codebook.verbs_by_head if token.pos_ == "VERB" else scene.codebook.nouns_by_head
    sure = reading.types[reading.type]
    if reading.type == "REJECT" and (_refused(token) or _against(token, held)):
        return False
    if token.lemma_.lower() in ("quote", "cite", "report") and reading.type in WORDS:
        return False
    if reading.type == "RETREAT" and token.lemma_.lower() in _HOMEWARD and not _yields(scene, token):
        return False  # 'lawmakers return to the capital', 'the climbers landed safely'
    if any(c.dep_ in ("xcomp", "ccomp") and c.lemma_ in ("name", "identify", "quote") for c in token.children):
        return False  # 'who asked not to be named': on what terms somebody speaks
    if token.lemma_.lower() not in known:
        return reading.types[NONE] < 1 - ADD and sure >= ADD
    if reading.types[NONE] >= 1 - SEEN or sure < KNOWN:
        return False
    if token.lemma_.lower() in CUES.verbs and reading.type in WORDS:
        return False
    clause = any(c.dep_ == "mark" and c.lower_ == "that" for c in token.children)  # 'the charge that they harbour him'
    beside = {token.i if clause else token.head.i, *(c.i for c in token.children)}
    beside |= {g.i for c in token.children if c.dep_ in ("prep", "prt") for g in c.children}
    return not beside & set(held)


_HOMEWARD = frozenset("return go come fly land travel drive arrive sail".split())
_DRIVEN = frozenset(
    "refugee displaced exile villager resident family evacuee settler hostage captive prisoner deportee".split()
)


def _yields(scene: Scene, verb: Token) -> bool:
    """Does one leave or come home whose going is a deed: soldiers and fighters, the displaced, captives?"""
    doer, moved = scene.sides(verb)
    doers = [t for c in (doer, moved) if c is not None for t in (c, *c.conjuncts)]
    return any(is_armed(scene, t) or t.lemma_.lower() in _DRIVEN or t.pos_ == "PRON" for t in doers)


def _kept(scene: Scene, candidate: Candidate, reading: Reading | None, held: Collection[int], notes: list[str]) -> bool:
    candidate.reading = reading
    head = candidate.token.head
    hangs = candidate.frame.pos == "noun" and bool(({head.i, head.head.i} - {candidate.token.i}) & set(held))
    if reading is None:
        return True
    if _elsewhere(scene, candidate, reading):
        notes.append(
            f"'{candidate.token.text}': the judge takes the sentence for one without a deed ({1 - reading.told:.0%})"
        )
        return False
    frame, said = candidate.frame, reading.type
    less = LESS if frame.wide else 0.0
    if hangs:  # 'condemned the raid': a noun within another deed's role was never marked for the judge
        return True
    if frame.type == "ASSAULT" and _by_weapon(scene, candidate.token):
        return True
    if reading.types[NONE] >= DROP - less:
        notes.append(f"'{candidate.token.text}': the judge reads no deed ({reading.types[NONE]:.0%})")
        return False
    # 'hold fire': an idiom of restraint, of which the judge reads one word
    restraint = frame.type in ("RETREAT", "CONCEDE") and said == "ASSAULT" and " " in (*frame.lemmas, "")[0]
    restraint |= said in ("CONCEDE", "SANCTION") and "withdraw" in frame.modes  # troops that leave
    restraint |= said == "AGREE" and frame.type == "CONCEDE" and candidate.token.lemma_ in ("promise", "pledge", "vow")
    restraint |= (
        said == "RETREAT" and frame.type == "SANCTION" and candidate.token.lemma_ == "give"
    )  # 'two days to leave'
    undone = frame.type == "CONCEDE" and bool({"roadblock", "tax"} & set(frame.object))  # a state's own burden
    restraint |= undone and said in ("RETREAT", "SANCTION", "COERCE", "REJECT")
    restraint |= said == "MOBILIZE" and "convoy" in frame.subject and frame.type == "AID"
    restraint |= said == "REJECT" and _refused(candidate.token)  # 'did not meet': what was not done is not yet refused
    if said not in (frame.type, NONE) and not restraint and reading.types[said] >= CHANGE - less:
        candidate.frame = replace(frame, type=said, modes=(), source=f"{frame.source}; the judge reads {said}")
    return True


_ARMS = frozenset(
    "rocket missile mortar katyusha grenade bomb landmine artillery shelling airstrike warplane drone raid massacre ambush "
    "bombing gunfire sniper fighting firefight gunbattle".split()
)  # nouns of war
_WAR = frozenset("abduct kidnap assassinate ambush behead bomb massacre shell torch".split())  # verbs of it


_HURTS = frozenset("kill wound injure maim".split())
_ACCIDENTS = frozenset(
    "gas boiler shaft colliery pit quarry pipe pipeline plant factory refinery kitchen stove cylinder bakery firework fireworks "
    "laboratory main furnace silo tank engine transformer".split()
)


def _rules(scene: Scene, token: Token) -> bool:
    """An office or its holder: a governor, a ministry."""
    hit = scene.hit(token)
    return hit is not None and hit.sector in ("GOV", "LEG", "JUD", "MIL") and hit.kind != "capital"


def _of_state(scene: Scene, candidate: Candidate) -> bool:
    """A state, a people or a political group is a side."""
    hits = [scene.hit(t) for t in (*candidate.actors, *candidate.recipients)]
    return any(hit is not None and hit.kind in ("state", "demonym", "group") for hit in hits)


def _elsewhere(scene: Scene, candidate: Candidate, reading: Reading) -> bool:
    """Is the sentence about other things than politics and war?

    Less is needed to believe it where armed people act, those in office are a side, or the word means bloodshed by itself;
    words of war speak for themselves.
    """
    word, frame = candidate.token, candidate.frame
    if frame.type == "ASSAULT" and _of_war(word):
        return False
    if bodily(word) and frame.pos == "noun":
        return reading.told < TOLD / 4
    if reading.types[frame.type] >= SPEAKS and (frame.type == "COERCE" or _of_state(scene, candidate)):
        return reading.told < TOLD / 3
    rule = reading.types[NONE] < 0.5 and any(_rules(scene, t) for t in (*candidate.actors, *candidate.recipients))
    if rule or any(is_armed(scene, t) for t in candidate.actors):
        return reading.told < TOLD / 2
    return reading.told < TOLD


def _of_war(word: Token) -> bool:
    """'A bomb exploded', 'were abducted', 'an air strike destroyed': no sport, no market, no accident."""
    if (
        word.lemma_.lower() in _WAR
        and word.pos_ == "VERB"
        and (syntax.is_passive(word) or any(syntax.children(word, "dobj")))
    ):
        return True
    shots = any(c.lemma_.lower() in ("shot", "round", "volley") for c in word.children)
    if (word.lemma_ == "fire" and shots) or (word.lemma_ == "shoot" and _downed(word)):
        return True
    nouns = [t for t in word.sent if t.pos_ == "NOUN"]
    blast = word if word.lemma_ == "blast" else next((c for c in word.children if c.lemma_ == "blast"), None)
    if blast is not None and blast.dep_ == "nsubj" and blast.head.lemma_ in _HURTS:
        return not any(t.lemma_.lower() in _ACCIDENTS for t in word.sent)  # 'The blast killed six people'
    if any(t.lemma_ == "grave" and t.i and t.nbor(-1).lower_ == "mass" for t in nouns):
        return True
    air = any(t.lemma_.lower() in ("strike", "raid") and t.i and t.nbor(-1).lower_ == "air" for t in nouns)
    return air or any(t.lemma_.lower() in _ARMS for t in nouns)


def _downed(verb: Token) -> bool:
    """'A helicopter was shot down': 'down', and no camera."""
    return syntax.is_passive(verb) and any(c.lower_ == "down" for c in verb.children)


def _against(word: Token, held: Collection[int]) -> bool:
    """'decided against closing its border': the deed that is not done stands there itself."""
    return any(t.i in held for prep in word.children if prep.lower_ == "against" for t in prep.children)


def _refused(word: Token) -> bool:
    """'did not meet', 'has not been invited': a verb under its own 'not'."""
    return word.pos_ == "VERB" and any(c.dep_ == "neg" for c in word.children)


def _by_weapon(scene: Scene, verb: Token) -> bool:
    """'A Katyusha came down': a weapon is the subject, and what it does is no other type."""
    doer = syntax.subject(verb)
    return doer is not None and scene.is_a(doer, "explosive", "heavy")


_GOING = frozenset("arrive come land fly go travel head drive sail appear".split())


def _unlisted(scene: Scene, token: Token, reading: Reading, notes: list[str]) -> Candidate | None:
    """A deed told by a word without a frame."""
    form = VERB if token.pos_ == "VERB" else NOUN
    frame = replace(
        form, type=reading.type, source=f"the judge reads {reading.type} ({reading.types[reading.type]:.0%})"
    )
    if reading.type == "CONSULT" and token.lemma_ in _GOING:
        frame = replace(frame, needs="both")  # 'arrives at a hearing' meets nobody
    made, why = as_told(scene, token, frame)
    if made is None:
        notes.append(f"'{token.text}': {why}")
    else:
        made.reading = reading
    return made


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
