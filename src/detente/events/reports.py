"""'…, the major shouted to the raiders', '…, read a notice on the quay': reporting clauses between commas, by word order.

Takes what the verbs' own grammar (`speech`) leaves: asides whose verb the parse hangs elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from detente.events.asides import EVER, NOMINAL, addressed, goes_on, has_object, plain_order
from detente.events.cuewords import CUES
from detente.events.idioms import idiom_at
from detente.events.phrases import FINITE, Draft, child, noun_phrase, sentence_of
from detente.events.stretches import Stretch, lemma_of, says, spoken, stretches
from detente.events.syntax import with_lemma, with_word
from detente.events.tokens import Doc, Token


def reports(doc: Doc, known: Collection[int], told: Collection[int]) -> Iterator[Draft]:
    """A draft for each reporting clause whose verb is none of the `known` cues; its content is what it was cut out of.

    Where the speaker has a relative clause, other rules may know the cue but not what it told: only the `told` ones are left to them.
    """
    found = stretches(doc)
    yield from _messages(found)
    for k, stretch in enumerate(found):
        for report in stretch.reports:
            verb = spoken([t for t in report if t.text != ","])
            at = next((n for n, t in enumerate(report) if says(t) or t is verb), None)
            if at is None or report[at].i in told:
                continue
            if report[at].i in known and not any(t.lower_ == "who" for t in report[:at]):
                continue
            if report[at].tag_ == "NNS" and report[at].dep_ == "pobj" and report[0].dep_ == "advmod":
                continue  # 'Contrary to early reports, …'
            if _undergone(report, at) or (_own_object(report[at]) if at else plain_order(report[0])):
                continue
            source = _source(report, at)
            nobody = [t.lower_ for t in report if t.i in source] == ["it"] and report[at].tag_ == "VBN"
            if source:
                content = {t.i for t in stretch.words} | _before(found, k)
                if min(report, key=lambda t: t.i).i > 0 and doc[report[0].i - 1].tag_ == "CC":
                    content = {i for i in content if i > report[-1].i}  # 'or, she added, for good'
                content -= _others_word(doc, report[-1].i + 1)
                cue = {t.i for t in report[at : at + max(1, idiom_at(report[at]))]}
                stance = CUES.verbs.get(lemma_of(report[at]), {}).get("c", "asserts")
                content -= source | cue
                yield Draft(cue, set() if nobody else source, content, "asserts" if stance == "attitude" else stance)


def _others_word(doc: Doc, comma: int) -> set[int]:
    """'…, a court was told, *but a call from the palace stopped them*': what a conjunction adds with a doer of its own."""
    if comma + 1 >= len(doc) or doc[comma].text != "," or doc[comma + 1].tag_ != "CC":
        return set()
    end = doc[comma].sent.end
    own = any(t.tag_ in FINITE for t in doc[comma:end]) and not goes_on(
        doc, comma + 1, end, doc[comma].sent[0].tag_ == "VB"
    )
    return set(range(comma, end)) if own else set()


_MISREAD = frozenset("whisper claim report reckon state say allege warn note insist hint".split())


def misread(doc: Doc, known: Collection[int]) -> Iterator[Draft]:
    """'A Telegram channel claims Dushanbe has taken …', whose verb the parser takes for a noun: read off the word order."""
    for token in with_lemma(doc, _MISREAD):
        if token.i in known or token.tag_ in FINITE - {"VBP"}:
            continue
        line = sentence_of(token)
        before, after = doc[line.start : token.i], doc[token.i + 1 : line.stop]
        if not before or not all(t.pos_ in NOMINAL or t.tag_ == "HYPH" for t in before):
            continue
        many = {before[-1].tag_, before.root.tag_} & {"NNS", "NNPS"} != set()
        verb = next((n for n, t in enumerate(after) if t.tag_ in FINITE), 0)
        clause = [t for t in after[:verb] if t.lower_ != "that"]
        agrees = (token.lower_ == token.lemma_.lower()) == many and before[-1].pos_ in ("NOUN", "PROPN")
        if agrees and clause and all(t.pos_ in NOMINAL for t in clause) and verb < 10:
            content = {t.i for t in after if not t.is_space} - {line.stop - 1 if doc[line.stop - 1].is_punct else -1}
            yield Draft({token.i}, {t.i for t in before}, content, takes_quote=False)


def _own_object(verb: Token) -> bool:
    """Whether what is said stands with the verb ('asked for more time'), which is no idiom ('let slip', 'ran a note from')."""
    return has_object(verb) and not idiom_at(verb) and verb.lemma_ not in ("run", "go", "read")


def _undergone(report: Sequence[Token], at: int) -> bool:
    """'was widely read as a threat', 'is forecast': what stands before is no speaker, unless it is an 'it'."""
    before = report[:at]
    passive = report[at].tag_ == "VBN" and any(t.lemma_ == "be" for t in before)
    if passive and report[at].lemma_ == "tell" and report[0].i > report[0].sent.start + 1:
        return False  # '…, a court was told.'
    ever = bool(before) and before[-1].lower_ in EVER and report[at].tag_ == "VBN"
    return ever or (passive and not any(t.lower_ == "it" for t in before))


def _source(report: Sequence[Token], at: int) -> set[int]:
    """The words before the verb, or, where it comes first, the noun phrase after it."""
    before = [t for t in report[:at] if t.pos_ != "AUX" and t.pos_ != "ADV"]
    while before and before[0].text == ",":
        before = before[1:]
    while before and before[-1].text == ",":
        before = before[:-1]
    if any(t.pos_ in ("NOUN", "PROPN", "PRON") or (t.pos_ == "ADJ" and t is before[-1]) for t in before):
        return {t.i for t in before}
    after: list[Token] = []
    for token in report[at + 1 :]:
        if (token.pos_ not in NOMINAL and token.tag_ not in ("POS", "HYPH", "VBN")) or token.tag_ in FINITE:
            break
        after.append(token)
    return {t.i for t in after} if any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in after) else set()


def _before(found: Sequence[Stretch], k: int) -> set[int]:
    """Stretches before a semicolon in the same voice: 'Cross the river and we shoot; stay, and …, the major shouted'."""
    out: set[int] = set()
    while k and found[k - 1].cut == ";" and not found[k - 1].reports and addressed(found[k - 1].words):
        k -= 1
        out |= {t.i for t in found[k].words}
    return out


_MESSAGE = frozenset(
    "message ultimatum warning offer note order statement terms letter threat vow pledge demand answer".split()
)


def _messages(found: Sequence[Stretch]) -> Iterator[Draft]:
    """'An envoy passed on the emir's message: one more drone and …': the words are the emir's, by way of the envoy."""
    for stretch, after in pairwise(found):
        noun = next((t for t in stretch.words if t.lemma_.lower() in _MESSAGE and t.pos_ == "NOUN"), None)
        owner = child(noun, "poss") if noun is not None and stretch.cut == ":" else None
        if noun is None or owner is None:
            continue
        source = noun_phrase(owner) - {c.i for c in owner.children if c.dep_ == "case"}
        draft = Draft({noun.i}, source, {t.i for t in after.words}, kind="noun", takes_quote=False)
        verb = next((t for t in noun.ancestors if t.pos_ == "VERB"), None)
        bearer = child(verb, "nsubj") if verb is not None else None
        if verb is not None and bearer is None and verb.dep_ == "acl":
            bearer = verb.head  # 'An envoy passed on …:', parsed as the envoy who was passed
        if verb is not None and bearer is not None and bearer.pos_ != "PRON":
            draft.within = Draft({verb.i}, noun_phrase(bearer), draft.content | draft.cue | source, takes_quote=False)
            yield draft.within
        yield draft


def beyond_colon(doc: Doc, drafts: Sequence[Draft]) -> None:
    """'The witness swears that he made it up: no soldier was there': what follows the colon is the same voice's."""
    for draft in drafts:
        after = max(draft.cue, default=len(doc)) + 1
        if draft.source and not draft.content and after + 3 < len(doc) and doc[after].text == ":":
            draft.content = {i for i in range(after + 1, doc[after].sent.end) if not doc[i].is_space}
        last = max(draft.content, default=-1)
        if (
            draft.kind != "headline"
            and 0 <= last < len(doc) - 3
            and min(draft.cue) < last
            and doc[last + 1].text == ":"
        ):
            draft.content |= {i for i in range(last + 1, doc[last].sent.end) if not doc[i].is_space}


