"""Stances told by a verb with its particle or noun: 'pinned the raid on', 'brushed aside claims', 'declined to comment on reports'."""

from __future__ import annotations

from collections.abc import Iterator

from detente.events.complements import is_tale, late_tale
from detente.events.cuewords import CUES
from detente.events.phrases import Draft, child, noun_phrase, subtree
from detente.events.speaker import speaker
from detente.events.syntax import with_lemma
from detente.events.tokens import Doc, Token

_BRUSHING = {
    "brush": "aside off",
    "wave": "aside away off",
    "shrug": "off",
    "laugh": "off",
    "bat": "away",
    "swat": "away",
    "play": "down",
}
_TELLING = frozenset(["speak", "tell", "talk"])
_TALES = CUES.papers | frozenset(
    ["report", "account", "rumour", "rumor", "letter", "witness"]
)  # 'reports speak of tanks'
_RECOUNTING = frozenset(["recount", "recall", "describe", "report", "remember", "relate"])


def phrasal(doc: Doc) -> Iterator[Draft]:
    """One draft for each such phrase with a speaker."""
    for token in doc:
        if token.pos_ not in ("VERB", "AUX"):
            continue
        lemma = token.lemma_.lower()
        if lemma in _BRUSHING:
            yield from _brushed_aside(token, _BRUSHING[lemma].split())
        elif lemma in ("scoff", "laugh", "sneer", "bristle"):
            at = {i for p in token.children if p.lower_ == "at" for o in p.children if is_tale(o) for i in subtree(p)}
            clause = {i for c in token.children if c.dep_ == "ccomp" and c.i > token.i for i in subtree(c)}
            yield from _draft(token, {token.i}, at | clause if at else set(), "denies")
        elif lemma == "make" and (light := next((t for t in token.subtree if t.lower_ == "light"), None)) is not None:
            of = {i for t in (token, light) for p in t.children if p.lower_ == "of" for i in subtree(p)}
            yield from _draft(token, {token.i, light.i}, of, "denies")
        elif lemma == "comment":
            yield from _no_comment(token)
        elif lemma in ("pin", "lay", "put", "place", "point", "hold"):
            yield from _blamed(token, lemma)
        elif lemma in ("attribute", "ascribe", "credit"):
            yield from _ascribed(token)
        elif lemma == "be":
            yield from _unsure(token)
        elif lemma in ("confess", "admit", "own"):
            deed = {i for p in token.children if p.lower_ == "to" for i in subtree(p)}
            yield from _draft(token, {token.i}, deed, "claims")
        elif lemma == "plead":
            yield from _pleaded(token)
        elif lemma in _TELLING:
            yield from _told_of(token)
        elif lemma in _RECOUNTING:
            yield from _recounted(token)


def _draft(token: Token, cue: set[int], content: set[int], stance: str, hedge: str | None = None) -> Iterator[Draft]:
    source = speaker(token)
    if source and content - source - cue:
        yield Draft(cue, source, content - source - cue, stance, hedge, takes_quote=False)


def _brushed_aside(token: Token, particles: list[str]) -> Iterator[Draft]:
    """'brushed aside claims that its drones hit the clinic'."""
    particle = next((c for c in token.children if c.lower_ in particles), None)
    thing = child(token, "dobj")
    tale = thing if thing is not None and is_tale(thing) else late_tale(token) or thing
    if particle is not None and tale is not None:
        yield from _draft(token, {token.i, particle.i}, subtree(tale), "denies")


def _no_comment(token: Token) -> Iterator[Draft]:
    """'declined to comment on reports that officers shot a student': it stays open."""
    about = {i for c in token.children if c.dep_ == "prep" and c.lower_ in ("on", "about") for i in subtree(c)}
    head = token.head
    if token.dep_ == "xcomp" and head.lemma_ in ("decline", "refuse"):
        yield from _draft(head, {head.i, token.i}, about, "doubts", f"{head.lower_} to comment")
    elif (no := child(token, "neg")) is not None:
        yield from _draft(token, {token.i}, about, "doubts", f"{no.lower_} comment")


def _blamed(token: Token, lemma: str) -> Iterator[Draft]:
    """'pinned the sabotage on X', 'laid the blame for the raid on X', 'pointed the finger at X over', 'held X responsible for'."""
    thing = child(token, "dobj")
    preps = [p for t in (token, thing) if t is not None for p in t.children if p.dep_ in ("prep", "dative")]
    names = {p.lower_ for p in preps}
    after = {i for p in preps for i in subtree(p)}
    if thing is None:
        return
    if lemma == "hold":
        fault = next((c for c in token.children if c.lower_ in ("responsible", "accountable", "liable")), None)
        if fault is not None:
            yield from _draft(token, {token.i, fault.i}, subtree(thing) | subtree(fault) | after, "blames")
    elif lemma == "point":
        if thing.lemma_ == "finger" and "at" in names:
            yield from _draft(token, {token.i, thing.i}, after, "blames")
    elif thing.lemma_ in ("blame", "responsibility") and names & {"on", "at", "with"}:
        yield from _draft(token, {token.i, thing.i}, after, "blames")
    elif lemma == "pin" and "on" in names:
        yield from _draft(token, {token.i}, subtree(thing) | after, "blames")


