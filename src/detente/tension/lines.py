"""Evidence lines: what speaks for and against each explanation of a calm, in the reports' words and on whose word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from detente.incidents.views import label
from detente.records import FACTUAL, Article, Event, EvidenceLine, Incident
from detente.tension.quoting import UNHURT, line_text, told_on
from detente.tension.sides import Watch, day_of, direction, perpetrators

PEACE, ARMING, OUTSIDE, DEAF = "de-escalation", "preparation", "outside cause", "coverage loss"
EXPLANATIONS = (PEACE, ARMING, OUTSIDE, DEAF)
WEIGHTS = {"on record": 1.0, "unnamed": 0.5, "interested party": 0.5}
ENOUGH = 2  # telling lines without which an explanation is too thin to be ranked
_CAUSE = re.compile(
    r"\b(?:covid(?:-19)?|corona ?virus|virus|pandemic|epidemic|outbreak|quarantine|lockdown|"
    r"sandstorms?|floods?|flooding|blizzard|monsoon|snowfall|holiday|pilgrimage|ramadan|eid|elections?)\b",
    re.IGNORECASE,
)
_LONG_PLANNED = re.compile(
    r"\b(?:long before|well before|(?:weeks|months) before|long[- ]planned|planned (?:weeks|months|long|well) |"
    r"before (?:the )?(?:virus|pandemic|outbreak|epidemic|current events))\b",
    re.IGNORECASE,
)
_SELF_TOLD = re.compile(
    r"\bwhat (?:it|they) (?:presents?|says?|said|claims?|calls?|described?)\b|\b(?:claims?|claimed|boasts?|boasted) (?:to|that|of)\b"
    r"|\bthe (?:militia|group|faction|movement|organi[sz]ation|brigades?)\b[^.;]{0,20}\b(?:said|says|declared|announced)\b",
    re.IGNORECASE,
)
_WATCHERS = re.compile(r"\b(?:monitors?|observers?|monitoring|peace-?keep\w+|inspectors?)\b", re.IGNORECASE)
_HAD = re.compile(r"\bhad (?:\w+ )?(?:threatened|warned|vowed|promised|sworn|pledged)\b", re.IGNORECASE)
_AT_SEA = re.compile(r"\b(?:international waters|at sea|strait of|gulf of|warships?|vessels?)\b", re.IGNORECASE)
_TALK = {"CONSULT", "AGREE", "CONCEDE", "COOPERATE", "SUPPORT"}
_ENDS_ARMS = {"ceasefire", "disarm"}
_COMING = FACTUAL | {"planned"}
_WORD = re.compile(r"[^\W\d_]{3,}")

Marks = tuple[tuple[str, ...], tuple[str, ...]]


def weight(incident: Incident, events: Mapping[str, Event], articles: Mapping[str, Article],
           party_outlets: Mapping[str, bool], watch: Watch) -> str:  # fmt: skip
    """On whose word: the best-placed mention decides ("on record" before "unnamed" before "interested party").

    What one side says of the other's doings, or an armed group of its own, is an interested party's word,
    however openly it is said.
    """
    found, on = set(), day_of(incident) or incident.known
    doers = perpetrators(incident)
    by_a, by_b = watch.a(doers, on), watch.b(doers, on)
    for number in incident.events:
        event = events.get(number)
        if event is None:
            continue
        outlet = articles[event.article].outlet if event.article in articles else event.outlet
        links = event.attribution
        voices = [label(link.source) for link in links if link.source]
        of_foe = (by_a and not by_b and watch.b(voices, on)) or (by_b and not by_a and watch.a(voices, on))
        claimed = any(link.party or link.stance == "claims" for link in links)
        claimed = claimed or (incident.type != "THREATEN" and bool(_SELF_TOLD.search(event.evidence.quote)))
        if of_foe or claimed or party_outlets.get((outlet or "").casefold()):
            found.add("interested party")
        elif any(link.anonymous or (link.source is None and link.hedge) for link in links):
            found.add("unnamed")
        else:
            found.add("on record")
    return next((each for each in WEIGHTS if each in found), "on record")


def _marks(incident: Incident, watch: Watch, promises: frozenset[str] = frozenset()) -> Marks | None:
    """Consistent and inconsistent explanations for one incident, None if it says nothing about the calm.

    `promises`: mentions that hold a promise to spare ("will hold its fire provided …"), whatever deed they name.
    """
    if incident.act == "ASSAULT" and incident.modality == "negated":
        return _absence(incident, watch)
    on = day_of(incident) or incident.known
    stated = (*incident.actors, *incident.claimed)
    ours = watch.a(stated, on) or watch.b(stated, on)
    outside = any(_CAUSE.search(span.quote) for span in incident.evidence)
    if promises & set(incident.events):
        return ((PEACE,), ()) if ours else None
    if not bears(incident) or told_again(incident):
        return None
    if incident.type == "THREATEN":
        return ((ARMING,), (PEACE,)) if not only_hurt(incident) and (ours or direction(incident, watch)) else None
    if incident.act == "RETREAT" and incident.type in _TALK | {"RETREAT"} and incident.modality != "negated":
        return _withdrawal(incident, watch, on, outside)
    if outside and ours and (incident.act == "MOBILIZE" or incident.type in _TALK):
        return (OUTSIDE,), ()
    if incident.act == "MOBILIZE" and all(_WATCHERS.search(span.quote) for span in incident.evidence):
        return None  # monitors and peacekeepers are nobody's preparation
    arming = incident.act == "MOBILIZE" or (incident.act == "ASSAULT" and incident.modality == "planned")
    if arming and incident.type in ("MOBILIZE", "REQUEST", "ASSAULT") and incident.modality in _COMING:
        named = ours or (not incident.blamed and not _resolved(stated) and watch.told(incident))
        return ((ARMING,), (PEACE,)) if named else None
    if incident.type in _TALK and ours and incident.modality in _COMING | {"conditional"}:
        return _talks(incident, watch, on)
    return None


def bears(incident: Incident) -> bool:
    """False for deeds that say nothing about a calm in whatever words they are told, unless a promise is among these."""
    unsaid = incident.act == "ASSAULT" and incident.modality in ("negated", "planned")
    return unsaid or incident.act in ("RETREAT", "MOBILIZE") or incident.type in _TALK | {"THREATEN"}


def may_mark(incident: Incident, watch: Watch) -> bool:
    """False for deeds that `bears` rules out, and for those whose parties do: no words of theirs make `_marks` say anything.

    Unless a promise is among their mentions.
    """
    if not bears(incident):
        return False
    if incident.act == "ASSAULT" and incident.modality == "negated":
        return True
    on, stated = day_of(incident) or incident.known, (*incident.actors, *incident.claimed)
    if watch.a(stated, on) or watch.b(stated, on):
        return True
    if incident.type == "THREATEN":
        return direction(incident, watch) is not None
    return not incident.blamed and not _resolved(stated)


def told_again(incident: Incident) -> bool:
    """True for a threat that is only looked back on: "four days earlier he had threatened …"."""
    return incident.type == "THREATEN" and all(_HAD.search(span.quote) for span in incident.evidence)


def only_hurt(incident: Incident) -> bool:
    """True for "64 of its troops suffered injuries" read as a threat: a figure of people hurt, and nobody who threatens."""
    hurt = any(toll.kind in ("killed", "injured") and toll.low for toll in incident.tolls)
    return incident.type == "THREATEN" and hurt and not _resolved((*incident.actors, *incident.claimed))


def _resolved(names: Iterable[str]) -> bool:
    return any(name[:1].isupper() or "." in name for name in names)


def _absence(incident: Incident, watch: Watch) -> Marks | None:
    """ "No rockets for three weeks", said of the pair or of the country, not of one attack's victims."""
    on = day_of(incident) or incident.known
    absent = any(each.startswith("an absence") for each in incident.why)
    hurt = any(toll.kind in ("killed", "injured") for toll in incident.tolls)
    hurt = hurt or any(UNHURT.search(span.quote) for span in incident.evidence)
    home = watch.theatre.countries if watch.theatre else ()
    near = incident.place is None or not home or incident.place.country in home
    about = watch.a(incident.recipients, on) or watch.told(incident) or (incident.place is None and not home)
    if not absent or hurt or not near or not about:
        return None
    return (PEACE, ARMING, OUTSIDE), (DEAF,)


