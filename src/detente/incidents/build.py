"""From matched mentions to one Incident: toll ranges side by side, claims, blame and denials kept apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from detente.incidents.match import RollsUp
from detente.incidents.noted import REVIEWED, is_reviewed
from detente.incidents.origins import Credits, count_origins
from detente.incidents.title import title
from detente.incidents.totals import is_own_total
from detente.incidents.views import View, is_place, is_thing, label, narrowed, sharper
from detente.records import FACTUAL, Article, Attribution, Event, Incident, Mention, Modality, Span, Statement, Toll

_PRONOUN = re.compile(r"he|she|it|they|we|i|you|this|that|these|those|who|some|others|the (?:same )?(?:former|latter)",
                      re.IGNORECASE)  # fmt: skip
_FIRM: tuple[Modality, ...] = (
    "happened", "ongoing", "uncertain", "denied", "conditional", "threatened", "planned", "hypothetical", "negated",
)  # fmt: skip


def speaker(link: Attribution | None, event: Event) -> str:
    """Who says it: the attribution's source, else (for nobody or a bare pronoun) the outlet, else the report."""
    if link is not None and link.source is not None:
        for name in (link.source.text, link.source.name or ""):
            if name.strip() and not _PRONOUN.fullmatch(name.strip()):
                return name
    if link is not None and link.anonymous:
        return "an unnamed source"
    return event.outlet or "the report"


def _stance(event: Event) -> Attribution | None:
    """The link that bears on who did it: the innermost claim, blame or denial."""
    for link in reversed(event.attribution):
        if link.stance in ("claims", "blames", "denies", "doubts"):
            return link
    return None


def _same(source: Mention | None, actor: Mention, on: date | None, rolls_up: RollsUp) -> bool:
    if source is None:
        return False
    one, other = label(source), label(actor)
    return one == other or rolls_up(one, (other,), on) or rolls_up(other, (one,), on)


def _accused(event: Event, actor: Mention, rolls_up: RollsUp) -> bool:
    """True if a party to the conflict states that somebody else attacked: blame, whatever the verb."""
    if event.type != "ASSAULT":
        return False
    return any(each.party and not _same(each.source, actor, event.reported, rolls_up) for each in event.attribution)


def _responsible(views: Sequence[View], rolls_up: RollsUp) -> tuple[set[str], set[str], set[str]]:
    """Actors as stated, as blamed by others, as claimed by themselves."""
    stated: set[str] = set()
    blamed: set[str] = set()
    claimed: set[str] = set()
    for item in views:
        event, link = item.event, _stance(item.event)
        if event.modality == "denied":
            continue
        for actor in event.actors:
            if is_thing(actor):
                continue
            own = link is not None and _same(link.source, actor, event.reported, rolls_up)
            if link is not None and link.stance == "claims":
                (claimed if own or link.source is None or not link.source.actor else blamed).add(label(actor))
            elif (link is not None and link.stance in ("blames", "doubts")) or _accused(event, actor, rolls_up):
                blamed.add(label(actor))
            else:
                stated.add(label(actor))
    return stated, blamed - stated, claimed


def _victims(item: View) -> list[Mention]:
    """The recipients, without the place that was hit: neither the coder's nor the one read from the words."""
    event = item.event
    if event.type != "ASSAULT":
        return list(event.recipients)
    return [each for each in event.recipients if not is_place(each, event.place) and not is_place(each, item.place)]


def _statements(views: Sequence[View]) -> tuple[Statement, ...]:
    found: dict[tuple, Statement] = {}
    for item in views:
        event, link = item.event, _stance(item.event)
        if event.modality == "denied" and (link is None or link.stance != "denies"):
            link = event.attribution[-1] if event.attribution else None
            stance = "denies"
        elif link is not None:
            stance = link.stance
        else:
            continue
        about = ", ".join(sorted({label(actor) for actor in event.actors}))
        made = Statement(stance, speaker(link, event), about, event.evidence, event.reported)  # type: ignore[arg-type]
        found.setdefault((made.stance, made.speaker.casefold(), made.about), made)
    return tuple(found.values())


_MISTOLD = re.compile(
    r"\b(?:wrongly|falsely|mistakenly|erroneously|incorrectly) (?:said|reported|claimed|stated|wrote|announced)\b|"
    r"\b(?:reports?|figures?|claims?|toll)\b[^.;]{0,60}\b(?:was|were|is|are) (?:wrong|false|untrue|mistaken)\b",
    re.IGNORECASE,
)  # a paper's figure told as its mistake is nobody's figure


def _tolls(views: Sequence[View]) -> tuple[Toll, ...]:
    found: dict[tuple, Toll] = {}
    for item in views:
        event = item.event
        for count in event.counts:
            if count.kind == "attacks" or (count.cumulative and not is_own_total(event, count)):
                continue
            if _MISTOLD.search(event.evidence.quote):
                continue
            link = event.attribution[0] if event.attribution else None
            who = count.speaker or (speaker(link, event) if link else event.outlet)
            made = Toll(count.kind, count.low, count.high, who, count.span or event.evidence, event.reported)
            found.setdefault((made.kind, made.low, made.high, (who or "").casefold()), made)
    return tuple(
        sorted(found.values(), key=lambda each: (each.kind, each.reported or date.max, each.low, each.speaker or ""))
    )


