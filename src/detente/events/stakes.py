"""What a condition's consequence means to whom it is held over: harm, boon, or neither.

Words first: a consequence need not name a codebook deed to be a threat ('your mills go dark') or an offer ('the siege ends').
"""

from __future__ import annotations

from itertools import pairwise

from detente.events.clauses import COMMISSIVE, Conditional
from detente.events.scene import Scene
from detente.events.syntax import children, is_passive, subject
from detente.events.tokens import Token

# how people say 'you will regret it' without naming a deed
MENACE = frozenset(
    (
        "pay price answer respond retaliate regret consequence force fire fate hell punish punishment "
        "reprisal revenge retribution strike hit destroy crush enemy target war response flame glove bleed "
        "suffer burn blood rubble reckon reckoning crater graveyard grave horizontally wrath fury lesson occupier "
        "harsh painful crushing decisive merciless death die bury worse void dark rise lose forfeit"
    ).split()
)
HARM = frozenset(
    "death harm attack fire strike danger trouble violence war hostility target casualty shoot kill hurt bomb shell touch arrest "
    "prosecute try jail punish".split()
)
# what is given, undone or let be
BOON = frozenset(
    "free release reopen open lift return pardon amnesty unharmed safe safely safety spare pass allow let restore reward "
    "give grant receive home deliver silent withdraw welcome peace drop leave end negotiate talk meet sign hand guarantee "
    "aid help rebuild resume ease unfreeze unblock sit recognise recognize respect honour honor keep supply feed".split()
)
_WHOSE = frozenset("yours theirs".split())
# these undo a measure that hurts; of anything else they are no boon ('the aid ends')
_ENDS = frozenset("end stop fall come drop lift leave open ease withdraw".split())
_SEIZED = frozenset(
    "siege blockade raid shelling embargo sanction barricade strike curfew bombing attack picket gun war ban".split()
)
_NEGATIVE = frozenset("no not never neither nor nobody none nothing n't n’t without".split())
_ABSTRACT = frozenset(
    "price inflation market economy oil currency crop growth demand sale share rate cost temperature rain flood river "
    "thousand million hundred people crisis situation tension conflict violence risk chance turnout".split()
)
# with 'not', harm: 'would not get away with it', 'will not walk out of it'
_ESCAPES = frozenset("get go escape walk return leave live survive pass come see find sleep rest enjoy".split())
_STOPS = frozenset("stop cease suspend cut withhold freeze refuse".split())
_KEPT = frozenset("stay remain continue hold last stand go keep be block occupy".split())
_SHUT = frozenset(
    ["shut", "closed", "blocked", "strike", "place", "force", "sealed", "barred", "frozen", "suspended", "down"]
)


def menacing(scene: Scene, conditional: Conditional) -> bool:
    """Does the consequence threaten in words that are no codebook deed?"""
    return any(t.lemma_.lower() in MENACE for t in _then(scene, conditional))


def spares(scene: Scene, conditional: Conditional) -> bool:
    """'Nobody will be harmed', 'we will not attack': harm that is promised not to come."""
    tokens = _then(scene, conditional)
    nobody = scene.doc[conditional.condition[0]].lower_ in ("no", "nobody", "none") and conditional.kind == "whoever"
    return (nobody or _negative(tokens)) and any(t.lemma_.lower() in HARM for t in tokens)


def rewards(scene: Scene, conditional: Conditional, types: frozenset[str]) -> bool:
    """Is the consequence a boon or a restraint (True), or harm, or a boon withheld (False)?

    `types` are the PLOVER types of the events in it: a promise has been named as one, with its 'not'.
    """
    tokens = _then(scene, conditional)
    if _until_not(scene, conditional) or _insists(tokens):
        return False
    if types - {"THREATEN", "PROTEST"}:
        return types <= {"CONCEDE", "AGREE", "SUPPORT", "AID", "RETREAT", "COOPERATE", "CONSULT"}
    if spares(scene, conditional) or (_holds_fire(tokens) and not _negative(tokens)):
        return True
    if types and not any(t.lemma_ in BOON for t in tokens):
        return False
    return _boon(scene, conditional, tokens) != _negative(tokens) and not (_negative(tokens) and not _harm(tokens))


def _insists(tokens: list[Token]) -> bool:
    """'will accept nothing less than a full withdrawal': a demand, though 'accept' gives in."""
    words = [t.lower_ for t in tokens]
    return any(pair in (("nothing", "less"), ("nothing", "short")) for pair in pairwise(words))


def _holds_fire(tokens: list[Token]) -> bool:
    """'will hold its fire': a restraint, whatever deed its words look like."""
    lemmas = [t.lemma_.lower() for t in tokens]
    return "fire" in lemmas and bool({"hold", "cease", "withhold"} & set(lemmas[: lemmas.index("fire")]))


def _boon(scene: Scene, conditional: Conditional, tokens: list[Token]) -> bool:
    if _kept_up(scene, conditional):
        return False
    if _harm(tokens) or any(t.lemma_ in _STOPS for t in tokens):
        return False
    lemmas = {t.lemma_.lower() for t in tokens} | {t.lower_ for t in tokens}
    given: object = lemmas & BOON - _ENDS - (
        frozenset(["home"]) if lemmas & {"envoy", "ambassador", "consul"} else frozenset()
    )
    ended = lemmas & (_ENDS | {"silent", "down"}) and lemmas & _SEIZED
    opened = lemmas & {"open", "reopen", "lift", "drop", "withdraw", "ease"}
    truce = lemmas & {"truce", "ceasefire"} and not lemmas & {
        "end",
        "break",
        "void",
        "over",
        "quit",
        "leave",
        "scrap",
        "dead",
        "off",
    }
    so = tokens[0].lower_ == "so" and _kind_condition(scene, conditional)
    given = given or ("pay" in lemmas and lemmas & {"we", "i"})  # 'lift the siege and we pay your clerks'
    return bool(given or ended or opened or lemmas & _WHOSE or truce or so or conditional.kind == "exchange")


