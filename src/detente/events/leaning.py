"""How a deed stands, weighed: what the rules say of it, the judge's odds, its own verb and what stands around it.

Small trees, learned from texts that neither rules nor judge had seen (`benchmarks/leaning_train.py`), give the odds of five
classes. The rules' modality stays within its class; another class needs better odds, 'it took place' much better ones.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise

import numpy as np

from detente.events.arbiter import Features
from detente.events.assemble import speakers
from detente.events.cuewords import CUES
from detente.events.judge import Reading
from detente.events.modality import Verdict
from detente.events.operators import operators
from detente.events.paragraph import Paragraph
from detente.events.quotes import find_quotes, inside
from detente.events.roles import Candidate
from detente.events.syntax import is_passive
from detente.events.tokens import Token
from detente.events.trees import Trees, logit
from detente.records import Attribution, Modality
from detente.reference.codebook.read import NONE

# what the trees tell apart; the first of each class is what a deed becomes if neither rules nor judge say more
CLASSES: Mapping[str, tuple[Modality, ...]] = {
    "told": ("happened", "ongoing"), "ahead": ("planned", "threatened"), "supposed": ("hypothetical", "conditional"),
    "not": ("negated", "denied"), "open": ("uncertain",),
}  # fmt: skip
CLASS: Mapping[Modality, str] = {modality: name for name, several in CLASSES.items() for modality in several}
# the odds that another class than the rules' needs, how far it must lead theirs (in logits), and how much farther 'told': what did
# not happen, told as done, is the worst error
LEAST, LEAD, TOLD = 0.5, 1.25, 1.25
# what the rules read is seldom the other: a doubt no mere supposition, what was not done not done after all
UNMOVED = frozenset({("open", "supposed"), ("not", "told")})
NEEDS_WORDS = frozenset({"threatened", "conditional"})  # without the words for it the judge is not believed
FAR = 9  # words: what stands farther off is not looked at
UP = 4  # governing words looked at
NOT = frozenset("not n't n’t never no nor neither without nobody none nothing hardly cannot nowhere".split())
FORMS = {
    "will": "will shall 'll ’ll wo", "would": "would 'd ’d", "may": "may might could", "should": "should must ought",
    "if": "if unless until provided lest once whether", "had": "had", "to": "to",
}  # fmt: skip
FORM = {word: name for name, words in FORMS.items() for word in words.split()}
SUPPOSING = frozenset("if unless whether until would tomorrow next".split())


def weighed(par: Paragraph, judged: Sequence[tuple[Candidate, Verdict]]) -> list[tuple[Candidate, Verdict]]:
    """The candidates with their verdicts, some of another class, where the judge was asked; their rules say why."""
    odds = iter(class_odds([features(par, c, v) for c, v in judged if _open(c, v)]))
    return [(c, _leant(c.reading, v, next(odds)) if c.reading and _open(c, v) else v) for c, v in judged]


def _open(candidate: Candidate, verdict: Verdict) -> bool:
    """Whether the judge was asked and may be heard; a threat that was made was made, whatever comes of it."""
    made = candidate.frame.type == "THREATEN" and CLASS[verdict.modality] == "told"
    return candidate.reading is not None and not made and not verdict.firm


def _leant(reading: Reading, verdict: Verdict, odds: Mapping[str, float]) -> Verdict:
    own = CLASS[verdict.modality]
    said = likeliest(odds, own)
    if said == own:
        return verdict
    modality = within(said, reading)
    why = f"{modality} ({odds[said]:.0%}), not {verdict.modality} ({odds[own]:.0%}), by rules and judge together"
    return replace(verdict, modality=modality, rules=(*verdict.rules, why), absence=False)


def likeliest(odds: Mapping[str, float], rules: str) -> str:
    """The class of the best odds, if it is likelier than not and leads the rules' clearly, 'told' far; else the rules'."""
    best = max(odds, key=lambda name: odds[name])
    if best == rules or (rules, best) in UNMOVED or odds[best] < LEAST:
        return rules
    lead = math.log(odds[best] / max(odds[rules], 1e-9))
    return best if lead >= LEAD + (TOLD if best == "told" else 0.0) else rules


def within(name: str, reading: Reading) -> Modality:
    """The modality of a class that the judge holds for the likeliest."""
    several = [m for m in CLASSES[name] if m not in NEEDS_WORDS]
    return max(several, key=lambda m: reading.modalities.get(m, 0.0))


@cache
def _shipped() -> tuple[Trees, list[int]]:
    """The trees of all classes, from `data/leaning.json`, read once, and where those of each class begin and end."""
    given = json.loads(files("detente.events").joinpath("data/leaning.json").read_text("utf-8"))
    every = [given["classes"][name] for name in CLASSES]
    trees = Trees({"features": given["features"], "trees": [tree for own in every for tree in own]})
    return trees, list(accumulate(map(len, every), initial=0))


def class_odds(rows: Sequence[Features]) -> list[dict[str, float]]:
    """The odds of each class for each row; they add up to 1."""
    trees, bounds = _shipped()
    leaves = trees.leaves(trees.table(rows))
    sums = np.stack([leaves[:, low:high].sum(axis=1) for low, high in pairwise(bounds)], axis=1)
    raised = [[math.exp(value) for value in row] for row in sums.tolist()]
    return [dict(zip(CLASSES, [value / sum(row) for value in row], strict=True)) for row in raised]


def features(par: Paragraph, candidate: Candidate, verdict: Verdict) -> Features:
    """What speaks for and against a deed's having happened; odds of the judge are logits, whatever is 0 is left out."""
    word, frame = candidate.token, candidate.frame
    out: dict[str, float] = {
        f"rules: {verdict.modality}": 1,
        f"class: {CLASS[verdict.modality]}": 1,
        "rules": len(verdict.rules),
        f"type {frame.type}": 1,
        "noun": frame.pos == "noun",
        "unlisted": not frame.lemmas,
        "in condition": word.i in par.conditions,
        "in consequence": word.i in par.consequences,
        "actors": len(candidate.actors),
        "recipients": len(candidate.recipients),
        "mutual": "reciprocal" in candidate.notes,
    }
    out |= {f"rule: {_kind(rule)}": 1 for rule in verdict.rules}
    verb = word if word.pos_ in ("VERB", "AUX") else candidate.carrier
    if verb is not None:
        out |= _form(verb)
    else:
        out |= {f"det {c.lower_}": 1 for c in word.children if c.dep_ == "det"}
        out["owned"] = any(c.dep_ == "poss" for c in word.children)
        out["plural"] = word.tag_ == "NNS"
        out |= {f"adjective {e}": 1 for c in word.children for e in operators().adjectives.get(c.lower_, ())}
        out[f"noun is {word.dep_}"] = 1
    out |= _above(verb if verb is not None else word)
    out |= _near(word)
    out |= _told(word, speakers(par, candidate, verdict))
    reading = candidate.reading
    if reading is not None:
        out |= {f"net {name}": logit(odds) for name, odds in reading.modalities.items()}
        for name, several in CLASSES.items():
            out[f"net: {name}"] = logit(sum(reading.modalities.get(m, 0.0) for m in several))
        out["net none"] = logit(reading.types[NONE])
        out["net own"] = logit(reading.types.get(frame.type, 0.0))
    return {name: float(value) for name, value in out.items() if value}


