"""Deeds told by nouns: the light verb that carries one, and who stands at the noun itself.

Pure functions over tokens, as in `syntax`.
"""

from __future__ import annotations

from detente.events.syntax import children, prep_objects
from detente.events.tokens import Token

# verbs that only carry a noun's deed ("carried out an attack", "came under fire")
LIGHT_VERBS = frozenset(
    (
        "carry conduct launch stage mount make hold take give do open begin start resume continue mark wage "
        "lead execute perform undertake deliver order announce unleash impose stage organise organize host "
        "attend join come suffer survive face escape sustain receive endure repel kick conclude complete "
        "commit complete pursue step renew suspend halt end stop cease cancel postpone abandon boycott call "
        "plan prepare threaten promise propose offer deny claim admit condemn fire pay weigh consider mull "
        "contemplate ponder seek schedule draft approve authorise authorize"
    ).split()
)
# of those, the ones whose subject undergoes the deed
UNDERGONE = frozenset("come suffer survive face escape sustain receive endure repel condemn deny".split())
# of those, the ones that say nothing of who did the deed
DETACHED = frozenset("condemn deny claim admit join attend cancel postpone boycott".split())


def noun_agents(noun: Token, where: str) -> list[Token]:
    """Heads that stand at a noun event: 'possessor', 'compound', 'between', or a preposition."""
    if where == "possessor":
        return children(noun, "poss")
    if where == "compound":
        near = [
            c for c in noun.children if c.dep_ == "nsubj" and c.i == noun.i - 1
        ]  # 'a US forces pull-out', misparsed
        return near + [c for c in noun.children if c.dep_ in ("compound", "amod", "nmod", "npadvmod")]
    if where == "between":
        return prep_objects(noun, "between", "among")
    return prep_objects(noun, where)


def carrier(noun: Token) -> Token | None:
    """The light verb that carries a noun's deed, if one does ('launched an attack', 'came under fire')."""
    head = noun.head
    while noun.dep_ == "conj" and head.pos_ == "NOUN":
        noun, head = head, head.head
    if noun.dep_ in ("dobj", "nsubjpass", "attr", "oprd") and head.pos_ in ("VERB", "AUX"):
        return head if head.lemma_ in LIGHT_VERBS else None
    if noun.dep_ == "pobj" and head.dep_ in ("prep", "prt") and head.head.lemma_ in LIGHT_VERBS:
        return head.head if head.lower_ in ("under", "in", "with", "on", "into", "out", "off") else None
    return None
