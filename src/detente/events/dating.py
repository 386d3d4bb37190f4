"""When a reader takes a deed to have been that its own words do not date.

A statement is of the day it is reported; a deed is of the day of the deeds around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from detente.events.datecalc import resolve
from detente.events.datewords import find_words
from detente.events.story import FRESH, OPENING, Story
from detente.events.where import SPOKEN
from detente.records import Event, Interval, Mention, Place

LONG_AGO = timedelta(21)  # a story's own days lie nearer; what is dated before them is a look back
RECENT = 7  # days that "in recent days" may mean


def dated(events: Sequence[Event], story: Story) -> list[Event]:
    """The events with `inferred_date` where no day was said, in order."""
    out: list[Event] = []
    last: date | None = None  # the last day told of a deed of this story, in this paragraph
    lead: date | None = None  # and the first one, if told in its opening
    anchor: date | None = None  # or of anything said in it
    line = -1
    for event in events:
        if (here := story.line(event.trigger.start)) != line:
            line, last = here, max(lead, last) if lead and last else last
        said = event.date
        if said is None or said.start is None:
            found = _when(event, events, story, last, anchor)
            event = replace(event, inferred_date=found) if found is not None else event
        elif event.modality in FRESH and said.precision == "day" and _of_story(said, story):
            anchor, last = said.start, last if event.type in SPOKEN else said.start
            lead = lead or (last if line < OPENING else None)
        out.append(event)
    return out


def _of_story(said: Interval, story: Story) -> bool:
    start, published = said.start, story.published
    return start is not None and (published is None or published - LONG_AGO < start <= published)


def _when(
    event: Event, events: Sequence[Event], story: Story, last: date | None, anchor: date | None
) -> Interval | None:
    published = story.published
    if event.date is not None:  # words that nothing in their paragraph resolves
        return _said_of(event.date, anchor, published)
    perfect = _PERFECT.search(story.text, max(0, event.trigger.start - 30), event.trigger.start) is not None
    if published is None or (event.absence and perfect):
        return None  # 'no shot has been fired'
    today = Interval(published, published, "day")
    if event.modality not in FRESH:
        return today  # a plan, threat or promise is of the day it is voiced
    if (back := _look_back(event, story)) is not None:
        return back
    if event.type in SPOKEN:
        return today
    if (twin := _twin(event, events, story)) is not None:
        return twin
    return today if last is None or perfect else Interval(last, last, "day")


def _said_of(said: Interval, last: date | None, published: date | None) -> Interval | None:
    """'the same evening', 'two days later' after the last day told; 'in recent nights' before publication."""
    words = next(iter(find_words(said.text)), None)
    if words is not None and words.kind in ("sameday", "shift") and last is not None:
        days = resolve(words, published, False, last)
        return days and Interval(*days, said.text, said.span)
    if published is not None and "recent" in said.text.lower():
        return Interval(published - timedelta(RECENT), published, "range", said.text, said.span)
    return None


def _look_back(event: Event, story: Story) -> Interval | None:
    """The past that a paragraph looks back on, as last named before the deed in it."""
    line = story.line(event.trigger.start)
    before = [
        t for t in story.times
        if t.span is not None and t.span.start < event.trigger.start and story.line(t.span.start) == line
    ]  # fmt: skip
    then = before[-1] if before else None
    if then is None or then.span is None or then.end is None or story.published is None:
        return None
    if then.end > story.published - LONG_AGO or then.precision not in ("day", "month", "season", "year"):
        return None
    if _SINCE.search(story.text[story.text.rfind("\n", 0, then.span.start) + 1 : then.span.start].split(". ")[-1]):
        return None  # 'the first since a drone was shot down in May' does not turn back to May
    same = event.evidence.start <= then.span.start
    if (
        same
        and _ASIDE.search(story.text[event.evidence.start : then.span.start])
        and "," in story.text[then.span.end : event.trigger.start]
    ):
        return None  # 'the bloc, which Niger left in January 2025, condemned the raid'
    return then if same or event.type not in SPOKEN else None


_ASIDE = re.compile(r", (?:which|who|whose|whom|where|when) [^,]*$")
_PERFECT = re.compile(r"\b(?:has|have)(?: \w+ly| also| now| since)?(?: been)? $")  # what has been done is news
_SINCE = re.compile(r"\b(?:since|until)\b", re.I)


def _twin(event: Event, events: Sequence[Event], story: Story) -> Interval | None:
    """The day of the deed of the same kind, to the same party or at the same place, that the article dates elsewhere."""
    for other in events:
        if other.date is None or other.date.precision != "day" or other.modality not in FRESH:
            continue
        alike = (other.type, other.act) == (event.type, event.act) and _of_story(other.date, story)
        if alike and (_names(event.recipients) & _names(other.recipients) or _same_place(event.place, other.place)):
            return other.date
    return None


def _names(parties: Iterable[Mention]) -> set[str]:
    return {word for m in parties for word in [(m.actor or (m.name or m.text).split()[-1]).lower()]}


def _same_place(one: Place | None, other: Place | None) -> bool:
    return one is not None and other is not None and one.id is not None and one.id == other.id
