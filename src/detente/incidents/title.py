"""A short neutral name for an incident, put together from its typed fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from detente.incidents.gist import gist
from detente.incidents.naming import sited
from detente.incidents.views import is_place, is_thing, label
from detente.records import FACTUAL, Event, Incident, Mention, Place, Toll

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
_TOWARDS = {
    "ASSAULT": "on", "AGREE": "with", "CONSULT": "with", "COOPERATE": "with", "SUPPORT": "for", "AID": "for", "CONCEDE": "to",
    "REQUEST": "to", "ACCUSE": "against", "PROTEST": "against", "SANCTION": "against", "COERCE": "against",
}  # fmt: skip
_FINER = ("drone", "suicide-attack")  # say more than "aerial" or "explosives" beside them


Called = Callable[[str], "str | None"]
_COUNTED = re.compile(r"(?:some|about|around|nearly|over|up to|more than|at least|only|several|two|three|four|five|six|"
                      r"seven|eight|nine|ten|\d)", re.IGNORECASE)  # fmt: skip
_FIGURE = re.compile(r"\d|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores?|both|"
                     r"several|another|hundreds?|couple|no|none|nobody|\w+teen|\w+ty)\b", re.IGNORECASE)  # fmt: skip
_PEOPLE = re.compile(r"\b(?:gunmen|militants|fighters|attackers|assailants|protesters|demonstrators|rioters|soldiers|"
                     r"troops|policemen|civilians|raiders|rebels)$", re.IGNORECASE)  # fmt: skip


def unnamed(actor: str) -> str | None:
    """No reference data at hand: every actor is called as the text calls it."""
    return None


def name_of(mention: Mention) -> str:
    """A mention as prose calls it, without its leading article."""
    words = (mention.name or mention.text).strip()
    return re.sub(r"^(?:the|a|an|its|their)\s+", "", words, flags=re.IGNORECASE) or words


def _tellable(mention: Mention, place: Place | None) -> bool:
    """True for a mention that can stand in a title: resolved, or a name of its own; not "some 12 others"."""
    if is_thing(mention) or is_place(mention, place):
        return False
    if mention.actor or mention.country:
        return True
    name = name_of(mention)
    return (name[:1].isupper() and not _COUNTED.match(name)) or bool(_PEOPLE.search(name))


def _common(name: str) -> bool:
    """True for an office or a body of people rather than a name: "commander", not "the US" or "Kataib Hezbollah"."""
    return name[:1].islower() and not re.match(r"the [A-Z]", name)


def _commonest(mentions: Sequence[Mention], place: Place | None, called: Called) -> str | None:
    """The name most mentions stand for: the reference name of an actor, else the words of the text."""
    names: Counter[str] = Counter()
    for each in mentions:
        if _tellable(each, place):
            known = called(each.actor) if each.actor else None
            names[known or name_of(each)] += 2 if each.actor or each.country else 1
    pool = {name: n for name, n in names.items() if 2 < len(name) <= 60}
    return min(pool, key=lambda name: (_common(name), -pool[name], len(name), name)) if pool else None


def _arms(events: Sequence[Event], near_only: bool) -> str | None:
    near = " ".join(
        " ".join((
            event.trigger.quote,
            *(count.span.quote for count in event.counts if count.span),
            *(each.text for each in event.actors if is_thing(each)),  # "three Katyushas struck"
        ))
        for event in events
    )  # fmt: skip
    # A sentence tells of other arms too ("aircraft bombed depots of rockets"): believed only for nameless attacks.
    wide = "" if near_only else " ".join(event.evidence.quote for event in events)
    for text in (near, wide):
        found = {words: len(re.findall(rf"\b(?:{pattern})\b", text, re.IGNORECASE)) for pattern, words in _ARMS}
        best = max(found, key=lambda words: found[words])
        if found[best]:
            return best
    return None


def _no_figure(toll: Toll, incident: Incident) -> bool:
    """True for a victim told by name or office and not by number ("killing General Smith"): others may have died too."""
    words = toll.evidence
    return toll.low > 0 and words is not None and words not in incident.evidence and not _FIGURE.search(words.quote)


def toll_words(incident: Incident) -> str:
    """The toll as ranges over all speakers: "3 killed", "3 to 6 killed"; empty where nobody gave one."""
    said = []
    for kind in ("killed", "injured"):
        figures = [each for each in incident.tolls if each.kind == kind]
        if not figures:
            continue
        word = {"injured": "hurt"}.get(kind, kind)
        counted = [each for each in figures if not _no_figure(each, incident)]
        if not counted:
            said.append(f"at least {max(each.low for each in figures)} {word}")
            continue
        low, high = min(each.low for each in counted), max(each.high or each.low for each in counted)
        if high > 0:
            said.append(
                f"{low} {word}" if low == high else f"{low} to {high} {word}" if low else f"up to {high} {word}"
            )
    return ", ".join(said)


_NEARBY = re.compile(
    r"\b(?:near|close to|not far from|(?:met\w+|kilomet\w+|km|miles?|yards?) (?:away )?from|next to|beside|in the vicinity of)"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)


def _before_place(incident: Incident, events: Sequence[Event]) -> list[tuple[str, str]]:
    """What stands before the place's name in the sentences that tell of the deed, and the name as it stands there."""
    names = {incident.place.name} if incident.place else set()
    names |= {incident.place.span.quote} if incident.place and incident.place.span else set()
    names |= {e.place.span.quote for e in events if e.place and e.place.span and incident.place
              and e.place.name == incident.place.name}  # fmt: skip
    return [
        (event.evidence.quote[: found.start()], found.group())
        for event in events
        for found in [re.search("|".join(map(re.escape, sorted(names, key=len, reverse=True))), event.evidence.quote)]
        if names and found
    ]


