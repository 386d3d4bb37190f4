"""Did it happen: the nine modalities, judged from the words that govern a deed.

The judge starts at the trigger and climbs towards the root of its sentence. Each governing word may
change the verdict (a plan, a denial, a modal verb); relative clauses and presupposing governors
("condemned the raid") shut the outer words out. The words are data: `reference/codebook/operators.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Token

from detente.events.syntax import LIGHT_VERBS, RELATIVES, UNDERGONE, carrier, children, is_passive
from detente.records import Modality

# clauses that hang on these are told as facts of their own
FACT_MARKS = frozenset("after before since as because when while although though where whereas".split())
DEFINITE = frozenset("the this that these those its their his her our".split())
PERCEIVE = frozenset({"show", "see", "film", "depict", "picture", "watch", "hear", "witness", "record"})
WISHES = frozenset({"hope", "hop", "wish", "fear", "imagine"})
TELLING = frozenset({"say", "tell", "report", "announce", "inform", "warn", "claim"})
CALLING = frozenset({"term", "call", "describe", "dismiss", "label", "brand", "reject"})
BASELESS = frozenset(
    "baseless false untrue fabrication fabricated lie lies fiction unfounded nonsense groundless invented rumour".split()
)
RETRACTING = frozenset({"retract", "withdraw", "recant", "take", "disown"})
SLIGHT = frozenset(["happened", "ongoing"])


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a deed stands, why, and the word that made it so."""

    modality: Modality
    rules: tuple[str, ...] = ()
    operator: Token | None = None  # 'threaten' in 'threatened to strike'
    absence: bool = False
    finite: bool = False  # told with a future verb of its own ('will withdraw')
    governors: frozenset[int] = frozenset()  # every word found to bear on it


@dataclass(frozen=True, slots=True)
class Operators:
    """effect by (part of speech, lemma)."""

    verbs: dict[str, tuple[str, ...]]
    nouns: dict[str, tuple[str, ...]]
    adjectives: dict[str, tuple[str, ...]]
    adverbs: dict[str, tuple[str, ...]]


