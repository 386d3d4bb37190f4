"""Verbs of speech, thought, denial, blame, threat and request: who, and what part of the sentence they bring."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from detente.events.asides import EVER, NOMINAL, after_verb, aside
from detente.events.cuewords import CUES, Cue
from detente.events.phrases import FINITE, Draft, below, child, noun_phrase, sentence_of, subtree

_NOBODY = {"no", "none", "nobody", "neither", "nothing"}


def verbs(doc: Doc) -> Iterator[Draft]:
    """One draft per cue verb that has something to bring."""
    for token in doc:
        cue = CUES.verbs.get(token.lemma_.lower())
        if cue is None or token.pos_ not in ("VERB", "AUX", "NOUN") or token.dep_ in ("amod", "compound", "aux"):
            continue
        if token.pos_ == "NOUN" and not (
            token.tag_ == "NNS" and token.lemma_ in ("show", "say", "state") and _ends(token)
        ):
            continue
        draft = _verb(token, cue)
        if draft is not None and draft.kind != "attitude":
            yield draft


def _ends(token: Token) -> bool:
    """'…, a letter shows.': a verb taken for a noun at the very end."""
    return token.i + 1 < len(token.doc) and token.doc[token.i + 1].text in (".", ",")


def _verb(token: Token, cue: Cue) -> Draft | None:
    if token.tag_ == "VBN" and token.i and token.nbor(-1).lower_ in EVER:
        return None
    by = child(token, "agent")
    if child(token, "nsubjpass") is not None and by is None:
        return _passive(token)
    if any(c.lower_ in _NOBODY for s in token.children if s.dep_ == "nsubj" for c in s.subtree if c.i <= s.i):
        return None
    if _is_own_knowledge(token) or (token.dep_ == "xcomp" and token.head.lemma_.lower() in CUES.seeming):
        return None
    beside = aside(token) if cue.get("c") else None
    if token.pos_ == "NOUN" and beside is None:
        return None
    source = beside[0] if beside else speaker(token)
    draft = Draft(cue_tokens(token), source)
    if beside:
        draft.content, draft.stance = beside[1], cue["c"]
    elif by is not None and token.lemma_ == "claim":
        draft.content, draft.stance = _claimed_thing(token), "claims"
    elif not _complement(token, cue, draft):
        return None
    return _settle(token, cue, draft)


def _is_own_knowledge(token: Token) -> bool:
    """'reported not having seen any fire': the speaker's own knowledge, not another voice."""
    subject = child(token, "nsubj")
    return (
        token.dep_ == "ccomp" and token.lemma_.lower() in CUES.silent and subject is not None and subject.tag_ == "PRP"
    )


def _settle(token: Token, cue: Cue, draft: Draft) -> Draft:
    if draft.stance == "attitude":
        draft.stance, draft.kind = "asserts", "attitude"
    draft.takes_quote = bool(cue.get("c")) and token.lemma_.lower() not in CUES.silent
    if draft.stance == "doubts":
        draft.hedge = token.text
    _refine(token, cue, draft)
    draft.content -= draft.source | draft.cue
    return draft


def _complement(token: Token, cue: Cue, draft: Draft) -> bool:
    """Fill in the clause, infinitive or object; False where the verb can bring nothing at all."""
    if cue.get("c") and (clause := _clause(token)):
        draft.content, draft.stance = clause, cue["c"]
    elif cue.get("x") and (inf := below(token, ("xcomp",))):
        draft.content, draft.stance = inf, cue["x"]
    elif cue.get("o") and (thing := _object(token, cue)):
        draft.content, draft.stance = thing, cue["o"]
    elif cue.get("c"):
        draft.stance = cue["c"]
    else:
        return False
    return True