def _withdrawal(incident: Incident, watch: Watch, on: date | None, outside: bool) -> Marks | None:
    stated = (*incident.actors, *incident.claimed)
    given = not _resolved(stated) and watch.host(incident.place, on) is not None and not incident.blamed
    if not (watch.a(stated, on) or watch.b(stated, on) or given) or incident.modality not in _COMING | {"conditional"}:
        return None
    if any(_LONG_PLANNED.search(span.quote) for span in incident.evidence):
        return (PEACE,), (OUTSIDE,)
    if outside:
        return (OUTSIDE,), ()
    named = {*perpetrators(incident), *incident.recipients}
    both = watch.a(named, on) and watch.b(named, on)
    lays_down = incident.modality in _COMING and bool(_ENDS_ARMS & set(incident.modes))
    return (PEACE,), (ARMING,) if lays_down or (both and "release" in incident.modes) else ()


def _talks(incident: Incident, watch: Watch, on: date | None) -> Marks | None:
    """Talk counts with the other side, or with the state on whose ground both stand."""
    named = {*perpetrators(incident), *incident.recipients}
    both = watch.a(named, on) and watch.b(named, on)
    home = {each.casefold() for each in watch.theatre.countries} if watch.theatre else set()
    host = any(name.split(".")[0].casefold() in home and not watch.b((name,), on) for name in named)
    if both:
        return (PEACE,), (ARMING,)
    coming = incident.modality == "planned" and incident.act == "CONSULT"
    return ((PEACE,), ()) if (host and incident.type in ("CONSULT", "AGREE")) or coming else None


