"""To whom a deed is done, weighed: the rules' recipients and every other noun of the sentence, one by one.

The rules know the shapes, the judge the sense: each is often right where the other is not. Small trees, learned from
sentences neither had seen (`benchmarks/arbiter_train.py`), weigh what both say of a noun and where it stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detente.events import syntax
from detente.events.judge import Offsets, parties
from detente.events.roles import Candidate, can_act, owners
from detente.events.scene import Scene
from detente.events.tokens import Token
from detente.events.trees import logit, shipped

Features = dict[str, float]

NAMING = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
# labels of words within a noun phrase, which name nobody by themselves
WITHIN = frozenset("compound nmod amod det nummod advmod quantmod punct case predet npadvmod".split())
NEVER = frozenset("DATE TIME MONEY PERCENT QUANTITY ORDINAL LAW WORK_OF_ART".split())
EMPTY = frozenset("there what this who".split())
PREPOSITIONS = frozenset("of to in at on against with for from by".split())
LIKELY = 0.35  # odds from which a noun is a recipient, the best by F1 on texts that were not learned from
HIT = (
    0.05  # and one that the rules chose for a deed of force: they know what a rocket hit, which marked texts leave out
)
FORCE = frozenset({"ASSAULT", "COERCE"})
MUTUAL = "reciprocal"  # the note on deeds of which each side is both
FAR = 7  # steps through the parse: beyond is one


def arbitrate(told: Sequence[tuple[Scene, Sequence[Candidate]]]) -> None:
    """Choose anew the recipients of each deed of an article's paragraphs that the judge was asked about.

    Notes say what was changed and why. All nouns of all deeds are weighed at once.
    """
    asked = [(scene, c, nouns(scene, c), found) for scene, found in told for c in found if weighable(c)]
    known: dict[
        tuple[int, int], Features
    ] = {}  # of each noun what no deed changes: several deeds of a sentence ask for it
    said = parties([(c.reading.sides, spans(c, named)) for _, c, named, _ in asked if c.reading and c.reading.sides])
    made = [
        described(scene, c, named, found, odds, known)
        for (scene, c, named, found), odds in zip(asked, said, strict=True)
    ]
    odds = iter(shipped("recipients").odds([f for fs in made for f in fs]) if made else ())
    for _, candidate, named, _ in asked:
        _choose(candidate, [(noun, next(odds)) for noun in named])


def spans(candidate: Candidate, named: Sequence[Token]) -> list[Offsets]:
    """Where nouns stand in the sentence of a deed, in characters."""
    first = candidate.token.sent.start_char
    return [(noun.idx - first, noun.idx - first + len(noun)) for noun in named]


def weighable(candidate: Candidate) -> bool:
    """Deeds of two sides, of which the judge said who may be its parties."""
    return candidate.reading is not None and candidate.reading.sides is not None and MUTUAL not in candidate.notes


def _choose(candidate: Candidate, weighed: Sequence[tuple[Token, float]]) -> None:
    before = candidate.recipients
    likely = [noun for noun, odds in weighed if odds >= least(candidate.frame.type, noun in before)]
    candidate.recipients = [n for n in likely if not any(part(n, other) for other in likely)]
    for noun, odds in weighed:
        now = noun in candidate.recipients
        if now != (noun in before):
            what = "added" if now else "dropped"
            candidate.parties.append(f"'{noun.text}' {what} as recipient: {odds:.0%} by shape and judge together")


def least(type_: str, chosen: bool) -> float:
    """The odds from which a noun is a recipient of a deed of this type, if the rules chose it or not."""
    return HIT if chosen and type_ in FORCE else LIKELY


def part(noun: Token, other: Token) -> bool:
    """Does one noun stand in the other's phrase ('Turkish' of 'two Turkish soldiers')?"""
    low, high = syntax.phrase(other)
    return noun != other and low <= noun.i < high


def described(
    scene: Scene, candidate: Candidate, named: Sequence[Token], found: Sequence[Candidate],
    said: Sequence[tuple[float, float]] | None = None, known: dict[tuple[int, int], Features] | None = None,
) -> list[Features]:  # fmt: skip
    """The features of all nouns of one deed; `found` are the deeds of its paragraph.

    `said` is what the judge says of each noun (found here where it is not given), `known` keeps what is a noun's own.
    """
    known = {} if known is None else known
    sides = candidate.reading.sides if candidate.reading is not None else None
    if said is None and sides is not None:
        said = sides.of(spans(candidate, named))
    deed = _deed(scene, candidate, [c for c in found if c is not candidate])
    made = []
    for noun in named:
        key = scene.offset, noun.i
        if key not in known:
            known[key] = of_noun(scene, noun)
        made.append(features(scene, deed, noun) | known[key])
    for row, odds in zip(made, said or (), strict=False):
        row |= {name: f for name, f in zip(("net acts", "net suffers"), map(logit, odds), strict=True) if f}
    beside(made)
    return made


def nouns(scene: Scene, candidate: Candidate) -> list[Token]:
    """The nouns of a deed's sentence that could be its recipients, and those the rules chose, in text order."""
    own = set(range(candidate.start, candidate.end)) | {candidate.token.i}
    found = {t.i: t for t in candidate.recipients}
    found |= {
        t.i: t for t in candidate.token.sent if t.i not in own and t not in candidate.actors and _may_name(scene, t)
    }
    return [found[i] for i in sorted(found)]


