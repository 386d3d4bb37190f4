"""Whose word: who is said to have said what, by which word, with what stance, and within whose account.

Works on a parsed text. Each `Said` is one source-cue-content relation with character offsets; nested
hearsay is linked by `parent`. Pronoun sources stand as they are: resolving them is not done here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from detente.events.cuewords import CUES, Cue
from detente.events.quotes import Quote, find_quotes, inside
from detente.records import Stance

Offsets = tuple[int, int]

_CLAUSAL = {"ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "parataxis", "csubj"}
_SUBJECTS = {"nsubj", "csubj"}
_SAYING = frozenset({"asserts", "denies", "doubts", "claims", "blames", "threatens", "requests"})
_HEADLINE = re.compile(r"^(?P<before>[^:\n]{2,60}?)(?P<c>:)\s+(?P<after>[^\n]{8,})$")


@dataclass(frozen=True, slots=True)
class Said:
    """One source-cue-content relation; `parent` is the index of the enclosing one, None = outermost.

    kind: "direct", "indirect", "mixed", "according-to", "headline", "noun" or "attitude".
    """

    source: Offsets | None
    cue: Offsets | None
    content: tuple[Offsets, ...]
    stance: Stance = "asserts"
    hedge: str | None = None
    anonymous: bool = False
    parent: int | None = None
    kind: str = "indirect"


@dataclass(slots=True)
class _Draft:
    """A relation in the making, as sets of token indices."""

    cue: set[int]
    source: set[int]
    content: set[int] = field(default_factory=set)
    stance: str = "asserts"
    hedge: str | None = None
    kind: str = "indirect"
    takes_quote: bool = True
    extra: list[Offsets] = field(default_factory=list)


def attributions(doc: Doc, *, attitudes: bool = False) -> list[Said]:
    """Every attribution of `doc`, by position of the cue; `attitudes` adds wants, hopes, support and the like."""
    quotes = find_quotes(doc.text)
    drafts = [*_verbs(doc, attitudes), *_according(doc), *_hearsay(doc), *_nouns(doc), *_headlines(doc)]
    _give_quotes(doc, drafts, quotes)
    said = [s for d in drafts if (s := _finish(doc, d, quotes))]
    said.sort(key=lambda s: (s.cue or s.source or s.content[0])[0])
    return _nest(said)


def chain_at(said: list[Said], start: int, end: int) -> list[Said]:
    """The relations whose content holds text[start:end], outermost speaker first."""
    holding = [s for s in said if any(a <= start and end <= b for a, b in s.content)]
    return sorted(holding, key=lambda s: -sum(b - a for a, b in s.content))


def is_anonymous(doc: Doc, source: Offsets | None) -> bool:
    """True for a source without a name ('a top Iraqi official', 'sources'); states and bodies have names."""
    if source is None:
        return True
    span = doc.char_span(*source, alignment_mode="expand")
    if span is None or any(t.ent_type_ == "PERSON" for t in span):
        return False
    root = span.root
    if root.pos_ == "PRON":
        return root.lower_ in CUES.anonymous_words
    if root.pos_ == "PROPN":
        return False
    lemma = root.lemma_.lower()
    return lemma in CUES.anonymous_heads or root.lower_ in CUES.anonymous_words or lemma in CUES.papers


# --------------------------------------------------------------------------------------------- verbs
def _verbs(doc: Doc, attitudes: bool) -> Iterator[_Draft]:
    for token in doc:
        cue = CUES.verbs.get(token.lemma_.lower())
        if cue is None or token.pos_ not in ("VERB", "AUX") or token.dep_ in ("amod", "compound", "aux"):
            continue
        draft = _verb(token, cue)
        if draft is not None and (attitudes or draft.kind != "attitude"):
            yield draft


def _verb(token: Token, cue: Cue) -> _Draft | None:
    """One cue verb with its source and the part of its sentence that it brings."""
    if any(c.dep_ in ("nsubjpass",) for c in token.children) and not any(c.dep_ == "agent" for c in token.children):
        return _passive(token)
    source = _source(token)
    draft = _Draft(_cue_tokens(token), source)
    clause = _clause(token, cue, source)
    if clause:
        draft.content, draft.stance = clause, _stance(cue, "c")
    elif cue.get("x") and (inf := _children(token, ("xcomp",))):
        draft.content, draft.stance = inf, _stance(cue, "x")
    elif cue.get("o") and (obj := _object(token, cue)):
        draft.content, draft.stance = obj, _stance(cue, "o")
    elif not cue.get("c"):
        return None
    else:
        draft.stance = _stance(cue, "c")
    if draft.stance == "attitude":
        draft.stance, draft.kind, draft.takes_quote = "asserts", "attitude", bool(cue.get("c"))
    if draft.stance == "doubts":
        draft.hedge = token.text
    _refine(token, draft)
    draft.content -= draft.source | draft.cue
    return draft


def _stance(cue: Cue, frame: str) -> str:
    return cue.get(frame) or "asserts"


def _subtree(token: Token) -> set[int]:
    return {t.i for t in token.subtree}


def _children(token: Token, deps: Iterable[str]) -> set[int]:
    return {i for c in token.children if c.dep_ in deps for i in _subtree(c)}


def _clause(token: Token, cue: Cue, source: set[int]) -> set[int]:
    """The clause said: a complement, or for '…, he said' the rest of the sentence."""
    if not cue.get("c"):
        return set()
    content: set[int] = set()
    for child in token.children:
        if child.dep_ == "ccomp" or (child.dep_ in ("parataxis", "dep") and child.pos_ in ("VERB", "AUX")) or (child.dep_ == "advcl" and any(g.lower_ in ("that", "whether") and g.dep_ == "mark" for g in child.children)) or (child.dep_ == "xcomp" and child.tag_ in ("VBD", "VBZ", "VBP")):
            content |= _subtree(child)
    if content:
        return _with_conjuncts(token, content)
    own = _subtree(token)
    if token.dep_ in ("parataxis", "ccomp") and token.head.i != token.i and _is_aside(token, source):
        return _subtree(token.head) - own
    return _before(token, source)


def _is_aside(token: Token, source: set[int]) -> bool:
    """'…, he said, …': the verb with its subject alone between commas or at the end."""
    return token.dep_ == "parataxis" or (bool(source) and min(source | {token.i}) > token.head.i)


def _with_conjuncts(token: Token, content: set[int]) -> set[int]:
    return content - {token.i}


def _before(token: Token, source: set[int]) -> set[int]:
    """'X, officials said.': what stands before a comma and a closing 'source cue', whatever the parse made of it."""
    if not source:
        return set()
    first = min(source | {token.i})
    sent = token.sent
    if first - 1 <= sent.start or token.doc[first - 1].lower_ not in (",", "”", '"', "''"):
        return set()
    return set(range(sent.start, first - 1))


def _object(token: Token, cue: Cue) -> set[int]:
    """Objects and 'for/of/on …' phrases: 'denied reports of …', 'accused X of …', 'blamed X for …'."""
    blame = cue.get("o") == "blames"
    objects = _children(token, ("dobj", "dative"))
    preps = {
        i
        for c in token.children
        if c.dep_ == "prep" and c.lower_ in ("of", "for", "on", "as", "about")
        for i in _subtree(c)
        if i != c.i or not blame
    }
    if blame:
        return objects | preps
    return objects | preps if objects else set()


# -------------------------------------------------------------------------------------------- sources
def _source(token: Token) -> set[int]:
    """The tokens of the speaker: subject, by-agent, or what a participle or relative clause hangs on."""
    for child in token.children:
        if child.dep_ == "agent":
            return {i for g in child.children if g.dep_ == "pobj" for i in _phrase(g)}
    for child in token.children:
        if child.dep_ in _SUBJECTS:
            if child.tag_ in ("WP", "WDT") and token.dep_ == "relcl":
                return _phrase(token.head)
            return set() if child.dep_ == "expl" else _phrase(child)
    if token.dep_ in ("xcomp", "conj", "advcl") and token.head != token:
        return _passive_subject(token.head) or _source(token.head)
    if token.dep_ == "acl" and token.tag_ == "VBG":
        return _phrase(token.head)
    if token.dep_ == "pcomp" and token.head.head != token.head:
        return _passive_subject(token.head.head) or _source(token.head.head)
    return _inverted(token)


def _passive_subject(token: Token) -> set[int]:
    return next((_phrase(c) for c in token.children if c.dep_ == "nsubjpass"), set())


def _inverted(token: Token) -> set[int]:
    """'…,” said the mayor': a noun right after the verb that the parser took for an object."""
    for child in token.rights:
        if child.dep_ in ("dobj", "npadvmod", "dep", "attr", "oprd") and child.pos_ in ("NOUN", "PROPN", "PRON"):
            before = token.doc[token.i - 1].text if token.i else ""
            if before in (",", "”", '"', "''", "?", "!", "»"):
                return _phrase(child)
    return set()


def _phrase(noun: Token) -> set[int]:
    """A noun phrase without its relative clauses, trimmed of commas at its ends."""
    out = _subtree(noun)
    for child in noun.subtree:
        if child.dep_ in ("relcl", "advcl", "parataxis", "ccomp") or (child.dep_ == "acl" and child.i > noun.i and child.tag_ == "VBG"):
            out -= _subtree(child)
    out |= {noun.i}
    kept = sorted(out)
    while kept and noun.doc[kept[-1]].is_punct:
        kept.pop()
    while kept and noun.doc[kept[0]].is_punct:
        kept.pop(0)
    return _run(kept, noun.i)


def _run(indices: list[int], centre: int) -> set[int]:
    """The unbroken run of `indices` around `centre`, small gaps of one token (commas) allowed."""
    run = {centre}
    for step in (1, -1):
        at = centre
        for i in sorted((j for j in indices if (j - centre) * step > 0), key=lambda j: abs(j - centre)):
            if abs(i - at) > 2:
                break
            run.add(i)
            at = i
    return run


def _cue_tokens(token: Token) -> set[int]:
    return {token.i} | {c.i for c in token.children if c.dep_ in ("prt", "neg", "aux", "auxpass") and abs(c.i - token.i) <= 3}


# ------------------------------------------------------------------------------------- passive, stance
def _passive(token: Token) -> _Draft | None:
    """'X is said to …', 'are feared hijacked', 'was told that …', 'were quoted as saying'."""
    lemma = token.lemma_.lower()
    subject = _passive_subject(token)
    inner = _children(token, ("xcomp", "oprd", "ccomp"))
    if lemma in CUES.passive and inner and not _children(token, ("ccomp",)):
        hedge = token.text if lemma not in ("report", "say") else token.text
        return _Draft({token.i}, set(), subject | inner, "doubts", hedge, takes_quote=False)
    if lemma in CUES.passive and _children(token, ("ccomp",)):  # "it is feared that"
        return _Draft({token.i}, set(), _children(token, ("ccomp",)), "doubts", token.text, takes_quote=False)
    return None


_CLAIMED = re.compile(r"\b(?:responsibility|credit|the blast|the attack|the bombing|the strike|the raid|authorship)\b", re.I)
_NOT_US = re.compile(r"\b(?:had|has|have|played|took) (?:nothing to do with|no (?:part|role|hand|involvement) in)|\bnot (?:behind|responsible|involved)\b", re.I)


def _refine(token: Token, draft: _Draft) -> None:
    """Stances that the verb alone does not give: claims of responsibility, own deeds, hedged speakers."""
    doc, lemma = token.doc, token.lemma_.lower()
    text = " ".join(doc[i].text for i in sorted(draft.content))
    objects = [c for c in token.children if c.dep_ == "dobj"]
    if lemma == "claim" and objects and not _CLAIMED.search(" ".join(t.text for t in objects[0].subtree)):
        draft.stance = "claims"
    if draft.stance == "asserts" and _NOT_US.search(text):
        draft.stance = "denies"
    if draft.stance == "asserts" and draft.content and _own_deed(doc, draft):
        draft.stance = "claims"
    hedge = _hedge(doc, draft.content)
    if hedge and draft.stance in ("asserts", "claims"):
        draft.stance, draft.hedge = "doubts", hedge


def _root_of(doc: Doc, content: set[int]) -> Token | None:
    return next((doc[i] for i in sorted(content) if doc[i].head.i not in content and doc[i].pos_ in ("VERB", "AUX")), None)


def _own_deed(doc: Doc, draft: _Draft) -> bool:
    """'said it fired the rockets', 'said its men planted the mine': a group owning up to a deed of violence."""
    root = _root_of(doc, draft.content)
    if root is None or root.lemma_.lower() not in CUES.violence or any(c.dep_ == "neg" for c in root.children):
        return False
    if any(doc[i].ent_type_ in ("GPE", "PERSON") for i in draft.source):
        return False
    subject = next((c for c in root.children if c.dep_ == "nsubj"), None)
    if subject is None or any(c.dep_ == "aux" and c.tag_ == "MD" for c in root.children):
        return False
    return subject.lower_ in ("it", "we", "they") or any(c.lower_ in ("its", "our") for c in subject.children)


def _hedge(doc: Doc, content: set[int]) -> str | None:
    """The hedge of the clause said: may have, appears to have, probably, seems."""
    root = _root_of(doc, content)
    if root is None:
        return None
    aux = {c.lower_ for c in root.children if c.dep_ == "aux"}
    for modal in ("may", "might", "could"):
        if modal in aux and ("have" in aux or "be" in aux):
            return modal
    if root.lemma_ in ("appear", "seem", "suggest") and any(c.dep_ in ("xcomp", "ccomp") for c in root.children):
        return root.text
    word = next((c for c in root.children if c.lower_ in ("probably", "apparently", "possibly", "perhaps", "likely")), None)
    return word.text if word is not None and word.dep_ == "advmod" else None


# ------------------------------------------------------------------------------- other ways of quoting
def _according(doc: Doc) -> Iterator[_Draft]:
    """'according to X', 'in the words of X': the rest of the clause is X's."""
    for token in doc:
        if token.lower_ == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            last = doc[token.i + 1]
            cue = {token.i, last.i}
        elif token.lower_ == "in" and re.match(r"in the (?:words|view|opinion|eyes) of ", doc.text[token.idx : token.idx + 24], re.I):
            last = doc[token.i + 3]
            cue = set(range(token.i, token.i + 4))
        else:
            continue
        noun = next((c for c in last.children if c.dep_ == "pobj"), None)
        if noun is None:
            continue
        source = _phrase(noun)
        head = token.head if token.head.i not in cue else token.head.head
        while head.pos_ not in ("VERB", "AUX") and head.head != head:
            head = head.head
        whole = _subtree(head) if head.pos_ in ("VERB", "AUX") else set(range(token.sent.start, token.sent.end))
        out = whole - _subtree(token) - source - cue
        yield _Draft(cue, source, {i for i in out if doc[i].sent == token.sent}, kind="according-to")


