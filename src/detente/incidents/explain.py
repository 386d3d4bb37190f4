"""Why these mentions are one incident, for a person to read or a program to take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from detente.incidents.origins import Credits, origins
from detente.records import Article, Event, Incident, Interval, Toll


def _day(when: Interval | None) -> str:
    if when is None or when.start is None:
        return "date not known"
    return str(when.start) if when.start == when.end else f"{when.start} to {when.end}"


def _range(toll: Toll) -> str:
    high = "" if toll.high == toll.low else f" to {toll.high}" if toll.high is not None else " or more"
    return f"{toll.low}{high} {toll.kind}"


def _lines_of(incident: Incident, start: str) -> list[str]:
    return [each.removeprefix(start) for each in incident.why if each.startswith(start)]


def _mention(event: Event, incident: Incident) -> dict[str, Any]:
    because = [each.split(": ", 1)[1] for each in _lines_of(incident, "joined ") if each.startswith(f"{event.id}: ")]
    when = event.date
    return {
        "event": event.id, "report": event.article, "outlet": event.outlet,
        "reported": str(event.reported) if event.reported else None,
        "happened": str(when.start) if when and when.start else None,
        "looks_back": bool(when and when.end and event.reported and (event.reported - when.end).days > 7),
        "modality": event.modality, "words": event.evidence.quote, "joined_because": "; ".join(because) or None,
    }  # fmt: skip


def as_data(
    incident: Incident, events: Sequence[Event], articles: Mapping[str, Article] | None = None
) -> dict[str, Any]:
    """The explanation as plain data: mentions, what joined them, what spoke against it, tolls, statements, origins."""
    by_id = {event.id: event for event in events}
    prefixed = ("joined ", "against: ", "contradiction: ")
    own = set(incident.events)
    joined = _lines_of(incident, "joined ")
    return {
        "incident": incident.id, "title": incident.title, "type": incident.type, "act": incident.act,
        "modality": incident.modality, "when": _day(incident.date),
        "where": incident.place.name if incident.place else None,
        "reports": len(incident.reports), "origins": incident.origins,
        "mentions": [_mention(by_id[key], incident) for key in incident.events if key in by_id],
        "missing": [key for key in incident.events if key not in by_id],
        "decisions": [each for each in joined if each.split(":")[0] not in own],
        "against": _lines_of(incident, "against: "),
        "contradictions": _lines_of(incident, "contradiction: "),
        "notes": [each for each in incident.why if not each.startswith(prefixed)],
        "statements": [{"speaker": each.speaker, "stance": each.stance, "about": each.about or "the incident"}
                       for each in incident.statements],
        "tolls": [{"toll": _range(each), "speaker": each.speaker or "the report",
                   "reported": str(each.reported) if each.reported else None} for each in incident.tolls],
        "disputed": incident.disputed, "retracted": incident.retracted,
        "copies": _copies(incident, articles or {}),
    }  # fmt: skip


def _copies(incident: Incident, articles: Mapping[str, Article]) -> list[str]:
    """Sentences on which reports are not independent of one another."""
    mine = {key: articles[key] for key in incident.reports if key in articles}
    source, credits = origins(mine), Credits(mine)
    said = [f"{key} has the words of {root}" for key, root in sorted(source.items()) if key != root]
    for key, article in sorted(mine.items()):
        agency = credits.of_report(article)
        if agency and agency != credits.own(article):
            said.append(f"{key} credits {agency}")
    return said


def explain(incident: Incident, events: Sequence[Event], articles: Mapping[str, Article] | None = None) -> list[str]:
    """Lines of plain text: the incident, each mention with its words, what joined them and what spoke against it."""
    data = as_data(incident, events, articles)
    lines = [
        f"{incident.id}  {incident.title}",
        f"  {incident.type}/{incident.act}, {incident.modality}, {data['when']}, {data['where'] or 'place not known'}",
        f"  {data['reports']} reports of {data['origins']} independent origins",
        "  Mentions, and why each is taken for this happening",
    ]
    for each in data["mentions"]:
        back = ", looks back" if each["looks_back"] else ""
        lines.append(
            f"    {each['event']} ({each['reported'] or 'no date'}, {each['outlet'] or 'outlet not known'}{back})"
        )
        lines.append(f"      “{each['words']}”")
        lines.append(f"      {each['joined_because'] or 'first mention'}")
    lines += [f"    mention {key}: not among the events given" for key in data["missing"]]
    tolls = [
        f"{each['toll']} ({each['speaker']}{', ' + each['reported'] if each['reported'] else ''})"
        for each in data["tolls"]
    ]
    said = [f"{each['speaker']} {each['stance']}: {each['about']}" for each in data["statements"]]
    said += ["disputed: a denial stands beside the claim"] if incident.disputed else []
    said += ["retracted by its own source"] if incident.retracted else []
    for head, held in (
        ("What spoke against it", data["against"]), ("What does not add up", data["contradictions"]),
        ("Decided by people", data["decisions"]), ("Not independent", data["copies"]), ("Tolls, by speaker", tolls),
        ("Claims and denials", said), ("Notes", data["notes"]),
    ):  # fmt: skip
        lines += [f"  {head}", *(f"    {each}" for each in held)] if held else []
    return lines
