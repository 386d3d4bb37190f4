"""Verbs in other dress: nouns in -ing, verbs that a headline hides among nouns, past tenses parsed as modifiers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from detente.events import carriers, syntax
from detente.events.fitting import misfit
from detente.events.roles import Candidate, can_act, noun_roles, within
from detente.events.scene import Scene
from detente.events.settling import settled
from detente.events.tokens import Span, Token
from detente.reference.codebook.read import Frame


def as_gerund(scene: Scene, token: Token) -> Iterator[tuple[Candidate | None, str]]:
    """'The kettling of marchers by police': a noun in -ing is read by the frames of its verb."""
    if not token.lower_.endswith("ing") or token.pos_ not in ("NOUN", "PROPN", "VERB"):
        return
    if not any(c.dep_ in ("det", "poss") or (c.dep_ == "prep" and c.lower_ in ("of", "by")) for c in token.children):
        return
    for stem in stems(token.lower_):
        for frame in scene.codebook.verbs_by_head.get(stem, ()):
            for words in frame.lemmas:
                rest = words.split()[1:]
                end = token.i + 1 + len(rest)
                if [t.lower_ for t in token.doc[token.i + 1 : end]] == rest:
                    yield _gerund(scene, token, end, frame)


@cache
def stems(word: str) -> tuple[str, ...]:
    """Verbs a word in -ing or -ed may come from: 'kettling' -> kettl, kettle; 'bussed' -> buss, busse, bus."""
    ending = "ing" if word.endswith("ing") else "ed"
    if not word.endswith(ending) or len(word) < len(ending) + 3:
        return ()
    stem = word[: -len(ending)]
    double = len(stem) > 3 and stem[-1] == stem[-2]
    return (stem, stem + "e", *((stem[:-1],) if double else ()))


def _gerund(scene: Scene, noun: Token, end: int, frame: Frame) -> tuple[Candidate | None, str]:
    done_to = next(iter(syntax.prep_objects(noun, "of")), None)
    doer = next(iter([*syntax.prep_objects(noun, "by"), *syntax.children(noun, "poss")]), None)
    why = misfit(scene, noun, frame, doer, done_to)
    if why:
        return None, why
    candidate = Candidate(noun, noun.i, end, frame, carrier=carriers.carrier(noun))
    candidate.actors = noun_roles(scene, noun, ("by", "possessor"), [], "actor", frame.type)
    places = tuple("of" if place == "object" else place for place in frame.recipient)
    candidate.recipients = within(
        scene, noun_roles(scene, noun, places, candidate.actors, "recipient"), candidate.actors
    )
    return settled(scene, candidate)


def as_headline(scene: Scene, token: Token) -> Iterator[tuple[Candidate | None, str]]:
    """'Machete gang hacks ferry clerk': where the parser sees nouns only, a verb between two of them."""
    doc, i = token.doc, token.i
    if token.is_sent_start or not (token.pos_ in ("NOUN", "PROPN") or squeezed(token)):
        return
    before = doc[i - 1]
    if squeezed(token):
        verbs: tuple[str, ...] = (token.lemma_.lower(),)
    elif (before.pos_ not in ("NOUN", "PROPN") and before.lower_ != "to") or not _is_headline(token.sent):
        return
    elif before.lower_ == "to":  # 'Asmara to man trenches', 'vows to jail doctors'
        before = next((t for t in reversed(doc[token.sent.start : i]) if t.pos_ in ("NOUN", "PROPN")), before)
        verbs = (token.lower_,)
    elif any(t.tag_ in ("VBZ", "VBD", "VBP", "MD") for t in token.sent):
        return
    else:
        verbs = _present(token.lower_, before.tag_ in ("NNS", "NNPS") or before.lower_.endswith("s"))
    for verb in verbs:
        for frame in scene.codebook.verbs_by_head.get(verb, ()):
            for words in frame.lemmas:
                rest = words.split()[1:]
                end = i + 1 + len(rest)
                if [t.lower_ for t in doc[i + 1 : end]] == rest:
                    yield _headline(scene, token, end, frame, before)


@cache
def _present(word: str, plural: bool) -> tuple[str, ...]:
    """The verb a present form may be of: its bare form after a plural subject, one in -s after a singular."""
    if plural:
        return (word,)
    if not word.endswith("s") or word.endswith("ss"):
        return ()
    return (
        word[:-1],
        *((word[:-2],) if word.endswith("es") else ()),
        *((word[:-3] + "y",) if word.endswith("ies") else ()),
    )


def _is_headline(sent: Span) -> bool:
    """A short line without a full stop."""
    return len(sent) <= 14 and sent[-1].text not in (".", "!", "?", "”", '"', "'")


def _headline(scene: Scene, token: Token, end: int, frame: Frame, before: Token) -> tuple[Candidate | None, str]:
    doc, last = token.doc, token.sent.end
    done_to = next(iter(syntax.children(token, "dobj")), None)
    for t in doc[end:last] if done_to is None else ():
        if t.pos_ in ("NOUN", "PROPN", "PRON"):
            done_to = t
        elif t.pos_ not in ("ADJ", "DET", "NUM", "ADV", "PART") and t.text not in ("-", "'", "’"):
            break
    why = misfit(scene, token, frame, before, done_to)
    if why:
        return None, why
    candidate = Candidate(token, token.i, end, frame)
    candidate.actors = [before] if can_act(scene, before) and "subject" in frame.actor else []
    if done_to is not None and "object" in frame.recipient and can_act(scene, done_to):
        candidate.recipients = within(scene, [done_to], candidate.actors)
    if not candidate.recipients:
        heads = [o for t in doc[end:last] if t.lower_ in frame.recipient for o in t.children if o.dep_ == "pobj"]
        candidate.recipients = [h for h in heads if can_act(scene, h)][:1]
    return settled(scene, candidate)


def squeezed(token: Token) -> bool:
    """'The air force scrambled jets': a past tense that the parser takes for a modifier of its object."""
    return (
        token.dep_ == "amod"
        and token.tag_ == "VBD"
        and token.i > 0
        and token.doc[token.i - 1].pos_ in ("NOUN", "PROPN")
    )


def bare_passive(verb: Token, frame: Frame) -> bool:
    """A headline's participle whose subject undergoes the deed: transitive, no object, no auxiliary."""
    return (
        verb.tag_ in ("VBD", "VBN")
        and "object" in frame.recipient
        and not any(c.dep_ in ("dobj", "aux", "ccomp", "xcomp", "dative") for c in verb.children)
        and _is_headline(verb.sent)
    )
