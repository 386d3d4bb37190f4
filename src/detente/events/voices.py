"""A light learned judge of cues, sources and contents: logistic weights over features of the parse.

`data/voices.json` holds three tables of feature weights (cue, source, content), trained by
`benchmarks/attribution_train.py`. It widens the rules to every verb and noun that brings somebody's view.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc, Token

from detente.events.ear import Hearing
from detente.events.phrases import Draft, noun_phrase, paragraph_of, subtree
from detente.events.quotes import Quote
from detente.events.speech import cue_tokens, speaker

Weights = Mapping[str, float]
_CANDIDATES = {"VERB", "AUX", "NOUN", "ADJ", "ADV", "SCONJ", "ADP", "PROPN"}
_REACH = 60  # tokens between a cue and its source


@dataclass(frozen=True, slots=True)
class Judge:
    """Weights per feature, the lemmas that can be cues, and the thresholds found in training."""

    cue: Weights
    source: Weights
    content: Weights
    lemmas: frozenset[str]
    cut: float = 0.0


@dataclass(slots=True)
class Page:
    """A parsed text with what the features need: rule drafts by cue token, and which tokens are quoted."""

    doc: Doc
    drafts: dict[int, Draft]
    quoted: list[bool]


@cache
def judge() -> Judge:
    """The shipped weights."""
    data = json.loads(files("detente.events").joinpath("data/voices.json").read_text(encoding="utf8"))
    return Judge(data["cue"], data["source"], data["content"], frozenset(data["lemmas"]), data["cut"])


def page(doc: Doc, drafts: list[Draft], quotes: list[Quote]) -> Page:
    """What the features look at."""
    quoted = [False] * len(doc)
    for quote in quotes:
        span = doc.char_span(quote.start, quote.end, alignment_mode="expand")
        for token in span or ():
            quoted[token.i] = True
    return Page(doc, {i: d for d in drafts for i in d.cue}, quoted)


def learned(doc: Doc, drafts: list[Draft], quotes: list[Quote], heard: Hearing | None = None) -> list[Draft]:
    """The relations the weights find: rule drafts they keep or mend, and cues the rules do not know.

    Where the text was `heard` by the judge's heads, their log odds join the weights' own.
    """
    model, sheet = judge(), page(doc, drafts, quotes)
    out = [d for d in drafts if d.kind == "headline"]
    taken = {i for d in out for i in d.cue}
    for token in doc:
        if token.i in taken or not can_be_cue(token, model.lemmas, sheet):
            continue
        said = heard.cue(token.idx, token.idx + len(token)) if heard is not None else None
        if score(model.cue, cue_features(token, sheet)) + _opinion("cue", said) < model.cut:
            continue
        around = heard.around(token.idx, token.idx + len(token)) if heard is not None else None
        rule = sheet.drafts.get(token.i)
        draft = Draft(
            cue_tokens(token) if rule is None else rule.cue,
            find_source(model.source, token, sheet, around),
            kind="attitude",
        )
        if rule is not None:
            draft.stance, draft.hedge, draft.kind, draft.takes_quote = (
                rule.stance,
                rule.hedge,
                rule.kind,
                rule.takes_quote,
            )
        taken |= draft.cue
        units_ = units(token, sheet, draft.source)
        kept = [u for u in units_ if score(model.content, u[1]) + _opinion("content", _content(doc, u[0], around)) > 0]
        draft.content = {i for piece, _ in kept for i in piece} - draft.source - draft.cue
        if not draft.content and rule is not None:
            draft.content = rule.content
        out.append(draft)
    return out


Around = Callable[[int, int], tuple[float, float]]
# weight and offset of the heads' log odds beside the table's, found on PolNeAR's development part
JOINED = {"cue": (0.5, 0.0), "source": (0.5, 0.0), "content": (0.5, 0.0)}


def _opinion(part: str, odds: float | None) -> float:
    """The heads' log odds in the measure of the table's; 0 where nothing was heard."""
    if odds is None:
        return 0.0
    weight, offset = JOINED[part]
    kept = min(0.99, max(0.01, odds))
    return weight * math.log(kept / (1 - kept)) + offset


def _content(doc: Doc, piece: set[int], around: Around | None) -> float | None:
    """Mean odds that the tokens of a piece are content of the cue."""
    if around is None:
        return None
    odds = [around(doc[i].idx, doc[i].idx + len(doc[i]))[1] for i in sorted(piece)[:40]]
    return sum(odds) / len(odds)


def score(weights: Weights, features: list[str]) -> float:
    """Log odds."""
    return sum(weights.get(f, 0.0) for f in features)


def can_be_cue(token: Token, lemmas: frozenset[str] | set[str], sheet: Page) -> bool:
    """A word that was a cue in training, or that the rules propose; the first word of a proposed cue only."""
    rule = sheet.drafts.get(token.i)
    if rule is not None:
        return token.i == cue_head(token.doc, rule.cue)
    return token.pos_ in _CANDIDATES and token.lemma_.lower() in lemmas


def cue_head(doc: Doc, cue: set[int]) -> int:
    """The word of a cue that the others hang on."""
    return next((i for i in sorted(cue) if doc[i].head.i not in cue or doc[i].head.i == i), min(cue))


def cue_features(token: Token, sheet: Page) -> list[str]:
    """Word, tag, place in the parse, complements, subject, quotation, and what the rules say."""
    doc, lemma, rule = sheet.doc, token.lemma_.lower(), sheet.drafts.get(token.i)
    deps = {c.dep_ for c in token.children}
    tag = f"{lemma}/{token.pos_}"
    out = ["bias", f"l={lemma}", f"lp={tag}", f"t={token.tag_}", f"d={token.dep_}", f"ld={lemma}/{token.dep_}"]
    out += [f"h={token.head.lemma_.lower()}", f"hd={token.head.dep_}/{token.dep_}", f"hl={token.head.pos_}"]
    for c in token.children:
        out.append(f"c={c.dep_}")
        out.append(f"lc={tag}/{c.dep_}")
        if c.dep_ in ("prep", "mark", "aux", "neg", "prt", "agent", "poss", "det"):
            out += [f"cw={c.dep_}/{c.lower_}", f"lcw={lemma}/{c.lower_}"]
        if c.dep_ in ("nsubj", "nsubjpass", "poss"):
            out += [f"s={c.dep_}/{c.pos_}/{c.ent_type_}", f"sw={c.lemma_.lower()}", f"st={c.tag_}"]
        if c.dep_ in ("dobj", "attr", "oprd"):
            out += [f"o={c.pos_}/{c.ent_type_}", f"ow={c.lemma_.lower()}", f"lo={lemma}/{c.pos_}"]
    out += [
        f"q={sheet.quoted[token.i]}",
        f"-1={_near(doc, token.i - 1)}",
        f"+1={_near(doc, token.i + 1)}",
        f"noccomp={'ccomp' not in deps}",
        f"modal={any(c.tag_ == 'MD' for c in token.children)}",
        f"passive={'nsubjpass' in deps or 'auxpass' in deps}",
    ]
    around = range(max(0, token.i - 6), min(len(doc), token.i + 7))
    out.append(f"near-q={any(sheet.quoted[i] for i in around) and not sheet.quoted[token.i]}")
    out.append(
        f"gov={'subj' if deps & {'nsubj', 'csubj'} else 'none'}/{'obj' if 'dobj' in deps else ''}/{'cl' if deps & {'ccomp', 'xcomp'} else ''}/{token.tag_}"
    )
    if rule is not None:
        size = "0" if not rule.content else "1" if len(rule.content) < 4 else "4"
        out += [
            f"r={rule.kind}",
            f"rs={rule.stance}/{rule.kind}",
            f"rc={size}/{rule.kind}",
            f"src={bool(rule.source)}",
            f"rl={lemma}/{size}",
        ]
    return out


def _near(doc: Doc, i: int) -> str:
    return (
        doc[i].lower_
        if 0 <= i < len(doc) and (doc[i].is_punct or doc[i].is_stop)
        else doc[i].pos_
        if 0 <= i < len(doc)
        else ""
    )


# -------------------------------------------------------------------------------------------- source
def source_candidates(token: Token, sheet: Page) -> list[Token]:
    """Nouns and pronouns of the paragraph within reach that head a phrase."""
    place = paragraph_of(sheet.doc, token.i)
    first, last = max(place.start, token.i - _REACH), min(place.stop, token.i + _REACH)
    return [
        t
        for t in sheet.doc[first:last]
        if t.pos_ in ("NOUN", "PROPN", "PRON") and t.dep_ != "compound" and t.i != token.i
    ]


def proposal(token: Token, sheet: Page) -> set[int]:
    """The source the rules name."""
    rule = sheet.drafts.get(token.i)
    return (
        rule.source if rule is not None and rule.source else speaker(token) if token.pos_ in ("VERB", "AUX") else set()
    )


def source_features(token: Token, noun: Token | None, sheet: Page, proposed: set[int]) -> list[str]:
    """How a noun stands to the cue; `noun` None is the choice "nobody named"."""
    lemma, pos = token.lemma_.lower(), token.pos_
    if noun is None:
        return ["none", f"none/{lemma}", f"none/{pos}/{token.dep_}", f"none/{bool(proposed)}", f"none/{token.tag_}"]
    path = path_between(token, noun)
    gap = noun.i - token.i
    far = "near" if abs(gap) < 4 else "mid" if abs(gap) < 12 else "far"
    side = "L" if gap < 0 else "R"
    out = [
        "bias",
        f"p={path}",
        f"p={path}/{pos}",
        f"g={side}{far}",
        f"n={noun.pos_}/{noun.ent_type_}",
        f"w={noun.lemma_.lower()}",
    ]
    out += [
        f"nd={noun.dep_}",
        f"nd={noun.dep_}/{side}/{pos}",
        f"same={noun.sent.start == token.sent.start}",
        f"lp={lemma}/{path}",
    ]
    out += [f"q={sheet.quoted[noun.i]}/{sheet.quoted[token.i]}", f"tp={token.dep_}/{path}", f"nt={noun.tag_}"]
    inside = noun.i in proposed
    head = inside and noun.head.i not in proposed
    return [*out, f"r={inside}", f"rh={head}", f"rh={head}/{pos}/{token.dep_}", f"any={bool(proposed)}/{path}"]


def path_between(a: Token, b: Token) -> str:
    """Relations from `a` up to the common ancestor and down to `b`, cut at four steps."""
    ups = [a, *a.ancestors]
    index = {t.i: n for n, t in enumerate(ups)}
    down: list[str] = []
    token = b
    while token.i not in index:
        down.append(token.dep_)
        if token.head == token or len(down) > 4:
            return "far"
        token = token.head
    up = [t.dep_ for t in ups[: index[token.i]]]
    return "far" if len(up) > 4 else "^".join(up) + "_" + ".".join(reversed(down))


def find_source(weights: Weights, token: Token, sheet: Page, around: Around | None = None) -> set[int]:
    """The phrase of the likeliest speaker, or nothing."""
    proposed = proposal(token, sheet)
    best, top = None, score(weights, source_features(token, None, sheet, proposed))
    for noun in source_candidates(token, sheet):
        said = around(noun.idx, noun.idx + len(noun))[0] if around is not None else None
        value = score(weights, source_features(token, noun, sheet, proposed)) + _opinion("source", said)
        if value > top:
            best, top = noun, value
    if best is None:
        return set()
    if best.i in proposed and best.head.i not in proposed:
        return proposed
    return noun_phrase(best) - {c.i for c in best.children if c.dep_ == "case"} - {token.i}


# ------------------------------------------------------------------------------------------- content
def units(token: Token, sheet: Page, source: set[int]) -> list[tuple[set[int], list[str]]]:
    """The pieces of the sentence around a cue, each with its features: subtrees that hang on the cue or above it."""
    rule = sheet.drafts.get(token.i)
    given = rule.content if rule is not None else set()
    out: list[tuple[set[int], list[str]]] = []
    up, top, trail = token, None, ""
    for level in range(4):
        if level:
            out.append(({up.i}, unit_features(token, up, {up.i}, level, f"{trail}!", given, sheet, source)))
        for part in up.children:
            if top is None or part.i != top.i:
                piece = subtree(part)
                out.append(
                    (piece, unit_features(token, part, piece, level, f"{trail}>{part.dep_}", given, sheet, source))
                )
        if up.head == up:
            break
        top, trail, up = up, f"{trail}^{up.dep_}" if level < 2 else f"{trail}^", up.head
    return out


def unit_features(
    token: Token, part: Token, piece: set[int], level: int, path: str, given: set[int], sheet: Page, source: set[int]
) -> list[str]:
    """How a piece stands to the cue: path, side, size, opening word, and how much of it the rules give."""
    lemma, pos = token.lemma_.lower(), token.pos_
    share = len(piece & given) / len(piece)
    rate = "all" if share > 0.8 else "some" if share > 0.2 else "none"
    side = "L" if part.i < token.i else "R"
    quoted = sum(sheet.quoted[i] for i in piece) / len(piece)
    first = (
        part.left_edge.lower_
        if len(piece) > 1
        else part.lower_
        if part.dep_ in ("punct", "prt", "neg", "aux", "mark")
        else part.pos_
    )
    size = "1" if len(piece) == 1 else "3" if len(piece) < 4 else "9" if len(piece) < 10 else "+"
    out = [
        "bias",
        f"p={path}",
        f"p={path}/{pos}",
        f"pr={path}/{rate}/{bool(given)}",
        f"r={rate}/{bool(given)}",
        f"l={level}{side}",
    ]
    out += [f"lp={lemma}/{path}", f"lpos={lemma}/{level}{side}", f"f={first}", f"pf={path}/{first}", f"s={size}/{path}"]
    out += [
        f"q={quoted > 0.5}/{sheet.quoted[token.i]}/{rate}",
        f"src={bool(piece & source)}",
        f"srcp={bool(piece & source)}/{len(piece) < 8}",
    ]
    return [*out, f"t={part.tag_}/{path}", f"near={abs(part.i - token.i) < 6}/{path}", f"any={bool(given)}/{path}"]