def _hearsay(doc: Doc) -> Iterator[_Draft]:
    """'reportedly', 'allegedly': somebody unnamed says what the clause says. 'appears to': the writer infers."""
    for token in doc:
        lemma = token.lemma_.lower()
        if token.lower_ in CUES.hearsay:
            head = token.head
            while head.pos_ not in ("VERB", "AUX") and head.head != head:
                head = head.head
            content = _own_clause(head) - {token.i}
            yield _Draft({token.i}, set(), content, "doubts", token.text, takes_quote=False)
        elif lemma in CUES.seeming and token.pos_ == "VERB" and _children(token, ("xcomp",)):
            subject = {i for c in token.children if c.dep_ == "nsubj" for i in _subtree(c)}
            yield _Draft({token.i}, set(), subject | _children(token, ("xcomp",)), "doubts", token.text, takes_quote=False)


def _own_clause(head: Token) -> set[int]:
    out = _subtree(head)
    for child in head.children:
        if child.dep_ in ("advcl", "parataxis") or (child.dep_ == "conj" and child.pos_ == "VERB"):
            out -= _subtree(child)
    return out


def _nouns(doc: Doc) -> Iterator[_Draft]:
    """'the claim that …', 'a statement by X that …', 'X's accusation that …', 'reports of …'."""
    for token in doc:
        lemma = token.lemma_.lower()
        if token.pos_ != "NOUN" or lemma not in CUES.nouns:
            continue
        content = {
            i for c in token.children if c.dep_ in ("acl", "ccomp", "relcl") and _that(c) and c.i > token.i for i in _subtree(c)
        }
        if not content:
            continue
        owner = next((c for c in token.children if c.dep_ == "poss"), None)
        by = next((c for c in token.children if c.dep_ == "prep" and c.lower_ in ("by", "from")), None)
        noun = owner if owner is not None else next((c for c in by.children if c.dep_ == "pobj"), None) if by else None
        source = _phrase(noun) - {c.i for c in noun.children if c.dep_ == "case"} if noun is not None else set()
        stance = CUES.noun_stance.get(lemma, "asserts")
        yield _Draft({token.i}, source, content, stance, kind="noun", takes_quote=False)


