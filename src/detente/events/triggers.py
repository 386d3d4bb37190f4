"""Candidates: words that the codebook's frames recognise as a deed, with the nouns in its roles.

High recall and no judgement yet: whether it happened is `modality`'s work, what it is to be called under
PLOVER's rules is `plover`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Span, Token

from detente.events import syntax
from detente.events.fitting import misfit, off_topic
from detente.events.operators import operators
from detente.events.roles import (
    Candidate, can_act, carried_roles, noun_roles, parties_of, roles, sided, within,
)  # fmt: skip
from detente.events.scene import Scene
from detente.reference.codebook.read import Frame

VIOLENT = frozenset(
    "shelling bombing bombardment fighting clash airstrike raid ambush massacre killing gunfire bloodshed retaliation "
    "reprisal gunbattle firefight skirmish insurgency kidnapping abduction assassination bloodletting".split()
)
MOVED = frozenset(
    "withdraw redeploy reposition deploy move pull send station mass evacuate mobilise mobilize call put bring relocate".split()
)


def candidates(scene: Scene, dropped: list[str] | None = None) -> list[Candidate]:
    """All candidates of a paragraph in text order; `dropped` collects reasons for `explain`."""
    found: list[Candidate] = []
    taken: set[int] = set()
    for token in scene.doc:
        if token.i in taken or not _may_trigger(scene, token):
            continue
        candidate, why = _match(scene, token)
        if candidate is not None:
            found.append(candidate)
            taken.update(range(candidate.start, candidate.end))
        elif why and dropped is not None:
            dropped.append(f"'{token.text}': {why}")
    return found


def _may_trigger(scene: Scene, token: Token) -> bool:
    if token.is_punct or token.is_space or token.like_num:
        return False
    # a word inside a proper name is no deed: Popular Mobilization Forces, Desert Strike
    named = scene.hit(token)
    if named is not None and named.kind != "person":
        return False
    if token.ent_type_ in ("ORG", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT") and token.pos_ == "PROPN":
        return token.lower_ == token.text
    if (token.pos_ == "PROPN" and token.ent_type_ in ("DATE", "TIME")) or _is_month(token):
        return False
    if token.lemma_ == "stop" and any(c.lower_ == "short" for c in token.children):
        return False  # 'stopped short of breaking relations'
    return not (token.dep_ == "amod" and token.pos_ in ("VERB", "ADJ")) or _squeezed(token)


def _squeezed(token: Token) -> bool:
    """'The air force scrambled jets': a past tense that the parser takes for a modifier of its object."""
    return token.dep_ == "amod" and token.tag_ == "VBD" and token.i > 0 and token.doc[token.i - 1].pos_ in ("NOUN", "PROPN")


def _is_month(token: Token) -> bool:
    """'March' beside a number, or after 'in', 'since', 'until' with no article."""
    if token.text not in ("March", "May"):
        return False
    doc, i = token.doc, token.i
    beside = [doc[j] for j in (i - 1, i + 1) if 0 <= j < len(doc)]
    return any(t.like_num for t in beside) or (
        i > 0 and doc[i - 1].lower_ in ("in", "since", "until", "by", "of", "last", "early", "late")
    )


def _match(scene: Scene, token: Token) -> tuple[Candidate | None, str]:
    """The candidate of the first frame that fits, or None and why the last one tried did not."""
    why = ""
    for attempt in (_as_verb, _as_noun, _as_gerund, _as_adjective, _as_headline):
        for candidate, reason in attempt(scene, token):
            if candidate:
                return candidate, ""
            why = reason
    return None, why


def _as_verb(scene: Scene, token: Token) -> Iterator[tuple[Candidate | None, str]]:
    if _squeezed(token):
        return
    if token.pos_ in ("VERB", "AUX") or (token.pos_ in ("ADJ", "NOUN") and token.tag_ in ("VBN", "VBG", "VBD", "VB")):
        index = scene.codebook.verbs_by_head
        lemma = token.lemma_.lower()
        if lemma not in index:  # the lemmatiser makes 'prim' of 'primed' and 'buss' of 'bussed'
            lemma = next((stem for stem in _stems(token.lower_) if stem in index), lemma)
        for frame in index.get(lemma, ()):
            for words in frame.lemmas:
                end = _verb_words(token, words, lemma)
                if end is not None:
                    yield _verb(scene, token, end, frame)


def _as_noun(scene: Scene, token: Token) -> Iterator[tuple[Candidate | None, str]]:
    noun = token.pos_ in ("NOUN", "PROPN")
    if not (noun or (token.pos_ in ("ADJ", "ADV", "ADP") and token.dep_ not in ("prt", "prep"))):
        return
    lemma, by_head = token.lemma_.lower(), scene.codebook.nouns_by_head
    frames = by_head.get(lemma) or by_head.get(lemma.rsplit("-", 1)[-1]) or by_head.get(token.lower_, ())
    for frame in frames:
        for words in frame.lemmas:
            start = _noun_words(token, words)
            if start is not None and (" " in words or noun):
                yield _noun(scene, token, start, frame)


def _as_gerund(scene: Scene, token: Token) -> Iterator[tuple[Candidate | None, str]]:
    """'The kettling of marchers by police': a noun in -ing is read by the frames of its verb."""
    if not token.lower_.endswith("ing") or token.pos_ not in ("NOUN", "PROPN", "VERB"):
        return
    if not any(c.dep_ in ("det", "poss") or (c.dep_ == "prep" and c.lower_ in ("of", "by")) for c in token.children):
        return
    for stem in _stems(token.lower_):
        for frame in scene.codebook.verbs_by_head.get(stem, ()):
            for words in frame.lemmas:
                rest = words.split()[1:]
                end = token.i + 1 + len(rest)
                if [t.lower_ for t in token.doc[token.i + 1 : end]] == rest:
                    yield _gerund(scene, token, end, frame)


@cache
def _stems(word: str) -> tuple[str, ...]:
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
    candidate = Candidate(noun, noun.i, end, frame, carrier=syntax.carrier(noun))
    candidate.actors = noun_roles(scene, noun, ("by", "possessor"), [], "actor", frame.type)
    places = tuple("of" if place == "object" else place for place in frame.recipient)
    candidate.recipients = within(scene, noun_roles(scene, noun, places, candidate.actors, "recipient"), candidate.actors)
    return _settled(scene, candidate)


def _as_headline(scene: Scene, token: Token) -> Iterator[tuple[Candidate | None, str]]:
    """'Machete gang hacks ferry clerk': where the parser sees nouns only, a verb between two of them."""
    doc, i = token.doc, token.i
    if i == token.sent.start or not (_squeezed(token) or token.pos_ in ("NOUN", "PROPN")):
        return
    before = doc[i - 1]
    if _squeezed(token):
        verbs: tuple[str, ...] = (token.lemma_.lower(),)
    elif not _is_headline(token.sent):
        return
    elif before.lower_ == "to":  # 'Asmara to man trenches', 'vows to jail doctors'
        before = next((t for t in reversed(doc[token.sent.start : i]) if t.pos_ in ("NOUN", "PROPN")), before)
        verbs = (token.lower_,)
    elif before.pos_ not in ("NOUN", "PROPN") or any(t.tag_ in ("VBZ", "VBD", "VBP", "MD") for t in token.sent):
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
    return (word[:-1], *((word[:-2],) if word.endswith("es") else ()), *((word[:-3] + "y",) if word.endswith("ies") else ()))


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
    return _settled(scene, candidate)


def _as_adjective(scene: Scene, token: Token) -> Iterator[tuple[Candidate | None, str]]:
    if token.pos_ in ("ADJ", "ADV", "VERB") and token.dep_ in _PREDICATIVE:
        for frame in scene.codebook.adjectives.get(token.lemma_.lower(), ()):
            yield _verb(scene, token, token.i + 1, frame)


_PREDICATIVE = frozenset("acomp ROOT conj ccomp oprd advcl amod relcl".split())


def _verb_words(token: Token, words: str, lemma: str) -> int | None:
    """End of the trigger when `words` ("blow up") stand at this verb; None when they do not."""
    first, *rest = words.split()
    if lemma != first:
        return None
    end = token.i + 1
    for word in rest:
        match = next(
            (c for c in token.subtree if c.i > token.i and word in (c.lower_, c.lemma_.lower()) and c.i - token.i < 11
             and token in (c.head, c.head.head, c.head.head.head)),
            None,
        )  # fmt: skip
        if match is None:
            return None
        if match.i == end or (match.i == end + 1 and token.doc[end].text == "-"):
            end = match.i + 1
    return end


def _noun_words(token: Token, words: str) -> int | None:
    """Start of the trigger when `words` ("rocket attack") end at this noun; hyphens count as spaces."""
    if "-" in token.lemma_ and words in (token.lemma_.lower().replace("-", " "), token.lemma_.lower().replace("-", "")):
        return token.i
    position = token.i
    for word in reversed(words.split()):
        while position >= 0 and token.doc[position].text in ("-", "–"):
            position -= 1
        if position < 0 or word not in (token.doc[position].lemma_.lower(), token.doc[position].lower_):
            return None
        position -= 1
    return position + 1


def _verb(scene: Scene, verb: Token, end: int, frame: Frame) -> tuple[Candidate | None, str]:
    doer, done_to = syntax.logical_subject(verb), syntax.logical_object(verb)
    if done_to is None and end - verb.i > 1:  # 'fired on the migrants'
        done_to = next(iter(syntax.prep_objects(verb, verb.doc[end - 1].lower_)), None)
    if done_to is None and doer is not None and _bare_passive(verb, frame):
        doer, done_to = None, doer  # 'Synagogue firebombed in Rouen'
    why = misfit(scene, verb, frame, doer, done_to)
    if why:
        return None, why
    candidate = Candidate(verb, verb.i, end, frame)
    candidate.actors = roles(scene, frame.actor, doer, done_to, verb)
    moved = (
        frame.type in ("MOBILIZE", "RETREAT")
        and (verb.lemma_ in MOVED or (frame.wide and frame.type == "MOBILIZE"))
        and syntax.is_passive(verb)
    )
    if (
        moved
        and not candidate.actors
        and done_to is not None
        and scene.is_a(done_to, "armed")
        and not scene.is_a(done_to, "captive")
    ):
        candidate.actors, done_to = [done_to], None  # 'the troops were redeployed': the troops move
    candidate.recipients = within(
        scene, roles(scene, frame.recipient, doer, done_to, verb, candidate.actors), candidate.actors
    )
    if not candidate.recipients and done_to is not None and frame.recipient:
        candidate.recipients = parties_of(
            scene, done_to, candidate.actors
        )  # 'eased the curbs on X', 'signed a pact with X'
    parties = syntax.noun_agents(doer, "between") if doer is not None and not candidate.actors else []
    if parties:  # 'the truce between X and Y held'
        candidate.actors = [t for p in parties for t in syntax.with_conjuncts(p) if can_act(scene, t)]
    return _settled(scene, candidate)


def _bare_passive(verb: Token, frame: Frame) -> bool:
    """A headline's participle whose subject undergoes the deed: transitive, no object, no auxiliary."""
    return (
        verb.tag_ in ("VBD", "VBN")
        and "object" in frame.recipient
        and not any(c.dep_ in ("dobj", "aux", "ccomp", "xcomp", "dative") for c in verb.children)
        and _is_headline(verb.sent)
    )


