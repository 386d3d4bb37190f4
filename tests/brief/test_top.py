"""Who is named in a headline, what an attack after a calm is called, and whose plans are shown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from detente.brief.ahead import _dated
from detente.brief.case import Case
from detente.brief.top import headline
from detente.records import Dyad, Incident, Interval, Lull, Span
from detente.reference.theatre import LullDefinition, Theatre
from detente.tension.lull import _state
from detente.tension.sides import Watch

START = date(2031, 1, 1)
FRONT = "iraq.kataib-hezbollah"
DYAD = Dyad("us-kh", "two sides", ("USA",), (FRONT,), "United States", "Kataib Hezbollah")
COUNTS = LullDefinition(target_class="American camps", direction="b-to-a")
THEATRE = Theatre("t", "Iraq", "Iraq News", (DYAD,), countries=("IRQ",), lulls={DYAD.id: COUNTS})


def same(one: str, side: tuple[str, ...], on: date | None) -> bool:
    return one in side


def deed(day: int, kind: str = "ASSAULT", by: tuple[str, ...] = (), on: tuple[str, ...] = ("USA",), **more) -> Incident:
    when = START + timedelta(days=day)
    quote = Span("a", 0, 9, more.pop("words", "A rocket hit the American camp"))
    return Incident(
        f"i{day}", kind, kind, more.pop("modality", "happened"), Interval(when, when, "day"), None, by, on,
        evidence=(quote,), known=more.pop("known", when), title=f"deed {day}", **more,
    )  # fmt: skip


def case(incidents: list[Incident], day: int, state: str = "active") -> Case:
    as_of = START + timedelta(days=day)
    lull = Lull(DYAD.id, as_of, state, since=as_of, days=0)  # type: ignore[arg-type]
    return Case(THEATRE, DYAD, lull, None, tuple(incidents), (), (), {}, {}, (), as_of, same)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, "Attacks on American camps in Iraq continue"),
        ({"by": (FRONT,)}, "Attacks between the US and Kataib Hezbollah in Iraq continue"),
        ({"blamed": (FRONT,)}, "Attacks between the US and Kataib Hezbollah in Iraq continue"),
    ],
)
def test_a_headline_names_a_side_as_the_attacker_only_where_somebody_does(more, told):
    assert headline(case([deed(40, **more), deed(44, **more)], 45)).text == told


def test_plans_towards_a_third_party_are_not_shown():
    ours = deed(
        60, "CONSULT", ("USA",), ("IRQ",), modality="planned", words="Washington will meet ministers in Baghdad"
    )
    away = deed(61, "CONSULT", ("USA",), ("eu",), modality="planned", words="Washington will meet the European Union")
    shown = _dated(case([ours, away], 45))
    assert [each.evidence[0].quote for each in shown] == ["Washington will meet ministers in Baghdad"]


@pytest.mark.parametrize(("minimum", "state"), [(14, "active"), (30, "de-escalating")])
def test_an_attack_that_ends_a_calm_eases_nothing(minimum, state):
    """Four attack days, eighteen quiet ones, an attack: fewer than before, yet it broke a calm of 14 days (not of 30)."""
    days = [0, 2, 4, 6, 24]
    dates = [START + timedelta(days=d) for d in days]
    known = [deed(d, by=(FRONT,)) for d in days]
    as_of, first = START + timedelta(days=25), START - timedelta(days=30)
    assert _state(dates, known, Watch(DYAD, same, THEATRE), minimum, as_of, 1, first) == state
