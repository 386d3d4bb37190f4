"""The board: one row per threat, its holder by name, its words readable."""

from __future__ import annotations

from datetime import date

import pytest
from handmade import ARL, FRONT, SPOKESMAN, TROOPS, article, rolls_up, says, span, wire
from valley import theatre

from detente.brief import compose
from detente.brief.board import words
from detente.records import Lull, Mention, Span
from detente.tension import tripwire_states

DAY = date(2031, 3, 20)


def board(folder, *wires, reports):
    watched = theatre(folder)
    settled = tripwire_states(wires, [], as_of=DAY, rolls_up=rolls_up)
    lull = Lull("arland-front", DAY, "unknown")
    made = compose(watched, watched.dyads[0], lull, None, [], settled, [], {each.id: each for each in reports}, [],
                   as_of=DAY, rolls_up=rolls_up)  # fmt: skip
    return next((each for each in made.blocks if each.heading == "Tripwires"), None)


def test_one_threat_told_by_two_outlets_is_one_row(tmp_path):
    one = article("a", "The River Front will shell Fort Alder if Arland keeps its troops there.", "2031-03-04")
    two = article("b", "It says it will shell Fort Alder if Arland keeps troops there.", "2031-03-06", "Arland Post")
    it = Mention("It", actor="valley.river-front", name="River Front")
    told = board(
        tmp_path,
        wire(one, "if Arland keeps its troops there", "will shell Fort Alder", FRONT, TROOPS),
        wire(two, "if Arland keeps troops there", "will shell Fort Alder", it, TROOPS, attribution=says(it)),
        reports=(one, two),
    )
    assert len(told.rows) == 1
    assert told.rows[0][0].text == "River Front"
    assert told.rows[0][3].text == "Valley Wire, 4 March; two origins"


def test_nobody_threatens_himself_and_stumps_are_left_out(tmp_path):
    text = "Arland's president said the River Front would pay a heavy price should more rockets fall. It vowed to act if hit."
    report = article("a", text, "2031-03-04")
    backwards = wire(
        report, "should more rockets fall", "the River Front would pay a heavy price", FRONT, FRONT,
        attribution=says(SPOKESMAN),
    )  # fmt: skip
    stump = wire(report, "if hit", "to act", FRONT, TROOPS)
    told = board(tmp_path, backwards, stump, reports=(report,))
    assert [row[0].text for row in told.rows] == ["Arland spokesman"]


def test_harm_is_no_promise():
    report = article("a", "Arland will bomb 40 depots if the River Front attacks.", "2031-03-04")
    odd = wire(report, "if the River Front attacks", "will bomb 40 depots", ARL, FRONT, direction="rewards")
    assert tripwire_states([odd], [], as_of=DAY, rolls_up=rolls_up)[0].direction == "punishes"


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("that Arland would leave", "“Arland would leave”"),
        ("The Front, its leader threatened on Monday to kill the two envoys", "“kill the two envoys”"),
        ('will strike "hard', "“will strike hard”"),
        ("it said so", "“it said so”"),
    ],
)
def test_words_are_shown_without_what_leads_up_to_them(quote, shown):
    assert words(Span("a", 0, len(quote), quote)) == shown


def test_a_row_cites_the_words_it_shows(tmp_path):
    report = article("a", "The River Front will shell Fort Alder if Arland stays there.", "2031-03-04")
    told = board(
        tmp_path, wire(report, "if Arland stays there", "will shell Fort Alder", FRONT, TROOPS), reports=(report,)
    )
    assert span(report, "if Arland stays there").quote in told.rows[0][1].evidence[0].quote
