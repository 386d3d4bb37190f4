"""From a verb to the root of its sentence: what each governing word does to a deed."""

from __future__ import annotations

from detente.events.carriers import LIGHT_VERBS
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
    over,
)
from detente.events.standing import Standing, instead
from detente.events.syntax import children, is_passive
from detente.events.tokens import Token


class Climb(Standing):
    """Judges a deed told by a verb; each governing word on the way up may change how it stands."""

    def verb(self, verb: Token) -> None:
        """Judge a deed told by a verb: its own auxiliaries, then every word that governs it."""
        self._finite(verb)
        if (word := instead(verb)) is not None:
            self.flip(word, f"'{word.lower_}' before it")
            return
        token = verb
        for _ in range(14):
            if token.i in self.conditions:
                self.set("conditional", None, "inside the condition")
            if token.i in self.consequences and self.modality != "denied":
                self._consequence(token)
            head = token.head
            if head == token:
                return
            if (
                token.dep_ == "relcl"
                and _to(token)
                and any(c.dep_ == "det" and c.lower_ == "no" for c in head.children)
            ):
                self.flip(head, f"'no {head.lower_} to'")  # 'saw no reason to indict'
                return
            denies = "denied" in operators().verbs.get(head.lemma_, ())  # '…; the militia denies it'
            if token.dep_ in ("ccomp", "parataxis") and token.i < head.i and not denies and _parted(token, head):
                return  # 'Egypt did not reject the paper; it asked for a map'
            if token.dep_ == "relcl" or (token.dep_ == "ccomp" and head.lemma_ == "be"):
                self._cleft(token, head)
                return
            if token.dep_ == "acl" and token.tag_ == "VBG" and head.dep_ == "dobj" and head.head.lemma_ in PERCEIVE:
                token = head
                continue  # 'footage shows conscripts surrendering'
            if token.dep_ == "acl" and token.tag_ != "VB" and not _that(token) and not _to(token):
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
        elif noun.lemma_ in _TABLED and noun.head.lemma_ in _VOTED_DOWN:
            self.flip(noun.head, f"the '{noun.lemma_}' fell")  # 'blocked a motion condemning the raid'

    def _cleft(self, verb: Token, head: Token) -> None:
        """'It was not our boys who abducted them': the clause after a negated 'it was' did not happen that way."""
        be = head.head if verb.dep_ == "relcl" and head.dep_ == "attr" else head
        if be.lemma_ == "be" and any(c.lower_ == "it" for c in children(be, "nsubj", "expl")):
            for word in children(be, "neg"):
                self.flip(word, "'it was not … who'")

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
        if low == "without" or (low == "of" and prep.i and prep.doc[prep.i - 1].lower_ == "instead"):
            self.flip(prep, f"'{low}'")  # 'disarmed them without firing a shot', 'instead of firing'
            return False
        if low in ("after", "since", "before", "by", "as", "while"):
            return False
        ops = operators()
        if governor.pos_ == "NOUN":
            if (
                low in ("in", "of")
                and governor.lemma_ != "doubt"
                and any(c.lower_ == "no" for c in children(governor, "det"))
            ):
                self.flip(governor, f"'no {governor.lemma_} {low}'")  # 'had no luck in getting an audience'
                return False
            effects = over(governor, low)
        else:
            effects = (
                ops.verbs.get(lemma, ())
                if governor.pos_ in ("VERB", "AUX")
                else ops.adjectives.get(governor.lower_, ())
            )
        if lemma == "stop" and low == "of":
            effects = ("negated",)
        if low == "against" and lemma in ("decide", "vote", "opt", "rule", "advise"):
            self.set("planned", governor, f"'{lemma} against'")
            self.flip(governor, f"'{lemma} against'")
            return True
        if low == "of" and governor.dep_ == "pobj" and governor.head.lower_ in ("within", "inches"):
            self.flip(governor, "'within … of' doing it")  # 'came within an hour of attacking'
            return False
        for effect in effects:
            if effect in EFFECT and effect != "uncertain_passive":
                if effect == "negated" and low not in ("from", "of", "out"):
                    continue
                self.set(EFFECT[effect], governor, f"'{lemma} {low}'")
        return (governor.pos_ in ("VERB", "AUX") and bool(effects)) or (governor.pos_ == "NOUN" and bool(effects))

    def _complement(self, token: Token, head: Token) -> bool:
        ops = operators()
        if any(c.dep_ == "mark" and c.lower_ == "whether" for c in token.children) and self.modality in SLIGHT:
            self.set("hypothetical" if _to(token) else "uncertain", head, "'whether'")
        if head.pos_ in ("NOUN", "PROPN"):
            if _to(token) and any(c.dep_ == "det" and c.lower_ == "no" for c in head.children):
                self.flip(head, f"'no {head.lower_} to'")  # 'found no grounds to indict'
                return False
            for effect in ops.nouns.get(head.lemma_, ()):
                self.set(EFFECT[effect], head, f"'{head.lemma_} to/that'")
            above = head.head
            self._fate_of_tale(head, above)
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
        return self._embedding(token, head, infinitive)

    def _fate_of_tale(self, noun: Token, above: Token) -> None:
        """'Rumours that … proved false', 'dropped its plan to …', 'termed as baseless reports that …'."""
        outer = above.head if above.dep_ in ("xcomp", "pcomp", "ccomp") else above
        if noun.dep_ == "nsubj" and above.lemma_ in _PROVING and any(t.lower_ in BASELESS for t in above.subtree):
            self.set("negated", above, f"the '{noun.text}' was false")
        elif noun.dep_ in ("dobj", "nsubjpass") and (
            above.lemma_ in _DROPPING or "negated" in operators().verbs.get(above.lemma_, ())
        ):
            self.set("negated", above, f"'{above.lemma_}' undoes the '{noun.lemma_}'")
        elif noun.dep_ == "dobj" and outer is not above and "denied" in operators().verbs.get(outer.lemma_, ()):
            self.set("denied", outer, f"'{outer.lemma_}' governs '{above.lemma_}'")
        elif any(c.lower_ in BASELESS for c in children(noun, "amod", "compound", "nmod")):
            self.set("denied", noun, f"a '{noun.text}' called baseless")

    def _embedding(self, token: Token, head: Token, infinitive: bool) -> bool:
        aside = token.dep_ == "advcl" and token.tag_ in ("VBG", "VBN") and _apart(token, head)
        for effect in () if aside else operators().verbs.get(head.lemma_, ()):
            if effect == "uncertain_passive":
                counted = head.lemma_ in ("think", "believe", "estimate") and _about(head)
                if is_passive(head) and token.dep_ in ("xcomp", "oprd", "ccomp", "dep") and not counted:
                    self.set("uncertain", head, f"'is {head.text} to'")
            elif head.lemma_ in WISHES and token.dep_ == "ccomp" and self.modality == "planned":
                self.modality = "happened"  # 'hopes that Serbia will release them'
                self.set("hypothetical", head, f"'{head.lemma_}' that it will")
            elif head.lemma_ in _FORESEEING and token.dep_ == "ccomp" and not is_passive(head):
                self.set("uncertain", head, f"'{head.lemma_}' another to")  # 'diplomats expect Moscow to withdraw'
            elif head.lemma_ == "vote" and token.lemma_ in _ENACTED:
                continue  # 'voted to ratify the accord': it is ratified
            elif head.lemma_ in ("try", "attempt", "seek") and _beaten(head):
                continue  # 'tried to storm it but were driven back': they attacked
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
                return effect == "requested" and (token.tag_ == "VB" or _mandated(token, head))
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
        elif self.modality in ("planned", "threatened") and any(c.dep_ == "neg" for c in head.children):
            self.set("negated", head, f"'not {head.lemma_} to'")


