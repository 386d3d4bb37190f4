"""Headlines whose verb the parser takes for a noun."""

import pytest

from detente.events.headlines import as_sentence
from detente.events.language import load_model

VERBS = frozenset("summon send pool hand sign meet".split())


@pytest.mark.parametrize(
    ("text", "verb", "tag"),
    [
        ("Dhaka summons Indian envoy over border deaths", "summons", "VBZ"),
        ("Sofia to hand Kyiv surplus transformers", "hand", "VB"),
    ],
)
def test_the_verb_of_a_headline_is_found(text, verb, tag):
    doc = as_sentence(load_model(), load_model()(text), VERBS)
    root = next(t for t in doc if t.dep_ == "ROOT")
    assert (root.text, root.tag_) == (verb, tag)
    assert doc.text == text


@pytest.mark.parametrize("text", ["The court summons was lost.", "Envoy", "Rain and wind over the whole valley"])
def test_other_text_is_left_alone(text):
    doc = load_model()(text)
    assert as_sentence(load_model(), doc, VERBS) is doc