def _noun(scene: Scene, noun: Token, start: int, frame: Frame) -> tuple[Candidate | None, str]:
    end_of = noun.i + 1
    qualifies = noun.dep_ == "compound" and noun.head.pos_ in ("NOUN", "PROPN") and noun.head.i > noun.i
    if qualifies and noun.head.lemma_.lower() not in {*operators().nouns, *_EVENT_CARRIERS}:
        return None, f"only qualifies '{noun.head.text}'"
    noun = noun.doc[start : noun.i + 1].root  # 'exchange of fire' hangs on 'exchange'
    end = max(end_of, noun.i + 1)
    verb = syntax.carrier(noun)
    why = misfit(scene, noun, frame, None, None) if not (frame.subject or frame.object) else ""
    if why and verb is not None:
        why = misfit(scene, verb, frame, None, None)
    if why:
        return None, why
    candidate = Candidate(noun, start, end, frame, carrier=verb)
    candidate.actors = noun_roles(scene, noun, frame.actor, [], "actor", frame.type)
    candidate.recipients = noun_roles(scene, noun, frame.recipient, candidate.actors, "recipient")
    if verb is not None:
        carried_roles(scene, candidate, verb)
    return _settled(scene, candidate)


_EVENT_CARRIERS = frozenset(
    "wave series spate campaign toll site scene victim attempt talk operation incident round".split()
)