def _kind(rule: str) -> str:
    """A rule without the words it quotes."""
    if rule.startswith("the judge"):
        return "the judge"
    parts = [("…" if n % 2 else part.strip()) for n, part in enumerate(rule.split("'"))]
    return " ".join(parts).strip()[:40] if len(parts) > 2 else rule[:40]


def _form(verb: Token) -> dict[str, float]:
    out: dict[str, float] = {f"tag {verb.tag_}": 1, f"dep {verb.dep_}": 1, "passive": is_passive(verb)}
    for c in verb.children:
        if c.dep_ in ("aux", "auxpass"):
            out[f"aux {FORM.get(c.lower_, c.lemma_)}"] = 1
        elif c.dep_ == "neg" or c.lower_ in NOT:
            out["own not"] = 1
        elif c.dep_ == "mark":
            out[f"mark {c.lower_}"] = 1
        elif c.dep_ == "advmod":
            out |= {f"adverb {e}": 1 for e in operators().adverbs.get(c.lower_, ())}
        if c.dep_ in ("nsubj", "nsubjpass", "dobj") and any(g.lower_ in NOT for g in (c, *c.children)):
            out["no one"] = 1
    out["subject"] = any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
    out |= {f"own {e}": 1 for e in operators().verbs.get(verb.lemma_, ())}
    return out


