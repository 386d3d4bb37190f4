"""From a verb to the root of its sentence: what each governing word does to a deed."""

from __future__ import annotations

from spacy.tokens import Token

from detente.events.operators import (
    BASELESS,
    CALLING,
    EFFECT,
    FACT_MARKS,
    PERCEIVE,
    RETRACTING,
    SLIGHT,
    TELLING,
    WISHES,
    operators,
)
from detente.events.standing import Standing
from detente.events.syntax import LIGHT_VERBS, children, is_passive


class Climb(Standing):
    """Judges a deed told by a verb; each governing word on the way up may change how it stands."""

    def verb(self, verb: Token) -> None:
        """Judge a deed told by a verb: its own auxiliaries, then every word that governs it."""
        self._finite(verb)
        token = verb
        for _ in range(14):
            if token.i in self.conditions:
                self.set("conditional", None, "inside the condition")
            if token.i in self.consequences and self.modality != "denied":
                self._consequence(token)
            head = token.head
            if head == token or token.dep_ in ("relcl",):
                return
            if token.dep_ == "acl" and token.tag_ == "VBG" and head.dep_ == "dobj" and head.head.lemma_ in PERCEIVE:
                token = head
                continue  # 'footage shows conscripts surrendering'
            if token.dep_ == "acl" and token.tag_ != "VB":
                self._participle(token, head)
                return
            if token.dep_ == "advcl" and self._own_fact(token):
                return
            if not self._climb(token, head):
                return
            token = head

    def _participle(self, verb: Token, noun: Token) -> None:
        """'reports of rockets fired', 'a base struck': a noun's participle is a fact unless the noun is not."""
        if any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children):
            self.flip(verb, "'no' before its noun")

    def _consequence(self, token: Token) -> None:
        if self.modality in ("happened", "ongoing", "planned", "threatened", "hypothetical", "uncertain", "negated"):
            if self.modality == "hypothetical" and "counterfactual" in self.rules:
                return
            if self.modality == "happened" and token.tag_ == "VBD" and not children(token, "aux"):
                return  # 'withdrew when…' is history
            self.modality = "happened"
            self.set("conditional", None, "consequence of a condition")

    def _own_fact(self, verb: Token) -> bool:
        marks = {c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod")}
        return bool(marks & FACT_MARKS) and verb.i not in self.conditions

    def _climb(self, token: Token, head: Token) -> bool:
        """Apply what `head` does to its dependent `token`; False when outer words no longer reach the deed."""
        dep = token.dep_
        if dep == "conj":
            return True
        if dep == "prep" or dep == "agent":
            return self._prep_climb(token, head)
        if dep == "pcomp":
            return True
        if dep in ("xcomp", "ccomp", "advcl", "acl", "dobj", "attr", "oprd", "acomp", "csubj", "parataxis", "dep"):
            return self._complement(token, head)
        return dep in ("aux",)

    def _prep_climb(self, prep: Token, governor: Token) -> bool:
        if governor.lower_ == "short" and governor.head.lemma_ in ("stop", "fall"):
            governor = governor.head  # 'stopped short of expelling'
        lemma, low = governor.lemma_, prep.lower_
        if low in ("after", "since", "before", "by", "as", "while"):
            return False
        ops = operators()
        table = (
            ops.nouns if governor.pos_ == "NOUN" else ops.verbs if governor.pos_ in ("VERB", "AUX") else ops.adjectives
        )
        key = governor.lower_ if table is ops.adjectives else lemma
        effects = table.get(key, ())
        if lemma == "stop" and low == "of":
            effects = ("negated",)
        for effect in effects:
            if effect in EFFECT and effect != "uncertain_passive":
                if effect == "negated" and low not in ("from", "of", "out"):
                    continue
                self.set(EFFECT[effect], governor, f"'{lemma} {low}'")
        return (governor.pos_ in ("VERB", "AUX") and bool(effects)) or (governor.pos_ == "NOUN" and bool(effects))

    def _complement(self, token: Token, head: Token) -> bool:
        ops = operators()
        if head.pos_ in ("NOUN", "PROPN"):
            for effect in ops.nouns.get(head.lemma_, ()):
                self.set(EFFECT[effect], head, f"'{head.lemma_} to/that'")
            above = head.head
            if above.lemma_ in CALLING and any(t.lower_ in BASELESS for t in above.subtree):
                self.set("denied", above, f"called '{head.text}' baseless")
            if above.lemma_ in RETRACTING or "denied" in ops.verbs.get(above.lemma_, ()):
                self.set("denied", above, f"'{above.lemma_}' takes back the '{head.lemma_}'")
            return False
        if head.pos_ == "ADJ":
            for effect in ops.adjectives.get(head.lower_, ()):
                self.set(EFFECT[effect], head, f"'{head.lower_} to'")
            return True
        infinitive = any(c.lower_ == "to" for c in children(token, "aux"))
        if head.lemma_ == "be" and infinitive and not children(head, "attr", "acomp"):
            self.set("planned", head, "'is to'")
            return True
        if head.lemma_ == "have" and infinitive:
            yet = any(c.lower_ == "yet" for c in children(head, "advmod"))
            self.set("negated" if yet else "hypothetical", head, "'have yet to'" if yet else "'have to'")
            return True
        if head.lemma_ == "go" and infinitive and head.tag_ == "VBG":
            self.set("planned", head, "'going to'")
            return False
        if any(c.dep_ == "mark" and c.lower_ in ("whether",) for c in token.children) and self.modality in SLIGHT:
            self.set("uncertain", head, "'whether'")
        return self._embedding(token, head, infinitive)

    def _embedding(self, token: Token, head: Token, infinitive: bool) -> bool:
        for effect in operators().verbs.get(head.lemma_, ()):
            if effect == "uncertain_passive":
                if is_passive(head) and token.dep_ in ("xcomp", "oprd", "ccomp", "dep"):
                    self.set("uncertain", head, f"'is {head.text} to'")
            elif head.lemma_ in WISHES and token.dep_ == "ccomp" and self.modality == "planned":
                self.modality = "happened"  # 'hopes that Serbia will release them'
                self.set("hypothetical", head, f"'{head.lemma_}' that it will")
            elif effect in EFFECT and self._takes(effect, head, token, infinitive):
                self.set(EFFECT[effect], head, f"'{head.lemma_}' governs the deed")
        if token.dep_ == "advcl":
            if infinitive and token.lemma_ not in TELLING and head.lemma_ not in LIGHT_VERBS - {"prepare"}:
                self.set("hypothetical", head, "purpose of another deed")
            return token.tag_ == "VBG" or infinitive
        if token.dep_ == "xcomp":
            self._finite_of(head)
        if (
            token.dep_ == "ccomp"
            and any(c.dep_ == "neg" for c in head.children)
            and head.lemma_ in ("say", "believe", "think", "expect", "confirm")
        ):
            self.set("uncertain" if head.lemma_ != "expect" else "hypothetical", head, f"'did not {head.lemma_}'")
        return True

    @staticmethod
    def _takes(effect: str, head: Token, token: Token, infinitive: bool) -> bool:
        """Does this verb have this effect on a complement of this form? ('warn that' reports; 'warn to' asks)"""
        if token.dep_ == "parataxis":
            return False
        if effect in ("planned", "threatened", "requested", "ongoing"):
            if token.dep_ == "ccomp" and not infinitive:
                return effect == "requested" and token.tag_ == "VB"
            return head.lemma_ not in ("tell", "say") or infinitive
        if effect == "hypothetical":
            return infinitive or token.tag_ == "VBG" or head.lemma_ in ("fear", "hope", "wish", "favour", "imagine")
        if effect == "negated":
            return token.dep_ != "ccomp" or infinitive or head.lemma_ == "rule"
        return True

    def _finite_of(self, head: Token) -> None:
        if self.modality in SLIGHT:
            probe = Climb(frozenset(), frozenset())
            probe._finite(head)
            if probe.modality not in SLIGHT or (probe.modality == "ongoing" and self.modality == "happened"):
                self.set(probe.modality, probe.operator or head, f"shares '{head.lemma_}'")
                self.finite = self.finite or probe.finite
        elif self.modality == "planned" and any(c.dep_ == "neg" for c in head.children):
            self.set("negated", head, f"'not {head.lemma_} to'")