def _settled(scene: Scene, candidate: Candidate) -> tuple[Candidate | None, str]:
    """Check what the frame needs, the topic of the sentence, and reciprocity."""
    needs, acting = candidate.frame.needs, candidate.actors
    if (
        needs in ("either", "recipient", "actor")
        and candidate.frame.type == "ASSAULT"
        and candidate.token.lemma_.lower() in VIOLENT
    ):
        needs = "none"  # 'the shelling has died away' names nobody, yet is about nothing else
    if candidate.frame.type == "ASSAULT" and needs == "either" and _said_absent(candidate.token):
        needs = "none"  # 'there have been no attacks on shipping': an absence report
    actor = any(scene.political(t) for t in acting)
    recipient = any(scene.political(t) for t in candidate.recipients)
    ok = {
        "none": True,
        "either": actor or recipient,
        "actor": actor,
        "recipient": recipient,
        "both": actor and recipient,
    }[needs]
    if not ok:
        return (
            None,
            f"{candidate.frame.source} needs a political {needs if needs != 'either' else 'actor or recipient'}",
        )
    candidate.recipients = sided(scene, candidate)
    topic = off_topic(scene, candidate)
    if topic:
        return None, f"the sentence is about {topic}"
    if candidate.frame.reciprocal and not candidate.recipients:
        candidate.notes.append("reciprocal")
    elif candidate.frame.reciprocal:
        candidate.notes.append("reciprocal")
        candidate.actors += [t for t in candidate.recipients if t not in candidate.actors]
        candidate.recipients = []
    return candidate, ""


def _said_absent(noun: Token) -> bool:
    """'there were no attacks': the noun of an existential clause that begins with 'no'."""
    exists = noun.dep_ == "attr" and any(c.dep_ == "expl" for c in noun.head.children)
    return exists and any(c.lower_ == "no" for c in noun.children if c.dep_ == "det")
