"""Whose word: who is said to have said what, by which word, with what stance, and within whose account.

Works on a parsed text. Each `Said` is one source-cue-content relation with character offsets; nested
hearsay is linked by `parent`. Pronoun sources stand as they are: resolving them is not done here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

from detente.events.asked import asked
from detente.events.cuewords import CUES
from detente.events.hearsay import according, accounts, headlines, hearsay, nouns, quoting
from detente.events.idioms import hearers, idioms
from detente.events.nobody import nobody
from detente.events.phrasal import as_saying, phrasal, quoted_by
from detente.events.phrases import FINITE, Draft, Offsets, paragraph_of, subtree
from detente.events.quoted import give_quotes
from detente.events.quotes import Quote, find_quotes, inside
from detente.events.reports import and_that, beyond_colon, misread, own_comment, reports, set_in
from detente.events.scripts import scripts
from detente.events.speaker import may_speak
from detente.events.speech import verbs
from detente.events.texts import texts
from detente.events.tokens import Doc, Span, Token
from detente.records import Stance

_MARKS = (",", ";", "—", "–", ":")


@dataclass(frozen=True, slots=True)
class Said:
    """One source-cue-content relation; `parent` is the index of the enclosing one, None = outermost.

    kind: "direct", "indirect", "mixed", "according-to", "headline", "noun", or "inference" (the writer's own, without a source).
    """

    source: Offsets | None
    cue: Offsets | None
    content: tuple[Offsets, ...]
    stance: Stance = "asserts"
    hedge: str | None = None
    anonymous: bool = False
    parent: int | None = None
    kind: str = "indirect"


def attributions(doc: Doc) -> list[Said]:
    """Every attribution of `doc`, by position of the cue."""
    quotes = find_quotes(doc.text)
    drafts = _drafts(doc)
    give_quotes(doc, drafts, quotes)
    for draft in drafts:  # '“…,” he is said to have told them': the quotation is part of what is said of him
        draft.extra += [
            s
            for d in drafts
            if d is not draft and d.cue and d.cue <= draft.content
            for s in d.extra
            if s not in draft.extra
        ]
    pairs = [(d, s) for d in drafts if (s := _finish(doc, d, quotes))]
    pairs.sort(key=lambda p: (p[1].cue or p[1].source or p[1].content[0])[0])
    return _nest(pairs)


def _drafts(doc: Doc) -> list[Draft]:
    """What the rules propose, before quotations are handed out."""
    drafts = [*verbs(doc), *according(doc), *hearsay(doc), *nouns(doc), *headlines(doc)]
    phrases = [*phrasal(doc)]
    claimed = {i for p in phrases if p.stance != "asserts" for i in p.content}
    taken = {i for p in phrases if p.stance in ("denies", "claims") for i in p.cue}  # 'scoffed at the charge that …'
    drafts = [d for d in drafts if not d.cue & taken and (d.kind != "noun" or d.source or not d.cue & claimed)]
    cues = {i for d in drafts for i in d.cue if d.source and d.content}
    drafts += [
        d for d in (*idioms(doc), *accounts(doc), *phrases, *nobody(doc), *texts(doc), *asked(doc)) if not d.cue & cues
    ]
    ending = [*as_saying(doc)]
    ended = {i for d in ending for i in d.cue}
    drafts = [*(d for d in drafts if not d.cue & ended), *ending]
    drafts += quoting(doc, drafts)
    drafts += quoted_by(doc, {i: d for d in drafts for i in d.cue if d.source and d.content})
    known = {i for d in drafts for i in d.cue if d.source and (d.content or d.takes_quote)}
    silent = [d for d in drafts if not d.source or not (d.content or d.takes_quote)]
    told = {i for d in drafts for i in d.cue if d.source and d.content}
    more = [*reports(doc, known, told), *misread(doc, known)]
    mended = {i for d in more for i in d.cue}
    drafts = [*(d for d in drafts if d not in silent or not d.cue & mended), *more]
    beyond_colon(doc, drafts)
    and_that(doc, drafts)
    _without_asides(doc, drafts)
    drafts += _scripted(doc, {i for d in drafts for i in d.cue if d.source})
    drafts = [d for d in drafts if not d.source or may_speak(doc, d.source)]
    return [*drafts, *hearers(doc, drafts)]


def _without_asides(doc: Doc, drafts: list[Draft]) -> None:
    """'Spies assess that the gunners have left, an aide told the press': the aide is no part of what the spies assess."""
    for aside in drafts:
        first = min(aside.cue | aside.source) if aside.source else 0
        if max(aside.content, default=first) < first and any(doc[i].tag_ in FINITE for i in aside.content):
            for other in drafts:
                if other.cue and other.cue <= aside.content:
                    other.content = {i for i in other.content if i < first}


def _scripted(doc: Doc, known: set[int]) -> Iterator[Draft]:
    """Lines of a transcript and signed quotations."""
    for spans in scripts(doc.text):
        source, cue, content = ({t.i for t in doc.char_span(*s, alignment_mode="expand") or ()} for s in spans)
        if not cue & known:
            yield Draft(cue - source - content, source, content - source, kind="direct", takes_quote=False)


def chain_at(said: list[Said], start: int, end: int, presupposed: bool = False) -> list[Said]:
    """The relations whose content holds text[start:end], outermost speaker first.

    `presupposed`: told in passing, of what a demand is about ('compensation for trucks set alight at …'): no demand.

    A mere hedge inside somebody's account ("appears to", "allegedly") is that speaker's own hedge.
    """
    holding = [
        s
        for s in said
        if any(a <= start and end <= b for a, b in s.content) and not (s.stance == "requests" and presupposed)
    ]
    holding.sort(key=lambda s: (_depth(said, s), s.source is None, -sum(b - a for a, b in s.content)))
    chain: list[Said] = []
    for s in holding:
        if s.source is None and chain:
            if s.hedge and chain[-1].stance in ("asserts", "claims"):
                chain[-1] = replace(chain[-1], stance="doubts", hedge=s.hedge)
        else:
            chain.append(s)
    return chain


def is_anonymous(doc: Doc, source: Offsets | None) -> bool:
    """True for a source without a name ('a top Iraqi official', 'a muleteer', 'sources').

    States, bodies and offices have names, and so has the holder of an office told with 'the' ('the minister').
    """
    if source is None:
        return True
    span = doc.char_span(*source, alignment_mode="expand")
    if span is None:
        return False
    root = span.root
    whose = {i for c in root.children if c.dep_ == "prep" for i in subtree(c)}  # 'an adviser to Mr Orlov' has no name
    if any(t.ent_type_ == "PERSON" and t.i not in whose for t in span):
        return False
    lemma = root.lemma_.lower()
    if root.pos_ == "PROPN" or lemma in CUES.spokesmen:
        return root.lower_ in CUES.anonymous_words
    if root.pos_ == "PRON":
        return root.lower_ in CUES.anonymous_words
    # "its negotiators", "the foreign ministry's lawyer": the office of somebody named
    owner = next((c for c in root.children if c.dep_ == "poss"), None)
    if owner is not None:  # 'my uncle' is nobody named
        kin = owner.tag_ == "PRP$" and lemma in CUES.anonymous_heads - CUES.offices
        return lemma in CUES.anonymous_words or kin
    articles = {c.lower_ for c in root.children if c.dep_ == "det"}
    if lemma in CUES.offices and "the" in articles and root.tag_ == "NN":
        return False
    if lemma in CUES.anonymous_heads or root.lower_ in CUES.anonymous_words:
        return True
    if any(t.tag_ == "WDT" for t in span):
        return False  # 'a note, portions of which say …'
    someone = articles & {"a", "an", "another"} or (root.tag_ == "NNS" and not articles)
    return root.pos_ == "NOUN" and bool(someone) and lemma not in CUES.things | CUES.papers and not _names(span)


def _names(span: Span) -> bool:
    """Whether a body's name stands in a phrase ('UN monitors', 'Al Jazeera reporters')."""
    return any(t.ent_type_ == "ORG" for t in span)


def _depth(said: list[Said], s: Said) -> int:
    depth, parent = 0, s.parent
    while parent is not None and depth < len(said):
        depth, parent = depth + 1, said[parent].parent
    return depth


# ---------------------------------------------------------------------------------------- finishing
def _finish(doc: Doc, draft: Draft, quotes: list[Quote]) -> Said | None:
    cue, source = _offsets(doc, draft.cue), _offsets(doc, draft.source)
    anonymous = is_anonymous(doc, source)
    if draft.source and (anonymous or any(doc[i].lemma_.lower() in CUES.papers for i in draft.source)):
        # who or what has no name is described
        described = _described(doc, draft)
        source = _offsets(doc, draft.source | described)
    own = inside(quotes, cue[0]) if cue is not None else None
    line = paragraph_of(doc, min(draft.cue)) if draft.cue else range(len(doc))
    stop = own_comment(doc, draft)
    indices = {i for i in draft.content - draft.cue - draft.source if i in line and i < stop}
    indices -= set_in(doc, draft) if draft.stance not in ("blames", "requests") else set()
    spans = _merge([*_spans(doc, indices, own), *draft.extra])
    if not spans:
        return None
    kind = draft.kind if draft.kind != "indirect" else _kind(spans, quotes)
    stance = cast(Stance, draft.stance)
    return Said(source, cue, tuple(spans), stance, draft.hedge, anonymous, None, kind)


def _described(doc: Doc, draft: Draft) -> set[int]:
    """'a person *briefed on the talks*', 'a man *who called himself a commander*': what says who, if no comma sets it off."""
    last = max(draft.source)
    out: set[int] = set()
    for i in draft.source:
        for part in doc[i].children:
            reduced = part.dep_ == "acl" and part.tag_ == "VBN" and part.lemma_ not in ("quote", "cite")
            reduced = reduced or (part.tag_ == "VBG" and part.lemma_ in ("call", "style", "term"))
            relative = part.dep_ == "relcl" and doc[part.left_edge.i].lower_ in ("who", "whose")
            if part.left_edge.i == last + 1 and (reduced or relative):
                out = set(range(last + 1, part.right_edge.i + 1))
    commas = [i for i in out if doc[i].text in (",", "—", "–") or doc[i].is_space]
    out = {i for i in out if i < min(commas, default=len(doc))}
    while out and doc[max(out)].pos_ in ("ADP", "SCONJ", "CCONJ"):
        out.discard(max(out))
    return out if not out & (draft.cue | draft.content) else set()


def _kind(spans: list[Offsets], quotes: list[Quote]) -> str:
    total = sum(b - a for a, b in spans)
    quoted = sum(max(0, min(b, q.end) - max(a, q.start)) for a, b in spans for q in quotes)
    return "direct" if quoted >= 0.9 * total else "mixed" if quoted else "indirect"


def _offsets(doc: Doc, indices: set[int]) -> Offsets | None:
    if not indices:
        return None
    return doc[min(indices)].idx, doc[max(indices)].idx + len(doc[max(indices)])


def _spans(doc: Doc, indices: set[int], own: Quote | None) -> list[Offsets]:
    """Runs of tokens as offsets, trimmed of commas and spaces; kept within the cue's own quotation."""
    out: list[Offsets] = []
    run: list[Token] = []
    for i in [*sorted(indices), -1]:
        if run and i != run[-1].i + 1:
            while run and (run[-1].is_space or run[-1].text in _MARKS):
                run.pop()
            while run and (run[0].is_space or run[0].text in (*_MARKS, ".")):
                run.pop(0)
            if any(t.is_alpha or t.like_num for t in run):
                out.append((run[0].idx, run[-1].idx + len(run[-1])))
            run = []
        if i >= 0:
            run.append(doc[i])
    if own is None:
        return out
    return [(max(a, own.start), min(b, own.end)) for a, b in out if a < own.end and own.start < b]


def _merge(spans: list[Offsets]) -> list[Offsets]:
    out: list[Offsets] = []
    for a, b in sorted(spans):
        if out and a <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out


def _nest(pairs: list[tuple[Draft, Said]]) -> list[Said]:
    """Link each relation to the smallest other whose content holds its cue, or to the one it was drafted within."""
    index = {id(d): i for i, (d, _) in enumerate(pairs)}
    out = []
    for i, (draft, said) in enumerate(pairs):
        at = said.cue or said.content[0]
        holders = [
            (sum(b - a for a, b in other.content), j)
            for j, (_, other) in enumerate(pairs)
            if j != i and any(a <= at[0] and at[1] <= b for a, b in other.content)
        ]
        parent = min(holders)[1] if holders else None
        if draft.within is not None and id(draft.within) in index:
            parent = index[id(draft.within)]
        out.append(replace(said, parent=parent))
    return out