def _mandated(token: Token, head: Token) -> bool:
    """'demanded that troops evacuate it': a present after a past asks; 'told us that troops hold it' does not."""
    return token.tag_ == "VBP" and head.tag_ in ("VBD", "VBN") and head.lemma_ not in ("tell", "remind")


_TABLED = frozenset("motion resolution bill draft amendment text".split())
_VOTED_DOWN = frozenset("reject block veto defeat withdraw shelve drop bury quash".split())
_PROVING = frozenset({"prove", "turn", "be", "appear", "emerge"})
_DROPPING = frozenset({"drop", "ditch", "bin", "axe", "rescind", "renounce", "reverse", "bury", "jettison"})
_FORESEEING = frozenset({"expect", "anticipate", "foresee"})
_ENACTED = frozenset("ratify approve adopt pass endorse reject impeach censure repeal abolish condemn".split())
_REPELLING = frozenset({"repel", "repulse", "rebuff", "beat", "drive", "push", "throw", "fight"})


def _about(verb: Token) -> bool:
    """'Between 20 and 30 miners are thought to have been killed': the number is in doubt, not the deed."""
    subjects = children(verb, "nsubjpass", "nsubj")
    rough = ("between", "some", "about", "around", "up", "roughly", "nearly", "least")
    near = [t for s in subjects for t in s.subtree]
    return any(t.like_num for t in near) and any(t.lower_ in rough for t in near)


def _apart(token: Token, head: Token) -> bool:
    """'Bowing to the street, the cabinet scrapped it', '…, brushing aside an appeal': a comma keeps the two apart."""
    low, high = sorted((token.i, head.i))
    return any(t.text == "," for t in token.doc[low:high])


def _parted(token: Token, head: Token) -> bool:
    """A semicolon stands between them."""
    return any(t.text == ";" for t in token.doc[token.i : head.i])


def _to(token: Token) -> bool:
    """'its claim to have blown it up': an infinitive, whatever its tag."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def _that(token: Token) -> bool:
    """'its claim that rebels had burned it': a clause, not a participle."""
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in token.children)


def _beaten(verb: Token) -> bool:
    return any(c.lemma_ in _REPELLING and is_passive(c) for c in verb.conjuncts)
