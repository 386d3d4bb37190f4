"""Statements that tie two actors: 'a front for', 'Iran-backed', 'the same people renamed', 'split from'.

A link is something said by somebody, with its words and hedge; it never becomes an affiliation here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from detente.events.scene import Scene
from detente.events.syntax import children, logical_subject, prep_objects, subject, with_conjuncts
from detente.events.tokens import Token

NOUNS = {
    "front": "front", "facade": "front", "façade": "front", "cover": "front", "proxy": "backed", "offshoot": "splinter",
    "splinter": "splinter", "wing": "wing", "arm": "wing", "affiliate": "ally", "ally": "ally", "label": "front",
    "branch": "member", "faction": "member", "alias": "same", "rebrand": "renamed", "successor": "renamed",
    "reincarnation": "renamed", "subsidiary": "wing", "mouthpiece": "wing", "brand": "front",
}  # fmt: skip
ENDINGS = {
    "backed": "backed", "supported": "backed", "sponsored": "backed", "funded": "backed", "financed": "backed",
    "trained": "backed", "armed": "backed", "aligned": "aligned", "linked": "aligned", "allied": "ally",
    "affiliated": "ally", "led": "member", "controlled": "backed",
}  # fmt: skip
VERBS = {"associate": "aligned", "link": "aligned", "tie": "aligned", "connect": "aligned", "affiliate": "ally",
         "ally": "ally", "back": "backed", "fund": "backed", "sponsor": "backed", "control": "backed", "align": "aligned"}  # fmt: skip
GROUPS = frozenset(
    "group faction militia front organisation organization outfit movement brigade cell network company".split()
)
LINK_PREPS = ("for", "of", "to", "with", "from")
SPLINTERS = frozenset("splinter offshoot proxy front successor".split())
SPLITS = frozenset("split splinter break secede defect separate spin".split())  # away, off, from
RENAMES = frozenset("rename rebrand rebrande restyle relabel redesignate".split())  # 'rebrande': the lemmatiser's
FORMERLY = frozenset("formerly previously once originally earlier".split())
_CUES = (frozenset((*NOUNS, *ENDINGS, *VERBS, "front", "change", "same"))
         | GROUPS | SPLINTERS | SPLITS | RENAMES | FORMERLY)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tie:
    """Heads of the two parties, what ties them, and the word that says so."""

    subject: Token
    object: Token
    kind: str
    cue: Token


def ties(scene: Scene) -> list[Tie]:
    """Every tie a paragraph states."""
    found: dict[tuple[int, int], Tie] = {}
    for token in _telling(scene):
        for maker in (_noun, _compound, _verb, _split, _renamed, _formerly, _same, _uses):
            for tie in maker(scene, token):
                if tie.subject.dep_ == "appos" and scene.named(tie.subject.head):
                    tie = replace(tie, subject=tie.subject.head)  # 'the M23, a group backed by Rwanda'
                if tie.subject.i != tie.object.i:
                    found.setdefault((tie.subject.i, tie.object.i), tie)
    return list(found.values())


def _telling(scene: Scene) -> list[Token]:
    """The tokens that a rule below looks at: words that tell of a tie, and what 'splinter' or 'proxy' stands before."""
    both = enumerate(zip(scene.lows, scene.lemmas, strict=True))
    at = {i for i, words in both if not _CUES.isdisjoint(words)}
    at |= {scene.doc[i].head.i for i in at if scene.lows[i] in SPLINTERS}
    return [scene.doc[i] for i in sorted(at)]


def _noun(scene: Scene, noun: Token) -> Iterator[Tie]:
    kind = NOUNS.get(noun.lemma_.lower()) or next(  # 'a splinter group of', 'a proxy force of'
        (NOUNS[c.lower_] for c in children(noun, "compound", "amod") if c.lower_ in SPLINTERS), None
    )
    hit = scene.hit(noun)
    if kind is None or noun.pos_ not in ("NOUN", "PROPN", "ADJ", "VERB") or (hit is not None and hit.kind != "role"):
        return
    objects = prep_objects(noun, *LINK_PREPS)
    head = noun.head
    who: Token | None = None
    if noun.dep_ in ("attr", "acomp") and head.lemma_ in ("be", "become", "remain"):
        who = subject(head)
    elif noun.dep_ == "appos":
        who = head
    elif noun.dep_ in ("oprd", "pobj", "dobj", "xcomp") and (verb := _calling(noun)) is not None:
        who = next(iter(children(verb, "dobj")), None)
        if who is not None and who.lower_ in ("which", "that", "whom") and verb.dep_ == "relcl":
            who = verb.head
        if (who is None or who == noun) and verb.dep_ == "relcl":
            who = verb.head
    for obj in objects:
        known = who is not None and (scene.political(who) or who.pos_ == "PROPN" or who.lower_ == "which")
        if who is not None and known and scene.named(obj):
            yield Tie(who, obj, kind, noun)


def _calling(noun: Token) -> Token | None:
    """The verb of 'calls it an offshoot', 'see in it the party's militia', 'described X as'."""
    head = noun.head if noun.dep_ != "pobj" else noun.head.head
    return (
        head
        if head.lemma_
        in ("call", "regard", "describe", "see", "consider", "view", "label", "brand", "dub", "term", "deem")
        else None
    )


