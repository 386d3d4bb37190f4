from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from handmade import rolls_up
from valley import known

from detente.records import Gap
from detente.tension import calendar, find_lull
from detente.tension.lines import EXPLANATIONS


@pytest.mark.parametrize(
    ("as_of", "state", "since", "days"),
    [
        (date(2031, 1, 5), "unknown", None, None),
        (date(2031, 3, 13), "escalating", date(2031, 3, 10), 3),
        (date(2031, 4, 15), "lull", date(2031, 3, 18), 28),
        (date(2031, 5, 7), "active", date(2031, 5, 6), 1),
        (date(2031, 1, 24), "unknown", date(2031, 1, 10), 14),  # two weeks without any report are no calm
    ],
)
def test_each_day_has_its_own_state(tmp_path, as_of, state, since, days):
    lull = known(tmp_path, as_of)[2]
    assert (lull.state, lull.since, lull.days) == (state, since, days)


def test_the_calm_that_ended_is_the_last_past_gap(tmp_path):
    lull = known(tmp_path, date(2031, 5, 7))[2]
    assert lull.past_gaps == (14, 10, 17, 9, 4, 5, 8, 49)
    assert lull.longer_than == 0.0


def test_the_lull_is_longer_than_all_earlier_gaps(tmp_path):
    assert known(tmp_path, date(2031, 4, 15))[2].longer_than == 1.0


def test_evidence_is_marked_against_four_explanations(tmp_path):
    lull = known(tmp_path, date(2031, 4, 15))[2]
    by_word = {word: line for line in lull.lines for word in ("batteries", "drill", "handed over", "epidemic", "No rockets")
               if word in line.text}  # fmt: skip
    assert by_word["batteries"].weight == "unnamed"
    assert by_word["batteries"].inconsistent == ("de-escalation",)
    assert by_word["drill"].weight == "interested party"
    assert by_word["handed over"].consistent == ("de-escalation",)
    assert by_word["epidemic"].consistent == ("outside cause",), "sent home because of an epidemic"
    assert by_word["No rockets"].inconsistent == ("coverage loss",)
    assert by_word["batteries"].text == (
        "“Arland has set up air-defence batteries at Fort Alder” (two officials, 2 April)"
    )
    assert lull.reading == "preparation"
    assert {name for line in lull.lines for name in (*line.consistent, *line.inconsistent)} <= set(EXPLANATIONS)


def test_near_misses_are_kept_with_their_reason_not_counted(tmp_path):
    _, _, lull, _, incidents, *_ = known(tmp_path, date(2031, 4, 15))
    titles = [each.title for number in lull.near_misses for each in incidents if each.id == number]
    assert titles == ["Attack by desert raiders on Arland troops near Elmton; 2 killed", "Attack on Arland troops"]


def test_silence_over_the_lull_is_a_gap_and_supports_coverage_loss(tmp_path):
    watched, dyad, _, _, incidents, wires, links, articles, events = known(tmp_path, date(2031, 3, 20))
    lull = find_lull(incidents, wires, links, dyad, watched.lulls[dyad.id], as_of=date(2031, 4, 20), articles=articles,
                     theatre=watched, rolls_up=rolls_up, events=events)  # fmt: skip
    assert lull.state == "unknown" and lull.gaps[0].end == date(2031, 4, 20)
    assert (lull.days, lull.heard) == (33, 1)
    assert lull.reading == "coverage loss"


def test_only_corroborated_attacks_count_where_the_proof_says_so(tmp_path):
    watched, dyad, _, _, incidents, wires, links, articles, events = known(tmp_path, date(2031, 3, 13))
    strict = replace(watched.lulls[dyad.id], proof="corroborated")
    lull = find_lull(incidents, wires, links, dyad, strict, as_of=date(2031, 3, 13), articles=articles, theatre=watched,
                     rolls_up=rolls_up, events=events)  # fmt: skip
    assert lull.since is None


def test_a_calm_during_which_sources_were_lost_says_so(tmp_path):
    watched, dyad, _, _, incidents, wires, links, articles, events = known(tmp_path, date(2031, 4, 15))
    outlets = sorted({each.outlet for each in articles.values() if each.outlet})
    lost = [Gap(name, date(2031, 3, 20), date(2031, 4, 15), "answered 503") for name in outlets]

    def read(listened):
        return find_lull(incidents, wires, links, dyad, watched.lulls[dyad.id], as_of=date(2031, 4, 15),
                         articles=articles, theatre=watched, rolls_up=rolls_up, events=events, listened=listened)  # fmt: skip

    whole = calendar(articles.values(), until=date(2031, 4, 15))
    torn = calendar(
        [a for a in articles.values() if a.published < date(2031, 3, 20)], [], lost, until=date(2031, 4, 15)
    )
    before, after = read(whole), read(torn)
    assert before.state == after.state == "lull"
    assert (
        before.gaps == ()
        and {gap.source for gap in after.gaps}
        == {gap.source for gap in torn.lost(date(2031, 3, 19), date(2031, 4, 15))}
        != set()
    )
    (line,) = [each for each in after.lines if "coverage loss" in each.consistent]
    assert "were lost while it lasted" in line.text and "coverage loss" not in before.lines[-1].consistent
