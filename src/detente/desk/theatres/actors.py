"""An actor for a reader: how it is written, what reference data says of it, and what reports say of its ties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from detente.brief.ties import nameable
from detente.desk.theatres.happening import called
from detente.desk.theatres.reading import recent
from detente.desk.theatres.saying import LINKS, PROOF
from detente.desk.theatres.state import State
from detente.incidents.title import name_of
from detente.incidents.views import label
from detente.records import Actor, Article, Incident, Link, Mention
from detente.reference.actors.tables import SECTOR_NAMES
from detente.tension.sides import day_of

NAMES = 40
INCIDENTS = 25


@dataclass(frozen=True, slots=True)
class Tie:
    """A statement that two actors are tied, with its speaker and standard of proof: never a fact without a speaker."""

    subject: str
    subject_id: str | None
    says: str  # "is backed by"
    object: str
    object_id: str | None
    speaker: str
    unnamed: bool
    outlet: str
    proof: str
    hedge: str
    link: Link


def ties(state: State, actor: Actor) -> list[Tie]:
    """Statements about this actor, newest first."""
    mine = [
        each
        for each in state.dossier.links
        if actor.id in (label(each.subject), label(each.object))
        and label(each.subject) != label(each.object)
        and state.views
        and all(nameable(end, each.kind, state.views[0].case) for end in (each.subject, each.object))
    ]
    mine.sort(key=lambda each: (str(each.reported or ""), each.id), reverse=True)
    articles = state.dossier.articles
    return [_tie(each, state, articles.get(each.article)) for each in mine]


def _tie(link: Link, state: State, article: Article | None) -> Tie:
    subject, other = _end(link.subject, state), _end(link.object, state)
    voice = link.attribution[0] if link.attribution else None
    outlet = (article.outlet or "") if article else ""
    speaker = name_of(voice.source) if voice and voice.source else ""
    return Tie(*subject, str(LINKS.get(link.kind, link.kind)), *other, speaker, bool(voice and voice.anonymous), outlet,
               str(PROOF[link.proof]), link.hedge or "", link)  # fmt: skip


def _end(mention: Mention, state: State) -> tuple[str, str | None]:
    known = state.index.get(label(mention))
    return (known.name, known.id) if known else (name_of(mention), None)


def affiliations(state: State, actor: Actor) -> list[dict[str, Any]]:
    """What reference data holds, each with its dates and its source."""
    return [
        {"says": LINKS.get(each.kind, each.kind), "name": called(state, each.to)[0], "id": called(state, each.to)[1],
         "start": each.start, "end": each.end, "source": each.source}
        for each in actor.affiliations
    ]  # fmt: skip


def members(state: State, actor: Actor) -> list[Actor]:
    """Actors of the theatre that reference data ties to this one."""
    every = (each for each in state.theatre.actors if any(tie.to == actor.id for tie in each.affiliations))
    return sorted(every, key=lambda each: each.name)


def names(actor: Actor) -> tuple[list[str], int]:
    """Other spellings and scripts, and how many more there are."""
    every = [each for each in dict.fromkeys(actor.names) if each != actor.name]
    return every[:NAMES], max(0, len(every) - NAMES)


def sector(actor: Actor) -> str:
    """What kind of body it is, in PLOVER's words."""
    return SECTOR_NAMES.get(actor.sector or "", "")


def doings(state: State, actor: Actor) -> list[tuple[date, Incident]]:
    """The newest incidents that name the actor, with their days."""
    found = recent(Incident, f"actor:{actor.id}", state.as_of, INCIDENTS)
    return sorted(
        ((day_of(each) or each.known or date.min, each) for each in found), key=lambda item: item[0], reverse=True
    )


def watched(state: State) -> list[tuple[Actor, int]]:
    """The theatre's own actors and the sides of its dyads, with how many incidents name each, the most named first."""
    ids = {each for dyad in state.theatre.dyads for side in (dyad.a, dyad.b) for each in side}
    ids |= {each.id for each in state.theatre.actors}
    named: dict[str, int] = {}
    for each in state.dossier.incidents:
        for key in {*each.actors, *each.recipients, *each.blamed, *each.claimed}:
            named[key] = named.get(key, 0) + 1
    found = [(actor, named.get(key, 0)) for key in ids if (actor := state.index.get(key))]
    return sorted(found, key=lambda item: (-item[1], item[0].name))


def sides(state: State, ids: Iterable[str]) -> list[Actor]:
    """The actors behind the ids of one side."""
    return [actor for each in ids if (actor := state.index.get(each))]
