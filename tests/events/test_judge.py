"""The learned judge: how sentences are marked, what the shipped model says, how broken folders are refused."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.events import encoder
from detente.events.encoder import (
    CLOSE_ACTOR,
    CLS,
    LONGEST,
    OPEN_ACTOR,
    OPEN_RECIPIENT,
    SEP,
    mark,
    plain,
    point,
)  # fmt: skip
from detente.events.judge import Judge
from detente.records import FileFormatError
from detente.reference.codebook.read import NONE
from detente.train.augment import is_name, vary
from detente.train.sets import Item, from_table, quad, unmarked

OURS = (
    ("Rebel gunmen", "attacked", "an army outpost near the lake before dawn", "ASSAULT"),
    ("The foreign minister of Uruguay", "met", "his Ghanaian counterpart for talks in Accra", "CONSULT"),
    ("The Norwegian Red Cross", "delivered food and medicine to", "flood victims in Mozambique", "AID"),
    ("Police", "arrested", "eleven opposition activists on the eve of the vote", "COERCE"),
    ("The Kenyan opposition", "accused", "the electoral commission of fraud", "ACCUSE"),
    ("Brazil", "expelled the ambassador of and imposed an embargo on", "Norland", "SANCTION"),
    ("Thousands of students", "protested in the capital against", "the government", "PROTEST"),
    ("The Serbian government", "rejected", "a proposal by the mediators", "REJECT"),
)


@pytest.fixture(scope="module")
def judge():
    return Judge()


def paired(actor, middle, recipient):
    """A sentence of three parts with the offsets of the first and the last."""
    text = f"{actor} {middle} {recipient}."
    return text, (0, len(actor)), (len(actor) + len(middle) + 2, len(text) - 1)


def words(text):
    """Word pieces as if every word were one, with ids that are no special piece."""
    out, at = [], 0
    for n, word in enumerate(text.split(" ")):
        out.append((2000 + n, at, at + len(word)))
        at += len(word) + 1
    return out


def test_marks_stand_around_both_parties():
    text, actor, recipient = paired("Two drones", "hit", "a depot")
    found = mark(words(text), actor, recipient)
    assert found.ids == (CLS, 1, 2000, 2001, 2, 2002, 3, 2003, 2004, 4, SEP)
    assert [found.ids[p] for p in found.points] == [OPEN_ACTOR, OPEN_RECIPIENT, CLS]


def test_a_missing_party_points_at_the_start():
    assert mark(words("Two drones hit a depot."), (0, 10), None).points == (1, 0, 0)


def test_the_deed_is_pointed_at():
    assert (
        point(words("Two drones hit a depot."), (11, 14)).ids[
            point(words("Two drones hit a depot."), (11, 14)).points[2]
        ]
        == 2002
    )


def test_far_words_are_left_out():
    text = " ".join(["far"] * 30) + " Chad freed Togo " + " ".join(["far"] * 30)
    start = text.index("Chad")
    found = mark(words(text), (start, start + 4), (start + 11, start + 15))
    assert len(found.ids) == 2 + encoder.BEFORE + 7 + encoder.AFTER
    assert [found.ids[p] for p in found.points[:2]] == [OPEN_ACTOR, OPEN_RECIPIENT]


@given(st.integers(2, 400), st.data())
def test_long_sentences_are_cut_around_the_marks(count, data):
    pieces = words(" ".join(["word"] * count))
    first = data.draw(st.integers(0, count - 2))
    second = data.draw(st.integers(first + 1, min(count - 1, first + 60)))
    found = mark(pieces, pieces[first][1:], pieces[second][1:])
    assert len(found.ids) <= LONGEST
    assert found.ids[found.points[0]] == OPEN_ACTOR
    assert found.ids[found.points[1]] == OPEN_RECIPIENT
    assert found.ids[found.points[0] + 1] == pieces[first][0]


@pytest.mark.parametrize(("actor", "middle", "recipient", "expected"), OURS)
def test_plain_sentences(judge, actor, middle, recipient, expected):
    assert judge.judge([paired(actor, middle, recipient)])[0].type == expected


def test_scores_are_probabilities_of_every_label(judge):
    ruling = judge.judge([paired(*OURS[0][:3])])[0]
    assert set(ruling.scores) == set(judge.labels) and NONE in ruling.scores
    assert sum(ruling.scores.values()) == pytest.approx(1.0)
    assert ruling.confidence == max(ruling.scores.values()) == ruling.scores[ruling.type]


def test_a_batch_says_what_each_says_alone(judge):
    pairs = [paired(*row[:3]) for row in OURS] + [("", None, None), ("«—» ☂", None, (0, 3))]
    together = judge.judge(pairs)
    for pair, ruling in zip(pairs, together, strict=True):
        alone = judge.judge([pair])[0]
        assert ruling.confidence == pytest.approx(alone.confidence, abs=1e-5)
    assert judge.judge([]) == []


def test_direction_is_read_from_the_marks(judge):
    text = "The militia released nine soldiers after the government freed four prisoners."
    forward = judge.judge([(text, (0, 11), (21, 34))])[0]
    assert forward.type in ("CONCEDE", "RETREAT")


def test_what_happened_scores_above_what_did_not(judge):
    told = ("Soldiers crossed the river on Monday .", (9, 16))
    denied = ("Soldiers did not cross the river on Monday .", (17, 22))
    (label, high), (_, low) = judge.happened([told, denied])
    assert label == "happened"
    assert high > 1 > low
    assert low >= -3


def test_a_word_is_read_in_its_sentence(judge):
    text = "Rebel gunmen attacked an army outpost near the lake, the mayor said."
    (told, village) = judge.deeds([(text, [text.index("attacked"), text.index("lake")])])[0]
    assert (told.type, village.type) == ("ASSAULT", NONE)
    assert sum(told.types.values()) == pytest.approx(1) and sum(told.modalities.values()) == pytest.approx(1)
    doer, done_to, lake = told.sides.of(
        [(at := text.index(word), at + len(word)) for word in ("gunmen", "outpost", "lake")]
    )
    assert doer[0] > 0.5 > doer[1]
    assert done_to[1] > 0.5 > done_to[0]
    assert max(lake) < 0.5


def test_nobody_is_looked_for_beside_a_word_that_tells_no_deed(judge):
    text = "Rebel gunmen attacked an army outpost near the lake, the mayor said."
    (mayor, attacked) = judge.deeds([(text, [text.index("mayor"), text.index("attacked")])])[0]
    assert mayor.sides is None and attacked.sides is not None


def test_a_name_of_several_pieces_is_as_likely_as_they_are_together(judge):
    text = "Rebel gunmen attacked an army outpost near the lake, the mayor said."
    sides = judge.deeds([(text, [text.index("attacked")])])[0][0].sides
    each = sides.of([(low, high) for _, low, high in sides.pieces if low < 12])
    together, beyond = sides.of([(0, 12), (400, 404)])
    assert len(each) > 1 and together[0] == pytest.approx(sum(acts for acts, _ in each) / len(each))
    assert beyond == (0.0, 0.0)  # what was not read is no party
    assert sides.of([(400, 404)]) == [(0.0, 0.0)]


def test_words_that_are_not_there_are_not_answered(judge):
    assert judge.deeds([("Troops left.", [1, 900]), ("", [0])]) == [[], []]


def test_unmarked_text_is_read_from_its_start():
    assert plain(words("one two three"), 4).ids == (CLS, 2000, 2001, SEP)


def test_of_repeated_marks_the_nearest_count():
    text, actor, recipient = unmarked("<t>Chad</t> said on Monday that <s>rebels</s> shelled <t>Chad</t>.")
    assert text == "Chad said on Monday that rebels shelled Chad."
    assert (actor, recipient) == ((25, 31), (40, 44))


def test_yielding_is_material_as_published():
    assert [quad(name) for name in ("CONCEDE", "RETREAT", "YIELD", "AGREE", "THREATEN", "ASSAULT", NONE)] == [
        2,
        2,
        2,
        1,
        3,
        4,
        0,
    ]


def test_unknown_labels_are_refused_with_their_line(tmp_path):
    table = tmp_path / "x.tsv"
    table.write_text("sentence\troot\nA met B.\tCONSULT\nA saw B.\tSEEING\n", encoding="utf-8")
    with pytest.raises(FileFormatError, match="line 3"):
        from_table(table)


@given(st.integers(0, 10_000))
def test_varied_copies_keep_their_parties(seed):
    text, actor, recipient = paired("The Kenyan Army", "has freed a captive of the", "Lake Militia")
    item = Item(text, actor, recipient, ("CONCEDE",))
    copy = vary(item, ("Norway", "the Blue Brigade"), random.Random(seed))
    known = {"The Kenyan Army", "Lake Militia", "Norway", "the Blue Brigade"}
    assert copy.actor and copy.recipient
    assert {copy.text[slice(*copy.actor)], copy.text[slice(*copy.recipient)]} <= known
    assert copy.allowed == item.allowed


def test_names_are_told_from_descriptions():
    assert is_name("The Kenyan Army") and is_name("Norway")
    assert not is_name("a plan to withdraw") and not is_name("two captured soldiers")


def test_closing_marks_follow_their_party():
    found = mark(words("one two three"), (4, 7), None)
    assert found.ids[2:5] == (OPEN_ACTOR, 2001, CLOSE_ACTOR)


def test_an_encoder_without_room_says_so_as_python_does(judge, monkeypatch):
    from onnxruntime.capi.onnxruntime_pybind11_state import RuntimeException

    class Full:
        def run(self, *_):
            raise RuntimeException("Non-zero status code: std::bad_alloc")

    monkeypatch.setattr(judge._encoder, "_session", Full())
    with pytest.raises(MemoryError):
        judge.told(["The army struck the port."])