def _that(token: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in token.children)


def _headlines(doc: Doc) -> Iterator[_Draft]:
    """'UN: truce holds' and 'Truce holds: UN', on a line of its own that ends without a full stop."""
    at = 0
    for line in doc.text.split("\n"):
        match = _HEADLINE.match(line.strip())
        offset = at + len(line) - len(line.lstrip())
        at += len(line) + 1
        if match is None or (line.rstrip().endswith((".", ",", ";")) and at < len(doc.text)):
            continue
        before = (offset + match.start("before"), offset + match.end("before"))
        after = (offset + match.start("after"), offset + match.end("after"))
        for source, content in ((after, before), (before, after)):
            if draft := _headline(doc, source, content, offset + match.start("c")):
                yield draft
                break


def _headline(doc: Doc, source: Offsets, content: Offsets, colon: int) -> _Draft | None:
    span = doc.char_span(*source, alignment_mode="expand")
    said = doc.char_span(*content, alignment_mode="expand")
    if span is None or said is None or len(span) > 6 or len(said) < 4 or any(t.pos_ in ("VERB", "AUX", "NUM") for t in span):
        return None
    named = any(t.ent_type_ in ("PERSON", "ORG", "GPE", "NORP") or t.pos_ == "PROPN" for t in span)
    if not named and span.root.lemma_.lower() not in CUES.anonymous_heads:
        return None
    cue = next((t.i for t in doc if t.idx == colon), None)
    mark = set() if cue is None else {cue}
    body = {t.i for t in said} - mark
    return _Draft(mark, {t.i for t in span} - mark, body, kind="headline", takes_quote=False)


