"""'…, officials said, …' and '…, said officials': read off the word order, since parses of asides often fail."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from detente.events.cuewords import CUES
from detente.events.phrases import FINITE, noun_phrase, sentence_of
from detente.events.tokens import Doc, Span, Token

EVER = frozenset(["ever", "yet", "far", "previously", "already"])  # 'the deepest cut ever agreed' is nobody's word
_SHUT = {",", "”", '"', "''", "»", "?", "!", "—", "–"}
NOMINAL = {"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "ADP", "PART", "CCONJ"}


def aside(token: Token) -> tuple[set[int], set[int]] | None:
    """(source, content) of '…, officials said, …' and '…, said officials', read off the word order alone."""
    sentence = sentence_of(token)
    if token.tag_ not in ("VBD", "VBZ", "VBP", "VBN", "NNS", "VB"):
        return None
    source = _before(token, sentence)
    if source and (has_object(token) or _brings_more(token)):
        return None
    source = source or after_verb(token, sentence)
    if not source:
        return None
    first, last = min(source | {token.i}), max(source | {token.i})
    doc = token.doc
    if first - 1 <= sentence.start or doc[first - 1].text not in _SHUT:
        return None
    relative = next(
        (
            c
            for i in source
            for c in doc[i].children
            if c.dep_ == "relcl" and c.left_edge.i == last + 1 and c.left_edge.tag_ in _ASKING
        ),
        None,
    )  # 'said a driver who …'; not 'cited remarks he had made'
    rest = _rest(
        doc,
        (relative.right_edge.i if relative is not None else last) + 1,
        sentence.stop,
        doc[sentence.start].tag_ == "VB",
    )
    if rest is None:
        return None
    before = _before_aside(doc, sentence.start, first - 1, bool(rest))
    content = set(before)
    if not any(doc[i].tag_ in FINITE for i in rest) and not any(_verbal(doc[i]) for i in content):
        quoted = any(doc[i].text in ("”", '"') for i in content)
        if doc[first - 1].text == "," and (
            len(content) < 4 or (not quoted and doc[sentence.start].pos_ in ("ADP", "SCONJ", "ADV"))
        ):
            return None
    return source, content | rest


def _brings_more(token: Token) -> bool:
    """'Pressed twice, the Treasury replied on Tuesday, by letter, that it …': what is said stands after the verb."""
    marks = {"that", "whether", "where", "how", "why"}
    return any(c.dep_ == "ccomp" and c.i > token.i and c.left_edge.lower_ in marks for c in token.children)


def _verbal(token: Token) -> bool:
    return token.tag_ in FINITE or token.pos_ in ("VERB", "AUX")


_ASKING = frozenset(["WDT", "WP", "WP$", "WRB"])


def _before_aside(doc: Doc, start: int, stop: int, parted: bool) -> range:
    """What an aside that a comma at `stop` opens speaks for before it: back to a semicolon; nothing after 'or', 'and, then'.

    'struck it down and, its registrar adds, billed him': only the billing is the registrar's word. `parted`: the clause goes on after the aside.
    """
    if stop - 1 > start and doc[stop].text == "," and doc[stop - 1].tag_ == "CC":
        return range(stop, stop)
    comma = next((i for i in range(stop - 1, start, -1) if doc[i].text == ","), start)
    first = comma + 2 if doc[comma + 1].pos_ == "ADP" else comma + 1
    if comma > start and doc[first].lower_ in ("which", "who", "whom", "whose"):
        return range(comma + 1, stop)  # '…, for which, he noted, they had asked nothing'
    asking = next((i for i in range(stop - 1, max(comma, start), -1) if doc[i].tag_ in _ASKING), None)
    if parted and asking is not None and not any(doc[i].tag_ in FINITE for i in range(asking, stop)):
        return range(asking, stop)  # '… to Laos, where, it said, …', '… lorries whose papers, they said, were forged'
    return _back_to_semicolon(doc, start, stop)


def _back_to_semicolon(doc: Doc, start: int, stop: int) -> range:
    for i in range(stop - 1, start, -1):
        if doc[i].text == ";" and not addressed(doc[start:i]) and not _corrects(doc, start, i):
            return range(i + 1, stop)
    return range(start, stop)


def _corrects(doc: Doc, start: int, semicolon: int) -> bool:
    """'They did not abduct him; they invited him, a spokesman explains': what was not so, and what was."""
    denied = any(t.dep_ == "neg" for t in doc[start:semicolon])
    return (
        denied and semicolon + 2 < len(doc) and doc[semicolon + 1].lower_ in _HIMSELF and doc[semicolon + 2].text != ","
    )


_OWN = frozenset("we i you our your my us me".split())


def addressed(words: Sequence[Token] | Span) -> bool:
    """Words spoken to somebody, so that what follows a semicolon is in the same voice: 'we', 'you', or an order."""
    return len(words) > 0 and (words[0].tag_ == "VB" or any(t.lower_ in _OWN for t in words))


def _rest(doc: Doc, start: int, stop: int, ordered: bool) -> set[int] | None:
    """What of the words after the aside is also said; None where a complement follows and it is no aside.

    `ordered`: the sentence opens with an order ('Let one of them come, he said, and the road is shut').
    """
    at = start
    while at < stop and doc[at].text not in (",", ";", ":", ".", "“", '"', "—"):
        if doc[at].tag_ in FINITE or doc[at].lower_ in ("that", "whether"):
            return None
        at += 1
    if at + 1 < stop and doc[at].text == ":":
        return set(range(at + 1, stop))
    if at + 1 >= stop or doc[at].text != ",":
        return set()
    nxt = doc[at + 1]
    if nxt.tag_ == "CC":
        return goes_on(doc, at + 1, stop, ordered)
    if nxt.tag_ in ("VBG", *_ASKING) or nxt.text in ("“", '"') or nxt.dep_ == "cc":
        return set()
    if nxt.dep_ == "appos" and not _is_subject(doc, at + 1, stop):
        return set()
    end = next((i for i in range(at + 1, stop) if doc[i].text == ";"), stop)
    tail = range(at + 1, end)
    if nxt.pos_ in ("ADP", "SCONJ", "ADV") and not any(doc[i].tag_ in FINITE for i in tail):
        return set()
    return set(tail)


def _is_subject(doc: Doc, at: int, stop: int) -> bool:
    """', runs the rebuttal, our president promised …': words parsed as a name's apposition that have a verb of their own."""
    verb = next((i for i in range(at, stop) if doc[i].tag_ in FINITE), at)
    return verb > at and not any(doc[i].text == "," or doc[i].tag_ in _ASKING for i in range(at, verb))


