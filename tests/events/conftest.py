"""Readable handles on the coder: code a text, pick the one deed a word tells."""

from datetime import date

import pytest

from detente.events.scene import Scene
from detente.events.tokens import Doc
from detente.records import Article

PUBLISHED = date(2021, 6, 16)  # a Wednesday


@pytest.fixture(scope="session")
def code(coder):
    """Text (several paragraphs if it has blank lines) to Coded."""
    return lambda text: coder.code(Article(id="t", text=text, published=PUBLISHED))


@pytest.fixture(scope="session")
def deed(code):
    """The one event of a text whose trigger holds `word`."""

    def find(text, word):
        coded = code(text)
        found = [e for e in coded.events if word in e.trigger.quote]
        assert len(found) == 1, [(e.type, e.trigger.quote) for e in coded.events]
        return found[0]

    return find


@pytest.fixture(scope="session")
def scene(coder):
    """One parsed paragraph with the actor names in it."""

    def build(text):
        doc = Doc(coder.nlp(text))
        return Scene(doc, 0, coder.actors.find(text), coder.book)

    return build


@pytest.fixture(scope="session")
def token(coder):
    """The first token of a text that reads `word`."""

    def find(text, word):
        return next(t for t in Doc(coder.nlp(text)) if t.text == word)

    return find


@pytest.fixture(scope="session")
def parties():
    """(actors, recipients) of an event, as the text has them."""
    return lambda event: ([m.text for m in event.actors], [m.text for m in event.recipients])