# -------------------------------------------------------------------------------------------- quotes
def _give_quotes(doc: Doc, drafts: list[_Draft], quotes: list[Quote]) -> None:
    """Hand each quotation to its speaker: the cue beside it, else the speaker of the quotation before it."""
    last: tuple[Quote, _Draft] | None = None
    for quote in quotes:
        beside = _beside(doc, drafts, quotes, quote)
        if beside is None and last is not None and _follows(doc.text, last[0], quote):
            beside = last[1]
        if beside is not None:
            beside.extra.append((quote.start, quote.end))
            last = (quote, beside)


def _follows(text: str, before: Quote, quote: Quote) -> bool:
    """A quotation goes on: over a paragraph break, or after '… he said. “' in the same paragraph."""
    between = text[before.end : quote.start]
    return quote.continues or ("\n" not in between and len(between) < 120 and between.count(". ") <= 1)


def _beside(doc: Doc, drafts: list[_Draft], quotes: list[Quote], quote: Quote) -> _Draft | None:
    best: tuple[int, _Draft] | None = None
    for draft in drafts:
        if not draft.takes_quote or not draft.cue:
            continue
        start, end = _extent(doc, draft)
        if inside(quotes, start) is not None:
            continue
        gap = _gap(doc.text, quote, start, end)
        if gap is not None and (best is None or gap < best[0]):
            best = (gap, draft)
    return best[1] if best else None