def _where(incident: Incident, events: Sequence[Event]) -> tuple[str | None, bool]:
    """The place as prose calls it ("the Green Zone" where reports say so), and whether it was only near."""
    if incident.place is None or incident.place.precision == "unmatched":
        return None, False
    name, told = incident.place.name, _before_place(incident, events)
    own = [before for before, quote in told if name.casefold().startswith(quote.casefold())]
    article = " " in name and bool(own) and all(re.search(r"\bthe\s+$", before, re.IGNORECASE) for before in own)
    near = bool(told) and all(_NEARBY.search(before) for before, _ in told)
    return f"the {name}" if article and not name.casefold().startswith("the ") else sited(name), near


def _attack(incident: Incident, events: Sequence[Event], who: str | None, whom: str | None) -> str:
    arms = _arms(events, bool(who)) if set(incident.modes) & set(_BY_MODE) or not incident.modes else None
    finest = sorted((mode for mode in incident.modes if mode in _BY_MODE), key=lambda mode: mode not in _FINER)
    arms = arms or next((_BY_MODE[mode] for mode in finest), None)
    place, near = _where(incident, events)
    if who and arms:
        what = f"{arms} by {who} on {whom or place or 'a target'}"
    elif who:
        what = f"Attack by {who} on {whom or 'a target'}"
    elif arms:
        singular = arms.startswith("A ") or arms in ("Shelling", "Gunfire", "Heavy-weapons fire")
        verb = ("falls near" if singular else "fall near") if near and place else "hits" if singular else "hit"
        what = f"{arms} {verb} {place or whom or 'a target'}"
    else:
        what = f"Attack on {whom}" if whom else "Attack" if place else _as_told("Attack", events)
    if place and place not in what:
        what += (
            f" ({place})"
            if incident.place and incident.place.precision in ("country", "region")
            else f" {'near' if near else 'at'} {place}"
        )
    return _with_toll(what, incident)


def _with_toll(what: str, incident: Incident) -> str:
    toll = toll_words(incident)
    return (f"{what}; {toll}" if toll else what)[:200]


def _fighting(incident: Incident, events: Sequence[Event], called: Called) -> str | None:
    """ "Fighting between A and B at Place", where a source names two sides and not who attacked whom."""
    if not events or not all(event.reciprocal and "sideAB" in event.modes for event in events):
        return None
    sides = dict.fromkeys(
        (called(each.actor) if each.actor else None) or name_of(each) for event in events for each in event.actors
    )
    place = incident.place.name if incident.place and incident.place.precision != "unmatched" else ""
    what = f"Fighting between {' and '.join(list(sides)[:2])}" if len(sides) > 1 else "Fighting"
    return _with_toll(f"{what} ({place})" if place else what, incident)