def _harm(tokens: list[Token]) -> bool:
    return any(t.lemma_.lower() in MENACE - {"fire", "force", "pay", "rise", "answer"} for t in tokens)


def _kind_condition(scene: Scene, conditional: Conditional) -> bool:
    """'If the other side keeps the peace, so will we': what is matched is a good thing."""
    words = scene.doc[slice(*conditional.condition)]
    return any(t.lemma_.lower() in BOON or t.lemma_.lower() in ("truce", "ceasefire") for t in words)


def _until_not(scene: Scene, conditional: Conditional) -> bool:
    """'Not until they leave will we talk', 'no talks until they leave', 'no car so long as …': a boon withheld."""
    first = conditional.condition[0]
    before = {t.lower_ for t in scene.doc[max(0, first - 1) : first + 1]}
    return conditional.kind in ("until", "till") and ("not" in before or _negative(_then(scene, conditional)))


def _then(scene: Scene, conditional: Conditional) -> list[Token]:
    tokens = scene.doc[conditional.consequence[0] : conditional.consequence[1]]
    return [t for t in tokens if t.i not in conditional.inside]


def _negative(tokens: list[Token]) -> bool:
    return any(t.dep_ == "neg" or t.lower_ in _NEGATIVE for t in tokens)


def befalls(scene: Scene, conditional: Conditional) -> bool:
    """Does something befall whoever does it: 'will be shot', 'will have his sons pardoned', 'shall die', 'risks being …'?"""
    tokens = _then(scene, conditional)
    if menacing(scene, conditional) or tokens[0].lower_ in ("risks", "faces", "forfeits"):
        return True
    if any(t.lemma_.lower() in ("home", "unharmed", "pardon", "amnesty", "die", "regret") for t in tokens):
        return True
    if _negative(tokens[:4]) and any(t.lemma_ in _ESCAPES for t in tokens[:5]):
        return True
    if any(t.lower_ in ("our", "my") for t in tokens):
        return True
    done = any(t.tag_ == "VBN" or (t.tag_ == "VBD" and t.i > tokens[0].i + 1) for t in tokens[1:5])
    have = any(t.lemma_ == "have" for t in tokens[1:3]) and any(t.tag_ in ("VBN", "VBD", "VB") for t in tokens[2:])
    return done or have or is_passive(scene.doc[conditional.head])


def bargains(scene: Scene, conditional: Conditional, doer: Token | None, voice: bool, party: bool) -> bool:
    """Terms without a deed or a menace: a measure kept up, the speaker's own side acting, or terms put to somebody."""
    head = scene.doc[conditional.head]
    if _kept_up(scene, conditional):
        return voice or party
    if conditional.kind == "exchange" or head.lemma_ in COMMISSIVE or head.head.lemma_ in COMMISSIVE:
        return party or voice
    if not (voice or party) or not _parties(scene, conditional):
        return False
    if doer is None:
        doer = subject(head)
    if doer is None or doer.lemma_.lower() in _ABSTRACT:
        return False
    ours = doer.lower_ in ("we", "i") or any(c.lower_ in ("our", "my") for c in children(doer, "poss"))
    return ours or (voice and head.tag_ != "VBD") or (party and _forces(scene, doer))


def _forces(scene: Scene, doer: Token) -> bool:
    """Somebody's men or machines: 'Ghana's paratroops go in'."""
    owned = any(scene.hit(c) is not None or c.ent_type_ == "GPE" for c in children(doer, "poss", "compound", "amod"))
    return scene.is_a(doer, "armed", "military-kit", "soldier", "unit") or (owned and doer.tag_ == "NNS")


def _kept_up(scene: Scene, conditional: Conditional) -> bool:
    """'The road stays shut until …', 'are on strike until …', 'we hold the bridge until …': kept up till the terms are met."""
    head = scene.doc[conditional.head]
    if conditional.kind not in ("until", "till", "as long as") or head.tag_ == "VBD" or head.lemma_ not in _KEPT:
        return False
    tokens = _then(scene, conditional)
    measure = any(t.lower_ in _SHUT or scene.is_a(t, "restriction", "sanction") for t in tokens)
    who = subject(head)
    ours = who is not None and (who.lower_ in ("we", "i") or scene.political(who))
    return _parties(scene, conditional) and (
        measure or (ours and head.lemma_ in ("hold", "block", "occupy", "keep", "stay"))
    )


def natural(scene: Scene, conditional: Conditional) -> bool:
    """Is the condition the weather, the market or somebody's health, which nobody can be held to?"""
    words = scene.doc[slice(*conditional.condition)]
    return any(t.dep_ in ("nsubj", "nsubjpass") and t.lemma_.lower() in _NATURE for t in words)


_NATURE = frozenset(
    "rain snow river weather wind sea health season flood storm temperature market price drought harvest lake tide fog "
    "demand economy volcano virus cost ice winter summer".split()
)


def _parties(scene: Scene, conditional: Conditional) -> bool:
    """Is the condition something that people do or suffer (not the weather or the market)?"""
    words = scene.doc[slice(*conditional.condition)]
    if any(t.lower_ in ("you", "they", "he", "she", "your", "their", "our", "we") for t in words):
        return True
    if any(scene.is_a(t, "heavy", "explosive", "firearm", "wrong", "restriction", "sanction") for t in words):
        return True
    if any(scene.political(t) for t in words if t.pos_ in ("NOUN", "PROPN", "PRON")):
        return True
    return any(t.dep_ == "auxpass" and t.head.dep_ == "advcl" for t in words)
