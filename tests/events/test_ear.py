"""The ear: who says what as the learned heads read it, and how odds become spans."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.events.belonging import best_paths, stretches_of
from detente.events.ear import ROOM, SHARED, Ear, runs, sections
from detente.events.encoder import BREAK, lined


@pytest.fixture(scope="module")
def ear():
    return Ear()


def words(text):
    """Word pieces as if every word were one, with ids that are no special piece."""
    out, at = [], 0
    for n, word in enumerate(text.split(" ")):
        out.append((2000 + n, at, at + len(word)))
        at += len(word) + 1
    return out


def test_who_says_what(ear):
    text = "The harbour will reopen on Friday, the port director said.\n\nThe union denied that a deal had been struck."
    first, second = ear.voices(text)
    assert [text[slice(*s)] for s in (first.cue, *first.source)] == ["said", "the port director"]
    assert "reopen on Friday" in text[slice(*first.content[0])]
    assert text[slice(*second.cue)] == "denied" and "union" in text[slice(*second.source[0])]


@settings(deadline=None, max_examples=40)  # the time is the encoder's, and the machine may be busy
@given(st.text(max_size=300))
def test_any_text_has_voices_within_it(text):
    for voice in Ear().voices(text):
        assert all(0 <= s < e <= len(text) for s, e in (voice.cue, *voice.source, *voice.content))


# ------------------------------------------------------------------------------------------- reading the odds
def odds(*labels):
    """Odds that put 0.9 on each piece's label, start and end piece 'outside'."""
    out = np.full((len(labels) + 2, 3), 0.05, dtype=np.float32)
    for row, label in enumerate((0, *labels, 0)):
        out[row, label] = 0.9
    return out


def path(*labels, inner=(), enter=0.5):
    """The likeliest path over pieces that say so much; `inner` are positions that go on a word."""
    goes_on = np.array([i in inner for i in range(len(labels) + 2)])
    return best_paths(np.log(odds(*labels))[None], goes_on, enter)[0].tolist()[1:-1]


def test_a_stretch_begins_anew_at_a_first_piece():
    assert path(1, 2, 1, 2, 0, 1) == [1, 2, 1, 2, 0, 1]


def test_later_pieces_follow_a_first_one_and_gaps_are_closed():
    assert path(2, 2, 0) == [1, 2, 0]  # no stretch begins with a later piece
    assert path(1, 2, 0, 2, 2, enter=5.0) == [1, 2, 2, 2, 2]


def test_a_word_in_pieces_is_taken_whole():
    assert path(1, 1, 0, inner={2}) == [1, 2, 0]
    assert path(0, 1, 0, inner={2}) == [0, 0, 0]  # no stretch begins inside a word
    assert runs(odds(1, 0, 0), np.array([False, False, True, False, False]), 0.5) == [(1, 2)]


def test_stretches_as_offsets_with_their_odds():
    found = stretches_of(words("Chad and Niger met"), np.array([0, 1, 0, 1, 0, 0]), np.full(6, 0.8))
    assert found == (((0, 4), pytest.approx(0.8)), ((9, 14), pytest.approx(0.8)))


def test_two_cues_side_by_side_stay_two():
    plain_words = np.zeros(4, dtype=bool)
    assert runs(odds(1, 1), plain_words, 0.5) == [(1, 1), (2, 2)]
    assert runs(odds(1, 2), plain_words, 0.5) == [(1, 2)]


def test_line_breaks_are_pieces():
    text = "one\n\ntwo three"
    assert [piece[0] for piece in lined(text, [(7, 0, 3), (8, 5, 8), (9, 9, 14)])] == [7, BREAK, 8, 9]


@given(st.integers(0, 3000), st.sets(st.integers(0, 3000)))
def test_sections_cover_a_text_and_end_with_a_paragraph_or_overlap(count, breaks):
    pieces = [(BREAK if i in breaks else 7, i, i + 1) for i in range(count)]
    found = sections(pieces)
    read = {i for low, high in found for i in range(low, high)}
    assert all(i in read or pieces[i][0] == BREAK for i in range(count))
    assert all(high - low <= ROOM for low, high in found)
    for (_, high), (low, _) in pairwise(found):
        assert low == high - SHARED or (low == high + 1 and pieces[high][0] == BREAK)