def _retracted(views: Sequence[View]) -> bool:
    """True if a speaker (or a report's outlet) that had stated it later denies it."""
    first: dict[str, date] = {}
    for item in views:
        event = item.event
        link = event.attribution[-1] if event.attribution else None
        who, day = speaker(link, event).casefold(), event.reported
        if day is None:
            continue
        if event.modality in FACTUAL and not any(each.stance == "denies" for each in event.attribution):
            first[who] = min(day, first.get(who, day))
    for item in views:
        event = item.event
        link = event.attribution[-1] if event.attribution else None
        said = first.get(speaker(link, event).casefold())
        if (
            event.modality == "denied"
            and link is not None
            and said is not None
            and event.reported
            and event.reported >= said
        ):
            return True
    return False


def _spans(views: Sequence[View]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(item.event.evidence for item in views))


def _modality(views: Sequence[View]) -> Modality:
    """The firmest modality of the mentions; an attack known only from its claimant is uncertain."""
    if views[0].family == "absent":
        return "negated"
    present = {item.event.modality for item in views}
    firmest = next(each for each in _FIRM if each in present)
    told = [item.event for item in views if item.event.modality in FACTUAL]
    only_claimed = all((link := _stance(event)) and link.stance in ("claims", "doubts") for event in told)
    return "uncertain" if firmest in FACTUAL and views[0].event.act == "ASSAULT" and only_claimed else firmest


def _why(views: Sequence[View], reasons: Sequence[str], against: Sequence[str]) -> tuple[str, ...]:
    said = [f"{len(views)} mentions in {len({item.event.article for item in views})} reports"]
    if views[0].summary:
        said.append("sums up several happenings: counted as none")
    if any(item.assumed for item in views) and all(item.assumed or item.date is None for item in views):
        said.append("date assumed from the day of the report")
    if any(item.event.absence for item in views):
        said.append("an absence is reported")
    if checked := sum(is_reviewed(item.event) for item in views):
        said.append(f"{REVIEWED}: {checked} of {len(views)} mentions")
    return (
        *said,
        *(f"joined {each}" for each in reasons),
        *(f"against: {each}" for each in dict.fromkeys(against)),
    )


@dataclass(frozen=True, slots=True)
class Reports:
    """What is known of the reports behind the mentions: their texts, wire stories and credits."""

    articles: Mapping[str, Article]
    source: Mapping[str, str]
    credits: Credits

    def of(self, articles: Iterable[str]) -> Reports:
        """The same, of these reports alone."""
        keys = set(articles)
        told = {key: self.articles[key] for key in keys if key in self.articles}
        return Reports(told, {key: self.source[key] for key in keys if key in self.source}, self.credits)

    def origins(self, views: Sequence[View]) -> int:
        """How many independent origins the mentions' reports have."""
        told: dict[str, frozenset[str]] = {}
        for item in views:
            key = item.event.article
            told[key] = told.get(key, frozenset()) | self.credits.of_words(item.event.evidence.quote)
        return count_origins(told, self.source, self.articles, self.credits)


def build(views: Sequence[View], reasons: Sequence[str], against: Sequence[str], known_of: Reports,
          rolls_up: RollsUp) -> Incident:  # fmt: skip
    """One Incident from its mentions; the id comes from the earliest mention, so later reports do not change it."""
    views = sorted(views, key=lambda item: (item.event.reported or date.max, item.event.article,
                                            item.event.trigger.start, item.event.id))  # fmt: skip
    events = [item.event for item in views]
    actors, blamed, claimed = _responsible(views, rolls_up)
    statements = _statements(views)
    when, where = None, None
    for item in views:
        when, where = narrowed(when, item.date), sharper(where, item.place)
    stances = {each.stance for each in statements}
    reports = tuple(dict.fromkeys(event.article for event in events))
    known = min((event.reported for event in events if event.reported), default=None)
    factual = any(event.modality in FACTUAL for event in events)
    draft = Incident(
        id="i-" + sha256(events[0].id.encode()).hexdigest()[:12],
        type=events[0].type,
        act=Counter(event.act for event in events).most_common(1)[0][0],
        modality=_modality(views),
        date=when,
        place=where,
        actors=tuple(sorted(actors)),
        recipients=tuple(sorted({label(each) for item in views for each in _victims(item)})),
        blamed=tuple(sorted(blamed)),
        claimed=tuple(sorted(claimed)),
        events=tuple(event.id for event in events),
        reports=reports,
        origins=known_of.origins(views),
        modes=tuple(sorted({mode for event in events for mode in event.modes})),
        tolls=_tolls(views),
        statements=statements,
        disputed="denies" in stances and (factual or bool(stances & {"claims", "blames"})),
        retracted=_retracted(views),
        evidence=_spans(views),
        known=known,
        why=_why(views, reasons, against),
        version=len(reports),
    )
    return title(draft, events)