_HIMSELF = frozenset(["it", "he", "she", "they", "we"])


def goes_on(doc: Doc, at: int, stop: int, ordered: bool) -> set[int]:
    """'…, he said, and will starve them out': what a conjunction adds to what was said, where it names no doer of its own."""
    end = next((i for i in range(at + 1, stop) if doc[i].text == ";"), stop)
    first = next((i for i in range(at + 1, end) if doc[i].pos_ not in ("ADV", "PART")), end)
    bare = first < end and (ordered or _verbal(doc[first]))
    if doc[at].lower_ == "but" and first + 1 < end and doc[first].lower_ in _HIMSELF and doc[first + 1].pos_ == "AUX":
        bare = True  # '…, the prosecutor said, but it will not fly him there'
    return set(range(at, end)) if bare else set()


def _before(token: Token, sentence: range) -> set[int]:
    """The noun phrase between a comma (or closing quote) and the verb; one apposition between commas allowed."""
    doc, at, commas = token.doc, token.i - 1, 0
    while at > sentence.start and doc[at].dep_ in ("aux", "advmod", "neg") and doc[at].pos_ in ("AUX", "ADV", "PART"):
        at -= 1
    last = at
    if doc[at].text == ",":
        commas, at = 1, at - 1
        last = at
    while at >= sentence.start:
        t = doc[at]
        if t.text == "," and commas and doc[at + 1].pos_ in ("PROPN", "DET", "PRON", "NUM", "NOUN", "ADJ"):
            commas -= 1
        elif not (t.pos_ in NOMINAL or t.tag_ in ("VBN", "POS", "HYPH", "VBG") or t.text in (".", "-")) or t.tag_ in (
            "WDT",
            "WP",
        ):
            break
        at -= 1
    phrase = set(range(at + 1, last + 1))
    if not phrase or commas or at < sentence.start or doc[at + 1].pos_ in ("ADP", "CCONJ", "PART"):
        return set()
    words = [doc[i] for i in sorted(phrase)]
    if is_thing_told_of(words) or (token.tag_ == "NNS" and not _agrees(doc[at + 1 : last + 1])):
        return set()
    return phrase if any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in words) else set()


