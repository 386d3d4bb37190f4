"""Does a frame fit where its word stands: the words around it, its subject and object, the topic."""

from __future__ import annotations

from dataclasses import dataclass

from detente.events import syntax
from detente.events.roles import parties_of
from detente.events.scene import Scene, kept
from detente.events.syntax import children, prep_objects
from detente.events.tokens import Token
from detente.reference.codebook.read import Codebook, Frame

THING_WORDS = frozenset(
    {"person", "people", "official", "city", "soldier", "government", "country", "everyone", "leader"}
)
VERBAL = ("CONSULT", "AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "CONCEDE")  # what no weapon does
CIVIL = ("GOV", "LEG", "JUD", "PTY", "OPP", "CVL", "CIV")  # sectors of actors that are not armed


@dataclass(frozen=True, slots=True)
class _Lists:
    dependents: frozenset[str]
    not_dependents: frozenset[str]
    subject: frozenset[str]
    object: frozenset[str]
    not_subject: frozenset[str]
    not_object: frozenset[str]


_LISTS: dict[tuple[str, str], _Lists] = {}


def _lists(frame: Frame, codebook: Codebook) -> _Lists:
    key = (codebook.version, frame.source)
    found = _LISTS.get(key)
    if found is None:
        found = _LISTS[key] = _Lists(
            codebook.expand(frame.dependents), codebook.expand(frame.not_dependents), codebook.expand(frame.subject),
            codebook.expand(frame.object), codebook.expand(frame.not_subject), codebook.expand(frame.not_object),
        )  # fmt: skip
    return found


@kept
def _around(_: Scene, token: Token) -> frozenset[str]:
    """What depends on a trigger: objects, particles, complements, objects of its prepositions, as lemmas."""
    out: set[str] = set()
    for child in token.children:
        if child.dep_ in ("xcomp", "ccomp"):
            out |= {c.lower_ for c in child.children if c.dep_ in ("aux", "mark")}  # 'to', 'that'
        if child.dep_ in ("nsubj", "punct", "aux", "auxpass", "mark", "advcl", "ccomp", "relcl", "conj", "cc"):
            continue
        out |= {child.lemma_.lower(), child.lower_}
        inner = list(child.children)
        if child.dep_ != "prep":
            inner += [o for p in child.children if p.dep_ == "prep" for o in p.children if o.dep_ == "pobj"]
        if child.dep_ == "prep":
            inner += [g for c in child.children if c.dep_ in ("pobj", "pcomp") for g in (*c.children, *c.conjuncts)]
        else:
            inner += child.conjuncts
        out |= {c.lemma_.lower() for c in inner if c.dep_ not in ("relcl", "acl", "punct") or _infinitive(c)}
    return frozenset(out)


def _not_done(verb: Token) -> bool:
    """'did not meet', 'have not met': no 'will', no 'would'."""
    aux = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    return bool(aux & {"did", "has", "have", "had", "do", "does"}) and not aux & {
        "will",
        "would",
        "wo",
        "ca",
        "can",
        "could",
        "shall",
    }


def _infinitive(token: Token) -> bool:
    """'gave them two days to leave'."""
    return token.dep_ in ("acl", "relcl") and token.tag_ == "VB"


def _fits(scene: Scene, token: Token | None, wanted: frozenset[str]) -> bool:
    if token is None:
        return False
    if token.lemma_.lower() in wanted or token.lower_ in wanted:
        return True
    if token.is_sent_start and token.tag_ in ("NNP", "NNPS") and token.lower_.removesuffix("s") in wanted:
        return True  # 'Rockets landed': the capital makes a name of it, which keeps its plural
    open_class = bool(wanted & THING_WORDS)
    if open_class and (token.pos_ in ("PROPN", "PRON", "NUM") or scene.political(token)):
        return True
    return any(c.lemma_.lower() in wanted for c in token.conjuncts)


def _of_state(scene: Scene, token: Token) -> bool:
    """A named holder of civil office: 'the nominee gave up' lays no arms down."""
    hit = scene.hit(token)
    return hit is not None and hit.actor is not None and hit.sector in CIVIL and token.ent_type_ not in ("GPE", "NORP")


def _things(verb: Token, done_to: Token | None) -> list[Token]:
    """What a verb may be done to: also the thing handed over ('was sent wheat', 'gave Fiji a boat'), and what it measures."""
    things = [done_to] if done_to is not None else []
    things += [c for c in children(verb, "dobj", "oprd") if c is not done_to]
    if not things and verb.lemma_ == "let":  # 'let inspectors into the camp', whom the parser takes for a subject
        things += [c for c in verb.rights if c.dep_ in ("nsubj", "ccomp") and c.pos_ in ("NOUN", "PROPN")]
    if not things and verb.dep_ == "relcl" and verb.head.pos_ == "NOUN":
        things.append(verb.head)
    return things + [inner for t in things if t.lemma_.lower() in MEASURES for inner in prep_objects(t, "of")]


MEASURES = frozenset(
    "half third quarter fifth tenth ton tonne sack bag barrel litre kilo crate load truckload shipload planeload batch box "
    "consignment cargo shipment share bundle pallet slice round set pair couple series number list package bit piece".split()
)


def misfit(scene: Scene, token: Token, frame: Frame, doer: Token | None, done_to: Token | None) -> str:
    """Why the frame does not fit, or an empty string."""
    want = _lists(frame, scene.codebook)
    around = _around(scene, token) if want.dependents or want.not_dependents else frozenset()
    if want.dependents and frame.type == "AID" and doer is not None:  # 'UN aid trucks rolled into the town'
        around |= {c.lower_ for c in children(doer, "compound", "nmod", "amod", "poss")}
        around |= {t.lower_ for c in children(doer, "acl") for t in c.subtree}  # 'a ship loaded with rice'
    if (
        want.dependents
        and around.isdisjoint(want.dependents)
        and not (done_to is not None and _fits(scene, done_to, want.dependents))
    ):
        return f"{frame.source} wants one of {', '.join(frame.dependents)}"
    if not around.isdisjoint(want.not_dependents):
        return f"{frame.source} is excluded by '{min(want.not_dependents & around)}'"
    if frame.prepositions and not any(
        c.lower_ in frame.prepositions
        for c in (*token.children, *(g for p in token.children if p.dep_ in ("prt", "advmod") for g in p.children))
        if c.dep_ in ("prep", "prt", "agent", "dative", "advmod", "mark")
    ):
        return f"{frame.source} wants {'/'.join(frame.prepositions)}"
    if (
        frame.type == "REJECT"
        and token.lemma_ == "return"
        and not children(token, "dobj")
        and not syntax.is_passive(token)
    ):
        return "goes back"  # 'lawmakers return to the capital'
    if (
        frame.type == "RETREAT"
        and token.lemma_ == "lose"
        and done_to is not None
        and scene.is_a(done_to, "armed", "person")
    ):
        return "counts its dead"  # 'the army lost 40 troops'
    if "not" in frame.dependents and frame.type == "REJECT" and _not_done(token):
        return "what was not done is not yet refused"
    if frame.type in VERBAL and doer is not None and scene.is_a(doer, "explosive", "heavy"):
        return f"'{doer.text}' does not speak"
    if want.subject and not _fits(scene, doer, want.subject):
        return f"{frame.source} wants another subject"
    if "disarm" in frame.modes and done_to is None and doer is not None and _of_state(scene, doer):
        return f"'{doer.text}' bears no arms to give up"
    if want.object and not any(_fits(scene, t, want.object) for t in _things(token, done_to)):
        return f"{frame.source} wants another object"
    if doer is not None and doer.lemma_.lower() in want.not_subject and not scene.named(doer):
        return f"{frame.source} is excluded by its subject '{doer.text}'"
    if (
        done_to is not None
        and done_to.lemma_.lower() in want.not_object
        and not scene.named(done_to)
        and not parties_of(scene, done_to, [])
    ):
        return f"{frame.source} is excluded by its object '{done_to.text}'"
    return ""


# ranks and bodies that sport, schools and firms have as well
_CIVIL_TOO = frozenset(
    "captain officer major general guard unit division squad force fighter command company side coach private cadet scout".split()
)


@kept
def is_armed(scene: Scene, token: Token) -> bool:
    """A soldier, fighter, police or army, by the reference data or an unambiguous word."""
    hit = scene.hit(token)
    if hit is not None and hit.sector in ("MIL", "REB", "PRM", "UAF", "COP"):
        return token.lemma_.lower() not in _CIVIL_TOO
    return scene.is_a(token, "armed") and token.lemma_.lower() not in _CIVIL_TOO