def here(incident: Incident, watch: Watch) -> bool:
    """True unless a deed plainly happened outside the theatre's countries, or a movement nowhere named."""
    theatre, place = watch.theatre, incident.place
    if theatre is None or incident.act in _TALK or incident.type in _TALK | {"THREATEN"}:
        return True
    home = set(theatre.countries) or {each.country for each in theatre.places if each.country}
    if not home or (place is not None and place.country in home):
        return True
    if incident.act == "RETREAT" or watch.told(incident) == "both":
        return place is None or watch.told(incident) == "both"
    return place is None and not any(_AT_SEA.search(span.quote) for span in incident.evidence)


def _alike(one: EvidenceLine, other: EvidenceLine) -> bool:
    """True if two lines rest on one sentence, or on two copies of it."""
    if set(one.spans) & set(other.spans):
        return True
    left, right = (
        set(_WORD.findall(" ".join(span.quote for span in each.spans[:1]).casefold())) for each in (one, other)
    )
    return len(left & right) >= 0.6 * max(1, min(len(left), len(right))) and len(left & right) >= 5


def _unique(lines: Iterable[tuple[EvidenceLine, tuple]]) -> list[EvidenceLine]:
    """One line per sentence, threat and mark; copies add their spans.

    Each line comes with what makes two tellings one threat: who threatens and on which day (() for no threat).
    """
    kept: list[EvidenceLine] = []
    threats: list[tuple] = []
    for line, threat in lines:
        twin = next(
            (
                at
                for at, each in enumerate(kept)
                if each.consistent == line.consistent and (_alike(each, line) or (threat and threats[at] == threat))
            ),
            None,
        )
        if twin is None:
            kept.append(line)
            threats.append(threat)
        else:
            spans = tuple(dict.fromkeys((*kept[twin].spans, *line.spans)))[:4]
            kept[twin] = replace(kept[twin], spans=spans)
    return kept


def evidence_lines(incidents: Iterable[Incident], watch: Watch, start: date, as_of: date, *,
                   events: Mapping[str, Event], articles: Mapping[str, Article],
                   promises: frozenset[str] = frozenset()) -> list[EvidenceLine]:  # fmt: skip
    """Lines from every typed incident between `start` and `as_of` that bears on the calm, oldest first.

    `promises`: ids of the mentions that hold a promise to spare.
    """
    theatre = watch.theatre
    party = {each.name.casefold(): each.party for each in theatre.outlets} if theatre else {}
    found = []
    for incident in incidents:
        day = told_on(incident)
        if day is None or not start <= day <= as_of or incident.retracted or not here(incident, watch):
            continue
        marks = _marks(incident, watch, promises)
        if marks is None:
            continue
        held = weight(incident, events, articles, party, watch)
        line = EvidenceLine(line_text(incident, events), incident.evidence[:2], held, *marks, incident.id)
        threat = (day, *sorted(incident.actors)) if incident.type == "THREATEN" and incident.actors else ()
        found.append((day, list(WEIGHTS).index(held), incident.id, line, threat))
    return _unique(item[3:] for item in sorted(found, key=lambda item: item[:3]))


def telling(line: EvidenceLine) -> bool:
    """False for a line that fits nearly every explanation, which tells them apart by nothing."""
    return len(line.consistent) < len(EXPLANATIONS) - 1


def balance(lines: Sequence[EvidenceLine]) -> dict[str, tuple[float, float]]:
    """Per explanation: weighted evidence for it and against it."""
    return {
        name: (
            sum(WEIGHTS.get(line.weight, 0.5) for line in lines if name in line.consistent),
            sum(WEIGHTS.get(line.weight, 0.5) for line in lines if name in line.inconsistent),
        )
        for name in EXPLANATIONS
    }


def ranked(lines: Sequence[EvidenceLine]) -> list[tuple[str, float, float]]:
    """Explanations with enough lines for them, as (name, weight for, weight against), the least contradicted first.

    Lost coverage needs one line only: silence over the whole stretch explains it without a second witness.
    """
    able = [line for line in lines if telling(line)]
    counted = {name: sum(name in line.consistent for line in able) for name in EXPLANATIONS}
    scored = [(name, *both) for name, both in balance(able).items() if counted[name] >= (1 if name == DEAF else ENOUGH)]
    return sorted(scored, key=lambda item: (item[2], -item[1], EXPLANATIONS.index(item[0])))


def least_contradicted(lines: Sequence[EvidenceLine]) -> str | None:
    """The explanation with the least weight against it, then the most for it; None where none has enough lines."""
    order = ranked(lines)
    return order[0][0] if order else None