def _clause(token: Token) -> set[int]:
    """A complement clause, or 'that …' which the parser hung on the person told."""
    content: set[int] = set()
    if token.dep_ == "acl" and _is_clause(token):
        content |= {i for c in token.head.children if _has_that(c) and c.i > token.i for i in subtree(c)}
    for part in token.children:
        if part.dep_ == "ccomp" and part.i < token.i and _closed_off(part, token):
            continue
        if (
            part.dep_ == "ccomp"
            or (part.dep_ in ("parataxis", "dep") and part.pos_ in ("VERB", "AUX"))
            or (part.dep_ in ("advcl", "xcomp") and (_has_that(part) or part.tag_ in FINITE))
        ):
            content |= subtree(part) - _next_saying(part, token)
        elif part.dep_ in ("dobj", "dative", "pobj"):
            content |= {
                i for g in part.children if g.dep_ in ("relcl", "acl", "ccomp") and _told(g, token) for i in subtree(g)
            }
        elif part.dep_ == "agent" and token.lemma_ == "tell":
            content |= {i for g in part.children for c in g.children if _told(c, token) for i in subtree(c)}
        elif part.dep_ == "prep" and part.lower_ in ("of", "about", "to") and (thing := child(part, "pcomp")):
            content |= subtree(thing)
    content = content or _late_clause(token)
    if content or token.dep_ not in ("parataxis", "ccomp") or token.head == token:
        return content
    return subtree(token.head) - subtree(token) if token.dep_ == "parataxis" else set()


def _next_saying(clause: Token, verb: Token) -> set[int]:
    """'said it had no part in it and blamed rebels': the second verb of speech is the speaker's own, not what was said."""
    out: set[int] = set()
    for other in clause.conjuncts:
        cue = CUES.verbs.get(other.lemma_.lower(), {})
        saying = "c" in cue or cue.get("o") in ("blames", "denies")
        if saying and other.tag_ == verb.tag_ and other.tag_ in FINITE and child(other, "nsubj", "aux") is None:
            out |= subtree(other) | {c.i for c in clause.children if c.dep_ == "cc" and c.i < other.i}
    return out


def _late_clause(token: Token) -> set[int]:
    """'alleges, citing a clerk, that …': the clause after something set in between commas."""
    doc, line = token.doc, sentence_of(token)
    if token.i + 2 >= line.stop or doc[token.i + 1].text != ",":
        return set()
    shut = next((i for i in range(token.i + 2, min(token.i + 16, line.stop - 1)) if doc[i].text == ","), None)
    if shut is None or doc[shut + 1].lower_ != "that":
        return set()
    last = line.stop - 1 if doc[line.stop - 1].is_punct else line.stop
    return set(range(shut + 1, last))


def _has_that(token: Token) -> bool:
    return any(c.lower_ in ("that", "whether", "how", "why") and c.dep_ in ("mark", "advmod") for c in token.children)


def _told(clause: Token, verb: Token) -> bool:
    """'told a briefing that Islamabad would …': the clause is what was told, not which briefing."""
    first = clause.left_edge
    return first.lower_ == "that" and verb.lemma_ in (
        "tell",
        "inform",
        "assure",
        "warn",
        "remind",
        "notify",
        "convince",
    )


def _closed_off(part: Token, token: Token) -> bool:
    """'The army says nine died; the militants say …': a whole sentence before a semicolon is not theirs."""
    mark = next((t for t in token.doc[part.i : token.i] if t.text == ";"), None)
    speaks = part.lemma_.lower() in CUES.verbs and child(part, "nsubj") is not None
    return mark is not None and speaks and mark.i > part.right_edge.i


_TELLING = ("of", "for", "on", "as", "about", "at")


def _object(token: Token, cue: Cue) -> set[int]:
    """Objects and 'for/of/on …' phrases: 'denied reports of …', 'accused X of …', 'blamed X for …'."""
    things = below(token, ("dobj", "dative"))
    tails: set[int] = set()
    by = [g for c in token.children if c.dep_ == "agent" for g in c.children]  # 'accused by Dakar of burning …'
    for part in (c for t in (token, *by) for c in t.children):
        if part.dep_ == "prep" and part.lower_ in _TELLING and (part.head == token or child(part, "pcomp")):
            tails |= subtree(part)
    as_false = token.lemma_.lower() in CUES.labels and _FALSE.search(" ".join(t.text for t in token.subtree))
    if not things and (cue.get("o") == "denies" or as_false):  # 'termed as baseless reports that …'
        return tails
    return things | tails if things or cue.get("o") == "blames" else set()


