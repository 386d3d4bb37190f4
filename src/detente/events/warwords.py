"""Words of war, which speak for themselves where nobody is named: 'A bomb exploded in a market'."""

from __future__ import annotations

from detente.events import syntax
from detente.events.tokens import Token

_ARMS = frozenset(
    "rocket missile mortar katyusha grenade bomb landmine artillery shelling airstrike warplane drone raid massacre ambush "
    "bombing gunfire sniper fighting firefight gunbattle casualty".split()
)  # nouns of war
_WAR = frozenset("abduct kidnap assassinate ambush behead bomb massacre shell torch".split())  # verbs of it
_HURTS = frozenset("kill wound injure maim".split())
_ACCIDENTS = frozenset(
    "gas boiler shaft colliery pit quarry pipe pipeline plant factory refinery kitchen stove cylinder bakery firework fireworks "
    "laboratory main furnace silo tank engine transformer".split()
)


def of_war(word: Token) -> bool:
    """'A bomb exploded', 'were abducted', 'an air strike destroyed': no sport, no market, no accident."""
    if (
        word.lemma_.lower() in _WAR
        and word.pos_ == "VERB"
        and (syntax.is_passive(word) or any(syntax.children(word, "dobj")))
    ):
        return True
    shots = any(c.lemma_.lower() in ("shot", "round", "volley") for c in word.children)
    if (word.lemma_ == "fire" and shots) or (word.lemma_ == "shoot" and _downed(word)):
        return True
    nouns = [t for t in word.sent if t.pos_ == "NOUN"]
    blast = word if word.lemma_ == "blast" else next((c for c in word.children if c.lemma_ == "blast"), None)
    if blast is not None and blast.dep_ == "nsubj" and blast.head.lemma_ in _HURTS:
        return not any(t.lemma_.lower() in _ACCIDENTS for t in word.sent)  # 'The blast killed six people'
    if any(t.lemma_ == "grave" and t.i and t.nbor(-1).lower_ == "mass" for t in nouns):
        return True
    air = any(t.lemma_.lower() in ("strike", "raid") and t.i and t.nbor(-1).lower_ == "air" for t in nouns)
    return air or any(t.lemma_.lower() in _ARMS for t in nouns)


def _downed(verb: Token) -> bool:
    """'A helicopter was shot down': 'down', and no camera."""
    return syntax.is_passive(verb) and any(c.lower_ == "down" for c in verb.children)
