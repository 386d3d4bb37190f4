"""Other ways of giving somebody's word: according to, reportedly, nouns, 'quoting X', headlines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.events.cuewords import CUES
from detente.events.datelines import is_dateline
from detente.events.phrasal import open_reports
from detente.events.phrases import FINITE, Draft, Offsets, below, child, noun_phrase, sentence_of, subtree, verb_above
from detente.events.speaker import speaker
from detente.events.syntax import with_lemma, with_word, words_of
from detente.events.tokens import Doc, Token

_IN_WORDS = re.compile(r"in the (?:words|view|opinion|eyes|account) of ", re.I)
_ACCOUNT = ("account", "telling", "reckoning", "version", "estimate", "admission", "count", "tally", "list", "accounts")
_SOME = frozenset(["one", "another", "some", "most", "all", "several"])  # 'by one account'
_DASHED = re.compile(r"^(?P<before>[^\n]{12,200}?)\s+(?P<c>[-–—])\s+(?P<after>[^\n,]{2,40})$")
# 'COMMUNIQUE No. 7: units overran …', 'Comment by Peter K.: the council …', 'OCHA flash update: armed men …', whole sentences under a label
_LABEL = re.compile(
    r"^(?P<before>(?i:communiqu[eé]\b[^:,\n]{0,20}|comment by [^:,\n]{2,30})|[A-Z]\w+ [^:,\n]{0,15}\b(?:update|bulletin))(?P<c>:)\s+(?P<after>[^\n]{20,})$"
)
_HEADLINE = re.compile(r"^(?P<before>[^:\n]{2,200}?)(?P<c>:)\s+(?P<after>[^\n]{2,})$")


def according(doc: Doc) -> Iterator[Draft]:
    """'according to X', 'in the words of X': the rest of the clause is X's."""
    for token in with_word(doc, ("according", "per", "in", "judge", "judging")):
        if token.lower_ == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            last = token.i + 1
        elif token.lower_ == "per" and token.i + 1 < len(doc) and _per(token):
            last = token.i
        elif (
            token.lower_ in ("judge", "judging")
            and token.i + 1 < len(doc)
            and doc[token.i + 1].lower_ in ("from", "by")
        ):
            last = token.i + 1  # '…, to judge from a photograph on the minister's page'
        elif token.lower_ == "in" and token.i + 4 < len(doc) and _IN_WORDS.match(doc.text, token.idx):
            last = token.i + 3
        else:
            continue
        cue = set(range(token.i, last + 1))
        noun = child(doc[last], "pobj")
        if noun is not None:
            whole = noun_phrase(noun)
            comma = next((i for i in sorted(whole) if i > noun.i and doc[i].text == ","), len(doc))
            source = {i for i in whole if i < comma}
            yield Draft(cue, source, _said_by_phrase(token, whole | cue), kind="according-to")


def _per(token: Token) -> bool:
    """'Per the monitors, …' and '…, per Reuters', not 'per day'."""
    noun = child(token, "pobj")
    edge = token.is_sent_start or token.doc[token.i - 1].text == ","
    return edge and noun is not None and (noun.pos_ == "PROPN" or child(noun, "det") is not None)


def accounts(doc: Doc) -> Iterator[Draft]:
    """'By the bishop's account, …', 'In the telling of the village chief, …': the rest of the sentence is theirs."""
    for token in with_word(doc, _ACCOUNT):
        prep = token.head
        if prep.lower_ not in ("by", "in", "on") or token.dep_ != "pobj":
            continue
        of = next((g for p in token.children if p.lower_ == "of" for g in p.children if g.dep_ == "pobj"), None)
        owner = child(token, "poss") or of
        if any(c.lower_ in ("a", "an") for c in token.children) and child(token, "poss") is None:
            continue  # 'on a list of goods'
        fenced = prep.i > 0 and doc[prep.i - 1].text == ","
        if prep.i > sentence_of(token).start + 1 and not fenced:
            continue
        if owner is None and not (prep.lower_ == "by" and any(c.lower_ in _SOME for c in token.children)):
            continue
        source = (
            noun_phrase(owner) - {c.i for c in owner.children if c.dep_ == "case"}
            if owner is not None
            else noun_phrase(token)
        )
        yield Draft({prep.i, token.i}, source, set(sentence_of(token)) - subtree(prep), kind="according-to")


