"""Why these mentions are one incident, for a person to read."""

from __future__ import annotations

from collections.abc import Sequence

from detente.records import Event, Incident


def explain(incident: Incident, events: Sequence[Event]) -> list[str]:
    """Lines of plain text: the incident, each mention with its words, what joined them and what spoke against it."""
    by_id = {event.id: event for event in events}
    day = "date not known"
    if incident.date and incident.date.start:
        same = incident.date.start == incident.date.end
        day = str(incident.date.start) if same else f"{incident.date.start} to {incident.date.end}"
    lines = [f"{incident.id}  {incident.title}", f"  {incident.type}/{incident.act}, {incident.modality}, {day}"]
    lines.append(f"  {len(incident.reports)} reports of {incident.origins} independent origins")
    for number in incident.events:
        event = by_id.get(number)
        if event is None:
            lines.append(f"  mention {number}: not among the events given")
            continue
        lines.append(f"  mention {number} ({event.reported or 'no date'}, {event.outlet or 'outlet not known'}): "
                     f"“{event.evidence.quote}”")  # fmt: skip
    lines += [f"  {each}" for each in incident.why]
    lines += [f"  {each.speaker} {each.stance}: {each.about or 'the incident'}" for each in incident.statements]
    for toll in incident.tolls:
        high = "" if toll.high == toll.low else f" to {toll.high}" if toll.high is not None else " or more"
        lines.append(f"  toll: {toll.low}{high} {toll.kind} ({toll.speaker or 'the report'})")
    if incident.disputed:
        lines.append("  disputed: a denial stands beside the claim")
    if incident.retracted:
        lines.append("  retracted by its own source")
    return lines