def _claimed_thing(token: Token) -> set[int]:
    """What 'was claimed by' somebody: the subject, or the noun a relative clause hangs on."""
    subject = child(token, "nsubjpass")
    if token.dep_ == "conj" and subject is None:
        subject, token = child(token.head, "nsubjpass", "nsubj"), token.head
    if subject is not None and subject.tag_ not in ("WDT", "WP"):
        return subtree(subject)
    return noun_phrase(token.head) if token.dep_ in ("relcl", "acl") else set()


# -------------------------------------------------------------------------------------------- sources
def speaker(token: Token) -> set[int]:
    """The tokens of the speaker: subject, by-agent, or what a participle or relative clause hangs on."""
    agent = child(token, "agent")
    if agent is not None:
        who = [g for g in agent.children if g.dep_ == "pobj"]
        done = {i for g in who for p in g.children if child(p, "pcomp") for i in subtree(p)}  # 'by Dakar of burning'
        return {i for g in who for i in noun_phrase(g)} - done
    subject = child(token, "nsubj", "csubj")
    if subject is not None:
        if subject.tag_ in ("WP", "WDT"):
            return noun_phrase(token.head) if token.dep_ == "relcl" else set()
        line = sentence_of(token)
        if subject.i not in line:
            return _line_start(token, line)
        return noun_phrase(subject) if subject.pos_ in (*NOMINAL, "ADV") else set()
    if token.dep_ == "conj" and token.head.dep_ == "ccomp" and token.i in _next_saying(token.head, token.head.head):
        return speaker(token.head.head)
    if token.dep_ == "conj" and token.tag_ in FINITE and token.head.tag_ == "VB" and (told := _told_above(token)):
        return told
    if token.dep_ == "acl" and _is_clause(token):
        return noun_phrase(token.head)
    if token.dep_ in ("xcomp", "conj", "advcl") and token.head != token:
        return _of_head(token.head)
    name = child(token, "compound")
    if name is not None and name.i == token.i - 1 and token.pos_ == "VERB":
        return below(token, ("compound", "det"))  # 'The Baloch Falcons boast of …', parsed as one name
    if token.dep_ == "acl" and token.tag_ == "VBG":
        return noun_phrase(token.head)
    if token.dep_ == "pcomp" and token.head.head != token.head:
        above = token.head.head
        thing = child(above, "dobj")
        return noun_phrase(thing) if thing is not None and above.lemma_ in ("cite", "quote") else _of_head(above)
    return after_verb(token, sentence_of(token))


def _told_above(token: Token) -> set[int]:
    """'said a fire was to blame and denied that …', with 'denied' hung on the infinitive: who said is who denied."""
    above = next((t for t in token.ancestors if t.lemma_.lower() in CUES.verbs and child(t, "nsubj")), None)
    return speaker(above) if above is not None and above.tag_ in FINITE else set()


def _is_clause(token: Token) -> bool:
    """'The militia alleged on Wednesday, offering no proof, that …', parsed as a noun with two clauses."""
    return token.head.head == token.head and any(_has_that(c) and c.i > token.i for c in token.head.children)


def _line_start(token: Token, line: range) -> set[int]:
    """The noun phrase just before a verb whose subject the parser sought on an earlier line."""
    at = token.i - 1
    while at in line and token.doc[at].pos_ in ("AUX", "ADV", "PART"):
        at -= 1
    return noun_phrase(token.doc[at]) & set(line) if at in line and token.doc[at].pos_ in NOMINAL else set()


def _of_head(token: Token) -> set[int]:
    passive = child(token, "nsubjpass")
    return noun_phrase(passive) if passive is not None else speaker(token)


def cue_tokens(token: Token) -> set[int]:
    """The verb with its particle, auxiliaries and negation close by."""
    return {token.i} | {
        c.i for c in token.children if c.dep_ in ("prt", "neg", "aux", "auxpass") and abs(c.i - token.i) <= 3
    }