def _said_by_phrase(token: Token, block: set[int]) -> set[int]:
    """At an end of the sentence the phrase covers all of it; in the middle, the clause before it."""
    doc, sentence = token.doc, sentence_of(token)
    own = block | subtree(token)
    after = [i for i in sentence if i > max(own)]
    if token.i <= sentence.start + 1 or not any(doc[i].tag_ in FINITE for i in after):
        return set(sentence) - own
    nxt = next((i for i in after if not doc[i].is_punct), None)
    goes_on = nxt is not None and nxt + 1 < sentence.stop and doc[nxt + 1].pos_ in ("VERB", "AUX", "ADV")
    if nxt is not None and doc[nxt].tag_ == "CC" and not goes_on:
        return set(range(sentence.start, min(block)))
    return set(sentence) - own


def hearsay(doc: Doc) -> Iterator[Draft]:
    """'reportedly', 'allegedly': somebody unnamed says so. 'appears to': the writer infers."""
    lows, lemmas = words_of(doc)
    for i, lemma in enumerate(lemmas):
        if lows[i] not in CUES.hearsay and lemma not in CUES.seeming:
            continue
        token = doc[i]
        if token.lower_ in CUES.hearsay:
            phrase = token.head.pos_ == "ADP" or (token.i + 1 < len(doc) and doc[token.i + 1].dep_ == "prep")
            prep = token.head if token.head.pos_ == "ADP" else doc[min(token.i + 1, len(doc) - 1)]
            said = subtree(prep) if phrase else _own_clause(verb_above(token))  # 'apparently by mistake'
            yield Draft({token.i}, set(), said - {token.i}, "doubts", token.text, takes_quote=False)
        elif lemma in CUES.seeming and token.pos_ == "VERB" and below(token, ("xcomp", "oprd")):
            subject = child(token, "nsubj")
            papers = subject is not None and subject.lemma_.lower() in CUES.papers and lemma == "purport"
            source = noun_phrase(subject) if subject is not None and papers else set()
            content = below(token, ("nsubj", "xcomp", "oprd")) - source
            kind = "indirect" if source else "inference"
            yield Draft({token.i}, source, content, "doubts", token.text, kind, takes_quote=False)


def _own_clause(head: Token) -> set[int]:
    out = subtree(head)
    for part in head.children:
        if part.dep_ in ("advcl", "parataxis") or (part.dep_ == "conj" and part.pos_ == "VERB"):
            out -= subtree(part)
    return out


_SPREADING = frozenset(
    "spread emerge circulate come surface be swirl reach abound fly filter leak persist mount grow arrive".split()
)


def nouns(doc: Doc) -> Iterator[Draft]:
    """'the claim that …', 'a statement by X that …', 'X's accusation that …', 'word spread that …'."""
    for token in with_lemma(doc, CUES.nouns | _FEELINGS):
        lemma = token.lemma_.lower()
        if token.pos_ not in ("NOUN", "PROPN") or (lemma in _FEELINGS and token.head.lemma_ not in _UTTERING):
            continue
        clauses = [*token.children]
        if token.dep_ in ("nsubj", "nsubjpass") and token.head.lemma_ in _SPREADING:
            clauses += [c for c in token.head.children if c.dep_ in ("ccomp", "advcl")]
        content = {i for c in clauses if c.i > token.i and _that(c) for i in subtree(c)}
        if not content and open_reports(token) and (of := _of(token)):  # 'unconfirmed reports from Idlib of a strike'
            yield Draft({token.i}, set(), {i for c in of for i in subtree(c)}, "doubts", token.text, "noun", False)
            continue
        if content:
            stance = CUES.noun_stance.get(lemma, "asserts")
            if token.head.lemma_ == "verify" and token.dep_ == "dobj" and child(token.head, "neg") is not None:
                continue  # 'could not verify claims that …' is told by the verb
            if stance == "asserts" and open_reports(token):
                stance = "doubts"
            hedge = token.text if stance == "doubts" else None
            yield Draft({token.i}, _owner(token), content, stance, hedge, kind="noun", takes_quote=False)


