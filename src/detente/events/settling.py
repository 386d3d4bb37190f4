"""The last word on a candidate: does it have the parties its frame needs, is the sentence on its topic, who is the other side."""

from __future__ import annotations

from detente.events.everyday import off_topic
from detente.events.roles import OWN, Candidate, sided
from detente.events.scene import Scene
from detente.events.tokens import Token

# what is agreed, given, rejected or threatened is no party: 'promoted a tax plan', 'rejected the letter'
WITH_PARTIES = frozenset("AGREE AID COOPERATE CONSULT REJECT SUPPORT THREATEN".split())
_THEM = frozenset("him her them us you who whom which that".split())
VIOLENT = frozenset(
    "shelling bombing bombardment fighting clash airstrike raid ambush massacre killing gunfire bloodshed retaliation "
    "reprisal gunbattle firefight skirmish insurgency kidnapping abduction assassination bloodletting".split()
)


def settled(scene: Scene, candidate: Candidate) -> tuple[Candidate | None, str]:
    """Check what the frame needs, the topic of the sentence, and reciprocity."""
    needs, acting = candidate.frame.needs, candidate.actors
    if (
        needs in ("either", "recipient", "actor")
        and candidate.frame.type == "ASSAULT"
        and candidate.token.lemma_.lower() in VIOLENT
    ):
        needs = "none"  # 'the shelling has died away' names nobody, yet is about nothing else
    if candidate.frame.type == "ASSAULT" and needs == "either" and _said_absent(candidate.token):
        needs = "none"  # 'there have been no attacks on shipping': an absence report
    if candidate.frame.type == "ASSAULT" and needs == "either" and _accounted_for(candidate.token):
        needs = "none"
    actor = any(scene.political(t) for t in acting)
    if candidate.frame.type == "PROTEST" and candidate.token.dep_ == "dobj" and candidate.token.head.lemma_ in _LODGING:
        return None, f"'{candidate.token.head.text}' makes a note of it"  # 'lodged a protest with Tokyo'
    recipient = any(scene.political(t) for t in candidate.recipients)
    ok = {
        "none": True,
        "either": actor or recipient,
        "actor": actor,
        "recipient": recipient,
        "both": actor and recipient,
        "named": needs == "named" and _two_named(scene, candidate),
    }[needs]
    if not ok:
        return (
            None,
            f"{candidate.frame.source} needs a political {needs if needs != 'either' else 'actor or recipient'}",
        )
    candidate.recipients = sided(scene, candidate)
    if candidate.frame.type in WITH_PARTIES:
        candidate.recipients = [t for t in candidate.recipients if scene.political(t) or t.lower_ in _THEM]
    topic = off_topic(scene, candidate)
    if topic:
        return None, f"the sentence is about {topic}"
    if candidate.frame.reciprocal or _mutual(scene, candidate):
        candidate.notes.append("reciprocal")
        if not candidate.actors:  # 'the clashes between X and Y', told by a preposition alone
            candidate.actors, candidate.recipients = candidate.recipients, []
    return candidate, ""


_LODGING = frozenset("lodge file deliver register submit convey hand".split())
_ACCOUNTING = frozenset("attribute ascribe pin blame claim condemn denounce investigate avenge mourn".split())


def _accounted_for(noun: Token) -> bool:
    """'attributes the attack to X', 'condemned the killings': a deed that somebody answers for took place."""
    definite = any(c.lower_ in ("the", "this", "these", "those", "that") for c in noun.children)
    return definite and noun.pos_ == "NOUN" and noun.dep_ == "dobj" and noun.head.lemma_ in _ACCOUNTING


def one_side(scene: Scene, noun: Token) -> bool:
    """A plural that is one party all the same: 'Indian gunners', 'its delegates'; not 'Gambian and Senegalese vets'."""
    if _several(scene, noun):
        return False
    return any(
        c.dep_ in ("poss", "amod", "compound", "nmod") and (scene.hit(c) or c.lower_ in OWN) for c in noun.children
    )


# what several do to one another when nobody else is named: 'Suva and Apia agreed to share a tug'
MUTUAL = frozenset(
    "agree consent settle concur sign initial conclude reach strike seal clinch pool swap exchange".split()
)


def _mutual(scene: Scene, candidate: Candidate) -> bool:
    """Several doers of a deed that takes two, and no other party."""
    if candidate.recipients or candidate.frame.type not in ("AGREE", "CONCEDE", "SUPPORT", "COOPERATE"):
        return False
    several = len(candidate.actors) > 1 or any(_several(scene, t) for t in candidate.actors)
    return several and candidate.token.lemma_.lower() in MUTUAL


def _two_named(scene: Scene, candidate: Candidate) -> bool:
    """Two parties that the text names or gives an office, one on each side, or both on the one of a joint deed."""
    acting, suffering = (
        [
            t
            for t in side
            if scene.named(t) or scene.is_a(t, "official", "envoy", "unit", "delegation") or t.lower_ in _WE
        ]
        for side in (candidate.actors, candidate.recipients)
    )
    if acting and suffering:
        return True
    return candidate.frame.reciprocal and (len(acting) > 1 or any(_several(scene, t) for t in candidate.actors))


def _several(scene: Scene, noun: Token) -> bool:
    """One noun for two parties or more: 'Gambian and Senegalese vets', 'the two Koreas', 'Baltic states'."""
    names = [c for c in noun.children if c.dep_ in ("amod", "compound", "nmod", "poss") and scene.named(c)]
    if noun.tag_ == "NNP":
        names = []  # 'President Dmitry Medvedev' is one
    names += [c for n in names for c in n.conjuncts]
    return len(names) > 1 or (noun.tag_ in ("NNS", "NNPS") and (noun.lemma_.lower() in _STATES or scene.named(noun)))


_STATES = frozenset(
    "state country nation neighbour neighbor ally government navy army side republic kingdom power".split()
)
_WE = frozenset("we us they them he him she her it".split())


def _said_absent(noun: Token) -> bool:
    """'there were no attacks': the noun of an existential clause that begins with 'no'."""
    exists = noun.dep_ == "attr" and any(c.dep_ == "expl" for c in noun.head.children)
    return exists and any(c.lower_ == "no" for c in noun.children if c.dep_ == "det")
