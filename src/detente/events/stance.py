"""Stances that a verb alone does not give: rulings out, claims of responsibility, own deeds, refusals to say, hedges."""

from __future__ import annotations

import re

from detente.events.complements import FALSE, NOBODY, late_tale, objects_of
from detente.events.cuewords import CUES, Cue
from detente.events.phrases import Draft, below, child, subtree
from detente.events.tokens import Doc, Token

_CLAIMED = re.compile(
    r"\b(?:responsibility|credit|blast|attack|bombing|strike|raid|killing|ambush|shooting|authorship)\b", re.I
)
_NOT_US = re.compile(
    r"\b(?:had|has|have|played|took) (?:nothing to do with|no (?:part|role|hand|involvement) in)"
    r"|\bnot (?:behind|responsible|involved)\b"
    r"|\bit (?:was|is|were) not (?:its|our|his|their) ",
    re.I,
)


def refine(token: Token, cue: Cue, draft: Draft) -> None:
    """Stances that the verb alone does not give: rulings out, claims of responsibility, own deeds, hedges."""
    doc, lemma = token.doc, token.lemma_.lower()
    text = " ".join(doc[i].text for i in sorted(draft.content))
    if lemma == "rule" and any(c.lower_ == "out" for c in token.children):
        refused = child(token, "neg")
        draft.stance, draft.kind, draft.content = ("doubts" if refused else "denies"), "indirect", objects_of(token, {})
        draft.hedge = "not ruled out" if refused else None
    elif lemma in CUES.labels and FALSE.search(" ".join(t.text for t in token.subtree)):
        tale = late_tale(token)
        draft.stance, draft.kind, draft.content = (
            "denies",
            "indirect",
            subtree(tale) if tale is not None else objects_of(token, cue),
        )
    elif (
        lemma == "claim"
        and (thing := child(token, "dobj"))
        and _CLAIMED.search(" ".join(t.text for t in thing.subtree))
    ):
        draft.stance = "claims"
    elif draft.stance == "denies" and draft.content and (no := _negation(token)) is not None and token.dep_ != "xcomp":
        draft.stance, draft.hedge = "doubts", f"{no.lower_} {token.lower_}"  # 'did not exclude that …', 'did not deny'
    elif (
        draft.stance == "asserts"
        and lemma in _SAYING
        and (no := _negation(token) or next((c for c in token.children if c.lower_ == "neither"), None)) is not None
    ):
        draft.stance, draft.hedge = "doubts", f"{no.lower_} {token.lower_}"  # 'would not say whether …'
        if draft.content and doc[min(draft.content)].lower_ in ("who", "which", "what", "when", "where"):
            draft.content = set()  # 'would not say who fired it': that it was fired is nobody's word
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


def _negation(token: Token) -> Token | None:
    """The 'not' of a verb; 'did not just deny it' is no negation."""
    no = child(token, "neg")
    bound = any(c.tag_ == "MD" for c in token.children)  # 'can't just wave it away'
    return no if no is None or bound or no.nbor().lower_ not in ("just", "only", "merely", "simply") else None


_SAYING = frozenset("say disclose reveal specify clarify announce".split())
_FORCES = frozenset("man fighter unit force troop soldier comrade group brigade battalion commando guerrilla".split())


def _called_false(doc: Doc, draft: Draft) -> bool:
    """'said the claim that … was false', 'said reports of … were baseless'."""
    root = _root_of(doc, draft.content)
    subject = child(root, "nsubj", "nsubjpass") if root is not None else None
    if root is None or subject is None or subject.lemma_.lower() not in CUES.nouns or child(root, "neg") is not None:
        return False
    said = [doc[i].text for c in root.children if c.dep_ in ("acomp", "attr", "oprd") for i in sorted(subtree(c))]
    return bool(FALSE.search(" ".join(said)))


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
    words = (doc[i] for i in sorted(content))
    return next((t for t in words if t.pos_ in ("VERB", "AUX") and (t.head.i not in content or t.head is t)), None)


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
    if thing is not None and any(t.lower_ in NOBODY for t in (thing, *thing.children)):
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
