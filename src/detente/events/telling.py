"""What speaks for a word being a deed, and for each type that it may have: numbers for the trees that weigh it."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from detente.events import syntax
from detente.events.counted import counted
from detente.events.cuewords import CUES
from detente.events.fitting import is_armed
from detente.events.judge import Reading
from detente.events.roles import Candidate, bodily
from detente.events.scene import Scene
from detente.events.tokens import Token
from detente.events.trees import logit
from detente.reference.codebook.read import NONE, Frame

Features = dict[str, float]

# verbs that mean little by themselves
LIGHT = frozenset(
    "make do take get go come appear let keep want hear stay live work find give put set show lead follow call force open "
    "stop hold bring send move leave turn run stand".split()
)
THINGS = (
    "weapon", "heavy", "explosive", "document", "truce", "talks", "proposal", "restriction", "sanction", "relation", "money",
    "relief", "trade", "right", "utility", "crime", "wrong", "rally", "office", "territory", "base", "building", "captive",
    "military-kit", "speech", "labour", "abstract", "mundane", "evidence", "envoy", "ship", "aircraft", "vehicle",
)  # fmt: skip
MODES = ("planned", "threatened", "negated", "denied", "conditional", "hypothetical")
LIKELY = 4  # of the judge's types so many are weighed
LEAST = 0.01  # and none below these odds


@dataclass(slots=True)
class Proposal:
    """A word that may tell a deed: as the codebook or the judge reads it, and every other way."""

    candidate: Candidate
    reading: Reading
    fits: Sequence[Candidate]  # one of each frame that fits; none where the judge alone proposes the word
    known: Sequence[Frame]  # the frames of its lemma, whether they fit or not
    likely: Sequence[str] = ()  # the judge's types of deeds, the likeliest first

    def __post_init__(self) -> None:
        types = self.reading.types
        self.likely = sorted((t for t in types if t != NONE), key=types.__getitem__, reverse=True)

    @property
    def token(self) -> Token:
        """Its word."""
        return self.candidate.token


def options(proposal: Proposal) -> list[str]:
    """The types that a word may have: those of its frames, and the judge's likeliest."""
    likely = [t for t in proposal.likely[:LIKELY] if proposal.reading.types[t] >= LEAST]
    listed = [c.frame.type for c in proposal.fits] + [f.type for f in proposal.known]
    return list(dict.fromkeys([*listed, *likely, proposal.candidate.frame.type]))


def of_word(scene: Scene, proposal: Proposal, held: Collection[int]) -> Features:
    """What a word is, whatever its type; `held` are the words that the codebook proposes."""
    word, reading, candidate = proposal.token, proposal.reading, proposal.candidate
    verb = word if word.pos_ in ("VERB", "AUX") else candidate.carrier
    record = counted().word(word.lemma_, verb is word)
    out: Features = {
        "none": logit(reading.types[NONE]),
        "told": logit(reading.told),
        "listed": bool(proposal.fits),
        "frames": len(proposal.known),
        "types of frames": len({f.type for f in proposal.known}),
        "noun": word.pos_ in ("NOUN", "PROPN"),
        "verb": word.pos_ in ("VERB", "AUX"),
        "passive": verb is not None and syntax.is_passive(verb),
        "not": any(c.dep_ == "neg" for t in (word, verb) if t is not None for c in t.children),
        f"tag {word.tag_}": 1,
        "actor": bool(candidate.actors),
        "recipient": bool(candidate.recipients),
        "idiom": candidate.end - candidate.start,
        "of war": bodily(word),
        "light": lemma_of(word) in LIGHT,
        "word met": math.log1p(record.uses),
        "word tells": record.tells,
    }
    for mode in MODES:
        out[mode] = logit(reading.modalities[mode])
    for side, tokens in (("actor", candidate.actors), ("recipient", candidate.recipients)):
        for name in (n for t in tokens for n in _kinds(scene, t)):
            out[f"{side} {name}"] = 1
    kinds = {kind for thing in _things(word) for kind in scene.kinds[thing.i]}
    out |= {f"thing {name}": 1 for name in THINGS if name in kinds}
    out |= _around(scene, proposal, held)
    return {name: float(value) for name, value in out.items() if value}


def _kinds(scene: Scene, token: Token) -> list[str]:
    hit = scene.hit(token)
    found = [f"is {hit.kind}" if hit is not None else "is unknown"]
    found += [f"of {hit.sector}"] if hit is not None and hit.sector else []
    found += ["armed"] if is_armed(scene, token) else []
    found += [
        name
        for name in ("official", "citizens", "crowd", "delegation", "explosive", "heavy")
        if scene.is_a(token, name)
    ]
    found += ["political"] if scene.political(token) else ["mere"]
    found += ["pronoun"] if token.pos_ == "PRON" else []
    found += ["party"] if scene.party(token) else []
    return found