def _above(word: Token) -> dict[str, float]:
    """What governs a word: effects, tenses, negation, and the links on the way up."""
    out: dict[str, float] = {}
    ops, at = operators(), word
    tables = {"VERB": ops.verbs, "AUX": ops.verbs, "NOUN": ops.nouns, "ADJ": ops.adjectives}
    for step in range(1, UP + 1):
        head = at.head
        if head == at:
            break
        if step <= 2:
            out[f"link {step} {at.dep_}"] = 1
            out[f"head {step} {head.tag_}"] = 1
        out[f"by {at.dep_}"] = 1
        key = head.lower_ if head.pos_ == "ADJ" else head.lemma_
        for effect in tables.get(head.pos_, {}).get(key, ()):
            out.setdefault(f"under {effect}", step)
        if head.lemma_.lower() in CUES.verbs:
            stance = CUES.verbs[head.lemma_.lower()].get("c", "attitude")
            out.setdefault(f"said: {stance}", step)
        for c in head.children:
            if c.dep_ == "neg" or (c.dep_ == "det" and c.lower_ == "no"):
                out.setdefault("not above", step)
            elif c.dep_ == "aux" and c.lower_ in FORM:
                out.setdefault(f"{FORM[c.lower_]} above", step)
            elif c.dep_ == "mark":
                out.setdefault(f"{c.lower_} marks above", step)
        at = head
    out["depth"] = sum(1 for _ in word.ancestors)
    return out


def _near(word: Token) -> dict[str, float]:
    """How near (FAR: next to it) a word of each kind stands before and after it in its sentence."""
    out: dict[str, float] = {}
    ops, sent = operators(), word.sent
    for t in word.doc[max(sent.start, word.i - FAR) : min(sent.end, word.i + FAR + 1)]:
        gap = abs(t.i - word.i)
        if gap == 0:
            continue
        side = "before" if t.i < word.i else "after"
        kinds = [FORM[t.lower_]] if t.lower_ in FORM else ["not"] if t.lower_ in NOT else []
        if t.pos_ in ("VERB", "AUX"):
            kinds += ops.verbs.get(t.lemma_, ())
        elif t.pos_ == "NOUN":
            kinds += [f"{e} noun" for e in ops.nouns.get(t.lemma_, ())]
        elif t.pos_ == "ADJ":
            kinds += ops.adjectives.get(t.lower_, ())
        elif t.pos_ == "ADV":
            kinds += ops.adverbs.get(t.lower_, ())
        for kind in kinds:
            name = f"{kind} {side}"
            out[name] = max(out.get(name, 0), FAR + 1 - gap)
    for t in sent:
        if t.lower_ in SUPPOSING:
            out[f"sentence has {t.lower_}"] = 1
    out["asks"] = sent.text.rstrip().endswith("?")
    out["headline"] = not any(t.text in '.!?”"' for t in sent[-2:])
    return out


def _told(word: Token, links: Sequence[Attribution]) -> dict[str, float]:
    out: dict[str, float] = {
        "speakers": len(links),
        "quoted": inside(find_quotes(word.doc.text), word.idx) is not None,
    }
    for link in links:
        out[f"stance {link.stance}"] = 1
        out["unnamed"] = out.get("unnamed", 0) or link.anonymous
        out["hedged"] = out.get("hedged", 0) or bool(link.hedge)
    return out