# ------------------------------------------------------------------------------------- passive, stance
def _passive(token: Token) -> Draft | None:
    """'X is said to …', 'are feared hijacked', 'it is believed that …': nobody named says so."""
    if token.lemma_.lower() not in CUES.passive:
        return None
    clause = below(token, ("ccomp",))
    if not clause:
        clause = below(token, ("xcomp", "oprd"))
        clause |= below(token, ("nsubjpass",)) if clause else set()
    return Draft({token.i}, set(), clause, "doubts", token.text, takes_quote=False) if clause else None


_CLAIMED = re.compile(
    r"\b(?:responsibility|credit|blast|attack|bombing|strike|raid|killing|ambush|shooting|authorship)\b", re.I
)
_NOT_US = re.compile(
    r"\b(?:had|has|have|played|took) (?:nothing to do with|no (?:part|role|hand|involvement) in)"
    r"|\bnot (?:behind|responsible|involved)\b",
    re.I,
)
_FALSE = re.compile(
    r"\b(?:baseless|unfounded|false|untrue|nonsense|fabricat\w+|lies?|fiction|propaganda|smear|groundless)\b", re.I
)


def _refine(token: Token, cue: Cue, draft: Draft) -> None:
    """Stances that the verb alone does not give: rulings out, claims of responsibility, own deeds, hedges."""
    doc, lemma = token.doc, token.lemma_.lower()
    text = " ".join(doc[i].text for i in sorted(draft.content))
    if lemma == "rule" and any(c.lower_ == "out" for c in token.children):
        refused = child(token, "neg")
        draft.stance, draft.kind, draft.content = ("doubts" if refused else "denies"), "indirect", _object(token, {})
        draft.hedge = "not ruled out" if refused else None
    elif lemma in CUES.labels and _FALSE.search(" ".join(t.text for t in token.subtree)):
        draft.stance, draft.kind, draft.content = "denies", "indirect", _object(token, cue)
    elif (
        lemma == "claim"
        and (thing := child(token, "dobj"))
        and _CLAIMED.search(" ".join(t.text for t in thing.subtree))
    ):
        draft.stance = "claims"
    elif (
        draft.stance == "denies" and draft.content and (no := child(token, "neg")) is not None and token.dep_ != "xcomp"
    ):
        draft.stance, draft.hedge = "doubts", f"{no.lower_} {token.lower_}"  # 'did not exclude that …', 'did not deny'
    elif draft.stance == "asserts" and lemma in _SAYING and (no := child(token, "neg")) is not None:
        draft.stance, draft.hedge = "doubts", f"{no.lower_} {token.lower_}"  # 'would not say whether …'
    elif draft.stance == "asserts" and (_NOT_US.search(text) or _called_false(doc, draft)):
        draft.stance = "denies"
    elif lemma in ("confirm", "deny", "verify", "corroborate", "substantiate") and (word := _not_settled(token)):
        draft.stance, draft.kind, draft.hedge = "doubts", "indirect", word
        draft.content = draft.content or below(token, ("dobj",))
    elif draft.stance == "asserts" and draft.content and (_own_deed(doc, draft) or _admitted(token, draft)):
        draft.stance = "claims"
    hedge = _hedge(doc, draft.content)
    if hedge and draft.stance in ("asserts", "claims"):
        draft.stance, draft.hedge = "doubts", hedge


_SAYING = frozenset("say disclose reveal specify clarify announce".split())
_FORCES = frozenset("man fighter unit force troop soldier comrade group brigade battalion commando guerrilla".split())


def _called_false(doc: Doc, draft: Draft) -> bool:
    """'said the claim that … was false', 'said reports of … were baseless'."""
    root = _root_of(doc, draft.content)
    subject = child(root, "nsubj", "nsubjpass") if root is not None else None
    if root is None or subject is None or subject.lemma_.lower() not in CUES.nouns or child(root, "neg") is not None:
        return False
    said = [doc[i].text for c in root.children if c.dep_ in ("acomp", "attr", "oprd") for i in sorted(subtree(c))]
    return bool(_FALSE.search(" ".join(said)))