_FEELINGS = frozenset("dismay concern alarm regret surprise anger satisfaction outrage relief confidence".split())


def _of(noun: Token) -> list[Token]:
    """What 'reports (from Tartus) of a raid' are of."""
    preps = [p for t in (noun, *noun.subtree) for p in t.children if p.lower_ == "of" and p.i > noun.i]
    return [o for p in preps[:1] for o in p.children if o.dep_ in ("pobj", "pcomp")]


_UTTERING = frozenset("voice express raise make issue repeat reiterate level air cast renew share".split())


def _owner(token: Token) -> set[int]:
    """Whose claim: possessor, 'by'/'from' phrase, or 'attributes to X the claim'."""
    owner = child(token, "poss")
    if owner is not None and owner.tag_ == "PRP$" and token.dep_ == "dobj":
        return speaker(token.head) or noun_phrase(owner)  # 'a daily withdrew its report that …'
    if owner is not None:
        return noun_phrase(owner) - {c.i for c in owner.children if c.dep_ == "case"}
    preps = [c for c in token.children if c.dep_ == "prep" and c.lower_ in ("by", "from")]
    if token.dep_ == "dobj" and token.head.lemma_ in _UTTERING:
        return speaker(token.head)
    if token.head.lemma_ == "attribute":
        preps += [c for c in token.head.children if c.lower_ == "to"]
    thing = next((g for p in preps for g in p.children if g.dep_ == "pobj"), None)
    return noun_phrase(thing) if thing is not None else set()


def _that(token: Token) -> bool:
    aux = {c.lower_ for c in token.children if c.dep_ == "aux"}
    if token.dep_ == "acl" and {"to", "have"} <= aux:
        return True  # 'the claim by X to have blown it up'
    return token.dep_ in ("acl", "ccomp", "relcl", "advcl", "appos") and any(
        c.lower_ == "that" and (c.dep_ == "mark" or (c.dep_ == "dobj" and c.tag_ == "IN")) for c in token.children
    )


def quoting(doc: Doc, drafts: list[Draft]) -> Iterator[Draft]:
    """'the paper said, quoting officials': its word is theirs; 'X cited Y as saying', 'cites a teacher who claims'."""
    by_cue = {i: d for d in drafts for i in d.cue}
    for token in with_lemma(doc, ("quote", "cite", "relay")):
        if token.pos_ not in ("VERB", "SCONJ", "ADP"):
            continue
        outer = by_cue.get(token.i)
        inner = next((by_cue[t.i] for t in _sayings(token) if t.i in by_cue and by_cue[t.i] is not outer), None)
        if inner is not None:
            if outer is None:
                outer = Draft({token.i}, speaker(token))
                yield outer
            inner.within, outer.stance, outer.kind, outer.takes_quote = outer, "asserts", "indirect", False
            outer.content = inner.content | inner.cue | inner.source
        elif token.tag_ == "VBG" and (thing := child(token, "dobj")) is not None and _may_speak(thing):
            head = by_cue.get(token.head.i) or by_cue.get(token.head.head.i)
            if head is not None and head is not outer:
                yield _passed_on(token, thing, head, outer)


_ABSTRACT = re.compile(r"(?:tion|sion|ity|ment|ness|ism|ance|ency|ship|ing)$")
_REASONS = frozenset(
    "concern reason fear threat lack need risk rule law violence pressure cost shortage right weather case example "
    "precedent clause article history way day deadline price".split()
)


