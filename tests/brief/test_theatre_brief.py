"""The bundled theatre, end to end: three days, three stories."""

from __future__ import annotations

from datetime import date

import pytest

from detente.brief import lint, to_markdown, unsupported
from detente.pipeline import (
    Dossier,
    assess,
    code_all,
    gather,
    load_theatre,
    theatre_coder,
    theatre_reports,
    write_brief,
)


@pytest.fixture(scope="module")
def dossier():
    theatre = load_theatre("iraq-2020")
    known = Dossier()
    for each in gather(theatre_reports(theatre)):
        known.add(each)
    for _, coded in code_all(theatre_coder(theatre), list(known.articles.values())):
        known.add(coded)
    return theatre, known


@pytest.mark.slow
@pytest.mark.parametrize(
    ("as_of", "state", "since", "headline"),
    [
        (date(2020, 3, 13), "escalating", date(2020, 3, 11), "escalate"),
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