def _not_settled(token: Token) -> str | None:
    """'neither confirmed nor denied', 'could not verify', 'declined to confirm': what says that it stays open."""
    around = token.doc[max(0, token.i - 4) : token.i + 4].text.lower()
    if (found := _NEITHER.search(around)) is not None:
        return found.group()
    if token.lemma_ != "deny" and (no := child(token, "neg")) is not None:
        return f"{no.lower_} {token.lower_}"
    if token.dep_ == "xcomp" and token.head.lemma_ in ("decline", "refuse") and token.lemma_ != "deny":
        return f"{token.head.lower_} to {token.lower_}"
    return None


_NEITHER = re.compile(r"neither \w+ nor \w+")


def _admitted(token: Token, draft: Draft) -> bool:
    """'admitted that his troops had shelled': one's own side's deed, owned up to."""
    root = _root_of(token.doc, draft.content)
    subject = child(root, "nsubj") if root is not None else None
    if token.lemma_ not in ("admit", "acknowledge", "confess", "concede", "boast") or root is None or subject is None:
        return False
    own = {"it", "we", "he", "she", "they", "i"}
    theirs = any(c.lower_ in ("its", "our", "his", "her", "their", "my") for c in subject.children)
    return root.lemma_.lower() in CUES.violence and child(root, "neg") is None and (subject.lower_ in own or theirs)


def _root_of(doc: Doc, content: set[int]) -> Token | None:
    roots = (doc[i] for i in sorted(content) if doc[i].head.i not in content or doc[i].head == doc[i])
    return next((t for t in roots if t.pos_ in ("VERB", "AUX")), None)


def _own_deed(doc: Doc, draft: Draft) -> bool:
    """'wrote that it shot the mortars', 'wrote that it laid the charge': a group owning up to a deed of violence."""
    root = _root_of(doc, draft.content)
    behind = root is not None and root.lemma_ == "be" and _behind(root)
    if root is None or not (behind or root.lemma_.lower() in CUES.violence) or child(root, "neg") is not None:
        return False
    head = next((doc[i] for i in sorted(draft.source) if doc[i].head.i not in draft.source), None)
    subject, thing = child(root, "nsubj"), child(root, "dobj")
    if subject is not None and subject.lemma_.lower() in _FORCES:  # 'said his men ambushed the patrol'
        return any(c.lower_ in ("his", "her", "their", "its", "our") for c in subject.children) and not any(
            c.tag_ == "MD" for c in root.children
        )
    if head is None or head.ent_type_ == "GPE" or head.lemma_.lower() in CUES.anonymous_heads:
        return False
    if thing is not None and any(t.lower_ in _NOBODY for t in (thing, *thing.children)):
        return False
    if subject is None or any(c.tag_ == "MD" for c in root.children):
        return False
    return subject.lower_ in ("it", "we") or any(c.lower_ in ("its", "our") for c in subject.children)


def _behind(root: Token) -> bool:
    """'it was behind the blast', 'we are responsible for the raid'."""
    words = [g for c in root.children if c.dep_ in ("prep", "acomp", "advmod") for g in (c, *c.children)]
    return any(w.lower_ in ("behind", "responsible") for w in words) and bool(
        _CLAIMED.search(" ".join(t.text for t in root.subtree))
    )


def _hedge(doc: Doc, content: set[int]) -> str | None:
    """The hedge of the clause said: may have, appears to have, probably, seems."""
    root = _root_of(doc, content)
    if root is None:
        return None
    aux = {c.lower_ for c in root.children if c.dep_ in ("aux", "auxpass")}
    for modal in ("may", "might", "could"):
        if modal in aux and aux & {"have", "be"}:
            return modal
    if root.lemma_ in ("appear", "seem") and child(root, "xcomp", "ccomp", "oprd") is not None:
        return root.text
    if root.lemma_ == "be" and (
        open_ := next((c for c in root.children if c.lower_ in ("unclear", "uncertain")), None)
    ):
        return open_.text
    word = next((c for c in root.children if c.lower_ in ("probably", "apparently", "possibly", "perhaps")), None)
    return word.text if word is not None else None