def _compound(scene: Scene, token: Token) -> Iterator[Tie]:
    """'Iran-backed factions', 'the Iran-aligned militia', 'Turkish-backed rebels'."""
    kind = ENDINGS.get(token.lower_)
    if kind is None or token.i < 2 or scene.doc[token.i - 1].text not in ("-", "–", "‑"):
        return
    sponsor, head = scene.doc[token.i - 2], token.head
    if (
        token.dep_ in ("amod", "compound", "nmod")
        and head.i > token.i
        and scene.named(sponsor)
        and head.pos_ in ("NOUN", "PROPN")
    ):
        yield Tie(head, sponsor, kind, token)


def _verb(scene: Scene, verb: Token) -> Iterator[Tie]:
    kind = VERBS.get(verb.lemma_.lower())
    if kind is None or verb.pos_ not in ("VERB", "ADJ"):
        return
    if kind == "backed" and verb.dep_ == "acl" and verb.head.lemma_.lower() in GROUPS | {"rebel", "fighter", "force"}:
        for backer in prep_objects(verb, "by"):
            if scene.named(backer):
                yield Tie(verb.head, backer, kind, verb)
    elif kind != "backed" and verb.lemma_ in VERBS:
        who: Token | None = (
            verb.head if verb.dep_ in ("acl", "relcl") else next(iter(children(verb, "dobj", "nsubjpass")), None)
        )
        for other in prep_objects(verb, "with", "to"):
            if who is not None and scene.political(who) and scene.named(other) and _group(scene, who):
                yield Tie(who, other, kind, verb)


def _split(scene: Scene, verb: Token) -> Iterator[Tie]:
    """'The faction broke away from the FARC', 'a group that split from al-Shabaab'."""
    if verb.lemma_.lower() not in SPLITS or verb.pos_ != "VERB":
        return
    who = verb.head if verb.dep_ in ("acl", "relcl") else subject(verb)
    if who is not None and who.lower_ in ("which", "that", "who") and verb.dep_ == "relcl":
        who = verb.head
    parents = [p for t in (verb, *children(verb, "prt", "advmod", "prep")) for p in prep_objects(t, "from", "with")]
    for parent in parents:
        if who is not None and scene.named(parent) and _group(scene, who) and _group(scene, parent):
            yield Tie(who, parent, "splinter", verb)


def _renamed(scene: Scene, verb: Token) -> Iterator[Tie]:
    """'Nusra Front renamed itself X', 'the unit was rebranded as X', 'the brigade changed its name to X'."""
    changes = verb.lemma_ == "change" and any(c.lemma_ == "name" for c in children(verb, "dobj"))
    if verb.pos_ != "VERB" or not (verb.lemma_.lower() in RENAMES or changes):
        return
    who = subject(verb) or next(iter(children(verb, "nsubjpass")), None)
    names = children(verb, "oprd", "attr", "ccomp", "xcomp", "dobj", "npadvmod") + prep_objects(
        verb, "as", "to", "into"
    )
    names += [p for c in children(verb, "dobj") for p in prep_objects(c, "to", "as")]
    for name in names:
        if who is not None and name.pos_ == "PROPN" and _group(scene, who) and name != who:
            yield Tie(who, name, "renamed", verb)
            return


def _formerly(scene: Scene, cue: Token) -> Iterator[Tie]:
    """'Hayat Tahrir al-Sham, formerly known as the Nusra Front': one group under two names."""
    if cue.lower_ not in FORMERLY:
        return
    verb = cue.head if cue.head.lemma_ in ("know", "call", "name") else None
    if verb is None:
        return
    who = verb.head if verb.dep_ in ("acl", "relcl", "advcl") else next(iter(children(verb, "nsubjpass")), None)
    for name in children(verb, "oprd", "attr", "dobj") + prep_objects(verb, "as"):
        if who is not None and who.pos_ in ("PROPN", "NOUN") and _group(scene, who) and name.pos_ == "PROPN":
            yield Tie(who, name, "renamed", cue)
            return


def _group(scene: Scene, token: Token) -> bool:
    hit = scene.hit(token)
    return token.lemma_.lower() in GROUPS or token.pos_ == "PROPN" or (hit is not None and hit.kind == "group")


def _same(scene: Scene, token: Token) -> Iterator[Tie]:
    """'the brigades are "the same men as before" -- X and allies': told as one under another name."""
    if token.lower_ != "same" or token.head.pos_ not in ("NOUN", "PROPN") or token.head.dep_ not in ("attr", "appos"):
        return
    noun = token.head
    who = subject(noun.head) if noun.dep_ == "attr" else noun.head
    if who is None or not (scene.political(who) or who.lemma_.lower() in GROUPS):
        return
    for later in scene.doc[noun.i + 1 : noun.sent.end]:
        hit = scene.hit(later)
        if hit is not None and hit.kind in ("group", "coalition", "state", "organisation") and later.i != who.i:
            last = max(i for i in scene.by_token if scene.by_token[i] is hit)
            yield Tie(who, scene.doc[last], "front", token)
            return


def _uses(scene: Scene, token: Token) -> Iterator[Tie]:
    """'Iran was … using front groups': the user stands behind them."""
    if token.lemma_.lower() not in GROUPS | {"front"} or token.head.lemma_ not in (
        "use",
        "employ",
        "create",
        "set",
        "form",
        "run",
        "operate",
    ):
        return
    if token.dep_ != "dobj" or not any(c.lower_ in ("front", "proxy", "shell") for c in (token, *token.children)):
        return
    user = logical_subject(token.head)
    if user is not None:
        for one in with_conjuncts(user):
            if scene.political(one):
                yield Tie(token, one, "front", token)