def _may_speak(noun: Token) -> bool:
    """'citing officials', 'citing a leaked cable', not 'citing provocations' or 'citing security concerns'."""
    lemma = noun.lemma_.lower()
    if noun.pos_ == "PROPN" or lemma in CUES.papers | CUES.things or lemma in CUES.nouns:
        return True
    return lemma not in _REASONS and not _ABSTRACT.search(lemma)


def _sayings(token: Token) -> Iterator[Token]:
    """The verbs of saying that a verb of quoting leads to."""
    for part in token.children:
        if part.dep_ in ("prep", "mark"):
            yield from (g for g in part.children if g.tag_ == "VBG")
        elif part.dep_ == "dobj":
            yield from (g for g in part.children if g.dep_ == "relcl")
        elif part.tag_ == "VBG":
            yield part


def _passed_on(token: Token, thing: Token, head: Draft, outer: Draft | None) -> Draft:
    if outer is not None:
        outer.content, outer.takes_quote = set(), False
    of = next(
        (g for p in thing.children if p.lower_ in ("from", "of", "by") for g in p.children if g.dep_ == "pobj"), None
    )
    source = noun_phrase(of if token.lemma_ == "relay" and of is not None else thing)
    return Draft({token.i}, source, head.content - {token.i} - source, takes_quote=False, within=head)


_OFFICES = frozenset(
    "ombudsman mayor governor police army ministry minister president premier watchdog envoy general admiral bishop rebel "
    "government navy union agency charity court medic rescuer monitor group ngo coastguard spokesman spokeswoman report un hospital defence".split()
)


def headlines(doc: Doc) -> Iterator[Draft]:
    """'UN: truce holds' and 'Truce holds: UN', on a line of its own that ends without a full stop."""
    at = 0
    for line in doc.text.split("\n"):
        offset = at + len(line) - len(line.lstrip())
        at += len(line) + 1
        ways: tuple[tuple[re.Pattern[str], str, str], ...] = ((_LABEL, "before", "after"),)
        if not line.rstrip().endswith((".", ",", ";")):
            ways = ((_HEADLINE, "after", "before"), (_HEADLINE, "before", "after"), (_DASHED, "after", "before"))
        for pattern, source, content in ways:
            match = pattern.match(line.strip())
            spans = [(offset + match.start(k), offset + match.end(k)) for k in (source, content)] if match else []
            draft = _headline(doc, spans[0], spans[1], offset + match.start("c"), pattern is _LABEL) if match else None
            if draft is not None:
                yield draft
                break


_TOPICS = frozenset(
    "breaking analysis update live video photos opinion exclusive watch explainer interview profile timeline comment editorial".split()
)


def _headline(doc: Doc, source: Offsets, content: Offsets, colon: int, label: bool) -> Draft | None:
    span = doc.char_span(*source, alignment_mode="expand")
    said = doc.char_span(*content, alignment_mode="expand")
    if span is None or said is None or len(span) > 6 or len(said) < 4:
        return None
    named = any(t.ent_type_ in ("PERSON", "ORG", "GPE", "NORP") or t.pos_ == "PROPN" for t in span)
    # 'Harbour Police: …'; one word alone ('Briefs: …') has its capital from where it stands
    named = named or (len(span) == 2 and all(t.text.istitle() for t in span) and span.root.lower_ not in _TOPICS)
    person = named or span.root.lemma_.lower() in CUES.anonymous_heads | _OFFICES
    if not label and (not person or any(t.pos_ in ("VERB", "AUX", "NUM") for t in span)):
        return None
    if source < content and is_dateline(span, said):
        return None
    mark = {t.i for t in (*span, *said, doc[max(span.start - 1, 0)], doc[max(said.start - 1, 0)]) if t.idx == colon}
    return Draft(mark, {t.i for t in span} - mark, {t.i for t in said} - mark, kind="headline", takes_quote=False)
