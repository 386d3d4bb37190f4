"""What texts, accounts and positions tell: 'runs the rebuttal from Bishkek', 'Delhi's line is that', 'if the leaflets are to be believed'."""

from __future__ import annotations

from collections.abc import Iterator

from detente.events.complements import has_that
from detente.events.nobody import GOSSIP
from detente.events.phrases import FINITE, Draft, child, noun_phrase, sentence_of, subtree
from detente.events.syntax import with_lemma, with_word
from detente.events.tokens import Doc, Token

_VIEWS = frozenset(
    "line position assessment case view version argument contention claim message answer reply response story theory finding "
    "conclusion verdict belief understanding reading charge defence explanation account information impression suspicion".split()
)
_PREPOSITIONS = ("of", "from", "by", "at")


def texts(doc: Doc) -> Iterator[Draft]:
    """One draft for each text, account or position that tells a clause."""
    for token in with_lemma(doc, ("be",)):
        if (view := child(token, "nsubj")) is not None and view.lemma_.lower() in _VIEWS:
            clause = {i for c in token.children if c.dep_ == "ccomp" and has_that(c) for i in subtree(c)}
            if clause and view.i < min(clause):
                yield Draft({token.i}, holder(view), clause, takes_quote=False)
    for token in with_word(doc, ("runs", "ran", "goes", "went", "run", "read", "reads")):
        yield from _closing(token)
        yield from _inverted(token)
    for token in with_word(doc, ("show", "suggest", "indicate")):
        yield from _seeming(token)
    for token in with_word(doc, ("believed", "believe", "genuine", "authentic", "right", "accurate")):
        yield from _if_believed(token)


def holder(noun: Token) -> set[int]:
    """Whose it is ('Delhi's line', 'the view of the court', 'the case, as summed up by the judge'); else the words themselves."""
    told = next((a for c in noun.children if c.dep_ in ("acl", "relcl") for a in c.children if a.dep_ == "agent"), None)
    if told is not None and (by := child(told, "pobj")) is not None:
        return noun_phrase(by)
    owner = child(noun, "poss")
    if owner is not None and owner.tag_ != "PRP$":
        return noun_phrase(owner) - {c.i for c in owner.children if c.dep_ == "case"}
    of = next((g for p in noun.children if p.lower_ in _PREPOSITIONS for g in p.children if g.dep_ == "pobj"), None)
    return noun_phrase(of) if of is not None and of.pos_ in ("PROPN", "NOUN") else noun_phrase(noun)


def _closing(token: Token) -> Iterator[Draft]:
    """'…, the governor's proclamation runs.', '…, a quip in Vienna goes.', however it is parsed: all before the comma."""
    doc, line = token.doc, sentence_of(token)
    if token.i + 1 >= len(doc) or doc[token.i + 1].text not in (".", ","):
        return
    comma = next((i for i in range(token.i - 1, line.start, -1) if doc[i].text in (",", "”", '"')), None)
    if comma is None:
        return
    before = doc[comma + 1 : token.i]
    told = any(t.lemma_.lower() in _WRITTEN for t in before)
    if told and len(before) < 12 and not any(t.tag_ in FINITE for t in before):
        nobody = any(t.lemma_.lower() in GOSSIP for t in before) or before.text.lower() in _TALES
        source = {t.i for t in before} if not nobody else set()
        parted = doc[token.i + 1].text == ","
        start = next((i + 1 for i in range(comma, line.start, -1) if parted and doc[i].text == ";"), line.start)
        yield Draft(
            {token.i}, source, set(range(start, comma)) | (set(range(token.i + 2, line.stop)) if parted else set())
        )


_TALES = frozenset(["the story", "the tale", "so the story", "so the tale"])  # whose, nobody knows


def _inverted(token: Token) -> Iterator[Draft]:
    """'“…,” ran the handbill pasted on lamp-posts', '“…,” read the banner': the quotation before it."""
    doc = token.doc
    noun = next((t for t in doc[token.i + 1 : token.i + 7] if t.lemma_.lower() in _WRITTEN and t.pos_ == "NOUN"), None)
    if noun is None or token.i < 2 or doc[token.i - 1].text not in ("”", '"', "''"):
        return
    if not any(t.tag_ in FINITE or t.text == "," for t in doc[token.i + 1 : noun.i]):
        yield Draft({token.i}, set(range(token.i + 1, noun.i + 1)))


def _seeming(token: Token) -> Iterator[Draft]:
    """'…, satellite pictures studied by analysts appear to show.': what stands before the comma."""
    doc, line = token.doc, sentence_of(token)
    seem = token.head
    if seem.lemma_ not in ("appear", "seem") or token.i + 1 >= len(doc) or doc[token.i + 1].text not in (".", ","):
        return
    subject = child(seem, "nsubj")
    comma = subject.left_edge.i - 1 if subject is not None else line.start
    if subject is not None and comma > line.start and doc[comma].text == ",":
        yield Draft({seem.i, token.i}, noun_phrase(subject), set(range(line.start, comma)), takes_quote=False)


_WRITTEN = frozenset(
    "proclamation quip rebuttal statement letter note message banner leaflet slogan joke proverb saying story tale account "
    "communique communiqué text order decree line handbill answer reply poster placard sign warning caption headline rumour whisper argument reasoning version".split()
)


def _if_believed(token: Token) -> Iterator[Draft]:
    """'if the leaflets are to be believed, …', '…, to believe the hospital's bookkeeper, …': the rest of the sentence is theirs."""
    doc, line = token.doc, sentence_of(token)
    before = [t.lower_ for t in doc[max(line.start, token.i - 3) : token.i]]
    if token.lower_ == "believed" and before[-2:] == ["to", "be"]:
        who = child(token, "nsubjpass") or child(token.head, "nsubj", "nsubjpass")
        mark = next((i for i in range(token.i - 3, line.start - 1, -1) if doc[i].lower_ == "if"), None)
    elif token.dep_ == "acomp" and token.head.lemma_ == "be":  # 'if the leaked minutes are genuine'
        who = child(token.head, "nsubj")
        mark = next((c.i for c in token.head.children if c.lower_ == "if"), None)
    elif token.lower_ == "believe" and before[-1:] == ["to"] and child(token, "dobj") is not None:
        who, mark = child(token, "dobj"), token.i - 1
        if not (mark == line.start or doc[mark - 1].text == ","):
            return
    else:
        return
    if who is None or mark is None or (mark > line.start and doc[mark - 1].text not in (",", ":", "—", "–")):
        return
    source = noun_phrase(who)
    last = max(source | {token.i})
    yield Draft(
        {token.i}, source, set(line) - set(range(mark, last + 1)), "asserts", kind="according-to", takes_quote=False
    )
