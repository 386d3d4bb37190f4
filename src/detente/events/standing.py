"""How a deed stands by its own verb form: auxiliaries, negation, hedging adverbs; and how verdicts combine."""

from __future__ import annotations

from detente.events.operators import EFFECT, SLIGHT, operators
from detente.events.syntax import children
from detente.events.tokens import Token
from detente.records import Modality

_BE = {"is", "are", "was", "were", "be", "been", "being", "am", "'s", "’s", "'re", "’re"}
_MODALS = {"will", "would", "shall", "should", "may", "might", "could", "must", "wo", "’ll", "'ll", "ought"}


class Standing:
    """How a deed stands so far: the verdict, the rules that led to it, and the word that made it so."""

    def __init__(self, consequences: frozenset[int], conditions: frozenset[int]):
        self.modality: Modality = "happened"
        self.rules: list[str] = []
        self.operator: Token | None = None
        self.absence = False
        self.finite = False

        self.governors: set[int] = set()
        self.consequences, self.conditions = consequences, conditions

    def set(self, modality: Modality, word: Token | None, rule: str) -> None:
        """The nearest word decides; outer words may still doubt, deny, negate or make conditional."""
        old = self.modality
        if word is not None:
            self.governors.add(word.i)
        if (
            old in SLIGHT
            or (old == "uncertain" and modality in ("denied", "negated", "planned"))
            or (modality == "conditional" and old not in ("denied",))
            or (modality == "denied" and old in ("planned", "threatened"))
            or (modality == "negated" and old in ("planned", "threatened") and word is not None and word.pos_ != "AUX")
        ):
            self.modality = modality
        else:
            return
        self.rules.append(rule)
        if word is not None and self.operator is None and modality not in SLIGHT:
            self.operator = word

    def flip(self, word: Token, rule: str) -> None:
        """A negative word: the deed did not take place."""
        self.set("negated", word, rule)

    def _finite(self, verb: Token) -> None:
        """Auxiliaries, negation and hedging adverbs of the verb itself (or of the verb it is joined to)."""
        for child in verb.children:
            if child.dep_ in ("neg", "preconj", "cc", "det", "advmod") and child.lower_ in (
                "not",
                "n't",
                "n’t",
                "never",
                "neither",
                "nor",
                "hardly",
                "barely",
                "no",
                "nowhere",
            ):
                self.flip(child, f"'{child.lower_}'")
            elif child.lower_ == "longer" and verb.doc[child.i - 1].lower_ == "no":
                self.flip(child, "'no longer'")
            elif child.dep_ in ("nsubj", "nsubjpass") and self._negative_phrase(child):
                self.flip(child, f"subject '{child.text}' is negative")
                self.absence = True
            elif child.dep_ in ("dobj",) and any(d.lower_ == "no" for d in children(child, "det")):
                self.flip(child, "object is negative")
            elif child.dep_ == "advmod":
                for effect in operators().adverbs.get(child.lower_, ()):
                    if effect == "ongoing" and verb.tag_ in ("VBD",):
                        continue
                    self.set(EFFECT[effect], child, f"'{child.lower_}'")
            elif child.dep_ == "prep" and child.lower_ == "without":
                pass
        self._auxiliaries(verb)

    @staticmethod
    def _negative_phrase(noun: Token) -> bool:
        if noun.lower_ in ("nobody", "none", "nothing", "neither") or noun.doc[noun.left_edge.i].lower_ == "not":
            return True  # also 'Not a single rocket'
        return any(d.lower_ in ("no", "neither") for d in children(noun, "det", "preconj", "cc", "advmod"))

    def _auxiliaries(self, verb: Token) -> None:
        source = verb
        while not children(source, "aux", "auxpass") and source.dep_ == "conj" and source.head.pos_ in ("VERB", "AUX"):
            if children(source, "nsubj", "nsubjpass") and source.tag_ in ("VBD", "VBZ", "VBP"):
                break
            if source.tag_ in ("VBD", "VBZ", "VBP") and source.head.tag_ not in ("VBD", "VBZ", "VBP", "VB"):
                break
            source = source.head
        aux = [c.lower_ for c in children(source, "aux", "auxpass")]
        have = any(a in ("have", "has", "had", "’ve", "'ve", "’d", "'d") for a in aux)
        for word in children(source, "aux"):
            self._modal(word, verb, source, have)
        if "to" in aux or any(a in _MODALS for a in aux):
            return
        if verb.tag_ == "VBG" and (set(aux) & _BE or (verb.dep_ == "conj" and set(aux) & _BE)):
            self.set("ongoing", None, "progressive")
        if (
            source != verb
            and any(c.dep_ == "neg" for c in source.children)
            and any(c.lower_ in ("or", "nor") for c in children(source, "cc"))
        ):
            self.flip(source, "shares 'not' with the verb before")

    def _modal(self, word: Token, verb: Token, source: Token, have: bool) -> None:
        low = word.lower_
        if low == "to" and verb.dep_ == "ROOT" and children(verb, "nsubj", "nsubjpass"):
            self.set("planned", word, "a headline's 'to'")
        elif low in ("will", "shall", "’ll", "'ll", "wo"):
            self.finite = True
            self.set("planned", word, f"'{low}'")
        elif low in ("would", "’d", "'d") and word.tag_ == "MD":
            if have:
                self.rules.append("counterfactual")
                self.set("hypothetical", word, "'would have'")
            elif _told_in_past(source):
                self.finite = True
                self.set("planned", word, "'would' after a past report")
            else:
                self.set("hypothetical", word, "'would'")
        elif low in ("may", "might", "could", "can", "ca"):
            if low in ("can", "ca") and not have:
                return
            if verb.tag_ == "VBG" and low in ("may", "might", "could"):
                self.set("uncertain", word, f"'{low} be'")  # 'might be laying mines'
                return
            still = any(c.lower_ in ("still", "already", "yet", "even", "well") for c in children(verb, "advmod"))
            if have or still:
                self.modality = "happened" if self.modality == "negated" else self.modality
                self.set("uncertain", word, f"'{low} have'")
            else:
                self.set("hypothetical", word, f"'{low}'")
        elif low in ("should", "must", "ought"):
            self.set("hypothetical", word, f"'{low}'")


def _told_in_past(verb: Token) -> bool:
    """'said it would': a future seen from the past, also for the second of two joined verbs."""
    while verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    return verb.dep_ == "ccomp" and verb.head.tag_ in ("VBD", "VBN")


def instead(verb: Token) -> Token | None:
    """'than' of 'rather than bomb the bridge', 'nor' of 'has not closed the port, nor searched a ship', 'nor has it …'."""
    doc, at = verb.doc, verb.i - 1
    while at > 0 and doc[at].head == verb and doc[at].dep_ in ("aux", "auxpass", "nsubj", "nsubjpass"):
        at -= 1
    if at < 1:
        return None
    word, turned = doc[at].lower_, at < verb.i - 1  # 'nor has it': the auxiliary comes first
    if (word, doc[at - 1].lower_) in (("than", "rather"), ("alone", "let"), ("less", "much")):
        return doc[at]  # 'rather than bomb it', 'never acknowledged, let alone praised'
    denied = turned or any(c.dep_ == "neg" for c in verb.head.children)
    return doc[at] if word == "nor" and denied else None
