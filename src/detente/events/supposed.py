"""Deeds told by a noun that are only spoken of: what one would lead to, what is asked for or proposed, whose doing it may be."""

from __future__ import annotations

from detente.events.operators import EFFECT, operators
from detente.events.syntax import children
from detente.events.tokens import Token
from detente.records import Modality

Found = tuple[Modality, Token, str]  # modality, the word that gives it, the rule

_WEIGHING = frozenset("would could might".split())
_MAYBE = frozenset("may might could".split())
_LOOMING = frozenset("loom near approach".split())
_TO_COME = frozenset("before until till once when".split())
_CALLED = ("planned", "requested", "hypothetical", "threatened")  # 'one option is a blockade'


def supposed(noun: Token) -> Found | None:
    """How a noun's deed stands where its own modifiers and its governor's effect say nothing."""
    if noun.dep_ in ("nsubj", "nsubjpass"):
        return _weighed(noun) or _shut_out(noun) or _ahead(noun) or _named_as(noun)
    if noun.dep_ == "attr":
        return _named_as(noun)
    return _whose(noun) or _given(noun) if noun.dep_ == "pobj" else None


def _weighed(noun: Token) -> Found | None:
    """'An invasion, the institute reckons, would cost two divisions'."""
    loose = any(c.lower_ in ("a", "an", "any", "another") for c in children(noun, "det"))
    modal = next((c for c in children(noun.head, "aux") if c.lower_ in _WEIGHING), None)
    if loose and modal is not None and not any(c.lower_ == "have" for c in children(noun.head, "aux")):
        return "hypothetical", modal, f"'{modal.text}' follows from it"
    return None


def _shut_out(noun: Token) -> Found | None:
    """'Recognition is out of the question', 'a swap is off the table'."""
    for out in children(noun.head, "prep") if noun.head.lemma_ == "be" else ():
        phrase = [t.lower_ for t in out.subtree]
        if (out.lower_ == "out" and "question" in phrase) or (out.lower_ == "off" and {"table", "cards"} & set(phrase)):
            return "negated", out, f"'{' '.join(phrase)}'"
    return None


def _ahead(noun: Token) -> Found | None:
    """'a strike looms', 'before the marches begin': told in the present, after a word that sets it in the future."""
    verb = noun.head
    if verb.lemma_ in _LOOMING:
        return "planned", verb, f"it '{verb.lemma_}s'"
    begins = "occurring" in operators().verbs.get(verb.lemma_, ()) and verb.tag_ in ("VBP", "VBZ", "VB")
    mark = next((c for c in children(verb, "mark", "advmod") if c.lower_ in _TO_COME), None)
    return ("planned", mark, f"'{mark.text}' it begins") if begins and mark is not None else None


def _named_as(noun: Token) -> Found | None:
    """'One option is a blockade', 'among the demands is the release of …'."""
    first = noun.doc[noun.sent.start]
    subjects = children(noun.head, "nsubj") if noun.head.lemma_ == "be" else []
    if noun.head.lemma_ == "be" and first.lower_ == "among":
        subjects = [*subjects, *children(first, "pobj")]
    for subject in subjects:
        for effect in operators().nouns.get(subject.lemma_, ()):
            if effect in _CALLED and subject != noun:
                return EFFECT[effect], subject, f"is called a '{subject.lemma_}'"
    return None


def _whose(noun: Token) -> Found | None:
    """'may have been behind the arson', 'might be responsible for the blast': nobody says that they did it."""
    prep = noun.head
    be = prep.head if prep.lower_ == "behind" else prep.head.head
    named = prep.lower_ == "behind" or (prep.lower_ == "for" and prep.head.lower_ in ("responsible", "accountable"))
    modal = next((c for c in children(be, "aux") if c.lower_ in _MAYBE), None)
    return ("uncertain", modal, f"'{modal.text}' be its doer") if named and be.lemma_ == "be" and modal else None


def _given(noun: Token) -> Found | None:
    """'gave its approval to the reopening', 'sent petitions for her release': what the verb's object makes of it."""
    prep = noun.head
    verb = prep.head
    if prep.lower_ not in ("to", "for") or verb.pos_ != "VERB":
        return None
    for thing in children(verb, "dobj"):
        for effect in operators().nouns.get(thing.lemma_, ()):
            if effect in _CALLED and thing.i < noun.i:
                return EFFECT[effect], thing, f"'{thing.lemma_} {prep.lower_}'"
    return None


def called_off_later(noun: Token) -> Token | None:
    """'ordered an air strike, then called it off': the verb after it that takes 'it' back."""
    for verb in noun.sent:
        if (
            verb.i > noun.i
            and verb.pos_ == "VERB"
            and any(c.lower_ in ("it", "them", "that") for c in children(verb, "dobj"))
        ):
            off = verb.lemma_ == "call" and any(c.lower_ == "off" for c in verb.children)
            if off or verb.lemma_ in ("cancel", "scrap", "rescind", "countermand", "abort", "revoke"):
                return verb
    return None
