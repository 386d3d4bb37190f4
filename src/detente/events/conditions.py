"""If-then in all its shapes: 'if', 'unless', 'until', inversion, 'any … would', 'stop … and', 'no …, no …'.

Only grammar here: which words are the condition, which the consequence. Whether it is a tripwire (somebody
holds it over somebody) is decided in `tripwires` from the events in the consequence.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.events.clauses import Conditional, main_verb, make, modal, without_speech
from detente.events.marked import marked
from detente.events.syntax import children, subject
from detente.events.terms import MOMENTS, terms
from detente.events.tokens import Doc, Span, Token

NEGATED = frozenset({"unless", "until", "till", "otherwise", "failing", "or", "without"})
_OPEN = frozenset("unclear unsure uncertain unknown doubtful wonder ask see check".split())
ANOTHER = frozenset({"any", "another", "further", "more", "fresh", "new", "additional"})


def conditionals(doc: Doc) -> list[Conditional]:
    """Every conditional of a paragraph, widest patterns first, none counted twice."""
    found: list[Conditional] = []
    used: set[int] = set()
    for item in (*terms(doc), *marked(doc), *(i for sent in doc.sents for shape in _SHAPES for i in shape(sent))):
        if not (item.inside & used) and item.condition != item.consequence:
            used |= item.inside
            found.append(item)
    return sorted(found, key=lambda c: c.condition)


def _clauses(sent: Span) -> Iterator[Conditional]:
    for verb in sent:
        if verb.dep_ not in ("advcl", "ccomp", "dep", "conj", "parataxis", "pcomp") or verb.head == verb:
            continue
        kind = _marker(verb)
        if kind is None:
            continue
        head = verb.head
        while head.dep_ in ("prep", "pcomp", "mark", "advmod") and head.head != head:
            head = head.head
        head = _future(main_verb(head), verb)
        inside = {t.i for t in verb.subtree if head.i not in (t.i,)}
        if head.i in inside or head == verb:
            continue
        for prep in (verb.head,) if verb.dep_ == "pcomp" else ():
            inside |= {prep.i}
        item = make(kind, without_speech(inside, verb, sent), head, kind in NEGATED)
        if item:
            yield item


def _future(head: Token, condition: Token) -> Token:
    """Of verbs joined by 'and', the one that looks ahead: '… were planning it and would pay if …'."""
    if modal(head) or head.tag_ == "VB":
        return head
    ahead = [c for c in head.conjuncts if c.pos_ in ("VERB", "AUX") and modal(c) and c.i < condition.i]
    return max(ahead, key=lambda c: c.i, default=head)


def _marker(verb: Token) -> str | None:
    """What makes this clause a condition, or None."""
    marks = {c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod", "prep", "cc", "dep") and c.i < verb.i}
    for word in ("if", "unless", "until", "till", "once", "provided", "providing", "whenever"):
        if word in marks:
            if word == "if" and any(c.lower_ in ("even", "as") and c.i < verb.i for c in verb.children):
                return None  # 'even if', 'as if' concede or compare
            if word == "if" and (
                verb.head.lemma_ in _OPEN or any(c.lower_ in _OPEN for c in children(verb.head, "acomp"))
            ):
                return None  # 'it is unclear if …', 'asked if …'

            return (
                None
                if word == "once" and verb.tag_ in ("VBN", "VBD")
                else "if"
                if word in ("provided", "providing", "whenever")
                else word
            )
    words = [t.lower_ for t in verb.doc[verb.left_edge.i : verb.i + 1]]
    text = " ".join(words[:6])
    if text.startswith(("as long as", "so long as", "for as long as", "on condition", "in case", "only if")):
        return "as long as" if "long" in text else "if"
    head_text = " ".join(t.lower_ for t in verb.doc[max(0, verb.left_edge.i - 3) : verb.left_edge.i + 2])
    if "long as" in head_text and "as" in marks:
        return "as long as"
    if (
        "after" in marks
        and modal(verb.head)
        and any(c.lower_ == "only" for t in (verb, *verb.children) for c in t.children)
    ):
        return "only after"
    if "when" in marks and modal(verb.head) and verb.tag_ in ("VBZ", "VBP"):
        return "when"
    if "while" in marks and verb.tag_ in ("VBD", "VBZ", "VBP") and verb.head.dep_ == "xcomp":
        return "as long as"
    first = verb.doc[verb.left_edge.i]
    if first.is_punct and first.i < verb.i:
        first = verb.doc[first.i + 1]
    if first.lower_ in ("should", "had", "were") and first.i < verb.i and first.head == verb:
        own = subject(verb)
        if own is not None and own.i > first.i:
            return "inverted"
    return None


def _phrases(sent: Span) -> Iterator[Conditional]:
    """'in the event of …', 'failing …', 'in case of …', 'provided that …'."""
    for prep in sent:
        if prep.lower_ not in ("provided", "providing", "failing", "in"):
            continue
        if prep.lower_ in ("provided", "providing") and prep.head != prep and children(prep, "ccomp"):
            item = make("if", {t.i for t in prep.subtree}, main_verb(prep.head))
            if item and prep.head.pos_ in ("VERB", "AUX"):
                yield item
        low = prep.lower_
        if low == "failing" and prep.dep_ == "amod" and prep.i == prep.head.left_edge.i:
            prep = prep.head  # 'Failing payment, Russia may cut gas': parsed as a payment that fails
        verb = prep.head
        if (
            low == "failing"
            and (prep.dep_ in ("prep", "advcl", "npadvmod", "nsubj", "dep") or prep.i == sent.start)
            and verb.pos_ in ("VERB", "AUX")
        ):
            inside = {t.i for t in prep.subtree}
            if any(t.lower_ == "which" for t in prep.subtree):
                inside |= set(range(sent.start, prep.i))
                verb = next((t for t in prep.subtree if t.pos_ == "VERB" and t != prep), verb)
                inside -= {t.i for t in verb.subtree}
        elif low == "in" and any(
            c.lemma_ in ("event", "case") and any(g.lower_ == "of" for g in c.children) for c in children(prep, "pobj")
        ):
            inside = {t.i for t in prep.subtree}
        else:
            continue
        while verb.dep_ == "prep" and verb.head != verb:
            verb = verb.head
        if verb.pos_ in ("VERB", "AUX") and verb.i not in inside:
            item = make("failing" if low == "failing" else "if", inside, main_verb(verb), low == "failing")
            if item:
                yield item


def _fronted(sent: Span) -> Iterator[Conditional]:
    """By word order, where the parse fails: 'Were Taiwan to …, China would …', 'Without a truce by Friday, troops will …'."""
    words = [t for t in sent if not t.is_space and not t.is_quote]
    if len(words) < 6 or words[0].lower_ not in ("should", "were", "had", "without"):
        return
    inverted = words[0].lower_ != "without"
    if inverted and words[1].pos_ not in ("PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM"):
        return
    comma = next((k for k, t in enumerate(words) if t.text == ","), None)
    if comma is None:
        return
    head = next((t for t in words[comma:] if t.pos_ in ("VERB", "AUX") and modal(t)), None)
    if head is None:
        return
    condition = {t.i for t in words[:comma]}
    if (subject(head) or head).i > words[comma].i:
        item = make("inverted" if inverted else "without", condition, head, not inverted)
        if item:
            yield item


def _moments(sent: Span) -> Iterator[Conditional]:
    """'the minute a tank moves', 'the night the governor fled', 'next time a patrol strays'."""
    for noun in sent:
        if noun.lower_ not in MOMENTS or not any(c.lower_ in ("the", "next") for c in noun.children):
            continue
        inner = children(noun, "relcl", "acl", "appos")
        head = noun.head
        if (
            noun.dep_ in ("npadvmod", "dobj", "advmod", "nsubj", "dep", "pobj")
            and inner
            and head.pos_ in ("VERB", "AUX")
        ):
            item = make("moment", {t.i for t in noun.subtree}, main_verb(head))
            if item and (modal(head) or head.tag_ in ("VBP", "VBZ", "VB")):
                yield item


def _nominal(sent: Span) -> Iterator[Conditional]:
    """'Any incursion into the valley will draw artillery', 'will treat any overflight as war'."""
    for noun in sent:
        if noun.dep_ not in ("nsubjpass", "nsubj", "dobj", "pobj") or noun.pos_ not in ("NOUN", "PROPN"):
            continue
        dets = {c.lower_ for c in noun.children if c.dep_ in ("det", "amod")}
        if not dets & ANOTHER or (not dets & {"any", "another"} and noun.dep_ in ("dobj", "pobj")):
            continue
        verb = noun.head if noun.dep_ != "pobj" else noun.head.head
        if verb.pos_ not in ("VERB", "AUX") or not any(
            c.lower_ in ("will", "would", "shall") for c in children(verb, "aux")
        ):
            continue
        if any(c.dep_ == "neg" for c in verb.children):
            continue
        if noun.dep_ == "pobj" and noun.head.lower_ not in ("to", "for"):
            continue
        item = make("any", {t.i for t in noun.subtree}, verb)
        if item and verb.lemma_ not in ("require", "need", "depend", "take"):
            yield item


_MEANING = frozenset("mean bring spell trigger invite provoke unleash be constitute draw".split())
_HARM = frozenset("war attack retaliation reprisal strike invasion bloodshed conflict".split())


def _warned(sent: Span) -> Iterator[Conditional]:
    """'warned that closing the canal would mean war', 'told Taipei that a declaration would bring war'."""
    for verb in sent:
        if (
            verb.lemma_ not in _MEANING
            or verb.dep_ != "ccomp"
            or verb.head.lemma_ not in ("warn", "say", "tell", "caution")
        ):
            continue
        things = children(verb, "dobj", "attr")
        things += [g for t in things for p in children(t, "prep") for g in children(p, "pobj")]
        doers = children(verb, "csubj", "nsubj")
        would = any(c.lower_ in ("would", "will") for c in children(verb, "aux"))
        if not would or not doers or not any(t.lemma_.lower() in _HARM for t in things) or children(verb, "neg"):
            continue
        doer = doers[0]
        if doer.dep_ == "csubj" or any(c.lower_ in ("a", "an") for c in children(doer, "det")):
            item = make("any", {t.i for t in doer.subtree}, verb)
            if item:
                yield item


_SHAPES = (_clauses, _phrases, _moments, _nominal, _warned, _fronted)
