"""What the coder did with a sentence: proposed, kept, dropped, and by which rule."""

from __future__ import annotations

from dataclasses import dataclass, field

from detente.records import Event, Link, Tripwire


@dataclass(slots=True)
class Trace:
    """Notes gathered while one paragraph is coded."""

    text: str
    proposed: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    tripwires: list[Tripwire] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


def as_lines(trace: Trace) -> list[str]:
    """The trace as plain lines for a terminal."""
    lines = [trace.text.strip(), ""]
    lines += [f"  proposed  {line}" for line in trace.proposed]
    lines += [f"  dropped   {line}" for line in trace.dropped]
    for event in trace.events:
        who = ", ".join(m.name or m.text for m in event.actors) or "unnamed"
        whom = ", ".join(m.name or m.text for m in event.recipients)
        deed = event.type + (f" (deed: {event.act})" if event.act != event.type else "")
        lines.append(
            f"  kept      {deed} · {event.modality} · '{event.trigger.quote}' · {who}" + (f" → {whom}" if whom else "")
        )
        if event.attribution:
            said = " ← ".join((a.source.text if a.source else "unnamed") + f" ({a.stance})" for a in event.attribution)
            lines.append(f"            on the word of {said}")
        if event.date is not None:
            lines.append(
                f"            when: {event.date.start or 'unresolved'} ({event.date.precision}, '{event.date.text}')"
            )
        if event.place is not None:
            lines.append(
                f"            where: {event.place.name} ({event.place.precision}, {event.place.country or 'country unknown'})"
            )
        lines += _inferred(event)
        lines += [f"            because {rule}" for rule in event.why]
    for wire in trace.tripwires:
        holder = (wire.holder.name or wire.holder.text) if wire.holder else "unnamed"
        lines.append(f"  tripwire  {holder}: '{wire.condition.quote}' ⇒ '{wire.consequence.quote}' ({wire.direction})")
    for link in trace.links:
        lines.append(f"  link      {link.subject.text} —{link.kind}→ {link.object.text} ({link.proof})")
    if not (trace.events or trace.tripwires or trace.links):
        lines.append("  nothing   no event, tripwire or link")
    return lines


def _inferred(event: Event) -> list[str]:
    """What the article around it says of its day and place; marked, since its own words do not."""
    lines = []
    if (when := event.inferred_date) is not None:
        lines.append(f"            when, inferred: {when.start} ({when.precision})")
    if (where := event.inferred_place) is not None:
        lines.append(f"            where, inferred: {where.name} ({where.precision}, {where.country})")
    return lines
