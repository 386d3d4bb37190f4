"""Explain: what was proposed, kept and dropped, and by which rule."""

from datetime import date

import pytest

from detente.events.explain import as_lines
from detente.records import Article


@pytest.fixture(scope="module")
def explained(coder):
    def explain(text):
        traces = []
        coder.code(Article(id="t", text=text, published=date(2021, 6, 16)), traces)
        return ["\n".join(as_lines(trace)) for trace in traces]

    return explain


@pytest.mark.parametrize(
    "line",
    [
        "proposed  'bomb' by ASSAULT.toml frame",
        "kept      THREATEN (deed: ASSAULT) · conditional · 'bomb' · Egypt",
        "on the word of the Egyptian minister (asserts)",
        "because consequence of a condition",
        "tripwire  Egypt: 'If Ethiopia fills the dam' ⇒ 'Egypt will bomb it' (punishes)",
    ],
)
def test_a_threat_is_told_with_its_reasons(explained, line):
    (text,) = explained("If Ethiopia fills the dam, Egypt will bomb it, the Egyptian minister said.")
    assert line in text


def test_date_place_and_target_are_told(explained):
    (text,) = explained("Malian soldiers shelled Timbuktu on Tuesday.")
    assert "→ Timbuktu" in text
    assert "when: 2021-06-15 (day, 'Tuesday')" in text
    assert "where: Timbuktu (settlement, MLI)" in text


def test_what_was_dropped_says_why(explained):
    (text,) = explained("Algeria threatened to cut gas supplies to Morocco.")
    assert "dropped   'threatened': frames the deed 'cut'" in text


def test_links_and_silence(explained):
    link, nothing = explained("Jamaat Nusrat is an offshoot of Al-Qaeda.\n\nThe weather was mild.")
    assert "link      Jamaat Nusrat —splinter→ Al-Qaeda (stated)" in link
    assert nothing.endswith("nothing   no event, tripwire or link")
