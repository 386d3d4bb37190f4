"""Words mean what their yardstick says, and the lint refuses the loose ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.outlook.words import YARDSTICKS, lint, phrase
from detente.records import ConfigError


@pytest.mark.parametrize(
    ("p", "yardstick", "words"),
    [
        (0.02, "icd203", "almost no chance (1-5 %)"),
        (0.31, "icd203", "unlikely (20-45 %)"),
        (0.50, "icd203", "roughly even chance (45-55 %)"),
        (0.80, "icd203", "very likely (80-95 %)"),
        (0.20, "icd203", "very unlikely (5-20 %)"),
        (1.00, "icd203", "almost certain (95-99 %)"),
        (0.15, "phia", "highly unlikely (10-20 %)"),
        (0.22, "phia", "between highly unlikely and unlikely (20-25 %)"),
        (0.45, "phia", "realistic possibility (40-50 %)"),
    ],
)
def test_phrases(p, yardstick, words):
    assert phrase(p, yardstick) == words


def test_an_unknown_yardstick_is_refused():
    with pytest.raises(ConfigError, match="icd203, phia"):
        phrase(0.5, "gut feeling")


@given(st.floats(0, 1), st.sampled_from(sorted(YARDSTICKS)))
def test_our_own_words_pass_our_own_lint(p, yardstick):
    assert lint(f"It is {phrase(p, yardstick)} that shelling resumes within 30 days.", yardstick) == []


@pytest.mark.parametrize(
    "text",
    [
        "A strike is likely (62 %).",
        "It is very unlikely, at 12 %, that the convoy turns back.",
        "A pause of this length is unlikely (20-45 %) against a base rate of 60 %.",
        "The minister said: “We may answer tomorrow.”",
        "The truce of 3 May 2019 held.",
        "The claim could not be verified.",
        "We have high confidence in the date.",
    ],
)
def test_sound_sentences_pass(text):
    assert lint(text) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("A strike is likely (30 %).", "'likely' means 55-80 %"),
        ("It is very unlikely (5-30 %) that they meet.", "'very unlikely' means 5-20 %"),
        ("There is a 70 % chance, unlikely as it sounds.", "'unlikely' means 20-45 %"),
        ("We judge with high confidence that a raid is likely.", "likelihood and confidence"),
        ("The militia might return.", "'might' is not a judgement"),
        ("Shelling may resume.", "'may' is not a judgement"),
        ("A raid is likely. A siege is highly improbable.", "two rows"),
    ],
)
def test_loose_sentences_are_refused(text, fault):
    assert any(fault in found for found in lint(text)), lint(text)
