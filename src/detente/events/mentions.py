"""Role words to actor mentions: their exact phrase, whom a pronoun or 'the militia' stands for, and the actor.

Antecedents are sought in the sentence and before it, subjects first, by number and kind; inside somebody's
words 'we' is the speaker. Nothing is guessed: without a fitting antecedent the words stay as they are.
"""

from __future__ import annotations

from dataclasses import replace

from detente.events.clauses import SPEECH
from detente.events.memory import FORCE_NOUNS, GROUP_NOUNS, STATES, SUBJECT, Known, Memory
from detente.events.scene import Scene
from detente.events.syntax import SUBJECTS, logical_subject, phrase, subject
from detente.events.tokens import Token
from detente.events.whose import country_at
from detente.records import Mention, Span

FIRST = frozenset({"we", "i", "us", "me", "our", "my", "ours"})
SINGULAR = frozenset({"it", "its", "itself"})
PERSON = frozenset({"he", "she", "him", "her", "his", "himself", "herself"})
BOUND = frozenset({"them", "him", "it"})
PLURAL = frozenset({"they", "them", "their", "themselves", "these", "those", "both", "all", "each", "some"})
RELATIVE = frozenset({"which", "that", "who"})
LAND_NOUNS = frozenset(["country", "state", "nation", "kingdom", "republic"])
BODY_NOUNS = frozenset("agency charity union watchdog organisation organization".split())
REBEL_NOUNS = frozenset(
    "rebel insurgent militant guerrilla fighter gunman jihadist separatist islamist militiaman paramilitary".split()
)
TROOP_NOUNS = frozenset("troop soldier force unit gunner jet warplane".split())
IRREGULAR = ("REB", "UAF", "PRM", "SEP")
GROUPS = ("group", "coalition", "party")
NEAR = 200  # characters back: the subject of the sentence before
SIDES = frozenset("side party army military force government country state nation".split())


def mentions(
    scene: Scene, token: Token, memory: Memory, speaker: Mention | None = None, not_at: Span | None = None
) -> list[Mention]:
    """The actor mentions at a role head: two for 'both sides' where the article has named two, else one."""
    both = _both(scene, token, memory)
    if not both:
        return [mention(scene, token, memory, speaker, not_at)]
    span = _span(scene, token, memory)
    armed = token.lemma_.lower() in ("army", "military", "force")
    return [_standing(scene, token, memory, span, _armed(known) if armed else known) for known in both]


def mention(
    scene: Scene, token: Token, memory: Memory, speaker: Mention | None = None, not_at: Span | None = None
) -> Mention:
    """The actor mention at a role head, resolved as far as the text allows; `not_at` cannot be its antecedent."""
    if not_at is not None:
        memory = replace(memory, known=[k for k in memory.known if not (k.start < not_at.end and not_at.start < k.end)])
    span = _span(scene, token, memory)
    meant = _stands_for(scene, token, memory, speaker)
    if meant is not None:
        return _standing(scene, token, memory, span, meant)
    # a militia or a rebel group is not the home state's own; its army and police are
    stateless = scene.is_a(token, "fighter") or token.lemma_.lower() in GROUP_NOUNS
    country = None if stateless else country_at(scene, token, memory)
    resolution = memory.index.resolve(_bare(span.quote), on=memory.published, country=country)
    hit = scene.hit(token)
    return Mention(
        text=span.quote,
        span=span,
        actor=getattr(resolution, "actor", None) or (hit.actor if hit is not None else None),
        country=getattr(resolution, "country", None),
        sector=getattr(resolution, "sector", None),
        name=getattr(resolution, "name", None),
        plural=_plural(token),
    )


def _span(scene: Scene, token: Token, memory: Memory) -> Span:
    """The noun phrase at a role head; a name that the parser cuts ('Lashkar-e-Taiba') is taken whole."""
    first, last = phrase(token)
    start, end = scene.doc[first].idx, scene.doc[last - 1].idx + len(scene.doc[last - 1])
    hit = scene.hit(token)
    if hit is not None and hit.kind in GROUPS:
        start, end = min(start, hit.start), max(end, hit.end)
    return Span(memory.article, scene.offset + start, scene.offset + end, scene.doc.text[start:end])


def _plural(token: Token) -> bool:
    return token.tag_ in ("NNS", "NNPS") or token.lower_ in PLURAL


def _standing(scene: Scene, token: Token, memory: Memory, span: Span, meant: Known | Mention) -> Mention:
    """The mention at `span` of words that stand for somebody named elsewhere, or for what is his."""
    if isinstance(meant, Known):
        quote = memory.text[meant.start : meant.end]
        at: Span | None = Span(memory.article, meant.start, meant.end, quote)
        found = memory.index.resolve(_bare(meant.text), on=memory.published, country=memory.country)
        name = meant.text
        actor, country, sector = (getattr(found, key, None) for key in ("actor", "country", "sector"))
        actor = actor or meant.actor
    else:
        at, name = meant.antecedent or meant.span, meant.name or meant.text
        actor, country, sector = meant.actor, meant.country, meant.sector
    whose = _owner(scene, token) is not None
    if whose and country and sector not in IRREGULAR:
        lemma = token.lemma_.lower()
        state = memory.index.get(country)
        if lemma in FORCE_NOUNS and not _is_group(meant):
            actor, sector, name = f"{country}.MIL", "MIL", f"{state.name if state else country}'s {token.text}"
        elif lemma in LAND_NOUNS and state is not None:
            actor, sector, name = country, None, state.name
    return Mention(span.quote, span, actor, country, sector, name, at, _plural(token))


