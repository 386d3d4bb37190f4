"""Ways of giving somebody's word that take more than one word: 'let it be known that', 'as fugitives had it', 'put the dead at'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detente.events.asides import NOMINAL, has_object
from detente.events.cuewords import CUES
from detente.events.phrases import Draft, child, noun_phrase, sentence_of, subtree
from detente.events.speaker import speaker
from detente.events.syntax import with_lemma
from detente.events.tokens import Doc, Token

# lemmas of an idiom's words after its verb; 'it' and 'be' count as words
_IDIOMS: dict[str, tuple[tuple[str, ...], ...]] = {
    "let": (("it", "be", "known"), ("it", "be", "understood"), ("be", "known"), ("slip",), ("it", "slip"), ("on",)),
    "make": (("it", "known"), ("known",), ("it", "clear"), ("clear",), ("plain",), ("it", "plain"), ("it", "understood")),
    "have": (("it",), ("no", "doubt")), "give": (("it", "out"), ("to", "understand"), ("out",)), "put": (("it", "about"), ("about",)),
    "go": (("on", "record"),), "leave": (("no", "doubt"), ("it", "be", "understood")), "get": (("word",),),
    "serve": (("notice",),), "point": (("out",),), "spell": (("out",),), "be": (("adamant",), ("in", "no", "doubt"), ("certain",), ("sure",), ("convinced",)),
}  # fmt: skip
_CREDIT = frozenset(["credit", "responsibility", "blame", "ownership"])
_EXPECTING = frozenset(["expect", "foresee", "anticipate", "envisage"])
_HEARING = frozenset("committee court tribunal inquiry panel jury commission parliament inquest".split())
_NOT_HEARD = frozenset("i we he she it they who which that you".split())


def idiom_at(token: Token) -> int:
    """Words of the idiom of speech that begins at this verb, 0 where none does."""
    if token.lemma_ == "let" and (size := _lets_know(token)):
        return size
    for rest in _IDIOMS.get(token.lemma_.lower(), ()):
        words = [t.lower_ for t in token.doc[token.i + 1 : token.i + 1 + len(rest)]]
        if words == list(rest):
            return len(rest) + 1
    return 0


def _lets_know(token: Token) -> int:
    """'let Podgorica know', 'has let him know': words up to 'know', where none but the one told stands between."""
    after = token.doc[token.i + 1 : token.i + 8]
    at = next((n for n, t in enumerate(after) if t.lower_ == "know"), 0)
    return at + 2 if at and all(t.pos_ in NOMINAL for t in after[:at]) else 0


def idioms(doc: Doc) -> Iterator[Draft]:
    """Drafts for 'X had it that …', 'X put the dead at six', 'X took credit for …', 'X expect Y to …', 'X heard from Y that …'."""
    for token in doc:
        if token.pos_ not in ("VERB", "AUX"):
            continue
        lemma = token.lemma_.lower()
        size = idiom_at(token)
        if size:
            yield from _known(token, size)
        elif lemma in _AS:
            yield from (
                _as_told(token)
                if lemma == "tell" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "it"
                else _as_claimed(token)
            )
        elif lemma == "put":
            yield from _put_at(token)
        elif lemma in ("take", "own", "assume", "accept"):
            yield from _took_credit(token)
        elif lemma in _EXPECTING:
            yield from _expects(token)


def hearers(doc: Doc, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """'A stringer was told by a priest that …', 'herders heard from soldiers that …': the one who passes it on stands outside."""
    by_cue = {i: d for d in drafts for i in d.cue}
    for token in with_lemma(doc, ("tell", "hear", "learn", "gather", "have")):
        if token.lemma_ == "tell" and (passive := child(token, "nsubjpass")) is not None:
            inner = by_cue.get(token.i)
            auxiliary = child(token, "auxpass")
            if inner is None or auxiliary is None or child(token, "agent") is None or passive.pos_ == "PRON":
                continue
            if passive.ent_type_ == "GPE" or passive.lemma_.lower() in CUES.offices:
                continue  # 'Malta was told by the Commission that …' is a message to Malta
            if not inner.content or child(token, "xcomp") is not None:
                continue  # 'told by the invader to leave' is an order, not a tale
            inner.cue -= {auxiliary.i}
            outer = Draft({auxiliary.i}, noun_phrase(passive), takes_quote=False)
        elif (token.lemma_ in ("hear", "learn", "gather") or _has_it(token)) and (told := _from(token)) is not None:
            content = _that_clause(token, told)
            source = speaker(token)
            if not content:
                continue
            inner = Draft({told.head.i}, noun_phrase(told) - content, content, takes_quote=False)
            yield inner
            if not source or any(doc[i].lower_ in _NOT_HEARD | _HEARING for i in source):
                continue
            outer = by_cue.get(token.i) or Draft({token.i}, source, takes_quote=False)
            if token.i in by_cue:
                outer.content, outer.source = inner.content | inner.cue | inner.source, source
                inner.within = outer
                continue
        else:
            continue
        outer.content = inner.content | inner.cue | inner.source
        inner.within = outer
        yield outer


def _has_it(token: Token) -> bool:
    """'has it from a cabinet source that …'."""
    return token.lemma_ == "have" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "it"


def _from(token: Token) -> Token | None:
    prep = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "from"), None)
    return child(prep, "pobj") if prep is not None else None


def _that_clause(token: Token, told: Token) -> set[int]:
    """'… from soldiers that the granaries burned': the clause, wherever the parse hangs it."""
    line = sentence_of(token)
    that = next((i for i in line if i > told.i and token.doc[i].lower_ == "that"), None)
    if that is None or (that > told.right_edge.i + 1 and that > told.i + 4):
        return set()
    clause = next(
        (t for t in (*token.children, *told.subtree) if t.left_edge.i <= that <= t.i and t.pos_ in ("VERB", "AUX")),
        None,
    )
    return subtree(clause) if clause is not None else set(range(that, line.stop))


def _as_claimed(token: Token) -> Iterator[Draft]:
    """'…, as the camp committee reported to us, …': the clause it is set into is the committee's."""
    mark = child(token, "mark")
    if token.dep_ != "advcl" or mark is None or mark.lower_ != "as" or child(token, "nsubj") is None:
        return
    if child(token, "ccomp", "xcomp") is not None or has_object(token) or token.lemma_.lower() not in _AS:
        return
    head = token.head if token.head.pos_ in ("VERB", "AUX") else token.head.head
    own = subtree(token)
    if child(head, "neg") is not None:
        return  # 'the navy did not ram a trawler, as was stated'
    yield Draft({token.i}, speaker(token), (subtree(head) | {head.i}) - own, takes_quote=False)


