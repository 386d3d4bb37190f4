"""Who stands where around a word: subjects, objects, possessors and agents, through the parse.

Pure functions over spaCy tokens. They follow passives, relative clauses, participles, control verbs
and conjunctions, and say nothing about politics.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from detente.events.once import once
from detente.events.tokens import Doc, Span, Token

SUBJECTS = {"nsubj", "csubj", "expl"}
PASSIVE_SUBJECTS = {"nsubjpass", "csubjpass"}
QUANTITIES = frozenset(
    "dozens scores hundreds thousands millions most many some several none all each number group".split()
)
RELATIVES = {"who", "which", "that", "whom"}
NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"}
# verbs whose infinitive is done by their object ("ordered the army to fire")
OBJECT_CONTROL = frozenset(
    (
        "urge order ask tell force compel allow prompt lead help call invite instruct command pressure push "
        "persuade encourage enable permit require want expect spur press oblige direct cause drive lure "
        "advise remind warn get beg implore authorise authorize prevent stop keep bar accuse suspect blame "
        "see hear watch let make have"
    ).split()
)
_WORDS = "detente-words"


def words_of(doc: Doc) -> tuple[list[str], list[str]]:
    """Of each token the lower-case word and the lower-case lemma, found once."""
    words: tuple[list[str], list[str]] | None = doc.user_data.get(_WORDS)
    if words is None:
        words = doc.user_data[_WORDS] = [t.lower_ for t in doc], [t.lemma_.lower() for t in doc]
    return words


def with_word(doc: Doc, wanted: Container[str]) -> Iterator[Token]:
    """The tokens whose lower-case word is wanted."""
    return (doc[i] for i, low in enumerate(words_of(doc)[0]) if low in wanted)


def with_lemma(doc: Doc, wanted: Container[str]) -> Iterator[Token]:
    """The tokens whose lower-case lemma is wanted."""
    return (doc[i] for i, lemma in enumerate(words_of(doc)[1]) if lemma in wanted)


def children(token: Token, *deps: str) -> list[Token]:
    """The token's children with one of these dependency labels, in order."""
    return [child for child in token.children if child.dep_ in deps]


def counted(token: Token) -> Token:
    """What a number or 'dozens', 'scores', 'members' counts: 'eleven of them' -> them."""
    if token.pos_ == "NUM" or token.lower_ in QUANTITIES:
        for inner in prep_objects(token, "of"):
            return inner
    return token


def with_conjuncts(token: Token) -> list[Token]:
    """The token (or what it counts) and the nouns joined to it by 'and', 'or' or commas."""
    token = counted(token)
    found = [token, *(c for c in token.conjuncts if c.i > token.i and c.pos_ in NOMINAL)]
    if token.tag_ == "NNS":  # 'the presidents of Chad and Sudan' are two
        found += [c for o in prep_objects(token, "of") for c in o.conjuncts if c.i > o.i and c.pos_ == "PROPN"]
    return found


MOTIONS = frozenset(
    "fall fell land come go crash stand lie sit drop arrive pass explode burst speak talk".split()
)  # verbs without a passive


MEANS = frozenset(
    "telephone phone radio letter email e-mail text message video videolink satellite fax post leaflet".split()
)


@once
def is_passive(verb: Token) -> bool:
    """'was struck', 'struck by'; also a bare participle after a noun ('a base struck by rockets')."""
    if any(c.dep_ in ("auxpass", "nsubjpass", "csubjpass") for c in verb.children):
        return True
    if verb.tag_ not in ("VBN", "VBD"):
        return False
    if verb.tag_ == "VBN" and verb.dep_ in ("oprd", "xcomp") and not children(verb, "nsubj", "aux"):
        return True  # 'are feared hijacked'
    if verb.dep_ == "acl" and not children(verb, "nsubj", "aux", "mark"):
        return True
    by = [g for c in children(verb, "agent") for g in children(c, "pobj")]
    if by and all(g.lemma_.lower() in MEANS for g in by):
        return False  # 'said by telephone'
    if by or children(verb, "agent"):
        return verb.lemma_.lower() not in MOTIONS
    own = any(c.dep_ in ("nsubj", "aux", "auxpass", "dobj") for c in verb.children)
    if verb.dep_ == "advcl" and verb.tag_ == "VBN":
        return not own
    return verb.dep_ == "conj" and not own and verb.head.pos_ == "VERB" and is_passive(verb.head)


