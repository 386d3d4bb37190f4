"""The bundled theatre, end to end: three days, three stories, and five briefs frozen after reading.

After a change that is meant to alter them: `python benchmarks/briefs.py --golden`, then read the difference.
"""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path

import pytest

from detente.brief import lint, to_markdown, unsupported
from detente.pipeline import assess, write_brief

_SPEC = importlib.util.spec_from_file_location("briefs", Path(__file__).parents[2] / "benchmarks/briefs.py")
briefs = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(briefs)


@pytest.fixture(scope="module")
def dossier():
    return briefs.coded("iraq-2020", [])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("as_of", "state", "since", "headline"),
    [
        (date(2020, 3, 13), "escalating", date(2020, 3, 11), "trade deadly attacks"),
        (date(2020, 4, 21), "lull", date(2020, 3, 26), "has eased, for now"),
        (date(2020, 5, 7), "active", date(2020, 5, 6), "ends after 41 days"),
    ],
    ids=str,
)
def test_each_day_tells_its_own_story(dossier, as_of, state, since, headline):
    theatre, known = dossier
    found = assess(theatre, None, known, as_of)
    made = write_brief(theatre, found)
    assert (found.lull.state, found.lull.since) == (state, since)
    assert made.headline.text.endswith(headline)
    assert unsupported(made, found.dossier.articles) == [] and lint(made) == []
    notes = to_markdown(made, found.dossier.articles).count("\n[^")
    assert 10 <= notes <= 60


@pytest.mark.slow
@pytest.mark.parametrize("as_of", briefs.FROZEN, ids=str)
def test_the_brief_is_the_one_that_was_read(dossier, as_of):
    text, _, wrong = briefs.written(*dossier, as_of)
    assert wrong == []
    assert text == (briefs.GOLDEN / f"{as_of}.md").read_text("utf-8"), "see the top of this file"


@pytest.mark.slow
def test_no_monday_words_a_judgement_against_the_yardstick(dossier):
    """Every sentence supported, no likelihood beside a confidence, every printed range inside its band: all 31 Mondays."""
    days = list(briefs.mondays(date(2019, 12, 1), date(2020, 6, 30)))
    found = {str(day): briefs.written(*dossier, day) for day in days}
    assert {day: wrong for day, (_, _, wrong) in found.items() if wrong} == {}
    told = [text for text, state, _ in found.values() if state.lull.state == "lull"]
    assert len(days) == 31 and len(told) > 5 and all("base rate" in text and " %)" in text for text in told)


# a second war, for which the coder was not changed: what a reader of those months would expect


@pytest.fixture(scope="module")
def caucasus():
    return briefs.coded("caucasus-2022", [])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("as_of", "state", "since", "headline"),
    [
        (date(2022, 9, 17), "escalating", date(2022, 9, 13), "Armenia and Azerbaijan traded deadly attacks; none for four days"),
        (date(2022, 11, 14), "lull", date(2022, 9, 28), "Tension between Armenia and Azerbaijan has eased"),
        (date(2023, 5, 29), "lull", date(2023, 5, 11), "Tension between Armenia and Azerbaijan has eased, for now"),
    ],
    ids=str,
)  # fmt: skip
def test_each_day_of_another_war_tells_its_story(caucasus, as_of, state, since, headline):
    theatre, known = caucasus
    found = assess(theatre, None, known, as_of)
    made = write_brief(theatre, found)
    assert (found.lull.state, found.lull.since, made.headline.text) == (state, since, headline)
    assert unsupported(made, found.dossier.articles) == [] and lint(made) == []


@pytest.mark.slow
def test_talks_are_read_as_easing_and_monitors_as_nobodys_preparation(caucasus):
    theatre, known = caucasus
    lull = assess(theatre, None, known, date(2022, 11, 14)).lull
    assert lull.reading == "de-escalation"
    assert not any("preparation" in line.consistent and "monitors" in line.text for line in lull.lines)