def and_that(doc: Doc, drafts: Sequence[Draft]) -> None:
    """'says its gunners never fired, *and that the shells came from across the river*': a second clause, wherever the parse hangs it."""
    for i in (t.i for t in with_word(doc, ("that",)) if t.i > 2 and t.nbor(-1).lower_ in ("and", "or", "but", "alone")):
        line = sentence_of(doc[i])
        saying = [
            d
            for d in drafts
            if d.source and d.content and line.start <= max(d.cue) < min(d.content) < i and max(d.content) < i
        ]
        draft = max((d for d in saying if d.kind == "indirect"), key=lambda d: max(d.cue), default=None)
        if draft is not None and doc[i].dep_ == "mark" and max(draft.content) > i - 6:
            end = next((k for k in range(i, line.stop) if doc[k].text == ";"), line.stop)
            draft.content |= set(range(i, end)) - {line.stop - 1 if doc[line.stop - 1].is_punct else -1}


def own_comment(doc: Doc, draft: Draft) -> int:
    """', a charge that the governor has called an invention': where the reporter sums up what was told, else the text's end."""
    last = max(draft.cue | draft.source, default=0)
    for i in range(last + 1, max(draft.content, default=0) - 2):
        if doc[i].text == "," and doc[i + 1].lower_ in ("a", "an") and doc[i + 2].lemma_.lower() in _SUMS:
            return i
    return len(doc)


_SUMS = frozenset("charge claim allegation accusation move step decision offer account version act demand".split())


def set_in(doc: Doc, draft: Draft) -> set[int]:
    """', *which were severed in 1961*': what the reporter adds about a thing that a speaker named before, told as past."""
    out: set[int] = set()
    for i in draft.content:
        clause = doc[i]
        first = clause.left_edge
        if clause.dep_ != "relcl" or first.i <= max(draft.cue, default=0) or doc[first.i - 1].text != ",":
            continue
        if first.i - 2 in draft.cue or any(t.lower_ == "according" for t in clause.subtree):
            continue  # 'it is rangers, farmers say, who …'
        asking = any(t.lower_ in ("which", "who", "whom", "whose", "where") for t in doc[first.i : first.i + 2])
        if asking and not any(c.tag_ == "MD" for c in clause.children) and not _of_the_tale(clause):
            out |= {t.i for t in clause.subtree}
    return out


def _of_the_tale(clause: Token) -> bool:
    """'woken by a man, who stabbed her', 'his tenure, to which he credits it': somebody new, or what the speaker does."""
    new = any(c.lower_ in ("a", "an", "some") for c in clause.head.children)
    doer = child(clause, "nsubj", "nsubjpass")
    return new or (doer is not None and doer.lower_ in ("i", "we", "he", "she", "they"))