def _handed_over(incident: Incident, events: Sequence[Event]) -> str | None:
    """The site given back, where a withdrawal is from a place and not of captives: "Camp Birch"."""
    place = incident.place
    if incident.act != "RETREAT" or set(incident.modes) & {"ceasefire", "disarm"}:
        return None
    if place is not None and place.precision == "site" and _HANDS.search(" ".join(e.evidence.quote for e in events)):
        return place.name
    return None


_HANDS = re.compile(
    r"\b(?:hand(?:s|ed|ing)?|turn(?:s|ed|ing)?|transfer(?:s|red|ring)?|g[ai]ve(?:s|n)?|giving)\b.{0,80}?"
    r"\b(?:over|up|back|to)\b|\bhandover\b|\breturned to\b",
    re.IGNORECASE,
)


def title(incident: Incident, events: Sequence[Event], called: Called = unnamed) -> Incident:
    """The incident with its title: "Rockets hit Camp Taji; 3 killed"; `called` gives an actor's reference name."""
    actors = [each for event in events for each in event.actors]
    if incident.act == "ASSAULT" and incident.type == "ASSAULT":
        actors = [each for each in actors if label(each) in incident.actors]
    who = _commonest(actors, incident.place, called)
    whom = _commonest([each for event in events for each in event.recipients], incident.place, called)
    if incident.type == incident.act == "ASSAULT" and incident.modality in FACTUAL | {"uncertain", "denied"}:
        return replace(
            incident,
            title=_fighting(incident, events, called) or _attack(incident, events, who, whom if whom != who else None),
        )
    text = _deed(incident, events, who, whom if whom != who else None)
    place = incident.place.name if incident.place and incident.place.precision != "unmatched" else ""
    if place and place not in text and "“" not in text:
        text += f", {sited(place)}"
    return replace(incident, title=text[0].upper() + text[1:])


def _as_told(noun: str, events: Sequence[Event], most: int = 90) -> str:
    """A deed with nobody to name, in the report's words: "demand: “Iraqi academics called for …”"; a noun alone tells nothing."""
    for event in events:
        words = re.sub('[“”"]', "", gist(event, most)).replace("; ", ", ").strip()
        if words:
            return f"{noun}: “{words}”"
    return noun


def _deed(incident: Incident, events: Sequence[Event], who: str | None, whom: str | None) -> str:
    noun = next(
        (_NOUN_BY_MODE[incident.act, mode] for mode in incident.modes if (incident.act, mode) in _NOUN_BY_MODE),
        _NOUN.get(incident.act, "act"),
    )
    site = _handed_over(incident, events)
    by = f" by {who}" if who else ""
    if site and incident.type == "RETREAT":
        return f"{sited(site)} {'to be ' if incident.modality == 'planned' else ''}handed over{by}"
    kind, rest = _kind(incident, noun), ""
    if not who and not whom:
        return _as_told(kind, events)
    if incident.type == "THREATEN":
        return f"{kind}{by}{f' against {whom}' if whom else ''}"
    if whom:
        link = "to" if noun == "visit" else _TOWARDS.get(incident.act)
        rest = f" {link} {whom}" if link else f" ({whom})"
    return f"{kind}{by}{rest}{' reported' if incident.modality == 'negated' else ''}"


def _kind(incident: Incident, noun: str) -> str:
    """What was done, with how it stands: "announced talks", "no attack", "threat of sanctions"."""
    if incident.type == "THREATEN":
        return "threat" if incident.act in ("THREATEN", "ASSAULT") else f"threat of {noun}"
    if incident.modality == "planned" or (incident.type != incident.act and incident.modality in FACTUAL):
        return f"announced {noun}"
    plain = {"negated": "no", "hypothetical": "possible", "conditional": "conditional", "threatened": "conditional"}
    return f"{plain[incident.modality]} {noun}" if incident.modality in plain else noun