_AS = frozenset(
    "claim report tell say allege note state maintain insist contend acknowledge admit swear believe boast concede warn argue "
    "confirm suspect assert".split()
)


def _as_told(token: Token) -> Iterator[Draft]:
    """'As the mission tells it, …', '…, as survivors tell it'."""
    doc, source = token.doc, speaker(token)
    if token.i + 1 >= len(doc) or doc[token.i + 1].lower_ != "it" or not source or doc[min(source) - 1].lower_ != "as":
        return
    own = {token.i, token.i + 1, min(source) - 1} | source
    yield Draft({token.i, token.i + 1}, source, set(sentence_of(token)) - own, takes_quote=False)


def _known(token: Token, size: int) -> Iterator[Draft]:
    """'X had it that …', '…, as X had it, …'."""
    doc, cue = token.doc, set(range(token.i, token.i + size))
    source = speaker(token)
    if not source:
        return
    line = sentence_of(token)
    at = _that_after(doc, token.i + size, line)
    if at < line.stop and doc[at].lower_ == "that":
        yield Draft(
            cue,
            source,
            set(range(at, line.stop)) - {line.stop - 1 if doc[line.stop - 1].is_punct else -1},
            takes_quote=False,
        )
    elif doc[min(source) - 1].lower_ == "as" and min(source) > line.start:
        own = cue | source | {min(source) - 1}
        above = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), token)
        if token.dep_ == "advcl" and child(above, "neg") is not None:
            return  # 'has not, as some papers had it, cut off …'
        yield Draft(cue, source, _clause_around(token, own, line), takes_quote=False)


def _that_after(doc: Doc, at: int, line: range) -> int:
    """'let it be known *through a baker* that', 'served notice *on Wednesday* that': where 'that' stands, else `at`."""
    for i in range(at, min(at + 8, line.stop)):
        if doc[i].lower_ == "that":
            return i
        if doc[i].pos_ not in NOMINAL:
            break
    return at


def _clause_around(token: Token, own: set[int], line: range) -> set[int]:
    """What an 'as X had it' between commas is set into: from 'that' or the start to the end of the clause."""
    doc = token.doc
    start = next(
        (
            i + 1
            for i in range(min(own) - 1, line.start - 1, -1)
            if doc[i].lower_ == "that" or doc[i].text in (";", ":")
        ),
        line.start,
    )
    return set(range(start, line.stop)) - own


def _put_at(token: Token) -> Iterator[Draft]:
    """'The junta put the dead at six'."""
    at = next((c for c in token.children if c.dep_ == "prep" and c.lower_ == "at"), None)
    thing, source = child(token, "dobj"), speaker(token)
    if at is None and thing is not None:
        ats = [c for c in thing.subtree if c.dep_ == "prep" and c.lower_ == "at"]
        at = next((c for c in ats if any(g.like_num for g in c.children)), ats[0] if ats else None)
    if at is None or thing is None or not source or not any(t.pos_ == "NUM" or t.like_num for t in at.subtree):
        return
    yield Draft({token.i}, source, subtree(thing) | subtree(at), takes_quote=False)


def _took_credit(token: Token) -> Iterator[Draft]:
    """'took credit for the blast', 'owned up to the ambush'."""
    thing = child(token, "dobj")
    if token.lemma_ == "own":
        preps = (
            [t for t in token.subtree if t.lower_ == "to"]
            if token.i + 1 < len(token.doc) and token.nbor().lower_ == "up"
            else []
        )
    elif thing is not None and thing.lemma_ in _CREDIT:
        preps = [c for c in (*token.children, *thing.children) if c.dep_ == "prep" and c.lower_ == "for"]
    else:
        return
    content = {i for p in preps for i in subtree(p)}
    source = speaker(token)
    if content and source and child(token, "neg") is None:
        yield Draft({token.i}, source, content, "claims", takes_quote=False)


def _expects(token: Token) -> Iterator[Draft]:
    """'Diplomats expect the Kremlin to recall its men': their forecast, not the Kremlin's word."""
    clause = next(
        (c for c in token.children if c.dep_ in ("ccomp", "xcomp") and child(c, "nsubj", "nsubjpass") is not None), None
    )
    subject = child(token, "nsubj")
    if clause is None or subject is None or subject.pos_ == "PRON":
        return
    yield Draft({token.i}, noun_phrase(subject), subtree(clause), "doubts", token.text, takes_quote=False)
