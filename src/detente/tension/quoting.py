"""An incident in a report's own words: which mention is quoted, on whose word, under which day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from detente.incidents.build import speaker
from detente.incidents.gist import gist
from detente.records import Event, Incident
from detente.reference.actors import load
from detente.tension.sides import day_of

UNHURT = re.compile(
    r"\b(?:no|not|nobody|none|never|without)\b[^.;]{0,40}\b(?:hurt|harmed|injur\w+|wounded|casualt\w+|losses|killed|dead)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"(?:he|she|it|they|this|that|the (?:movement|group|militia|faction|army|statement|message|measure|department|ministry|decision|order|tone)(?:'s)?)\b",
                          re.IGNORECASE)  # fmt: skip


_COMMON = frozenset(
    "a an the two three four five six seven eight nine ten several some many other others senior unnamed local "
    "security military officials analysts diplomats residents witnesses police demonstrators protesters villagers "
    "soldiers commanders sources relatives".split()
)


def inside(name: str) -> str:
    """A speaker's name inside a sentence: "Two officials" -> "two officials", proper names untouched."""
    first = name.split(" ", 1)[0]
    return name[:1].lower() + name[1:] if first.casefold() in _COMMON else name


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B}" if day else "day not known"


def _telling(incident: Incident, events: Mapping[str, Event]) -> Event | None:
    """The mention to quote: told at the time, with its day, naming somebody, on the record; the highest in its report.

    What rests on a claim alone is quoted from whoever claims it; a bulletin of no losses that other reports belie,
    and a sentence that only points back ("the group said …"), come last.
    """
    claimed = bool(incident.claimed) and not incident.actors and incident.origins <= 1
    deadly = any(each.kind in ("killed", "injured") and each.low > 0 for each in incident.tolls)

    def key(event: Event) -> tuple:
        late = (event.reported - incident.known).days > 1 if event.reported and incident.known else True
        dated = event.act != "ASSAULT" or (event.date is not None and event.date.precision == "day")
        other = claimed and not any(link.stance == "claims" for link in event.attribution)
        nobody = not event.actors and not event.recipients
        hidden = any(link.anonymous for link in event.attribution)
        belied = deadly and UNHURT.search(event.evidence.quote) is not None
        points = _POINTS_BACK.match(event.evidence.quote) is not None
        bare = deadly and not any(each.actor or each.country for each in event.recipients)
        doubted = event.modality in ("uncertain", "denied")
        return other, belied, doubted, late, not dated, nobody, points, bare, hidden, event.trigger.start, event.id

    mine = [events[number] for number in incident.events if number in events]
    return min(mine, key=key) if mine else None


def points_back(incident: Incident) -> bool:
    """True if every sentence it is told in needs the one before it: "The measure freezes any property he holds"."""
    return all(_POINTS_BACK.match(span.quote) for span in incident.evidence)


def told_on(incident: Incident) -> date | None:
    """The day to print: the day it happened, else (or where that is only assumed) the day it was first reported."""
    if incident.known and any(each.startswith("date assumed") for each in incident.why):
        return incident.known
    return min((day for day in (day_of(incident), incident.known) if day), default=None)


def spoken(event: Event) -> str:
    """Who says it: a group by its reference name, anybody else as the report calls them, else the outlet."""
    link = event.attribution[0] if event.attribution else None
    known = load().get(link.source.actor) if link and link.source and link.source.actor else None
    return known.name if known and known.kind == "group" else speaker(link, event)


def in_words(incident: Incident, events: Mapping[str, Event], limit: int = 110) -> tuple[str, str]:
    """The report's words in quotation marks, about `limit` characters of them, and who says them.

    The title and "" where no mention is at hand.
    """
    event = _telling(incident, events)
    if event is None:
        return incident.title, ""
    words = re.sub('[“”"]', "", re.sub('[“"]([^“”"]+)[”"]', r"‘\1’", gist(event, limit)))
    who = inside(spoken(event))
    within = who.casefold() in words.casefold()  # "X declared that it …": the words already say who
    return f"“{words}”", (event.outlet or "the report") if within else who


def line_text(incident: Incident, events: Mapping[str, Event]) -> str:
    """The report's words, who says them and when: "“…” (two officials, 2 April)"."""
    words, who = in_words(incident, events)
    day = _day(told_on(incident))
    return f"{words} ({who}, {day})" if who else f"{words} ({day})"