def _may_name(scene: Scene, token: Token) -> bool:
    if token.ent_type_ in NEVER or not can_act(scene, token):
        return False
    if token.pos_ in NAMING and token.dep_ not in WITHIN:
        return token.lower_ not in EMPTY and syntax.counted(token) is token  # 'eleven of them': they
    hit = scene.hit(token)  # the last word of 'Cambodian' in 'Cambodian guns', 'Addis Ababa' in 'the Addis Ababa talks'
    if hit is None or hit.kind == "role" or token.dep_ not in WITHIN:
        return False
    return token.i + 1 >= len(token.doc) or scene.hit(token.doc[token.i + 1]) is not hit


def _steps(above: Mapping[int, int], noun: Token) -> tuple[int, int]:
    """Steps through the parse from the deed's word up to what governs both, and down to the noun."""
    down, at = 0, noun
    while at.i not in above and at.head is not at:
        down, at = down + 1, at.head
    return min(FAR, above.get(at.i, FAR)), min(FAR, down)


def of_noun(scene: Scene, noun: Token) -> Features:
    """What a noun is, whatever is done: its label, kind, number and what stands before it. Whatever is 0 is left out."""
    low, high = syntax.phrase(noun)
    first, hit = _first(noun), scene.hit(noun)
    out: dict[str, float] = {
        "words": min(8, high - low),
        f"label {first.dep_}": 1,
        "joined": first is not noun,
        f"hangs on {noun.head.pos_}": 1,
        "political": scene.political(noun),
        "party": scene.party(noun),
        "site": scene.is_a(noun, "base", "building", "territory", "ship"),
        "armed": scene.is_a(noun, "armed"),
        f"kind {hit.kind if hit is not None else 'none'}": 1,
        f"is {noun.pos_}": 1,
        f"entity {noun.ent_type_}": bool(noun.ent_type_),
        "plural": noun.tag_ in ("NNS", "NNPS"),
    }
    if first.dep_ == "pobj" and first.head.lower_ in PREPOSITIONS:
        out[f"after {first.head.lower_}"] = 1
    return {name: float(value) for name, value in out.items() if value}


def _first(noun: Token) -> Token:
    """The first of the nouns that it is joined to by 'and'."""
    while noun.dep_ == "conj" and noun.head != noun:
        noun = noun.head
    return noun


@dataclass(frozen=True, slots=True)
class _Deed:
    """What the features of all nouns of one deed share."""

    candidate: Candidate
    above: Mapping[int, int]  # what governs its word, and at how many steps
    acts: frozenset[int]  # tokens that do further deeds of the paragraph
    suffers: frozenset[int]  # to whom they are done
    told: frozenset[int]  # that tell them
    sides: tuple[Token | None, Token | None]  # its verb's subject and object, by sense
    owners: Sequence[Token]  # whose the object is
    common: Features


def _deed(scene: Scene, candidate: Candidate, others: Sequence[Candidate]) -> _Deed:
    """`others` are the further deeds of its paragraph."""
    word, frame = candidate.token, candidate.frame
    verb = word if word.pos_ in ("VERB", "AUX") else candidate.carrier
    doer, done_to = scene.sides(verb) if verb is not None else (None, None)
    common = {
        "recipients": len(candidate.recipients), "actors": len(candidate.actors), f"type {frame.type}": 1,
        "noun deed": frame.pos == "noun", "unlisted": not frame.lemmas,
        "passive": verb is not None and syntax.is_passive(verb),
    }  # fmt: skip
    return _Deed(
        candidate,
        {word.i: 0} | {t.i: n for n, t in enumerate(word.ancestors, 1)},
        frozenset(t.i for c in others for t in c.actors),
        frozenset(t.i for c in others for t in c.recipients),
        frozenset(i for c in others for i in range(c.start, c.end)),
        (doer, done_to),
        owners(done_to),
        {name: float(value) for name, value in common.items() if value},
    )


def features(scene: Scene, deed: _Deed, noun: Token) -> Features:
    """What a noun is to one deed by its shape. Whatever is 0 is left out."""
    word, recipients = deed.candidate.token, deed.candidate.recipients
    up, down = _steps(deed.above, noun)
    low, high = min(noun.i, word.i) + 1, max(noun.i, word.i)
    first = _first(noun)
    out: dict[str, float] = {
        "chosen": noun in recipients,
        "chosen after another": noun in recipients[1:],
        "acts elsewhere": noun.i in deed.acts,
        "suffers elsewhere": noun.i in deed.suffers,
        "is a deed": noun.i in deed.told,
        "up": up,
        "down": down,
        "gap": max(-30, min(30, noun.i - word.i)),
        "commas": scene.commas[high] - scene.commas[low] if high > low else 0,
        "verbs between": scene.verbs[high] - scene.verbs[low] if high > low else 0,
        "subject": noun is deed.sides[0],
        "object": noun is deed.sides[1],
        "owner of object": noun in deed.owners,
    }
    if first.dep_ == "pobj" and first.head.lower_ in PREPOSITIONS:
        out["of the deed"] = first.head.head is word
    return deed.common | {name: float(value) for name, value in out.items() if value}


def beside(made: Sequence[Features]) -> None:
    """Add how far each noun stands behind the one that the judge holds likeliest."""
    for name in ("net acts", "net suffers"):
        best = max((f[name] for f in made if name in f), default=0.0)
        for f in made:
            if name in f:
                f[f"behind, {name}"] = best - f[name]