def _antecedent(verb: Token, relative: Token | None) -> Token | None:
    """What a relative pronoun stands for: the noun its clause hangs on."""
    if relative is not None and relative.lower_ in RELATIVES and verb.dep_ == "relcl":
        return verb.head
    return None


def subject(verb: Token, depth: int = 0) -> Token | None:
    """The grammatical subject of a verb, its own or shared, inherited or controlled (one token, its head)."""
    own = [c for c in children(verb, *SUBJECTS, *PASSIVE_SUBJECTS) if c.dep_ != "expl"]
    if own:  # of two ('One more shell and we will …') the later is the verb's own
        return _antecedent(verb, own[-1]) or own[-1]
    if depth > 5:
        return None
    return _inherited(verb, depth + 1)


def _inherited(verb: Token, depth: int) -> Token | None:
    head, dep = verb.head, verb.dep_
    for earlier in children(verb, "ccomp"):
        # a list of predicates parsed as speech ('have called for X, threatened Y and released Z')
        if earlier.i < verb.i and earlier.tag_ in ("VBN", "VBD", "VBZ", "VBP") and children(earlier, "nsubj"):
            return children(earlier, "nsubj")[0]
    if dep == "acl":
        return head if verb.tag_ in ("VBG", "VBN", "VBD") else _plan_owner(head, depth)
    if dep == "relcl":
        first = verb.tag_ == "VB" and head.dep_ == "attr" and any(c.lower_ == "to" for c in children(verb, "aux"))
        return (subject(head.head, depth) if first else None) or head  # 'became the third state to recognise it'
    if head == verb or head.pos_ not in ("VERB", "AUX", "ADJ", "ADP", "NOUN", "SCONJ"):
        return None
    if dep in ("xcomp", "ccomp", "advcl", "conj", "dep", "parataxis", "acomp", "oprd"):
        if dep == "ccomp" and verb.tag_ == "VB" and not children(verb, "aux", "mark"):
            return None  # an order within quotation marks: 'Stop the bombing'
        if dep == "xcomp" and head.lemma_ in OBJECT_CONTROL and not is_passive(head):
            controlled = children(head, "dobj", "dative")
            if controlled:
                return controlled[-1]
        return subject(head, depth) if head.pos_ in ("VERB", "AUX", "ADJ") else None
    if dep == "pcomp":
        governor = head.head
        if governor.pos_ not in ("VERB", "AUX"):
            return _plan_owner(governor, depth) if governor.pos_ == "NOUN" else None
        done_to = logical_object(governor) if head.lower_ in ("of", "for", "from", "into") else None
        if done_to is not None and governor.lemma_ in ACCUSING:
            return done_to
        return subject(governor, depth)
    return None


# 'accused X of firing', 'blamed X for shelling', 'stopped X from entering': X fires, shells, enters
ACCUSING = frozenset(
    (
        "accuse blame suspect condemn criticise criticize denounce charge convict acquit clear stop prevent "
        "bar keep thank praise jail sentence arrest sanction punish force talk lure trick coerce fine indict try reprimand "
        "rebuke censure dismiss fire sack expel suspend ban discipline chide scold fault rap slam fault commend"
    ).split()
)


def _plan_owner(noun: Token, depth: int) -> Token | None:
    """Whose plan, threat or decision it is: 'Turkey's plan to strike', 'announced a plan to strike'."""
    for owner in children(noun, "poss"):
        return owner
    for prep in children(noun, "prep"):
        if prep.lower_ in ("by", "from"):
            for obj in children(prep, "pobj"):
                return obj
    governor = noun.head
    if noun.dep_ in ("dobj", "attr") and governor.pos_ in ("VERB", "AUX"):
        return subject(governor, depth)
    if noun.dep_ in SUBJECTS | PASSIVE_SUBJECTS:
        return None
    return None


