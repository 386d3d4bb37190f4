"""Who is named in a headline, what an attack after a calm is called, and whose plans are shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from handmade import article, event

from detente.brief.ahead import _dated
from detente.brief.case import Case
from detente.brief.counting import _left_out
from detente.brief.top import headline
from detente.records import Dyad, Incident, Interval, Lull, Span
from detente.reference.theatre import LullDefinition, Outlet, Theatre
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


def test_talks_that_were_held_are_no_longer_planned():
    plan = deed(
        60,
        "CONSULT",
        ("USA",),
        (),
        modality="planned",
        words="Talks with Washington are planned for March",
        known=START,
    )
    month = replace(plan, date=Interval(START + timedelta(days=59), START + timedelta(days=89), "month"))
    ahead = _dated(case([month], 45))[0].text
    assert ahead.startswith("By 31 March: ")
    late = _dated(case([month], 85))[0].text
    assert late.startswith("Due by 31 March, and not reported so far: ")
    held = replace(deed(70, "AGREE", ("USA",), ("IRQ",), words="The American and Iraqi sides agreed"), date=None)
    assert _dated(case([month, held], 85)) == []
    before = replace(held, evidence=(Span("a", 0, 9, "American envoys prepared the session"),))
    assert len(_dated(case([month, before], 85))) == 1


def test_a_claim_and_what_others_say_of_it_are_left_out_in_one_line():
    told = {"modality": "uncertain", "claimed": (FRONT,)}
    claim = deed(40, words="The group said it had blown up a convoy", **told)
    doubt = deed(41, words="The police know of no bomb, a day after the claim", **told)
    other = deed(46, words="The group said it had shot down a drone", **told)
    made = case([claim, doubt, other], 50, "lull")
    lines = _left_out(replace(made, lull=replace(made.lull, near_misses=(claim.id, doubt.id, other.id))))
    assert [each.text.count("; ") for each in lines] == [1, 0]
    assert "deed 40, 10 February; deed 41, 11 February (claimed by Kataib Hezbollah" in lines[0].text


def test_a_partys_paper_is_quoted_only_where_nobody_else_tells_it():
    organ = Outlet("Front Channel", party=True, party_to=(FRONT,))
    boast, sober = (
        article("a", "We killed eighty.", "2031-02-10", "Front Channel"),
        article("b", "A missile fell.", "2031-02-11"),
    )
    first, second = event(boast, "killed"), event(sober, "fell")
    seen = replace(
        case([], 50), theatre=replace(THEATRE, outlets=(organ,)), events={first.id: first, second.id: second}
    )
    hit = replace(deed(40), events=(first.id, second.id))
    assert seen.words(hit) == "“A missile fell”"
    assert seen.words(replace(hit, events=(first.id,))) == "“We killed eighty”"
