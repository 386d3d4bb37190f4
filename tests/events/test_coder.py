"""The coder as a whole: invariants that hold for any text whatever, and the record of one article."""

from dataclasses import fields, is_dataclass
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from detente.events.coder import Coder
from detente.events.language import load_model
from detente.events.pieces import LONGEST, paragraphs
from detente.records import Article, SetupError, Span

SENTENCES = (
    "Mali expelled the French ambassador on Monday.",
    "“We did not shell the camp,” General Haftar said.",
    "If Oman pays, the rebels will free the crew, a spokesman said.",
    "Its forces killed 12 people near Goma.",
    "The militia, a front for Hezbollah, denied it.",
    "No rockets have been fired for three weeks.",
    "They met in Doha.",
)
ODD = (
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "“",
    "”",
    '"',
    "'",
    "…",
    "—",
    "\u202e",
    "\u200f",
    "هجوم",
    "ש",
    "🚀",
    "👩‍👩‍👧",
    "\u00a0",
    "\x00",
    "e\u0301",
)
messy = st.lists(st.sampled_from(SENTENCES + ODD) | st.text(max_size=12), max_size=9).map(" ".join)
relaxed = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def spans(record):
    """Every Span anywhere inside a record."""
    if isinstance(record, Span):
        yield record
    elif isinstance(record, tuple):
        for item in record:
            yield from spans(item)
    elif is_dataclass(record):
        for field in fields(record):
            yield from spans(getattr(record, field.name))


def article(text, **known):
    return Article(id="a", text=text, published=date(2021, 6, 16), **known)


@relaxed
@given(messy)
def test_any_text_gives_records_whose_spans_quote_it(coder, text):
    coded = coder.code(article(text))
    records = (*coded.events, *coded.tripwires, *coded.links)
    for span in spans(records):
        assert span.article == "a"
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.quote
    ids = [record.id for record in records]
    assert len(ids) == len(set(ids))
    for kind, of_kind in (("e", coded.events), ("t", coded.tripwires), ("l", coded.links)):
        assert [record.id for record in of_kind] == [f"a-{kind}{n}" for n in range(1, len(of_kind) + 1)]
    known = {event.id for event in coded.events}
    assert all(wire.event is None or wire.event in known for wire in coded.tripwires)


@relaxed
@given(messy)
def test_the_same_article_is_always_coded_the_same(coder, text):
    (_, first), (_, second) = coder.code_many([article(text), article(text)])
    assert first == second


# the encoder rounds by what it is given at once: a sentence it is in two minds about may tip over
CLEAR = [each for each in SENTENCES if each != "They met in Doha."]


@settings(relaxed, max_examples=15)
@given(st.lists(st.sampled_from(CLEAR), min_size=1, max_size=4).map(" ".join), st.sampled_from(CLEAR))
def test_what_follows_does_not_change_what_was_read(coder, text, later):
    alone = coder.code(article(text)).events
    longer = coder.code(article(text + "\n\nShares rose. " + later)).events
    assert [(e.type, e.act, e.modality, e.trigger) for e in longer[: len(alone)]] == [
        (e.type, e.act, e.modality, e.trigger) for e in alone
    ]


@given(st.text(max_size=200))
def test_paragraphs_are_slices_of_the_text(text):
    pieces = list(paragraphs(article(text)))
    assert all(text[start : start + len(piece)] == piece for start, piece in pieces)
    assert [start for start, _ in pieces] == sorted(start for start, _ in pieces)


def test_very_long_paragraphs_are_cut_at_spaces():
    pieces = list(paragraphs(article("word " * LONGEST)))
    assert len(pieces) > 1
    assert max(len(piece) for _, piece in pieces) <= LONGEST
    assert not any(piece.strip().startswith("ord") for _, piece in pieces)


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "."])
def test_nothing_in_nothing_out(coder, text):
    coded = coder.code(article(text))
    assert (coded.events, coded.tripwires, coded.links) == ((), (), ())


def test_events_carry_the_article_and_the_coder(coder):
    (event,) = coder.code(article("Mali expelled the French ambassador on Monday.", outlet="Example Wire")).events
    assert (event.article, event.outlet, event.reported) == ("a", "Example Wire", date(2021, 6, 16))
    assert event.date.start == event.date.end == date(2021, 6, 14)
    assert event.coder == coder.stamp
    assert 0 < event.confidence < 1
    assert event.evidence.quote == "Mali expelled the French ambassador on Monday."


def test_what_merely_introduces_speech_is_no_deed(code):
    assert [e.type for e in code("The minister told reporters that Mali had expelled the envoy.").events] == [
        "SANCTION"
    ]


def test_a_deed_inside_a_condition_is_left_to_its_tripwire(code):
    coded = code("If Greece expels our envoy, we will close the border, the Albanian minister said.")
    assert [e.trigger.quote for e in coded.events] == ["close"]


def test_a_missing_model_is_named_with_its_remedy():
    with pytest.raises(SetupError, match="pip install"):
        load_model("no_such_model")


def test_another_codebook_changes_what_is_found(coder):
    from dataclasses import replace

    deaf = Coder(codebook=replace(coder.book, verbs_by_head={}, nouns_by_head={}, adjectives={}))
    assert deaf.code(article("Mali expelled the French ambassador.")).events == ()