def _is_group(meant: Known | Mention) -> bool:
    return isinstance(meant, Known) and meant.kind in GROUPS


def _armed(known: Known) -> Known:
    """A state as one of 'both armies' is its army."""
    return replace(known, text=f"{known.text}'s army") if known.kind in STATES else known


def _unnamed(scene: Scene, token: Token) -> bool:
    """No name stands in this noun phrase; general words ('militia', 'forces') that the actor index knows may."""
    around = [token, *(c for c in token.children if c.dep_ in ("compound", "amod", "poss", "nmod", "appos"))]
    first, last = phrase(token)  # 'the US-led coalition' is named two steps down
    hits = [hit for t in (*around, *scene.doc[first:last]) if (hit := scene.hit(t)) is not None]
    return all(hit.kind == "role" for hit in hits) and not any(
        t.ent_type_ in ("GPE", "NORP", "ORG", "PERSON") and scene.hit(t) is None for t in around
    )


def _owner(scene: Scene, token: Token) -> Token | None:
    """The 'its' of 'its forces'; None where a name says more ('his Somali counterpart')."""
    owner = next((c for c in token.children if c.dep_ == "poss" and c.pos_ == "PRON"), None)
    return owner if owner is not None and _unnamed(scene, token) else None


def _bare(text: str) -> str:
    text = text.strip(" \n\t“”\"'‘’,.;:-–—")
    return text[:-2] if text.endswith(("'s", "’s")) else text


def _whole(scene: Scene, token: Token) -> Known | None:
    """'Three rockets hit the compound, one of them striking a cafeteria': of the rockets named just before."""
    if token.lower_ != "them" or token.head.lower_ != "of":
        return None
    things = [t for t in token.sent if t.i < token.i and t.dep_ == "nsubj" and t.tag_ == "NNS" and scene.hit(t) is None]
    if not things or scene.political(things[-1]):
        return None
    first, last = phrase(things[-1])
    start, end = scene.doc[first].idx, scene.doc[last - 1].idx + len(scene.doc[last - 1])
    quote = scene.doc.text[start:end]
    return Known(quote, scene.offset + start, scene.offset + end, "thing", None, None, True)


def _stands_for(scene: Scene, token: Token, memory: Memory, speaker: Mention | None) -> Known | Mention | None:
    low, here = token.lower_, scene.offset + token.idx
    if low in FIRST and token.text != "US":  # the country in capitals is no pronoun
        return speaker
    owner = _owner(scene, token)
    if owner is not None:
        return _stands_for(scene, owner, memory, speaker)
    if (whole := _whole(scene, token)) is not None:
        return whole
    if low in RELATIVE and (noun := _related(token)) is not None:
        return mention(scene, noun, memory, speaker)
    if low in SINGULAR | PERSON | PLURAL and (teller := _telling(scene, token)) is not None:
        return mention(scene, teller, memory, speaker)
    if low in BOUND or token.dep_ == "dobj":
        memory = _without_doer(scene, token, memory, speaker)
    if low in SINGULAR | {"which", "that"}:
        return memory.named(here, lambda k: not k.human and not k.plural)
    if low in PERSON:
        return memory.named(here, lambda k: k.human and not k.plural)
    if low in ("those", "these", "all") and any(c.dep_ in ("relcl", "acl") for c in token.children):
        return None  # 'those who shelled the camp': whoever did
    if low in PLURAL and token.pos_ in ("PRON", "DET"):
        found = memory.named(here, lambda k: k.plural or k.kind in ("group", "force", "coalition", *STATES))
        return _named_before(found, memory)
    determined = any(c.lower_ in ("the", "those", "these", "that", "this") for c in token.children if c.dep_ == "det")
    if determined and _unnamed(scene, token):
        return _described(scene, token, memory, here)
    return _head_of_described(scene, token, memory, speaker)


def _named_before(found: Known | None, memory: Memory) -> Known | None:
    """'They' after 'the rebels' are the group that those were."""
    if found is None or found.actor or found.sector not in IRREGULAR or not found.text.lower().startswith("the "):
        return found
    return memory.named(found.start, lambda k: k.kind in GROUPS and k.sector in IRREGULAR) or found


def _head_of_described(
    scene: Scene, token: Token, memory: Memory, speaker: Mention | None
) -> Known | Mention | None:  # fmt: skip
    """'The group's spokesman' speaks for the group that 'the group' stands for."""
    for body in token.children:
        if body.dep_ == "poss" and body.pos_ == "NOUN" and _unnamed(scene, body):
            found = _stands_for(scene, body, memory, speaker)
            return found if isinstance(found, Known) and found.kind in (*GROUPS, "organisation", "org") else None
    return None