def _extent(doc: Doc, draft: _Draft) -> Offsets:
    cue = [doc[i] for i in sorted(draft.cue)]
    near = [doc[i] for i in sorted(draft.source) if abs(i - cue[0].i) < 25] + cue
    return min(t.idx for t in near), max(t.idx + len(t) for t in near)


def _gap(text: str, quote: Quote, start: int, end: int) -> int | None:
    """Characters between the quotation and 'source cue', or None where something else stands between."""
    if start >= quote.end:
        between = text[quote.end : start]
        return len(between) if len(between.strip(" ,;—–-\n")) <= 2 and "\n" not in between.strip(" ") else None
    if end <= quote.start:
        between = text[end : quote.start]
        if re.search(r"[.!?;]\s", between) or len(between) > 110:
            return None
        if "\n" in between and ":" not in between:
            return None
        return len(between) + 3
    return None


# ---------------------------------------------------------------------------------------- finishing
def _finish(doc: Doc, draft: _Draft, quotes: list[Quote]) -> Said | None:
    content = draft.content - draft.cue - draft.source
    cue = _offsets(doc, draft.cue)
    start = cue[0] if cue else None
    own = inside(quotes, start) if start is not None else None
    spans = _spans(doc, content, own)
    spans = _merge([*spans, *draft.extra])
    if not spans:
        return None
    source = _offsets(doc, draft.source)
    kind = draft.kind if draft.kind != "indirect" else _kind(doc.text, spans, quotes, draft)
    anonymous = is_anonymous(doc, source)
    return Said(source, cue, tuple(spans), draft.stance, draft.hedge, anonymous, None, kind)  # type: ignore[arg-type]


def _kind(text: str, spans: list[Offsets], quotes: list[Quote], draft: _Draft) -> str:
    total = sum(b - a for a, b in spans)
    quoted = sum(max(0, min(b, q.end) - max(a, q.start)) for a, b in spans for q in quotes)
    if quoted >= 0.9 * total:
        return "direct"
    return "mixed" if quoted else "indirect"


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
            while run and (run[-1].is_space or run[-1].text in (",", ";", "—", "–", ":")):
                run.pop()
            while run and (run[0].is_space or run[0].text in (",", ";", "—", "–", ":", ".")):
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


def _nest(said: list[Said]) -> list[Said]:
    """Link each relation to the smallest other whose content holds its cue (or its content)."""
    out = []
    for i, s in enumerate(said):
        at = s.cue or s.content[0]
        holders = [
            (sum(b - a for a, b in o.content), j)
            for j, o in enumerate(said)
            if j != i and any(a <= at[0] and at[1] <= b for a, b in o.content)
        ]
        out.append(replace(s, parent=min(holders)[1] if holders else None))
    return out
