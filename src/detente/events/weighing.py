"""Which words tell deeds, and of which type: the codebook's frames and the judge weighed together.

The codebook knows words and what must stand around them, the judge the sense; each is often right where the other is not.
Small trees, learned from sentences neither had seen (`benchmarks/weighing_train.py`), weigh what both say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from detente.events.fitting import is_armed
from detente.events.judge import Reading
from detente.events.opinion import NOUN, VERB, Readings
from detente.events.plover import HOSTILE, INTENDED_COOPERATION
from detente.events.roles import Candidate
from detente.events.scene import Scene
from detente.events.telling import MODES, Proposal, of_deed, of_type, of_word, options
from detente.events.tokens import Token
from detente.events.trees import shipped
from detente.events.triggers import as_told
from detente.events.warwords import of_war
from detente.reference.codebook.read import NONE, Frame

# odds of the likeliest type, the type, and the deed that it threatens or promises, else the same
Way = tuple[float, str, str]
# a paragraph with its candidates, what the judge says of its words, and where to tell what was not believed
Told = tuple[Scene, Sequence[Candidate], Readings, list[str] | None]
Weight = tuple[Proposal, Way, float]  # and the odds of any deed
ASKED = 0.5  # odds of no deed up to which a word without a fitting frame is weighed
DEED = 0.5  # odds from which a word with a frame that fits tells a deed
ALONE = 0.6  # and one that the judge alone proposes
UNREAL = 0.25  # and one with a frame that did not take place: a wrong one costs little there, as none is told as done
CHANGE = 0.5  # odds from which it has another type than its frame
# what is threatened, promised, given in to
ACTS = {"THREATEN": HOSTILE, "AGREE": INTENDED_COOPERATION, "CONCEDE": frozenset({"RETREAT"})}
WAR = 0.02  # and words of war in a sentence where nothing else does: texts learned from seldom are so short of names


def weighed(scene: Scene, found: Sequence[Candidate], readings: Readings, dropped: list[str] | None) -> list[Candidate]:
    """The deeds of one paragraph: see `weigh`."""
    [kept] = weigh([(scene, found, readings, dropped)])
    return kept


def weigh(told: Sequence[Told]) -> list[list[Candidate]]:
    """The deeds of an article's paragraphs after the judge was heard, in text order.

    Candidates of which the judge was not asked stay as they are. The words of all paragraphs are put to the trees at once.
    """
    made = [proposals(scene, found, readings) for scene, found, readings, _ in told]
    held = [{c.token.i for c in found} for _, found, _, _ in told]
    weights = iter(judged([(t[0], p, words) for t, own, words in zip(told, made, held, strict=True) for p in own]))
    return [_kept(paragraph, list(islice(weights, len(own)))) for paragraph, own in zip(told, made, strict=True)]


def _kept(told: Told, weights: Sequence[Weight]) -> list[Candidate]:
    scene, found, readings, dropped = told
    kept = [c for c in found if c.token.i not in readings]
    least = _least(weights)
    for proposal, (likely, type_, act), odds in weights:
        if odds >= least(proposal):
            made = _as(scene, proposal, act, likely)
            made.odds = odds, likely
            made.called = type_ if type_ != act else ""
            kept.append(made)
        elif dropped is not None and proposal.fits:
            word, frame = proposal.token.text, proposal.candidate.frame
            dropped.append(f"'{word}' by {frame.source}: a deed at {odds:.0%}, by frame and judge together")
    return sorted(kept, key=lambda c: c.start)


def _least(weights: Sequence[Weight]) -> Callable[[Proposal], float]:
    """The odds from which each proposal is a deed."""
    usual = {id(p): ALONE if not p.fits else UNREAL if _unreal(p.reading) else DEED for p, *_ in weights}
    told = {p.token.sent.start for p, _, odds in weights if odds >= usual[id(p)]}
    for start in {p.token.sent.start for p, *_ in weights} - told:
        of_it = [(odds, p) for p, _, odds in weights if p.token.sent.start == start and _warlike(p)]
        if of_it:
            usual[id(max(of_it, key=lambda pair: pair[0])[1])] = WAR
    return lambda proposal: usual[id(proposal)]


def _unreal(reading: Reading) -> bool:
    """Does the judge read it as planned, threatened, denied or only thought of?"""
    return any(reading.modalities[mode] > 0.5 for mode in MODES)


def _warlike(proposal: Proposal) -> bool:
    return bool(proposal.fits) and proposal.candidate.frame.type == "ASSAULT" and of_war(proposal.token)


def judged(asked: Sequence[tuple[Scene, Proposal, set[int]]]) -> list[Weight]:
    """Each proposal with its likeliest type, the odds of that, and the odds that it tells a deed at all.

    Beside each its paragraph, and the words there that the codebook proposes.
    """
    if not asked:
        return []
    words = [of_word(scene, p, held) for scene, p, held in asked]
    ways = [{t: of_type(scene, p, t) for t in options(p)} for scene, p, _ in asked]
    trees, owner = shipped("types"), [n for n, types in enumerate(ways) for _ in types]
    table = trees.table(words)[owner] + trees.table([way for types in ways for way in types.values()])
    odds = iter(trees.odds_of(table))
    best = [_likeliest(p, [(next(odds), t) for t in types]) for (_, p, _), types in zip(asked, ways, strict=True)]
    deeds = [of_deed(w, types[t], t, o) for w, types, (o, t, _) in zip(words, ways, best, strict=True)]
    told = shipped("deeds").odds(deeds)
    return [(p, way, d) for (_, p, _), way, d in zip(asked, best, told, strict=True)]


def _likeliest(proposal: Proposal, types: Sequence[tuple[float, str]]) -> Way:
    """The type to have; the frame's own where no other is at even odds.

    'will bomb' may be read as a threat: what is threatened is the likeliest of the deeds that can be.
    """
    odds, type_ = max(types, key=lambda pair: pair[0])
    frame = proposal.candidate.frame
    leaves = "withdraw" in frame.modes and type_ in ("CONCEDE", "SANCTION")  # troops that go home
    leaves |= frame.type == "AID" and type_ == "MOBILIZE" and "convoy" in frame.subject
    if proposal.fits and (odds < CHANGE or leaves):
        odds, type_ = next(pair for pair in types if pair[1] == frame.type)
    fit, deeds = {c.frame.type for c in proposal.fits}, ACTS.get(type_, frozenset[str]())
    if type_ in fit:
        deeds &= fit  # 'threatened' is no deed that is threatened
    _, act = max(((o, t) for o, t in types if t in deeds), default=(0.0, type_))
    return odds, type_, act


def proposals(scene: Scene, found: Sequence[Candidate], readings: Readings) -> list[Proposal]:
    """The words to weigh, in text order: candidates of which the judge was asked, and words it reads a deed in."""
    made = []
    taken = {i for c in found for i in range(c.start, c.end)}
    for candidate in found:
        reading = readings.get(candidate.token.i)
        if reading is not None:
            candidate.reading = reading
            known = list(_known(scene, candidate.token))
            made.append(Proposal(candidate, reading, [candidate, *candidate.others], known))
    for i, reading in readings.items():
        if i not in taken and reading.types[NONE] < ASKED and not _aside(scene, scene.doc[i], reading):
            alone = _unlisted(scene, scene.doc[i], reading)
            if alone is not None:
                made.append(Proposal(alone, reading, (), list(_known(scene, alone.token))))
    return sorted(made, key=lambda p: p.candidate.start)


def _aside(scene: Scene, word: Token, reading: Reading) -> bool:
    """'asked not to be named': on what terms somebody speaks; 'lawmakers returned', 'the climbers landed': only come home."""
    terms = ("name", "identify", "quote")
    if word.lemma_ in terms and word.dep_ == "xcomp":
        return True
    if reading.type == "RETREAT" and word.lemma_.lower() in _HOMEWARD and not _yields(scene, word):
        return True
    return any(c.dep_ in ("xcomp", "ccomp") and c.lemma_ in terms for c in word.children)


_HOMEWARD = frozenset("return go come fly land travel drive arrive sail".split())
_DRIVEN = frozenset(
    "refugee displaced exile villager resident family evacuee settler hostage captive prisoner deportee".split()
)


def _yields(scene: Scene, verb: Token) -> bool:
    """Does one leave or come home whose going is a deed: soldiers and fighters, the displaced, captives?"""
    doer, moved = scene.sides(verb)
    doers = [t for c in (doer, moved) if c is not None for t in (c, *c.conjuncts)]
    return any(is_armed(scene, t) or t.lemma_.lower() in _DRIVEN or t.pos_ == "PRON" for t in doers)


def _known(scene: Scene, token: Token) -> Iterator[Frame]:
    """Frames of a word's lemma; of idioms those whose other words stand near."""
    index = scene.codebook.verbs_by_head if token.pos_ in ("VERB", "AUX") else scene.codebook.nouns_by_head
    near = set(scene.lemmas[max(0, token.i - 4) : token.i + 8])
    for frame in index.get(token.lemma_.lower(), ()):
        if any(" " not in words or near.issuperset(words.split()) for words in frame.lemmas):
            yield frame


def _unlisted(scene: Scene, token: Token, reading: Reading) -> Candidate | None:
    """The deed that the judge reads in a word whose frames, if there are any, do not fit."""
    form = VERB if token.pos_ == "VERB" else NOUN
    type_ = max((t for t in reading.types if t != NONE), key=lambda t: reading.types[t])
    source = f"the judge reads {type_} ({reading.types[type_]:.0%})"
    made, _ = as_told(scene, token, replace(form, type=type_, needs="none", source=source))
    if made is not None:
        made.reading = reading
    return made


def _as(scene: Scene, proposal: Proposal, type_: str, odds: float) -> Candidate:
    """The proposal as a deed of this type: by the frame that has it, or its own with another type."""
    own = proposal.candidate
    if own.frame.type == type_:
        return own
    other = next((c for c in proposal.fits if c.frame.type == type_), None)
    if other is not None:
        other.reading = proposal.reading
        return other
    source = f"{own.frame.source}; weighed as {type_} ({odds:.0%})"
    own.frame = replace(own.frame, type=type_, modes=(), source=source)
    return own