def agents(verb: Token) -> list[Token]:
    """Heads of the 'by' phrase of a passive; 'fell by the bridge' says where."""
    if verb.lemma_.lower() in MOTIONS and not children(verb, "auxpass"):
        return []
    found = [obj for by in children(verb, "agent") for obj in children(by, "pobj")]
    if not found and (is_passive(verb) or (verb.tag_ == "VBG" and verb.dep_ in ("csubj", "nsubj"))):
        found = _by(verb)  # 'shelling by X'
    if not found and is_passive(verb):  # 'was let go by X': the parser hangs it on 'go'
        found = [o for c in children(verb, "xcomp", "prt") for o in _by(c)]
    return found


def _by(word: Token) -> list[Token]:
    return [o for p in children(word, "prep", "agent") if p.lower_ == "by" for o in children(p, "pobj")]


def logical_subject(verb: Token) -> Token | None:
    """Who does it: the subject of an active verb, the agent of a passive one."""
    if is_passive(verb):
        by = agents(verb)
        return by[0] if by else None
    return subject(verb)


def logical_object(verb: Token) -> Token | None:
    """To whom it is done: the object of an active verb, the subject of a passive one."""
    if is_passive(verb):
        return subject(verb)
    for child in children(verb, "dobj", "oprd"):
        return _antecedent(verb, child) or child
    if verb.dep_ == "relcl" and any(c.dep_ in SUBJECTS and c.lower_ not in RELATIVES for c in verb.children):
        if any(c.dep_ == "dobj" or c.lower_ in ("where", "when") for c in verb.children):
            return None
        return verb.head  # 'the freeze that Ankara imposed', 'the town they shelled'
    # 'stopped and searched a truck': the object stands with the last verb
    for other in verb.conjuncts:
        if other.pos_ == "VERB" and other.i > verb.i and other.i - verb.i <= 3 and not is_passive(other):
            return next(iter(children(other, "dobj")), None)
    return None


def handed_to(verb: Token) -> list[Token]:
    """Who is given something: 'Lima was handed the file', 'gave Fiji a boat' where the parser sees two objects."""
    things = children(verb, "dobj")
    if things and children(verb, "nsubjpass"):
        return children(verb, "nsubjpass")
    return things[:1] if len(things) > 1 else []


def prep_objects(token: Token, *preps: str) -> list[Token]:
    """Objects of the token's prepositional phrases; two prepositions in a row ('out of') are followed."""
    found = []
    for prep in token.children:
        if prep.dep_ not in ("prep", "agent", "dative", "prt", "advmod") or prep.lower_ not in preps:
            continue
        found += children(prep, "pobj")
        for inner in children(prep, "prep"):
            found += children(inner, "pobj")
    return found


def ancestors(token: Token) -> Iterator[tuple[Token, Token]]:
    """(child, governor) pairs from the token up to the root of its sentence."""
    while token.head != token:
        yield token, token.head
        token = token.head


@once
def phrase(head: Token) -> tuple[int, int]:
    """Token range of the noun phrase around `head`, without its relative clauses and far modifiers."""
    skip = {"relcl", "acl", "appos", "conj", "cc", "punct", "advcl", "parataxis", "case", "preconj", "dep"}
    first, last = head.i, head.i
    for child in head.children:
        if child.dep_ in skip and not (child.dep_ == "punct" and child.text == "-"):
            continue
        if child.dep_ == "prep" and (child.lower_ != "of" or child.i < head.i):
            continue
        if child.dep_ == "acl":
            continue
        if child.i < head.i:
            first = min(first, child.left_edge.i)
        elif child.dep_ in ("prep", "nummod", "compound", "nmod"):
            last = max(last, _right(child))
    doc = head.doc
    while first < head.i and (
        (doc[first].is_punct and doc[first].text not in "“\"'")
        or doc[first].dep_ == "cc"
        or doc[first].lower_ in ("neither", "either")
    ):
        first += 1
    return first, last + 1


def _right(child: Token) -> int:
    edge = child.i
    for inner in child.subtree:
        if inner.dep_ in ("relcl", "punct", "conj", "cc") and inner.i > child.i:
            break
        edge = max(edge, inner.i)
    return edge


def clause(token: Token) -> Span:
    """The tokens under `token`, as one span (first to last of its subtree)."""
    doc: Doc = token.doc
    return doc[token.left_edge.i : token.right_edge.i + 1]