@cache
def operators() -> Operators:
    """The embedding words of the bundled codebook."""
    raw = tomllib.loads(files("detente.reference.codebook").joinpath("operators.toml").read_text("utf-8"))

    def turned(section: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
        out: dict[str, tuple[str, ...]] = {}
        for effect, lemmas in section.items():
            for lemma in lemmas:
                out[lemma] = (*out.get(lemma, ()), effect)
        return out

    return Operators(*(turned(raw[part]) for part in ("verbs", "nouns", "adjectives", "adverbs")))


EFFECT: dict[str, Modality] = {
    "planned": "planned", "threatened": "threatened", "requested": "hypothetical", "negated": "negated",
    "denied": "denied", "uncertain": "uncertain", "uncertain_passive": "uncertain",
    "hypothetical": "hypothetical", "ongoing": "ongoing",
}  # fmt: skip


def judge(
    trigger: Token, consequences: frozenset[int] = frozenset(), conditions: frozenset[int] = frozenset()
) -> Verdict:
    """The modality of the deed at `trigger`.

    `consequences` and `conditions` are token indices of the heads of then- and if-clauses.
    """
    state = _State(consequences, conditions)
    if trigger.pos_ in ("NOUN", "PROPN"):
        state.noun(trigger)
    else:
        state.verb(trigger)
    return Verdict(
        state.modality, tuple(state.rules), state.operator, state.absence, state.finite, frozenset(state.governors)
    )


class _State:
    def __init__(self, consequences: frozenset[int], conditions: frozenset[int]):
        self.modality: Modality = "happened"
        self.rules: list[str] = []
        self.operator: Token | None = None
        self.absence = False
        self.finite = False

        self.governors: set[int] = set()
        self.consequences, self.conditions = consequences, conditions

    # ------------------------------------------------------------------------------------ combining
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

    # ----------------------------------------------------------------------------------------- nouns
    def noun(self, noun: Token) -> None:
        """Judge a deed told by a noun: its modifiers, its light verb, then what it stands under."""
        self._modifiers(noun)
        verb = carrier(noun)
        if verb is not None:
            self._carried(noun, verb)
            return
        head = noun.head
        # a compound or conjunct shares what governs the whole
        while noun.dep_ in ("compound", "conj", "nmod") and head.pos_ in ("NOUN", "PROPN") and head != noun:
            noun = head
            self._modifiers(noun)
            head = noun.head
        if noun.dep_ in ("pobj", "pcomp") and head.dep_ in ("prep", "agent"):
            self._under(noun, head)
        elif noun.dep_ in ("nsubj", "nsubjpass", "dobj", "attr"):
            self._argument(noun, head)
        elif noun.dep_ in _CLAUSAL and (noun.i in self.conditions or noun.i in self.consequences):
            self.set("conditional", None, "stands in a conditional")
        self._conditional_chain(noun)

    def _modifiers(self, noun: Token) -> None:
        before = [g for c in noun.children if c.i == noun.i - 1 and c.dep_ in ("nsubj", "compound") for g in c.children]
        for child in (*noun.children, *before):
            if child.dep_ == "det" and child.lower_ in ("no", "neither"):
                self.flip(child, "'no' before the noun")
                self.absence = True
            elif child.dep_ in ("amod", "compound") or (child.dep_ == "advmod" and child.pos_ == "ADJ"):
                for effect in operators().adjectives.get(child.lower_, ()):
                    if effect != "hypothetical" or child.lower_ != "further":
                        self.set(EFFECT[effect], child, f"'{child.lower_}' before the noun")
            elif child.dep_ == "acl" and child.lower_ in operators().adjectives:
                for effect in operators().adjectives[child.lower_]:  # 'the meeting planned for June'
                    self.set(EFFECT[effect], child, f"'{child.lower_}' after the noun")
            elif child.dep_ == "neg":
                self.flip(child, "negated noun")
            elif child.lower_ == "such" and child.dep_ in ("amod", "det", "predet"):
                self.set("hypothetical", child, "'such' points to what was only spoken of")
            if child.lower_ == "single" and any(a.lower_ == "without" for a in noun.ancestors if a.dep_ == "prep"):
                self.flip(child, "'without a single'")
                self.absence = True
        if noun.dep_ == "pobj" and noun.head.lower_ == "without":
            self.flip(noun.head, "'without'")
            self.absence = True

    def _carried(self, noun: Token, verb: Token) -> None:
        """The noun's deed is told by a light verb: 'will launch an attack', 'called off the strike'."""
        if verb.lemma_ in ("claim", "admit", "condemn"):
            return  # 'no group claimed the blast': there was one
        if verb.lemma_ == "order" and any(d.lower_ in DEFINITE for d in children(noun, "det")):
            return
        if verb.lemma_ == "call" and noun.dep_ == "dobj" and not children(verb, "prt"):
            self.set("planned", verb, "'call' sets the deed for later")
        for effect in operators().verbs.get(verb.lemma_, ()):
            if effect in ("negated", "denied", "planned", "threatened", "hypothetical") and verb.lemma_ not in (
                "prepare",
                "take",
                "come",
                "offer",
                "stage",
            ):
                if verb.lemma_ in ("call",) and not any(
                    p.lower_ == "off" for p in children(verb, "prt", "advmod", "prep")
                ):
                    effect = "planned"
                if verb.lemma_ == "order" and noun.dep_ == "dobj":
                    effect = "planned"
                if (
                    effect == "negated"
                    and verb.lemma_ in ("suspend", "halt", "stop", "end", "cease")
                    and noun.dep_ != "dobj"
                ):
                    continue
                self.set(EFFECT[effect], verb, f"'{verb.lemma_}' governs the deed")
        if any(p.lower_ == "off" for p in children(verb, "prt", "advmod", "prep")) and verb.lemma_ == "call":
            self.modality = "happened"
            self.set("negated", verb, "called off")
        self.verb(verb)

    def _under(self, noun: Token, prep: Token) -> None:
        """The noun stands under a preposition: 'plans for a strike', 'called for attacks'."""
        governor = prep.head
        ops = operators()
        if governor.pos_ in ("NOUN", "PROPN"):
            if prep.lower_ in ("of", "for", "to", "about", "over", "against", "on"):
                self._under_noun(governor, prep)
        elif governor.pos_ in ("VERB", "AUX"):
            for effect in ops.verbs.get(governor.lemma_, ()):
                if _reaches(effect, governor, prep):
                    self.set(EFFECT[effect], governor, f"'{governor.lemma_} {prep.lower_}'")
            self._soft(noun, governor)
        elif governor.pos_ == "ADJ":
            for effect in ops.adjectives.get(governor.lower_, ()):
                self.set(EFFECT[effect], governor, f"'{governor.lower_} {prep.lower_}'")

    def _under_noun(self, governor: Token, prep: Token) -> None:
        effects = operators().nouns.get(governor.lemma_, ())
        if "negated" in effects and _asked_for(governor):
            return  # 'called for an end to the shelling': it goes on
        for effect in effects:
            self.set(EFFECT[effect], governor, f"'{governor.lemma_} {prep.lower_}'")
        above = governor.head
        if "denied" in operators().verbs.get(above.lemma_, ()) and governor.dep_ in ("dobj", "nsubjpass", "pobj"):
            self.set("denied", above, f"'{above.lemma_}' governs '{governor.lemma_}'")
        if effects and effects[0] == "negated":
            self.absence = True

    def _argument(self, noun: Token, verb: Token) -> None:
        """The noun is subject or object of an ordinary verb."""
        ops = operators()
        effects = ops.verbs.get(verb.lemma_, ())
        is_subject = noun.dep_ == "nsubj" and not is_passive(verb)
        if is_subject:
            if verb.lemma_ in ("fail", "refuse"):
                self.flip(verb, f"the deed {verb.lemma_}ed")
            elif "ceasing" in effects:
                self.flip(verb, f"the deed '{verb.lemma_}'")
                self.absence = True
            elif "occurring" in effects or any(
                x.lemma_ in ops.verbs and "occurring" in ops.verbs[x.lemma_] for x in children(verb, "xcomp")
            ):
                self.verb(verb)
                self.absence = self.absence or self.modality == "negated"
            return
        definite = any(d.lower_ in DEFINITE or d.dep_ == "poss" for d in children(noun, "det", "poss"))
        for effect in effects:
            if effect == "planned" and definite:
                continue  # 'ordered the massacre': it took place
            if effect in EFFECT and effect != "uncertain_passive" and effect != "ongoing":
                self.set(EFFECT[effect], verb, f"'{verb.lemma_}' governs the noun")
        if effects and effects[0] in ("planned", "negated", "threatened", "hypothetical"):
            return
        self._soft(noun, verb)

    def _soft(self, noun: Token, verb: Token) -> None:
        """An indefinite noun under a modal verb is as uncertain as the verb ('could trigger attacks')."""
        if any(d.lower_ in DEFINITE or d.dep_ == "poss" for d in children(noun, "det", "poss")):
            return
        before = self.modality
        probe = _State(self.consequences, self.conditions)
        probe.verb(verb)
        if before == "happened" and probe.modality in ("hypothetical", "planned", "conditional", "negated"):
            if probe.modality == "negated" and verb.lemma_ not in (
                "hear",
                "see",
                "report",
                "record",
                "log",
                "suffer",
                "have",
                "witness",
                "register",
            ):
                return
            self.set(probe.modality, probe.operator or verb, f"under '{verb.lemma_}': {probe.modality}")
            self.absence = self.absence or probe.modality == "negated"

    def _conditional_chain(self, token: Token) -> None:
        if token.i in self.conditions:
            self.set("conditional", None, "inside the condition")
        for parent in token.ancestors:
            if parent.i in self.conditions:
                self.set("conditional", None, "inside the condition")
                return
            if parent.dep_ == "relcl":
                return

    # ----------------------------------------------------------------------------------------- verbs
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
            self._modal(word, verb, source, have, aux)
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

    def _modal(self, word: Token, verb: Token, source: Token, have: bool, aux: list[str]) -> None:
        low = word.lower_
        if low in ("will", "shall", "’ll", "'ll", "wo"):
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
            still = any(c.lower_ in ("still", "already") for c in children(verb, "advmod"))
            if have or still:
                self.modality = "happened" if self.modality == "negated" else self.modality
                self.set("uncertain", word, f"'{low} have'")
            else:
                self.set("hypothetical", word, f"'{low}'")
        elif low in ("should", "must", "ought"):
            self.set("hypothetical", word, f"'{low}'")

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
            probe = _State(frozenset(), frozenset())
            probe._finite(head)
            if probe.modality not in SLIGHT or (probe.modality == "ongoing" and self.modality == "happened"):
                self.set(probe.modality, probe.operator or head, f"shares '{head.lemma_}'")
                self.finite = self.finite or probe.finite
        elif self.modality == "planned" and any(c.dep_ == "neg" for c in head.children):
            self.set("negated", head, f"'not {head.lemma_} to'")


def _told_in_past(verb: Token) -> bool:
    """'said it would': a future seen from the past, also for the second of two joined verbs."""
    while verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    return verb.dep_ == "ccomp" and verb.head.tag_ in ("VBD", "VBN")


_CLAUSAL = frozenset("advcl ROOT ccomp dep appos relcl".split())
# verbs whose effect reaches a noun only through 'for', 'of', 'to', 'from', 'with'
_CHOOSY = frozenset("ask tell warn agree press stop halt cease order expect".split())


def _reaches(effect: str, verb: Token, prep: Token) -> bool:
    """Does a verb's effect reach the noun under its preposition: 'called for attacks', not 'stopped at the raid'?"""
    low = prep.lower_
    if effect not in ("planned", "requested", "threatened", "hypothetical", "negated"):
        return False
    if low not in ("for", "to", "of", "on", "against", "with", "in", "from", "out", "at"):
        return False
    if verb.lemma_ in _CHOOSY and low not in ("for", "of", "to", "from", "with"):
        return False
    return effect != "negated" or low in ("from", "of", "out")


def _asked_for(noun: Token) -> bool:
    """Is this noun what somebody asks for: 'called for an end', 'demanded a halt'?"""
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    return noun.dep_ in ("pobj", "dobj") and "requested" in operators().verbs.get(verb.lemma_, ())


_BE = {"is", "are", "was", "were", "be", "been", "being", "am", "'s", "’s", "'re", "’re"}
_MODALS = {"will", "would", "shall", "should", "may", "might", "could", "must", "wo", "’ll", "'ll", "ought"}
__all__ = ["RELATIVES", "UNDERGONE", "Operators", "Verdict", "judge", "operators"]
