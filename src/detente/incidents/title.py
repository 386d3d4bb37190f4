"""A short neutral name for an incident, put together from its typed fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from detente.incidents.views import label
from detente.records import FACTUAL, Event, Incident, Mention

_ARMS = (
    (r"ballistic missiles?", "Missiles"), (r"missiles?", "Missiles"), (r"rockets?|katyushas?", "Rockets"),
    (r"mortars?", "Mortar rounds"), (r"shells?|shelling|artillery", "Shelling"), (r"drones?", "A drone strike"),
    (r"air ?strikes?|warplanes?|aircraft|jets?|air raids?", "Air strikes"),
    (r"bombs?|bombing|explosives?|ieds?", "A bomb"), (r"gunmen|gunfire|shots|snipers?", "Gunfire"),
)  # fmt: skip
_BY_MODE = {
    "aerial": "Air strikes", "drone": "A drone strike", "heavy-weapons": "Heavy-weapons fire",
    "explosives": "A bomb", "suicide-attack": "A suicide attack", "firearms": "Gunfire",
}  # fmt: skip
_NOUN = {
    "AGREE": "agreement", "CONSULT": "talks", "SUPPORT": "statement of support", "CONCEDE": "concession",
    "COOPERATE": "cooperation", "AID": "aid", "RETREAT": "withdrawal", "REQUEST": "demand", "ACCUSE": "accusation",
    "REJECT": "refusal", "THREATEN": "threat", "PROTEST": "protest", "SANCTION": "sanctions",
    "MOBILIZE": "military move", "COERCE": "coercion", "ASSAULT": "attack",
}  # fmt: skip
_NOUN_BY_MODE = {
    ("RETREAT", "release"): "release of captives", ("RETREAT", "return"): "handover",
    ("RETREAT", "ceasefire"): "truce", ("RETREAT", "resign"): "resignation", ("RETREAT", "disarm"): "disarmament",
    ("CONSULT", "visit"): "visit", ("CONSULT", "meet"): "meeting", ("MOBILIZE", "weapons"): "weapons made ready",
    ("MOBILIZE", "troops"): "troop movement", ("MOBILIZE", "militia"): "fighters made ready",
    ("COERCE", "arrest"): "arrests", ("COERCE", "seize"): "raid", ("SANCTION", "expel"): "expulsion",
}  # fmt: skip


def name_of(mention: Mention) -> str:
    """A mention as prose calls it, without its leading article."""
    words = (mention.name or mention.text).strip()
    return re.sub(r"^(?:the|a|an|its|their)\s+", "", words, flags=re.IGNORECASE) or words


def _commonest(mentions: Sequence[Mention]) -> str | None:
    names = Counter(name_of(each) for each in mentions if len(name_of(each)) > 2)
    proper = {name: n for name, n in names.items() if name[:1].isupper()}
    pool = proper or names
    return min(pool, key=lambda name: (-pool[name], len(name), name))[:60] if pool else None


def _arms(events: Sequence[Event]) -> str | None:
    near = " ".join(
        f"{event.trigger.quote} " + " ".join(c.span.quote for c in event.counts if c.span) for event in events
    )
    wide = " ".join(event.evidence.quote for event in events)
    for text in (near, wide):
        found = {words: len(re.findall(rf"\b(?:{pattern})\b", text, re.IGNORECASE)) for pattern, words in _ARMS}
        best = max(found, key=lambda words: found[words])
        if found[best]:
            return best
    return None


def toll_words(incident: Incident) -> str:
    """The toll as ranges over all speakers: "3 killed", "3 to 6 killed"; empty where nobody gave one."""
    said = []
    for kind in ("killed", "injured"):
        figures = [each for each in incident.tolls if each.kind == kind]
        if not figures:
            continue
        low, high = min(each.low for each in figures), max(each.high or each.low for each in figures)
        word = {"injured": "hurt"}.get(kind, kind)
        if high > 0:
            said.append(
                f"{low} {word}" if low == high else f"{low} to {high} {word}" if low else f"up to {high} {word}"
            )
    return ", ".join(said)


def _attack(incident: Incident, events: Sequence[Event], who: str | None, whom: str | None) -> str:
    arms = _arms(events) if set(incident.modes) & set(_BY_MODE) or not incident.modes else None
    arms = arms or next((_BY_MODE[mode] for mode in incident.modes if mode in _BY_MODE), None)
    place = incident.place.name if incident.place and incident.place.precision != "unmatched" else None
    if who and arms:
        what = f"{arms} by {who} on {whom or place or 'a target'}"
    elif who:
        what = f"Attack by {who} on {whom or 'a target'}"
    elif arms:
        singular = arms.startswith("A ") or arms in ("Shelling", "Gunfire", "Heavy-weapons fire")
        what = f"{arms} {'hits' if singular else 'hit'} {place or whom or 'a target'}"
    else:
        what = f"Attack on {whom}" if whom else "Attack"
    if place and place not in what:
        what += (
            f" ({place})" if incident.place and incident.place.precision in ("country", "region") else f" at {place}"
        )
    toll = toll_words(incident)
    return (f"{what}; {toll}" if toll else what)[:200]


def title(incident: Incident, events: Sequence[Event]) -> Incident:
    """The incident with its title: "Rockets hit Camp Taji; 3 killed"."""
    actors = [each for event in events for each in event.actors]
    if incident.act == "ASSAULT" and incident.type == "ASSAULT":
        actors = [each for each in actors if label(each) in incident.actors]
    who = _commonest(actors)
    whom = _commonest([each for event in events for each in event.recipients])
    noun = next(
        (_NOUN_BY_MODE[incident.act, mode] for mode in incident.modes if (incident.act, mode) in _NOUN_BY_MODE),
        _NOUN.get(incident.act, "act"),
    )
    towards = f" ({whom})" if whom and whom != who else ""
    by = f" by {who}" if who else ""
    if incident.type == "THREATEN":
        deed = "" if incident.act in ("THREATEN", "ASSAULT") else f" of {noun}"
        text = f"Threat{deed}{by}" + (f" against {whom}" if whom else "")
    elif incident.modality == "planned" or (incident.type != incident.act and incident.modality in FACTUAL):
        text = f"Announced {noun}{by}{towards}"
    elif incident.modality == "negated":
        text = f"No {noun}{by} reported"
    elif incident.modality in ("hypothetical", "conditional", "threatened"):
        kind = "Possible" if incident.modality == "hypothetical" else "Conditional"
        text = f"{kind} {noun}{by}{towards}"
    elif incident.act == "ASSAULT":
        return replace(incident, title=_attack(incident, events, who, whom))
    else:
        text = f"{noun}{by}{towards}"
    place = incident.place.name if incident.place and incident.place.precision != "unmatched" else ""
    if place and place not in text:
        text += f", {place}"
    return replace(incident, title=text[0].upper() + text[1:])
