"""Did it happen: the nine modalities, judged from the words that govern a deed.

The judge starts at the trigger and climbs towards the root of its sentence. Each governing word may
change the verdict (a plan, a denial, a modal verb); relative clauses and presupposing governors
("condemned the raid") shut the outer words out. The words are data: `reference/codebook/operators.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.events.carriers import carrier
from detente.events.climb import Climb
from detente.events.operators import EFFECT, operators, over
from detente.events.supposed import called_off_later, supposed
from detente.events.syntax import children, is_passive
from detente.events.tokens import Token
from detente.records import Modality

DEFINITE = frozenset("the this that these those its their his her our".split())
_CLAUSAL = frozenset("advcl ROOT ccomp dep appos relcl".split())
# verbs whose effect reaches a noun only through 'for', 'of', 'to', 'from', 'with'
_CHOOSY = frozenset("ask tell warn agree press stop halt cease order expect".split())

_PLAYED = frozenset("rehearse practise practice simulate reenact re-enact".split())  # what is done to a deed in a drill
_HELD = frozenset(
    "visit trip tour summit meeting conference session drill exercise manoeuvre maneuver round ceremony march rally vigil".split()
)  # what ends when it is over
_KEEPS = frozenset("keep prevent stop save spare protect shield deter".split())


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a deed stands, why, and the word that made it so."""

    modality: Modality
    rules: tuple[str, ...] = ()
    operator: Token | None = None  # 'threaten' in 'threatened to strike'
    absence: bool = False
    finite: bool = False  # told with a future verb of its own ('will withdraw')
    governors: frozenset[int] = frozenset()  # every word found to bear on it
    firm: bool = False  # no odds change it


def judge(
    trigger: Token, consequences: frozenset[int] = frozenset(), conditions: frozenset[int] = frozenset()
) -> Verdict:
    """The modality of the deed at `trigger`.

    `consequences` and `conditions` are token indices of the heads of then- and if-clauses.
    """
    state = _Judgement(consequences, conditions)
    if trigger.pos_ in ("NOUN", "PROPN") or _heads_a_clause(trigger):
        state.noun(trigger)
    else:
        state.verb(trigger)
    if state.modality == "planned" and (undone := called_off_later(trigger)) is not None:
        state.modality, state.operator = "negated", undone
        state.rules.append("called off later in the sentence")
    return Verdict(
        state.modality, tuple(state.rules), state.operator, state.absence, state.finite, frozenset(state.governors)
    )


class _Judgement(Climb):
    """Adds to the climb what bears on a deed that is told by a noun."""

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
        elif noun.dep_ in ("nsubj", "nsubjpass", "dobj", "attr") or _heads_a_clause(noun):
            self._argument(noun, head)
        elif noun.dep_ in _CLAUSAL and (noun.i in self.conditions or noun.i in self.consequences):
            self.set("conditional", None, "stands in a conditional")
        if (found := supposed(noun)) is not None:
            self.set(*found)
        self._kept_from(noun)
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
            return  # 'nobody claimed the explosion': there was one
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
        if prep.lower_ == "at" and noun.lemma_ in ("request", "behest", "urging", "insistence", "invitation"):
            return  # 'At Juba's request, Kampala called up its men'
        if governor.lemma_ == "be" and prep.lower_ == "under":
            self.verb(governor)  # 'was reported to be under house arrest'
        elif governor.pos_ in ("NOUN", "PROPN"):
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
        effects = over(governor, prep.lower_)
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
        if verb.lemma_ in _PLAYED and noun.dep_ in ("dobj", "nsubjpass"):
            self.set("hypothetical", verb, f"'{verb.lemma_}': played, not done")
        is_subject = (noun.dep_ == "nsubj" or _heads_a_clause(noun)) and not is_passive(verb)
        if is_subject:
            if verb.lemma_ in ("fail", "refuse") or _falls_through(verb):
                self.flip(verb, f"the deed {verb.lemma_}ed")
            elif verb.lemma_ == "be":
                self._is_so(verb)
            elif verb.lemma_ == "end" and noun.lemma_.lower() in _HELD and noun.tag_ == "NN":
                self.verb(verb)  # 'the visit ended on Wednesday': it took place
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

    def _is_so(self, be: Token) -> None:
        """'A build-up may be under way', 'the meeting is still on'."""
        modals = {c.lower_ for c in children(be, "aux")}
        if modals & {"may", "might", "could"}:
            self.set("uncertain", be, "'may be'")
        elif any(c.lower_ == "on" and not children(c, "pobj") for c in be.children):
            self.set("planned", be, "'is on'")

    def _soft(self, noun: Token, verb: Token) -> None:
        """An indefinite noun under a modal verb is as uncertain as the verb ('could trigger attacks')."""
        if any(d.lower_ in DEFINITE or d.dep_ == "poss" for d in children(noun, "det", "poss")):
            return
        before = self.modality
        probe = Climb(self.consequences, self.conditions)
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

    def _kept_from(self, noun: Token) -> None:
        """'keep the country from becoming a field for battles': what somebody is kept from has not come about."""
        for token in (noun, *noun.ancestors):
            verb = token.head.head
            if token.dep_ == "pcomp" and token.head.lower_ == "from" and verb.lemma_ in _KEEPS:
                self.set("negated", verb, f"'{verb.lemma_} … from'")
            if token.dep_ not in ("pobj", "prep", "attr", "dobj", "pcomp"):
                return

    def _conditional_chain(self, token: Token) -> None:
        if token.i in self.conditions:
            self.set("conditional", None, "inside the condition")
        for parent in token.ancestors:
            if parent.i in self.conditions:
                self.set("conditional", None, "inside the condition")
                return
            if parent.dep_ == "relcl":
                return


def _falls_through(verb: Token) -> bool:
    """'fell through', 'fell apart', 'came to nothing', 'fizzled', 'never got off the ground'."""
    parts = {t.lower_ for c in verb.children for t in (c, *c.children)}
    return (
        (verb.lemma_ == "fall" and bool(parts & {"through", "apart", "flat"}))
        or (verb.lemma_ == "come" and bool(parts & {"nothing", "naught", "nought"}))
        or verb.lemma_ in ("fizzle", "founder", "flop")
    )


def _heads_a_clause(token: Token) -> bool:
    """An -ing word that the parser hangs before a verb without a subject is its subject: 'Shelling has died away'."""
    verb = token.head
    before = token.tag_ == "VBG" and token.dep_ in ("advcl", "csubj") and token.i < verb.i
    return before and verb.dep_ == "ROOT" and not children(verb, "nsubj", "nsubjpass", "expl")


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
