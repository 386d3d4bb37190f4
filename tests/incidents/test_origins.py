from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import combinations

import pytest
from handmade import CAMP, TROOPS, article, event, on, rolls_up

from detente.incidents import merge, origins

STORY = (
    "Gunners on the northern bank fired eleven mortar rounds at the ferry landing shortly after noon, the harbour "
    "master said, and two deckhands were taken to hospital with cuts. Traffic on the river stopped for three hours."
)


def test_trimmed_copies_share_an_origin_and_own_words_do_not():
    reports = [
        article("a", STORY, "2031-03-04"),
        article("b", "ELMTON (VW) - " + STORY.split(" Traffic")[0], "2031-03-04", "Daily Elm"),
        article("c", "Two ferry workers were hurt when mortar fire from across the water hit the quay at midday, "
                     "according to the port's chief, who closed the crossing until the afternoon.", "2031-03-04"),
    ]  # fmt: skip
    found = origins(reports)
    assert found["a"] == found["b"] != found["c"]


def test_a_named_origin_is_believed():
    reports = [
        article("a", "Short note on the ferry.", "2031-03-04", extra={"origin": "VW-77"}),
        article("b", "Quite different words here.", "2031-03-05", extra={"origin": "VW-77"}),
        article("c", "Something else again.", "2031-03-05"),
    ]
    found = origins({each.id: each for each in reports})
    assert found["a"] == found["b"] and found["c"] == "c"


def test_empty_and_tiny_texts_stay_apart():
    assert origins([article("a", "", None), article("b", "", None)]) == {"a": "a", "b": "b"}


@pytest.mark.parametrize("seed", range(12))
def test_copies_are_found_in_whatever_days_they_come_and_only_within_a_week(seed):
    """Sketches of old days are dropped on the way: what is found is what a look at every pair finds."""
    dice = random.Random(seed)
    words = ["".join(dice.choices("aeioulnrst", k=6)) for _ in range(400)]
    stories = [dice.sample(words, 60) for _ in range(4)]
    reports, story = [], {}
    for number in dice.sample(range(100, 1000), 40):
        which = dice.randrange(len(stories))
        text = " ".join(stories[which][: dice.choice((60, 55, 45))])
        day = date(2031, 3, 1) + timedelta(days=dice.randrange(60)) if dice.random() < 0.95 else None
        reports.append(article(f"a{number}", text, day and day.isoformat()))
        story[f"a{number}"] = which
    told = {each.id: {each.id} for each in reports}
    for one, other in combinations(reports, 2):
        near = not (one.published and other.published) or abs((one.published - other.published).days) <= 7
        if near and story[one.id] == story[other.id]:
            both = told[one.id] | told[other.id]
            told.update(dict.fromkeys(both, both))
    assert origins(reports) == {key: min(group) for key, group in told.items()}


FERRY = {"place": CAMP, "date": on("2031-03-03"), "recipients": (TROOPS,)}


def origins_of(*reports):
    events = [event(each, "hit", **FERRY) for each in reports]
    (incident,) = merge(events, {each.id: each for each in reports}, rolls_up=rolls_up)
    return incident.origins


def test_a_rewrite_that_credits_an_agency_is_no_second_origin():
    wire = article("a", "Rockets hit Camp Birch late on Monday, killing two soldiers.", "2031-03-04", "Reuters")
    rewrite = article(
        "b", "Two troops died when a salvo hit a desert camp, Reuters reported.", "2031-03-04", "Daily Elm"
    )
    other = article("c", "ELMTON (AFP) - The northern camp was hit by gunners on Monday.", "2031-03-05", "Elm Post")
    again = article(
        "d", "A base was hit in the night, sources told Agence France-Presse.", "2031-03-05", "Harbour Times"
    )
    own = article("e", "Our correspondent saw the camp being hit at ten.", "2031-03-05", "Arland Post")
    assert origins_of(wire, rewrite) == 1
    assert origins_of(other, again) == 1
    assert origins_of(wire, rewrite, other, again, own) == 3


def test_an_outlet_among_the_reports_can_be_credited_too():
    first = article("a", "Rockets hit Camp Birch on Monday.", "2031-03-04", "Valley Wire")
    handed_on = article("b", "The base was hit on Monday evening, according to Valley Wire.", "2031-03-05", "Elm Post")
    assert origins_of(first, handed_on) == 1


def test_two_own_reports_of_one_agency_are_two():
    morning = article("a", "Rockets hit Camp Birch on Monday, the army said.", "2031-03-04", "Reuters")
    evening = article("b", "A doctor at the ward described how the camp was hit.", "2031-03-05", "Reuters")
    assert origins_of(morning, evening) == 2


def test_the_same_words_weeks_later_are_a_new_report():
    early, late = article("a", STORY, "2031-03-04"), article("b", STORY, "2031-05-04")
    assert len(set(origins([early, late]).values())) == 2
