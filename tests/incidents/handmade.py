"""Events made by hand over invented reports, for the rooms after the coder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from detente.records import Article, Attribution, Count, Event, Interval, Mention, Place, Span, Tripwire

CAMP = Place("Camp Birch", "site", 10.0, 20.0, "VAL", id="valley:camp-birch", radius_km=2.0)
FORT = Place("Fort Alder", "site", 11.0, 21.0, "VAL", id="valley:fort-alder", radius_km=2.0)
TOWN = Place("Elmton", "settlement", 10.01, 20.01, "VAL", id="geonames:1", radius_km=8.0)
COUNTRY = Place("Valley", "country", 10.5, 20.5, "VAL", id="iso:VAL", radius_km=200.0)
ARL = Mention("Arland", actor="ARL", country="ARL")
TROOPS = Mention("Arland troops", actor="ARL.MIL", country="ARL", sector="MIL")
FRONT = Mention("the River Front", actor="valley.river-front")
RAIDERS = Mention("desert raiders", actor="valley.raiders")
SPOKESMAN = Mention("an Arland spokesman", actor="ARL", country="ARL")


def article(key: str, text: str, published: str | None, outlet: str = "Valley Wire", **more: Any) -> Article:
    """A report."""
    return Article(key, text, title=f"Report {key}", outlet=outlet, published=when(published), language="en", **more)


def when(text: str | None) -> date | None:
    """A date from its text."""
    return date.fromisoformat(text) if text else None


def span(report: Article, words: str) -> Span:
    """The span of `words` in the report."""
    start = report.text.index(words)
    return Span(report.id, start, start + len(words), words)


def on(first: str, last: str | None = None, text: str = "", precision: Any = "day") -> Interval:
    """A day or a stretch of days."""
    return Interval(when(first), when(last or first), precision, text or first)


def says(source: Mention | None, stance: Any = "asserts", **more: Any) -> tuple[Attribution, ...]:
    """A chain of one speaker."""
    return (Attribution(source, None, stance, **more),)


def killed(low: int, high: int | None = None, speaker: str | None = None) -> Count:
    """A toll."""
    return Count("killed", low, low if high is None else high, speaker=speaker)


def event(
    report: Article,
    trigger: str,
    kind: str = "ASSAULT",
    *,
    key: str | None = None,
    act: str | None = None,
    modality: Any = "happened",
    evidence: str | None = None,
    **more: Any,
) -> Event:
    """One mention of a deed; its evidence is the sentence around the trigger."""
    at = span(report, trigger)
    start = report.text.rfind(". ", 0, at.start) + 2 if ". " in report.text[: at.start] else 0
    end = report.text.find(".", at.end)
    sentence = evidence or report.text[start : end + 1 if end >= 0 else len(report.text)]
    return Event(
        id=key or f"{report.id}-{at.start}",
        article=report.id,
        type=kind,
        act=act or kind,
        modality=modality,
        trigger=at,
        evidence=span(report, sentence),
        reported=report.published,
        outlet=report.outlet,
        **more,
    )


def wire(report: Article, condition: str, consequence: str, holder: Mention, against: Mention, **more: Any) -> Tripwire:
    """A conditional threat or promise."""
    return Tripwire(
        f"t-{report.id}-{report.text.index(consequence)}",
        report.id,
        span(report, condition),
        span(report, consequence),
        span(report, report.text),
        holder=holder,
        against=(against,),
        reported=report.published,
        **more,
    )


def rolls_up(actor: str, sides: tuple[str, ...], day: date | None) -> bool:
    """ "ARL.MIL" belongs to "ARL"; the Night Owls joined the River Front's side in March 2031."""
    if actor == "valley.night-owls" and "valley.river-front" in sides:
        return day is None or day >= date(2031, 3, 1)
    return any(actor == side or actor.startswith(side + ".") for side in sides)


ONE = article("a1", "Rockets hit Camp Birch on Monday. Two soldiers died.", "2031-03-04")
TWO = article(
    "a2", "A rocket attack killed three at the base near Elmton, officials said.", "2031-03-05", "Arland Post"
)
THREE = article("a3", "Fort Alder was shelled with rockets on Monday too.", "2031-03-05", "Arland Post")

PLACES = st.sampled_from([CAMP, FORT, TOWN, COUNTRY, None])
PEOPLE = st.sampled_from([(), (ARL,), (TROOPS,), (FRONT,), (RAIDERS,), (Mention("gunmen"),)])
DAYS = st.integers(0, 4).map(lambda n: date(2031, 3, 3) + timedelta(days=n))


@st.composite
def mentions(draw):
    report = draw(st.sampled_from([ONE, TWO, THREE]))
    trigger = draw(st.sampled_from([word for word in report.text.split() if word.isalpha()]))
    start = draw(DAYS)
    dates = st.sampled_from([Interval(start, start, "day", "then"), None, Interval(None, None, "unresolved", "once"),
                             Interval(date(2031, 3, 1), date(2031, 3, 31), "month", "in March")])  # fmt: skip
    return event(
        report, trigger, draw(st.sampled_from(["ASSAULT", "THREATEN", "RETREAT"])),
        modality=draw(st.sampled_from(["happened", "denied", "planned", "negated", "uncertain"])),
        place=draw(PLACES), date=draw(dates), actors=draw(PEOPLE), recipients=draw(PEOPLE),
    )  # fmt: skip


EVENTS = st.lists(mentions(), max_size=12).map(
    lambda found: [replace(each, id=f"e{number}") for number, each in enumerate(found)]
)