def _ascribed(token: Token) -> Iterator[Draft]:
    """'Politicians attribute the respite to the curfew'."""
    thing = child(token, "dobj")
    to = {
        i for t in (token, thing) if t is not None for p in t.children if p.lower_ in ("to", "with") for i in subtree(p)
    }
    if thing is not None and to:
        yield from _draft(token, {token.i}, subtree(thing) | to, "asserts")


def _unsure(token: Token) -> Iterator[Draft]:
    """'They were not sure whether …', 'The envoy was unsure if …'."""
    state = child(token, "acomp")
    if state is None or state.lower_ not in (
        "sure",
        "certain",
        "unsure",
        "uncertain",
        "doubtful",
        "sceptical",
        "skeptical",
    ):
        return
    no = child(token, "neg")
    if state.lower_ in ("sure", "certain") and no is None:
        return
    clause = {i for t in (token, state) for c in t.children if c.dep_ in ("ccomp", "advcl") for i in subtree(c)}
    if any(token.doc[i].lower_ not in ("it", "there") for i in speaker(token)):
        yield from _draft(
            token, {token.i, state.i}, clause, "doubts", f"{no.lower_} {state.lower_}" if no else state.lower_
        )


def _pleaded(token: Token) -> Iterator[Draft]:
    """'pleaded not guilty to bombing the bar', 'pleaded guilty to'."""
    words = {t.lower_: t for t in token.subtree}
    if "guilty" in words:
        charge = {i for t in (token, words["guilty"]) for p in t.children if p.lower_ == "to" for i in subtree(p)}
        stance = "denies" if "not" in words and words["not"].i < words["guilty"].i else "claims"
        yield from _draft(token, {token.i, words["guilty"].i}, charge, stance)


def _told_of(token: Token) -> Iterator[Draft]:
    """'spoke of soldiers looting shops', not 'spoke of peace'."""
    for of in token.children:
        if of.dep_ == "prep" and of.lower_ == "of":
            inner = [g for p in of.children for g in (p, *p.children) if g.tag_ == "VBG" and g.dep_ in ("pcomp", "acl")]
            subject = child(token, "nsubj")
            if inner or (subject is not None and subject.lemma_.lower() in _TALES):
                yield from _draft(token, {token.i}, subtree(of) - {of.i}, "asserts")


def _recounted(token: Token) -> Iterator[Draft]:
    """'recounted seeing soldiers shoot the wounded'."""
    seen = next(
        (c for c in token.children if c.dep_ in ("xcomp", "ccomp") and c.tag_ == "VBG" and child(c, "nsubj") is None),
        None,
    )
    if seen is not None:
        yield from _draft(token, {token.i}, subtree(seen), "asserts")


def quoted_by(doc: Doc, by_cue: dict[int, Draft]) -> Iterator[Draft]:
    """'The minister, quoted by Anadolu, said …' (the agency outside), 'The Herald, which cited papers, said …' (the papers inside)."""
    for token in with_lemma(doc, ("quote", "cite")):
        if token.lemma_ not in ("quote", "cite") or token.dep_ not in ("acl", "relcl"):
            continue
        said = next(
            (by_cue[t.i] for t in token.head.ancestors if t.i in by_cue and token.head.i in by_cue[t.i].source), None
        )
        agent = child(token, "agent")
        by = child(agent, "pobj") if agent is not None else None
        thing = child(token, "dobj")
        if said is None or token.i in by_cue:
            continue
        if by is not None:
            outer = Draft({token.i}, noun_phrase(by), said.content | said.cue | said.source, takes_quote=False)
            outer.content -= outer.source | outer.cue
            said.within = outer
            yield outer
        elif thing is not None and token.dep_ == "relcl" and thing.pos_ != "PRON":
            source = noun_phrase(thing)
            yield Draft({token.i}, source, said.content - source - {token.i}, takes_quote=False, within=said)


def as_saying(doc: Doc) -> Iterator[Draft]:
    """'…, the agency quoted a commander as saying' and '…, a general was quoted by the radio as saying', at the end."""
    for token in doc:
        if token.lemma_ not in ("quote", "cite") or token.pos_ != "VERB":
            continue
        saying = next((g for p in token.children if p.lower_ == "as" for g in p.children if g.lower_ == "saying"), None)
        rest = doc[saying.i + 1 : saying.sent.end] if saying is not None else ()
        if saying is None or any(t.is_alpha for t in rest):
            continue
        passive = child(token, "nsubjpass")
        agent = child(token, "agent")
        by = child(agent, "pobj") if agent is not None else None
        inner, outer = (passive, by) if passive is not None else (child(token, "dobj"), child(token, "nsubj"))
        if inner is None:
            continue
        source = noun_phrase(inner)
        outside = noun_phrase(outer) if outer is not None else set()
        start = min(source | outside | {token.i})
        content = set(range(token.sent.start, start))
        said = Draft({saying.i}, source, content, takes_quote=False)
        if outside:
            said.within = Draft({token.i}, outside, content | source | {saying.i}, takes_quote=False)
            yield said.within
        yield said


def open_reports(token: Token) -> bool:
    """'unconfirmed reports that …': nobody vouches for them."""
    return any(c.dep_ == "amod" and c.lower_ in _OPEN for c in token.children)


_OPEN = frozenset(
    "unconfirmed unverified unsubstantiated unsourced conflicting contradictory uncorroborated alleged".split()
)