def _agrees(phrase: Span) -> bool:
    """Whether one speaks ('the board notes'), so that what was tagged as a noun is a verb: not 'the heads of the lake states'."""
    return phrase[0].pos_ in ("DET", "PROPN", "PRON", "ADJ", "NUM") and phrase.root.tag_ not in ("NNS", "NNPS")


def is_thing_told_of(words: Sequence[Token]) -> bool:
    """'a step its minister (will announce)', 'the islet both (claim)', 'a decision Beijing (applauded)': a noun with a clause of its own."""
    known = CUES.anonymous_heads | CUES.offices | CUES.spokesmen | CUES.things
    for noun, after in pairwise(words):
        if noun.pos_ != "NOUN":
            continue
        if (
            after.pos_ in ("DET", "PRON")
            and after.tag_ not in _ASKING
            and (after.lower_ not in ("all", "both", "each") or noun.tag_ == "NN")
        ):
            return True
        if after.pos_ == "PROPN" and words[0].lower_ in ("a", "an") and noun.lemma_.lower() not in known:
            return True
    return False


def after_verb(token: Token, sentence: range) -> set[int]:
    """'…,” said a top official, who …': the noun phrase right after the verb."""
    doc = token.doc
    if token.i - 1 <= sentence.start or doc[token.i - 1].text not in _SHUT or token.i + 1 >= sentence.stop:
        return set()
    noun = next(
        (c for c in token.rights if c.dep_ in ("nsubj", "dobj", "npadvmod", "dep", "attr", "oprd", "ccomp", "appos")),
        None,
    )
    if noun is None or noun.pos_ not in ("NOUN", "PROPN", "PRON") or min(noun_phrase(noun)) > token.i + 2:
        return set()
    if noun.dep_ == "dobj" and (plain_order(token) or noun.lower_ == "nothing" or token.lemma_ in ("cite", "quote")):
        return set()  # 'Lima recalls envoy, cites safety'
    return noun_phrase(noun)


ADDRESSING = frozenset(
    "tell inform notify assure reassure remind warn caution advise message text cable phone radio brief lecture admonish".split()
)


def has_object(token: Token) -> bool:
    """'…: the wardens allow ten minutes', '…, whose lawyers asked for more time': what is said stands with the verb itself."""
    lemma = token.lemma_.lower()
    thing = next((c for c in token.rights if c.dep_ == "dobj"), None)
    if thing is not None and any(t.text in (":", ",", "“", '"') for t in token.doc[token.i + 1 : thing.i]):
        thing = None  # '…, the ombudsman recalled: a baker shot by gendarmes'
    asked = lemma in ("ask", "appeal", "call", "vote") and any(
        c.dep_ == "prep" and c.lower_ == "for" for c in token.rights
    )
    if lemma == "rejoin" and thing is not None:
        return True  # 'rejoined them on Monday'
    if lemma in ("answer", "respond", "reply") and any(c.lower_ in ("with", "by") for c in token.rights):
        return True  # 'the allies answered with an airlift'
    if thing is not None and thing.lower_ in ("nothing", "something", "anything", "this", "that"):
        return lemma not in ADDRESSING
    if thing is None or lemma in ADDRESSING or thing.pos_ not in ("NOUN", "PROPN", "NUM"):
        return asked
    told = thing.lemma_.lower() in CUES.anonymous_heads or thing.ent_type_ in ("PERSON", "ORG", "GPE", "NORP")
    return asked or not told


def plain_order(token: Token) -> bool:
    """'China, which brokered the truce, asked both camps', 'called the charge a lie': what follows is the object.

    Not after verbs whose subject is a text: ', read the order on the door'.
    """
    if token.lemma_.lower() in ("read", "run"):
        return False
    if any(c.dep_ in ("oprd", "xcomp") for c in token.rights):
        return True
    subject = next((c for c in token.lefts if c.dep_ == "nsubj"), None)
    return subject is not None and subject.left_edge.i <= token.sent.start + 1 and subject.right_edge.i >= token.i - 2
