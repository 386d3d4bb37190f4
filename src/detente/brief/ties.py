"""Who is who: ties between actors as statements, each with its speakers and standard of proof."""

from __future__ import annotations

import re
from collections.abc import Iterable

from detente.brief.case import Case
from detente.brief.words import capital, listed, number, said
from detente.incidents.views import label
from detente.records import Block, Link, Mention, Sentence
from detente.tension.quoting import inside

_TIES = {  # singular, plural
    "front": ("to be a front of", "to be fronts of"),
    "same": ("to be the same as", "to be the same as"),
    "renamed": ("to be a new name of", "to be new names of"),
    "splinter": ("to have split from", "to have split from"),
    "wing": ("to be a wing of", "to be wings of"),
    "backed": ("to be backed by", "to be backed by"),
    "aligned": ("to be aligned with", "to be aligned with"),
    "ally": ("to be an ally of", "to be allies of"),
    "member": ("to belong to", "to belong to"),
}
_ORDER = tuple(_TIES)
_IDENTITY = frozenset(_ORDER[:5])  # who somebody really is: told even of a group without a name
_GROUP = re.compile(r"\b(?:groups?|factions?|militias?|organi[sz]ations?|movements?|brigades?|fronts?|actors?)\b", re.I)
_PLURAL = re.compile(r"\b(?:groups|factions|militias|organi[sz]ations|movements|brigades|actors|they)\b", re.I)


def nameable(mention: Mention, kind: str, case: Case) -> bool:
    """Whether an end of a tie is somebody: an actor, a name of its own, or a group whose identity is the point."""
    if mention.actor or mention.country:
        return True
    name = case.name(mention)
    proper = name[:1].isupper() and all(word[:1].isupper() or len(word) < 4 for word in name.split())
    return (kind in _IDENTITY and bool(_GROUP.search(name))) or (proper and not _GROUP.search(name))


def _known(link: Link, case: Case) -> bool:
    """True for a tie that reference data holds already, or that lies in a generic name ("Iran-backed factions")."""
    subject, other = label(link.subject), label(link.object)
    actor = case.index.get(subject) if link.subject.actor else None
    if actor is not None and (actor.kind in ("coalition", "role", "people") or subject.split(".")[0] == other):
        return True
    whole = case.index.get(other)
    if link.kind == "member" and whole is not None and whole.kind == "state":
        return True
    held = actor.affiliations if actor else ()
    return any(other == each.to or case.rolls_up(other, (each.to,), link.reported) for each in held)


def _told(case: Case) -> list[Link]:
    """The statements worth printing: of this dyad's actors, by somebody other than the subject."""
    found = []
    for link in case.links:
        if link.reported and link.reported > case.as_of:
            continue
        ends = [label(each) for each in (link.subject, link.object)]
        ours = case.dyad is None or case.watch.a(ends, link.reported) or case.watch.b(ends, link.reported)
        voices = {label(each.source) for each in link.attribution if each.source}
        able = nameable(link.subject, link.kind, case) and nameable(link.object, link.kind, case)
        weak = link.kind not in _IDENTITY and not link.attribution  # nobody stands behind it
        if ours and able and not weak and ends[0] != ends[1] and ends[0] not in voices and not _known(link, case):
            found.append(link)
    return sorted(found, key=lambda each: (_ORDER.index(each.kind), each.reported or case.as_of, each.id))


def _voice(link: Link, case: Case) -> str:
    voice = link.attribution[0] if link.attribution else None
    if voice is None or voice.source is None:
        article = case.articles.get(link.article)
        return (article.outlet if article else None) or "the report"
    name = voice.source.text if len(voice.source.text) > 3 else case.name(voice.source)
    return name + (", unnamed" if voice.anonymous else "")


def _sentence(links: list[Link], case: Case) -> Sentence:
    link = links[0]
    voices = list(dict.fromkeys(_voice(each, case) for each in links))
    origins = len({case.source.get(each.article, each.article) for each in links})
    subject, other = case.name(link.subject), case.name(link.object)
    relation = _TIES[link.kind][bool(_PLURAL.search(f"{link.subject.text} {subject}"))]
    on_side = any(
        case.watch.a((label(each.source),), link.reported) or case.watch.b((label(each.source),), link.reported)
        for each in link.attribution
        if each.source
    )
    party = " (a party to the conflict)" if case.dyad and on_side else ""
    told = "one origin" if origins == 1 else f"{number(origins)} origins"
    verb = "suspected" if link.proof == "suspicion" else "said"
    text = (
        f"{capital(subject)}: {verb} {relation} {other}, by {listed([inside(each) for each in voices[:3]])}{party}. "
        f"Standard of proof: {link.proof}; {told}."
    )
    return said(text, case.cite((each.evidence,) for each in links))


def _grouped(links: Iterable[Link], case: Case) -> list[list[Link]]:
    """Statements alike in subject, kind and object, and those read from one sentence, together."""
    groups: dict[tuple, list[Link]] = {}
    for link in links:
        key = (case.name(link.subject).casefold(), link.kind, case.name(link.object).casefold())
        groups.setdefault(key, []).append(link)
    return list(groups.values())


def who(case: Case, most: int = 6) -> Block | None:
    """Ties between actors, as statements with their speaker and standard of proof."""
    groups = _grouped(_told(case), case)
    return Block("Who is who", "list", tuple(_sentence(group, case) for group in groups[:most])) if groups else None
