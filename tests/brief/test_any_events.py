from __future__ import annotations

from datetime import date

from handmade import EVENTS, FRONT, ONE, THREE, TROOPS, TWO, rolls_up, wire
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.brief import compose, compose_article, lint, to_html, to_markdown, unsupported
from detente.incidents import merge
from detente.records import Coded, Dyad
from detente.reference.theatre import LullDefinition, Theatre
from detente.tension import find_lull, gaps, series, tripwire_states

DYAD = Dyad("d", "Arland and the Front", ("ARL",), ("valley.river-front",), "Arland", "the River Front")
THEATRE = Theatre(
    "t", "The Valley", "Valley News", (DYAD,), lulls={"d": LullDefinition(minimum_days=7)}, countries=("VAL",)
)
ARTICLES = {each.id: each for each in (ONE, TWO, THREE)}


@settings(max_examples=60, deadline=None)
@given(EVENTS, st.dates(date(2031, 3, 1), date(2031, 5, 1)), st.booleans())
def test_whatever_was_coded_the_brief_is_supported(events, as_of, with_theatre):
    heard = {key: each for key, each in ARTICLES.items() if each.published <= as_of}
    told = [each for each in events if each.reported <= as_of]
    incidents = merge(told, heard, rolls_up=rolls_up)
    theatre = THEATRE if with_theatre else None
    wires = tripwire_states(
        [wire(ONE, "Two soldiers died", "hit", FRONT, TROOPS)], incidents, as_of=as_of, rolls_up=rolls_up
    )
    lull = find_lull(
        incidents,
        wires,
        (),
        DYAD,
        THEATRE.lulls["d"],
        as_of=as_of,
        articles=heard,
        theatre=theatre,
        rolls_up=rolls_up,
        events=told,
    )
    line = series(incidents, DYAD, as_of=as_of, articles=heard, gaps=gaps(heard, None, until=as_of), rolls_up=rolls_up)
    made = compose(theatre, DYAD, lull, line, incidents, wires, (), heard, told, as_of=as_of, rolls_up=rolls_up)
    assert unsupported(made, heard) == []
    assert lint(made) == []
    assert made.headline.text in to_html(made, heard, line, lull=lull, tripwires=wires)
    assert to_markdown(made, heard).count("\n# ") == 1


@settings(max_examples=40, deadline=None)
@given(EVENTS)
def test_one_article_with_any_events_gets_a_supported_brief(events):
    own = tuple(each for each in events if each.article == "a2")
    made = compose_article(TWO, Coded("a2", own), merge(own, ARTICLES, rolls_up=rolls_up))
    assert unsupported(made, ARTICLES) == []
    assert lint(made) == []