def _things(word: Token) -> list[Token]:
    """The nouns that hang on a word."""
    found = syntax.children(word, "dobj", "nsubjpass", "oprd", "compound", "attr")
    found += [o for p in word.children if p.dep_ in ("prep", "agent", "prt") for o in p.children if o.dep_ == "pobj"]
    return found


def _around(scene: Scene, proposal: Proposal, held: Collection[int]) -> Features:
    word, head = proposal.token, proposal.token.head
    lemma = word.lemma_.lower()
    children = list(word.children)
    beside = {g.i for c in children if c.dep_ in ("prep", "prt") for g in c.children}
    out: Features = {
        f"label {word.dep_}": 1,
        f"hangs on {head.pos_}": 1,
        "under a deed": head.i in held and head != word,
        "two under a deed": head.head.i in held and head.head.i != word.i,
        "over a deed": any(c.i in held for c in children),
        "two over a deed": any(i in held for i in beside),
        "deeds beside": sum(word.sent.start <= i < word.sent.end for i in held) - (word.i in held),
        "a speaking word": lemma in CUES.verbs,
        "tells that": any(c.dep_ == "mark" and c.lower_ == "that" for c in children),
        "clause below": any(c.dep_ == "ccomp" for c in children),
        "aim below": any(c.dep_ == "xcomp" for c in children),
        "under if": any(c.lower_ in ("if", "unless", "until") for c in children if c.dep_ == "mark"),
        "under to": any(c.lower_ == "to" for c in children if c.dep_ == "aux"),
        "modal": any(c.tag_ == "MD" for c in children),
        "definite": any(c.lower_ in ("the", "this", "these", "those") or c.dep_ == "poss" for c in children),
        "indefinite": any(c.lower_ in ("a", "an") for c in children),
        "no": any(c.lower_ == "no" for c in children),
        "words": min(60, word.sent.end - word.sent.start),
        "at": word.i - word.sent.start,
        "sentences": word.sent.start > 0,
    }
    return out


def of_type(scene: Scene, proposal: Proposal, type_: str) -> Features:
    """What speaks for one of its types."""
    types = proposal.reading.types
    mine, top = types.get(type_, 0.0), proposal.likely[0]
    fits = [c.frame for c in proposal.fits if c.frame.type == type_]
    known = [f for f in proposal.known if f.type == type_]
    first = proposal.fits[0].frame.type if proposal.fits else ""
    record = counted().word(proposal.token.lemma_, proposal.token.pos_ in ("VERB", "AUX"))
    out: Features = {
        "judge": logit(mine),
        "rank": sum(types[t] > mine for t in proposal.likely[:9]),
        "behind": min(7.0, math.log(max(types[top], 0.001) / max(mine, 0.001))),
        "share": mine / max(1e-6, 1 - types[NONE]),
        "first": first == type_,
        "fit": bool(fits),
        "fitting": len(fits),
        "share of fits": len(fits) / max(1, len(proposal.fits)),
        "known": len(known),
        "share of known": len(known) / max(1, len(proposal.known)),
        "other fits": bool(proposal.fits) and not fits,
        "other known": bool(proposal.known) and not known,
        "word is it": record.share(type_),
        f"is {type_}": 1,
    }
    if fits:
        frame = fits[0]
        right, met = counted().frames(fits)
        out |= {
            "frame right": right,
            "frame met": math.log1p(met),
            "wide": frame.wide,
            "asks": (frame.constraints + 1000 * frame.wide) // 20,
            "asks not": frame.constraints % 20 / 3,
            "lemmas": math.log(1 + len(scene.codebook.types[type_].frames)),
            f"needs {frame.needs}": 1,
            "moded": bool(frame.modes),
        }
    if first and first != type_:
        out[f"{first} by frame, is {type_}"] = 1
    if top != type_:
        out[f"{top} by judge, is {type_}"] = 1
    return {name: float(value) for name, value in out.items() if value}


def of_deed(word: Features, way: Features, type_: str, odds: float) -> Features:
    """What speaks for a word being a deed of the type that is likeliest; `way` is what speaks for the type."""
    kept = {name: value for name, value in way.items() if not name.startswith("is ") and ", is " not in name}
    return word | kept | {f"is {type_}": 1.0, "type odds": odds}


def lemma_of(word: Token) -> str:
    """Its lemma in lower case."""
    return word.lemma_.lower()