def _related(token: Token) -> Token | None:
    """The noun that a relative word takes up: 'a drone, which the army said it had shot down'."""
    clause = next((t for t in token.ancestors if t.dep_ == "relcl"), None)
    noun = clause.head if clause is not None else None
    return noun if noun is not None and noun.i < token.i and noun.pos_ in ("NOUN", "PROPN") else None


def _telling(scene: Scene, token: Token) -> Token | None:
    """'The army said it had …': who tells of himself, where number and kind allow."""
    verb = token.head
    if token.dep_ not in SUBJECTS or verb.dep_ not in ("ccomp", "conj", "advcl"):
        return None
    said = next((t for t in verb.ancestors if t.lemma_ in SPEECH), None)
    teller = subject(said) if said is not None else None
    if teller is None or teller.i > token.i or teller.lower_ in FIRST or not scene.political(teller):
        return None
    low, many = token.lower_, teller.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in teller.children)
    human = teller.ent_type_ == "PERSON" or scene.is_a(teller, "official", "envoy", "soldier", "person")
    hit = scene.hit(teller)
    human = human or (hit is not None and hit.kind in ("person", "office"))
    if low in PERSON:
        return teller if human and not many else None
    if low in SINGULAR:
        return teller if not human and not many and teller.pos_ != "PRON" else None
    return teller if many or (not human and teller.lemma_.lower() == "police") else None


def _without_doer(scene: Scene, pronoun: Token, memory: Memory, speaker: Mention | None) -> Memory:
    """'Syria will shell them', 'it disarmed the militia': an object is never the subject of its own clause."""
    verb = next((t for t in pronoun.ancestors if t.pos_ in ("VERB", "AUX")), None)
    doer = logical_subject(verb) if verb is not None else None
    if doer is None or doer == pronoun:
        return memory
    at, hit = scene.offset + doer.idx, scene.hit(doer)
    own = speaker if doer.lower_ in FIRST else None
    parties = {x for x in (getattr(hit, "actor", None), own and own.actor) if x}
    lands = {own.country} if own is not None and own.country else {hit.country} if hit is not None else set()
    kept = [
        k
        for k in memory.known
        if not (k.start <= at < k.end)
        and k.actor not in parties
        and (k.kind == "group" or k.country is None or k.country not in lands)
    ]
    return replace(memory, known=kept)


def _described(scene: Scene, token: Token, memory: Memory, here: int) -> Known | Mention | None:
    """Whom 'the group', 'the rebels', 'the agency', 'the country' stand for; armies and governments are their country's."""
    lemma = token.lemma_.lower()
    rebel = lemma in REBEL_NOUNS or any(
        c.dep_ in ("amod", "compound") and c.lemma_.lower() in REBEL_NOUNS for c in token.children
    )
    if rebel:
        return memory.named(here, lambda k: k.kind in GROUPS and (k.sector in IRREGULAR or k.sector is None)) or (
            memory.named(here, lambda k: k.sector in IRREGULAR and k.actor is not None)
        )
    if lemma in GROUP_NOUNS or (lemma == "brigade" and token.tag_ == "NNS"):
        plural = token.tag_ == "NNS"
        return (
            memory.named(here, lambda k: k.lemma == lemma and k.plural == plural and k.text.lower() != f"the {lemma}")
            or memory.named(here, lambda k: k.kind in GROUPS and k.plural == plural)
            or memory.named(here, lambda k: k.kind in ("organisation", "org") and k.plural == plural)
            or memory.named(here, lambda k: k.kind in GROUPS)
        )
    if lemma in BODY_NOUNS:
        return memory.named(here, lambda k: k.kind in ("organisation", "org") and not k.plural)
    if lemma in TROOP_NOUNS:
        return memory.named(here, lambda k: k.kind == "force" or k.sector in ("MIL", *IRREGULAR))
    if lemma in LAND_NOUNS:
        return _land(scene, token, memory)
    return None


def _land(scene: Scene, token: Token, memory: Memory) -> Mention | None:
    here = scene.offset + token.idx
    doer = memory.named(here, lambda k: k.kind in ("state", "capital"))
    acting = doer is not None and doer.rank == SUBJECT and here - doer.end < NEAR
    country = doer.country if acting and doer is not None else country_at(scene, token, memory)
    state = memory.index.get(country) if country else None
    if state is None:
        return None
    named = memory.named(scene.offset + token.idx, lambda k: k.country == country and k.kind in STATES)
    at = Span(memory.article, named.start, named.end, named.text) if named is not None else None
    return Mention(state.name, at, state.id, country, None, state.name, at)


def _both(scene: Scene, token: Token, memory: Memory) -> list[Known]:
    """The two that 'both sides', 'both armies' are; nobody where the article has not named two."""
    many = token.lemma_.lower() in SIDES and any(c.lower_ in ("both", "two") for c in token.children)
    many = many and not any(c.dep_ in ("amod", "compound", "poss") for c in token.children)
    if not many:
        return []
    found = _without_doer(scene, token, memory, None).sides(scene.offset + token.idx)
    return found if len(found) == 2 else []
